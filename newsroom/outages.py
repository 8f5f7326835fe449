"""What is said when a part is gone: the database, the disk. Calm words, a time to try again, and nobody's text lost."""

import errno
import re
import sqlite3

from django.conf import settings
from django.db import Error, InterfaceError, OperationalError
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static

try:
    from psycopg import Error as PostgresError
except ImportError:  # a newsroom on SQLite needs no driver of PostgreSQL
    PostgresError = ()

AGAIN_IN = 30  # seconds
FULL = (errno.ENOSPC, errno.EDQUOT)
READ_ONLY = (errno.EROFS,)
SIGNED = re.compile(r"bylines-\d+-(name|shown)")
SECRET = "password"  # noqa: S105 - what the name of a field has that is not sent back
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


def part_that_is_gone(exception) -> str:
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
    """`code`: extended, https://www.sqlite.org/rescode.html. A wrong question of ours has the same code as a database
    that was never migrated, which the words tell."""
    trouble = SQLITE.get(code & 0xFF, "")
    return NO_DATABASE if code == sqlite3.SQLITE_ERROR and words.startswith("no such table") else trouble


def said_by_postgresql(state: str) -> str:
    """`state`: SQLSTATE, of which the first two signs are a class."""
    return POSTGRESQL.get(state) or POSTGRESQL.get(state[:2], "")


def unavailable(request, trouble: str, *, is_desk: bool) -> HttpResponse:
    """503, or 507 when the disk is full, without a question to the database. A form comes back whole, to be sent again;
    autosave, which keeps the words in the browser on any such answer, gets the reason as JSON."""
    status = 507 if trouble is DISK_IS_FULL else 503
    if request.path.endswith("/autosave/"):
        answer = JsonResponse({"error": f"{trouble} Your words are kept in this browser."}, status=status)
    elif request.path.startswith("/api/"):
        answer = JsonResponse({"error": "The newsroom is not available at the moment. Try again soon."}, status=status)
    else:
        said = {"trouble": trouble, "outlet": settings.NEWSROOM_NAME, "contact": settings.NEWSROOM_CONTACT}
        fields = sent_with(request) if is_desk and request.method == "POST" else []
        said |= {"is_desk": is_desk, "fields": fields, "address": request.get_full_path(), "script": keeps_words()}
        answer = HttpResponse(render_to_string("503.html", said), status=status)
    answer["Retry-After"], answer["Cache-Control"] = str(AGAIN_IN), "no-store"
    return answer


def keeps_words() -> str:
    """The address of the script that keeps a form's words in the browser; "" when the static files are gone too."""
    try:
        return static("newsroom/desk/not_saved.js")
    except ValueError:
        return ""


def sent_with(request) -> list[tuple[str, str, str]]:
    """(name, label, value) of the form that could not be saved, without passwords and files. What somebody wrote has a
    label, and is shown to be copied; what was chosen has none."""
    try:
        sent = request.POST.lists()
    except Exception:  # whatever keeps a half-sent form from being read has been answered for already
        return []
    return [(name, label_of(name), value) for name, values in sent for value in values if SECRET not in name.lower()]


def label_of(name: str) -> str:
    from articles.unsaved import WRITTEN  # models are not there yet when the log, which asks this module, is set up

    is_written = name in WRITTEN or SIGNED.fullmatch(name)
    return name.split("-")[-1].replace("_", " ").capitalize() if is_written else ""
