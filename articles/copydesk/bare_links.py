"""A link whose words are its address: a screen reader spells it out."""

import html
import re

from articles.copydesk.problem import WARN, Problem
from articles.markup import Reader

ADDRESS = re.compile(r"^\s*(?:https?://|www\.)\S+\s*$", re.IGNORECASE)


class Links(Reader):
    def __init__(self):
        self.texts, self.inside = [], False

    def handle_start(self, tag, attributes):
        if tag == "a":
            self.texts.append([])
            self.inside = True

    def handle_end(self, tag):
        self.inside = self.inside and tag != "a"

    def handle_text(self, source):
        if self.inside:
            self.texts[-1].append(html.unescape(source))


def check(copy):
    for text in map("".join, Links().read(copy["body"]).texts):
        if ADDRESS.match(text):
            yield Problem(
                "bare-link", WARN, "body", f"The link “{text.strip()[:60]}” shows its address instead of words.",
                about=text.strip(), suggestion="Link the words that say where it leads.",
            )  # fmt: skip
