"""What a story needs before readers may see it. The database holds it too (`Article.missing_to_go_live`); here it is
asked no question, and a test keeps the two lists one."""

from collections.abc import Iterator

from articles.copydesk.problem import HARD, Copy, Problem
from articles.models import Article
from newsroom.foundation.text import is_blank


def check(copy: Copy) -> Iterator[Problem]:
    if is_blank(copy["headline"]):
        yield Problem("missing", HARD, "headline", "Give the story a headline.")
    if not copy["body"]:
        yield Problem("missing", HARD, "body", "Write the story’s text.")
    if not copy["section"]:
        yield Problem("missing", HARD, "section", "Choose a section.")
    if not copy["byline_decision"]:
        yield Problem(
            "missing", HARD, "byline_decision", "Decide the byline: names, staff, or “not given”."
        )
    elif copy["byline_decision"] == Article.BylineDecision.GIVEN and not copy["bylines"]:
        yield Problem(
            "missing",
            HARD,
            "byline_decision",
            "Name at least one author, or decide that the byline is not given.",
        )
    if not copy["date_decided"]:
        yield Problem(
            "missing",
            HARD,
            "date_known",
            "Decide the date: to the minute, to the day, or “not stated”.",
        )
