"""Read a plain-text news document as it reaches a desk. docs/import.md describes the form for those who write it.

In order, each part optional but the text: a date line, a headline, paragraphs, an author block (credit line,
name, name again, bio, "View more articles from …"). What is not recognised stays in the text, letter for letter.
"""

import re
import zoneinfo
from dataclasses import dataclass

from authors.text import identity
from newsroom.interchange.dates import Reading, read_date
from newsroom.interchange.story import ABBREVIATION, Signature, Story, Unreadable

LONGEST_HEADLINE = 150  # characters
LONGEST_NAME = 80
LONGEST_BIO = 6  # lines
CLOSING = "”’\"'»)]"
# Words inside a name that are written small.
PARTICLES = {
    "al", "ap", "bin", "bint", "da", "das", "de", "del", "den", "der", "di", "do", "dos", "du", "el", "ibn", "la", "le",
    "oʻgʻli", "o‘g‘li", "ogli", "qizi", "kyzy", "ten", "ter", "uulu", "van", "von", "y", "zu",
}  # fmt: skip
ISO = r"\d{4}-\d{1,2}-\d{1,2}(?:[T ]\d{1,2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?"
DATE_LINE = re.compile(rf"\s*date\s*:?\s+(?P<date>{ISO})(?!\S)\s*", re.IGNORECASE)
DATE_WORDS = re.compile(r"\s*(?:date\s*:?|published\s*:)\s+(?P<date>\S.{0,78})\Z", re.IGNORECASE)
VIEW_MORE = re.compile(r"view more articles from\s*(?P<name>\S.*?)\s*\Z", re.IGNORECASE)
BY_LINE = re.compile(r"by\s+(?P<name>\S.*?)\s*\Z", re.IGNORECASE)
MORE_DATE = re.compile(
    r"\s*(?:[ap]\.?m\b|utc\b|gmt\b|[a-z]{2,5}\s*\Z|[+–—~/-]|to\b|until\b|and\b|\(|\d|T\d)", re.IGNORECASE
)
NAME = re.compile(r"[^\W\d_][^\d,;:!?()<>\"“”/@]*\Z")
SOURCE_CREDIT = re.compile(r"\breport(?:s|ing)?\s+(?:by|from|of)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """A line that is not empty: its number in the document and its text without blanks around it."""

    number: int
    text: str
    after_gap: bool  # an empty line stands before it


def read(document: str, *, zone: zoneinfo.ZoneInfo) -> Story:
    """`document` as a Story; times without a zone are the desk's `zone`. Raises `Unreadable` when no text is left."""
    story = Story(text="")
    lines = lines_of(document)
    if not lines:
        raise Unreadable("It is empty.")
    lines = take_date(lines, story, zone)
    for take in (take_author_block, take_headline, take_byline_under_headline):
        lines = take(lines, story) if lines else []
    if not lines:
        raise Unreadable("It has no text besides headline, date and author.")
    story.text = "\n".join(join_paragraphs(lines))
    story.note("text", f"{len(story.text.split())} words", span(lines[0], lines[-1]))
    for name, value in (
        ("date", story.published_on), ("headline", story.headline), ("byline", story.signatures),
    ):  # fmt: skip
        if not value and not any(found.field == name for found in story.receipt):
            story.note(name, "", "missing")
    return story


def lines_of(document: str) -> list[Line]:
    lines, gap = [], False
    for number, text in enumerate(re.split(r"\r\n|\r|\n", document.removeprefix("\ufeff")), start=1):
        stripped = text.strip(" \t")
        if stripped:
            lines.append(Line(number, stripped, gap))
        gap = not stripped
    return lines


def join_paragraphs(lines: list[Line]):
    """Blank lines separate paragraphs. A document without any has one paragraph a line."""
    single_spaced = not any(line.after_gap for line in lines[1:])
    for index, line in enumerate(lines):
        if index and (line.after_gap or single_spaced):
            yield ""
        yield line.text


def span(first: Line, last: Line) -> str:
    return f"line {first.number}" if first == last else f"lines {first.number}–{last.number}"


def take_date(lines: list[Line], story: Story, zone) -> list[Line]:
    """A leading `date 2024-09-16`, alone or in front of the first sentence; in words only on a line of its own."""
    first = lines[0]
    match = DATE_WORDS.match(first.text)
    reading = read_date(match["date"], zone=zone) if match else None
    rest = ""
    if reading is None or reading.verdict != "exact":
        glued = DATE_LINE.match(first.text)
        # What follows the day may belong to it: a zone, "PM", "to 18 September". Then the line is left to the desk.
        if glued and not MORE_DATE.match(first.text[glued.end() :]):
            match, rest = glued, first.text[glued.end() :].strip(" \t")
            reading = read_date(match["date"], zone=zone)
        elif glued and reading is None:
            match, reading = glued, Reading("ask", why="What follows the day seems to belong to it.")
    if reading is None:
        return lines
    if reading.verdict != "exact":
        doubt = "left to the desk" if reading.verdict == "ask" else "not taken for a date"
        story.note("date", match["date"], f"line {first.number}, {doubt}: {reading.why} It stays in the text.")
        return lines
    story.published_at = reading.minute
    story.published_on = reading.minute.astimezone(zone).date() if reading.minute else reading.day
    value = reading.minute.isoformat() if reading.minute else reading.day.isoformat()
    story.note("date", value, f"line {first.number}")
    return [Line(first.number, rest, False), *lines[1:]] if rest else lines[1:]


def take_headline(lines: list[Line], story: Story) -> list[Line]:
    """A first paragraph of one short line that is no sentence, with text after it."""
    if len(lines) < 2 or not lines[1].after_gap:
        return lines
    text = lines[0].text
    is_doubtful_date = story.published_on is None and any(found.field == "date" for found in story.receipt)
    end = text.rstrip(CLOSING)
    is_sentence = end.endswith((".", ",", ";", ":")) and not ABBREVIATION.search(end)
    if len(text) > LONGEST_HEADLINE or is_sentence or is_doubtful_date:
        return lines
    story.headline = text
    story.note("headline", text, f"line {lines[0].number}")
    return lines[1:]


def take_byline_under_headline(lines: list[Line], story: Story) -> list[Line]:
    """A line `By Some Name` between headline and text: one person, written as a name is."""
    if story.headline is None or len(lines) < 2:
        return lines
    match = BY_LINE.match(lines[0].text)
    if not match or not is_written_as_name(match["name"]):
        return lines
    if not story.signatures:
        story.signatures.append(Signature(match["name"]))
        story.note("byline", match["name"], f"line {lines[0].number}")
        return lines[1:]
    if any(identity(each.name) == identity(match["name"]) for each in story.signatures):
        story.note("byline again", match["name"], f"line {lines[0].number}")
        return lines[1:]
    story.is_byline_sure = False
    where = f"line {lines[0].number}, left to the desk: the author block names somebody else. It stays in the text."
    story.note("another byline", match["name"], where)
    return lines


def take_author_block(lines: list[Line], story: Story) -> list[Line]:
    """The block at the end, known by "View more articles from …" or by the name standing there twice."""
    last = lines[-1]
    view_more = VIEW_MORE.match(last.text)
    if view_more and is_name(view_more["name"]):
        name, end = view_more["name"], len(lines) - 1
        story.note("view more", name, f"line {last.number}")
        start = first_of_run(lines[:end], name)
    else:
        name, start = repeated_name(lines)
        end = len(lines)
        if name is None:
            return lines
    bio_start = end if start is None else start
    while bio_start < end and identity(lines[bio_start].text) == identity(name):
        bio_start += 1
    if end - bio_start > LONGEST_BIO:  # that is the story, under its author's name
        start = None
    if start is None:  # the line alone: it names the author, and says nothing of a bio
        story.signatures.append(Signature(name))
        story.note("byline", name, f"line {last.number}")
        return lines[:end]
    bio = lines[bio_start:end]
    signature = Signature(name, bio="\n".join(join_paragraphs(bio)))
    story.note("byline", name, span(lines[start], lines[bio_start - 1]))
    if bio:
        story.note("bio", f"{len(signature.bio.split())} words", span(bio[0], bio[-1]))
    else:
        story.note("bio", "", "missing")
    if start and is_credit(lines[start - 1].text, name):
        start -= 1
        signature.shown = lines[start].text
        signature.role = "source" if SOURCE_CREDIT.search(signature.shown) else "writer"
        story.note("credit line", signature.shown, f"line {lines[start].number}")
    story.signatures.append(signature)
    return lines[:start]


def first_of_run(lines: list[Line], name: str) -> int | None:
    """Where the last run of lines that are just `name` begins."""
    where = None
    for index in range(len(lines) - 1, 0, -1):
        if identity(lines[index].text) == identity(name):
            where = index
        elif where is not None:
            break
    return where


def repeated_name(lines: list[Line]) -> tuple[str | None, int | None]:
    """A name on two lines in a row, near the end and below some text."""
    for index in range(len(lines) - 1, 1, -1):
        here, above = lines[index].text, lines[index - 1].text
        if identity(here) == identity(above) and is_name(here) and len(here.split()) >= 2:
            return here, index - 1
        if len(lines) - index > 6:  # a bio is not longer than that
            break
    return None, None


def is_name(text: str) -> bool:
    return len(text) <= LONGEST_NAME and len(text.split()) <= 8 and bool(NAME.match(text)) and not text.endswith("..")


def is_written_as_name(text: str) -> bool:
    """One person's name: every word begins as names do, nothing joins two people, and no full stop ends it."""
    words = text.split()
    joined = {"and", "&", "и", "va", "ва"} & {word.casefold() for word in words}
    capital = all(word.casefold() in PARTICLES or not word[0].islower() for word in words)
    return is_name(text) and capital and not joined and not text.endswith(".")


def is_credit(text: str, name: str) -> bool:
    """A short line that ends with the name and says more than it: "Retold from a report by …"."""
    return len(text) <= 200 and text != name and identity(text).endswith(" " + identity(name))
