"""Open the documents that a command names: regular files only, nothing through a link, nothing without end."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from newsroom.interchange.load import LONGEST_DOCUMENT
from newsroom.interchange.readers import READERS
from newsroom.interchange.story import Unreadable


def documents(paths: list[str]) -> Iterator[Path]:
    """Every document below `paths` in order of name, folders and their folders included.

    A file that is named itself is always tried. In a folder, hidden files and files of a kind that no reader
    knows are passed over; a symbolic link in a folder is yielded, so that `open_document` refuses it by name.
    """
    for given in paths:
        path = Path(given)
        if not path.is_dir() or path.is_symlink():
            yield path
            continue
        for folder, folders, files in os.walk(path, followlinks=False):
            folders.sort()
            for linked in [name for name in folders if Path(folder, name).is_symlink()]:
                yield Path(folder, linked)
            for name in sorted(files):
                if not name.startswith(".") and Path(name).suffix.lower() in READERS:
                    yield Path(folder, name)


def open_document(path: Path) -> bytes:
    """The document's bytes. Raises `Unreadable` for links, pipes, devices, folders and what is too long."""
    try:
        # NONBLOCK: opening a named pipe must not wait for a writer.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise Unreadable(reason(path, error)) from None
    with os.fdopen(descriptor, "rb") as file:
        facts = os.fstat(file.fileno())
        if not stat.S_ISREG(facts.st_mode):
            raise Unreadable("It is not a regular file.")
        if facts.st_size > LONGEST_DOCUMENT:
            raise Unreadable(f"It is {facts.st_size:,} bytes long; a document may have {LONGEST_DOCUMENT:,}.")
        try:
            return file.read(LONGEST_DOCUMENT + 1)
        except OSError as error:
            raise Unreadable(reason(path, error)) from None


def reason(path: Path, error: Exception) -> str:
    if path.is_symlink():
        return "It is a symbolic link. Name the file itself."
    return {
        FileNotFoundError: "There is no such file.",
        PermissionError: "This user may not read it.",
        IsADirectoryError: "It is a folder.",
    }.get(type(error), f"It cannot be opened ({getattr(error, 'strerror', None) or error}).")
