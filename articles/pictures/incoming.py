"""Where picture files lie, and how they get there: all of them or none, also when the process is killed on the way.

An upload works in a folder of its own and holds a lock in it. Before anything is put into its place, the folder
says what will be; it goes when the row is committed. A folder whose lock nobody holds belongs to a process that
died: what it had put into place is taken away again unless a row names it.
"""

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from articles.models import Photo

JOURNAL = "placed.json"


def originals() -> Path:
    return settings.VAR_DIR / "originals"


def rendition_root() -> Path:
    return Path(settings.MEDIA_ROOT) / "photos"


def files_of(photo: Photo) -> "Placed":
    return Placed(photo.original, photo.token, photo.stamp)


def rendition_folder(photo: Photo) -> Path:
    return files_of(photo).folder_path


@dataclass(frozen=True)
class Placed:
    """The files of one photo: the original's name, and the folder that its renditions have by token and stamp."""

    original: str
    token: str
    stamp: str

    @property
    def original_path(self) -> Path:
        return originals() / self.original

    @property
    def folder_path(self) -> Path:
        return rendition_root() / self.token / self.stamp

    @contextmanager
    def from_folder(self, work: Path) -> Iterator[None]:
        """Move `original` and `out` of `work` into their places; out again when the block fails."""
        write_down(work / JOURNAL, [self.original, self.token, self.stamp])
        try:
            (work / "original").rename(self.original_path)
            if self.stamp:
                self.put_folder(work)
            yield
        except BaseException:
            self.remove()
            raise

    def put_folder(self, work: Path) -> None:
        """Move `out` into its place; a folder of that stamp that lies there already is the same."""
        self.folder_path.parent.mkdir(parents=True, exist_ok=True)
        if not self.folder_path.exists():
            (work / "out").rename(self.folder_path)

    def swap_folder(self, work: Path) -> None:
        """The same, but `out` takes the place of what lies there."""
        if self.folder_path.exists():
            self.folder_path.rename(work / "old")
        self.put_folder(work)

    def remove(self) -> None:
        if self.original:
            self.original_path.unlink(missing_ok=True)
        if self.stamp:
            shutil.rmtree(self.folder_path, ignore_errors=True)
        if self.folder_path.parent.exists() and not any(self.folder_path.parent.iterdir()):
            self.folder_path.parent.rmdir()


def write_down(path: Path, value) -> None:
    with path.open("w") as file:
        json.dump(value, file)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def work_folder() -> Iterator[Path]:
    """A folder for one upload, on the disk of the originals, so that moving into place is one rename."""
    originals().mkdir(parents=True, exist_ok=True)
    clear_leftovers()
    new = Path(tempfile.mkdtemp(dir=originals(), prefix=".new-"))
    with (new / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        work = new.rename(new.with_name(new.name.replace(".new-", ".incoming-")))
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)


def clear_leftovers() -> int:
    """Take away what uploads that were killed have left; returns how many there were."""
    count = 0
    for work in originals().glob(".incoming-*"):
        try:
            lock = (work / "lock").open()
        except FileNotFoundError:
            # Its owner is taking it away, or was killed while it did: all that counts is in its place.
            shutil.rmtree(work, ignore_errors=True)
            continue
        except OSError:
            continue
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                continue  # somebody works in it
            take_back(work)
            shutil.rmtree(work, ignore_errors=True)
            count += 1
    return count


def take_back(work: Path) -> None:
    try:
        placed = Placed(*json.loads((work / JOURNAL).read_text()))
    except (OSError, ValueError, TypeError):
        return  # it had put nothing into place
    if not Photo.objects.filter(original=placed.original).exists():
        placed.remove()
