"""The file of an SQLite database under a running program: put away, emptied, replaced, or held by another writer.

Who has the file open goes on reading and writing it when another lies at its place: every save would succeed, and be
lost with the next start. Opening the new one beside it is no way out either: SQLite, when the last connection to the
old file ends, deletes the log of writes at its place, which by then is the new one's. So a program that finds another
file says so and writes nothing until it is started again. The file is only asked for what it is, and never opened
beside SQLite: to close it would let go of the locks that SQLite holds.

On PostgreSQL nothing here does anything.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from threading import BoundedSemaphore
from typing import Any

from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

MOST_WAITING = 4  # writers of a process, which has twelve threads (newsroom/gunicorn.py)
A_MOMENT = 2  # seconds until a writer is one of them
WRITES = ("BEGIN", "INSERT", "UPDATE", "DELETE", "REPLACE")  # as Django writes them
SMALLEST = 512  # bytes of a database with anything in it
GONE = "The database’s file is not at its place. Put it back; a backup of it needs a new start."
EMPTIED = "The database’s file is empty. Stop the newsroom, put a backup at its place, and start it again."
ANOTHER = "Another file lies at the place of the database. Start the newsroom again, and it will open that one."
LONGEST = 20  # seconds, as SQLite's own patience (newsroom/env.py)


class Turns(BoundedSemaphore):
    """It knows how many turns have ended: who waits asks whether there were more meanwhile, so that one which two
    threads count as one does no harm."""

    ended = 0

    def release(self, n: int = 1) -> None:
        super().release(n)
        self.ended += n


turns = Turns(MOST_WAITING)


class Crowded(OperationalError):
    """Enough others wait for the lock. It carries the code that SQLite gives at the end of its own patience."""

    sqlite_errorcode = sqlite3.SQLITE_BUSY


def path_of(connection: Any) -> str:
    """ "" for a database that lies in no file of ours."""
    if connection.vendor != "sqlite" or connection.is_in_memory_db():
        return ""
    return str(connection.settings_dict["NAME"])


@lru_cache(maxsize=16)
def first_seen(path: str) -> tuple[int, int]:
    """(device, inode) of the file that this program, or the one it was forked from, found there first. Raises OSError,
    and asks again, while nothing is there."""
    found = os.stat(path)
    return found.st_dev, found.st_ino


def trouble_of(connection: Any) -> str:
    """What is wrong with the file at the database's place, or ""."""
    path = path_of(connection)
    if not path:
        return ""
    try:
        found = os.stat(path)
    except OSError:
        return GONE
    if found.st_size < SMALLEST:
        return EMPTIED
    return "" if (found.st_dev, found.st_ino) == first_seen(path) else ANOTHER


def refuse_another(execute, sql, params, many, context):
    """Around every statement: a request takes its time, and a command hours, in which the file may be replaced."""
    if trouble := trouble_of(context["connection"]):
        raise OperationalError(trouble)
    return execute(sql, params, many, context)


def wait_among_few(execute, sql, params, many, context):
    """Around every statement: one that asks for the lock of writers waits for it among few, or fails as it would at
    the end of its patience. Who reads needs a thread too."""
    connection = context["connection"]
    if not sql.startswith(WRITES) or connection.connection.in_transaction:
        return execute(sql, params, many, context)
    wait_for_a_turn(getattr(connection, "patience", A_MOMENT))
    try:
        return execute(sql, params, many, context)
    finally:
        turns.release()


def wait_for_a_turn(patience: float) -> None:
    """As long as the others get theirs; raises `Crowded` when nobody got one for so many seconds, or for 20 at most."""
    for _ in range(max(1, int(LONGEST // patience))):
        before = turns.ended
        if turns.acquire(timeout=min(A_MOMENT, patience)):
            return
        if turns.ended == before:
            break
    raise Crowded("database is locked, and enough others wait for it")


def guard(sender: object, connection: BaseDatabaseWrapper, **kwargs) -> None:
    """Called for each connection that is made."""
    path = path_of(connection)
    if not path:
        return
    first_seen(path)
    for wrapper in (refuse_another, wait_among_few):
        if wrapper not in connection.execute_wrappers:
            connection.execute_wrappers.append(wrapper)


def look() -> None:
    """Remember which file is there as the program starts; processes that are forked from it remember the same."""
    with suppress(OSError):
        if path := path_of(connection):
            first_seen(path)


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """In the block no statement waits longer than this for other writers: for what is sent again soon anyway. On
    SQLite, where all writers wait for one lock."""
    ours = connections[DEFAULT_DB_ALIAS]  # this thread's
    if not path_of(ours):
        yield
        return
    ours.ensure_connection()
    ours.patience = seconds
    ours.connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
    try:
        yield
    finally:
        del ours.patience
        if ours.connection is not None:
            ours.connection.execute(
                f"PRAGMA busy_timeout = {int(ours.settings_dict['OPTIONS']['timeout'] * 1000)}"
            )


def is_locked(error: OperationalError) -> bool:
    return connection.vendor == "sqlite" and "locked" in str(error)
