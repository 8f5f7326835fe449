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

import snowballstemmer
from anyascii import anyascii

from authors.text import APOSTROPHES, fold

WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+(?:['`´ʻʼʽˈ‘’‛′＇][^\W_]+)*")  # a Chinese sign is a word
CYRILLIC = re.compile("[\u0400-\u04ff]")
MARKS = re.compile("[\u0300-\u036f]")
LONGEST = 40  # characters of a token; what is longer is cut
REMEMBERED = 100_000  # words whose tokens stay in memory

ENGLISH, RUSSIAN = snowballstemmer.stemmer("english"), snowballstemmer.stemmer("russian")
# How Russian is typed in Latin letters, longest first.
LATIN = {
    "shch": "щ", "sch": "щ", "yo": "ё", "zh": "ж", "kh": "х", "ts": "ц", "ch": "ч", "sh": "ш", "yu": "ю", "ya": "я",
    "a": "а", "b": "б", "v": "в", "g": "г", "d": "д", "e": "е", "j": "ж", "z": "з", "i": "и", "y": "й", "k": "к",
    "q": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "r": "р", "s": "с", "t": "т", "u": "у", "f": "ф",
    "x": "х", "h": "х", "c": "ц", "w": "в",
}  # fmt: skip
IN_CYRILLIC = re.compile("|".join(LATIN))


@lru_cache(REMEMBERED)
def plain(word: str) -> str:
    """`word` in small ASCII letters and digits, accents and apostrophes gone; "" when nothing is left of it."""
    text = MARKS.sub("", unicodedata.normalize("NFKD", fold(word)))
    letters = "".join(filter(str.isalnum, anyascii(text).casefold()))
    return letters.replace("kh", "x").replace("zh", "j")[:LONGEST]  # Bukhara and Buxoro's х are one letter


@lru_cache(REMEMBERED)
def token(word: str, language: str) -> str:
    """What the index keeps of one word of a text in `language`; "" for nothing."""
    if language == "ru" and CYRILLIC.search(word):
        return f"r_{plain(russian_stem(word))}"[:LONGEST]
    if language == "en":
        return english_stem(word)
    return plain(word)


@lru_cache(REMEMBERED)
def variants(word: str) -> tuple[str, ...]:
    """All tokens that a reader's word may stand for, as in a text of no known language, in English and in Russian."""
    is_cyrillic = CYRILLIC.search(word)
    in_cyrillic = word if is_cyrillic else IN_CYRILLIC.sub(lambda match: LATIN[match[0]], plain(word))
    stem = russian_stem(in_cyrillic)
    found = [plain(word), english_stem(word), token(in_cyrillic, "ru") if plain(stem) else ""]
    if is_cyrillic:
        found.append(plain(stem))  # a name in a text of another language has no Russian ending
    return tuple(dict.fromkeys(filter(None, found)))


def english_stem(word: str) -> str:
    return ENGLISH.stemWord(plain(word))[:LONGEST]


def russian_stem(word: str) -> str:
    folded = APOSTROPHES.sub("", unicodedata.normalize("NFC", word).casefold()).replace("ё", "е")
    return RUSSIAN.stemWord(folded)


def words_of(text: str) -> Iterator[re.Match]:
    """The words of a text, each with its place."""
    return WORD.finditer(text)


def tokens(text: str, language: str, most: int) -> list[str]:
    """The tokens of the first `most` words of a text, in their order."""
    found = []
    for match in WORD.finditer(text):
        if each := token(match[0], language):
            found.append(each)
            if len(found) == most:
                break
    return found
