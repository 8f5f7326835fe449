"""The picture that other sites show beside a link where there is no photo: a story's headline, section and outlet, or
the outlet's name.

Drawn once for a wording and kept below var/media/cards/, named by what it says, so that a changed headline is another
address. The letters are Noto's (fonts/OFL.txt): Latin, Greek, Cyrillic, Georgian, Armenian, Hebrew, Arabic and
Devanagari, those of every language we offer but Chinese, Japanese and Korean, which need a font of the machine's own.
"""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont, features

from articles.models import Article
from articles.pictures import ai_opt_out

SIZE = (1200, 630)  # pixels
EDGE = 72
DESIGN = 2  # raised when cards are to look otherwise
INK, PAPER, ACCENT, QUIET = "#15181c", "#ffffff", "#0b5566", "#454b54"
FONTS = Path(__file__).with_name("fonts")
LARGEST, SMALLEST, STEP = 78, 46, 4  # pixels of the headline's letters
MOST_LINES = 5
# Letters and signs that each of our font files has. A text is set in one of them: the first that has all its letters.
LATIN = r"\u0020-\u007e\u00a0-\u00ff\u2010-\u2026\u2030-\u203a\u20ac\u2116"
EUROPE = (
    r"\u0020-\u007e\u00a0-\u024f\u0259\u02b0-\u036f\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1"
    r"\u03a3-\u03e1\u0400-\u052f\u1e00-\u1eff\u2010-\u2064\u2070\u2071\u2074-\u208e\u20a0-\u20bf\u2116\u2122"
)
CHINESE = r"\u0020-\u024f\u2010-\u2026\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff00-\uffef"
# Chinese, Japanese and Korean need more letters than we can bring along: they are drawn where the machine has this.
OF_THE_MACHINE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc")


class Face(NamedTuple):
    """A way to set a text: the font files of headlines and of small words, what they have, and how they are read."""

    large: Path
    small: Path
    lacking: re.Pattern
    is_joined: bool = False  # letters change beside others, which takes Pillow's Raqm
    direction: str = "ltr"


def face(large: str, has: str, small: str = "", **how) -> Face:
    lacking = re.compile(f"[^{has}]")
    return Face(FONTS / f"{large}.ttf", FONTS / f"{small or large}.ttf", lacking, **how)


OURS = (
    face("NotoSerif-Bold", EUROPE, "NotoSans-Bold"),
    face("NotoSansGeorgian-Bold", LATIN + r"\u10a0-\u10ff\u1c90-\u1cbf"),
    face("NotoSansArmenian-Bold", LATIN + r"\u0531-\u058f\ufb13-\ufb17"),
    face(
        "NotoSansHebrew-Bold",
        LATIN + r"\u0591-\u05f4\ufb1d-\ufb4f",
        is_joined=True,
        direction="rtl",
    ),
    face(
        "NotoSansArabic-Bold",
        LATIN + r"\u0600-\u06ff\u0750-\u077f\u200c-\u200f",
        is_joined=True,
        direction="rtl",
    ),
    face("NotoSansDevanagari-Bold", LATIN + r"\u0900-\u097f\u200c\u200d", is_joined=True),
)
ALIKE = str.maketrans({"−": "–"})  # the minus sign of typesetters


def stamp_of(article: Article) -> str:
    says = [
        DESIGN,
        article.headline,
        article.section.name,
        settings.NEWSROOM_NAME,
        settings.NEWSROOM_AI_TRAINING,
    ]
    return hashlib.sha256(repr(says).encode()).hexdigest()[:12]


def outlet_stamp() -> str:
    says = [
        DESIGN,
        settings.NEWSROOM_NAME,
        settings.NEWSROOM_DESCRIPTION,
        settings.NEWSROOM_AI_TRAINING,
    ]
    return hashlib.sha256(repr(says).encode()).hexdigest()[:12]


def file_of(article: Article) -> Path:
    """The card's file, drawn now unless it lies there."""
    says = article.headline, article.section.name, settings.NEWSROOM_NAME
    return drawn(folder_of(article) / f"{stamp_of(article)}.jpg", *says)


def outlet_file() -> Path:
    """The outlet's own card, likewise."""
    file = Path(settings.MEDIA_ROOT) / "cards" / "outlet" / f"{outlet_stamp()}.jpg"
    return drawn(file, settings.NEWSROOM_NAME, "", settings.NEWSROOM_DESCRIPTION)


