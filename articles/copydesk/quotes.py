"""Quotation marks and brackets that are opened and not closed, or closed and not opened."""

import re
from collections.abc import Iterator

from articles.copydesk.problem import WARN, Copy, Problem, sentence_around

PAIRS = {"(": ")", "[": "]", "“": "”", "«": "»", "„": "“"}
STRAIGHT = re.compile(r'(?<!\d)"')  # not the sign for inches
ANY_MARK = re.compile(r'[()\[\]“”«»„"]')
LIST_MARK = re.compile(r"(?:^|\s)(?:\d{1,2}|[^\W\d_])$")
CLOSING = {")": "(", "]": "[", "”": "“", "»": "«"}


def check(copy: Copy) -> Iterator[Problem]:
    paragraphs = [("body", block.text) for block in copy.blocks]
    paragraphs += [(field, text) for field, text in copy.prose if field != "body"]
    for index, (field, text) in enumerate(paragraphs):
        following = paragraphs[index + 1][1] if index + 1 < len(paragraphs) else ""
        trouble = unbalanced(text, goes_on=following.lstrip()[:1] in ("“", "«", '"', "„"))
        if trouble is not None:
            mark, start = trouble
            yield Problem(
                "unbalanced",
                WARN,
                field,
                f"{mark} has no partner in this paragraph.",
                about=sentence_around(text, start, start + 1),
            )


def unbalanced(text: str, *, goes_on: bool):
    """(mark, index) of the first mark without a partner, or None. A quotation that goes on in the next paragraph
    (which begins with a mark of its own) needs no closing mark here."""
    if not ANY_MARK.search(text):
        return None
    open_marks, is_open = [], 0  # is_open: round brackets
    for index, char in enumerate(text):
        if char == "“" and open_marks and open_marks[-1][0] == "„":
            open_marks.pop()
        elif char in PAIRS:
            open_marks.append((char, index))
            is_open += char == "("
        elif char in CLOSING:
            if char == ")" and not is_open and is_list_mark(text, index):
                continue
            if not open_marks or PAIRS[open_marks[-1][0]] != char:
                return char, index
            open_marks.pop()
            is_open -= char == ")"
    straight = len(STRAIGHT.findall(text))
    if straight % 2 and not goes_on:
        return '"', text.rindex('"')
    if open_marks and not (goes_on and open_marks[-1][0] in "“«„"):
        return open_marks[-1]
    return None


def is_list_mark(text: str, index: int) -> bool:
    """The bracket of "1)" or "a)"."""
    return LIST_MARK.search(text[max(0, index - 4) : index]) is not None
