"""Make the pictures that readers get from one original: AVIF and JPEG in fixed shapes and widths, and in them nothing
of the original's own metadata, only our word on AI training.

This module runs as a program of its own, with limits on memory and time, because an uploaded file may be made to harm
whoever opens it: `python -m articles.pictures.renditions ORIGINAL FOLDER X Y TRAIN`, where X and Y are the focal point
in tenths, TRAIN is "yes" or "no" and the folder "-" means that nothing is written. It imports Pillow and nothing of
Django. It prints one JSON object: {"width", "height", "format", "said", "peak"} (pixels, upright; what the file says of
itself; KiB of memory), {"refused": "a sentence"}, or {"broken": "what the disk said"}.
"""

import contextlib
import io
import json
import math
import resource
import sys
import warnings
from pathlib import Path
from typing import cast

import pi_heif
from PIL import Image, ImageCms, ImageOps

from articles import crops
from articles.pictures import ai_opt_out, metadata

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "HEIF")
EXPORT = "Open it in a picture program and export it as JPEG."
NOT_READ = (
    "It cannot be read as a JPEG, PNG, GIF, WebP, AVIF or HEIC picture: "
    f"it is damaged, or of another kind. {EXPORT}"
)
MOST_PIXELS = 50_000_000  # over all frames
LONGEST_SIDE = 20_000  # pixels
MOST_FRAMES = 1000
MEMORY = 1_500 * 1024 * 1024  # bytes of address space
SECONDS = 20  # of processor time
SIDEWAYS = (5, 6, 7, 8)  # EXIF orientations that exchange width and height
ORIENTATION = 0x0112
SAVED = {
    "jpg": {"format": "JPEG", "quality": 80, "optimize": True, "progressive": True},
    "avif": {"format": "AVIF", "quality": 60, "speed": 9},
}
TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")


class Refused(Exception):
    pass


def open_picture(path: Path) -> Image.Image:
    """The picture in `path`, not decoded yet. Only its header decides whether it will be."""
    with path.open("rb") as file:
        start = file.read(16)
    if start.startswith(TIFF):
        raise Refused("It is a TIFF picture, as scanners make them. Export a JPEG or PNG of it.")
    pi_heif.register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = None  # or Pillow refuses first, and says no figures
    image = Image.open(path, formats=FORMATS)
    refuse_large(*image.size)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS  # of whatever lies inside
    if getattr(image, "is_animated", False):
        refuse_long_animation(image)
    return image


def refuse_large(width: int, height: int) -> None:
    """Pixels. The sentence says which limit it is, what the picture has, and what would do."""
    if max(width, height) > LONGEST_SIDE:
        raise Refused(
            f"It is {width:,} × {height:,} pixels; a side may have {LONGEST_SIDE:,} at most. Export it smaller, or cut "
            "it into parts."
        )
    if width * height > MOST_PIXELS:
        shrink = math.sqrt(MOST_PIXELS / (width * height))
        raise Refused(
            f"It has {rounded_up(width * height / 1_000_000)} megapixels ({width:,} × {height:,} pixels); at most "
            f"{MOST_PIXELS // 1_000_000} are taken. Export it at {int(width * shrink):,} × {int(height * shrink):,} "
            "pixels or less."
        )


def rounded_up(number: float) -> str:
    """With at most two decimals, so that what is above a limit never reads as the limit itself."""
    return f"{math.ceil(number * 100) / 100:.2f}".rstrip("0").rstrip(".")


def refuse_long_animation(image: Image.Image) -> None:
    width, height = image.size
    fitting = MOST_PIXELS // (width * height)
    try:
        image.seek(min(fitting, MOST_FRAMES))
    except EOFError:
        image.seek(0)
        return
    if fitting < MOST_FRAMES:
        limit = (
            f"more than {fitting} frames of {width:,} × {height:,} pixels; together at most "
            f"{MOST_PIXELS // 1_000_000} megapixels are taken"
        )
    else:
        limit = f"more than {MOST_FRAMES:,} frames, which is the most that is taken"
    raise Refused(
        f"It is an animation of {limit}. Export the one picture that matters; readers get no other."
    )


def upright_size(image: Image.Image) -> tuple[int, int]:
    turned = image.getexif().get(ORIENTATION) in SIDEWAYS
    width, height = image.size
    return (height, width) if turned else (width, height)


def scale_needed(width: int, height: int) -> float:
    """How large the picture must be for the widest rendition of every shape; 1.0 is its own size."""
    needed = 0.0
    for shape in crops.SHAPES:
        left, _, right, _ = crops.box(shape, width, height)
        needed = max(needed, crops.widths(shape, width, height)[-1] / (right - left))
    return needed


