"""What is said when a part is gone: the database, the disk. Calm words, a time to try again, and nobody's text lost."""

import errno

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static

AGAIN_IN = 30  # seconds
FULL = (errno.ENOSPC, errno.EDQUOT)
READ_ONLY = (errno.EROFS,)
NOT_THERE_YET = ("UndefinedTable", "UndefinedColumn")  # PostgreSQL's names; SQLite's are an OperationalError anyway
SECRET = "password"  # noqa: S105 - what the name of a field has that is not sent back
DISK_IS_FULL = "The desk’s disk is full. Nothing was saved. Tell whoever runs the newsroom."
READING_ONLY = "The desk cannot write to its disk at the moment. Nothing was saved. Tell whoever runs the newsroom."
BUSY = "Others are saving, and the desk could not wait any longer. Nothing was saved."
NO_DATABASE = "The desk cannot reach its database at the moment. Nothing was saved."


def part_that_is_gone(exception) -> str:
    """What to say of a fault that is a missing part's and not our code's; "" for any other."""
    text = str(exception).lower()
    if isinstance(exception, DatabaseError) and "disk is full" in text or getattr(exception, "errno", None) in FULL:
        return DISK_IS_FULL
    if getattr(exception, "errno", None) in READ_ONLY or isinstance(exception, OperationalError) and "readonly" in text:
        return READING_ONLY
    if isinstance(exception, OperationalError) and "locked" in text:
        return BUSY
    is_gone = isinstance(exception, OperationalError | InterfaceError) or type(exception) is DatabaseError
    is_new = isinstance(exception, ProgrammingError) and type(exception.__cause__).__name__ in NOT_THERE_YET
    return NO_DATABASE if is_gone or is_new else ""


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


def sent_with(request) -> list[tuple[str, str]]:
    """(name, value) of the form that could not be saved, without passwords and files."""
    try:
        sent = request.POST.lists()
    except Exception:  # whatever keeps a half-sent form from being read has been answered for already
        return []
    return [(name, value) for name, values in sent for value in values if SECRET not in name.lower()]
