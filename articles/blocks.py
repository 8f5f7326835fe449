"""Cleaned HTML as a reader meets it: blocks (paragraph, heading, list item …) of words that carry their marks."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

BLOCKS = {"p": "", "h2": "Heading", "h3": "Small heading", "li": "List item", "blockquote": "Quote", "tr": "Table row",
          "hr": "Rule", "figure": "Photo", "caption": "Caption of a table"}  # fmt: skip
MARKS = {"strong": "bold", "em": "italic", "mark": "note for the desk"}
# A number (with what stands between its digits), a word, a sign: each with the space behind it.
PIECES = re.compile(r"\d(?:[.,:/]?\s?[.,]?\d)*\s*|[\w’'ʻʼ-]+\s*|[^\w\s]\s*|\s+")


@dataclass(frozen=True)
class Piece:
    """A word or a mark of punctuation with the space behind it, and what is done to it."""

    text: str
    marks: tuple[str, ...] = ()

    @property
    def key(self):
        """What is compared: space behind a piece is no change, space inside a number is one."""
        return self.text.strip(), self.marks


@dataclass(frozen=True)
class Block:
    kind: str  # an element's name, a key of BLOCKS
    pieces: tuple[Piece, ...]
    label: str = ""  # what it is called; "" for a paragraph

    @property
    def words(self):
        return {piece.text.strip() for piece in self.pieces if piece.text[0].isalnum()}

    @property
    def text(self):
        return "".join(piece.text for piece in self.pieces)


class BlockReader(HTMLParser):
    """Cleaned HTML as blocks. `photos`: {hash: what the photo is called}."""

    def __init__(self, photos):
        super().__init__(convert_charrefs=True)
        self.photos, self.part, self.box = photos, "", ""
        self.blocks, self.kind, self.pieces, self.marks = [], "p", [], []
        self.lists, self.label = [], ""

    def close_block(self, kind="p"):
        while self.pieces and self.pieces[-1].text.isspace():
            self.pieces.pop()
        if self.pieces:
            label = self.label if self.kind == "li" else self.part or BLOCKS[self.kind]
            self.blocks.append(Block(self.kind, tuple(self.pieces), f"{label} {self.box}".strip()))
        self.kind, self.pieces = kind, []
        self.label = self.lists[-1] + " of a list in a list" * (len(self.lists) > 1) if self.lists else "List item"

    def handle_starttag(self, tag, attrs):
        if tag in MARKS:
            self.marks.append(MARKS[tag])
        elif tag in ("figure", "aside") or (tag == "blockquote" and attrs):
            self.begin_part(tag, dict(attrs))
        elif tag == "a":
            self.marks.append(f"link to {dict(attrs).get('href') or 'nowhere'}")
        elif tag == "br":
            self.pieces.append(Piece("↵\n"))
        elif tag in ("td", "th"):
            self.pieces.append(Piece("‖ " if tag == "th" else "| ", spans_of(attrs)))
        elif tag in ("ul", "ol"):
            self.lists.append("List item" if tag == "ul" else "Numbered item" + start_of(attrs))
        elif tag == "hr":
            self.close_block()
            self.blocks.append(Block("hr", (Piece("———"),), BLOCKS["hr"]))
        elif tag == "p" and (self.kind == "tr" or (self.kind in ("li", "blockquote") and not self.pieces)):
            pass  # a paragraph that its list item, quote or cell is made of
        elif tag in BLOCKS:
            self.close_block(tag)

    def handle_endtag(self, tag):
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

    def begin_part(self, tag, attrs):
        if tag == "aside":
            self.close_block()
            self.box = "(fact box)"
            return
        self.close_block(tag)
        photo = attrs.get("data-photo")
        self.part = "Pull quote" if tag == "blockquote" else "Photo" if photo else "Link card"
        if photo:
            self.pieces.append(Piece(f"▣ {self.photos.get(photo) or 'photo ' + photo[:8]} ", (photo,)))

    def handle_data(self, data):
        for text in PIECES.findall(data):
            if self.pieces or not text.isspace():
                self.pieces.append(Piece(text, tuple(sorted(self.marks))))


def spans_of(attrs) -> tuple[str, ...]:
    return tuple(f"{name} {value}" for name, value in attrs if name in ("colspan", "rowspan", "scope"))


def start_of(attrs) -> str:
    start = dict(attrs).get("start")
    return f", from {start}" if start else ""


def blocks_of(html: str, photos: dict[str, str] | None = None) -> list[Block]:
    reader = BlockReader(photos or {})
    reader.feed(html)
    reader.close()
    reader.close_block()
    return reader.blocks
