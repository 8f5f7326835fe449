"""Take a picture in: by its content, within limits, as a private original and renditions that may go out."""

import hashlib
import json
import secrets
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from articles import crops
from articles.models import Photo
from articles.pictures import told_by_file
from articles.pictures.incoming import Placed, work_folder

LARGEST = 20 * 1024 * 1024  # bytes
PATIENCE = 30  # seconds for all renditions
LIMITS = "JPEG, PNG, GIF, WebP or AVIF, at most 20 MB and 50 megapixels."
FROM_THE_FILE = {"sha256", "file_hash", "original", "token", "stamp", "size", "width", "height"}


class PictureRefused(Exception):
    """The file is not taken; the text says why. Nothing of it was kept."""


class AlreadyHere(PictureRefused):
    """The library has this very file: `photo`."""

    def __init__(self, photo):
        self.photo = photo
        super().__init__(f"You have this one already: “{photo}” (photo {photo.pk}).")


def add_photo(raw: bytes, *, by=None, file_name="", **columns) -> Photo:
    """A new photo of the file `raw`. `columns` are what is known of it; what the file says of itself fills the rest.

    Without a description or a credit it is an incoming one. Raises `PictureRefused` (and `AlreadyHere`), and
    ValidationError for columns that cannot be. Called outside a transaction it leaves no row without files and no
    files without a row, also when the process is killed (what lies about then goes with the next upload).
    """
    file_hash = checked_hash(raw)
    photo = Photo(sha256=file_hash, added_by=by, file_name=Path(file_name).name[-200:], **columns)
    return placed(photo, raw, file_hash)


def replace_file(photo: Photo, raw: bytes) -> Photo:
    """Give the photo another file. Every story that shows it shows the new one; its words and rights stay."""
    file_hash = checked_hash(raw)
    old = (photo.original, photo.token, photo.stamp)
    photo = placed(photo, raw, file_hash)
    Placed(*old).remove()
    return photo


def checked_hash(raw: bytes) -> str:
    if not raw:
        raise PictureRefused(f"The file is empty. Taken are {LIMITS}")
    if len(raw) > LARGEST:
        raise PictureRefused(f"It is {len(raw) / 1_048_576:.1f} MB. Taken are {LIMITS}")
    file_hash = hashlib.sha256(raw).hexdigest()
    known = Photo.objects.of_file(file_hash)
    if known:
        raise AlreadyHere(known)
    return file_hash


def placed(photo: Photo, raw: bytes, file_hash: str) -> Photo:
    """Check the file, make its renditions, put both into their places and write the row last."""
    is_new = photo.pk is None
    try:
        with work_folder() as work:
            (work / "original").write_bytes(raw)
            (work / "out").mkdir(mode=0o755)
            is_now = not settings.NEWSROOM_PICTURES_LATER
            facts = in_own_process(work / "original", work / "out" if is_now else None, photo.focal)
            photo.file_hash, photo.size, photo.token = file_hash, len(raw), photo.token or secrets.token_hex(16)
            photo.width, photo.height = facts["width"], facts["height"]
            photo.original = f"{secrets.token_hex(16)}.{facts['format'].lower()}"
            photo.stamp = crops.stamp(file_hash, photo.focal) if is_now else ""
            photo.said_by_file = facts["said"]
            if is_new:
                told_by_file.fill(photo)
                photo.is_incoming = not (photo.credit and (photo.alt or photo.is_decorative))
                photo.clean_fields(exclude=FROM_THE_FILE | {"added_by"})
            with Placed(photo.original, photo.token, photo.stamp).from_folder(work), transaction.atomic():
                photo.save()
    except IntegrityError:
        known = Photo.objects.of_file(file_hash)
        if known is None:
            raise
        raise AlreadyHere(known) from None
    except OSError as error:
        raise PictureRefused(f"The newsroom’s disk did not take it ({error.strerror}). Nothing was kept.") from error
    return photo


def in_own_process(original: Path, folder: Path | None, focal: tuple[int, int]) -> dict:
    """What articles/pictures/renditions.py found, with the renditions in `folder`; None makes none."""
    try:
        answer = subprocess.run(  # noqa: S603 - our own module, two paths that we made, two numbers
            [sys.executable, "-m", "articles.pictures.renditions", original, folder or "-", *map(str, focal)],
            cwd=settings.BASE_DIR, capture_output=True, timeout=PATIENCE, check=True, text=True,
        )  # fmt: skip
        facts = json.loads(answer.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise PictureRefused(f"It cannot be opened within our limits. Taken are {LIMITS}") from None
    if "refused" in facts:
        raise PictureRefused(f"{facts['refused']} Taken are {LIMITS}")
    if "broken" in facts:
        raise OSError(0, facts["broken"])
    return facts


def make_renditions(photo: Photo) -> None:
    """Make the files that the photo's row asks for now (file, focal point, recipe); the row follows when they lie."""
    stamp = crops.stamp(photo.file_hash, photo.focal)
    with work_folder() as work:
        (work / "out").mkdir(mode=0o755)
        in_own_process(original_of(photo), work / "out", photo.focal)
        Placed("", photo.token, stamp).put_folder(work)
    Photo.objects.filter(pk=photo.pk).update(stamp=stamp)
    before, photo.stamp = photo.stamp, stamp
    if before and before != stamp:
        Placed("", photo.token, before).remove()


def original_of(photo: Photo) -> Path:
    return Placed(photo.original, photo.token, photo.stamp).original_path
