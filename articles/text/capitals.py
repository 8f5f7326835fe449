"""Where a capital letter means a name, and where it only says that a sentence begins."""

import re

# A dot behind these ends no sentence: initials, titles, and what Russian writes before a town, a street, a name.
SHORTENED = re.compile(r"(?:^|[^\w.])(?:[^\W\d_]|Mrs?|Ms|Dr|St|Prof|им|ул|проф)\.$")
BEGINNING = ("", "\n", ".", "!", "?", "…", ":", "“", "«", '"', "‘")  # what a sentence begins behind
CLOSING = "”»’)]"  # these may stand between the end of a sentence and the next


def follows_a_word(text: str, start: int) -> bool:
    """Whether it stands inside a sentence, where a capital means a name."""
    before = text[max(0, start - 8) : start].rstrip(" ")
    if before.endswith(".") and SHORTENED.search(before):
        return True
    return before[-1:] not in BEGINNING and before.rstrip(CLOSING)[-1:] not in BEGINNING


def has_capital(word: str) -> bool:
    return word[0].isupper()


def names_in(text: str, words: re.Pattern) -> set[str]:
    """The `words` of the text that are written as names are: with a capital inside a sentence, or more than one."""
    found = set()
    for match in words.finditer(text):
        word = match[0]
        if word in found or not has_capital(word):
            continue
        if any(char.isupper() for char in word[1:]) or follows_a_word(text, match.start()):
            found.add(word)
    return found
