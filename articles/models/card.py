"""A story as a list shows it: a value, with everything a card prints and nothing else.

Cards are plain values and not model instances, because a front page shows forty of them; and they can be compared,
because a card that was printed once is not printed again (articles/templatetags/cards.py).
"""

from dataclasses import dataclass
from datetime import date, datetime

from articles.models.byline import Byline, Signed
from articles.models.photo import PhotoShape
from authors.paths import path_to

COLUMNS = (
    "pk", "headline", "slug", "language", "summary", "story_type", "byline_decision", "outlet", "published_on",
    "published_at", "section__name", "section__slug",
)  # fmt: skip
PHOTO_COLUMNS = ("token", "stamp", "width", "height")


@dataclass(frozen=True, slots=True)
class CardPhoto(PhotoShape):
    token: str
    stamp: str
    width: int
    height: int

    @classmethod
    def of(cls, photo):
        return cls(photo.token, photo.stamp, photo.width, photo.height)


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


@dataclass(frozen=True, slots=True)
class Card:
    pk: int
    headline: str
    slug: str
    language: str
    summary: str
    story_type: str
    byline_decision: str
    outlet: str
    published_on: date | None
    published_at: datetime | None
    section_name: str
    section_slug: str
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
        """How the kind of story is called, unless it is news."""
        return "" if self.story_type == "news" else self.story_type.capitalize()


@dataclass(frozen=True, slots=True)
class Line:
    """A story as one line of a short list: its headline and its date."""

    pk: int
    headline: str
    slug: str
    language: str
    published_on: date | None
    published_at: datetime | None

    @property
    def address(self):
        return path_to("story", self.slug)


def cards(stories, keys) -> list[Card]:
    """The cards of `stories` (a queryset that has passed the gate) in the order of `keys`: two queries."""
    photo = [f"lead_photo__{name}" for name in PHOTO_COLUMNS]
    rows = stories.filter(pk__in=keys).order_by().values_list(*COLUMNS, *photo)
    names = {}
    signed = Byline.objects.filter(article__in=keys).order_by("order")
    for article, role, shown, name, author, slug in signed.values_list(
        "article_id", "role", "shown", "name", "author__name", "author__slug"
    ):
        names.setdefault(article, []).append(CardName(role, shown, author or name, slug or ""))
    found = {}
    for row in rows:
        facts, picture = row[: len(COLUMNS)], row[len(COLUMNS) :]
        picture = CardPhoto(*picture) if picture[0] else None
        found[row[0]] = Card(*facts, picture, tuple(names.get(row[0], ())))
    return [found[key] for key in keys if key in found]
