"""The one cleaner of story HTML: what may be stored, how it becomes plain text, how its words are counted.

It knows no model and stands below all of them. `BodyField` calls it on the way to the database, so a form, an
import, a fixture (also `raw`), `bulk_create`, `update` and the shell all store the same clean text.
"""

import html
import re

import nh3
from django.db import models

from articles.text.body_parts import IS_HASH, settled
from articles.text.bounds import bounded
from articles.text.small_signs import with_small_signs
from articles.text.tree import START, WORDS, parsed, without_tags
from newsroom.foundation import lengths
from newsroom.foundation.links import safe_href
from newsroom.foundation.remembered import remembered
from newsroom.foundation.text import SOUTH_EAST, is_blank, normalise, seen

# What the editor can make and what may be stored are one list: articles/forms/story.py builds the editor from it
# and tests/articles/test_body.py holds the two together.
TAGS = {
    "p",
    "br",
    "h2",
    "h3",
    "strong",
    "em",
    "a",
    "ul",
    "ol",
    "li",
    "blockquote",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "hr",
    "figure",
    "figcaption",
    "aside",
    "mark",
}
ATTRIBUTES = {
    "a": {"href"},
    "ol": {"start", "type"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    # What makes an element a part of the text (articles/text/body_parts.py).
    "figure": {"data-photo", "data-embed"},
    "blockquote": {"data-pull-quote"},
    "aside": {"data-fact-box"},
    "mark": {"data-note"},
}
STRUCK = {"s", "strike", "del"}
WITHOUT_CONTENT = {
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "noscript",
    "template",
    "title",
    "textarea",
    "xmp",
    # What is struck out was taken back: it never comes alive.
    *STRUCK,
}
RAISED = {"sup", "sub"}  # read, and stored as signs (articles/text/small_signs.py)
BLOCKS = {
    "p",
    "h2",
    "h3",
    "li",
    "blockquote",
    "table",
    "caption",
    "tr",
    "hr",
    "ul",
    "ol",
    "figure",
    "aside",
}
SPACED = {"td": "\t", "th": "\t", "br": "\n"}  # what is no block and keeps words apart
SPACE = "\n\t "  # what is no word; a space that does not break is one
TOO_LONG = "Stored with its tags and entities it has {:,} characters; at most {:,} fit. Make two stories of it."
MOST_PASSES = 6  # of cleaning and settling; two are enough for what people write
RENAMED = re.compile(r"<(/?)(b|i|h1|h4|h5|h6)(?=[\s>/])", re.IGNORECASE)
WITH_PORT = re.compile(
    r"""(\shref=["'])([\w-]{1,63}\.[\w.-]{2,200}:\d{1,5}(?![^"'/?#])[^"'<>]{0,2000})(["'])""",
    re.IGNORECASE,
)
NEW_NAMES = {"b": "strong", "i": "em", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"}


def keep_attribute(tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return safe_href(value)
    if name == "scope":
        return value if value in ("row", "col") else None
    if name == "type":
        return value if value in ("a", "A", "i", "I") else None
    if name == "start" and value == "1":
        return None
    if name == "data-photo":
        return value if IS_HASH.fullmatch(value) else None
    if name.startswith("data-"):
        return ""
    return value if value.isascii() and value.isdecimal() and len(value) <= 4 else None


def with_scheme(found: re.Match) -> str:
    """`example.com:8080/`: the library would take the host's name for a scheme, and drop it before it is asked."""
    address = safe_href(html.unescape(found[2]))
    return f"{found[1]}{html.escape(address)}{found[3]}" if address else found[0]


def cleaner(tags: set[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=tags,
        attributes=ATTRIBUTES,
        clean_content_tags=WITHOUT_CONTENT,
        url_schemes={"http", "https", "mailto", "tel"},
        attribute_filter=keep_attribute,
        link_rel=None,
        strip_comments=True,
    )


CLEANER, FIRST_CLEANER = cleaner(TAGS), cleaner(TAGS | RAISED)


@remembered
def clean(source: str) -> str:
    """`source` with everything removed that a story may not contain. Cleaning twice changes nothing.

    An empty paragraph, which is what the editor leaves in an empty field, comes out as the empty string.
    """
    source = WITH_PORT.sub(with_scheme, source)
    source = RENAMED.sub(
        lambda match: f"<{match[1]}{NEW_NAMES[match[2].lower()]}", normalise(source)
    )
    # Once more: a reference such as &#8203; is a sign only now.
    cleaned = normalise(with_small_signs(FIRST_CLEANER.clean(bounded(source))))
    for _ in range(MOST_PASSES):
        # Taking a part's tags away, or words out of a table, may bring elements together that have to be sorted again.
        before, cleaned = cleaned, CLEANER.clean(bounded(settled(cleaned)))
        if cleaned == before:
            break
    cleaned = without_empty_end(cleaned.strip())
    return cleaned if has_words(cleaned) or "<hr" in cleaned or "<figure" in cleaned else ""


def has_words(cleaned: str) -> bool:
    return not is_blank(html.unescape(without_tags(cleaned)))


def without_empty_end(cleaned: str) -> str:
    """Without the place to go on writing that the editor leaves behind a photo or a box at the end."""
    end, empty = len(cleaned), "<p></p>"
    while cleaned.endswith(empty, 0, end):
        end -= len(empty)
        while end and cleaned[end - 1].isspace():
            end -= 1
    return cleaned[:end]


def from_plain_text(text: str) -> str:
    """Paragraphs of plain text (separated by blank lines) as HTML: every character comes out as it went in."""
    paragraphs = (paragraph.strip("\n") for paragraph in re.split(r"\n[ \t]*\n", normalise(text)))
    return "\n".join(
        f"<p>{html.escape(each, quote=False)}</p>" for each in paragraphs if not is_blank(each)
    )


@remembered
def plain_text(cleaned: str) -> str:
    """The words of cleaned HTML: paragraphs separated by one blank line, nothing else changed."""
    parts = []
    for kind, element, words in parsed(cleaned).events:
        if kind == WORDS:
            parts.append(html.unescape(words))
        elif element.name in BLOCKS:
            parts.append("\n\n")
        elif kind == START and element.name in SPACED:
            parts.append(SPACED[element.name])
    blocks = (block.strip(SPACE) for block in "".join(parts).split("\n\n"))
    return "\n\n".join(block for block in blocks if not is_blank(block))


def paragraphs(cleaned: str) -> list[str]:
    """The outermost elements of cleaned HTML, each with all that is in it; words that stand in none are one too."""
    pieces, place = [], 0
    for element in parsed(cleaned).outermost():
        if element.name in BLOCKS:
            pieces += [cleaned[place : element.start], cleaned[element.start : element.end]]
            place = element.end
    pieces.append(cleaned[place:])
    return [words for piece in pieces if (words := piece.strip())]


# Scripts without spaces between words, and how many signs make one: Chinese 255 signs and 158 words a minute, Japanese
# 357 and 193 (Trauzettel-Klosinski and Dietz 2012); of the scripts of South-East Asia no such study is known to us.
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
KANA = re.compile("[\u3040-\u30ff\uff66-\uff9f]")
WITHOUT_SPACES = re.compile(f"[{SOUTH_EAST}]")
CHINESE, JAPANESE, SOUTH_EASTERN = 1.6, 1.85, 5  # signs of a word


def word_count(text: str) -> int:
    """Words between spaces; where a script has none, as many as readers of it would count."""
    text = seen(text)
    kana, han, others = (len(each.findall(text)) for each in (KANA, HAN, WITHOUT_SPACES))
    if not kana + han + others:
        return len(text.split())
    rest = WITHOUT_SPACES.sub(" ", KANA.sub(" ", HAN.sub(" ", text)))
    words = sum(any(map(str.isalnum, each)) for each in rest.split())
    return words + round((kana + han) / (JAPANESE if kana else CHINESE) + others / SOUTH_EASTERN)


def reading_minutes(words: int) -> int:
    """Whole minutes at 238 words a minute (Brysbaert 2019, silent reading of English), at least 1."""
    return max(1, round(words / 238))


class BodyField(models.TextField):
    """Story HTML. Whatever is written to it is cleaned on its way to the database, on every road."""

    written = staticmethod(clean)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.max_length = lengths.BODY

    def deconstruct(self):
        """Its limit is no part of the column."""
        column, path, args, kwargs = super().deconstruct()
        kwargs.pop("max_length", None)
        return column, path, args, kwargs

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return clean(value) if isinstance(value, str) else value
