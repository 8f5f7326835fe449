"""What the logbook says of logins: who, when, and from which network; and the rows of ended logins are cleared.

A line is kept for good, so it holds no whole address and no name that somebody only typed. How many lines a stranger
can cause is bounded: ten failures of an account in ten minutes, and of names that nobody has a hundred altogether.
"""

from datetime import timedelta
from typing import TypeGuard

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from articles.models import Act, LogLine, Origin
from authors.models import User
from newsroom.login import browsers, throttle
from newsroom.login.address import for_the_record

MOST_OF_STRANGERS = 100  # lines in a window
CLEARED_AT_ONCE = 500  # rows of ended logins


def is_over_http(request: HttpRequest | None) -> TypeGuard[HttpRequest]:
    """A shell's or a test's own login has no address."""
    return request is not None and "REMOTE_ADDR" in request.META


def logged_in(sender, request, user, **kwargs):
    if not is_over_http(request):
        return
    if place := getattr(request, "login_place", None):
        throttle.release(place)
    known = (
        "a browser known before"
        if browsers.known(request, user.get_username())
        else "a browser not known before"
    )
    LogLine.objects.record(Act.LOG_IN, by=user, why=f"From {for_the_record(request)}, in {known}.")
    clear_ended()


def logged_out(sender, request, user, **kwargs):
    if user is not None and is_over_http(request):
        LogLine.objects.record(Act.LOG_OUT, by=user, why=f"From {for_the_record(request)}.")


def failed(sender, credentials, request=None, **kwargs):
    if is_over_http(request):
        account, whose = whose_is(credentials.get("username") or "")
        # Asked for accounts as well, which have a bound of their own: the work is the same for every name.
        has_room = lately(Act.FAILED_LOGIN, account)[:MOST_OF_STRANGERS].count() < MOST_OF_STRANGERS
        if account or has_room:
            why = f"{whose}, from {for_the_record(request)}."
            LogLine.objects.record(
                Act.FAILED_LOGIN, origin=Origin.NOT_LOGGED_IN, why=why, details=details_of(account)
            )


def refused(request: HttpRequest, username: str) -> None:
    """Of tries that reached no hasher one line in a window for each account, or for all names that nobody has."""
    account, whose = whose_is(username)
    if not lately(Act.REFUSED_LOGIN, account).exists():
        why = f"{whose}, after too many tries; one of them from {for_the_record(request)}."
        LogLine.objects.record(
            Act.REFUSED_LOGIN, origin=Origin.NOT_LOGGED_IN, why=why, details=details_of(account)
        )


def whose_is(username: str) -> tuple[User | None, str]:
    account = User.objects.filter(username=username).only("username").first()
    return account, f"For “{account.username}”" if account else "For a name that no account has"


def details_of(account: User | None) -> dict:
    """What lines are counted by: their sentences are for people, and may be written otherwise one day."""
    return {"account": account.pk} if account else {}


def lately(act: Act, account: User | None):
    """The lines of the window about this account; without one, about all names that nobody has."""
    lines = LogLine.objects.filter(
        act=act, at__gt=timezone.now() - timedelta(seconds=throttle.WINDOW)
    )
    return (
        lines.filter(details__account=account.pk)
        if account
        else lines.filter(details__account__isnull=True)
    )


def clear_ended() -> None:
    """Some rows of logins that ended by themselves, at each login: no timer has to run for it."""
    with transaction.atomic():
        over = Session.objects.filter(expire_date__lt=timezone.now()).select_for_update(
            skip_locked=True
        )
        keys = list(over.values_list("pk", flat=True)[:CLEARED_AT_ONCE])
        if keys:
            Session.objects.filter(pk__in=keys).delete()


def connect() -> None:
    user_logged_in.connect(logged_in, dispatch_uid="newsroom.login")
    user_logged_out.connect(logged_out, dispatch_uid="newsroom.logout")
    user_login_failed.connect(failed, dispatch_uid="newsroom.login.failed")
