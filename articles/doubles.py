"""Names that may mean the same: the same words in another order, or the same letters but for vowels and doubling.

Only a suggestion for a person to look at: nothing is ever merged by itself.
"""

import re
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


def suggestions(name: str, rows, most=3) -> list:
    """Rows (each with a `name`) that may be meant by this name: they look alike, or share the last word and the first
    letter, as "J. Doe" and "Jane Doe" do."""
    bones, words = skeleton(name), fold(name).split()

    def likeness(row):
        others = fold(row.name).split()
        same_end = words and others and words[-1] == others[-1] and words[0][0] == others[0][0]
        return 2 if skeleton(row.name) == bones else 1 if same_end else 0

    found = [(likeness(row), row) for row in rows]
    return [row for like, row in sorted(found, key=lambda pair: -pair[0]) if like][:most]


def unknown_names(authors) -> list[tuple]:
    """[(author who came with an import, how many stories, those who may be meant)], at most `MOST_UNKNOWN` of them."""
    came_in = list(authors.unknown().alphabetical().annotate(stories=Count("bylines"))[:MOST_UNKNOWN])
    known = list(authors.filter(came_in=False).only("pk", "name")[:MOST_NAMES]) if came_in else []
    return [(row, row.stories, suggestions(row.name, known)) for row in came_in]


def likely(rows) -> list[tuple]:
    """Pairs of rows (each with a `name`) that look alike, at most `MOST_PAIRS`."""
    groups = {}
    for row in rows[:MOST_NAMES]:
        key = skeleton(row.name)
        if len(key.replace(" ", "")) >= SHORT:
            groups.setdefault(key, []).append(row)
    pairs = [pair for group in groups.values() if len(group) > 1 for pair in combinations(group[:8], 2)]
    return pairs[:MOST_PAIRS]
