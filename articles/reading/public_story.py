"""What every format says of a live story, each fact worked out once: feeds, structured data, ninjs and the API.

What is not known is None or empty here, and left out there. Nothing of a working copy is in it.
"""

import logging
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import itemgetter
from uuid import UUID

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from articles import crops
from articles.models import Article, Byline, Correction, Photo, Revision
from articles.models.article import ArticleQuerySet
from articles.models.card import Signature, signatures
from articles.models.tag import topics
from articles.reading import rendering
from articles.story import fields
from newsroom.foundation.paths import path_to

LEADS_HERE = re.compile(r'(<[a-z][^<>]*?\s(?:href|src)=")/(?!/)')
INSIDE = re.compile(r'(<a [^<>]*?href=")#')
SOURCE_SET = re.compile(r'(\ssrcset=")([^"]*)"')
logger = logging.getLogger(__name__)
SHAPES = (crops.WHOLE, *crops.FOR_SEARCH_ENGINES)  # the pictures offered to machines


def absolute(path: str) -> str:
    """An address of ours as other sites need it."""
    return f"{settings.NEWSROOM_SITE_URL}{path}"


def known(facts: dict) -> dict:
    """`facts` without those that nobody knows."""
    return {name: value for name, value in facts.items() if value not in (None, "", [], {}, ())}


def with_absolute_addresses(html: str, address: str) -> str:
    """Our own HTML as it may stand on another site: links and pictures lead back here. `address`: of its page."""
    site = settings.NEWSROOM_SITE_URL
    html = LEADS_HERE.sub(rf"\1{site}/", html)
    html = INSIDE.sub(rf"\1{address}#", html)
    return SOURCE_SET.sub(
        lambda match: match[1] + re.sub(r"(^|, )/", rf"\1{site}/", match[2]) + '"', html
    )


@dataclass(frozen=True)
class Picture:
    """One file that shows the photo: address, kind and size in pixels."""

    address: str
    width: int
    height: int
    shape: str  # "whole", "16x9", "4x3" or "1x1"
    kind: str = "image/jpeg"


@dataclass(frozen=True)
class PublicPhoto:
    """The photo above the text, with what must be said beside it."""

    uid: UUID
    alt: str
    caption: str
    credit: str
    copyright: str
    source_type: str
    label: str  # what readers must know of how it came about, such as "Made with AI"; "" for a photograph
    pictures: tuple[Picture, ...]

    @classmethod
    def of(cls, photo: Photo, caption: str = ""):
        pictures = tuple(
            Picture(
                absolute(photo.address("jpg", shape=shape)), *photo.largest(shape), shape or "whole"
            )
            for shape in SHAPES
        )
        alt = "" if photo.is_decorative else photo.alt
        facts = (
            photo.uid,
            alt,
            caption or photo.caption,
            photo.credit,
            photo.copyright,
            photo.source_type,
            photo.label,
        )
        return cls(*facts, pictures)


@dataclass(frozen=True)
class PublicStory:
    """`version` and `version_at`: of what readers see, and when it was made. `signed`: names as printed, empty unless
    the byline is given. `day`: the date it carries; `minute`: the same to the minute, if that is known; `live_from`:
    when it appeared here; `updated_at`: when readers were last told of a change. `original`: the story it translates,
    while readers see that. `as_it_stands`: what the table of fields gives to programs, {name in the API: words}."""

    pk: int
    uid: UUID
    version: int
    version_at: datetime
    address: str
    headline: str
    search_title: str
    description: str
    summary: str
    own_html: str
    text: str
    word_count: int
    language: str
    story_type: str
    type_name: str
    section: str
    section_address: str
    dateline: str
    source_outlet: str
    byline_decision: str
    signed: list[Signature]
    tags: list[tuple[str, str]]
    day: date | None
    minute: datetime | None
    live_from: datetime
    updated_at: datetime | None
    photo: PublicPhoto | None
    how_reported: str
    as_it_stands: dict[str, str]
    is_translation: bool
    original: UUID | None
    original_address: str
    corrections: list[Correction] = field(default_factory=list)
    was_published_before: bool = False

    @property
    def html(self) -> str:
        """Its text with addresses that hold anywhere."""
        return with_absolute_addresses(self.own_html, self.address)

    @property
    def stated_date(self) -> str:
        """The date it carries, as exactly as it is known (ISO 8601, the outlet's zone); "" when it is not stated."""
        if self.minute:
            return timezone.localtime(self.minute).isoformat(timespec="seconds")
        return self.day.isoformat() if self.day else ""

    @property
    def told_at(self) -> str:
        """When readers were last told of a change, in the same form; "" for never."""
        return (
            timezone.localtime(self.updated_at).isoformat(timespec="seconds")
            if self.updated_at
            else ""
        )

    @property
    def urn(self) -> str:
        """Its identity for ever, whatever its address."""
        return self.uid.urn

    @property
    def rights(self) -> str:
        """The outlet's own notice; a report of another outlet is not ours to claim."""
        return "" if self.source_outlet else settings.NEWSROOM_RIGHTS

    @property
    def is_by_staff(self) -> bool:
        return self.byline_decision == Article.BylineDecision.STAFF

    @property
    def writers(self) -> list[Signature]:
        return [row for row in self.signed if row.role == Byline.Role.WRITER]

    @property
    def changed_at(self) -> datetime:
        """When the story, as readers have it, last changed here, as far as readers were told."""
        return max(filter(None, (self.live_from, self.updated_at)))


