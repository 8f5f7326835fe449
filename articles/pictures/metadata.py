"""Read what a picture file says of itself: XMP first, then IIM, then EXIF (IPTC Photo Metadata Standard 2025.1).

It runs beside articles/pictures/renditions.py in a limited process and knows no Django. Where the carriers say
different things the first one counts. The place a camera wrote in numbers (GPS) is never read.
"""

import contextlib
import datetime
import re
from collections.abc import Callable

from PIL import ExifTags, Image, IptcImagePlugin

LONGEST = 4000  # characters of one value
IN_WORDS = ("title", "caption")  # what people write, and machines fill
XMP = {  # our name: the local names in XMP, the first that says something counts
    "title": ("Headline", "title"),
    "caption": ("description",),
    "creator": ("creator",),
    "credit": ("Credit",),
    "source": ("Source",),
    "copyright": ("rights",),
    "usage_terms": ("UsageTerms",),
    "licence": ("WebStatement", "LicensorURL"),
    "alt": ("AltTextAccessibility",),
    "long_description": ("ExtDescrAccessibility",),
    "taken": ("DateCreated",),
    "place": ("Location",),
    "city": ("City",),
    "state": ("State",),
    "country": ("Country",),
    "country_code": ("CountryCode",),
    "keywords": ("subject",),
    "persons": ("PersonInImage",),
    "instructions": ("Instructions",),
    "source_type": ("DigitalSourceType",),
    "data_mining": ("DataMining",),
}
IIM = {
    "title": (2, 105),
    "caption": (2, 120),
    "creator": (2, 80),
    "credit": (2, 110),
    "source": (2, 115),
    "copyright": (2, 116),
    "place": (2, 92),
    "city": (2, 90),
    "state": (2, 95),
    "country": (2, 101),
    "country_code": (2, 100),
    "keywords": (2, 25),
    "instructions": (2, 40),
}
DAY, CLOCK, CHARACTERS = (2, 55), (2, 60), (1, 90)
UTF_8 = b"\x1b%G"
EXIF = {
    "caption": ExifTags.Base.ImageDescription,
    "creator": ExifTags.Base.Artist,
    "copyright": ExifTags.Base.Copyright,
}
# What cameras and programs write where a caption belongs, whoever made them: it says nothing of the picture.
BY_A_MACHINE = re.compile(
    r"""(?ix)
    .*\b(digital\ (still\ ?)?camera|camera\ pictures|digital\ image)\W* | .*\bdsc\b\W* | dcim | default | untitled
    | image | picture | photo | exif_jpeg_picture | screen\ ?shot | jpeg | camera | ascii | charset=ascii | <[^/]*+/.*>
    | [a-z_-]{0,4}\d{3,}(\.jpe?g)? | (cof|dav|edf|fbt|fpt|hdr|hdrpl|mde|nor|oznor|ptr|rbt|rhdr|sdr|vh)(_\w{0,9}|\w{0,4})
    | (created|processed|edited)\ with\ .* | kodak\ digital.* | vivo\ \w+ | oppo\ \w+
    """
)


def read(image: Image.Image) -> dict[str, list[str]]:
    """{field: [value, carrier]}, with "XMP", "IIM" or "EXIF" as the carrier. Broken or hostile metadata is none."""
    found = {}
    for carrier, reader in (("XMP", from_xmp), ("IIM", from_iim), ("EXIF", from_exif)):
        for name, value in attempt(reader, image).items():
            value = value.replace("\0", "").strip()[:LONGEST]
            if value and not (name in IN_WORDS and is_by_a_machine(value, image)):
                found.setdefault(name, [value, carrier])
    return found


def is_by_a_machine(words: str, image) -> bool:
    """Whether a camera or a program wrote these words by itself: a phrase of its maker, or its own name."""
    plain = " ".join(words.split()).casefold()
    exif = image.getexif()
    make, model = (
        exif_text(exif.get(tag)).casefold() for tag in (ExifTags.Base.Make, ExifTags.Base.Model)
    )
    return bool(BY_A_MACHINE.fullmatch(plain)) or plain in {make, model, f"{make} {model}"}


