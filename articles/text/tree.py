"""Read cleaned HTML from its beginning to its end, in one step for each tag: for whatever makes something else of a
stored text.

What the cleaner lets through has one written form (articles/text/body.py): every tag is closed by a bracket, every
value stands in double quotes, every other bracket is written as an entity. So a short expression finds the
tags, where the standard library's reader of any HTML at all takes time by the square of its length for some texts.
"""

import html
import re

TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9]*+)((?:\s++[^\s"'<>/=]++(?:="[^"]*+")?)*+)\s*+/?>""")
ATTRIBUTE = re.compile(r'([^\s"=]+)(?:="([^"]*)")?')


class Reader:
    """What `html.parser.HTMLParser` is for cleaned HTML. `handle_text` gets the words between two tags as they are
    written; what is no tag is text."""

    tag_text = ""  # of the start tag that is being handled, as it is written

    def read(self, cleaned: str):
        """The reader itself, when all of the text has been handed to it."""
        place = 0
        for found in TAG.finditer(cleaned):
            if found.start() > place:
                self.handle_text(cleaned[place : found.start()])
            place = found.end()
            end, name, attributes = found.groups()
            if end:
                self.handle_end(name)
            else:
                self.tag_text = found[0]
                self.handle_start(name, attributes_of(attributes) if attributes else {})
        if place < len(cleaned):
            self.handle_text(cleaned[place:])
        return self

    def handle_start(self, tag: str, attributes: dict[str, str]) -> None: ...

    def handle_end(self, tag: str) -> None: ...

    def handle_text(self, source: str) -> None: ...


def attributes_of(source: str) -> dict[str, str]:
    return {name: html.unescape(value) for name, value in ATTRIBUTE.findall(source)}
