"""What happens to words on their way into the database, and how names are compared, sorted and put into addresses."""

import re
import unicodedata
from collections.abc import Callable

from anyascii import anyascii
from django import forms
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models

# Characters that XML 1.0 cannot carry: one of them in a headline would stop every feed.
XML_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
APOSTROPHES = re.compile("['`´ʻʼʽˈ‘’‛′＇]")
SLUG_LENGTH = 80  # characters

CYRILLIC = str.maketrans(
    {
        "а": "a",
        "б": "b",
        "в": "v",
        "г": "g",
        "ғ": "g",
        "д": "d",
        "е": "e",
        "ё": "yo",
        "ж": "j",
        "з": "z",
        "и": "i",
        "й": "y",
        "к": "k",
        "қ": "q",
        "л": "l",
        "м": "m",
        "н": "n",
        "о": "o",
        "ў": "o",
        "п": "p",
        "р": "r",
        "с": "s",
        "т": "t",
        "у": "u",
        "ф": "f",
        "х": "x",
        "ҳ": "h",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "sh",
        "ъ": "",
        "ы": "i",
        "ь": "",
        "э": "e",
        "ю": "yu",
        "я": "ya",
        "і": "i",
        "ә": "a",
        "ң": "n",
        "ө": "o",
        "ұ": "u",
        "ү": "u",
        "һ": "h",
    }
)


# Signs that nobody sees. What becomes of each in stored words is decided here and nowhere else, by what it does for a
# reader. (An address has its own rule: newsroom/foundation/links.py. Every other list in Python or in the
# editor's scripts holds signs of this one alone; tests/newsroom/test_invisible_signs.py looks.)
#
# | signs                                | in the text of a story      | in one line, a dek, a caption, a note         |
# | ------------------------------------ | --------------------------- | --------------------------------------------- |
# | controls, BOM, word joiner, grapheme | taken out: they do nothing  | taken out                                     |
# |   joiner, invisible operators, tags  |                             |                                               |
# | line ends and separators of any kind | a line end                  | in one line a blank, else a line end          |
# | fillers, the empty Braille cell      | a blank, as they look       | a blank                                       |
# | zero-width space                     | kept between letters of South-East Asia, whose words it parts               |
# | joiners (ZWJ, ZWNJ)                  | kept beside letters that they shape (Persian, Hindi …) and inside emoji     |
# | variation selectors                  | kept behind a sign that has variants, not behind a letter of ours           |
# | soft hyphen                          | kept inside a word          | taken out: titles, feeds and mails show it    |
# | direction: marks, isolates           | kept where letters run from right to left         | isolates only in pairs  |
# | direction: embeddings, overrides     | kept; the copy desk names   | taken out: in a list or a feed they would     |
# |                                      |   overrides                 |   turn round what stands behind them          |
# | no-break and other blanks            | kept: "10 km", "« »"        | kept; in names a plain blank                  |
#
# None of them counts when words are found or compared, or where it is asked whether there is anything.

ZERO_WIDTH_SPACE = "\u200b"  # the only one at which a word may end
WITHIN_WORDS = (
    "\u00ad\u061c\u200c-\u200f\u202a-\u202e\u2066-\u2069\ufe00-\ufe0f"
    "\U000e0020-\U000e007f\U000e0100-\U000e01ef"
)
FORMAT = ZERO_WIDTH_SPACE + WITHIN_WORDS
MEANINGLESS = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u034f\u17b4\u17b5\u180e\u2060-\u2065\u206a-\u206f\ufeff\ufff0-\ufffc"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e001f"
    "\U000e0080-\U000e00ff\U000e01f0-\U000e0fff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
)
INVISIBLE = FORMAT + MEANINGLESS + "\u180b-\u180d\u180f"  # as the inside of a pattern's [...]
# Letters and symbols by their category, blanks to the eye.
FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
BLANKS = re.compile(r"[\s\u200b]+")