def decoded(image: Image.Image, scale: float) -> Image.Image:
    """The picture, no larger than `scale` asks for, upright and in sRGB. Each step lets go of the one before."""
    width, height = image.size
    size = max(1, round(width * scale)), max(1, round(height * scale))
    image.draft("RGB", size)  # a JPEG is decoded at a smaller scale where that is enough
    image.load()
    image = in_eight_bits(image)
    if image.mode not in ("RGB", "L", "CMYK", "RGBA", "LA"):
        has_holes = "transparency" in image.info or image.mode in ("PA", "RGBa", "La")
        info, image = image.info, image.convert("RGBA" if has_holes else "RGB")
        image.info = info
    if image.size[0] > size[0]:
        info, exif = image.info, image.getexif()
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
        image.info, image._exif = info, exif
    return to_srgb(ImageOps.exif_transpose(image))


def in_eight_bits(image: Image.Image) -> Image.Image:
    """Grey in 16 bits, 32 bits or fractions, as scanners and instruments write it, in the 256 steps of a screen. Pillow
    would cut off whatever is above 255, and a whole picture becomes white."""
    if not image.mode.startswith(("I", "F")):
        return image
    lowest, highest = cast(tuple[float, float], image.getextrema())  # of one channel
    if image.mode.startswith("I;16") or (image.mode == "I" and lowest >= 0 and highest <= 0xFFFF):
        lowest, highest = 0, 0xFFFF
    elif image.mode == "F" and lowest >= 0 and highest <= 1:
        lowest, highest = 0, 1
    step = 255 / ((highest - lowest) or 1)
    info, values = image.info, image.convert("F")
    grey = values.point(lambda value: value * step - lowest * step + 0.5).convert("L")
    grey.info = {name: value for name, value in info.items() if name != "transparency"}
    return grey


def to_srgb(image: Image.Image) -> Image.Image:
    """The colours as their profile means them, on white where the picture has holes."""
    holes = None
    if image.mode in ("RGBA", "LA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        holes, info = layer.getchannel("A"), image.info
        image = image.convert("L") if image.mode == "LA" else layer.convert("RGB")
        image.info = info
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "CMYK", "L"):
        # a broken profile: take the numbers as they are
        with contextlib.suppress(ImageCms.PyCMSError, OSError):
            converted = ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
            image = cast(Image.Image, converted)  # None is for work in place alone
    image = image.convert("RGB")
    if holes is not None:
        on_white = Image.new("RGB", image.size, "white")
        on_white.paste(image, mask=holes)
        image = on_white
    return image


def make(
    original: Path, folder: Path | None, focal: tuple[int, int], may_train: bool = False
) -> dict:
    """Write every rendition of `crops.names` into `folder` (None: only look whether it can be done).

    Returns what the photo's row has to know.
    """
    image = open_picture(original)
    file_format = image.format or ""
    try:
        return made_of(image, folder, focal, may_train)
    except OSError as error:
        if error.errno:  # the disk, not the picture
            raise
        raise Refused(damaged(file_format)) from error
    except (SyntaxError, ValueError, EOFError, IndexError) as error:
        # as Pillow's readers raise them
        raise Refused(damaged(file_format)) from error


def damaged(file_format: str) -> str:
    return (
        f"It begins as a {file_format} picture and cannot be read to its end: it is damaged, or was not copied whole. "
        f"Copy it again. If that does not help: {EXPORT[0].lower()}{EXPORT[1:]}"
    )


def made_of(
    image: Image.Image, folder: Path | None, focal: tuple[int, int], may_train: bool
) -> dict:
    file_format, said = image.format or "", metadata.read(image)
    if (frames := getattr(image, "n_frames", 1)) > 1 and file_format != "HEIF":
        said["animation"] = [f"{frames} pictures; readers get the first", file_format]
    width, height = upright_size(image)
    picture = decoded(image, min(1.0, scale_needed(width, height)))
    del image
    if folder is None:
        return {
            "width": width,
            "height": height,
            "format": file_format,
            "said": said,
            "peak": peak(),
        }
    picture.info = {}  # comments, profiles, XMP, EXIF: none of the source's bytes go out
    xmp = ai_opt_out.notice(may_train)
    for shape, (_, _, kinds) in crops.SHAPES.items():
        box = crops.box(shape, *picture.size, focal)
        for wide in crops.widths(shape, width, height):
            size = (wide, crops.height_at(shape, wide, width, height))
            copy = picture.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
            copy.info = {}
            for kind in kinds:
                copy.save(folder / crops.name(shape, wide, kind), **SAVED[kind], xmp=xmp)
    return {"width": width, "height": height, "format": file_format, "said": said, "peak": peak()}


def peak() -> int:
    """The most memory that this process had, in KiB. (`getrusage` would count the process that started it as well.)"""
    with contextlib.suppress(OSError), open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main(original: str, folder: str, x: str, y: str, may_train: str) -> dict:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        return make(
            Path(original),
            None if folder == "-" else Path(folder),
            (int(x), int(y)),
            may_train == "yes",
        )
    except Refused as refused:
        return {"refused": str(refused)}
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return {"refused": f"It holds more pixels than it says, and more than are taken. {EXPORT}"}
    except OSError as error:
        if error.errno:  # the disk, not the picture
            return {"broken": error.strerror}
        return {"refused": NOT_READ}
    except Exception:  # whatever a hostile file makes Pillow raise, the answer is the same
        return {"refused": NOT_READ}


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))  # noqa: T201
