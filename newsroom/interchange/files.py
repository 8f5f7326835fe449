"""Open the documents that a command names: regular files only, nothing through a link, nothing without end."""

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from newsroom.interchange import formats
from newsroom.interchange.sample import LONGEST_DOCUMENT
from newsroom.interchange.story import Unreadable

HEAD = 100_000  # bytes of a file that is too long, by which its kind is told


@dataclass
class Listing:
    """`passed_over`: [(path, why)] of what lies in the folders and is not tried."""

    documents: list[Path] = field(default_factory=list)
    passed_over: list[tuple[Path, str]] = field(default_factory=list)


def listing(paths: list[str]) -> Listing:
    """Every document below `paths` in order of name, folders and their folders included.

    A file that is named itself is always tried. In a folder, hidden files and folders and names with another ending are
    passed over; a symbolic link, and a folder that may not be read, stand among the documents, so that
    `open_document` refuses them by name.
    """
    found = Listing()
    for given in paths:
        path, before = Path(given), len(found.documents)
        if not path.is_dir() or path.is_symlink():
            found.documents.append(path)
            continue
        look_into(path, found)
        if len(found.documents) == before:
            found.passed_over.append((path, "no document lies in it"))
    return found


def look_into(path: Path, found: Listing) -> None:
    def refused(error: OSError) -> None:
        found.documents.append(Path(error.filename))

    for folder, folders, files in os.walk(path, followlinks=False, onerror=refused):
        hidden = [name for name in folders if name.startswith(".")]
        folders[:] = sorted(set(folders) - set(hidden))
        found.documents += [
            Path(folder, name) for name in folders if Path(folder, name).is_symlink()
        ]
        found.passed_over += [(Path(folder, name), "a hidden folder") for name in sorted(hidden)]
        for name in sorted(files):
            ending = Path(name).suffix.lower()
            if name.startswith("."):
                found.passed_over.append((Path(folder, name), "a hidden file"))
            elif ending in formats.endings():
                found.documents.append(Path(folder, name))
            else:
                why = f"its name ends in {ending}, not in {formats.usual_endings()}"
                found.passed_over.append((Path(folder, name), why))


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
        try:
            if facts.st_size > LONGEST_DOCUMENT:
                too_long = (
                    f"It is {facts.st_size:,} bytes long; a document may have {LONGEST_DOCUMENT:,}."
                )
                raise Unreadable(formats.named_by(file.read(HEAD)) or too_long)
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
