"""Take a picture in: by its content, within limits, as a private original and renditions that may go out."""

import hashlib
import json
import secrets
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings

from articles.models import Photo

LARGEST = 20 * 1024 * 1024  # bytes
PATIENCE = 30  # seconds for all renditions
FROM_THE_FILE = {"sha256", "original", "token", "size", "width", "height", "widths"}
LIMITS = "JPEG, PNG, GIF, WebP or AVIF, at most 20 MB and 50 megapixels."


class PictureRefused(Exception):
    """The file is not taken; the text says why. Nothing of it was kept."""


def originals() -> Path:
    return settings.VAR_DIR / "originals"


def rendition_folder(token: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "photos" / token


def prepare(raw: bytes) -> dict:
    """Check `raw`, make its renditions, keep both on disk; returns the columns of the row, which is written last.

    Raises `PictureRefused`. A picture that is here already is refused with the photo as `known`.
    """
    if len(raw) > LARGEST:
        raise PictureRefused(f"It is {len(raw) / 1_048_576:.1f} MB. Taken are {LIMITS}")
    sha256 = hashlib.sha256(raw).hexdigest()
    known = Photo.objects.filter(sha256=sha256).first()
    if known:
        raise PictureRefused(f"You have this one already: “{known}” (photo {known.pk}).")
    for folder in (originals(), rendition_folder("x").parent):
        folder.mkdir(parents=True, exist_ok=True)
    # On the same disk as the originals, so that moving into place is one rename.
    work = Path(tempfile.mkdtemp(dir=originals(), prefix=".incoming-"))
    try:
        (work / "original").write_bytes(raw)
        (work / "out").mkdir(mode=0o755)
        facts = in_own_process(work / "original", work / "out")
        token, name = secrets.token_hex(16), f"{sha256}.{facts['format'].lower()}"
        (work / "original").rename(originals() / name)
        (work / "out").rename(rendition_folder(token))
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return {
        "sha256": sha256, "original": name, "token": token, "size": len(raw),
        "width": facts["width"], "height": facts["height"], "widths": facts["widths"],
    }  # fmt: skip


def in_own_process(original: Path, folder: Path) -> dict:
    try:
        answer = subprocess.run(  # noqa: S603 - our own module, and two paths that we made
            [sys.executable, "-m", "articles.pictures.renditions", original, folder],
            cwd=settings.BASE_DIR, capture_output=True, timeout=PATIENCE, check=True, text=True,
        )  # fmt: skip
        facts = json.loads(answer.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise PictureRefused(f"It cannot be opened within our limits. Taken are {LIMITS}") from None
    if "refused" in facts:
        raise PictureRefused(f"{facts['refused']} Taken are {LIMITS}")
    return facts


def add_photo(raw: bytes, **columns) -> Photo:
    """A photo from bytes, for commands: `alt` (or `is_decorative`), `credit`, `caption` … as columns."""
    photo = Photo(**columns)
    photo.clean_fields(exclude=FROM_THE_FILE)
    for name, value in prepare(raw).items():
        setattr(photo, name, value)
    photo.save()
    return photo
