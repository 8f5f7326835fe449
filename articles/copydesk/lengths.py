"""Headline and dek: how long they are, and how a headline ends."""

from collections.abc import Iterator

from articles.copydesk.problem import WARN, Copy, Problem

SHORTENED = {"Inc.", "Jr.", "Sr.", "Ltd.", "Co.", "Corp.", "St.", "No.", "Bros."}
HEADLINE, DEK = 70, 160  # characters that search results and cards show


def check(copy: Copy) -> Iterator[Problem]:
    headline, dek = copy["headline"].strip(), copy["summary"].strip()
    if len(headline) > HEADLINE:
        message = f"The headline has {len(headline)} characters; about {HEADLINE} are shown."
        yield Problem("headline-length", WARN, "headline", message, headline)
    last = headline.split()[-1] if headline else ""
    if last.endswith(".") and "." not in last[:-1] and last not in SHORTENED:
        yield Problem(
            "headline-stop", WARN, "headline", "The headline ends in a full stop.", headline
        )
    if len(dek) > DEK:
        yield Problem(
            "dek-length",
            WARN,
            "summary",
            f"The dek has {len(dek)} characters; about {DEK} are shown.",
            dek,
        )
    if not dek:
        yield Problem(
            "no-dek",
            WARN,
            "summary",
            "There is no dek: cards and search results show the headline alone.",
        )
    if not copy["tags"]:
        yield Problem(
            "no-tags",
            WARN,
            "tags",
            "There are no tags: readers find the story by section and search only.",
        )
