"""Names that may mean the same: the same words in another order, or the same letters but for vowels and doubling.

Only a suggestion for a person to look at: nothing is ever merged by itself.
"""

import re
from collections import defaultdict
from itertools import combinations

from django.db.models import Count

from authors.text import fold

MOST_NAMES, MOST_PAIRS, MOST_UNKNOWN = 20_000, 100, 50
SOUNDS = (("kh", "x"), ("zh", "j"), ("sh", "s"), ("ch", "c"), ("ph", "f"), ("ck", "k"), ("q", "k"), ("w", "v"))
SHORT = 3  # letters left of a name: too few to say anything


def skeleton(name: str) -> str:
    """What is left of a name without vowels, doubled letters and the order of its words."""
    words = []
    for word in re.findall(r"\w+", fold(name)):
        for written, sound in SOUNDS:
            word = word.replace(written, sound)
        bones = word[:1] + re.sub(r"[aeiouyh]", "", word[1:])
        words.append(re.sub(r"(.)\1+", r"\1", bones))
    return " ".join(sorted(words))


class Known:
    """Names among which those are found that may be meant by another: they look alike, or share the last word and the
    first letter, as "J. Doe" and "Jane Doe" do."""

    def __init__(self, rows):
        self.alike, self.abbreviated = defaultdict(list), defaultdict(list)
        for row in rows:
            for keys, found in zip(self.keys_of(row.name), (self.alike, self.abbreviated), strict=True):
                for key in keys:
                    found[key].append(row)

    @staticmethod
    def keys_of(name: str) -> tuple[list, list]:
        bones, words = skeleton(name), fold(name).split()
        return (
            [bones] if len(bones.replace(" ", "")) >= SHORT else [],
            [(words[0][0], words[-1])] if len(words) > 1 else [],
        )

    def meant_by(self, name: str, most=3) -> list:
        alike, abbreviated = self.keys_of(name)
        rows = [row for key in alike for row in self.alike[key]]
        rows += [row for key in abbreviated for row in self.abbreviated[key]]
        return list(dict.fromkeys(rows))[:most]


def unknown_names(authors) -> list[tuple]:
    """[(author who came with an import, how many stories, those who may be meant)], at most `MOST_UNKNOWN` of them."""
    stories = Count("bylines__article", distinct=True)
    waiting = list(authors.unknown().alphabetical().annotate(stories=stories)[:MOST_UNKNOWN])
    known = Known(authors.order_by("is_unknown", "pk").only("pk", "name")[:MOST_NAMES] if waiting else ())
    return [
        (row, row.stories, [other for other in known.meant_by(row.name, 4) if other.pk != row.pk][:3])
        for row in waiting
    ]  # fmt: skip


def likely(rows) -> list[tuple]:
    """Pairs of rows (each with a `name`) that look alike, at most `MOST_PAIRS`."""
    groups = {}
    for row in rows[:MOST_NAMES]:
        key = skeleton(row.name)
        if len(key.replace(" ", "")) >= SHORT:
            groups.setdefault(key, []).append(row)
    pairs = [pair for group in groups.values() if len(group) > 1 for pair in combinations(group[:8], 2)]
    return pairs[:MOST_PAIRS]
