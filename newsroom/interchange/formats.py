"""Every kind of document that is known here, by its content and never by its name, in the order in which it is asked.

A kind without a reader is refused by its name, with what to do instead. To take it in, give its line here a `reader`,
and the `endings` by which folders are searched for it: nothing else has to change. Plain text stands last: it is what
is left, and it is taken letter for letter.
"""

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from newsroom.interchange import signs
from newsroom.interchange.readers import plain_text
from newsroom.interchange.sample import Sample
from newsroom.interchange.story import Story, Unreadable

AS_TEXT = "Save it as plain text (UTF-8), and take that in."
ONE_BY_ONE = "It is not read here yet: take its stories in as plain text, one a document."
PICTURE = "Pictures go into the photo library, at the desk."
WITHOUT_MARKS = "Take its words in as plain text, without its marks."
UNPACK = "Unpack it, and name the folder."
NINJS = {
    "headline",
    "headlines",
    "body_text",
    "body_html",
    "body_xhtml",
    "bodies",
    "pubstatus",
    "versioncreated",
    "versionCreated",
}


# What reads a kind: from the document (its bytes, its name, and what they say as text) to the neutral stories in it.
# Times without a zone are the desk's. Raises `Unreadable`.
Reader = Callable[[Sample, ZoneInfo], Iterator[Story]]


@dataclass(frozen=True)
class Format:
    """`name`: as a sentence says it. `is_it`: whether a document is one; it may raise `Unreadable` when that needs its
    text, and there is none. `advice`: what to do with one that is not read. `endings`: of the names that are tried in a
    folder when it is read, the usual one first; "" for a name that has none."""

    name: str
    is_it: Callable[[Sample], bool]
    advice: str = ""
    reader: Reader | None = None
    endings: tuple[str, ...] = ()


def begins(*marks: bytes) -> Callable[[Sample], bool]:
    """With one of these bytes, and as no text does: "ID3 is a tag" is a sentence."""
    return lambda sample: (
        sample.raw.startswith(marks) and any(byte < 9 or byte > 127 for byte in sample.raw[:64])
    )


def begins_text(*marks: str) -> Callable[[Sample], bool]:
    return lambda sample: sample.start.startswith(marks)


def after_blanks(*marks: bytes) -> Callable[[Sample], bool]:
    return lambda sample: sample.raw[:200].removeprefix(codecs.BOM_UTF8).lstrip().startswith(marks)


def packed(*members: bytes) -> Callable[[Sample], bool]:
    """A zip that holds a file of that name; names stand in it as they are."""
    return lambda sample: (
        sample.raw.startswith(b"PK\x03\x04") and any(name in sample.raw for name in members)
    )


def media(*brands: bytes) -> Callable[[Sample], bool]:
    """An ISO media file, of one of these brands if any is named."""
    return lambda sample: sample.raw[4:8] == b"ftyp" and (not brands or sample.raw[8:12] in brands)


def riff(*kinds: bytes) -> Callable[[Sample], bool]:
    return lambda sample: sample.raw.startswith(b"RIFF") and sample.raw[8:12] in kinds


def root(*names: str, saying: str = "") -> Callable[[Sample], bool]:
    """XML with that first element, and with those words near the beginning."""
    return lambda sample: sample.root in names and saying in sample.head


def is_ghost(sample: Sample) -> bool:
    value = sample.json
    parts = value.get("db", [value]) if isinstance(value, dict) else []
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], dict) else {}
    return isinstance(first.get("data"), dict) and "posts" in first["data"]


def is_ninjs(sample: Sample) -> bool:
    keys = signs.json_keys(sample.json)
    return "uri" in keys and bool(keys & NINJS)


def is_bitmap(sample: Sample) -> bool:
    return sample.raw.startswith(b"BM") and sample.raw[6:10] == b"\0\0\0\0"


def is_utf_8_after_all(sample: Sample) -> bool:
    """Another encoding was declared, and every byte of it is UTF-8: what comes of it would be other letters."""
    if sample.codec in ("utf-8", "utf-8-sig", "ascii"):
        return False
    if sample.raw.isascii() and not sample.codec.startswith(("utf-16", "utf-32")):
        return False
    try:
        return "\0" not in sample.raw.decode("utf-8")
    except UnicodeDecodeError:
        return False


def is_unmarked_utf_32(sample: Sample) -> bool:
    raw = sample.raw[: signs.HEAD_BYTES & ~3]
    zeros = b"\0\0" in raw and not len(sample.raw) % 4 and not sample.codec.startswith("utf-32")
    return zeros and any(decodes(raw, codec) for codec in ("utf-32-le", "utf-32-be"))


def decodes(raw: bytes, codec: str) -> bool:
    try:
        return all(char.isprintable() or char in "\t\r\n" for char in raw.decode(codec))
    except UnicodeDecodeError:
        return False


