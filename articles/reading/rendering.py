"""A story's stored text as readers get it: photos from the library, embeds as link cards, tables that can be scrolled.

The stored text is clean already (articles/text/body.py); what is added here comes from templates, which escape.
Internal notes end here, whatever let them come so far.
"""

import html
import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from articles.models import Photo
from articles.text import body_parts, embeds
from articles.text.tree import Change, Tree, parsed
from newsroom.foundation import languages


def in_its_language(language: str) -> AbstractContextManager[None]:
    """Our own words in the story's language, where we have them; else in the outlet's."""
    return translation.override(languages.interface_for(language) or settings.LANGUAGE_CODE)


@dataclass(frozen=True)
class Text:
    """What a page prints of a story's text. `frames`: the origins that a click on an embed loads from."""

    html: SafeString
    frames: tuple[str, ...] = ()


def photos_for(cleaned: str) -> dict[str, Photo]:
    """{hash: photo} of the photos in a text; one query, none for a text without photos."""
    hashes = body_parts.photos_in(cleaned)
    return (
        {photo.sha256: photo for photo in Photo.objects.ready().filter(sha256__in=hashes)}
        if hashes
        else {}
    )


def public_text(cleaned: str, photos: dict[str, Photo]) -> Text:
    """`photos`: those that may be shown, by hash; a photo that is not among them is left out."""
    if "data-" not in cleaned and "<table" not in cleaned:
        return Text(mark_safe(cleaned))  # noqa: S308 - what the cleaner let through
    tree = parsed(cleaned)
    cards, frames = embeds_shown(tree)
    changes = [*notes_hidden(tree), *photos_shown(tree, photos), *cards, *boxes_and_quotes(tree)]
    text = tree.with_changes([*changes, *tables_shown(tree)])
    return Text(mark_safe(text), frames)  # noqa: S308 - cleaned, and our own templates


# What follows gives (start, end, what readers get there) of a tree, for `with_changes`.


def notes_hidden(tree: Tree) -> Iterator[Change]:
    return ((note.start, note.end, "") for note in tree.elements("mark"))


def photos_shown(tree: Tree, photos: dict[str, Photo]) -> Iterator[Change]:
    for figure in tree.elements("figure"):
        key = figure.attributes.get("data-photo")
        if not key or figure.nearest("mark"):
            continue
        if photo := photos.get(key):
            words = {"photo": photo, "caption": tree.words_in(figure) or photo.caption}
            yield *figure.place, render_to_string("articles/_photo_in_text.html", words)
        else:
            yield *figure.place, ""


def embeds_shown(tree: Tree) -> tuple[list[Change], tuple[str, ...]]:
    """The link cards, and the origins that a click on one of them loads from."""
    cards, frames = [], {}
    for link in tree.elements("a"):
        if link.parent.name != "figure" or link.nearest("mark"):
            continue
        found = embeds.recognise(link.attributes["href"])
        if found.embed_url:
            frames[embeds.embed_origin(found)] = True
        words = {"embed": found, "words": tree.words_in(link)}
        cards.append((*link.parent.place, render_to_string("articles/_embed.html", words)))
    return cards, tuple(frames)


def boxes_and_quotes(tree: Tree) -> Iterator[Change]:
    boxes = tree.elements("aside")
    name = html.escape(gettext("Fact box")) if boxes else ""
    for box in boxes:
        yield *box.start_tag, f'<div class="fact-box" role="group" aria-label="{name}">'
        yield *box.end_tag, "</div>"
    for quote in tree.elements("blockquote"):
        if quote.attributes:
            yield *quote.start_tag, '<blockquote class="pull-quote">'


def tables_shown(tree: Tree) -> Iterator[Change]:
    """Each outermost table in a region of its own that the keyboard can scroll. A head cell of a table's first row
    heads its column, any other its row, unless it says so itself."""
    outermost = [table for table in tree.elements("table") if not table.nearest("table", "mark")]
    for number, table in enumerate(outermost, 1):
        name = f"{gettext('Table')} {number}" if len(outermost) > 1 else gettext("Table")
        yield (
            *table.start_tag,
            f'<div class="table" role="region" tabindex="0" aria-label="{name}"><table>',
        )
        yield *table.end_tag, "</table></div>"
    first_rows = {row.nearest("table"): row for row in reversed(tree.elements("tr"))}
    of_columns = set(first_rows.values())
    for head in tree.elements("th"):
        if "scope" not in head.attributes:
            heads = "col" if head.parent in of_columns else "row"
            yield head.start, head.start + len("<th"), f'<th scope="{heads}"'


def data_block(graph: dict) -> SafeString:
    """Structured data as HTML: a block of data that no browser runs and that nothing in it can end."""
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above
