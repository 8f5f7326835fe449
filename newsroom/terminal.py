"""How a command ends at a terminal when a part is gone: the database, the disk, the files, or whoever reads its output.

One sentence on the error stream that says what is the matter and what to do, and an exit code that is not 0. Every
command goes this way, Django's own too. A fault of our own code keeps its traceback; `--traceback` shows any.
"""

import os
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import Error, OperationalError, ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor

from newsroom import lost_parts
from newsroom.foundation import database_file
from newsroom.logs import OneLineFormatter

HOUSE = Path(__file__).parent.parent
OURS = {file.stem for file in HOUSE.glob("*/management/commands/[!_]*.py")}
MAKES_DATABASE = {"demo", "migrate"}
STOPPED = 130  # as shells say it of a program that was interrupted
LONGEST_WORDS = 300  # characters of what a database or a disk says


class NoDatabase(Exception):
    """SQLite would make an empty one, and find no tables in it."""


def run(argv: list[str]) -> None:
    """What `manage.py` does. Raises SystemExit unless all went well."""
    if sys.stdout is None or sys.stderr is None:
        sys.exit("There is nowhere to write: the output of this program is closed.")
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # whatever letters the terminal has
    name = argv[1] if len(argv) > 1 else ""
    try:
        refuse_absent_database(name, argv)
        try:
            execute_from_command_line(argv)
        finally:
            sys.stdout.flush()  # also behind what ends by itself, such as the help
    except KeyboardInterrupt:
        end("Stopped.", STOPPED)
    except Exception as error:
        sentence = "" if "--traceback" in argv else said_of(error, name)
        if not sentence:
            raise
        end(sentence)


def end(sentence: str, code: int = 1) -> None:
    try:
        sys.stdout.flush()
    except (OSError, ValueError):  # Python flushes once more as it ends, and would say so
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.stderr.write(f"{OneLineFormatter.printable(sentence)}\n")
    sys.exit(code)


def refuse_absent_database(name: str, argv: list[str]) -> None:
    asks_for_help = {"-h", "--help"} & set(argv)
    if name not in OURS - MAKES_DATABASE or asks_for_help:
        return
    path = database_file.path_of(connection)
    if path and not Path(path).exists():
        raise NoDatabase(
            f"There is no database at {path}. “manage.py migrate” makes one; if yours lies elsewhere, set NEWSROOM_VAR "
            "or DATABASE_URL."
        )


def said_of(error: Exception, name: str) -> str:
    """What to say of it at the end of the command `name`; "" for a fault of our own."""
    if isinstance(error, NoDatabase):
        return str(error)
    if isinstance(error, Error):
        return said_of_database(error, name)
    if isinstance(error, ImproperlyConfigured):
        return f"The newsroom is set up wrongly: {first_line(error)}"
    if isinstance(error, UnicodeError):
        return f"Something on the line, or in a file it names, is not written in UTF-8: {first_line(error)}."
    if isinstance(error, EOFError):
        return (
            f"“{name}” asks questions. Run it at a terminal, or with the options that answer them."
        )
    return said_of_file(error) if isinstance(error, OSError) else ""


def said_of_database(error: Error, name: str) -> str:
    trouble, words, where = (
        lost_parts.part_that_is_gone(error),
        first_line(error.__cause__ or error),
        place(),
    )
    if str(error) in (database_file.GONE, database_file.EMPTIED, database_file.ANOTHER):
        return str(error)
    if trouble in ("", lost_parts.NO_DATABASE) and is_behind(error):
        if name in MAKES_DATABASE:
            return f"The tables at {where} cannot be brought to this version: {words}."
        return (
            f"The tables at {where} are not those of this version. Run “manage.py migrate” first."
        )
    return {
        lost_parts.DISK_IS_FULL: f"The disk is full: {where} cannot grow. Make room, then run this again.",
        lost_parts.READING_ONLY: f"{where} can only be read. Let this account write it and its folder.",
        lost_parts.BUSY: "Others are writing into the database, and this waited as long as it may. Run it again.",
        lost_parts.NO_DATABASE: f"The database at {where} cannot be used: {words}.",
    }.get(trouble, "")


def is_behind(error: Error) -> bool:
    """Whether the database lacks migrations; asked of a table or a column that is not there."""
    if not isinstance(error, OperationalError | ProgrammingError):
        return False
    try:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except Error:
        return False


def place() -> str:
    """Where the database is, without its password."""
    settings = connection.settings_dict
    return (
        database_file.path_of(connection)
        or f"{settings['NAME']} on {settings['HOST'] or 'this machine'}"
    )


def said_of_file(error: OSError) -> str:
    named = error.filename if isinstance(error.filename, str | Path) else "what is written"
    if isinstance(error, BrokenPipeError):
        return "Nobody reads the output any more, so this stopped."
    if lost_parts.part_that_is_gone(error) == lost_parts.DISK_IS_FULL:
        return f"The disk is full: there is no room for {named}. Make room, then run this again."
    return f"{named}: {error.strerror or first_line(error)}. Nothing more was done."


def first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0][:LONGEST_WORDS].rstrip(".")
