"""One name spelled two ways inside a story: Akmalkhuja and Akmalkhoja.

Only long words with a capital that never stand without one are compared, and only those that differ in a vowel, a
doubled letter or the pairs that transliteration confuses. Few flags, right ones.
"""

import re
from collections.abc import Iterator

from articles.copydesk.problem import WARN, Copy, Problem, sentence_around
from articles.text.capitals import follows_a_word
from articles.text.sounds import bones, respelled, undoubled

WORD = re.compile(r"[^\W\d_]+(?:['’ʻʼ‘-][^\W\d_]+)*")
SHORTEST, LONGEST = 5, 60  # letters
MOST_NAMES = 10_000  # of one story
SOUNDS = [
    ("kh", "x"),
    ("ts", "c"),
    ("iy", "i"),
    ("yi", "i"),
    ("ya", "a"),
    ("yu", "u"),
    ("yo", "o"),
    ("zh", "j"),
    ("dj", "j"),
    ("ph", "f"),
    ("ck", "k"),
    ("q", "k"),
    ("w", "v"),
    ("gh", "g"),
]
# Words that begin sentences and sound like another one.
COMMON = {
    "these",
    "those",
    "there",
    "three",
    "where",
    "were",
    "still",
    "steel",
    "while",
    "white",
    "since",
    "sense",
    "after",
    "often",
    "other",
    "either",
    "another",
    "again",
    "against",
    "though",
    "through",
}
ENDINGS = re.compile(r"(?:['’]s|s['’])$")
VOWELS = "aeiou"


def check(copy: Copy) -> Iterator[Problem]:
    written, small, inside = {}, set(), set()  # inside: seen where a capital means a name
    for field, text in copy.prose:
        for found in WORD.finditer(text):
            word = ENDINGS.sub("", found[0])
            if word[0].isupper() and not word.isupper():
                written.setdefault(word, (field, text, found.span()))
                if follows_a_word(text, found.start()):
                    inside.add(word)
            else:
                small.add(word.casefold())
    names = [
        word
        for word in written
        if SHORTEST <= len(word) <= LONGEST and word.casefold() not in small
    ]
    for first, second in alike(names):
        if not {first, second} & inside or {first.casefold(), second.casefold()} & COMMON:
            continue
        field, text, span = written[second]
        yield Problem(
            "name-spelling",
            WARN,
            field,
            f"“{first}” and “{second}”: one name, or two?",
            about=f"{first} / {second}: {sentence_around(text, *span)}",
            suggestion=first,
        )


def alike(names: list[str]):
    """Pairs, in the order of the text, that sound alike and are written differently."""
    by_skeleton = {}
    for name in names[:MOST_NAMES]:
        heard = undoubled(respelled(name, SOUNDS))
        like_it = by_skeleton.setdefault(bones(heard, unheard=VOWELS), [])
        for other, other_heard in like_it[-20:]:
            if not is_inflected(other, name) and one_step(other_heard, heard):
                yield other, name
        like_it.append((name, heard))


def one_step(first: str, second: str) -> bool:
    """Whether they differ in at most one letter (changed, or one more), not the last."""
    if first == second:
        return True
    if len(first) == len(second):
        places = [index for index in range(len(first)) if first[index] != second[index]]
        return len(places) == 1 and places[0] < len(first) - 1
    longer, shorter = sorted((first, second), key=len, reverse=True)
    return len(longer) == len(shorter) + 1 and any(
        longer[:index] + longer[index + 1 :] == shorter for index in range(len(longer) - 1)
    )


def is_inflected(first: str, second: str) -> bool:
    """Uzbek and Uzbeks, America and American: an ending, not another spelling."""
    longer, shorter = sorted((first.casefold(), second.casefold()), key=len, reverse=True)
    return longer.startswith(shorter)
