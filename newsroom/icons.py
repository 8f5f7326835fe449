"""Small pictures that stand for the outlet: in a browser's tab, on a phone's home screen, beside a feed.

An outlet gives one square picture (`NEWSROOM_ICON`), or its logo when that is a picture of pixels; without either, the
first letter of its name stands on a plain ground. Every size is made of that, in each process once.
"""

import io
from functools import lru_cache

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from PIL import Image, ImageDraw, ImageOps

from articles.pictures import social_card
from newsroom.foundation.paths import path_to

SIZES = (180, 192, 512)  # pixels: a phone's home screen (Apple), and what the manifest names
IN_TABS = (16, 32, 48)  # pixels, all in one favicon.ico
LARGEST = 512
OF_PIXELS = (".png", ".webp", ".jpg", ".jpeg", ".gif")
GROUND, INK, DOT = "#15181c", "#ffffff", "#d0392b"
A_DAY = 24 * 60 * 60  # seconds


def own_picture() -> str:
    """The path of the outlet's own picture; "" when it has none of pixels."""
    for name in (settings.NEWSROOM_ICON, settings.NEWSROOM_LOGO):
        path = finders.find(name) if name.lower().endswith(OF_PIXELS) else None
        if isinstance(path, str):
            return path
    return ""


def first_letter() -> str:
    return settings.NEWSROOM_NAME.strip()[:1].upper()


@lru_cache(maxsize=4)
def square(path: str, letter: str) -> Image.Image:
    """The icon at its largest: the picture in `path` whole, on white where it is no square; or the letter, drawn."""
    if not path:
        return drawn(letter)
    with Image.open(path) as picture:
        fitted = ImageOps.contain(
            picture.convert("RGBA"), (LARGEST, LARGEST), Image.Resampling.LANCZOS
        )
    ground = Image.new(
        "RGBA", (LARGEST, LARGEST), (255, 255, 255, 0 if fitted.size[0] == fitted.size[1] else 255)
    )
    ground.alpha_composite(
        fitted, ((LARGEST - fitted.size[0]) // 2, (LARGEST - fitted.size[1]) // 2)
    )
    return ground


def drawn(letter: str) -> Image.Image:
    icon = Image.new("RGBA", (LARGEST, LARGEST), GROUND)
    pen = ImageDraw.Draw(icon)
    face, letter = social_card.drawable(letter)
    pen.text(
        (LARGEST * 0.46, LARGEST / 2),
        letter,
        font=social_card.font(face, face.small, 340),
        fill=INK,
        anchor="mm",
    )
    pen.rectangle((400, 320, 464, 384), fill=DOT)
    return icon


@lru_cache(maxsize=16)
def png(path: str, letter: str, size: int) -> bytes:
    out = io.BytesIO()
    square(path, letter).resize((size, size), Image.Resampling.LANCZOS).save(
        out, "PNG", optimize=True
    )
    return out.getvalue()


@lru_cache(maxsize=4)
def ico(path: str, letter: str) -> bytes:
    out = io.BytesIO()
    square(path, letter).save(out, "ICO", sizes=[(size, size) for size in IN_TABS])
    return out.getvalue()


def kept_for_a_day(response):
    response["Cache-Control"] = f"public, max-age={A_DAY}"
    return response


def favicon(request: HttpRequest) -> HttpResponseBase:
    """Browsers and feed readers ask for this name whatever a page says."""
    return kept_for_a_day(
        HttpResponse(ico(own_picture(), first_letter()), content_type="image/x-icon")
    )


def touch_icon(request: HttpRequest) -> HttpResponseBase:
    """What a phone puts on its home screen."""
    return icon(request, SIZES[0])


def icon(request: HttpRequest, size: int) -> HttpResponseBase:
    return kept_for_a_day(
        HttpResponse(png(own_picture(), first_letter(), size), content_type="image/png")
    )


def manifest(request: HttpRequest) -> HttpResponseBase:
    """https://www.w3.org/TR/appmanifest/: the outlet's name and icons, for whoever puts it on a home screen. It opens
    in the browser: it is a paper, not an app."""
    icons = [
        {"src": path_to("icon", size), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in SIZES
        if size != 180
    ]
    facts = {
        "name": settings.NEWSROOM_NAME,
        "short_name": settings.NEWSROOM_NAME,
        "start_url": path_to("front"),
        "display": "browser",
        "lang": settings.LANGUAGE_CODE,
        "icons": icons,
    }
    return kept_for_a_day(JsonResponse(facts, content_type="application/manifest+json"))
