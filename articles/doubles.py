"""Names that may mean the same: the same words in another order, or the same letters but for vowels and doubling.

Only a suggestion for a person to look at: nothing is ever merged by itself.
"""

import re
from itertools import combinations

from authors.text import fold

MOST_NAMES, MOST_PAIRS = 20_000, 100
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


def likely(rows) -> list[tuple]:
    """Pairs of rows (each with a `name`) that look alike, at most `MOST_PAIRS`."""
    groups = {}
    for row in rows[:MOST_NAMES]:
        key = skeleton(row.name)
        if len(key.replace(" ", "")) >= SHORT:
            groups.setdefault(key, []).append(row)
    pairs = [pair for group in groups.values() if len(group) > 1 for pair in combinations(group[:8], 2)]
    return pairs[:MOST_PAIRS]
