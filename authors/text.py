"""What happens to words on their way into the database, and how names are compared, sorted and put into addresses."""

import re
import unicodedata

from anyascii import anyascii
from django.core.validators import RegexValidator
from django.db import models
from django.utils.text import slugify

# Characters that XML 1.0 cannot carry: one of them in a headline would stop every feed.
XML_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
APOSTROPHES = re.compile("['`´ʻʼʽˈ‘’‛′＇]")
SLUG_LENGTH = 80  # characters

CYRILLIC = str.maketrans({
    "а": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ё": "yo", "ж": "j", "з": "z",
    "и": "i", "й": "y", "к": "k", "қ": "q", "л": "l", "м": "m", "н": "n", "о": "o", "ў": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "x", "ҳ": "h", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i", "ә": "a", "ң": "n",
    "ө": "o", "ұ": "u", "ү": "u", "һ": "h",
})  # fmt: skip


def normalise(text: str) -> str:
    """The only change made to typed text: Unicode NFC, line ends as \\n, XML-illegal characters removed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", XML_ILLEGAL.sub("", text))


LONGEST_IDENTITY = 400  # characters: casefolding makes at most three of one of the 120 that a name may have


def identity(name: str) -> str:
    """What makes two written names one name; two names of different identity are different, however alike.

    Small and capital letters, Unicode's forms of one letter, blanks, and signs that nobody sees make no difference.
    Nor does the key that typed an apostrophe: Uzbek `oʻ` is typed `o'`, `o‘` and `o``, and all are the same letter;
    but `Oʻt` (fire) is not `Ot` (horse), and `Меры` (measures) is not `Мэры` (mayors). See `fold` for what is alike.
    """
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())
    key = "".join(char for char in text if unicodedata.category(char) not in ("Cf", "Cc") or char.isspace())
    key = " ".join(APOSTROPHES.sub("'", key).split()) or " ".join(text.split()) or text
    return key[:LONGEST_IDENTITY]


def fold(text: str) -> str:
    """One key for names that look alike: `Oʻzbekiston`, `O'zbekiston`, `O‘ZBEKISTON`, `Ўзбекистон`.

    For finding, sorting, and offering what may be meant; never for deciding that two names are one (`identity`).
    """
    text = unicodedata.normalize("NFC", text).casefold()
    key = APOSTROPHES.sub("", text).translate(CYRILLIC)
    if not key.isprintable():
        key = "".join(char for char in key if unicodedata.category(char) not in ("Cf", "Cc") or char.isspace())
    return " ".join(key.split()) or " ".join(text.split()) or text


def slug_for(text: str, *, otherwise: str) -> str:
    """An ASCII address of at most `SLUG_LENGTH` characters, cut between words; `otherwise` when nothing is left."""
    slug = slugify(anyascii(APOSTROPHES.sub("", unicodedata.normalize("NFC", text)[:400])))
    if len(slug) > SLUG_LENGTH:
        slug = slug[: SLUG_LENGTH + 1].rpartition("-")[0] or slug[:SLUG_LENGTH]
    return slug.strip("-_") or otherwise


def initials(name: str) -> str:
    """The first letters of the first and the last word of a name."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


slug_validator = RegexValidator(r"^[a-z0-9_-]+\Z", "Use small letters a–z, digits and hyphens.")


def free_slug(wish: str, taken) -> str:
    """`wish`, or `wish-2`, `wish-3` …: the first for which `taken(slug)` is false."""
    slug, number = wish, 1
    while taken(slug):
        number += 1
        slug = f"{wish}-{number}"
    return slug


class NormalisedMixin:
    """Normalises on the way to the database, so that forms, fixtures, bulk writes and the shell agree."""

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return normalise(value) if isinstance(value, str) else value

    def clean(self, value, instance):
        return super().clean(normalise(value) if isinstance(value, str) else value, instance)


class LineField(NormalisedMixin, models.CharField):
    """One line of text."""


class ProseField(NormalisedMixin, models.TextField):
    """Plain text of several lines."""
