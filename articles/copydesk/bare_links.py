"""A link whose words are its address: a screen reader spells it out."""

import re
from html.parser import HTMLParser

from articles.copydesk.problem import WARN, Problem

ADDRESS = re.compile(r"^\s*(?:https?://|www\.)\S+\s*$", re.IGNORECASE)


class Links(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.texts, self.inside = [], False

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.texts.append("")
            self.inside = True

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "a"

    def handle_data(self, data):
        if self.inside:
            self.texts[-1] += data


def check(copy):
    links = Links()
    links.feed(copy["body"])
    links.close()
    for text in links.texts:
        if ADDRESS.match(text):
            yield Problem(
                "bare-link", WARN, "body", f"The link “{text.strip()[:60]}” shows its address instead of words.",
                about=text.strip(), suggestion="Link the words that say where it leads.",
            )  # fmt: skip
