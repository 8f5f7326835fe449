"""What is not known stays unknown, and somebody has looked at it: the date, the byline, the headline, who signs."""

from collections.abc import Iterator

from articles.copydesk.problem import WARN, Copy, Problem
from articles.models import Article, Origin
from authors.models import Author


def check(copy: Copy) -> Iterator[Problem]:
    if copy["date_decided"] and not copy["published_on"]:
        yield Problem(
            "no-date",
            WARN,
            "date_known",
            "Readers will see “Date not stated”. Is that how it stands?",
        )
    if copy["byline_decision"] == Article.BylineDecision.NOT_GIVEN:
        yield Problem(
            "no-byline",
            WARN,
            "byline_decision",
            "Readers will see “Byline not given”. Is that how it stands?",
        )
    if copy["headline_from"] == Article.HeadlineFrom.DESK:
        yield Problem(
            "desk-headline",
            WARN,
            "headline_from",
            "The headline is the desk’s own; the source had none. Is that how it stands?",
            about=copy["headline"],
        )
    for name in waiting_names(copy):
        yield Problem(
            "unknown-name",
            WARN,
            "byline_decision",
            f"“{name}” came with an import, and nobody has said yet who that is: see “Unknown names of "
            "imports” in the list of authors.",
            about=name,
        )


def waiting_names(copy) -> list[str]:
    """Of an import: its names that wait for somebody to say who that is."""
    slugs = [row["author"] for row in copy["bylines"] if row["author"]]
    if not slugs or copy.article is None or copy.article.origin != Origin.IMPORT:
        return []
    return list(
        Author.objects.unknown()
        .filter(slug__in=slugs)
        .alphabetical()
        .values_list("name", flat=True)
    )
