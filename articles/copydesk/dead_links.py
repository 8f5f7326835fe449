"""A link that leads nowhere: no page can print its address, or it is a place in the text, and texts have none."""

from collections.abc import Iterator

from articles.copydesk.links import links_in
from articles.copydesk.problem import WARN, Copy, Problem


def check(copy: Copy) -> Iterator[Problem]:
    for address, text in links_in(copy["body"]):
        words = " ".join(text.split())
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
