"""Cleaned HTML as a reader meets it: blocks (paragraph, heading, list item …) of words that carry their marks."""

import html
import re
from typing import NamedTuple

from articles.text.bounds import has_too_many_tags
from articles.text.tree import END, START, Element, collector_at_rest, parsed
from newsroom.foundation.remembered import remembered

BLOCKS = {
    "p": "",
    "h2": "Heading",
    "h3": "Small heading",
    "li": "List item",
    "blockquote": "Quote",
    "tr": "Table row",
    "hr": "Rule",
    "figure": "Photo",
    "caption": "Caption of a table",
}
MARKS = {"strong": "bold", "em": "italic", "mark": "note for the desk"}
PHOTO_SIGN = "▣"  # with the photo's name it is one piece
# A number (with what stands between its digits), a word, a sign: each with the space behind it.
PIECES = re.compile(r"\d(?:[.,:/]?\s?[.,]?\d)*\s*|[\w’'ʻʼ-]+\s*|[^\w\s]\s*|\s+")


class Piece(NamedTuple):
    """A word or a mark of punctuation with the space behind it, and what is done to it; or several of one kind."""

    text: str
    marks: tuple[str, ...] = ()

    @property
    def key(self):
        """What is compared: space behind a piece is no change, space inside a number is one."""
        return self.text.strip(), self.marks


class Block(NamedTuple):
    kind: str  # an element's name, a key of BLOCKS
    runs: tuple[Piece, ...]  # the text between two tags, whole
    label: str = ""  # what it is called; "" for a paragraph

    @property
    def pieces(self) -> list[Piece]:
        """The words, one by one, worked out anew for each who asks. What has not changed is asked for none."""
        return [
            Piece(text, run.marks)
            for run in self.runs
            for text in (
                [run.text] if run.text.startswith(PHOTO_SIGN) else PIECES.findall(run.text)
            )
        ]

    @property
    def words(self) -> set[str]:
        return {piece.text.strip() for piece in self.pieces if piece.text[0].isalnum()}

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


BREAK = Piece("↵\n")
RULE = Block("hr", (Piece("———"),), BLOCKS["hr"])


class BlockBuilder:
    """Makes blocks of a tree's events, one after another. `photos`: {hash: what the photo is called}."""

    def __init__(self, photos: dict[str, str]):
        self.photos, self.part, self.box = photos, "", ""
        self.blocks, self.kind, self.runs, self.marks = [], "p", [], []
        self.lists, self.label = [], ""

    def close_block(self, kind="p"):
        while self.runs and self.runs[-1].text.isspace():
            self.runs.pop()
        if self.runs:
            label = self.label if self.kind == "li" else self.part or BLOCKS[self.kind]
            self.blocks.append(Block(self.kind, tuple(self.runs), f"{label} {self.box}".strip()))
        self.kind, self.runs = kind, []
        self.label = (
            self.lists[-1] + " of a list in a list" * (len(self.lists) > 1)
            if self.lists
            else "List item"
        )

    def start(self, element: Element) -> None:
        tag = element.name
        if tag in MARKS:
            self.marks.append(MARKS[tag])
        elif tag in ("figure", "aside") or (tag == "blockquote" and element.attributes):
            self.begin_part(element)
        elif tag == "a":
            self.marks.append(f"link to {element.attributes.get('href') or 'nowhere'}")
        elif tag == "br":
            self.runs.append(BREAK)
        elif tag in ("td", "th"):
            self.runs.append(Piece("‖ " if tag == "th" else "| ", spans_of(element)))
        elif tag in ("ul", "ol"):
            self.lists.append("List item" if tag == "ul" else "Numbered item" + start_of(element))
        elif tag == "hr":
            self.close_block()
            self.blocks.append(RULE)
        elif tag == "p" and (
            self.kind == "tr" or (self.kind in ("li", "blockquote") and not self.runs)
        ):
            pass  # a paragraph that its list item, quote or cell is made of
        elif tag in BLOCKS:
            self.close_block(tag)

    def end(self, element: Element) -> None:
        tag = element.name
        if (tag in MARKS or tag == "a") and self.marks:
            self.marks.pop()
        elif tag == "aside":
            self.close_block()
            self.box = ""
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag in BLOCKS and not (tag == "p" and self.kind == "tr"):
            in_quote = tag == "p" and self.kind == "blockquote"
            self.close_block("blockquote" if in_quote else "p")
            self.part = self.part if in_quote else ""

    def begin_part(self, element: Element) -> None:
        if element.name == "aside":
            self.close_block()
            self.box = "(fact box)"
            return
        self.close_block(element.name)
        photo = element.attributes.get("data-photo")
        self.part = (
            "Pull quote" if element.name == "blockquote" else "Photo" if photo else "Link card"
        )
        if photo:
            self.runs.append(
                Piece(f"{PHOTO_SIGN} {self.photos.get(photo) or 'photo ' + photo[:8]} ", (photo,))
            )

    def words(self, source: str) -> None:
        text = html.unescape(source)
        text = text if self.runs else text.lstrip()
        if text:
            self.runs.append(Piece(text, tuple(sorted(self.marks))))


