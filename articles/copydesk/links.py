"""The links of a text, for the checks that look at them."""

import html

from articles.text.tree import Reader


class Links(Reader):
    """`links`: [(address, [words, …])], an address that is missing as ""."""

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


def links_in(text: str) -> list[tuple[str, str]]:
    """[(address, words)] of cleaned HTML."""
    return [(address, "".join(words)) for address, words in Links().read(text).links]
