"""Sitemaps: an index by month, each month's stories with pictures and translations, and the news of two days.

https://www.sitemaps.org/protocol.html and Google's news, image and hreflang additions. Times are ISO 8601 with a zone.
A month is one bounded range of the archive; nothing here counts or reads the whole of it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from articles.models import ArchivePeriod, Article, Section, Series, Tag
from articles.models.article import UNDATED
from articles.models.card import PHOTO_COLUMNS, CardPhoto
from articles.models.gate import this_moment
from articles.reading.public_story import absolute
from articles.reading.story_context import default_version
from authors.models import Author
from newsroom.foundation.paths import path_to
from newsroom.foundation.text import XML_ILLEGAL
from newsroom.models import Page

MOST = 50_000  # addresses of one file, by the standard
MOST_NAMES = 20_000  # tags, and authors, in the file of pages
NEWS_AGE, MOST_NEWS = timedelta(days=2), 1_000  # Google's limits
UNDATED_PART = re.compile(r"undated-(\d{1,9})")
NAMESPACES = {
    "": "http://www.sitemaps.org/schemas/sitemap/0.9",
    ":news": "http://www.google.com/schemas/sitemap-news/0.9",
    ":image": "http://www.google.com/schemas/sitemap-image/1.1",
    ":xhtml": "http://www.w3.org/1999/xhtml",
}
COLUMNS = ("pk", "slug", "language", "live_from", "updated_at", "translation_of_id")
PHOTO = tuple(f"lead_photo__{name}" for name in PHOTO_COLUMNS)


def escaped(text: str) -> str:
    return escape(XML_ILLEGAL.sub("", text), {'"': "&quot;"})


def answer(root: str, rows) -> HttpResponse:
    spaces = " ".join(f'xmlns{prefix}="{address}"' for prefix, address in NAMESPACES.items())
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {spaces}>\n'
    return HttpResponse(
        [head, *rows, f"</{root}>\n"], content_type="application/xml; charset=utf-8"
    )


def written(address: str, changed: datetime | None = None, inside: str = "") -> str:
    when = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
    return f"<url><loc>{escaped(absolute(address))}</loc>{when}{inside}</url>\n"


def index(request: HttpRequest) -> HttpResponseBase:
    months = (
        ArchivePeriod.objects.live("month").order_by("-period").values_list("period", flat=True)
    )
    names = [*months, *(f"undated-{number}" for number in undated_parts()), "pages"]
    addresses = (escaped(absolute(path_to("sitemap-part", name))) for name in names)
    return answer(
        "sitemapindex", (f"<sitemap><loc>{address}</loc></sitemap>\n" for address in addresses)
    )


def undated_parts() -> Iterator[int]:
    """The numbers of the files of undated stories: each has those of so many keys, however many stories there are. One
    query for each file, and one that ends it."""
    undated = (
        Article.objects.live().filter(sort_at=UNDATED).order_by("pk").values_list("pk", flat=True)
    )
    key = undated.first()
    while key is not None:
        yield key // MOST
        key = undated.filter(pk__gte=(key // MOST + 1) * MOST).first()


def part(request: HttpRequest, name: str) -> HttpResponseBase:
    if name == "pages":
        return answer("urlset", pages())
    stories = Article.objects.live()
    if match := UNDATED_PART.fullmatch(name):
        first = int(match[1]) * MOST
        found = of_stories(stories.filter(sort_at=UNDATED, pk__gte=first, pk__lt=first + MOST))
        if not found:
            raise Http404("No story without a date has such a key.")
        return answer("urlset", found)
    period = ArchivePeriod.objects.live("month").filter(period=name).first()
    if period is None:
        raise Http404("No story carries a day of this month.")
    first = period.first_day
    after = (first + timedelta(days=31)).replace(day=1)
    return answer(
        "urlset", of_stories(stories.filter(published_on__gte=first, published_on__lt=after))
    )


def of_stories(stories) -> list[str]:
    """`stories`: a queryset that has passed the gate, of one range of the archive."""
    rows = stories.order_by("-published_on", "-sort_at", "-pk").annotate(
        is_translated=Exists(Article.objects.live().filter(translation_of=OuterRef("pk")))
    )
    rows = list(rows.values_list(*COLUMNS, "is_translated", *PHOTO)[:MOST])
    versions = translations({row[5] or row[0] for row in rows if row[5] or row[6]})
    found = []
    for pk, slug, _, live_from, updated_at, original, _, *photo in rows:
        inside = picture(CardPhoto(*photo)) if photo[0] else ""
        inside += "".join(versions.get(original or pk, ()))
        found.append(
            written(path_to("story", slug), max(filter(None, (updated_at, live_from))), inside)
        )
    return found


class Version(NamedTuple):
    pk: int
    original: int
    language: str
    slug: str


def translations(originals: set[int]) -> dict[int, list[str]]:
    """{key of the original: a link for each version of it, the original among them}, where there is more than one."""
    versions = defaultdict(list)
    if originals:
        rows = (
            Article.objects.live()
            .filter(Q(pk__in=originals) | Q(translation_of__in=originals))
            .order_by("language")
        )
        for pk, original, *row in rows.values_list("pk", "translation_of", "language", "slug"):
            versions[original or pk].append(Version(pk, original or pk, *row))
    return {
        original: [
            *(link(each, each.language) for each in found),
            link(default_version(found, original), "x-default"),
        ]
        for original, found in versions.items()
        if len(found) > 1
    }


def link(version: Version, language: str) -> str:
    address = escaped(absolute(path_to("story", version.slug)))
    return f'<xhtml:link rel="alternate" hreflang="{escaped(language)}" href="{address}"/>'


def picture(photo: CardPhoto) -> str:
    return f"<image:image><image:loc>{escaped(absolute(photo.address('jpg')))}</image:loc></image:image>"


def pages() -> list[str]:
    """Everything that readers find and that is no story."""
    rows = [
        written(path_to(name))
        for name in ("front", "archive", "authors", "tags", "corrections", "about")
    ]
    rows += [written(path_to("edition", code)) for code in settings.NEWSROOM_LANGUAGES[1:]]
    rows += [
        written(path_to("page", slug), at)
        for slug, at in Page.objects.public().values_list("slug", "changed_at")
    ]
    rows += [
        written(path_to("section", slug)) for slug in Section.objects.values_list("slug", flat=True)
    ]
    parts = Article.objects.live().filter(series=OuterRef("pk"))
    rows += [
        written(path_to("series", slug))
        for slug in Series.objects.filter(Exists(parts)).values_list("slug", flat=True)
    ]
    for period in ArchivePeriod.objects.live("month").order_by("-period"):
        rows.append(
            written(path_to("archive-month", period.first_day.year, period.first_day.month))
        )
    for name, model in (("tag", Tag), ("author", Author)):
        found = model.objects.with_live_stories().alphabetical().values_list("slug", flat=True)
        rows += [written(path_to(name, slug)) for slug in found[:MOST_NAMES]]
    return rows


def news(request: HttpRequest) -> HttpResponseBase:
    """The stories of two days by the date they carry. What was paid for is no news, and what has no date is not new."""
    now = this_moment()
    stories = Article.objects.live().filter(
        sort_at__gte=now - NEWS_AGE, published_on__lte=timezone.localdate(now)
    )
    # a date that is still to come is not that of a publication
    stories = stories.exclude(published_at__gt=now)
    stories = stories.exclude(story_type=Article.Type.SPONSORED).newest_first()
    columns = "slug", "headline", "language", "published_on", "published_at"
    return answer("urlset", [news_entry(*row) for row in stories.values_list(*columns)[:MOST_NEWS]])


def news_entry(slug, headline, language, day, minute) -> str:
    date = timezone.localtime(minute).isoformat(timespec="seconds") if minute else day.isoformat()
    name, code = escaped(settings.NEWSROOM_NAME), escaped(language.split("-")[0])
    inside = (
        f"<news:news><news:publication><news:name>{name}</news:name><news:language>{code}</news:language>"
        f"</news:publication><news:publication_date>{date}</news:publication_date>"
        f"<news:title>{escaped(headline)}</news:title></news:news>"
    )
    return written(path_to("story", slug), inside=inside)
