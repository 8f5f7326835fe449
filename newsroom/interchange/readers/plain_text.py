"""Read a plain-text news document as it reaches a desk. docs/import.md describes the form for those who write it.

In order, each part optional but the text: a date line, a headline, paragraphs, an author block (credit line,
name, name again, bio, "View more articles from …"). What is not recognised stays in the text, letter for letter.
"""

import re
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from newsroom.foundation.text import identity, is_blank
from newsroom.interchange.date_parts import MONTHS, WEEKDAYS
from newsroom.interchange.dates import (
    ABBREVIATIONS,
    DOUBTFUL_ZONES,
    GREENWICH,
    IN_LATIN,
    begins_with_date,
    is_date_line,
    read_date,
)
from newsroom.interchange.sample import Sample
from newsroom.interchange.story import ABBREVIATION, Signature, Story, Unreadable

LONGEST_HEADLINE = 150  # characters
LONGEST_DATE = 80
LONGEST_NAME = 80
LONGEST_BIO = 6  # lines
CLOSING = "”’\"'»)]"
OPENING = "“‘\"'«„"
SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", "।", "۔", "؟")
# Words inside a name that are written small.
PARTICLES = {
    "al",
    "ap",
    "bin",
    "bint",
    "da",
    "das",
    "de",
    "del",
    "den",
    "der",
    "di",
    "do",
    "dos",
    "du",
    "el",
    "ibn",
    "la",
    "le",
    "oʻgʻli",
    "o‘g‘li",
    "ogli",
    "qizi",
    "kyzy",
    "ten",
    "ter",
    "uulu",
    "van",
    "von",
    "y",
    "zu",
}
JOINING = {"and", "with", "&", "и", "с", "va", "hamda", "bilan", "ва", "ҳамда", "билан"}
DATE_LINE = re.compile(
    r"\s*(?:date\s*:\s*|date\s+|published\s*:\s*)(?P<date>\S.*)\Z", re.IGNORECASE
)
# A day, or a day and a time with its zone, in front of the first sentence.
BEFORE_SENTENCE = re.compile(
    r"\s*date(?:\s*:)?\s+(?P<date>\d{4}-\d{1,2}-\d{1,2}(?:[T ]\d{1,2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2}))?)"
    r"\s+(?P<rest>\S.*)\Z",
    re.IGNORECASE,
)
VIEW_MORE = re.compile(r"view more articles from\s*+(?P<name>\S(?:.*\S)?)\s*\Z", re.IGNORECASE)
BY_LINE = re.compile(r"by\s++(?P<name>\S(?:.*\S)?)\s*\Z", re.IGNORECASE)
# A line that says when it may go out. "Embargo on grain ends" is a headline.
EMBARGO = re.compile(
    r"[\W_]*(?:(?:strictly\s+|under\s+)*embargo(?:ed)?\s*(?:until|till|to\b|for\s+release|[:–—-])"
    r"|hold\s+(?:for\s+release\s+)?(?:until|till)\b(?=.*(?:\d|\bnoon\b|\bmidnight\b|release|day\b))"
    r"|(?:strictly\s+)?not\s+for\s+(?:publication|release|broadcast|use|distribution)\s+(?:before|until|till|prior)\b"
    r"|эмбарго\s*(?:до|[:–—-])|не\s+(?:для\s+публикации|публиковать)\s+до\b|под\s+эмбарго\b)",
    re.IGNORECASE,
)
FIRST_LINES = 4  # among which an embargo may stand
NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\s.'’ʻʼ‘`´·・-])*\Z")
CREDIT_BEFORE_NAME = re.compile(
    r"(?:\b(?:by|from|report of|авторы?|текст|muallifi?)|[:—–|])\s*\Z", re.IGNORECASE
)
SOURCE_CREDIT = re.compile(r"\breport(?:s|ing)?\s+(?:by|from|of)\b", re.IGNORECASE)
WORD = re.compile(r"\w+(?:['’ʻʼ‘`]\w+)*")
SHORT = 6  # words: fewer make a sentence only if none of them may belong to a date
LATER = {"updated", "modified", "edited", "published", "posted", "обновлено", "yangilandi"}
OF_DATES = (
    MONTHS.keys()
    | WEEKDAYS.keys()
    | ABBREVIATIONS.keys()
    | IN_LATIN.keys()
    | GREENWICH
    | DOUBTFUL_ZONES
    | LATER
    | {
        "time",
        "zone",
        "edition",
        "local",
        "standard",
        "daylight",
        "pacific",
        "eastern",
        "central",
        "mountain",
        "noon",
        "midnight",
        "am",
        "pm",
        "to",
        "until",
        "till",
        "etc",
        "vaqti",
        "время",
        "времени",
        "часов",
        "часа",
    }
)