MEANS_NOTHING = re.compile(f"[{MEANINGLESS}]+")
LOOKS_BLANK = re.compile(
    "[\u2800\u3164\uffa0]|(?<![\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb])[\u115f\u1160]"
)
SOMETHING = re.compile(rf"[^\s{INVISIBLE}{FILLERS}]")
IS_INVISIBLE = re.compile(f"[{INVISIBLE}]")
SHAPED = "\u0600-\u061b\u061d-\u109f\u1780-\u18af\ua840-\uabff\ufb50-\ufdff\ufe70-\ufefc"  # letters that joiners shape
SOUTH_EAST = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u1aaf\ua9e0-\ua9ff\uaa60-\uaa7f"
EMOJI = "\u00a9\u00ae\u203c\u2049\u20e3\u2122-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
LETTERS_OF_OURS = "A-Za-z\u00aa-\u024f\u0370-\u05ff"
OUT_OF_PLACE = re.compile(
    f"(?=[{FORMAT}])(?:"  # most signs are none of these, and are asked once
    f"(?<![{SHAPED}])\u200c(?![{SHAPED}])"
    f"|(?<![{SHAPED}{EMOJI}\ufe0f])\u200d(?![{SHAPED}])|(?<=[{EMOJI}\ufe0f])\u200d(?![{EMOJI}])"
    f"|(?<![{SOUTH_EAST}])\u200b|\u200b(?![{SOUTH_EAST}])"
    f"|(?:\\A|(?<=[\\s{LETTERS_OF_OURS}{FORMAT}]))[\ufe00-\ufe0f\U000e0100-\U000e01ef]+"
    r"|(?:\A|(?<=[\W\d_]))\u00ad+|\u00ad+(?=[\W\d_]|\Z)"
    "|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0020-\U000e007f]+)"
)
SOFT_HYPHEN = "\u00ad"
DIRECTION = re.compile("[\u061c\u200e\u200f\u2066-\u2069]")
ISOLATES = re.compile("[\u2066-\u2069]")
TURNING = re.compile("[\u202a-\u202e]")  # embeddings, overrides, and the end of either
OVERRIDES = re.compile("[\u202d\u202e]")
RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff]"
)


def normalise(text: str) -> str:
    """The only change made to typed text: Unicode NFC, line ends as \\n, and out with signs that do nothing for a
    reader. This is the rule for the text of a story; `prose` and `line` are for what stands in lists and feeds too."""
    text = unicodedata.normalize("NFC", BREAKS.sub("\n", text))
    if text.isascii() and text.isprintable():
        return text
    text = LOOKS_BLANK.sub(" ", MEANS_NOTHING.sub("", text))
    if not IS_INVISIBLE.search(text):
        return unicodedata.normalize("NFC", text)
    for _ in range(3):  # what stood between two of them may be out of its place without them
        text, went = OUT_OF_PLACE.subn("", text)
        if not went:
            break
    if DIRECTION.search(text) and not RIGHT_TO_LEFT.search(text):
        text = DIRECTION.sub("", text)
    return unicodedata.normalize("NFC", text)


def prose(text: str) -> str:
    """Plain text of several lines, as it may stand in a feed, a title or a mail as well."""
    text = normalise(text)
    if IS_INVISIBLE.search(text):
        text = normalise(TURNING.sub("", text.replace(SOFT_HYPHEN, "")))
        if not are_pairs(ISOLATES.findall(text)):
            text = ISOLATES.sub("", text)
    return "" if is_blank(text) else text


def are_pairs(isolates: list[str]) -> bool:
    """Whether each isolate that begins also ends, and none ends that did not begin."""
    depth = 0
    for each in isolates:
        depth += -1 if each == "\u2069" else 1
        if depth < 0:
            return False
    return depth == 0


def line(text: str) -> str:
    """One line: line ends and tabs are blanks, none stands at an end, and a line of nothing visible is ""."""
    return BLANKS.sub(blank_of, prose(text)).strip()


def blank_of(match: re.Match) -> str:
    """A no-break space that stands alone is meant; beside other blanks it is a slip."""
    found = match[0]
    return found if len(found) == 1 and found not in "\t\n" else " "


def name(text: str) -> str:
    """A name of a person, tag, section or series: one line in which every blank is a plain one."""
    return " ".join(line(text).split())


def seen(text: str) -> str:
    """`text` without any sign that nobody sees, for comparing and finding."""
    return IS_INVISIBLE.sub("", text)


def is_blank(text: str | None) -> bool:
    """Whether a reader would see nothing."""
    return not SOMETHING.search(text or "")


# Characters: casefolding makes at most three of one of the 120 that a name may have.
LONGEST_IDENTITY = 400


def identity(name: str) -> str:
    """What makes two written names one name; two names of different identity are different, however alike.

    Small and capital letters, Unicode's forms of one letter, blanks, and signs that nobody sees make no difference.
    Nor does the key that typed an apostrophe: Uzbek `oʻ` is typed `o'`, `o‘` and `o``, and all are the same letter;
    but `Oʻt` (fire) is not `Ot` (horse), and `Меры` (measures) is not `Мэры` (mayors). See `fold` for what is alike.
    """
    # PostgreSQL holds no zero byte, not even in the key of a name of nothing
    name = MEANS_NOTHING.sub("", name)
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())
    key = seen(text)
    key = " ".join(APOSTROPHES.sub("'", key).split()) or " ".join(text.split()) or text
    return key[:LONGEST_IDENTITY]


