"""Pictures for tests, made here: flat ones, ones that say something of themselves, and what lies on the disk."""

import copy
import hashlib
import io
import subprocess
from contextlib import nullcontext
from unittest.mock import patch

from django.conf import settings
from PIL import Image, ImageDraw

from articles.models import Photo
from articles.pictures import uploads
from articles.pictures.incoming import originals, rendition_root
from articles.pictures.uploads import add_photo, in_own_process
from tests import tools


def a_picture(size=(700, 400), kind="JPEG", colour="#0b5566", **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **options)
    return out.getvalue()


def halves(size=(800, 800)) -> bytes:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", size, "#0000ff")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, size[0] // 2, size[1]), fill="#ff0000")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


MADE = {}  # {(hash of the original, whether its files are wanted, focal point, AI training): (facts, {name: content})}


def made_once(original, folder, focal) -> dict:
    """`in_own_process` for tests that are not about it: of an original that was seen before the files are copied."""
    key = (
        hashlib.sha256(original.read_bytes()).digest(),
        folder is None,
        focal,
        settings.NEWSROOM_AI_TRAINING,
    )
    if key in MADE:
        for name, content in MADE[key][1].items():
            (folder / name).write_bytes(content)
    else:
        facts = in_own_process(original, folder, focal)
        MADE[key] = (
            facts,
            {file.name: file.read_bytes() for file in folder.iterdir()} if folder else {},
        )
    return copy.deepcopy(MADE[key][0])


def copied_where_known():
    """While it stands, pictures are `made_once`; a test that has set a process of its own in its place keeps that."""
    is_ours = uploads.in_own_process is in_own_process
    return patch.object(uploads, "in_own_process", made_once) if is_ours else nullcontext()


def a_real_photo(**columns) -> Photo:
    """A photo with its files."""
    size = columns.pop("size", (700, 460))
    raw = columns.pop("raw", None) or a_picture(size, colour=columns.pop("colour", "#0b5566"))
    with copied_where_known():
        return add_photo(raw, **{"alt": "A green wall", "credit": "Desk"} | columns)


def in_text(*photos) -> str:
    """A body that shows these photos in its text."""
    return "<p>Before</p>" + "".join(
        f'<figure data-photo="{photo.sha256}"></figure>' for photo in photos
    )


def every_part(photo) -> str:
    """A body with each part that the editor makes, without an internal note."""
    return (
        f'<p>Words</p><figure data-photo="{photo.sha256}"><figcaption>Own caption</figcaption></figure>'
        "<h2>A heading</h2>"
        '<blockquote data-pull-quote=""><p>Set apart</p></blockquote>'
        '<aside data-fact-box=""><h3>In short</h3><p>A fact</p><ul><li><p>And a list</p></li></ul></aside>'
        '<figure data-embed=""><a href="https://www.youtube.com/watch?v=abcdefghijk">A film</a></figure>'
        '<figure data-embed=""><a href="https://docs.example/a">A document</a></figure>'
        "<table><tbody><tr><th><p>Year</p></th><th><p>Sum</p></th></tr><tr><td><p>2026</p></td><td><p>1</p></td></tr>"
        "</tbody></table><table><tbody><tr><td><p>Alone</p></td></tr></tbody></table>"
    )


def files_on_disk() -> set:
    return {
        path
        for root in (originals(), rendition_root())
        for path in root.rglob("*")
        if path.is_file()
    }


def orphans() -> list[str]:
    """Files without a row, and rows without files."""
    named = {photo.original for photo in Photo.objects.all()}
    tokens = {(photo.token, photo.stamp) for photo in Photo.objects.all()}
    found = [
        f"file without row: {file.name}" for file in originals().glob("*") if file.name not in named
    ]
    found += [
        f"folder without row: {folder}"
        for folder in rendition_root().glob("*/*")
        if (folder.parent.name, folder.name) not in tokens
    ]
    for photo in Photo.objects.all():
        if not (originals() / photo.original).is_file():
            found.append(f"row without original: {photo.pk}")
        folder = rendition_root() / photo.token / photo.stamp
        found += [
            f"row without rendition: {photo.pk} {name}"
            for name in photo.file_names()
            if not (folder / name).is_file()
        ]
    return found


def written_by_exiftool(raw: bytes, *arguments: str, folder, suffix="jpg") -> bytes:
    """The picture with metadata written by exiftool."""
    file = folder / f"written.{suffix}"
    file.write_bytes(raw)
    command = [
        tools.exiftool(),
        "-q",
        "-overwrite_original",
        "-codedcharacterset=utf8",
        *arguments,
        str(file),
    ]
    subprocess.run(command, check=True, capture_output=True)
    return file.read_bytes()
