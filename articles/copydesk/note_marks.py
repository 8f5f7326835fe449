"""Marks that a writer leaves for later: TK, XXX, ??? and [notes to the desk]; and the editor’s own notes."""

import re
from collections.abc import Iterator

from articles.copydesk.problem import BLOCK, HARD, Copy, Problem, sentence_around
from articles.story import fields
from articles.text import body_parts

# TK stands alone or doubled ("TKTK"), in capitals: no word of a language we print has it so.
MARKS = re.compile(
    r"\b(?:TK)+\b|\bTKTK\w*|\bX{3,}\b|\?{3,}|\[(?:tk|todo|check|note|fix)\b[^\]\n]{0,200}\]",
    re.IGNORECASE,
)

NEAR = 60  # characters around a mark in which its neighbours are looked for


def check(copy: Copy) -> Iterator[Problem]:
    for words in body_parts.notes_in(copy["body"]):
        yield Problem(
            "desk-note",
            HARD,
            "body",
            f"A note for colleagues still stands in the text: “{words[:80]}”.",
            about=words,
            suggestion="Settle it, and delete it or turn it into text.",
        )
    for field, text in copy.prose:
        for mark in MARKS.finditer(text):
            if is_a_name(text, mark):
                continue
            yield Problem(
                "note-mark",
                BLOCK,
                field,
                f"“{mark[0][:40]}” still stands in the {words_for(field)}.",
                about=sentence_around(text, *mark.span()),
                suggestion="Fill it in, or take it out.",
            )


def is_a_name(text, mark) -> bool:
    """Small letters; a Roman number after or before a name ("Super Bowl XXX"); the sign of an airline ("TK 1972")."""
    word, after = mark[0], text[mark.end() : mark.end() + NEAR].lstrip(" ")
    if not word.isalpha():
        return False
    if not word.isupper() or (set(word) == {"T", "K"} and after[:1].isdigit()):
        return True
    before = text[max(0, mark.start() - NEAR) : mark.start()].rstrip(" ").rpartition(" ")[2]
    return word == "XXX" and (before[:1].isupper() or after[:1].isupper())


def words_for(field):
    return "text" if field == "body" else fields.named(field).label.lower()
