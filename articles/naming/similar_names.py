"""Names that may mean the same: the same words in another order, or the same letters but for vowels and doubling.

Only a suggestion for a person to look at: nothing is ever merged by itself.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from articles.models.article import ArticleQuerySet
from articles.text.sounds import bones, respelled, undoubled
from newsroom.foundation.text import fold, identity

MOST_NAMES, MOST_PAIRS, MOST_UNKNOWN = 20_000, 100, 50
SOUNDS = (
    ("kh", "x"),
    ("zh", "j"),
    ("sh", "s"),
    ("ch", "c"),
    ("ph", "f"),
    ("ck", "k"),
    ("q", "k"),
    ("w", "v"),
)
SHORT = 3  # letters left of a name: too few to say anything


def skeleton(name: str) -> str:
    """What is left of a name without vowels, doubled letters and the order of its words."""
    words = re.findall(r"\w+", respelled(name, SOUNDS))
    return " ".join(sorted(undoubled(bones(word, unheard="aeiouyh")) for word in words))


def sound(name: str) -> str:
    """What names that may be one have in common: the skeleton, or of short ones the whole folded name."""
    found = skeleton(name)
    return found if len(found.replace(" ", "")) >= SHORT else f"={fold(name)}"


class Known:
    """Names among which those are found that may be meant by another: they are the same, look alike, or share the last
    word and the first letter, as "J. Doe" and "Jane Doe" do. A row's `once`: a name that it had before."""

    def __init__(self, rows):
        self.same, self.alike, self.abbreviated = (
            defaultdict(list),
            defaultdict(list),
            defaultdict(list),
        )
        for row in rows:
            for name in filter(None, (row.name, getattr(row, "once", None))):
                for key, found in self.places_of(name):
                    found[key].append(row)

    def places_of(self, name: str) -> list[tuple]:
        """[(key, those known by such a key)], the surest first."""
        words = fold(name).split()
        shortened = [((words[0][0], words[-1]), self.abbreviated)] if len(words) > 1 else []
        return [(identity(name), self.same), (sound(name), self.alike), *shortened] if words else []

    def meant_by(self, name: str, most=3) -> list:
        rows = [row for key, found in self.places_of(name) for row in found.get(key, ())]
        return list(dict.fromkeys(rows))[:most]


def unknown_names(authors: QuerySet, stories: ArticleQuerySet) -> list[tuple]:
    """[(author who came with an import, how many of `stories`, those who may be meant)], at most `MOST_UNKNOWN`."""
    counted = Count("bylines__article", distinct=True, filter=Q(bylines__article__in=stories))
    waiting = list(authors.unknown().alphabetical().annotate(stories=counted)[:MOST_UNKNOWN])
    people = authors.told_apart().annotate(once=F("aliases__name")).order_by("is_unknown", "pk")
    known = Known(people.only("pk", "name", "role", "slug")[:MOST_NAMES] if waiting else ())
    return [
        (
            row,
            row.stories,
            [other for other in known.meant_by(row.name, 4) if other.pk != row.pk][:3],
        )
        for row in waiting
    ]


def likely(rows: Sequence[Any] | QuerySet) -> list[tuple]:
    """Pairs of rows (each with a `name`) that look alike, at most `MOST_PAIRS`; what differs least comes first."""
    groups = defaultdict(list)
    for row in rows[:MOST_NAMES]:
        groups[sound(row.name)].append(row)
    pairs = [pair for group in groups.values() for pair in combinations(group[:8], 2)]
    return sorted(pairs, key=lambda pair: fold(pair[0].name) != fold(pair[1].name))[:MOST_PAIRS]
