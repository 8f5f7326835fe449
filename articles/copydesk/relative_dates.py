"""Words such as "today" and "this year" in a story that carries no date: nobody can tell which day is meant."""

import re
from collections.abc import Iterator

from articles.copydesk.problem import WARN, Copy, Problem, sentence_around

RELATIVE = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|(?:this|last|next) (?:week|month|year|spring|summer|autumn|winter)"
    r"|сегодня|вчера|завтра|bugun|kecha|ertaga)\b",
    re.IGNORECASE,
)


def check(copy: Copy) -> Iterator[Problem]:
    # a story of today is dated when it goes live
    if copy["published_on"] or not copy["date_decided"]:
        return
    for field, text in copy.prose:
        for found in RELATIVE.finditer(text):
            yield Problem(
                "relative-date",
                WARN,
                field,
                f"“{found[0]}” in a story without a date: which day is meant?",
                about=sentence_around(text, *found.span()),
            )
