"""Cleaned HTML as a reader meets it: blocks (paragraph, heading, list item …) of words that carry their marks."""

import html
import re
from typing import NamedTuple

from articles.text.bounds import has_too_many_tags
from articles.text.tree import Reader
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


RULE = Block("hr", (Piece("———"),), BLOCKS["hr"])


class BlockReader(Reader):
    """Cleaned HTML as blocks. `photos`: {hash: what the photo is called}."""

    def __init__(self, photos):
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

    def handle_start(self, tag, attributes):
        if tag in MARKS:
            self.marks.append(MARKS[tag])
        elif tag in ("figure", "aside") or (tag == "blockquote" and attributes):
            self.begin_part(tag, attributes)
        elif tag == "a":
            self.marks.append(f"link to {attributes.get('href') or 'nowhere'}")
        elif tag == "br":
            self.runs.append(Piece("↵\n"))
        elif tag in ("td", "th"):
            self.runs.append(Piece("‖ " if tag == "th" else "| ", spans_of(attributes)))
        elif tag in ("ul", "ol"):
            self.lists.append(
                "List item" if tag == "ul" else "Numbered item" + start_of(attributes)
            )
        elif tag == "hr":
            self.close_block()
            self.blocks.append(RULE)
        elif tag == "p" and (
            self.kind == "tr" or (self.kind in ("li", "blockquote") and not self.runs)
        ):
            pass  # a paragraph that its list item, quote or cell is made of
        elif tag in BLOCKS:
            self.close_block(tag)

    def handle_end(self, tag):
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

    def begin_part(self, tag, attributes):
        if tag == "aside":
            self.close_block()
            self.box = "(fact box)"
            return
        self.close_block(tag)
        photo = attributes.get("data-photo")
        self.part = "Pull quote" if tag == "blockquote" else "Photo" if photo else "Link card"
        if photo:
            self.runs.append(
                Piece(f"{PHOTO_SIGN} {self.photos.get(photo) or 'photo ' + photo[:8]} ", (photo,))
            )

    def handle_text(self, source):
        text = html.unescape(source)
        text = text if self.runs else text.lstrip()
        if text:
            self.runs.append(Piece(text, tuple(sorted(self.marks))))


def spans_of(attributes) -> tuple[str, ...]:
    spans = (
        (name, value)
        for name, value in attributes.items()
        if name in ("colspan", "rowspan", "scope")
    )
    return tuple(f"{name} {value}" for name, value in spans if value != "1")


def start_of(attributes) -> str:
    start, counted = attributes.get("start"), attributes.get("type")
    by = {
        "a": ", by letters",
        "A": ", by capitals",
        "i": ", by small Roman numbers",
        "I": ", by Roman numbers",
    }
    return (f", from {start}" if start else "") + by.get(counted, "")


def blocks_of(cleaned: str, photos: dict[str, str] | None = None) -> list[Block]:
    reader = BlockReader(photos or {}).read(cleaned)
    reader.close_block()
    return reader.blocks


class OutlineReader(Reader):
    """The order of lists, tables, boxes and words, without what the editor only writes in a way of its own: paragraphs
    in items and cells, table bodies, spans of one cell."""

    WRITTEN_EITHER_WAY = {"p", "tbody", "thead", "caption", "br", *MARKS, "a"}

    def __init__(self):
        self.parts = []

    def handle_start(self, tag, attributes):
        if tag not in self.WRITTEN_EITHER_WAY:
            said = sorted(
                (name, value)
                for name, value in attributes.items()
                if value != "1" and name != "scope"
            )
            self.parts.append((tag, *said))

    def handle_end(self, tag):
        if tag not in self.WRITTEN_EITHER_WAY:
            self.parts.append(("/" + tag,))

    def handle_text(self, source):
        if source.strip() and self.parts[-1:] != [("words",)]:
            self.parts.append(("words",))


def as_read(cleaned: str) -> list[tuple]:
    """Each block with its runs of equal marks; a space that only a browser collapses is one space."""
    found = []
    for block in blocks_of(cleaned):
        runs = []
        for text, marks in block.runs:
            marks = tuple(
                mark for mark in marks if not mark.startswith("scope ")
            )  # worked out for readers
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
        and OutlineReader().read(one).parts == OutlineReader().read(other).parts
        and as_read(one) == as_read(other)
    )
