"""Take a picture in: by its content, within limits, as a private original and renditions that may go out."""

import hashlib
import json
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from articles.models import Photo
from articles.pictures import metadata_prefill
from articles.pictures.incoming import Placed, files_of, work_folder
from articles.pictures.renditions import EXPORT, MEMORY, SECONDS, rounded_up
from authors.models import User
from newsroom.foundation.text import line

LARGEST = 20 * 1024 * 1024  # bytes
PATIENCE = 30  # seconds for all renditions
LIMITS = (
    "JPEG, PNG, GIF, WebP, AVIF or HEIC, at most 20 MB, 50 megapixels, and 20,000 pixels a side."
)
# The same for a browser's own window; some systems know no type for a HEIC file.
ACCEPT = "image/jpeg,image/png,image/gif,image/webp,image/avif,image/heic,image/heif,.heic"
FROM_THE_FILE = {"sha256", "file_hash", "original", "token", "stamp", "size", "width", "height"}
# columns of another file
REPLACED = ["file_hash", "original", "stamp", "size", "width", "height", "said_by_file"]


class PictureRefused(Exception):
    """The file is not taken; the text says why. Nothing of it was kept."""


class TooCostly(PictureRefused):
    """It was worked on until a limit ended that: as much work as the largest picture that is taken."""


class AlreadyHere(PictureRefused):
    """The library has this very file: `photo`."""

    def __init__(self, photo):
        self.photo = photo
        super().__init__(f"You have this one already: “{photo}” (photo {photo.pk}).")


def add_photo(raw: bytes, *, by: User | None = None, file_name: str = "", **columns) -> Photo:
    """A new photo of the file `raw`. `columns` are what is known of it; what the file says of itself fills the rest.

    Without a description or a credit it is an incoming one. Raises `PictureRefused` (and `AlreadyHere`), and
    ValidationError for columns that cannot be. Called outside a transaction it leaves no row without files and no
    files without a row, also when the process is killed (what lies about then goes with the next upload).
    """
    file_hash = checked_hash(raw)
    name = line(Path(file_name).name)[-200:]
    photo = Photo(
        sha256=file_hash, token=secrets.token_hex(16), added_by=by, file_name=name, **columns
    )
    with saying_what_refused(file_hash), work_folder() as work:
        read_into(photo, raw, file_hash, work, renditions=not settings.NEWSROOM_PICTURES_LATER)
        metadata_prefill.fill(photo)
        photo.is_incoming = not (photo.credit and (photo.alt or photo.is_decorative))
        photo.clean_fields(exclude=FROM_THE_FILE | {"added_by"})
        with files_of(photo).from_folder(work), transaction.atomic():
            photo.save()
    return photo


def replace_file(
    photo: Photo, raw: bytes, *, may: Callable[[Photo], bool] = lambda row: True
) -> Photo:
    """Give the photo another file. Every story that shows it shows the new one; its words and rights stay.

    Reading a file takes seconds, in which the row may change: `may` is asked of the row as it is then.
    """
    file_hash, new = checked_hash(raw, of=photo), copy(photo)
    with saying_what_refused(file_hash), work_folder() as work:
        read_into(new, raw, file_hash, work)
        with files_of(new).from_folder(work), transaction.atomic():
            row = Photo.objects.select_for_update().filter(pk=photo.pk).first()
            if (
                row is None
                or (row.file_hash, row.focal) != (photo.file_hash, photo.focal)
                or not may(row)
            ):
                raise PictureRefused("Somebody has changed this photo meanwhile. Look at it again.")
            new.save(update_fields=REPLACED)
        files_of(row).remove()
    photo.refresh_from_db()
    return photo


def bytes_of(file: UploadedFile) -> bytes:
    """What somebody sends. Raises `PictureRefused` for what is too large, unread."""
    refuse_large_file(file.size)
    return file.read(LARGEST + 1)


