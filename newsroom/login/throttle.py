"""How many tries reach the password hasher: at most `limit` in any ten minutes under each key.

A place is taken before the hasher is asked, in one short transaction with the rows locked, so that forty guesses at
once are counted as forty. Nobody's existence is asked for: a name that no account has is counted like every other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from newsroom.login.models import Tries

WINDOW = 600  # seconds
# tries in a window; an office shares one address
PER_ACCOUNT, PER_BROWSER, PER_ADDRESS = 10, 10, 50
CLEARED_AT_ONCE = 200  # rows


class Full(Exception):
    """No place is left under one of the keys; `wait` is the number of whole seconds until there is one."""

    def __init__(self, wait: float):
        self.wait = max(1, ceil(wait))
        super().__init__(f"Wait {self.wait} seconds.")


@dataclass(frozen=True)
class Place:
    """A try that may reach the hasher."""

    keys: tuple[str, ...]
    moment: float


def key_of(kind: str, value: object) -> str:
    """The key of an account's name, a browser or an address. With the site's secret in it no list of names or of
    addresses can be tried against the table."""
    keyed = salted_hmac(f"newsroom.login.{kind}", str(value), algorithm="sha256")  # pyright: ignore[reportCallIssue] - the stub lacks it
    return keyed.hexdigest()


def acquire(limits: Mapping[str, int]) -> Place:
    """A place under each of these keys, `{key: how many in a window}`. Raises `Full`, and then takes none."""
    now = timezone.now().timestamp()
    # without a lock: a flood holds nobody up
    refuse_full(Tries.objects.filter(key__in=limits), limits, now)
    seen_at = datetime.fromtimestamp(now, UTC)
    with transaction.atomic():
        # Writing first locks the rows, in one order for everybody, and makes those that are missing.
        Tries.objects.bulk_create(
            [Tries(key=key, seen_at=seen_at) for key in sorted(limits)],
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=["seen_at"],
        )
        rows = list(Tries.objects.filter(key__in=limits).order_by("key"))
        refuse_full(rows, limits, now)
        for row in rows:
            row.moments = [*recent(row, now), now]
            row.save(update_fields=["moments"])
        clear(now)
    return Place(tuple(limits), now)


def refuse_full(rows, limits, now: float) -> None:
    waits = []
    for row in rows:
        moments, limit = recent(row, now), limits[row.key]
        if len(moments) >= limit:
            waits.append(sorted(moments)[-limit] + WINDOW - now)
    if waits:
        raise Full(max(waits))


def recent(row: Tries, now: float) -> list[float]:
    return [moment for moment in row.moments if now - WINDOW < moment]


def release(place: Place) -> None:
    """The try was no guess: the password was right."""
    with transaction.atomic():
        for row in Tries.objects.select_for_update().filter(key__in=place.keys).order_by("key"):
            if place.moment in row.moments:
                row.moments.remove(place.moment)
                row.save(update_fields=["moments"])


def clear(now: float) -> None:
    """Take away some rows whose tries are all over. One that somebody else holds is left for the next time."""
    over = Tries.objects.filter(seen_at__lt=datetime.fromtimestamp(now - WINDOW, UTC))
    keys = list(
        over.select_for_update(skip_locked=True).values_list("pk", flat=True)[:CLEARED_AT_ONCE]
    )
    if keys:
        Tries.objects.filter(pk__in=keys).delete()
