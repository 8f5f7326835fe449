"""Read what a reader typed: words, "phrases", -words, author: tag: section: before: after:, and the filters beside it.

Nothing here is an error: what cannot be understood is left out, and the page says so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from articles.models import Article
from newsroom.foundation.text import fold, prose
from newsroom.search import forms
from newsroom.search.words import INITIALS, closed_up, compounds, in_other_alphabet, plain, words_of

LONGEST, MOST_WORDS = 200, 12  # characters, words
ORDERS = tuple(dict(forms.ORDERS))
PIECE = re.compile(r"""(-?)(?:([^\W\d_][\w'‘’ʻʼ`]*):)?("[^"]*"?|“[^”]*”?|«[^»]*»?|\S+)""")
# Words before a colon, folded, as readers of each language of the pages write them.
FIELDS = {
    "author": "author",
    "avtor": "author",
    "muallif": "author",
    "tag": "tag",
    "tema": "tag",
    "mavzu": "tag",
    "section": "section",
    "razdel": "section",
    "bolim": "section",
    "before": "before",
    "do": "before",
    "gacha": "before",
    "after": "after",
    "posle": "after",
    "keyin": "after",
}
DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?\Z", re.ASCII)


@dataclass(frozen=True)
class Piece:
    """Words that must stand together, or that may not stand in the story at all."""

    words: tuple[str, ...]
    is_unwanted: bool = False
    closed_up: str = ""  # the words of "e-mail" as one: "email"


@dataclass(frozen=True)
class Query:
    """`names`: (kind, words) of author:, tag: and section:. `days`: before: and after: as typed; `fields`: what the
    form's filters say, as it was sent."""

    typed: str = ""
    pieces: tuple[Piece, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    after: date | None = None
    before: date | None = None
    fields: tuple[tuple[str, str], ...] = ()
    days: tuple[str, ...] = ()
    order: str = ORDERS[0]
    was_cut: bool = False
    not_understood: tuple[str, ...] = ()
    # names of the form's fields that hold something else than they ask for
    unclear_fields: tuple[str, ...] = ()

    @property
    def asks(self) -> bool:
        return bool(self.pieces or self.names or self.after or self.before or self.fields)

    @property
    def words(self) -> list[str]:
        return [word for piece in self.pieces if not piece.is_unwanted for word in piece.words]

    @property
    def marked_words(self) -> list[str]:
        """The words that an answer shows as found: those, and what looks like them in Latin letters."""
        wanted = [piece.words for piece in self.pieces if not piece.is_unwanted]
        return [
            *self.words,
            *(word for words in wanted for word in in_other_alphabet(words, is_latin=True)),
        ]

    def field(self, name: str) -> str:
        return dict(self.fields).get(name, "")

    def address(self, **changes) -> str:
        """The query as the beginning of a query string, for links to other pages of the result; a field that is None
        in `changes` is left out."""
        order = {} if self.order == ORDERS[0] else {"sort": self.order}
        wanted = {"q": self.typed} | dict(self.fields) | order | changes
        return urlencode({name: value for name, value in wanted.items() if value})

    @property
    def written(self) -> str:
        """The query as somebody would type it: what was understood, with all its conditions."""
        parts = [
            f"{'-' if piece.is_unwanted else ''}{quoted(' '.join(piece.words))}"
            for piece in self.pieces
        ]
        parts += [f"{kind}:{quoted(name)}" for kind, name in self.names]
        return " ".join([*parts, *self.days])

    @property
    def meaning(self) -> str:
        """The words as they were understood, for a query that was put right."""
        shown = [quoted(" ".join(piece.words)) for piece in self.pieces if not piece.is_unwanted]
        return " ".join(shown + [f"{kind}:{quoted(name)}" for kind, name in self.names])


def quoted(words: str) -> str:
    return f'"{words}"' if " " in words else words


def read(sent: Mapping[str, str]) -> Query:
    """`sent`: the fields of a request, as strings by name."""
    typed = " ".join(prose(sent.get("q", "")).split())
    query = read_words(typed[:LONGEST])
    query = replace(query, was_cut=query.was_cut or len(typed) > LONGEST)
    order = sent.get("sort", "")
    query = replace(query, order=order if order in ORDERS else ORDERS[0])
    return read_fields(query, sent)


def read_words(typed: str) -> Query:
    pieces, names, dates, days, unclear = [], [], {}, [], []
    room, was_cut = MOST_WORDS, False
    for minus, before_colon, value in PIECE.findall(INITIALS.sub(r"\1", typed)):
        field, value = FIELDS.get(fold(before_colon), ""), value.strip('"“”«»')
        if before_colon and not field:
            value = f"{before_colon}:{value}"
        if field in ("before", "after"):
            day = read_day(value)
            day = None if day == date.min else day  # there is no day before it
            unclear += [] if day else [f"{before_colon}:{value}"]
            dates[field] = day or dates.get(field)
            days += [f"{field}:{value}"] if day else []
            continue
        found = [match for match in words_of(value) if plain(match[0])]
        words = tuple(match[0] for match in found)
        was_cut = was_cut or len(words) > room
        words = words[:room]
        room -= len(words)
        if not words:
            continue
        if field and not minus:
            names.append((field, value))
        else:
            is_compound = len(words) > 1 and len(list(compounds(value))) == 1
            pieces.append(Piece(words, bool(minus), closed_up(found) if is_compound else ""))
    before = dates.get("before")
    return Query(
        typed,
        tuple(pieces),
        tuple(names),
        dates.get("after"),
        before and before - timedelta(1),
        days=tuple(days),
        was_cut=was_cut,
        not_understood=tuple(unclear),
    )


def read_fields(query: Query, sent) -> Query:
    values = {
        name: " ".join(prose(sent.get(name, "")).split())[: forms.LONGEST] for name in forms.FILTERS
    }
    first, last = read_day(values["from"]), read_day(values["to"])
    unclear = {
        name: values[name]
        for name, day in (("from", first), ("to", last))
        if values[name] and not day
    }
    if values["type"] not in Article.Type.values:
        values["type"] = ""
    return replace(
        query,
        fields=tuple(
            (name, value) for name, value in values.items() if value and name not in unclear
        ),
        after=max(filter(None, (query.after, first)), default=None),
        before=min(filter(None, (query.before, last)), default=None),
        not_understood=(*query.not_understood, *unclear.values()),
        unclear_fields=tuple(unclear),
    )


def read_day(text: str) -> date | None:
    """2024-09-12, or the first day of 2024-09 or of 2024."""
    found = DAY.match(text)
    try:
        return date(*(int(part or 1) for part in found.groups())) if found else None
    except ValueError:
        return None
