"""What cleaning takes out of a text that somebody wrote, in words for that person: no save drops it in silence."""

import html
import re
from collections import Counter

from articles.text.body import NEW_NAMES, RAISED, STRUCK, clean
from articles.text.bounds import ATTRIBUTE, TOKEN
from newsroom.foundation.links import NoLink, completed

MOST = 10  # sentences of a kind; behind them their number
# Signs are made of what is raised; what is struck out has a sentence of its own; an empty line at the end is no loss.
NOT_NAMED = RAISED | STRUCK | {"p", "br"}
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
                completed(
                    html.unescape(next(value for value in found.groups() if value is not None))
                )
            except NoLink as reason:
                refused.append(
                    (html.unescape(found[0].partition("=")[2].strip(" \"'"))[:80], str(reason))
                )
    if depth:
        struck.append(source[place:])
    said = [
        f"“{address}” cannot be a link. {reason} Its words stay."
        for address, reason in refused[:MOST]
    ]
    if len(refused) > MOST:
        said.append(
            f"{len(refused) - MOST} more addresses cannot be links; the checks name their words."
        )
    words = html.unescape("".join(struck)).split()
    if words:
        said.append(struck_in_words(words))
    return said


def struck_in_words(words: list[str]) -> str:
    shown = " ".join(words[:12]) + (" …" if len(words) > 12 else "")
    if len(words) == 1:
        return f"One word that was struck out is left out: “{shown}”."
    return f"{len(words)} words that were struck out are left out: “{shown}”."


def in_one_line(source: str) -> str:
    """Everything that `source`, HTML that passes no form, loses when it is stored: elements, attributes, links, struck
    words; "" when all of it stays. It is cleaned for that."""
    before, after = parts_of(source), parts_of(clean(source))
    gone = [
        f"{name} ({count})" if count > 1 else name
        for name, count in sorted((before - after).items())
    ]
    more = f" and {len(gone) - MOST} more kinds" if len(gone) > MOST else ""
    said = [f"Left out: {', '.join(gone[:MOST])}{more}."] if gone else []
    return " ".join([*said, *taken_out(source)])


def parts_of(source: str) -> Counter:
    """How often each element, and each attribute of one, stands in HTML: {"<div>": 2, "class": 1}."""
    found = Counter()
    for token in TOKEN.finditer(source):
        name = (token["name"] or "").lower()
        if not name or token["end"]:
            continue
        found[f"<{NEW_NAMES.get(name, name)}>"] += name not in NOT_NAMED
        words = token[0][1 + len(name) : -1]
        found.update(
            each[0].partition("=")[0].strip().lower() for each in ATTRIBUTE.finditer(words)
        )
    return found