@dataclass(frozen=True)
class Line:
    """A line that is not empty to the eye: its number in the document and its text without blanks around it."""

    number: int
    text: str
    after_gap: bool  # an empty line stands before it
    is_sentence: bool = False  # it is known to begin the text, and is no headline


def stories(document: Sample, zone: zoneinfo.ZoneInfo) -> Iterator[Story]:
    """The reader: one document is one story."""
    yield read_story(document.text, zone=zone)


def read_story(document: str, *, zone: zoneinfo.ZoneInfo) -> Story:
    """`document` as a Story; times without a zone are the desk's `zone`. Raises `Unreadable` when no text is left."""
    story = Story(text="")
    lines = lines_of(document)
    if not lines:
        raise Unreadable("It is empty.")
    lines = take_embargo(lines, story, zone)
    lines = take_date(lines, story, zone) if lines else []
    for take in (take_author_block, take_headline, take_byline_under_headline):
        lines = take(lines, story) if lines else []
    if not lines:
        raise Unreadable("It has no text besides headline, date and author.")
    story.text = "\n".join(join_paragraphs(lines))
    story.note("text", f"{len(story.text.split())} words", span(lines[0], lines[-1]))
    for name, value in (
        ("date", story.published_on),
        ("headline", story.headline),
        ("byline", story.signatures),
    ):
        if not value and not any(found.field == name for found in story.receipt):
            story.note(name, "", "missing")
    return story


def lines_of(document: str) -> list[Line]:
    lines, gap = [], False
    for number, text in enumerate(
        re.split(r"\r\n|\r|\n", document.removeprefix("\ufeff")), start=1
    ):
        stripped = "" if is_blank(text) else text.strip(" \t")
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


def take_embargo(lines: list[Line], story: Story, zone) -> list[Line]:
    """A line among the first that says when the story may go out. It is no headline and no text: it becomes a note for
    colleagues, and a question that somebody answers before readers see anything. Its moment is read to its end or not
    at all, and said in words; nothing is scheduled by it, so that nothing goes out before either."""
    for index, line in enumerate(lines[:FIRST_LINES]):
        begins = EMBARGO.match(line.text[:LONGEST_HEADLINE])
        if not begins:
            continue
        says = f"The document says “{line.text[:LONGEST_HEADLINE]}”"
        if len(line.text) > LONGEST_HEADLINE:  # the text begins on the same line
            story.open_questions.append(f"{says}: look whether it may go out, and schedule it.")
            story.note(
                "embargo", line.text[:LONGEST_HEADLINE], f"line {line.number}. It stays in the text"
            )
            return [replace(line, is_sentence=True) if each is line else each for each in lines]
        story.embargo = line.text
        story.note("embargo", line.text, f"line {line.number}, a note for colleagues over the text")
        story.embargo_until, why = embargo_moment(line.text[begins.end() :], zone)
        if story.embargo_until:
            moment = story.embargo_until.astimezone(zone)
            story.note("embargo until", story.embargo_until.isoformat(), f"line {line.number}")
            story.open_questions.append(
                f"{says}: schedule it for {moment:%-d %B %Y, %H:%M} ({zone.key}) or later."
            )
        else:
            story.note("embargo until", "", f"not read: {why}")
            story.open_questions.append(
                f"{says}: look whether it may go out, and schedule it. Its moment is not read: {why}"
            )
        rest = lines[index + 1 :]
        if rest and line.after_gap:
            rest[0] = replace(rest[0], after_gap=True)
        return lines[:index] + rest
    return lines


