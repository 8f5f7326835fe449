"""The one table of a story's fields: what each is called, what kind it is, and how each room treats it.

Every list of a story's parts derives from it, and a test adds made-up fields here and finds them in all of them. A new
field is a row here and a line in `Snapshot`, a column in articles/models/article.py with its migration, and its place
on the form (articles/admin/article.py). Where readers meet it says a template; with a name for the API,
newsroom/api/shapes.py says what programs get there. Of the kinds in `WRITTEN_OUT` a field wants code of its own beside
that.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TypedDict

from articles.models import Article, Event, Photo, Section, Series


class Kind(Enum):
    """How a value looks in a snapshot, and so how it is compared, merged and shown."""

    LINE = "a line of words"
    PROSE = "words that are compared word by word"
    BODY = "the text, compared block by block"
    CHOICE = "one of a list"
    ADDRESS = "a slug"
    DATE = "a part of the date, which is one fact"
    ROW = "the natural key of another row, or None"
    NUMBER = "a number, or None"
    ROWS = "natural keys of other rows"
    BYLINES = "a list of {author, name, role, shown}"


class Alarm(Enum):
    """What the alarm of silent edits asks about a change."""

    WORDS = "its numbers, names and negations are read with the text's"
    EVERY_WORD = (
        "beside that every changed word is told: what a picture shows, how we know, and from whom"
    )
    CHANGE = (
        "whatever becomes of it is told: who says it, where from, when, and what kind of text it is"
    )
    NONE = "it makes no claim about the news"


TEXTS = (Kind.LINE, Kind.PROSE, Kind.BODY, Kind.CHOICE, Kind.ADDRESS)
LISTS = (Kind.ROWS, Kind.BYLINES)


@dataclass(frozen=True)
class Field:
    """One part of a story.

    `name`: in snapshots, and of the column. `label`: for editors. `unsaid`: why a change of it may go unsaid, with
    `Alarm.NONE` only. `checked`: the checks read its words. `joinable`: two versions of it may both stand, one
    after the other. `long`: lists of stories are loaded without it. `api`: readers' programs get its words as they
    stand, under this name; "" for what they get in another form, or not at all. `searched`: a search finds a story by
    it, as by the names over it; headline, dek and text weigh otherwise and have columns of their own.
    `model`, `key`: whose row a `Kind.ROW` names, and the column of that row by which snapshots name it.
    """

    name: str
    label: str
    kind: Kind
    alarm: Alarm = Alarm.CHANGE
    unsaid: str = ""
    checked: bool = False
    joinable: bool = False
    long: bool = False
    api: str = ""
    searched: bool = False
    model: type | None = None
    key: str = "slug"

    def name_of(self, row) -> str | None:
        """What a snapshot calls the row that a story points to."""
        return str(getattr(row, self.key)) if row else None

    def row_called(self, name: str | None):
        """The row of that name; None when there is none, or none any more."""
        return self.model.objects.filter(**{self.key: name}).first() if name else None


# In the order in which they are compared and shown.
FIELDS = (
    Field("headline", "Headline", Kind.PROSE, Alarm.WORDS, checked=True),
    Field("headline_from", "Headline from", Kind.CHOICE),
    Field("summary", "Dek", Kind.PROSE, Alarm.WORDS, checked=True, joinable=True),
    Field("body", "Text", Kind.BODY, Alarm.WORDS, long=True),
    Field("slug", "Address wished for", Kind.ADDRESS, Alarm.NONE, "the old address leads on"),
    Field("section", "Section", Kind.ROW, Alarm.NONE, "where it is found", model=Section),
    Field("story_type", "Type", Kind.CHOICE),
    Field(
        "language",
        "Language",
        Kind.CHOICE,
        Alarm.NONE,
        "which edition lists it; the words say which language they are in",
    ),
    Field("byline_decision", "Byline decision", Kind.CHOICE),
    Field("bylines", "Byline", Kind.BYLINES),
    Field("dateline", "Dateline", Kind.LINE, checked=True, api="place", searched=True),
    Field("source_outlet", "Outlet", Kind.LINE, checked=True, api="outlet", searched=True),
    Field("tags", "Tags", Kind.ROWS, Alarm.NONE, "where it is found"),
    Field("lead_photo", "Photo", Kind.ROW, model=Photo, key="sha256"),
    Field(
        "lead_caption", "Photo caption", Kind.PROSE, Alarm.EVERY_WORD, checked=True, joinable=True
    ),
    Field("published_on", "Day it carries", Kind.DATE),
    Field("published_at", "Time it carries", Kind.DATE),
    Field("date_decided", "Date decided", Kind.DATE),
    Field("search_title", "Search title", Kind.PROSE, Alarm.WORDS, checked=True),
    Field("search_description", "Search description", Kind.PROSE, Alarm.WORDS, checked=True),
    Field("event", "Event", Kind.ROW, Alarm.NONE, "which reports stand beside it", model=Event),
    Field(
        "series", "Series", Kind.ROW, Alarm.NONE, "what is read before and after it", model=Series
    ),
    Field("series_part", "Part", Kind.NUMBER, Alarm.NONE, "what is read before and after it"),
    Field("translation_of", "Translation of", Kind.ROW, model=Article, key="uid"),
    Field("related", "Related stories", Kind.ROWS, Alarm.NONE, "what stands under the text"),
    Field(
        "how_reported",
        "How we reported this",
        Kind.PROSE,
        Alarm.EVERY_WORD,
        checked=True,
        joinable=True,
        long=True,
        api="how_reported",
    ),
    Field(
        "source_note",
        "Source note",
        Kind.PROSE,
        Alarm.EVERY_WORD,
        checked=True,
        joinable=True,
        long=True,
        api="source_note",
    ),
)


# Fields of these kinds are one fact together, or lists and rows each in a shape of its own. By name they stand in
# snapshots.py (`ordered`, `of_row`, `fill`, `apply`), in unsaved.py (`as_snapshot`) and on the form (forms/story.py).
WRITTEN_OUT = {
    Kind.BODY: ("body",),
    Kind.DATE: ("published_on", "published_at", "date_decided"),
    Kind.ROWS: ("tags", "related"),
    Kind.BYLINES: ("bylines",),
}


def refuse_lost(table: tuple[Field, ...]) -> None:
    """Raises `ValueError` for a field that would be lost on the way between form, snapshot and row."""
    for field in table:
        if field.kind in WRITTEN_OUT and field.name not in WRITTEN_OUT[field.kind]:
            raise ValueError(
                f"“{field.name}”: write it out where the others of {field.kind} are, and name it in WRITTEN_OUT."
            )
        if (field.kind is Kind.ROW) != (field.model is not None):
            raise ValueError(
                f"“{field.name}”: a ROW says of which model it is, and no other kind does."
            )


refuse_lost(FIELDS)


class BylineRow(TypedDict):
    """One name over a story, in a snapshot."""

    author: str  # a slug; "" for a name that has no page
    name: str  # where there is no author
    role: str
    shown: str  # instead of the name; "" for the name


class Snapshot(TypedDict):
    """A whole story as one JSON value, in order (`snapshots.ordered`): every field of the table, rows by their natural
    key, moments in ISO 8601. What a revision holds may be older than a field: put it in order first."""

    headline: str
    headline_from: str
    summary: str
    body: str  # clean HTML
    slug: str
    section: str | None
    story_type: str
    language: str
    byline_decision: str
    bylines: list[BylineRow]
    dateline: str
    source_outlet: str
    tags: list[str]
    lead_photo: str | None  # a hash
    lead_caption: str
    published_on: str | None
    published_at: str | None
    date_decided: bool
    search_title: str
    search_description: str
    event: str | None
    series: str | None
    series_part: int | None
    translation_of: str | None  # the uid of a story
    related: list[str]  # uids
    how_reported: str
    source_note: str


def named(name: str) -> Field:
    return next(field for field in FIELDS if field.name == name)


def those(is_meant: Callable[[Field], bool]) -> tuple[str, ...]:
    """The names of the fields that are meant, in the table's order."""
    return tuple(field.name for field in FIELDS if is_meant(field))


