"""Accounts that are made or changed on the server's console are in the logbook, like those that are made at the desk.

Nobody is logged in there, so that no line says who it was: it says so, and names the system's account.
"""

import contextlib
import getpass
from collections.abc import Iterator

from authors.admin import GIVEN, facts_of, in_words
from authors.models import User
from authors.signals import AccountAct, account_changed


def everybody() -> dict[int, tuple[dict, str]]:
    """{key: (facts, the password's hash)} of all accounts."""
    return {user.pk: (facts_of(user), user.password) for user in User.objects.all()}


@contextlib.contextmanager
def logged(command: str) -> Iterator[None]:
    """What happens inside to accounts is written down when it ends, also when it ends in an error. Compared and not
    asked for, so that whatever a command of Django's does is seen."""
    before = everybody()
    try:
        yield
    finally:
        where = f"{command} on the server’s console, by the system’s account {system_account()}"
        for user in User.objects.all():
            log_changes(user, before.get(user.pk), where)


def log_changes(user: User, before: tuple[dict, str] | None, where: str) -> None:
    facts = facts_of(user)
    if before is None:
        rights = facts["roles"] or ("superuser" if user.is_superuser else "no role")
        send(
            user, AccountAct.MAKE, f"{user.username} ({rights}) was made with {where}.", gives=True
        )
        return
    then, password = before
    if then != facts:
        gives = any(then[name] != facts[name] for name in GIVEN)
        send(
            user,
            AccountAct.CHANGE,
            f"{user.username}: {in_words(then, facts)}, with {where}.",
            gives=gives,
        )
    if password != user.password:
        send(
            user,
            AccountAct.SET_PASSWORD,
            f"The password of {user.username} was set with {where}.",
            gives=True,
        )


def send(user: User, act: AccountAct, why: str, *, gives: bool) -> None:
    account_changed.send(User, account=user, by=None, act=act, why=why, gives=gives)


def system_account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a number without a name, in a container
        return "without a name"
