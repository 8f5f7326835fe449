"""The feeds' addresses: the newest of the outlet, of a section, a tag or an author, and the corrections."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from articles.models import Article, Correction, Section, Tag
from articles.reading.public_story import absolute, public_stories
from authors.models import Author
from newsroom.feeds.feed import MOST, Feed, entry_of_correction, entry_of_story, gathered
from newsroom.feeds.formats import FORMATS
from newsroom.foundation.paths import last_changed, lead_on, path_to
from newsroom.outlet import Outlet


def answer(feed: Feed, ending: str) -> HttpResponse:
    """The feed in the format that its address names; other sites may read it from a page of theirs."""
    form = FORMATS[ending]
    response = HttpResponse(form.write(feed), content_type=f"{form.SENT_AS}; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return last_changed(response, feed.updated)


def of_stories(identity: str, title: str, description: str, address: str, path: str, keys) -> Feed:
    title = f"{settings.NEWSROOM_NAME} – {title}" if title else settings.NEWSROOM_NAME
    entries = gathered(public_stories(list(dict.fromkeys(keys[:MOST]))), entry_of_story)
    return Feed(
        identity,
        title,
        description or title,
        absolute(address),
        path,
        settings.LANGUAGE_CODE,
        entries,
    )


def latest(request: HttpRequest, ending: str) -> HttpResponseBase:
    keys = Article.objects.live().newest_first().values_list("pk", flat=True)
    description = Outlet().description
    return answer(
        of_stories("latest", "", description, path_to("front"), "/feeds/latest", keys), ending
    )


def section(request: HttpRequest, slug: str, ending: str) -> HttpResponseBase:
    section = Section.objects.filter(slug=slug).first()
    if section is None:
        return moved(request, get_object_or_404(Section, aliases__slug=slug), ending)
    keys = (
        Article.objects.live().filter(section=section).newest_first().values_list("pk", flat=True)
    )
    return answer(followed(section, section.description, keys), ending)


def tag(request: HttpRequest, slug: str, ending: str) -> HttpResponseBase:
    tag = Tag.objects.with_live_stories().filter(slug=slug).first()
    if tag is None:
        return moved(
            request, get_object_or_404(Tag.objects.with_live_stories(), aliases__slug=slug), ending
        )
    return answer(followed(tag, tag.description, tag.links.story_keys()), ending)


def author(request: HttpRequest, slug: str, ending: str) -> HttpResponseBase:
    author = Author.objects.with_live_stories().filter(slug=slug).first()
    if author is None:
        return moved(
            request,
            get_object_or_404(Author.objects.with_live_stories(), aliases__slug=slug),
            ending,
        )
    return answer(followed(author, author.role, author.bylines.story_keys()), ending)


def moved(request, row, ending: str):
    """To the feed of what had the address before."""
    return lead_on(request, f"{row.get_absolute_url()}feed.{ending}")


def followed(row, description: str, keys) -> Feed:
    """The feed of something that has a page."""
    address = row.get_absolute_url()
    return of_stories(
        f"{row._meta.model_name}-{row.pk}", row.name, description, address, f"{address}feed", keys
    )


def corrections(request: HttpRequest, ending: str) -> HttpResponseBase:
    records = Correction.objects.listed().with_address()[:MOST]
    title = f"{settings.NEWSROOM_NAME} – {gettext('Corrections')}"
    entries = gathered(records, entry_of_correction)
    address = path_to("corrections")
    feed = Feed(
        "corrections",
        title,
        title,
        absolute(address),
        f"{address}feed",
        settings.LANGUAGE_CODE,
        entries,
    )
    return answer(feed, ending)
