"""Names as they are heard, so that two spellings of one can be seen beside each other."""

import re
from collections.abc import Iterable

from newsroom.foundation.text import fold


def respelled(name: str, sounds: Iterable[tuple[str, str]]) -> str:
    """`name` folded, with each way of writing a sound in `sounds`, [(written, heard)], put into one, in their order."""
    text = fold(name)
    for written, heard in sounds:
        text = text.replace(written, heard)
    return text


def undoubled(text: str) -> str:
    return re.sub(r"(.)\1+", r"\1", text)


def bones(word: str, *, unheard: str) -> str:
    """The first letter, and of the others those that are not among the `unheard`."""
    return word[:1] + "".join(char for char in word[1:] if char not in unheard)