def embargo_moment(said: str, zone) -> tuple[datetime | None, str]:
    """(the moment that the rest of an embargo's line states, ""), or (None, why it is left to the desk)."""
    reading = read_date(said.strip(" \t:–—-*_.!()[]"), zone=zone)
    if reading.verdict == "exact" and reading.minute and not reading.besides:
        return reading.minute, ""
    return None, reading.why or "It names no time of day."


def take_date(lines: list[Line], story: Story, zone) -> list[Line]:
    """A leading date line, the whole of it; or a leading `date 2024-09-16` in front of the first sentence. A line that
    is not understood to its end stays where it is, and the receipt asks."""
    first = lines[0]
    match = DATE_LINE.match(first.text)
    if match is None:
        if len(first.text) <= LONGEST_DATE and is_date_line(first.text):
            leave_date(
                story, first, first.text, "left to the desk: nothing says that it is the story’s."
            )
        return lines
    reading = read_date(match["date"], zone=zone) if len(match["date"]) <= LONGEST_DATE else None
    value, rest = match["date"], ""
    if reading is None or reading.verdict != "exact":
        before = BEFORE_SENTENCE.match(first.text)
        if before and begins_a_sentence(before["rest"], lines):
            value, rest = before["date"], before["rest"].strip(" \t")
            reading = read_date(value, zone=zone)
        elif reading is None and begins_with_date(value):
            leave_date(
                story, first, value, "left to the desk: what follows the day may belong to it."
            )
    if reading is None:
        return lines
    if reading.verdict != "exact":
        doubt = "left to the desk" if reading.verdict == "ask" else "not taken for a date"
        leave_date(story, first, value, f"{doubt}: {reading.why}")
        return lines
    story.published_at = reading.minute
    story.published_on = reading.minute.astimezone(zone).date() if reading.minute else reading.day
    story.note("date", (reading.minute or reading.day).isoformat(), f"line {first.number}")
    if reading.besides:
        story.note("later date", reading.besides, f"line {first.number}, not taken over")
    return [Line(first.number, rest, False, is_sentence=True), *lines[1:]] if rest else lines[1:]


def leave_date(story: Story, line: Line, value: str, why: str) -> None:
    story.left_line = line.text if len(line.text) <= LONGEST_HEADLINE else ""
    story.note("date", value[:200], f"line {line.number}, {why} It stays in the text.")


def begins_a_sentence(rest: str, lines: list[Line]) -> bool:
    """Whether `rest`, which stands behind a day in the first line, begins the story's first sentence and cannot be more
    of the date: a zone, an edition, a second day, a headline."""
    paragraph = [rest]
    if any(line.after_gap for line in lines[1:]):
        for line in lines[1:]:
            if line.after_gap:
                break
            paragraph.append(line.text)
    words = [word.casefold() for word in WORD.findall(rest)]
    first = rest.lstrip(OPENING)[:1]
    if (
        not first.isalpha()
        or first.islower()
        or not paragraph[-1].rstrip(CLOSING).endswith(SENTENCE_ENDS)
    ):
        return False
    of_dates = [word for word in words if word in OF_DATES or word[0].isdecimal()]
    if len(words) < SHORT:
        return len(words) > 1 and not of_dates
    goes_on = words[0] in {*LATER, "to", "until", "till"} or words[1] in {
        "time",
        "standard",
        "daylight",
        "edition",
    }
    return not goes_on and len(of_dates) * 3 <= len(words)


def take_headline(lines: list[Line], story: Story) -> list[Line]:
    """A first paragraph of one short line that is no sentence, no date and no byline, with text after it; a line
    `By Some Name` may follow it without a gap."""
    if len(lines) < 2 or lines[0].is_sentence:
        return lines
    if not lines[1].after_gap and not (
        len(lines) > 2 and is_byline(lines[1]) and lines[1].text.startswith("B")
    ):
        return lines
    text = lines[0].text
    is_doubtful_date = story.published_on is None and any(
        found.field == "date" for found in story.receipt
    )
    end = text.rstrip(CLOSING)
    is_sentence = end.endswith((".", ",", ";", ":", "。", "।", "۔")) and not ABBREVIATION.search(
        end
    )
    if len(text) > LONGEST_HEADLINE or is_sentence or is_doubtful_date:
        return lines
    if is_byline(lines[0]):
        leave_byline(story, lines[0], name_in_byline(text), "no headline stands above it")
        return lines
    story.headline = text
    story.note("headline", text, f"line {lines[0].number}")
    return lines[1:]


