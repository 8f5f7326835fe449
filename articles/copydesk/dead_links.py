"""A link that leads nowhere: no page can print its address, or it is a place in the text, and texts have none."""

import html

from articles.copydesk.problem import WARN, Problem
from articles.markup import Reader


class Links(Reader):
    """The words of links, with their addresses."""

    def __init__(self):
        self.links, self.inside = [], False

    def handle_start(self, tag, attributes):
        if tag == "a":
            self.links.append((attributes.get("href", ""), []))
            self.inside = True

    def handle_end(self, tag):
        self.inside = self.inside and tag != "a"

    def handle_text(self, source):
        if self.inside:
            self.links[-1][1].append(html.unescape(source))


def check(copy):
    for address, texts in Links().read(copy["body"]).links:
        words = " ".join("".join(texts).split())
        if not words or (address and not address.startswith("#")):
            continue
        where = f"to {address[:60]}, which is nowhere in the text" if address else "nowhere"
        yield Problem(
            "dead-link",
            WARN,
            "body",
            f"The link “{words[:60]}” leads {where}.",
            about=words,
            suggestion="Give it an address, or take the link away.",
        )
