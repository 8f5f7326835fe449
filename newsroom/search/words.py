"""How words become what the index compares: one form for every spelling, alphabet and ending, on every database.

A token is ASCII letters and digits, whatever was written. An English word is cut to its stem; a Russian one too, in
Cyrillic, before it is written in Latin letters, and is marked as such ("r_"), so that the two never meet by chance. A
word of any other language stands as it is. A reader's word does not say its language, so it stands for all the tokens
it may be.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from anyascii import anyascii
from Stemmer import Stemmer

from newsroom.foundation.text import (
    APOSTROPHES,
    DOTTED,
    MEANINGLESS,
    SOUTH_EAST,
    WITHIN_WORDS,
    fold,
    seen,
)

CHINESE = r"\u3040-\u30ff\u3400-\u9fff"
UNSEEN = WITHIN_WORDS + MEANINGLESS
RAISED = r"\u00b2\u00b3\u00b9\u2070-\u2079\u2080-\u2089"  # figures above and below the line: 10⁶ is not 106
LETTER = rf"[^\W\d_{CHINESE}{RAISED}]"
# Inside a word and no end of it: vowel signs and accents of their own, and what nobody sees (a zero-width space parts
# the words of South-East Asia, and no others).
WITHIN = (
    rf"(?:[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0711-\u0903\u093a-\u0963"
    rf"\u0981-\u0dff\u0e31-\u0e4e\u0eb1-\u0ece\u0f18-\u0fc6\u102b-\u109d\u135d-\u135f\u1712-\u1734\u17b4-\u17d3\u17dd"
    rf"\u180b-\u180f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]|(?<![{SOUTH_EAST}])\u200b|[{UNSEEN}])"
)
# In this order: U.S., J.K. and J. K. are words; a Chinese sign is one; figures and letters that touch are two, as if a
# hyphen stood between them, so that COVID19 and COVID-19, G20 and G-20 are the same.
WORD = re.compile(
    rf"(?<![^\W_])[^\W\d_]\.(?:\s[^\W\d_]\.)+(?=\s)|{DOTTED.pattern}|[{CHINESE}]|\d+|[{RAISED}]+"
    rf"|{LETTER}+(?:{WITHIN}{LETTER}*)*(?:['`´ʻʼʽˈ‘’‛′＇]{LETTER}+(?:{WITHIN}{LETTER}*)*)*"
)
# J. K. Rowling, as J.K. Rowling
INITIALS = re.compile(r"(?<![^\W_])([^\W\d_]\.)\s(?=[^\W\d_]\.(?:\s|\Z))")
HYPHENS = {"-", "\u2010", "\u2011"}
CYRILLIC = re.compile("[\u0400-\u04ff]")
# accents; vowels that may be left out
MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]")
MOST_COMPOUNDS, MOST_PARTS = 1_000, 4  # words with a hyphen in one text, parts of one
LONGEST = 40  # characters of a token; what is longer is cut
# Characters of a word that are looked at: a text may be one word of a million letters.
MOST_READ = 200
# Words whose tokens stay in memory, about 0.4 KB each. A text repeats its words and its archive's; what readers type is
# a stranger's choice, and has a small memory of its own that pushes no word of a text out.
OF_TEXTS, OF_READERS = 20_000, 1_000

# Letters of either alphabet that a reader cannot tell apart in “СО₂”, “А4”, “Т-34”.
LOOK_ALIKE = dict(zip("авекмнорстхуіјѕ", "abekmhopctxyijs", strict=True))
IN_LATIN = str.maketrans(LOOK_ALIKE)
IN_LOOK_ALIKE_CYRILLIC = str.maketrans({latin: cyrillic for cyrillic, latin in LOOK_ALIKE.items()})

# How Russian is typed in Latin letters, longest first.
LATIN = {
    "shch": "щ",
    "sch": "щ",
    "yo": "ё",
    "zh": "ж",
    "kh": "х",
    "ts": "ц",
    "ch": "ч",
    "sh": "ш",
    "yu": "ю",
    "ya": "я",
    "a": "а",
    "b": "б",
    "v": "в",
    "g": "г",
    "d": "д",
    "e": "е",
    "j": "ж",
    "z": "з",
    "i": "и",
    "y": "й",
    "k": "к",
    "q": "к",
    "l": "л",
    "m": "м",
    "n": "н",
    "o": "о",
    "p": "п",
    "r": "р",
    "s": "с",
    "t": "т",
    "u": "у",
    "f": "ф",
    "x": "х",
    "h": "х",
    "c": "ц",
    "w": "в",
}
IN_CYRILLIC = re.compile("|".join(LATIN))


def plain(word: str) -> str:
    """`word` in small ASCII letters and digits, accents and apostrophes gone; "" when nothing is left of it."""
    word = word[:MOST_READ]
    if not word.isascii():
        # NFKD writes ½ with a stroke of its own, and no figures may close up over it.
        word = anyascii(
            MARKS.sub("", unicodedata.normalize("NFKD", fold(seen(word)))).replace("\u2044", "over")
        )
    letters = "".join(filter(str.isalnum, word.casefold()))
    # Bukhara and Buxoro's х are one letter
    return letters.replace("kh", "x").replace("zh", "j")[:LONGEST]


def token(word: str, language: str) -> str:
    """What the index keeps of one word in `language`; "" for nothing."""
    if language == "ru" and CYRILLIC.search(word):
        return f"r_{plain(russian_stem(word))}"[:LONGEST]
    if language == "en":
        return english_stem(word)
    return plain(word)


@lru_cache(OF_READERS)
def variants(word: str) -> tuple[str, ...]:
    """All tokens that a reader's word may stand for, as in a text of no known language, in English and in Russian."""
    is_cyrillic = CYRILLIC.search(word)
    in_cyrillic = (
        word if is_cyrillic else IN_CYRILLIC.sub(lambda match: LATIN[match[0]], plain(word))
    )
    stem = russian_stem(in_cyrillic)
    found = [plain(word), english_stem(word), token(in_cyrillic, "ru") if plain(stem) else ""]
    if is_cyrillic:
        found.append(plain(stem))  # a name in a text of another language has no Russian ending
    return tuple(dict.fromkeys(filter(None, found)))


