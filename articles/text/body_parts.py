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

from articles.text.tree import TAG, Reader

PHOTO = re.compile(
    r'<figure data-photo="([0-9a-f]{64})">(?:<figcaption>([^<]*)</figcaption>)?</figure>'
)
EMBED = re.compile(r'<figure data-embed=""><a href="([^"<>]*)">([^<]*)</a></figure>')
NOTE = re.compile(r'<mark data-note="">(.*?)(?:</mark>|\Z)', re.DOTALL)
IS_HASH = re.compile(r"[0-9a-f]{64}")
MARKED = re.compile(r"</?(?:figure|figcaption|aside|mark|caption)[\s>]")
MARKERS = {
    "figure": ("data-photo", "data-embed"),
    "aside": ("data-fact-box",),
    "mark": ("data-note",),
    "caption": (),
}
GATHERED = ("figure", "caption")  # written down anew when they end


def photos_in(cleaned: str) -> list[str]:
    """The hashes of the photos in the text, in their order, each once."""
    return list(dict.fromkeys(match[1] for match in PHOTO.finditer(cleaned)))


def captions_in(cleaned: str) -> list[tuple[str, str]]:
    """[(hash, the caption's words)] of the photos in the text, in their order."""
    return [(match[1], html.unescape(match[2] or "")) for match in PHOTO.finditer(cleaned)]


def notes_in(cleaned: str) -> list[str]:
    """What the internal notes say, without their formatting."""
    return [html.unescape(TAG.sub("", match[1])) for match in NOTE.finditer(cleaned)]


def without_notes(cleaned: str) -> str:
    return NOTE.sub("", cleaned)


def settled(cleaned: str) -> str:
    """Every part in its stored form. What only looks like one loses its tags and keeps its words."""
    if not MARKED.search(cleaned):
        return cleaned
    return "".join(PartsReader().read(cleaned).out)


class PartsReader(Reader):
    """Copies cleaned HTML, and gathers each figure and each table's caption, to write it down anew when it ends."""

    def __init__(self):
        self.out = []
        self.open = []  # the elements of MARKERS that are open: [name, whether it is a part]
        self.figure = None  # the one that is gathered
        self.notes = 0  # how many notes are open

    def handle_start(self, tag, attributes):
        names = [name for name in attributes if name in MARKERS.get(tag, ())]
        if self.figure is not None:
            self.start_in_figure(tag, names, attributes)
        elif tag == "figcaption":
            self.out.append(" ")
        elif tag not in MARKERS:
            self.out.append(self.tag_text)
        else:
            is_part = bool(names) and not (tag == "mark" and self.notes) or tag == "caption"
            self.begin(tag, is_part, attributes)
            if is_part and tag not in GATHERED:
                self.out.append(f'<{tag} {names[0]}="">')

    def begin(self, tag, is_part, attrs):
        self.open.append([tag, is_part])
        self.notes += is_part and tag == "mark"
        if tag == "figure" and is_part:
            self.figure = Figure(self.notes, attrs.get("data-photo") or "")
        elif tag == "caption" and is_part:
            self.figure = Caption(
                self.notes, begins_table="".join(self.out[-2:]).rstrip().endswith("<table>")
            )

    def start_in_figure(self, tag, names, attrs):
        """The figure's link, its notes, and another figure, which ends this one; of the rest only words stay."""
        if tag == "a" and self.figure.address is None:
            self.figure.address = attrs.get("href") or ""
        elif tag == "figure" and names:
            self.out += self.figure.written()
            next(each for each in reversed(self.open) if each[0] in GATHERED and each[1])[1] = False
            self.begin(tag, True, attrs)
        elif tag in MARKERS:
            self.begin(tag, tag == "mark" and bool(names), attrs)
        elif tag not in ("strong", "em", "a"):
            self.take(" ")

    def handle_end(self, tag):
        if tag in MARKERS:
            name, is_part = self.open.pop()  # nh3 closes what it opens, innermost first
            self.notes -= is_part and name == "mark"
            if name in GATHERED and is_part:
                self.out += self.figure.written()
                self.figure = None
            elif self.figure is None:
                self.out.append(f"</{tag}>" if is_part else "" if tag == "mark" else " ")
        elif self.figure is not None:
            self.take("" if tag in ("strong", "em", "a") else " ")
        else:
            self.out.append(" " if tag == "figcaption" else f"</{tag}>")

    def take(self, source):
        if self.figure is None:
            self.out.append(source)
        elif self.notes > self.figure.notes_around:
            self.figure.note.append(source)
        else:
            self.figure.words.append(source)

    handle_text = take


@dataclass
class Figure:
    """What a figure is made of: the photo's hash, the link's address, words, and the words of notes in it (not of
    the `notes_around` it, which hide it whole)."""

    notes_around: int
    photo: str = ""
    address: str | None = None
    words: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)

    def written(self) -> list[str]:
        """The figure as it is stored, and behind it what was a note inside it: a note never becomes a caption."""
        words, note = (" ".join("".join(text).split()) for text in (self.words, self.note))
        return [self.with_words(words), f'<p><mark data-note="">{note}</mark></p>' if note else ""]

    def with_words(self, words: str) -> str:
        if self.photo:
            caption = f"<figcaption>{words}</figcaption>" if words else ""
            return f'<figure data-photo="{self.photo}">{caption}</figure>'
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
