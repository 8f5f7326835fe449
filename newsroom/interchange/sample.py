"""A document as it lies there: its bytes, and what they say when they are read as text, JSON, XML or lines."""

import codecs
import json
import re
from dataclasses import dataclass
from functools import cached_property

from newsroom.foundation import lengths
from newsroom.interchange.story import Unreadable

LONGEST_DOCUMENT = 1_000_000  # bytes
HEAD = 20_000  # characters in which a format says what it is
ROOTS = {
    "html",
    "rss",
    "feed",
    "rdf",
    "svg",
    "nitf",
    "newsml",
    "newsitem",
    "packageitem",
    "newsmessage",
}
BEFORE_ROOT = (("<?", "?>"), ("<!--", "-->"), ("<!", ">"))  # how it begins, and how it ends
ELEMENT = re.compile(r"<([A-Za-z_][\w.:-]*)(?=[\s/>])")


@dataclass(frozen=True)
class Sample:
    """`encoding`: the one that was declared; nothing is guessed. `name`: as it was given, which says nothing of what
    the document is."""

    raw: bytes
    encoding: str = "utf-8"
    name: str = ""

    @cached_property
    def codec(self) -> str:
        """Python's one name of the encoding: "utf-8", "utf-16-le", "cp1251"."""
        return codecs.lookup(self.encoding).name

    @cached_property
    def text(self) -> str:
        """Raises `Unreadable` for what is no text in the declared encoding."""
        if len(self.raw) > LONGEST_DOCUMENT:
            raise Unreadable(
                f"It is {len(self.raw):,} bytes long; a document may have {LONGEST_DOCUMENT:,}."
            )
        if b"\0" in self.raw and not self.codec.startswith(("utf-16", "utf-32")):
            raise Unreadable("It is not text: it contains zero bytes.")
        try:
            text = self.raw.decode(self.encoding)
        except UnicodeError as error:
            place = f" (byte {error.start + 1})" if isinstance(error, UnicodeDecodeError) else ""
            older = ", as older programs write it: windows-1251 for Cyrillic, windows-1252 for Western Europe"
            hint = f"{older}, or another" if self.codec == "utf-8" else ""
            raise Unreadable(
                f"It is not {self.encoding}{place}. Say its encoding with --encoding{hint}."
            ) from None
        if len(text) > lengths.BODY:
            raise Unreadable(
                f"It has {len(text):,} characters; a document may have {lengths.BODY:,}."
            )
        return text

    @cached_property
    def start(self) -> str:
        """The text from its first sign on."""
        return self.text.removeprefix("\ufeff").lstrip()

    @cached_property
    def head(self) -> str:
        return self.start[:HEAD]

    @cached_property
    def lines(self) -> list[str]:
        """Lines that are not empty, with the blanks in front of them."""
        return [line for line in re.split(r"\r\n|\r|\n", self.start) if line.strip()]

    @cached_property
    def json(self):
        """The JSON value that the whole text is, an object or a list; None when it is none."""
        if not self.start.startswith(("{", "[")):
            return None
        try:
            return json.loads(self.start)
        except (ValueError, RecursionError):
            return None

    @cached_property
    def root(self) -> str:
        """The name of the first element, in small letters and without its prefix, when the text begins as XML or HTML
        does; "" when it does not. Of an element that we do not know the text must end as it begins, unless it is
        declared: "<Laughter> The hall …" is a sentence."""
        text, at, is_declared = self.start, 0, False
        for _ in range(100):
            opened = next((each for each in BEFORE_ROOT if text.startswith(each[0], at)), None)
            if not opened:
                break
            is_declared = is_declared or opened[0] != "<!--"
            end = text.find(opened[1], at + 2)
            if end < 0:
                return ""
            at = end + len(opened[1])
            while text[at : at + 1].isspace():
                at += 1
        element = ELEMENT.match(text, at)
        if not element:
            return "?" if text.startswith("<?xml") else ""
        name = element[1].rpartition(":")[2].casefold()
        is_whole = (
            is_declared or name in ROOTS or text.rstrip().endswith((f"</{element[1]}>", "/>"))
        )
        return name if is_whole else ""
