"""What a reader wants to know, in the terms that both engines share, and how well a story answers it."""

import math
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate

from newsroom.search.models import place_of

Phrase = tuple[str, ...]  # tokens that stand one after another; one token is a phrase of one
Term = tuple[Phrase, ...]  # one of these is enough

EVERY_STORY: Term = (("all_",),)  # a mark that each entry of the index carries
MOST_RECHECKED = 1000  # stories in which a phrase is looked for
# the columns of the index, in their order
WEIGHTS = {"title": 1.0, "marks": 0.625, "dek": 0.375, "body": 0.125}
MOST_COUNTED = 255  # places of one token in one story, by a tsvector's own limit
# How much the places of a token count together: the second a quarter of the first, the third a ninth …
TOGETHER = [0.0, *accumulate(1 / number**2 for number in range(1, MOST_COUNTED + 1))]
# What TOGETHER would come to without an end, as PostgreSQL writes it: pi² / 6.
AT_MOST = 1.64493406685
# a day by the outlet's clock, and the moment at which a story of that day is sorted
SLACK = timedelta(days=2)


@dataclass(frozen=True)
class Question:
    """`every`: terms that all must be there; `none`: terms of which none may. `after` and `before` are days, both
    included: a story without a date is in no range. `below`: only what stands before this place, for the next page."""

    every: tuple[Term, ...]
    none: tuple[Term, ...] = ()
    after: date | None = None
    before: date | None = None
    below: int | None = None

    def below_place(self, place: int | None) -> "Question":
        """The same question about what stands further down."""
        return replace(self, below=place)

    @property
    def tokens(self) -> list[str]:
        """What a story is ranked by: every token that it may have, each once."""
        return sorted({each for term in self.every for phrase in term for each in phrase})

    @property
    def has_phrases(self) -> bool:
        return any(len(phrase) > 1 for term in (*self.every, *self.none) for phrase in term)

    @property
    def loosened(self) -> "Question":
        """A question without phrases that finds all that this one finds, and more: the words, wherever they stand."""
        return replace(
            self, every=tuple(each for term in self.every for each in word_by_word(term)), none=()
        )


def word_by_word(term: Term) -> list[Term]:
    """For each index in the phrases of a term, whatever may stand there; what is no phrase may stand everywhere."""
    single = [phrase for phrase in term if len(phrase) == 1]
    longest = max(map(len, term))
    if longest == 1:
        return [term]
    phrases = [phrase for phrase in term if len(phrase) > 1]
    columns = (
        [(phrase[index],) for phrase in phrases if index < len(phrase)] for index in range(longest)
    )
    return [tuple(dict.fromkeys([*column, *single])) for column in columns]


@dataclass(frozen=True)
class Words:
    """The tokens of one story: a list for each column, in the order of `WEIGHTS`. With what its entry says of its
    time, for an engine that keeps it beside the words."""

    place: int
    live_from: datetime
    published_on: date | None
    columns: tuple[list[str], ...]


@dataclass(frozen=True)
class Range:
    """The condition on entries that belongs to a question, as SQL after `WHERE` and its parameters."""

    sql: str
    params: list


def places_around(question: Question) -> tuple[int | None, int | None]:
    """The places between which every story of the question's days stands, by which an engine reads no more of its index
    than it has to."""
    return (
        question.after and around(question.after, -SLACK),
        question.before and around(question.before, SLACK),
    )


def range_of(question: Question, now: datetime, place: str) -> Range:
    """The gate's moment, the days and the place; `place` is the engine's own column of it."""
    lowest, highest = places_around(question)
    conditions: list[str] = ["e.live_from <= %s"]
    params: list[date | int] = [now]
    for sql, value in (
        ("e.published_on >= %s", question.after),
        ("e.published_on <= %s", question.before),
        (f"{place} >= %s", lowest),
        (f"{place} <= %s", highest),
        (f"{place} < %s", question.below),
    ):
        if value is not None:
            conditions.append(sql)
            params.append(value)
    return Range(" AND ".join(conditions), params)


def around(day: date, slack: timedelta) -> int:
    """A place that is surely before (or behind) every story of the day."""
    noon = datetime.combine(day, time(12), tzinfo=UTC)
    try:
        return max(0, place_of(noon + slack, 0))
    except OverflowError:  # the first or the last days that a calendar has
        return place_of(noon, 0)


def rank(counts: list[list[int]], length: int) -> float:
    """How well a story answers: PostgreSQL's `ts_rank` with the weights above, reckoned again for the other engine.

    `counts`: for each token of the question how often each column has it; `length`: tokens of the whole story. The
    best place of a token counts in full, the others less and less; a long story has it easier and counts less.
    """
    total = 0.0
    for columns in counts:
        found = counted = first = 0
        best = 0.0
        for weight, times in zip(WEIGHTS.values(), columns, strict=True):
            last = min(counted + times, MOST_COUNTED)
            if times and weight > best:
                best, first = weight, counted
            found += weight * (TOGETHER[last] - TOGETHER[counted])
            counted = last
        total += (best + found - best / (first + 1) ** 2) / AT_MOST
    return total / len(counts) / math.log2(length + 1)
