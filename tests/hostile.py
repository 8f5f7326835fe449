"""Texts that somebody may send to stop a newsroom: each kind at any length, in one table."""

import random
from collections.abc import Callable

HASH = "a" * 64
NESTED = (  # of what the cleaner lets through and of what it does not, each never closed
    "p",
    "h2",
    "ul><li",
    "ol><li",
    "li",
    "blockquote",
    "blockquote data-pull-quote",
    "aside",
    "aside data-fact-box",
    "table",
    "table><tr><td",
    "table><caption",
    "td",
    "figure",
    "figure data-embed",
    "figcaption",
    "mark data-note",
    "strong",
    "em",
    "a href='#'",
    "b",
    "i",
    "h1",
    "div",
    "span",
    "svg",
    "math><mi",
    "template",
    "object",
    "select",
    "form",
    "button",
    "dl><dd",
    "font",
    "x-y",
    "noscript",
    "center",
    "details",
    "marquee",
)


def over_and_over(piece: str) -> Callable[[int], str]:
    return lambda size: piece * (size // len(piece))


def whole(piece: str) -> Callable[[int], str]:
    """An element that is opened and closed, over and over."""
    return over_and_over(piece)


def different_words(size: int, between=" ") -> str:
    chance = random.Random(size)
    words = (
        "".join(chance.choices("abdeiklmnorstu", k=chance.randint(3, 9))) for _ in range(size // 7)
    )
    return between.join(words)[:size]


def in_paragraphs(size: int) -> str:
    words = different_words(size).split()
    return "".join(
        f"<p>{' '.join(words[start : start + 60])}</p>" for start in range(0, len(words), 60)
    )


HOSTILE: dict[str, Callable[[int], str]] = {
    # Words and signs
    "one word": lambda size: "a" * size,
    "one name": lambda size: "A" + "b" * (size // 2 - 2) + " A" + "b" * (size // 2 - 1),
    "one letter": over_and_over("a "),
    "two words": over_and_over("bread salt "),
    "words twice": over_and_over("the the "),
    "different words": different_words,
    "different names": lambda size: different_words(size).title(),
    "sentences": over_and_over("Bread is up. "),
    "capitals": over_and_over("BREAD "),
    "blanks": lambda size: " " * size,
    "blanks between": lambda size: f"by a{' ' * (size - 5)}b",
    "blanks in a date": lambda size: f"date{' ' * (size - 100)}{'x' * 90}",
    "blanks in a label": lambda size: f"published{' ' * (size - 20)}: 1 May 2024 x",
    "blanks in a view": lambda size: f"text\n\ntext\nview more articles from a{' ' * (size - 50)}b",
    "tabs and lines": over_and_over("\t\n \n"),
    "lines": over_and_over("\n"),
    "carriage returns": over_and_over("a\r\nb\rc\n\r"),
    "lines of a name": over_and_over("Jane Doe\n"),
    "zeros": over_and_over("a\0\x01\x1b"),
    "combining marks": lambda size: "a" + "\u0301" * (size - 1),
    "invisible": over_and_over("a\u200b\u00ad\u2060"),
    "spaces that hold": over_and_over("\u00a0"),
    "mixed alphabets": over_and_over("хлеб bread Oʻzbek 面包 ﷺ "),
    "Chinese": over_and_over("面包价格上涨"),
    "Russian": over_and_over("подорожавшими хлебами "),
    "emoji": over_and_over("👩‍👩‍👧‍👦"),
    "quoted letters": over_and_over("“a” "),
    "quotation marks": over_and_over('"'),
    "opening marks": over_and_over("“"),
    "closing marks": over_and_over("”"),
    "brackets": over_and_over("("),
    "square brackets": over_and_over("[tk "),
    "question marks": over_and_over("?"),
    "crosses": over_and_over("XXX "),
    "small crosses": over_and_over("xxx "),
    "to come": over_and_over("TK "),
    "apostrophes": over_and_over("a'"),
    "hyphens": over_and_over("a-"),
    "dots": over_and_over("."),
    "dotted letters": over_and_over("a."),
    "dotted letters at an end": lambda size: "a." * (size // 2 - 1) + ",",
    "stops": over_and_over(". "),
    "colons": over_and_over("a:"),
    "digits": over_and_over("1"),
    "numbers": over_and_over("1,000.5 "),
    "numbers in a row": over_and_over("1 "),
    "dates": over_and_over("2024-09-16 "),
    "a date and numbers": lambda size: "date 2024-09-16" + " 1" * (size // 2 - 8),
    "days": over_and_over("Monday, 3 May 2024 "),
    "addresses": over_and_over("https://a.example/x?a=1&b=2 "),
    "one address": lambda size: "https://a.example/" + "a/" * (size // 2 - 9),
    # Entities and brackets
    "ampersands": over_and_over("&"),
    # of each run of words almost too many
    "ampersands in paragraphs": over_and_over(f"{'&' * 990}<p>"),
    "a run of ampersands": lambda size: f"{'&amp;' * (size // 5 - 1)}<p>",
    "R&D": over_and_over("R&D "),
    "entities": over_and_over("&amp;"),
    "entities of brackets": over_and_over("&lt;p&gt;"),
    "entities without an end": over_and_over("&copy "),
    "entities that are none": over_and_over("&notit;"),
    "numbered entities": over_and_over("&#38;"),
    "one long entity": lambda size: "&" + "a" * (size - 1),
    "less": over_and_over("<"),
    "greater": over_and_over(">"),
    "less and greater": over_and_over("<>"),
    "tags begun": over_and_over("<a "),
    "values begun": over_and_over('<a href="'),
    "comments begun": over_and_over("<!--"),
    "comments": over_and_over("<!-- a -->"),
    "declarations": over_and_over("<!a>"),
    "sections": over_and_over("<![CDATA["),
    "end tags": over_and_over("</p>"),
    "end tags of nothing": over_and_over("</b></ul></table>"),
    "scripts": over_and_over("<script>a</script>"),
    "scripts begun": over_and_over("<script>"),
    "titles begun": over_and_over("<title>"),
    # Elements
    "paragraphs": whole("<p>a</p>"),
    "different paragraphs": in_paragraphs,
    "numbered paragraphs": lambda size: "".join(
        f"<p>n{number}</p>" for number in range(size // 12)
    ),
    "line breaks": whole("<br>"),
    "lines in a paragraph": lambda size: f"<p>{'a<br>' * (size // 5 - 2)}</p>",
    "rules": whole("<hr>"),
    "bold words": whole("<strong>a</strong>"),
    "bold ones that differ": lambda size: (
        "".join(f"<b id={number}>" for number in range(size // 30)) + "<p>a" * (size // 8)
    ),
    "crossed marks": whole("<b><i>a</b></i>"),
    "links": whole('<a href="https://a.example">a</a>'),
    "a long link over paragraphs": lambda size: (
        f"<p><a href='/{'y' * 1900}'>x" + "<p>x" * ((size - 1920) // 4)
    ),
    "notes": whole('<mark data-note="">a</mark>'),
    "photos": whole(f'<figure data-photo="{HASH}"><figcaption>a</figcaption></figure>'),
    "a photo with a long caption": lambda size: (
        f'<figure data-photo="{HASH}"><figcaption>' + "&amp;" * (size // 5)
    ),
    "embeds": whole('<figure data-embed=""><a href="https://youtu.be/abcdefghijk">a</a></figure>'),
    "captions": whole("<table><caption>a</caption></table>"),
    "cells": lambda size: f"<table><tr>{'<td>a</td>' * (size // 10)}</tr></table>",
    "rows": lambda size: f"<table>{'<tr><th>a</th></tr>' * (size // 19)}</table>",
    "items": lambda size: f"<ul>{'<li>a</li>' * (size // 10)}</ul>",
    "items without an end": whole("<li>a"),
    "attributes": lambda size: (
        "<a " + " ".join(f"a{number}" for number in range(size // 7)) + ">x</a>"
    ),
    "equal attributes": lambda size: "<p " + "a=1 " * (size // 4) + ">x</p>",
    "one long attribute": lambda size: f'<a href="/{"x" * size}">x</a>',
    "an address with blanks": lambda size: f'<p><a href="/a{" " * (size - 30)}b">x</a></p>',
    "nested JSON": lambda size: "[" * size,
} | {f"nested <{name}>": over_and_over(f"<{name}>") for name in NESTED}
