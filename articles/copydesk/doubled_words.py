"""A word that stands twice in a row: "disrupt disrupt"."""

import re
from collections.abc import Iterator

from articles.copydesk.problem import WARN, Copy, Problem, sentence_around

DOUBLED = re.compile(r"\b(\w{2,})[ \u00a0]+(\1)\b", re.IGNORECASE)
# Words that rightly stand twice.
RIGHT = {
    "that",
    "had",
    "in",
    "is",
    "her",
    "bye",
    "ha",
    "no",
    "very",
    "очень",
    "agar",
    "asta",
    "sekin",
    "tez",
    "yana",
}


def check(copy: Copy) -> Iterator[Problem]:
    for field, text in copy.prose:
        for found in DOUBLED.finditer(text):
            first, second = found[1], found[2]
            # Walla Walla is a town
            if first.casefold() in RIGHT or first.isdigit() or second[0].isupper():
                continue
            yield Problem(
                "doubled-word",
                WARN,
                field,
                f"“{found[0]}”: the same word twice.",
                about=sentence_around(text, *found.span()),
                suggestion=first,
            )
