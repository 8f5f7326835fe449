"""The parts of a story's text that are more than paragraphs, in the one form in which they are stored.

    photo       <figure data-photo="HASH"><figcaption>its caption in this story</figcaption></figure>
    embed       <figure data-embed=""><a href="ADDRESS">words</a></figure>
    pull quote  <blockquote data-pull-quote="">…</blockquote>
    fact box    <aside data-fact-box="">…</aside>
    caption     <table><caption>what the table shows</caption>…
    note        <mark data-note="">words for colleagues</mark>

Shown without us, each is still honest HTML: a caption, a link, a quotation. How readers get them:
articles/reading/rendering.py. Everything here takes and gives cleaned HTML.
"""

import html
import re
from dataclasses import dataclass, field

from articles.text.tree import END, START, Element, Tree, parsed

IS_HASH = re.compile(r"[0-9a-f]{64}")
MARKED = re.compile("<(?:fig|aside|mark|caption)")
MARKERS = {
    "figure": ("data-photo", "data-embed"),
    "aside": ("data-fact-box",),
    "mark": ("data-note",),
    "caption": (),
}
GATHERED = ("figure", "caption")  # written down anew when they end


def photos_in(cleaned: str) -> list[str]:
    """The hashes of the photos in the text, in their order, each once."""
    photos = (figure.attributes["data-photo"] for figure in photo_figures(cleaned))
    return list(dict.fromkeys(photos))


def captions_in(cleaned: str) -> list[tuple[str, str]]:
    """[(hash, the caption's words)] of the photos in the text, in their order."""
    return [
        (figure.attributes["data-photo"], parsed(cleaned).words_in(figure))
        for figure in photo_figures(cleaned)
    ]


def photo_figures(cleaned: str) -> list[Element]:
    if "data-photo" not in cleaned:
        return []
    figures = parsed(cleaned).elements("figure")
    return [figure for figure in figures if "data-photo" in figure.attributes]


def notes_in(cleaned: str) -> list[str]:
    """What the internal notes say, without their formatting."""
    if "<mark" not in cleaned:
        return []
    tree = parsed(cleaned)
    return [tree.words_in(note) for note in tree.elements("mark")]


def without_notes(cleaned: str) -> str:
    if "<mark" not in cleaned:
        return cleaned
    tree = parsed(cleaned)
    return tree.with_changes((note.start, note.end, "") for note in tree.elements("mark"))


def settled(cleaned: str) -> str:
    """Every part in its stored form. What only looks like one loses its tags and keeps its words."""
    if not MARKED.search(cleaned):
        return cleaned
    settling = Settling(parsed(cleaned))
    for kind, element, words in settling.tree.events:
        if kind == START:
            settling.start(element)
        elif kind == END:
            settling.end(element)
        else:
            settling.take(words)
    return "".join(settling.out)


class Settling:
    """Copies a tree, and gathers each figure and each table's caption, to write it down anew when it ends."""

    def __init__(self, tree: Tree):
        self.tree = tree
        self.out = []
        self.parts = set()  # the elements that are parts
        self.gathered = None  # the figure or caption that is being gathered
        self.notes = 0  # how many notes are open

    def start(self, element: Element) -> None:
        if self.gathered is not None:
            self.start_in_gathered(element)
        elif element.name == "figcaption":
            self.out.append(" ")
        elif element.name not in MARKERS:
            self.out.append(self.tree.tag(START, element))
        elif element.name == "caption":
            self.begin(element)
        elif (name := marker_of(element)) and not (element.name == "mark" and self.notes):
            self.begin(element)
            if element.name not in GATHERED:
                self.out.append(f'<{element.name} {name}="">')

    def begin(self, element: Element) -> None:
        self.parts.add(element)
        if element.name == "mark":
            self.notes += 1
        elif element.name == "figure":
            self.gathered = Figure(element, self.notes)
        elif element.name == "caption":
            before = self.tree.source[element.parent.inside : element.start]
            begins_table = element.parent.name == "table" and not before.strip()
            self.gathered = Caption(element, self.notes, begins_table=begins_table)

    def start_in_gathered(self, element: Element) -> None:
        """The figure's link, its notes, and another figure, which ends this one; of the rest only words stay."""
        if element.name == "a" and self.gathered.address is None:
            self.gathered.address = element.attributes.get("href") or ""
        elif element.name == "figure" and marker_of(element):
            self.out += self.gathered.written()
            self.parts.discard(self.gathered.element)
            self.begin(element)
        elif element.name == "mark" and marker_of(element):
            self.begin(element)
        elif element.name not in MARKERS and element.name not in ("strong", "em", "a"):
            self.take(" ")

    def end(self, element: Element) -> None:
        is_part = element in self.parts
        self.notes -= is_part and element.name == "mark"
        if is_part and element.name in GATHERED:
            self.out += self.gathered.written()
            self.gathered = None
        elif element.name in MARKERS:
            if self.gathered is None:
                empty = "" if element.name == "mark" else " "
                self.out.append(f"</{element.name}>" if is_part else empty)
        elif self.gathered is not None:
            self.take("" if element.name in ("strong", "em", "a") else " ")
        else:
            self.out.append(" " if element.name == "figcaption" else f"</{element.name}>")

    def take(self, words: str) -> None:
        if self.gathered is None:
            self.out.append(words)
        elif self.notes > self.gathered.notes_around:
            self.gathered.note.append(words)
        else:
            self.gathered.words.append(words)


def marker_of(element: Element) -> str:
    """The attribute that makes a part of an element of MARKERS; "" if it only looks like one."""
    names = MARKERS[element.name]
    return next((name for name in element.attributes if name in names), "")


@dataclass
class Figure:
    """What a figure is made of: its link's address, words, and the words of notes in it (not of the `notes_around` it,
    which hide it whole)."""

    element: Element
    notes_around: int
    address: str | None = None
    words: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)

    def written(self) -> list[str]:
        """The figure as it is stored, and behind it what was a note inside it: a note never becomes a caption."""
        words, note = (" ".join("".join(text).split()) for text in (self.words, self.note))
        return [self.with_words(words), f'<p><mark data-note="">{note}</mark></p>' if note else ""]

    def with_words(self, words: str) -> str:
        if photo := self.element.attributes.get("data-photo"):
            caption = f"<figcaption>{words}</figcaption>" if words else ""
            return f'<figure data-photo="{photo}">{caption}</figure>'
        if self.address:
            shown = words or html.escape(self.address, quote=False)
            return (
                f'<figure data-embed=""><a href="{html.escape(self.address)}">{shown}</a></figure>'
            )
        return f"<p>{words}</p>" if words else ""


@dataclass
class Caption(Figure):
    """A table's caption is one line of words at its beginning. Anywhere else its words are a row of their own."""

    begins_table: bool = False

    def with_words(self, words: str) -> str:
        if not words:
            return ""
        return (
            f"<caption>{words}</caption>"
            if self.begins_table
            else f"<tr><td><p>{words}</p></td></tr>"
        )
