"""Which pictures are made of a photo: shapes, widths and boxes, as plain arithmetic.

It knows neither Django nor Pillow, because the page that prints an address and the program that makes the file
must agree (articles/models/photo.py, articles/pictures/renditions.py). All lengths are pixels.
"""

import hashlib

RECIPE = 2  # raised when the same original is to give other pictures: every address changes with it
# kinds of file: for our own pages, and for programs of others
PAGES, ELSEWHERE = ("avif", "jpg"), ("jpg",)
WHOLE = ""  # the original's own shape
SHAPES = {  # the shape's name: (width : height, the widths that are made, the kinds of file)
    WHOLE: (None, (320, 640, 960, 1280, 1920), PAGES),
    "3x2": ((3, 2), (320, 640, 960, 1280), PAGES),
    "1x1": ((1, 1), (160, 320, 640, 1200), PAGES),
    "card": ((1200, 630), (1200,), ELSEWHERE),  # what other sites show beside a link
    "16x9": ((16, 9), (1200,), ELSEWHERE),
    "4x3": ((4, 3), (1200,), ELSEWHERE),
}
FOR_SEARCH_ENGINES = ("16x9", "4x3", "1x1")  # the three that they choose from, 1200 pixels wide


def box(
    shape: str, width: int, height: int, focal: tuple[int, int] = (5, 5)
) -> tuple[int, int, int, int]:
    """(left, top, right, bottom) of the largest piece of that shape, as near the focal point as the edges allow.

    `focal` is in tenths: (0, 0) is the upper left corner, (10, 10) the lower right one.
    """
    ratio = SHAPES[shape][0]
    if ratio is None:
        return 0, 0, width, height
    wide, high = (
        min(width, height * ratio[0] // ratio[1]),
        min(height, width * ratio[1] // ratio[0]),
    )
    wide, high = max(1, wide), max(1, high)
    left = min(max(0, width * focal[0] // 10 - wide // 2), width - wide)
    top = min(max(0, height * focal[1] // 10 - high // 2), height - high)
    return left, top, left + wide, top + high


def widths(shape: str, width: int, height: int) -> list[int]:
    """The widths made of a photo of that size, ascending; none is larger than the photo itself."""
    left, _, right, _ = box(shape, width, height)
    largest = right - left
    return [each for each in SHAPES[shape][1] if each <= largest] or [largest]


def height_at(shape: str, wide: int, width: int, height: int) -> int:
    """The height of the rendition that is `wide` pixels wide."""
    left, top, right, bottom = box(shape, width, height)
    return max(1, round((bottom - top) * wide / (right - left)))


def name(shape: str, wide: int, kind: str) -> str:
    return f"{shape}-{wide}.{kind}" if shape else f"{wide}.{kind}"


def names(width: int, height: int) -> list[str]:
    """Every file that a photo of that size has."""
    return [
        name(shape, wide, kind)
        for shape, (_, _, kinds) in SHAPES.items()
        for wide in widths(shape, width, height)
        for kind in kinds
    ]


def stamp(file_hash: str, focal: tuple[int, int], may_train: bool) -> str:
    """Names one edition of a photo's files: another file, focal point, word on AI training or recipe is another
    stamp."""
    says = f"{RECIPE} {file_hash} {focal[0]} {focal[1]} {may_train}"
    return hashlib.sha256(says.encode()).hexdigest()[:12]