def of_kind(*kinds: Kind) -> tuple[str, ...]:
    return those(lambda field: field.kind in kinds)


def references() -> tuple[Field, ...]:
    """The fields that name another row."""
    return tuple(field for field in FIELDS if field.kind is Kind.ROW)


def texts() -> tuple[str, ...]:
    """What a snapshot holds as text."""
    return of_kind(*TEXTS)


def written() -> tuple[str, ...]:
    """What somebody writes in sentences: the words that must come back when a save fails."""
    return of_kind(Kind.PROSE, Kind.BODY)


def with_alarm(*alarms: Alarm) -> tuple[str, ...]:
    """Fields beside the body, which the alarm reads by itself."""
    return those(lambda field: field.alarm in alarms and field.kind is not Kind.BODY)


def not_for_lists() -> tuple[str, ...]:
    """Columns without which lists of stories are loaded: long texts, and what is worked out of them."""
    return (*those(lambda field: field.long), "body_text", "search_text")


def compared() -> dict[str, str]:
    """{name: label} of what is compared value by value: all but the body."""
    return {field.name: field.label for field in FIELDS if field.kind is not Kind.BODY}


def in_the_api() -> dict[str, str]:
    """{name in the API: name} of what programs get as it stands."""
    return {field.api: field.name for field in FIELDS if field.api}


def searched() -> tuple[str, ...]:
    return those(lambda field: field.searched)


def on_the_form() -> tuple[str, ...]:
    """The columns that the story form has as they are: the date and lists are asked in ways of their own."""
    return those(lambda field: field.kind not in (Kind.DATE, *LISTS))
