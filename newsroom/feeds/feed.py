"""A feed as a value, before it is written as RSS, Atom or JSON: a list of stories, or of corrections."""

import logging
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext

from articles.models import Correction
from articles.models.article import type_notice
from articles.reading.public_story import PublicPhoto, PublicStory, absolute
from articles.reading.rendering import in_its_language
from newsroom.foundation.paths import path_to

MOST = 20  # entries of a feed
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Person:
    name: str
    address: str = ""  # of the author's page; "" for a name without one


@dataclass(frozen=True)
class Entry:
    """`published`: only when it is known to the minute; `day`: the date as it is known, "2024-09-19" without a clock;
    `updated`: when the entry changed here, which is always known."""

    id: str
    title: str
    address: str
    summary: str
    html: str
    language: str
    people: tuple[Person, ...]
    topics: tuple[str, ...]
    day: str
    published: datetime | None
    updated: datetime
    # when readers were told of a change; None for an entry that never changed
    updated_at: datetime | None
    # What stands for the author where a format insists on one: whose report it is, or that nobody is named.
    unsigned: str = ""
    photo: PublicPhoto | None = None


@dataclass(frozen=True)
class Feed:
    """`identity`: what it follows, in a form that no rename touches; `address`: of the page that it follows; `path`: of
    the feed itself without its ending, so that every format can name itself and the others."""

    identity: str
    title: str
    description: str
    address: str
    path: str
    language: str
    entries: list[Entry] = field(default_factory=list)

    @property
    def name(self) -> str:
        return settings.NEWSROOM_NAME

    @property
    def rights(self) -> str:
        return settings.NEWSROOM_RIGHTS

    @property
    def icon(self) -> str:
        return absolute(path_to("icon", 512))

    @property
    def id(self) -> str:
        """Its identity for ever, whatever its address."""
        return uuid.uuid5(uuid.NAMESPACE_URL, f"{settings.NEWSROOM_SITE_URL}/#{self.identity}").urn

    @property
    def updated(self) -> datetime | None:
        return max((entry.updated for entry in self.entries), default=None)

    def own_address(self, ending: str) -> str:
        return absolute(f"{self.path}.{ending}")


def gathered(sources: Iterable, entry_of: Callable[..., Entry]) -> list[Entry]:
    """The entries of stories or corrections; one that cannot be made is logged and left out."""
    entries = []
    for source in sources:
        try:
            entries.append(entry_of(source))
        except Exception:  # whatever it is: it must not take the other stories with it
            logger.exception("An entry was left out of a feed: %s", getattr(source, "uid", source))
    return entries


def entry_of_story(story: PublicStory) -> Entry:
    with in_its_language(story.language):
        html = before_the_text(story) + lead_figure(story.photo) + story.html
        unsigned = story.source_outlet or gettext("Byline not given")
    people = tuple(
        Person(row.printed_name, absolute(row.address) if row.address else "")
        for row in story.writers
    )
    if story.is_by_staff:
        people = (Person(settings.NEWSROOM_NAME, absolute("/")),)
    kind = () if story.story_type == "news" else (story.type_name,)
    return Entry(
        id=story.urn,
        title=story.headline,
        address=story.address,
        summary=story.description,
        html=html,
        language=story.language,
        people=people,
        topics=tuple(dict.fromkeys([*kind, story.section, *(name for name, _ in story.tags)])),
        day=story.day.isoformat() if story.day else "",
        published=story.minute,
        updated=story.changed_at,
        updated_at=story.updated_at,
        photo=story.photo,
        unsigned=unsigned,
    )


def lead_figure(photo: PublicPhoto | None):
    """The photo above the text with its words: many readers show nothing but the text of an item. One plain picture,
    which programs of mail know too."""
    if photo is None:
        return ""
    picture = photo.pictures[0]
    label = format_html("<strong>{}.</strong>", photo.label) if photo.label else ""
    words = format_html_join(
        " ", "{}", ((part,) for part in (label, photo.caption, photo.credit) if part)
    )
    caption = format_html("<figcaption>{}</figcaption>", words) if words else ""
    return format_html(
        '<figure><img alt="{}" height="{}" src="{}" width="{}" />{}</figure>',  # as the strictest reader writes it
        photo.alt,
        picture.height,
        picture.address,
        picture.width,
        caption,
    )


def before_the_text(story: PublicStory):
    """What nobody may miss: that it is an opinion or was paid for, whose report it is, and what was put right."""
    notice = type_notice(story.story_type)
    said = [notice] if notice else []
    if story.source_outlet:
        said.append(gettext("Report from %(outlet)s") % {"outlet": story.source_outlet})
    html = format_html_join("\n", "<p><em>{}</em></p>", ((each,) for each in said))
    for record in story.corrections:
        if record.kind != record.Kind.UPDATE:
            html += format_html(
                "<p><strong>{}</strong>: {}</p>", record.get_kind_display(), in_words(record)
            )
    return html


def in_words(record) -> str:
    """A correction as one text: what was wrong, what is right, and the line for readers."""
    parts = [record.text]
    if record.was and record.now:
        parts.append(
            gettext("It said: %(was)s. It should say: %(now)s.")
            % {"was": record.was, "now": record.now}
        )
    return " ".join(filter(None, parts))


def entry_of_correction(record: Correction) -> Entry:
    """`record`: one of `Correction.objects.with_address()`."""
    html = format_html("<p>{}</p>", in_words(record))
    return Entry(
        id=record.uid.urn,
        title=f"{record.get_kind_display()}: {record.headline}",
        address=absolute(record.place_on_page),
        summary=in_words(record),
        html=html,
        language=settings.LANGUAGE_CODE,
        people=(Person(settings.NEWSROOM_NAME, absolute("/")),),
        topics=(),
        day="",
        published=record.published_at,
        updated=record.published_at,
        updated_at=None,
    )
