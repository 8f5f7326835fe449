"""Make the pictures that readers get from one original: AVIF and JPEG in fixed widths, with nothing else in them.

This module runs as a program of its own (`python -m articles.pictures.renditions ORIGINAL FOLDER`), with limits on
memory and time, because an uploaded file may be made to harm whoever opens it. It imports Pillow and nothing of
Django. It prints one JSON object: {"width", "height", "widths", "format"} or {"refused": "a sentence"}.
"""

import contextlib
import io
import json
import resource
import sys
import warnings
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
WIDTHS = (320, 640, 960, 1280, 1920)  # pixels; never above the original
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 20_000  # pixels
MOST_FRAMES = 200
MEMORY = 1_500 * 1024 * 1024  # bytes of address space
SECONDS = 20  # of processor time


class Refused(Exception):
    pass


def open_picture(path: Path) -> Image.Image:
    """The picture in `path`, upright and in sRGB. Only the header decides whether it is decoded at all."""
    image = Image.open(path, formats=FORMATS)
    width, height = image.size
    if width > LONGEST_SIDE or height > LONGEST_SIDE or width * height > MOST_PIXELS:
        raise Refused(f"It is {width} × {height} pixels; at most {MOST_PIXELS // 1_000_000} megapixels are taken.")
    if getattr(image, "is_animated", False):
        refuse_long_animation(image)
    image.draft("RGB", (WIDTHS[-1], WIDTHS[-1]))  # a JPEG is decoded at a smaller scale where that is enough
    image.load()
    return image, (width, height)


def refuse_long_animation(image):
    try:
        image.seek(MOST_FRAMES)
    except EOFError:
        image.seek(0)
    else:
        raise Refused(f"It has more than {MOST_FRAMES} frames.")


def to_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "CMYK", "L"):
        with contextlib.suppress(ImageCms.PyCMSError, OSError):  # a broken profile: take the numbers as they are
            image = ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        image = Image.new("RGB", layer.size, "white")
        image.paste(layer, mask=layer.getchannel("A"))
    return image.convert("RGB")


def make(original: Path, folder: Path) -> dict:
    """Write `<width>.avif` and `<width>.jpg` into `folder`; returns what the photo's row has to know."""
    image, (width, height) = open_picture(original)
    kind = image.format
    turned = ImageOps.exif_transpose(image)
    if turned.size != image.size:
        width, height = height, width
    picture = to_srgb(turned)
    picture.info = {}  # comments, profiles, XMP, EXIF: none of the source's bytes go out
    wanted = [each for each in WIDTHS if each <= width] or [width]
    for each in wanted:
        size = (each, max(1, round(height * each / width)))
        copy = picture.resize(size, Image.Resampling.LANCZOS)
        copy.info = {}
        copy.save(folder / f"{each}.jpg", "JPEG", quality=80, optimize=True, progressive=True)
        copy.save(folder / f"{each}.avif", "AVIF", quality=60, speed=8)
    return {"width": width, "height": height, "widths": wanted, "format": kind}


def main(original: str, folder: str) -> dict:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        return make(Path(original), Path(folder))
    except Refused as refused:
        return {"refused": str(refused)}
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return {"refused": "It has more pixels than are taken."}
    except Exception:  # whatever a hostile file makes Pillow raise, the answer is the same
        return {"refused": "It cannot be read as a JPEG, PNG, GIF, WebP or AVIF picture."}


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))  # noqa: T201
