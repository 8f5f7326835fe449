"""A story's stored text as readers get it: photos from the library, embeds as link cards, tables that can be scrolled.

The stored text is clean already (articles/text/body.py); what is added here comes from templates, which escape.
Internal notes end here, whatever let them come so far.
"""

import html
import json
import re
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from articles.models import Photo
from articles.text import body_parts, embeds
from newsroom.foundation import languages

TABLE_ENDS = re.compile(r"(</?table>)")
ROW = re.compile(r"(<tr>)")
HEAD_WITHOUT_SCOPE = re.compile(r"<th(?=[ >])(?![^>]*scope=)")


def in_its_language(language: str):
    """Our own words in the story's language, where we have them; else in the outlet's."""
    return translation.override(languages.interface_for(language) or settings.LANGUAGE_CODE)


@dataclass(frozen=True)
class Text:
    """What a page prints of a story's text. `frames`: the origins that a click on an embed loads from."""

    html: SafeString
    frames: tuple[str, ...] = ()


def photos_for(cleaned: str) -> dict[str, Photo]:
    """{hash: photo} of the photos in a text; one question, none for a text without photos."""
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
    frames = []

    def photo(match):
        found = photos.get(match[1])
        if found is None:
            return ""
        caption = html.unescape(match[2] or "") or found.caption
        return render_to_string(
            "articles/_photo_in_text.html", {"photo": found, "caption": caption}
        )

    def embed(match):
        found = embeds.recognise(html.unescape(match[1]))
        if found.frame:
            frames.append(embeds.frame_host(found))
        return render_to_string(
            "articles/_embed.html", {"embed": found, "words": html.unescape(match[2])}
        )

    text = body_parts.without_notes(cleaned)
    text = with_scrolling_tables(text)
    text = text.replace('<blockquote data-pull-quote="">', '<blockquote class="pull-quote">')
    name = html.escape(gettext("Fact box"))
    text = text.replace(
        '<aside data-fact-box="">', f'<div class="fact-box" role="group" aria-label="{name}">'
    )
    text = text.replace("</aside>", "</div>")
    text = body_parts.EMBED.sub(embed, body_parts.PHOTO.sub(photo, text))
    return Text(mark_safe(text), tuple(dict.fromkeys(frames)))  # noqa: S308 - cleaned, and our own templates


def data_block(graph: dict) -> SafeString:
    """Structured data as HTML: a block of data that no browser runs and that nothing in it can end."""
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above


def with_scrolling_tables(text: str) -> str:
    """Each outermost table in a region of its own that the keyboard can scroll; head cells get the scope they have."""
    pieces, depth, count = [], 0, 0
    several = text.count("<table>") > 1
    for piece in TABLE_ENDS.split(text):
        if piece == "<table>":
            depth += 1
            if depth == 1:
                count += 1
                name = gettext("Table")
                name = f"{name} {count}" if several else name
                piece = f'<div class="table" role="region" tabindex="0" aria-label="{name}"><table>'
        elif piece == "</table>":
            depth -= 1
            if depth == 0:
                piece = "</table></div>"
        elif depth:
            piece = with_scopes(piece)
        pieces.append(piece)
    return "".join(pieces)


def with_scopes(rows: str) -> str:
    """A head cell of the first row heads its column, any other its row."""
    parts = ROW.split(rows)
    first = next((place + 1 for place, part in enumerate(parts) if part == "<tr>"), None)
    return "".join(
        HEAD_WITHOUT_SCOPE.sub('<th scope="col"' if place == first else '<th scope="row"', part)
        for place, part in enumerate(parts)
    )