def spans_of(cell: Element) -> tuple[str, ...]:
    spans = (
        (name, value)
        for name, value in cell.attributes.items()
        if name in ("colspan", "rowspan", "scope")
    )
    return tuple(f"{name} {value}" for name, value in spans if value != "1")


def start_of(numbered_list: Element) -> str:
    start, counted = map(numbered_list.attributes.get, ("start", "type"))
    by = {
        "a": ", by letters",
        "A": ", by capitals",
        "i": ", by small Roman numbers",
        "I": ", by Roman numbers",
    }
    return (f", from {start}" if start else "") + by.get(counted or "", "")


@collector_at_rest
def blocks_of(cleaned: str, photos: dict[str, str] | None = None) -> list[Block]:
    builder = BlockBuilder(photos or {})
    for kind, element, words in parsed(cleaned).events:
        if kind == START:
            builder.start(element)
        elif kind == END:
            builder.end(element)
        else:
            builder.words(words)
    builder.close_block()
    return builder.blocks


# What the editor only writes in a way of its own: paragraphs in items and cells, table bodies. Marks are compared
# with the words.
WRITTEN_EITHER_WAY = {"p", "tbody", "thead", "caption", "br", *MARKS, "a"}


def outline_of(cleaned: str) -> list[tuple]:
    """The order of lists, tables, boxes and words, with what is said of each but spans of one cell."""
    found = []
    for kind, element, words in parsed(cleaned).events:
        if kind not in (START, END):
            if words.strip() and found[-1:] != [("words",)]:
                found.append(("words",))
        elif element.name in WRITTEN_EITHER_WAY:
            continue
        elif kind == END:
            found.append(("/" + element.name,))
        else:
            said = element.attributes.items()
            kept = ((name, value) for name, value in said if value != "1" and name != "scope")
            found.append((element.name, *sorted(kept)))
    return found


def as_read(cleaned: str) -> list[tuple]:
    """Each block with its runs of equal marks; a space that only a browser collapses is one space."""
    found = []
    for block in blocks_of(cleaned):
        runs = []
        for text, marks in block.runs:
            # worked out for readers
            marks = tuple(mark for mark in marks if not mark.startswith("scope "))
            if runs and runs[-1][1] == marks:
                runs[-1][0].append(text)
            else:
                runs.append(([text], marks))
        words = [(re.sub(r"[ \t\n]+", " ", "".join(texts)), marks) for texts, marks in runs]
        if words and words[-1][0].endswith(" "):
            words[-1] = (words[-1][0].rstrip(" "), words[-1][1])
        found.append((block.kind, block.label, words))
    return found


@remembered
def reads_the_same(one: str, other: str) -> bool:
    """Whether two cleaned texts differ in nothing that a person typed: the editor writes a text that it opens in its
    own way, and that is no change. Of a text with very many tags every letter counts."""
    return one == other or (
        not has_too_many_tags(one, other)
        and outline_of(one) == outline_of(other)
        and as_read(one) == as_read(other)
    )
