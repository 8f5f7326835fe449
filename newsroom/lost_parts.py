"""Which faults are a missing part's, the database's or the disk's, and what is said of them. It knows no model: the log
asks it before there are any."""

import errno
import sqlite3

from django.db import Error, InterfaceError, OperationalError

try:
    from psycopg import Error as PostgresError
except ImportError:  # a newsroom on SQLite needs no driver of PostgreSQL
    PostgresError = ()

FULL = (errno.ENOSPC, errno.EDQUOT)
READ_ONLY = (errno.EROFS,)
DISK_IS_FULL = "The desk’s disk is full. Nothing was saved. Tell whoever runs the newsroom."
READING_ONLY = "The desk cannot write to its disk at the moment. Nothing was saved. Tell whoever runs the newsroom."
BUSY = "Others are saving, and the desk could not wait any longer. Nothing was saved."
NO_DATABASE = "The desk cannot reach its database at the moment. Nothing was saved."
SQLITE = {
    sqlite3.SQLITE_FULL: DISK_IS_FULL,
    sqlite3.SQLITE_READONLY: READING_ONLY,
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_PROTOCOL: BUSY,
    sqlite3.SQLITE_CANTOPEN: NO_DATABASE,
    sqlite3.SQLITE_CORRUPT: NO_DATABASE,
    sqlite3.SQLITE_IOERR: NO_DATABASE,
    sqlite3.SQLITE_NOTADB: NO_DATABASE,
    sqlite3.SQLITE_PERM: NO_DATABASE,
}
POSTGRESQL = {
    "53100": DISK_IS_FULL,
    "25006": READING_ONLY,  # a standby
    "40": BUSY,  # deadlock, or transactions that cannot stand one beside the other
    "55P03": BUSY,  # lock not available
    "57014": BUSY,  # statement timeout
    "25P03": BUSY,  # idle in transaction for too long
    "25P04": BUSY,  # transaction timeout
    "08": NO_DATABASE,  # connection
    "28": NO_DATABASE,  # login
    "3D000": NO_DATABASE,  # no such database
    "42P01": NO_DATABASE,  # no such table: not migrated yet
    "53": NO_DATABASE,  # memory, connections
    "57": NO_DATABASE,  # shut down, starting up
    "58": NO_DATABASE,  # input and output
    "XX001": NO_DATABASE,  # damaged
    "XX002": NO_DATABASE,
}


def part_that_is_gone(exception: BaseException | None) -> str:
    """What to say of a fault that is a missing part's and not our code's; "" for any other."""
    number = getattr(exception, "errno", None)
    if number in FULL:
        return DISK_IS_FULL
    if number in READ_ONLY:
        return READING_ONLY
    if not isinstance(exception, Error):
        return ""
    driver = exception.__cause__ or exception
    code = getattr(driver, "sqlite_errorcode", None)
    if code is not None:
        return said_by_sqlite(code, str(driver))
    if isinstance(driver, PostgresError) and driver.sqlstate:
        return said_by_postgresql(driver.sqlstate)
    # No database answered with a code: the connection did not come about, or is closed.
    return NO_DATABASE if isinstance(exception, OperationalError | InterfaceError) else ""


def said_by_sqlite(code: int, words: str) -> str:
    """`code`: extended, https://www.sqlite.org/rescode.html. A wrong query of ours has the same code as a database
    that was never migrated, which the words tell."""
    trouble = SQLITE.get(code & 0xFF, "")
    return (
        NO_DATABASE
        if code == sqlite3.SQLITE_ERROR and words.startswith("no such table")
        else trouble
    )


def said_by_postgresql(state: str) -> str:
    """`state`: SQLSTATE, of which the first two signs are a class."""
    return POSTGRESQL.get(state) or POSTGRESQL.get(state[:2], "")
