"""A link whose words are its address: a screen reader spells it out."""

import re
from collections.abc import Iterator

from articles.copydesk.links import links_in
from articles.copydesk.problem import WARN, Copy, Problem

ADDRESS = re.compile(r"^\s*(?:https?://|www\.)\S+\s*$", re.IGNORECASE)


def check(copy: Copy) -> Iterator[Problem]:
    for _, text in links_in(copy["body"]):
        if ADDRESS.match(text):
            yield Problem(
                "bare-link",
                WARN,
                "body",
                f"The link “{text.strip()[:60]}” shows its address instead of words.",
                about=text.strip(),
                suggestion="Link the words that say where it leads.",
            )
