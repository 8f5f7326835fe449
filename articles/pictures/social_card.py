"""The picture that other sites show beside a link where there is no photo: a story's headline, section and outlet, or
the outlet's name.

Drawn once for a wording and kept below var/media/cards/, named by what it says, so that a changed headline is another
address. The letters are Noto's (fonts/OFL.txt): Latin, Greek and Cyrillic.
"""

import hashlib
import os
import re
import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from articles.models import Article
from articles.pictures import mining

SIZE = (1200, 630)  # pixels
EDGE = 72
DESIGN = 1  # raised when cards are to look otherwise
INK, PAPER, ACCENT, QUIET = "#15181c", "#ffffff", "#0b5566", "#454b54"
FONTS = Path(__file__).with_name("fonts")
LARGEST, SMALLEST, STEP = 78, 46, 4  # pixels of the headline's letters
MOST_LINES = 5
LACKING = re.compile(r"[^\u0020-\u007e\u00a0-\u024f\u0259\u02b0-\u036f\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038c"
                     r"\u038e-\u03a1\u03a3-\u03e1\u0400-\u052f\u1e00-\u1eff\u2010-\u2064\u2070\u2071\u2074-\u208e"
                     r"\u20a0-\u20bf\u2116\u2122]")  # fmt: skip
ALIKE = str.maketrans({"−": "–"})  # the minus sign of typesetters


def stamp_of(article: Article) -> str:
    says = [DESIGN, article.headline, article.section.name, settings.NEWSROOM_NAME, settings.NEWSROOM_AI_TRAINING]
    return hashlib.sha256(repr(says).encode()).hexdigest()[:12]


def outlet_stamp() -> str:
    says = [DESIGN, settings.NEWSROOM_NAME, settings.NEWSROOM_DESCRIPTION, settings.NEWSROOM_AI_TRAINING]
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
                out, "JPEG", quality=88, xmp=mining.notice(settings.NEWSROOM_AI_TRAINING)
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
    """The card as a picture of 1200 × 630 pixels. A text in letters that the fonts lack is left out, not boxed."""
    card = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(card)
    pen.rectangle((0, 0, SIZE[0], 14), fill=ACCENT)
    small = font("NotoSans-Bold", 30)
    pen.text((EDGE, EDGE), shortened(drawable(section), small), font=small, fill=ACCENT)
    pen.text((EDGE, SIZE[1] - EDGE), shortened(drawable(outlet), small), font=small, fill=QUIET, anchor="ls")
    letters, lines = fitted(drawable(headline))
    height = letters.size * 1.16
    top = EDGE + 60 + (SIZE[1] - 2 * EDGE - 120 - height * len(lines)) / 2
    for number, line in enumerate(lines):
        pen.text((EDGE, top + number * height), line, font=letters, fill=INK)
    return card


def drawable(text: str) -> str:
    """`text` without the signs that the fonts lack (an arrow, an emoji); nothing when they lack one of its letters or
    figures, because half a headline says something else."""
    text = text.translate(ALIKE)
    if any(sign.isalnum() for sign in LACKING.findall(text)):
        return ""
    return " ".join(LACKING.sub(" ", text).split())


def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"{name}.ttf", size, layout_engine=ImageFont.Layout.BASIC)


def fitted(headline: str):
    """(font, lines): the largest letters in which the headline fits; cut when even the smallest do not."""
    for size in range(LARGEST, SMALLEST - 1, -STEP):
        letters = font("NotoSerif-Bold", size)
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