def refuse_large_file(size: int) -> None:
    """`size`: bytes."""
    if size > LARGEST:
        raise PictureRefused(
            f"It is a file of {rounded_up(size / 1_048_576)} MB; at most {LARGEST // 1_048_576} are taken. Export it "
            "as JPEG with a stronger compression, or with fewer pixels."
        )


def checked_hash(raw: bytes, of: Photo | None = None) -> str:
    if not raw:
        raise PictureRefused(
            f"The file is empty: copy it again, or choose another. Taken are {LIMITS}"
        )
    refuse_large_file(len(raw))
    file_hash = hashlib.sha256(raw).hexdigest()
    known = Photo.objects.of_file(file_hash)
    if known and (of is None or known.pk != of.pk or known.file_hash == file_hash):
        raise AlreadyHere(known)
    return file_hash


@contextmanager
def saying_what_refused(file_hash: str) -> Iterator[None]:
    """What the database or the disk refuses on the way, in words."""
    try:
        yield
    except IntegrityError:
        known = Photo.objects.of_file(file_hash)
        if known is None:
            raise
        raise AlreadyHere(known) from None
    except OSError as error:
        raise PictureRefused(
            f"The newsroom’s disk did not take it ({error.strerror}). Nothing was kept."
        ) from error


def read_into(
    photo: Photo, raw: bytes, file_hash: str, work: Path, *, renditions: bool = True
) -> None:
    """Check the file and set the columns that depend on it; `work` gets `original` and, in `out`, the renditions."""
    (work / "original").write_bytes(raw)
    (work / "out").mkdir(mode=0o755)
    facts = in_own_process(work / "original", work / "out" if renditions else None, photo.focal)
    photo.file_hash, photo.size = file_hash, len(raw)
    photo.width, photo.height = facts["width"], facts["height"]
    photo.original = f"{secrets.token_hex(16)}.{facts['format'].lower()}"
    photo.stamp = photo.stamp_due if renditions else ""
    photo.said_by_file = facts["said"]


def in_own_process(original: Path, folder: Path | None, focal: tuple[int, int]) -> dict:
    """What articles/pictures/renditions.py found, with the renditions in `folder`; None makes none."""
    may_train = "yes" if settings.NEWSROOM_AI_TRAINING else "no"
    try:
        answer = subprocess.run(  # noqa: S603 - our own module, two paths that we made, two numbers and a word
            [
                sys.executable,
                "-m",
                "articles.pictures.renditions",
                original,
                folder or "-",
                *map(str, focal),
                may_train,
            ],
            cwd=settings.BASE_DIR,
            capture_output=True,
            timeout=PATIENCE,
            check=True,
            text=True,
        )
        facts = json.loads(answer.stdout)
    except subprocess.TimeoutExpired:
        raise TooCostly(f"Opening it takes longer than {PATIENCE} seconds. {EXPORT}") from None
    except (subprocess.SubprocessError, ValueError):
        most = f"{SECONDS} seconds of work or {MEMORY / 1024**3:.1f} GB of memory"
        raise TooCostly(f"Opening it takes more than {most}. {EXPORT}") from None
    if "refused" in facts:
        raise PictureRefused(facts["refused"])
    if "broken" in facts:
        raise OSError(0, facts["broken"])
    return facts


def make_renditions(photo: Photo) -> None:
    """Make the files that the row and the settings ask for (`Photo.stamp_due`); the row follows when they lie.

    When the row has changed meanwhile nothing is put into place: whoever changed it makes what it asks for.
    """
    stamp = photo.stamp_due
    with work_folder() as work:
        (work / "out").mkdir(mode=0o755)
        in_own_process(files_of(photo).original_path, work / "out", photo.focal)
        with transaction.atomic():
            row = Photo.objects.select_for_update().filter(pk=photo.pk).first()
            if row is None or (row.file_hash, row.focal) != (photo.file_hash, photo.focal):
                return
            Placed("", row.token, stamp).swap_folder(work)
            Photo.objects.filter(pk=row.pk).update(stamp=stamp)
    photo.stamp = stamp
    if row.stamp and row.stamp != stamp:
        Placed("", row.token, row.stamp).remove()