def drawn(file: Path, headline: str, section: str, outlet: str) -> Path:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=".drawing-")
        with os.fdopen(handle, "wb") as out:
            draw(headline, section, outlet).save(
                out, "JPEG", quality=88, xmp=ai_opt_out.notice(settings.NEWSROOM_AI_TRAINING)
            )
        Path(name).replace(file)
        for other in file.parent.glob("*.jpg"):
            if other != file:
                other.unlink(missing_ok=True)
    return file


def folder_of(article: Article) -> Path:
    return Path(settings.MEDIA_ROOT) / "cards" / str(article.uid)


def forget(article: Article) -> None:
    shutil.rmtree(folder_of(article), ignore_errors=True)


def draw(headline: str, section: str, outlet: str) -> Image.Image:
    """The card as a picture of 1200 × 630 pixels. A text in letters that no font has is left out, not boxed."""
    card = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(card)
    pen.rectangle((0, 0, SIZE[0], 14), fill=ACCENT)
    face, headline = drawable(headline)
    begins, side = (SIZE[0] - EDGE, "r") if face.direction == "rtl" else (EDGE, "l")
    for words, place, base, colour in (
        (section, EDGE, "a", ACCENT),
        (outlet, SIZE[1] - EDGE, "s", QUIET),
    ):
        of_words, words = drawable(words)
        small = font(of_words, of_words.small, 30)
        pen.text(
            (begins, place), shortened(words, small), font=small, fill=colour, anchor=side + base
        )
    letters, lines = fitted(headline, face)
    height = letters.size * 1.16
    top = EDGE + 60 + (SIZE[1] - 2 * EDGE - 120 - height * len(lines)) / 2
    for number, line in enumerate(lines):
        pen.text((begins, top + number * height), line, font=letters, fill=INK, anchor=side + "a")
    return card


def drawable(text: str) -> tuple[Face, str]:
    """The face that `text` is set in, and `text` without the signs that it lacks (an arrow, an emoji); nothing of it
    when every face lacks one of its letters or figures, because half a headline says something else."""
    text = text.translate(ALIKE)
    for each in faces():
        if not any(sign.isalnum() for sign in each.lacking.findall(text)):
            return each, " ".join(each.lacking.sub(" ", text).split())
    return OURS[0], ""


def faces() -> Iterator[Face]:
    can_join = features.check("raqm")
    yield from (each for each in OURS if can_join or not each.is_joined)
    if OF_THE_MACHINE.is_file():
        yield Face(OF_THE_MACHINE, OF_THE_MACHINE, re.compile(f"[^{CHINESE}]"))


def font(face: Face, file: Path, size: int) -> ImageFont.FreeTypeFont:
    layout = ImageFont.Layout.RAQM if face.is_joined else ImageFont.Layout.BASIC
    return ImageFont.truetype(file, size, layout_engine=layout)


def fitted(headline: str, face: Face):
    """(font, lines): the largest letters in which the headline fits; cut when even the smallest do not."""
    for size in range(LARGEST, SMALLEST - 1, -STEP):
        letters = font(face, face.large, size)
        lines = wrapped(headline, letters)
        if len(lines) <= MOST_LINES and len(lines) * size * 1.16 <= SIZE[1] - 2 * EDGE - 100:
            return letters, lines
    rest = " ".join(lines[MOST_LINES - 1 :])
    return letters, [*lines[: MOST_LINES - 1], shortened(rest, letters)]


def wrapped(text: str, letters) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        while letters.getlength(word) > SIZE[0] - 2 * EDGE:  # one word wider than the card
            cut = max(1, int(len(word) * (SIZE[0] - 2 * EDGE) / letters.getlength(word)) - 1)
            word, head = word[cut:], word[:cut]
            lines += [line, head] if line else [head]
            line = ""
        longer = f"{line} {word}".strip()
        if letters.getlength(longer) <= SIZE[0] - 2 * EDGE:
            line = longer
        else:
            lines.append(line)
            line = word
    return lines + [line] if line else lines


def shortened(text: str, letters) -> str:
    if letters.getlength(text) <= SIZE[0] - 2 * EDGE:
        return text
    while text and letters.getlength(f"{text}…") > SIZE[0] - 2 * EDGE:
        text = text[:-1].rstrip()
    return f"{text}…"
