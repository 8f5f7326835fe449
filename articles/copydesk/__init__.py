"""The copy desk: what it would say before a story goes out. Each check is one file here and one line of `CHECKS`.

A clean story shows nothing. Checks read text in memory and cost milliseconds; three ask the database: one for a live
story with the same headline, one for the story's photos, when it has any, one for who signs what was imported.
"""

from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from types import MappingProxyType

from django.db.models import Exists, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform

from articles.copydesk import (
    bare_links,
    dead_links,
    distant_dates,
    doubled_words,
    embargo,
    hidden_signs,
    lengths,
    missing_parts,
    name_spellings,
    note_marks,
    photos,
    quotes,
    relative_dates,
    same_headline,
    unknowns,
    weekdays,
)
from articles.copydesk.problem import BLOCK, HARD, WARN, Copy, Problem, words_read
from articles.models import Act, Article, CheckPass, LogLine
from articles.models.gate import this_moment
from articles.story.fields import Snapshot
from articles.story.transitions import TAKING_BACK, Refused
from authors.models import User
from newsroom.foundation.remembered import remembered

__all__ = [
    "BLOCK",
    "CHECKS",
    "HARD",
    "WARN",
    "Copy",
    "Problem",
    "let_through",
    "look_over",
    "open_problems",
]

CHECKS = (
    missing_parts.check,
    note_marks.check,
    embargo.check,
    photos.check,
    lengths.check,
    same_headline.check,
    name_spellings.check,
    doubled_words.check,
    hidden_signs.check,
    quotes.check,
    weekdays.check,
    relative_dates.check,
    distant_dates.check,
    bare_links.check,
    dead_links.check,
    unknowns.check,
)

# Those that ask for nothing but the words.
OF_WORDS = (
    name_spellings.check,
    doubled_words.check,
    quotes.check,
    bare_links.check,
    note_marks.check,
)
MOST_OF_A_KIND = 20  # findings that one check shows of one story


def look_over(
    snapshot: Snapshot, article: Article | None = None, at=None, *, person: User | None = None
) -> list[Problem]:
    """Everything the checks find, gravest first. `at`: when readers get the story, if not now. `person`: who is told,
    and hears nothing of stories that may not be named to them."""
    copy, of_words = Copy(snapshot, article, at, person), read(snapshot)
    found = [
        problem
        for check in CHECKS
        for problem in (
            of_words[check] if check in of_words else islice(check(copy), MOST_OF_A_KIND)
        )
    ]
    return sorted(found, key=lambda problem: (HARD, BLOCK, WARN).index(problem.level))


def read(snapshot: Snapshot) -> Mapping:
    """{check: what it finds in the words}; of a long text it is remembered for a while
    (newsroom/foundation/remembered.py)."""
    return found_in(*(snapshot[name] for name in (*words_read(), "body")))


@remembered
def found_in(*words: str) -> Mapping:
    copy = Copy(dict(zip((*words_read(), "body"), words, strict=True)))
    return MappingProxyType(
        {check: tuple(islice(check(copy), MOST_OF_A_KIND)) for check in OF_WORDS}
    )


def open_problems(
    snapshot: Snapshot,
    article: Article | None = None,
    at: datetime | None = None,
    *,
    person: User | None = None,
) -> list[Problem]:
    """What the checks find and nobody has passed for this text; `person` as in `look_over`. A tick belongs to the act
    it was given in: when that is taken back, whoever publishes next is asked anew."""
    found = look_over(snapshot, article, at, person=person)
    if article is None or not any(problem.level in (BLOCK, WARN) for problem in found):
        return found
    passed = set(
        article.check_passes.exclude(Exists(endings())).values_list("fingerprint", flat=True)
    )
    return [
        problem for problem in found if problem.level == HARD or problem.fingerprint not in passed
    ]


def endings():
    """What ended a pass: what was taken back later. While the gate’s clock stands still many moments are one; then
    the line that tells of the pass says by its place in the logbook which came first."""
    told = LogLine.objects.annotate(fingerprint=KeyTextTransform("fingerprint", "details"))
    given_since = told.filter(
        article=OuterRef("article"),
        act=Act.PASS_CHECK,
        at=OuterRef("at"),
        pk__gt=OuterRef("pk"),
        fingerprint=OuterRef(OuterRef("fingerprint")),
    )
    lines = LogLine.objects.filter(article=OuterRef("article"), act__in=TAKING_BACK)
    return lines.filter(Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at")) & ~Exists(given_since))


def let_through(
    article: Article,
    snapshot: Snapshot,
    *,
    by: User,
    passing: dict[str, str] | None = None,
    at: datetime | None = None,
) -> None:
    """Raise `Refused` when something that blocks stands in the way; write down what is passed.

    `passing`: {fingerprint: reason}. A warning is passed by anybody who may publish, without a reason; a block by
    somebody with the right, and with a reason. Warnings that nobody ticked stop nothing here: the publish step asks.
    """
    passing, in_the_way, passed = passing or {}, [], []
    for problem in open_problems(snapshot, article, at):
        reason = passing.get(problem.fingerprint)
        if problem.level == HARD:
            in_the_way.append(problem.message)
        elif problem.level == BLOCK:
            if reason and by.has_perm("articles.pass_check"):
                passed.append((problem, reason))
            else:
                in_the_way.append(problem.message)
        elif problem.level == WARN and reason is not None:
            passed.append((problem, reason))
    if in_the_way:
        raise Refused(*in_the_way)
    for problem, reason in passed:
        CheckPass.objects.create(
            article=article,
            rule=problem.rule,
            level=problem.level,
            fingerprint=problem.fingerprint,
            about=problem.about,
            by=by,
            at=this_moment(),
            reason=reason[:300],
        )
        LogLine.objects.record(
            Act.PASS_CHECK,
            article=article,
            by=by,
            from_status=article.status,
            to_status=article.status,
            why=reason[:500],
            details={
                "rule": problem.rule,
                "level": problem.level,
                "about": problem.about[:300],
                "fingerprint": problem.fingerprint,
            },
        )