def for_formats(stories: ArticleQuerySet) -> ArticleQuerySet:
    """`stories` (a queryset that has passed the gate) with all that `public_story_of` needs."""
    shown = Revision.objects.on_the_line().filter(
        article=OuterRef("pk"), version=OuterRef("shown_version")
    )
    return (
        stories.select_related("section", "lead_photo", "translation_of")
        .annotate(
            names=signatures(), topics=topics(), version_at=Subquery(shown.values("made_at")[:1])
        )
        .defer("search_text")
    )


def public_story_of(
    article: Article, text: rendering.Text, corrections: Sequence[Correction] = ()
) -> PublicStory:
    """`article`: one of `for_formats()`; `text`: its text as its page prints it; `corrections`: newest first."""
    with rendering.in_its_language(article.language):
        type_name = str(article.get_story_type_display())
        photo = (
            PublicPhoto.of(article.lead_photo, article.lead_caption) if article.lead_photo else None
        )
    original = (
        article.translation_of
        if article.translation_of and article.translation_of.is_live
        else None
    )
    given = article.byline_decision == Article.BylineDecision.GIVEN
    assert article.live_from  # the table holds that a published story has it
    return PublicStory(
        pk=article.pk,
        uid=article.uid,
        version=article.shown_version,
        version_at=article.version_at or article.live_from,
        address=absolute(article.get_absolute_url()),
        headline=article.headline,
        search_title=article.search_title,
        description=article.description,
        summary=article.summary,
        own_html=text.html,
        text="" if "body_text" in article.get_deferred_fields() else article.body_text,
        word_count=article.word_count,
        language=article.language,
        story_type=article.story_type,
        type_name=type_name,
        section=article.section.name,
        section_address=absolute(article.section.get_absolute_url()),
        dateline=article.dateline,
        source_outlet=article.source_outlet,
        byline_decision=article.byline_decision,
        signed=[Signature.from_row(row) for row in article.names] if given else [],
        tags=[
            (row["name"], absolute(path_to("tag", row["slug"])))
            for row in sorted(article.topics, key=itemgetter("order"))
        ],
        day=article.published_on,
        minute=article.published_at,
        live_from=article.live_from,
        updated_at=article.told_at,
        photo=photo,
        how_reported=article.how_reported,
        as_it_stands={
            name: getattr(article, column) for name, column in fields.in_the_api().items()
        },
        is_translation=article.translation_of_id is not None,
        original=original and original.uid,
        original_address=absolute(original.get_absolute_url()) if original else "",
        corrections=list(corrections),
        was_published_before=was_published_before(article, corrections),
    )


def was_published_before(article: Article, corrections: Sequence[Correction]) -> bool:
    """Whether readers were told of a change before the date that the story carries: then that is not its first, and
    without a word about it a correction would be older than what it puts right."""
    return any(article.is_dated_after(record.published_at) for record in corrections)


def public_stories(keys: Iterable[int]) -> list[PublicStory]:
    """The live stories of these keys, in the order of the keys: three queries, however many there are. One that
    cannot be told is logged and left out."""
    articles = {
        article.pk: article for article in for_formats(Article.objects.live().filter(pk__in=keys))
    }
    photos = rendering.photos_for(" ".join(article.body for article in articles.values()))
    records = defaultdict(list)
    corrected = [pk for pk, article in articles.items() if article.updated_at]
    for record in (
        Correction.objects.filter(article__in=corrected).newest_first() if corrected else ()
    ):
        records[record.article_id].append(record)
    found = []
    for article in (articles[key] for key in keys if key in articles):
        try:
            found.append(public_story_of(article, text_of(article, photos), records[article.pk]))
        except Exception:  # whatever it is: it must not take the other stories with it
            logger.exception("A story was left out of a list for machines: %s", article.uid)
    return found


def text_of(article: Article, photos: dict[str, Photo]) -> rendering.Text:
    """The text as readers get it, with our own words in its language. `photos`: {hash: photo} of those in it."""
    with rendering.in_its_language(article.language):
        return rendering.public_text(article.body, photos)