def leave_byline(story: Story, line: Line, name: str, why: str) -> None:
    story.is_byline_sure = False
    story.note(
        "another byline",
        name,
        f"line {line.number}, left to the desk: {why}. It stays in the text.",
    )


def take_byline_under_headline(lines: list[Line], story: Story) -> list[Line]:
    """A line `By Some Name` between headline and text: one person, written as a name is."""
    if story.headline is None or len(lines) < 2:
        return lines
    if not is_byline(lines[0]):
        return lines
    name = name_in_byline(lines[0].text)
    if not story.signatures:
        story.signatures.append(Signature(name))
        story.note("byline", name, f"line {lines[0].number}")
        return lines[1:]
    if any(identity(each.name) == identity(name) for each in story.signatures):
        story.note("byline again", name, f"line {lines[0].number}")
        return lines[1:]
    leave_byline(story, lines[0], name, "the author block names somebody else")
    return lines


def take_author_block(lines: list[Line], story: Story) -> list[Line]:
    """The block at the end, known by "View more articles from …" or by the name standing there twice."""
    last = lines[-1]
    view_more = named_in(last, VIEW_MORE)
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
    while bio_start < end and is_same(lines[bio_start].text, name):
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
    if start and (another := named_in(lines[start - 1], VIEW_MORE)):
        leave_byline(story, lines[start - 1], another["name"], "another author block stands there")
    return lines[:start]


def first_of_run(lines: list[Line], name: str) -> int | None:
    """Where the last run of lines that are just `name` begins."""
    where = None
    for index in range(len(lines) - 1, 0, -1):
        if is_same(lines[index].text, name):
            where = index
        elif where is not None:
            break
    return where


def repeated_name(lines: list[Line]) -> tuple[str | None, int | None]:
    """A name on two lines in a row, near the end and below some text."""
    for index in range(len(lines) - 1, 1, -1):
        here, above = lines[index].text, lines[index - 1].text
        if is_same(here, above) and is_written_as_name(here):
            return here, index - 1
        if len(lines) - index > 6:  # a bio is not longer than that
            break
    return None, None


def named_in(line: Line, pattern: re.Pattern) -> re.Match | None:
    """The match, with the group `name`; a line that is longer than words with a name is none."""
    return pattern.match(line.text) if len(line.text) <= 2 * LONGEST_NAME else None


def is_byline(line: Line) -> bool:
    match = named_in(line, BY_LINE)
    return bool(match) and is_written_as_name(match["name"])


def name_in_byline(text: str) -> str:
    """Of a line that `is_byline`."""
    match = BY_LINE.match(text)
    assert match
    return match["name"]


def is_same(text: str, name: str) -> bool:
    return len(text) <= 2 * LONGEST_NAME and identity(text) == identity(name)


def is_name(text: str) -> bool:
    return (
        len(text) <= LONGEST_NAME
        and len(text.split()) <= 8
        and bool(NAME.match(text))
        and not text.endswith("..")
    )


def is_written_as_name(text: str) -> bool:
    """One person's name of several words: each begins as names do, nothing joins two people, it is no day, and no full
    stop ends it."""
    words = text.split()
    small = {word.casefold() for word in words}
    capital = all(word.casefold() in PARTICLES or not word[0].islower() for word in words)
    a_day = words[0].casefold() in WEEKDAYS or (
        words[-1].casefold() in MONTHS | WEEKDAYS and len(words[-1]) > 3
    )
    return (
        len(words) > 1
        and is_name(text)
        and capital
        and not small & JOINING
        and not a_day
        and not text.endswith(".")
    )


def is_credit(text: str, name: str) -> bool:
    """A short line that ends with the name and says before it whose words they are: "Retold from a report by …"."""
    before, end = text[: -len(name)], text[-len(name) :]
    return (
        len(text) <= 200
        and identity(end) == identity(name)
        and bool(CREDIT_BEFORE_NAME.search(before))
    )
