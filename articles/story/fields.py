"""The one table of a story's fields: what each is called, what kind it is, and how each room treats it.

Every list of a story's parts derives from it, and a test adds a made-up field here and finds it in all of them. A new
field is a row here, a column in articles/models/article.py with its migration, and its place on the form
(articles/admin/article.py). Where readers meet it says a template; with a name for the API, newsroom/api/shapes.py
says what programs get there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


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


WORDS, EVERY_WORD, CHANGE, NONE = Alarm
LINE, PROSE, BODY, CHOICE, ADDRESS, DATE, ROW, NUMBER, ROWS, BYLINES = Kind

FIELDS = (  # in the order in which they are compared and shown
    Field("headline", "Headline", PROSE, WORDS, checked=True),
    Field("headline_from", "Headline from", CHOICE),
    Field("summary", "Dek", PROSE, WORDS, checked=True, joinable=True),
    Field("body", "Text", BODY, WORDS, long=True),
    Field("slug", "Address wished for", ADDRESS, NONE, "the old address leads on"),
    Field("section", "Section", ROW, NONE, "where it is found"),
    Field("story_type", "Type", CHOICE),
    Field(
        "language",
        "Language",
        CHOICE,
        NONE,
        "which edition lists it; the words say which language they are in",
    ),
    Field("byline_decision", "Byline decision", CHOICE),
    Field("bylines", "Byline", BYLINES),
    Field("dateline", "Dateline", LINE, checked=True, api="place", searched=True),
    Field("source_outlet", "Outlet", LINE, checked=True, api="outlet", searched=True),
    Field("tags", "Tags", ROWS, NONE, "where it is found"),
    Field("lead_photo", "Photo", ROW),
    Field("lead_caption", "Photo caption", PROSE, EVERY_WORD, checked=True, joinable=True),
    Field("published_on", "Day it carries", DATE),
    Field("published_at", "Time it carries", DATE),
    Field("date_decided", "Date decided", DATE),
    Field("search_title", "Search title", PROSE, WORDS, checked=True),
    Field("search_description", "Search description", PROSE, WORDS, checked=True),
    Field("event", "Event", ROW, NONE, "which reports stand beside it"),
    Field("series", "Series", ROW, NONE, "what is read before and after it"),
    Field("series_part", "Part", NUMBER, NONE, "what is read before and after it"),
    Field("translation_of", "Translation of", ROW),
    Field("related", "Related stories", ROWS, NONE, "what stands under the text"),
    Field(
        "how_reported",
        "How we reported this",
        PROSE,
        EVERY_WORD,
        checked=True,
        joinable=True,
        long=True,
        api="how_reported",
    ),
    Field(
        "source_note",
        "Source note",
        PROSE,
        EVERY_WORD,
        checked=True,
        joinable=True,
        long=True,
        api="source_note",
    ),
)


def named(name: str) -> Field:
    return next(field for field in FIELDS if field.name == name)


def those(is_meant: Callable[[Field], bool]) -> tuple[str, ...]:
    """The names of the fields that are meant, in the table's order."""
    return tuple(field.name for field in FIELDS if is_meant(field))


def of_kind(*kinds: Kind) -> tuple[str, ...]:
    return those(lambda field: field.kind in kinds)


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