def attempt(reader: Callable, image) -> dict[str, str]:
    # parsers of a stranger's bytes raise anything; the picture is taken all the same
    with contextlib.suppress(Exception):
        return reader(image)
    return {}


def from_xmp(image) -> dict[str, str]:
    said = {}
    for description in descriptions(image.getxmp()):
        for name, value in description.items():
            said.setdefault(name, in_words(value))
    found = {
        ours: next(filter(None, (said.get(name) for name in names)), "")
        for ours, names in XMP.items()
    }
    for name, code in (
        ("source_type", found["source_type"]),
        ("data_mining", found["data_mining"]),
    ):
        found[name] = code.rpartition("/")[2]
    return found


def descriptions(xmp) -> list[dict]:
    """The Description blocks of Pillow's reading, which gives one as a dict and several as a list."""
    blocks = (xmp.get("xmpmeta") or xmp).get("RDF", {}).get("Description", [])
    return [
        block
        for block in (blocks if isinstance(blocks, list) else [blocks])
        if isinstance(block, dict)
    ]


def in_words(value) -> str:
    """One of the four shapes in which `getxmp` gives a value: text, a language choice, a list, a structure."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "; ".join(filter(None, map(in_words, value)))
    if not isinstance(value, dict):
        return ""
    for holder in ("Seq", "Bag"):
        if holder in value:
            return in_words(value[holder].get("li", "")) if isinstance(value[holder], dict) else ""
    if "Alt" in value:
        choices = value["Alt"].get("li", "") if isinstance(value["Alt"], dict) else ""
        choices = choices if isinstance(choices, list) else [choices]
        default = [
            each for each in choices if isinstance(each, dict) and each.get("lang") == "x-default"
        ]
        return in_words((default or choices)[0]) if choices else ""
    text = value.get("text")
    return text if isinstance(text, str) else ""


def from_iim(image) -> dict[str, str]:
    records = IptcImagePlugin.getiptcinfo(image) or {}
    is_utf_8 = records.get(CHARACTERS) == UTF_8

    def text(value):
        if isinstance(value, list):
            return "; ".join(text(each) for each in value)
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return value.decode("utf-8" if is_utf_8 else "cp1252", "replace")

    found = {name: text(records[key]) for name, key in IIM.items() if key in records}
    day, clock = text(records.get(DAY, b"")), text(records.get(CLOCK, b""))
    if re.fullmatch(r"\d{8}", day):
        clock = (
            f"T{clock[:2]}:{clock[2:4]}:{clock[4:6]}{clock[6:9]}:{clock[9:11]}"
            if len(clock) == 11
            else ""
        )
        found["taken"] = f"{day[:4]}-{day[4:6]}-{day[6:]}{clock}"
    return {name: value for name, value in found.items() if name != "taken" or is_day(value)}


def from_exif(image) -> dict[str, str]:
    exif = image.getexif()
    found = {name: exif_text(exif.get(tag)) for name, tag in EXIF.items()}
    more = exif.get_ifd(ExifTags.IFD.Exif)
    moment = exif_text(more.get(ExifTags.Base.DateTimeOriginal))
    match = re.match(r"(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$", moment)
    if match:
        year, month, day, clock = match.groups()
        found["taken"] = (
            f"{year}-{month}-{day}T{clock}{exif_text(more.get(ExifTags.Base.OffsetTimeOriginal))}"
        )
    return {name: value for name, value in found.items() if name != "taken" or is_day(value)}


def exif_text(value) -> str:
    """EXIF texts are ASCII by the standard and UTF-8 in practice; Pillow reads them as Latin-1."""
    if not isinstance(value, str):
        return ""
    try:
        return value.encode("latin-1").decode("utf-8").strip("\0 ")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return value.strip("\0 ")


def is_day(value: str) -> bool:
    """Whether a moment begins with a day of the calendar; cameras without a clock write zeros."""
    try:
        datetime.date.fromisoformat(value[:10])
    except ValueError:
        return False
    return True
