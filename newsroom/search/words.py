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

from authors.text import APOSTROPHES, fold

WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+(?:['`´ʻʼʽˈ‘’‛′＇][^\W_]+)*")  # a Chinese sign is a word
CYRILLIC = re.compile("[\u0400-\u04ff]")
MARKS = re.compile("[\u0300-\u036f]")
LONGEST = 40  # characters of a token; what is longer is cut
MOST_READ = 200  # characters of a word that are looked at: a text may be one word of a million letters
# Words whose tokens stay in memory, about 0.4 KB each. A text repeats its words and its archive's; what readers type is
# a stranger's choice, and has a small memory of its own that pushes no word of a text out.
OF_TEXTS, OF_READERS = 20_000, 1_000

# How Russian is typed in Latin letters, longest first.
LATIN = {
    "shch": "щ", "sch": "щ", "yo": "ё", "zh": "ж", "kh": "х", "ts": "ц", "ch": "ч", "sh": "ш", "yu": "ю", "ya": "я",
    "a": "а", "b": "б", "v": "в", "g": "г", "d": "д", "e": "е", "j": "ж", "z": "з", "i": "и", "y": "й", "k": "к",
    "q": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "r": "р", "s": "с", "t": "т", "u": "у", "f": "ф",
    "x": "х", "h": "х", "c": "ц", "w": "в",
}  # fmt: skip
IN_CYRILLIC = re.compile("|".join(LATIN))


def plain(word: str) -> str:
    """`word` in small ASCII letters and digits, accents and apostrophes gone; "" when nothing is left of it."""
    word = word[:MOST_READ]
    if not word.isascii():
        word = anyascii(MARKS.sub("", unicodedata.normalize("NFKD", fold(word))))
    letters = "".join(filter(str.isalnum, word.casefold()))
    return letters.replace("kh", "x").replace("zh", "j")[:LONGEST]  # Bukhara and Buxoro's х are one letter


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
    in_cyrillic = word if is_cyrillic else IN_CYRILLIC.sub(lambda match: LATIN[match[0]], plain(word))
    stem = russian_stem(in_cyrillic)
    found = [plain(word), english_stem(word), token(in_cyrillic, "ru") if plain(stem) else ""]
    if is_cyrillic:
        found.append(plain(stem))  # a name in a text of another language has no Russian ending
    return tuple(dict.fromkeys(filter(None, found)))


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
    folded = APOSTROPHES.sub("", unicodedata.normalize("NFC", word[:MOST_READ]).casefold()).replace("ё", "е")
    return stemmed(folded, "russian")


def words_of(text: str) -> Iterator[re.Match]:
    """The words of a text, each with its place."""
    return WORD.finditer(text)


def tokens(text: str, language: str, most: int) -> list[str]:
    """The tokens of the first `most` words of a text, in their order."""
    found = []
    for match in WORD.finditer(text):
        if each := token_in_text(match[0], language):
            found.append(each)
            if len(found) == most:
                break
    return found
