"""Every command of ours, ended by every part that can be gone: a program of its own, which starts once for all.

Its argument is an empty folder. Prints one JSON object: {what is gone: {command: [exit code, the error stream]}}.
"""

import io
import json
import os
import sqlite3
import sys
from pathlib import Path

import django
from django.apps import apps
from django.core.management import get_commands
from django.db import connection

from newsroom import terminal
from newsroom.foundation import database_file

django.setup()
OURS = sorted(
    name for name, app in get_commands().items() if app in ("authors", "articles", "newsroom")
)
ARGUMENTS = {
    "changepassword": ["anna"],
    "createsuperuser": ["--noinput", "--username", "anna", "--email", "a@b.example"],
    "demo": [],
    "import_stories": ["--section", "Economy", "FOLDER"],
    "loaddata": ["seed_documents"],
    "photo_rights": [],
    "rebuild_pictures": [],
    "search_reindex": [],
    "settle_signs": [],
    "verify_withdrawal": ["1"],
}


def nothing(path: Path) -> None:
    """No file at all."""


def damaged(path: Path) -> None:
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE articles_article (id)")
    made.close()
    path.write_bytes(path.read_bytes()[:100].ljust(8192, b"\xff"))


def of_another_kind(path: Path) -> None:
    path.write_text("No database at all. " * 500)


def without_tables(path: Path) -> None:
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE loaves (id)")
    made.close()


def of_an_old_version(path: Path) -> None:
    with sqlite3.connect(path) as made:
        for model in apps.get_models(include_auto_created=True):
            made.execute(f'CREATE TABLE "{model._meta.db_table}" (id INTEGER PRIMARY KEY)')
    made.close()


GONE = (nothing, damaged, of_another_kind, without_tables, of_an_old_version)
MAKES_IT = {"demo": (nothing, without_tables)}  # what these are for


def ended(name: str, *arguments: str, output=None) -> list:
    """[exit code, the error stream]"""
    real, errors = (sys.stdout, sys.stderr), io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    sys.stdout, sys.stderr = output or io.TextIOWrapper(io.BytesIO(), encoding="ascii"), errors
    try:
        terminal.run(["manage.py", name, *arguments])
        code = 0
    except SystemExit as end:
        code = end.code
    except Exception as error:
        code = f"{type(error).__name__}: {error}"
    finally:
        sys.stdout, sys.stderr = real
    errors.flush()
    return [code, errors.buffer.getvalue().decode()]


def full() -> int:
    return os.open("/dev/full", os.O_WRONLY)


def at(path: Path) -> None:
    connection.close()
    connection.settings_dict["NAME"] = path
    database_file.first_seen.cache_clear()


def main(folder: Path) -> dict:
    found = {}
    (folder / "one.txt").write_text("Bread is up\n\nIt is dear.\n")
    for make in GONE:
        for name in OURS:
            if make in MAKES_IT.get(name, ()):
                continue
            path = folder / f"{make.__name__}-{name}.sqlite3"
            make(path)
            at(path)
            arguments = [str(folder) if each == "FOLDER" else each for each in ARGUMENTS[name]]
            found.setdefault(make.__name__, {})[name] = ended(name, *arguments)
            if make is nothing:
                assert not path.exists(), name
    at(folder / "nothing.sqlite3")
    found["room for the output"] = {
        name: ended(name, "--help", output=os.fdopen(full(), "w")) for name in OURS
    }
    reader, writer = os.pipe()
    os.close(reader)
    found["a reader"] = {
        "search_reindex": ended("search_reindex", "--help", output=os.fdopen(writer, "w"))
    }
    return found


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