def fold(text: str) -> str:
    """One key for names that look alike: `Oʻzbekiston`, `O'zbekiston`, `O‘ZBEKISTON`, `Ўзбекистон`.

    For finding, sorting, and offering what may be meant; never for deciding that two names are one (`identity`).
    """
    text = unicodedata.normalize("NFC", MEANS_NOTHING.sub("", text)).casefold()
    key = APOSTROPHES.sub("", text).translate(CYRILLIC)
    if not key.isprintable():
        key = seen(key)
    return " ".join(key.split()) or " ".join(text.split()) or text


DOTTED = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.)+[^\W\d_](?![^\W_])\.?")  # U.S., U.N, т.е.
THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,]|\.\d{4})")
NOT_IN_SLUGS = re.compile(r"[^a-zA-Z0-9_]+")
WORDS_OF_SIGNS = {"%": "percent", "+": "plus"}


def slug_for(text: str, *, otherwise: str) -> str:
    """An ASCII address of at most `SLUG_LENGTH` characters, cut between words; `otherwise` when nothing is left.

    What stands between two words or numbers stands between them in the address: "and/or" is `and-or`, 3.5 is `3-5`
    and ½ is `1-2`. A number never becomes another, so 10⁶ is `10-6`; a thousand's comma is no part of one."""
    text = APOSTROPHES.sub("", seen(unicodedata.normalize("NFC", text[:400])))
    text = THOUSANDS.sub(lambda match: match[0].replace(",", ""), text)
    text = DOTTED.sub(lambda match: match[0].replace(".", ""), text)
    slug = NOT_IN_SLUGS.sub("-", "".join(in_ascii(text))).lower().strip("-_")
    if len(slug) > SLUG_LENGTH:
        slug = slug[: SLUG_LENGTH + 1].rpartition("-")[0] or slug[:SLUG_LENGTH]
    return slug.strip("-_") or otherwise


def in_ascii(text: str):
    """Each character in Latin letters; signs and fractions have a gap on either side, so that they join nothing."""
    before = ""
    for char in text:
        kind = unicodedata.category(char)
        letters = anyascii(char)
        if kind == "No":
            is_beside_number = before.isnumeric() or "/" in letters
            yield f"-{letters}-" if is_beside_number else letters
        elif kind[0] in "PS" and char != "_":
            yield f"-{WORDS_OF_SIGNS.get(char, letters)}-"
        elif char.isdigit() and unicodedata.category(before or " ") == "No":
            yield f"-{letters}"
        else:
            yield letters
        before = char


def initials(name: str) -> str:
    """The first letters of the first and the last word of a name."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


slug_validator = RegexValidator(r"^[a-z0-9_-]+\Z", "Use small letters a–z, digits and hyphens.")


def free_slug(wish: str, taken: Callable[[str], bool]) -> str:
    """`wish`, or `wish-2`, `wish-3` …: the first for which `taken(slug)` is false."""
    slug, number = wish, 1
    while taken(slug):
        number += 1
        slug = f"{wish}-{number}"
    return slug


class NormalisedMixin:
    """Normalises on the way to the database, so that forms, fixtures, bulk writes and the shell agree."""

    written = staticmethod(prose)  # how a text stands in the column

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if isinstance(value, str) and (written := self.written(value)) != value:
            # the object in hand says what the row says
            setattr(model_instance, self.attname, written)
        return value

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return self.written(value) if isinstance(value, str) else value

    def clean(self, value, instance):
        return super().clean(self.written(value) if isinstance(value, str) else value, instance)


class WholeInput(forms.CharField):
    """What does not fit is refused and shown again. A browser that knows of the limit cuts what is pasted there, and
    says nothing."""

    def widget_attrs(self, widget):
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class LineInput(WholeInput):
    """One typed line. What nobody sees is not an answer where one is asked for."""

    def to_python(self, value):
        return line(super().to_python(value) or "")


class ProseInput(WholeInput):
    """Several typed lines, likewise."""

    def to_python(self, value):
        return prose(super().to_python(value) or "").strip()


class LineField(NormalisedMixin, models.CharField):
    """One line of text."""

    written = staticmethod(line)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": LineInput} | kwargs)


class NameField(LineField):
    """A name. Its column is a line's, so that the one becomes the other without a migration."""

    written = staticmethod(name)

    def deconstruct(self):
        column, _, args, kwargs = super().deconstruct()
        return column, "newsroom.foundation.text.LineField", args, kwargs


class ProseField(NormalisedMixin, models.TextField):
    """Plain text of several lines, of at most `max_length` characters (newsroom/foundation/lengths.py)."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(MaxLengthValidator(self.max_length))

    def deconstruct(self):
        """Its limit is no part of the column: another one needs no migration."""
        column, path, args, kwargs = super().deconstruct()
        kwargs.pop("max_length", None)
        return column, path, args, kwargs

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": ProseInput} | kwargs)
