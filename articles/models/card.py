"""A story as a list shows it: a value, with everything a card prints and nothing else.

Cards are plain values and not model instances, because a front page shows forty of them; and they can be compared,
because a card that was printed once is not printed again (articles/templatetags/cards.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from articles.models.byline import Byline, Signed
from articles.models.photo import PhotoShape
from articles.models.rows_of import RowsOf
from newsroom.foundation.paths import path_to
from newsroom.foundation.text import initials

COLUMNS = (
    "pk",
    "headline",
    "slug",
    "language",
    "summary",
    "story_type",
    "byline_decision",
    "source_outlet",
    "published_on",
    "published_at",
    "section__name",
    "section__slug",
    "uid",
)
LABELS = {
    "news": "",
    "analysis": _("Analysis"),
    "explainer": _("Explainer"),
    "opinion": _("Opinion"),
    "sponsored": _("Sponsored"),
}
PHOTO_COLUMNS = ("token", "stamp", "width", "height", "alt")


@dataclass(frozen=True, slots=True)
class CardPhoto(PhotoShape):
    token: str
    stamp: str
    width: int
    height: int
    alt: str

    @classmethod
    def of(cls, photo):
        return cls(*(getattr(photo, name) for name in PHOTO_COLUMNS))


@dataclass(frozen=True, slots=True)
class CardName(Signed):
    """One name of a card's byline; `slug` is empty for a name without an author page."""

    role: str
    shown: str
    printed_name: str
    slug: str

    @property
    def address(self):
        return path_to("author", self.slug) if self.slug else ""


class Person(NamedTuple):
    """An author as a page prints one, as a value: a changed author is another one."""

    name: str
    slug: str
    role: str
    bio: str
    portrait: CardPhoto | None

    @classmethod
    def of(cls, author):
        portrait = author.portrait
        return cls(
            author.name,
            author.slug,
            author.role,
            author.bio,
            CardPhoto.of(portrait) if portrait else None,
        )

    @property
    def initials(self):
        return initials(self.name)

    @property
    def get_absolute_url(self):
        return path_to("author", self.slug)


@dataclass(frozen=True, slots=True)
class Signature(Signed):
    """One name over a story, with the person it leads to, if there is one."""

    role: str
    shown: str
    name: str
    author: Person | None

    @property
    def printed_name(self):
        return self.author.name if self.author else self.name

    @property
    def address(self):
        return path_to("author", self.author.slug) if self.author else ""

    @classmethod
    def from_row(cls, row: dict):
        """`row`: one of `signatures()`."""
        portrait = CardPhoto(*(row[name] for name in PHOTO_COLUMNS)) if row.get("token") else None
        person = row["slug"] and Person(
            row["author_name"], row["slug"], row["author_role"], row["bio"], portrait
        )
        return cls(row["role"], row["shown"], row["name"], person or None)


def signatures() -> RowsOf:
    """The byline of a story beside its row: one JSON value, to be read by `Signature.from_row`."""
    rows = Byline.objects.filter(article=OuterRef("pk")).order_by("order")
    return RowsOf(
        rows.values(
            "role",
            "shown",
            "name",
            author_name=F("author__name"),
            slug=F("author__slug"),
            author_role=F("author__role"),
            bio=F("author__bio"),
            token=F("author__portrait__token"),
            stamp=F("author__portrait__stamp"),
            width=F("author__portrait__width"),
            height=F("author__portrait__height"),
            alt=F("author__portrait__alt"),
        )
    )


@dataclass(frozen=True, slots=True)
class Card:
    pk: int
    headline: str
    slug: str
    language: str
    summary: str
    story_type: str
    byline_decision: str
    source_outlet: str
    published_on: date | None
    published_at: datetime | None
    section_name: str
    section_slug: str
    uid: UUID
    lead_photo: CardPhoto | None
    names: tuple[CardName, ...]

    @property
    def address(self):
        return path_to("story", self.slug)

    @property
    def section_address(self):
        return path_to("section", self.section_slug)

    @property
    def type_name(self):
        return type_name(self.story_type)


@dataclass(frozen=True, slots=True)
class Line:
    """A story as one line of a short list: its headline and its date."""

    pk: int
    headline: str
    slug: str
    language: str
    published_on: date | None
    published_at: datetime | None
    story_type: str

    @property
    def address(self):
        return path_to("story", self.slug)

    @property
    def type_name(self):
        return type_name(self.story_type)


def type_name(story_type: str) -> str:
    """How the kind of story is called, unless it is news: no opinion and no paid text is ever taken for news."""
    return str(LABELS.get(story_type, story_type))


def cards(stories: QuerySet, keys: Iterable[int]) -> list[Card]:
    """The cards of `stories` (a queryset that has passed the gate) in the order of `keys`: one query."""
    found = {card.pk: card for card, _ in with_photos(stories.filter(pk__in=keys), None)}
    return [found[key] for key in keys if key in found]


def with_photos(stories: QuerySet, photos: QuerySet | None) -> list[tuple[Card, dict]]:
    """The cards of a bounded queryset that has passed the gate, in no order, each with {hash: CardPhoto} of the
    queryset `photos` (None for none): one query."""
    lead = [f"lead_photo__{name}" for name in PHOTO_COLUMNS]
    signed = Byline.objects.filter(article=OuterRef("pk")).order_by("order")
    names = RowsOf(
        signed.values(
            "role", "shown", printed=Coalesce("author__name", "name"), slug=F("author__slug")
        )
    )
    own = (
        Value("") if photos is None else RowsOf(photos.order_by().values("sha256", *PHOTO_COLUMNS))
    )
    rows = (
        stories.order_by()
        .annotate(signed=names, own=own)
        .values_list(*COLUMNS, *lead, "signed", "own")
    )
    found = []
    for *row, signed, own in rows:
        facts, picture = row[: len(COLUMNS)], row[len(COLUMNS) :]
        picture = CardPhoto(*picture) if picture[0] else None
        names = tuple(
            CardName(each["role"], each["shown"], each["printed"], each["slug"] or "")
            for each in signed
        )
        own_photos = {
            each["sha256"]: CardPhoto(*(each[name] for name in PHOTO_COLUMNS)) for each in own
        }
        found.append((Card(*facts, lead_photo=picture, names=names), own_photos))
    return found