def in_other_alphabet(words: tuple[str, ...], *, is_latin: bool) -> tuple[str, ...]:
    """`words` of one thing with a number in it, such as ("СО", "2"), in small letters of Latin (`is_latin`) or Cyrillic
    that look the same; () when there is no number, or no word of such letters alone. A word without a number means
    itself: “рот” (mouth) is no “pot”."""
    if not any(map(str.isnumeric, words)):
        return ()
    table = IN_LATIN if is_latin else IN_LOOK_ALIKE_CYRILLIC
    small, letters = tuple(map(str.lower, words)), set(map(chr, table))
    found = tuple(each.translate(table) if letters.issuperset(each) else each for each in small)
    return found if found != small else ()


remembered_plain = lru_cache(OF_TEXTS)(plain)
remembered_token = lru_cache(OF_TEXTS)(token)


def plain_in_text(word: str) -> str:
    """`plain()` of a word that stands in a text of ours: remembered."""
    return remembered_plain(word[:MOST_READ])


def token_in_text(word: str, language: str) -> str:
    """`token()` of a word that stands in a text of ours: remembered."""
    return remembered_token(word[:MOST_READ], language)


def stemmed(word: str, language: str) -> str:
    """`language`: "english" or "russian", as Snowball names its algorithms."""
    # A stemmer works inside a word that it holds: two threads that share one write into each other's word. A new one
    # for each word costs half a millionth of a second, and its own memory (0) would only repeat ours.
    return Stemmer(language, 0).stemWord(word)


def english_stem(word: str) -> str:
    return stemmed(plain(word), "english")[:LONGEST]


def russian_stem(word: str) -> str:
    word = seen(unicodedata.normalize("NFC", word[:MOST_READ]))
    word = "".join(word.replace(".", "").split())
    folded = APOSTROPHES.sub("", word.casefold()).replace("ё", "е")
    return stemmed(folded, "russian")


def words_of(text: str) -> Iterator[re.Match]:
    """The words of a text, each with its place."""
    return WORD.finditer(text)


def tokens(text: str, language: str, most: int) -> list[str]:
    """The tokens of the first `most` words of a text, in their order; behind them those of words with a hyphen as if
    they had none, so that "email" finds "e-mail"."""
    found, whole = [], []
    for compound in compounds(text):
        for match in compound:
            if each := token_in_text(match[0], language):
                found.append(each)
                if len(found) == most:
                    return found + whole
        if len(compound) > 1 and len(whole) < MOST_COMPOUNDS and (joined := closed_up(compound)):
            whole.append(token_in_text(joined, language))
    return found + whole


def compounds(text: str) -> Iterator[list[re.Match]]:
    """The words of a text, those together that a hyphen joins."""
    joined = []
    for match in WORD.finditer(text):
        if joined and text[joined[-1].end() : match.start()] not in HYPHENS:
            yield joined
            joined = []
        joined.append(match)
    if joined:
        yield joined


def closed_up(compound: list[re.Match]) -> str:
    """“e-mail” as “email”; "" for what is not a few words of letters: figures are words of their own anyway."""
    joined = "".join(match[0] for match in compound)
    return (
        joined
        if len(compound) <= MOST_PARTS and len(joined) <= LONGEST and joined.isalpha()
        else ""
    )
