"""The parts of a story's text that are more than paragraphs, in the one form in which they are stored.

    photo       <figure data-photo="HASH"><figcaption>its caption in this story</figcaption></figure>
    embed       <figure data-embed=""><a href="ADDRESS">words</a></figure>
    pull quote  <blockquote data-pull-quote="">…</blockquote>
    fact box    <aside data-fact-box="">…</aside>
    note        <mark data-note="">words for colleagues</mark>

Shown without us, each is still honest HTML: a caption, a link, a quotation. How readers get them:
articles/rendering.py. Everything here takes and gives cleaned HTML.
"""

import html
import re
from html.parser import HTMLParser

PHOTO = re.compile(r'<figure data-photo="([0-9a-f]{64})">(?:<figcaption>(.*?)</figcaption>)?</figure>')
EMBED = re.compile(r'<figure data-embed=""><a href="([^"]*)">(.*?)</a></figure>')
NOTE = re.compile(r'<mark data-note="">(.*?)</mark>', re.DOTALL)
IS_HASH = re.compile(r"[0-9a-f]{64}")
MARKED = re.compile(r"</?(?:figure|figcaption|aside|mark)[\s>]")
MARKERS = {"figure": ("data-photo", "data-embed"), "aside": ("data-fact-box",), "mark": ("data-note",)}


def photos_in(cleaned: str) -> list[str]:
    """The hashes of the photos in the text, in their order, each once."""
    return list(dict.fromkeys(match[1] for match in PHOTO.finditer(cleaned)))


def notes_in(cleaned: str) -> list[str]:
    """What the internal notes say, without their formatting."""
    return [html.unescape(re.sub(r"<[^>]*>", "", match[1])) for match in NOTE.finditer(cleaned)]


def without_notes(cleaned: str) -> str:
    return NOTE.sub("", cleaned)


def settled(cleaned: str) -> str:
    """Every part in its stored form. What only looks like one loses its tags and keeps its words."""
    if not MARKED.search(cleaned):
        return cleaned
    reader = PartsReader()
    reader.feed(cleaned)
    reader.close()
    return "".join(reader.out)


class PartsReader(HTMLParser):
    """Copies cleaned HTML, and gathers each figure, to write it down anew when it ends."""

    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.out = []
        self.open = []  # the elements of MARKERS that are open: True when they are parts and were copied
        self.figure = None  # [hash or "", address or None, words], inside a figure

    def handle_starttag(self, tag, attrs):
        if self.figure is not None:
            if tag == "a" and self.figure[1] is None:
                self.figure[1] = dict(attrs).get("href")
            elif tag in MARKERS:
                self.open.append((tag, False))  # a part in a figure: its words go to the figure's
            return
        if tag == "figcaption":
            return
        if tag not in MARKERS:
            self.out.append(self.get_starttag_text())
            return
        names = [name for name, value in attrs if name in MARKERS[tag]]
        in_note = tag == "mark" and ("mark", True) in self.open
        if tag == "figure" and names:
            self.figure = [dict(attrs).get("data-photo") or "", None, ""]
        is_part = bool(names) and not in_note
        self.open.append((tag, is_part))
        if is_part and tag != "figure":
            self.out.append(f'<{tag} {names[0]}="">')

    def handle_endtag(self, tag):
        if tag == "figcaption":
            return
        if tag in MARKERS:
            is_part = self.open.pop()[1]  # nh3 closes what it opens, innermost first
            if tag == "figure":
                self.end_figure(is_part)
            elif is_part and self.figure is None:
                self.out.append(f"</{tag}>")
        elif self.figure is None:
            self.out.append(f"</{tag}>")

    def end_figure(self, is_part):
        if not is_part or self.figure is None:
            return
        photo, address, words = self.figure
        words = " ".join(words.split())
        self.figure = None
        if photo:
            caption = f"<figcaption>{words}</figcaption>" if words else ""
            self.out.append(f'<figure data-photo="{photo}">{caption}</figure>')
        elif address:
            shown = words or html.escape(address, quote=False)
            self.out.append(f'<figure data-embed=""><a href="{html.escape(address)}">{shown}</a></figure>')
        elif words:
            self.out.append(f"<p>{words}</p>")

    def take(self, source):
        if self.figure is not None:
            self.figure[2] += source
        else:
            self.out.append(source)

    def handle_data(self, data):
        self.take(data)

    def handle_entityref(self, name):
        self.take(f"&{name};")

    def handle_charref(self, name):
        self.take(f"&#{name};")
