"""What cleaning takes out of a text that somebody wrote, in words for that person: no save drops it in silence."""

import html
import re

from articles.body import STRUCK
from articles.bounds import TOKEN
from authors.links import NoLink, completed

MOST = 10  # sentences of a kind; behind them their number
HREF = re.compile(r"""\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)


def taken_out(source: str) -> list[str]:
    """A sentence for each address that cannot be a link, and one for all words that were struck out. `source`: HTML as
    it was sent, before it is cleaned."""
    refused, struck, depth, place = [], [], 0, 0
    for token in TOKEN.finditer(source):
        if depth:
            struck.append(source[place : token.start()])
        place = token.end()
        name = (token["name"] or "").lower()
        if name in STRUCK:
            depth = max(0, depth - 1) if token["end"] else depth + 1
            struck.append(" ")
        elif name == "a" and not token["end"] and not depth and (found := HREF.search(token[0])):
            try:
                completed(html.unescape(next(value for value in found.groups() if value is not None)))
            except NoLink as reason:
                refused.append((html.unescape(found[0].partition("=")[2].strip(" \"'"))[:80], str(reason)))
    if depth:
        struck.append(source[place:])
    said = [f"“{address}” cannot be a link. {reason} Its words stay." for address, reason in refused[:MOST]]
    if len(refused) > MOST:
        said.append(f"{len(refused) - MOST} more addresses cannot be links; the checks name their words.")
    words = html.unescape("".join(struck)).split()
    if words:
        said.append(struck_in_words(words))
    return said


def struck_in_words(words: list[str]) -> str:
    shown = " ".join(words[:12]) + (" …" if len(words) > 12 else "")
    if len(words) == 1:
        return f"One word that was struck out is left out: “{shown}”."
    return f"{len(words)} words that were struck out are left out: “{shown}”."
