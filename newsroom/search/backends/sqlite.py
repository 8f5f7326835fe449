"""SQLite's FTS5. The table's rowid is the place, so the newest come first without sorting."""

from datetime import datetime

from django.db import connection

from newsroom.search.question import MOST_RECHECKED, WEIGHTS, Question, Term, Words, range_of, rank

TABLE = "newsroom_searchwords"
HEADS = "{title marks} : "
IN_HEADS = 2  # columns, the first ones


def write(rows: list[Words]) -> None:
    drop([row.place for row in rows])
    columns = ", ".join(WEIGHTS)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {TABLE} (rowid, {columns}) VALUES (%s, %s, %s, %s, %s)",  # noqa: S608 - our own names
            [(row.place, *(" ".join(column) for column in row.columns)) for row in rows],
        )


def drop(places: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(place,) for place in places])  # noqa: S608


def drop_orphans() -> int:
    """Words whose entry is gone."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {TABLE} WHERE rowid NOT IN (SELECT place FROM newsroom_searchentry)"  # noqa: S608
        )
        return cursor.rowcount


def either(term: Term) -> str:
    """FTS5's own language, in which a quoted string is never an operator. Tokens hold letters and digits only."""
    return "(" + " OR ".join('"' + " ".join(phrase) + '"' for phrase in term) + ")"


def expression(question: Question, columns: str = "") -> str:
    wanted = " AND ".join(either(term) for term in question.every)
    unwanted = " OR ".join(either(term) for term in question.none)
    wanted = f"({columns}({wanted}))"
    return f"{wanted} NOT ({unwanted})" if unwanted else wanted


def newest(question: Question, now: datetime, count: int, *, oldest: bool = False) -> list[int]:
    """At most `count` places, the newest first (or the oldest). Phrases are looked for in at most `MOST_RECHECKED`
    stories that have all their words: FTS5 itself would go on through its whole index for one that it does not find."""
    order = "ASC" if oldest else "DESC"
    if question.has_phrases:
        found = entries(*select(question.loosened, now, MOST_RECHECKED, order))
        return sorted(
            (place for place, *texts in found if is_answer(question, texts)), reverse=not oldest
        )[:count]
    with connection.cursor() as cursor:
        cursor.execute(*select(question, now, count, order))
        return [place for (place,) in cursor.fetchall()]


def best(question: Question, now: datetime, ranked: int, heads: int) -> dict[int, float]:
    """{place: score} of the newest `ranked` that answer, and of the newest `heads` that do by headlines and names;
    higher is better. FTS5's own bm25() would read every entry of the index for every word of the question."""
    if question.has_phrases:
        found = {
            *with_phrases(question, now, ranked),
            *(with_phrases(question, now, heads, HEADS) if heads else ()),
        }
    else:
        (sql, params), (sql_of_heads, more) = (
            select(question, now, ranked),
            select(question, now, heads, columns=HEADS),
        )
        found = entries(
            f"SELECT * FROM ({sql}) UNION SELECT * FROM ({sql_of_heads})",  # noqa: S608
            [*params, *more],
        )
    return {place: score(question, texts) for place, *texts in found}


def with_phrases(question: Question, now: datetime, count: int, columns: str = "") -> list[tuple]:
    """The newest `count` entries with the words and phrases of a question; with `HEADS` those that have them there."""
    where = slice(IN_HEADS) if columns else slice(None)
    found = entries(*select(question.loosened, now, MOST_RECHECKED, columns=columns))
    return sorted(
        (entry for entry in found if is_answer(question, list(entry[1:]), where)), reverse=True
    )[:count]


def entries(places: str, params: list) -> list[tuple]:
    """[(place, tokens of each column as one text, …)] of the places that a SELECT gives."""
    sql = f"SELECT rowid, {', '.join(WEIGHTS)} FROM {TABLE} WHERE rowid IN ({places})"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def is_answer(question: Question, texts: list[str], where: slice = slice(None)) -> bool:
    """`where`: the columns that must have what is wanted; what is not wanted may stand in none."""
    # A sign between the columns, so that no phrase reaches from one into the next.
    wanted_in, text = (f" {' | '.join(each)} " for each in (texts[where], texts))

    def has(text: str, term: Term) -> bool:
        return any(f" {' '.join(phrase)} " in text for phrase in term)

    return all(has(wanted_in, term) for term in question.every) and not any(
        has(text, term) for term in question.none
    )


def select(
    question: Question, now: datetime, count: int, order: str = "DESC", columns: str = ""
) -> tuple[str, list]:
    """SQL and parameters for at most `count` places of stories with all the words of a question without phrases."""
    limits = range_of(question, now, "w.rowid")
    # CROSS JOIN: the words come first. What is put into the text is ours; what a reader typed is a parameter.
    sql = (
        f"SELECT w.rowid FROM {TABLE} w CROSS JOIN newsroom_searchentry e ON e.place = w.rowid"  # noqa: S608
        f" WHERE {TABLE} MATCH %s AND {limits.sql} ORDER BY w.rowid {order} LIMIT %s"
    )
    return sql, [expression(question, columns), *(adapted(each) for each in limits.params), count]


def score(question: Question, texts: list[str]) -> float:
    # Spaces are doubled, because two tokens beside each other would share one.
    spaced = [f" {text} ".replace(" ", "  ") for text in texts]
    length = sum(text.count(" ") + 1 for text in texts if text)
    return rank([[text.count(f" {each} ") for text in spaced] for each in question.tokens], length)


def adapted(value):
    """A moment or a day as Django's columns hold it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value if isinstance(value, int) else connection.ops.adapt_datefield_value(value)
