"""PostgreSQL's tsvector with a GIN index. Tokens come ready made, so no dictionary of the server has a say.

The planner cannot know how many stories a question finds, so it is not asked: a few of the newest are looked through,
which is enough for common words, and only then the index is asked for all, which is quick for the others. Both steps
are one function of the database (newsroom/migrations/0002_search_words.py): one query, and a plan that never reads
every story. The columns that an entry has for the gate and the days stand beside the words here too: joining ten
thousand rows costs more than finding them.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db import connection

from newsroom.search.question import (
    MOST_COUNTED,
    MOST_RECHECKED,
    WEIGHTS,
    Question,
    Term,
    Words,
    places_around,
)

TABLE = "newsroom_searchwords"
LETTERS = "ABCD"  # PostgreSQL's names for the weights of the four columns
GAP = 20  # positions between two columns, so that no phrase reaches from one into the next
LAST_POSITION = 16_383
# of the newest stories: whole texts; headlines and names alone
LOOKED_THROUGH, HEADS_LOOKED_THROUGH = 300, 2_000
TIMES = 3  # as many as are wanted, at least
FROM_D_TO_A = ", ".join(map(str, reversed(WEIGHTS.values())))


def vector(row: Words, columns: int = 4) -> str:
    """The words of a story as PostgreSQL writes a tsvector: 'bread':1A,14D 'price':2A … `columns`: how many of them."""
    found, start = defaultdict(list), 1
    for letter, column in zip(LETTERS[:columns], row.columns[:columns], strict=True):
        for position, each in enumerate(column, start):
            if position <= LAST_POSITION and len(found[each]) < MOST_COUNTED:
                found[each].append(f"{position}{letter}")
        start += len(column) + GAP
    return " ".join(f"'{each}':{','.join(places)}" for each, places in found.items() if places)


def write(rows: list[Words]) -> None:
    columns = "place", "live_from", "published_on", "words", "heads"
    renewed = ", ".join(f"{name} = EXCLUDED.{name}" for name in columns[1:])
    entries: list[tuple[Any, ...]] = [
        (row.place, row.live_from, row.published_on, vector(row), vector(row, 2)) for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {TABLE} ({', '.join(columns)}) VALUES (%s, %s, %s, %s::tsvector, %s::tsvector)"  # noqa: S608
            f" ON CONFLICT (place) DO UPDATE SET {renewed}",
            entries,
        )


def drop(places: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE place = ANY(%s)", [places])  # noqa: S608 - our own names


def drop_orphans() -> int:
    """Words whose entry is gone."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {TABLE} w WHERE NOT EXISTS"  # noqa: S608
            " (SELECT 1 FROM newsroom_searchentry e WHERE e.place = w.place)"
        )
        return cursor.rowcount


def either(term: Term) -> str:
    """A tsquery's own language. Tokens hold letters and digits only, so quoting them is all it needs."""
    return "(" + " | ".join(" <-> ".join(f"'{each}'" for each in phrase) for phrase in term) + ")"


def expression(question: Question) -> str:
    wanted = [either(term) for term in question.every]
    return " & ".join(wanted + [f"!{either(term)}" for term in question.none])


PLACES = f"newsroom_places(CAST(%s AS tsquery), CAST(%s AS tsquery){', %s' * 11})"


def given(
    question: Question, now: datetime, count: int, *, oldest: bool = False, heads: bool = False
) -> list:
    """What the function asks for, in its order; with `heads` only headlines and names are looked at."""
    column, glance = (
        ("heads", HEADS_LOOKED_THROUGH) if heads else ("words", max(LOOKED_THROUGH, TIMES * count))
    )
    loose = expression(question.loosened) if question.has_phrases else None
    limits = question.after, question.before, *places_around(question), question.below
    return [
        expression(question),
        loose,
        column,
        oldest,
        count,
        glance,
        MOST_RECHECKED,
        now,
        *limits,
    ]


def newest(question: Question, now: datetime, count: int, *, oldest: bool = False) -> list[int]:
    """At most `count` places, the newest first (or the oldest). Phrases are looked for in at most `MOST_RECHECKED`
    stories that have all their words."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {PLACES}", given(question, now, count, oldest=oldest))
        return cursor.fetchall()[0][0]


def best(question: Question, now: datetime, ranked: int, heads: int) -> dict[int, float]:
    """{place: score} of the newest `ranked` that answer, and of the newest `heads` that do by headlines and names. How
    often and where the words stand counts; higher is better. The latter are asked once more as a whole: a word that is
    not wanted may stand in their text."""
    more = TIMES if question.none else 1  # those that have an unwanted word in their text go again
    some = given(question, now, ranked), given(question, now, more * heads, heads=True)
    any_token = " | ".join(f"'{each}'" for each in question.tokens)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT place, ts_rank('{{{FROM_D_TO_A}}}', words, CAST(%s AS tsquery), 1) FROM {TABLE}"  # noqa: S608
            f" WHERE place = ANY({PLACES} || {PLACES}) AND words @@ CAST(%s AS tsquery)",
            [any_token, *some[0], *some[1], expression(question)],
        )
        return dict(cursor.fetchall())
