"""The neutral story: what a document says, before it becomes a row. Everything but the text may be unknown.

Readers (newsroom/interchange/readers/) make one from a document; load.py turns it into a draft. Nothing in
here is guessed: an unknown fact is None, and every fact carries the place where it was found.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime

WORKING_HEADLINE = 100  # characters at most
SENTENCE_END = re.compile(r"(?<=[.!?…])[”’\"»)]*\s+(?=[“‘\"«(]?[^\W\d_]|\d)")
ABBREVIATION = re.compile(
    r"\b(?:[^\W\d_]|Mr|Mrs|Ms|Dr|Prof|Gen|Col|Sen|Rep|Gov|St|No|Jr|Sr|vs)\.\Z"
)
LONGEST_ABBREVIATION = 6  # characters, with its full stop


class Unreadable(Exception):
    """The document cannot be taken in. The text says why, in words for the desk."""


@dataclass(frozen=True)
class Found:
    """One line of the receipt: a field, what was read, and where ("line 3", "lines 5–17", "missing", "derived …")."""

    field: str
    value: str
    where: str


@dataclass
class Signature:
    """A name over a story, as the document gives it."""

    name: str
    role: str = "writer"
    shown: str = ""  # the credit line word for word, when it is more than the name
    bio: str = ""


@dataclass
class Picture:
    """A photo as the document brings it. `file`: its bytes; b"" when the document only says where it lies."""

    file: bytes = b""
    name: str = ""  # of the file, or its address
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass
class Story:
    """One story of a document. `text` is plain text, paragraphs separated by one blank line. What stands for things of
    ours (section, tags, language) is given in the words of the source; load.py finds out which of ours that is."""

    text: str
    headline: str | None = None
    dek: str = ""
    section: str = ""
    tags: list[str] = field(default_factory=list)
    dateline: str = ""  # where it was reported
    language: str = ""  # BCP 47
    photos: list[Picture] = field(default_factory=list)  # the first is the one above the text
    signatures: list[Signature] = field(default_factory=list)
    # False: the document names somebody else in another place, or several have the name.
    is_byline_sure: bool = True
    # sentences for the desk; nothing goes live before
    open_questions: list[str] = field(default_factory=list)
    embargo: str = ""  # the line that says when it may go out: for colleagues, never for readers
    # The moment of that line, when all of it is understood; with its zone.
    embargo_until: datetime | None = None
    published_on: date | None = None
    published_at: datetime | None = None  # with its zone; only with `published_on`
    left_line: str = ""  # the first of the text, which may be its date: no headline is made of it
    receipt: list[Found] = field(default_factory=list)

    @property
    def working_headline(self) -> str:
        """For the desk to replace; of what follows a line that was left in the text because it may be the date."""
        return working_headline(self.text.removeprefix(self.left_line).lstrip() or self.text)

    @property
    def shown_headline(self) -> str:
        return self.headline or self.working_headline

    def note(self, name: str, value: str, where: str) -> None:
        self.receipt.append(Found(name, value, where))


def first_sentence(text: str) -> str:
    """The first sentence of the first paragraph; "U.S." and "Dr." end none."""
    paragraph = " ".join(text.split("\n\n")[0].split())
    for match in SENTENCE_END.finditer(paragraph):
        if not ends_in_abbreviation(paragraph, match.start()):
            return paragraph[: match.end()].strip()
    return paragraph


def ends_in_abbreviation(text: str, end: int) -> bool:
    return bool(ABBREVIATION.search(text, max(0, end - LONGEST_ABBREVIATION), end))


def working_headline(text: str) -> str:
    """A headline for the desk to replace: the first sentence without its full stop, cut at a word."""
    sentence = first_sentence(text)
    if sentence.endswith(".") and not ends_in_abbreviation(sentence, len(sentence)):
        sentence = sentence[:-1]
    if len(sentence) <= WORKING_HEADLINE:
        return sentence
    cut = sentence[: WORKING_HEADLINE - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:–—-") + "…"
