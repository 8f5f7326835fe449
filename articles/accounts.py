"""Accounts in the logbook: who made them, gave them rights or set their password; and who counts as a second person."""

from datetime import datetime

from articles.models import LogLine, Origin
from authors.models import User
from authors.signals import AccountAct


def write_down(
    sender: object,
    *,
    account: User,
    by: User | None,
    act: AccountAct,
    why: str,
    gives: bool,
    **kwargs,
) -> None:
    """One line, in the transaction of the change. Connected to `authors.signals.account_changed`. Without a person it
    happened on the server's console."""
    details = {"account": account.pk, "username": account.username, "gives": gives}
    LogLine.objects.record(act, by=by, origin=Origin.CONSOLE, why=why[:500], details=details)


def are_one_hand(one: int, other: int, *, since: datetime) -> bool:
    """Whether two accounts (keys) cannot count as two people: since that moment one of them was made by the other, or
    got rights or a password from it, or both from a third, directly or by way of further accounts."""
    hands: dict[int, set[int]] = {}
    lines = LogLine.objects.filter(act__in=AccountAct.values, at__gte=since).order_by("at", "pk")
    for giver, details in lines.values_list("by", "details"):
        if giver is not None and details.get("gives"):
            joined = hands.get(giver, {giver}) | hands.get(details["account"], {details["account"]})
            hands |= dict.fromkeys(joined, joined)
    return one == other or other in hands.get(one, ())