def unmarked(codec: str) -> Callable[[Sample], bool]:
    """UTF-16 without its mark in that order of bytes, when another order or encoding was declared; "utf-16" alone is
    read as little-endian."""
    said = {"utf-16-le": {"utf-16-le", "utf-16"}, "utf-16-be": {"utf-16-be"}}[codec]
    return lambda sample: sample.codec not in said and signs.is_utf_16(sample, codec)


# Known by their first bytes.
BINARY = (
    Format(
        "a PDF",
        after_blanks(b"%PDF-"),
        "Copy its text out of it, and save that as plain text (UTF-8).",
    ),
    Format("a Word document (docx)", packed(b"word/document.xml", b"word/document2.xml"), AS_TEXT),
    Format(
        "an OpenDocument text (odt)", packed(b"application/vnd.oasis.opendocument.text"), AS_TEXT
    ),
    Format(
        "a spreadsheet",
        packed(b"xl/workbook", b"application/vnd.oasis.opendocument.spreadsheet"),
        ONE_BY_ONE,
    ),
    Format(
        "a presentation", packed(b"ppt/presentation.xml", b"opendocument.presentation"), AS_TEXT
    ),
    Format("a Pages document", packed(b"Index/Document.iwa"), AS_TEXT),
    Format("an e-book (epub)", packed(b"application/epub+zip"), AS_TEXT),
    Format("an archive (zip)", begins(b"PK\x03\x04", b"PK\x05\x06"), UNPACK),
    Format(
        "an older Office document (doc, xls) or a mail of Outlook",
        begins(b"\xd0\xcf\x11\xe0"),
        AS_TEXT,
    ),
    Format("an RTF document", after_blanks(rb"{\rtf"), AS_TEXT),
    Format("a JPEG picture", begins(b"\xff\xd8\xff"), PICTURE),
    Format("a PNG picture", begins(b"\x89PNG"), PICTURE),
    Format("a GIF picture", begins(b"GIF87a", b"GIF89a"), PICTURE),
    Format("a WebP picture", riff(b"WEBP"), PICTURE),
    Format("a TIFF picture", begins(b"II*\0", b"MM\0*"), PICTURE),
    Format(
        "a HEIC or AVIF picture",
        media(b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis"),
        PICTURE,
    ),
    Format("a bitmap picture", is_bitmap, PICTURE),
    Format("a Photoshop picture", begins(b"8BPS"), PICTURE),
    Format("a sound or a film", media(), "Stories are text."),
    Format("a sound or a film", riff(b"WAVE", b"AVI "), "Stories are text."),
    Format(
        "a sound or a film",
        begins(b"ID3", b"OggS", b"fLaC", b"\x1a\x45\xdf\xa3"),
        "Stories are text.",
    ),
    Format("an archive (gzip)", begins(b"\x1f\x8b"), UNPACK),
    Format(
        "an archive (bzip2, xz, 7z, rar or zstd)",
        begins(b"BZh", b"\xfd7zXZ\0", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x28\xb5\x2f\xfd"),
        UNPACK,
    ),
    Format("an archive (tar)", lambda sample: sample.raw[257:262] == b"ustar", UNPACK),
    Format("a database (SQLite)", begins(b"SQLite format 3\0"), ONE_BY_ONE),
    Format(
        "a program",
        begins(b"\x7fELF", b"MZ\x90\0", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe"),
        "Stories are text.",
    ),
    Format("PostScript", after_blanks(b"%!PS"), AS_TEXT),
)

# Text in an encoding that was not declared, which is a matter of the whole document.
ENCODED = (
    Format(
        "UTF-32 text",
        lambda sample: (
            not sample.codec.startswith("utf-32")
            and sample.raw.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE))
        ),
        "Say so with --encoding utf-32.",
    ),
    Format("UTF-32 text without a mark", is_unmarked_utf_32, AS_TEXT),
    Format(
        "UTF-16 text",
        lambda sample: (
            not sample.codec.startswith(("utf-16", "utf-32"))
            and sample.raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        ),
        "Say so with --encoding utf-16.",
    ),
    Format(
        "UTF-16 text without a mark", unmarked("utf-16-le"), "Say so with --encoding utf-16-le."
    ),
    Format(
        "UTF-16 text without a mark", unmarked("utf-16-be"), "Say so with --encoding utf-16-be."
    ),
    Format("UTF-8 text", is_utf_8_after_all, "Leave --encoding out."),
)

WRITTEN = (
    Format("a WordPress export (WXR)", root("rss", saying="wordpress.org/export"), ONE_BY_ONE),
    Format("a feed (RSS or Atom)", root("rss", "feed", "rdf"), ONE_BY_ONE),
    Format(
        "a NewsML-G2 document",
        lambda sample: (
            sample.root in ("newsitem", "packageitem", "newsmessage")
            or (bool(sample.root) and "iptc.org/std/nar" in sample.head)
        ),
        ONE_BY_ONE,
    ),
    Format("a NITF or NewsML document", root("nitf", "newsml"), ONE_BY_ONE),
    Format("a picture (SVG)", root("svg"), PICTURE),
    Format(
        "an HTML page",
        signs.is_html,
        "Copy what readers see of it, and save that as plain text (UTF-8).",
    ),
    Format("an XML document", lambda sample: bool(sample.root), ONE_BY_ONE),
    Format("a Ghost export (JSON)", is_ghost, ONE_BY_ONE),
    Format(
        "a JSON Feed",
        lambda sample: (
            isinstance(sample.json, dict) and "jsonfeed.org" in str(sample.json.get("version"))
        ),
        ONE_BY_ONE,
    ),
    Format("a ninjs document", is_ninjs, ONE_BY_ONE),
    Format("a list in JSON lines", signs.is_json_lines, ONE_BY_ONE),
    Format("a JSON document", signs.is_json, ONE_BY_ONE),
    Format(
        "Markdown with front matter",
        signs.has_front_matter,
        "It is not read here yet: take the words of it in as plain text, without its marks.",
    ),
    Format(
        "a mail", signs.is_mail, "Copy the words of its text, and save them as plain text (UTF-8)."
    ),
    Format(
        "a calendar or an address card",
        begins_text("BEGIN:VCALENDAR", "BEGIN:VCARD"),
        "Stories are text.",
    ),
    Format("subtitles", begins_text("WEBVTT"), AS_TEXT),
    Format(
        "subtitles",
        lambda sample: bool(re.match(r"\d+\r?\n\d\d:\d\d:\d\d,\d{3} -->", sample.head)),
        AS_TEXT,
    ),
    Format(
        "a LaTeX document",
        lambda sample: any(
            sign in sample.head for sign in ("\\documentclass", "\\begin{document}")
        ),
        AS_TEXT,
    ),
    Format("a key or a certificate", begins_text("-----BEGIN "), "Keep it where it belongs."),
    Format("a program", begins_text("#!/", "<?php"), "Stories are text."),
    Format(
        "a copy of a database (SQL)",
        begins_text("-- MySQL dump", "-- PostgreSQL database dump", "-- phpMyAdmin"),
        ONE_BY_ONE,
    ),
    Format("a copy of a database (SQL)", signs.is_sql, ONE_BY_ONE),
    Format("a diff", signs.is_diff, "Take in the text itself, not what changed in it."),
    Format(
        "an export of a chat",
        signs.is_chat,
        "Copy the words of the text, and save them as plain text (UTF-8).",
    ),
    Format("a YAML document", signs.is_yaml, ONE_BY_ONE),
    Format("a table (CSV)", signs.is_table, ONE_BY_ONE),
    Format("a text of Slack", signs.is_of_slack, WITHOUT_MARKS),
    Format("reStructuredText", signs.is_rst, WITHOUT_MARKS),
    Format("an Org document", signs.is_org, WITHOUT_MARKS),
    Format("AsciiDoc", signs.is_asciidoc, WITHOUT_MARKS),
    Format(
        "Markdown",
        signs.is_markdown,
        "It is not read here yet: take its words in as plain text, without asterisks, brackets and number signs.",
    ),
    Format("wiki text", signs.is_wiki, WITHOUT_MARKS),
    Format("BBCode or shortcodes", signs.is_bbcode, WITHOUT_MARKS),
    Format(
        "plain text",
        lambda sample: True,
        reader=plain_text.stories,
        endings=(".txt", ".text", ""),
    ),
)

FORMATS = BINARY + ENCODED + WRITTEN


def endings() -> list[str]:
    """Of the names that are tried in a folder; what a file is, its content says."""
    return [ending for each in FORMATS if each.reader for ending in each.endings]


def usual_endings() -> str:
    """ ".docx or .txt": one of each kind that is read."""
    return " or ".join(each.endings[0] for each in FORMATS if each.reader and each.endings)


def read_document(sample: Sample, *, zone: ZoneInfo) -> list[Story]:
    """The stories in a document. Raises `Unreadable` for what is empty, no text, or of a kind that is not read."""
    if not sample.raw.strip():
        raise Unreadable("It is empty.")
    kind = next(each for each in FORMATS if each.is_it(sample))
    if kind.reader is None:
        raise Unreadable(refusal(kind))
    return list(kind.reader(sample, zone))


def refusal(each: Format) -> str:
    return f"It is {each.name}. {each.advice}".strip()


def named_by(head: bytes) -> str:
    """Why a file is refused of which only the beginning was read; "" when its first bytes do not tell."""
    sample = Sample(head)
    return next((refusal(each) for each in BINARY if each.is_it(sample)), "")
