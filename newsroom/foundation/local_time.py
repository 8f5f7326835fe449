"""A day and a time on the outlet's clocks as one moment; hours that clocks skip or show twice are named."""

from datetime import UTC, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone


class DoubledHour(ValidationError):
    """The clocks show that time twice. `choices` name both: [("first", "The first 02:30 (UTC+02:00)"), …]."""

    def __init__(self, clock, moments):
        self.choices = [
            (value, f"The {value} {clock:%H:%M} (UTC{moment.isoformat()[-6:]})")
            for value, moment in zip(("first", "second"), moments, strict=True)
        ]
        super().__init__(
            f"The clocks show {clock:%H:%M} twice on that day. Choose a time before or after that hour."
        )


def wall_time(day, clock, *, which: str = "") -> datetime:
    """That time at the outlet, in UTC. Raises ValidationError where the clocks skip it, and `DoubledHour` where they
    show it twice, unless `which` says "first" or "second"."""
    zone = timezone.get_default_timezone()
    wall = datetime.combine(day, clock)
    try:
        early, late = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    except OverflowError:
        raise ValidationError("That time cannot be meant.") from None
    if early == late:
        return early
    if early.astimezone(zone).replace(tzinfo=None) == wall:
        if which in ("first", "second"):
            return early if which == "first" else late
        raise DoubledHour(clock, [early.astimezone(zone), late.astimezone(zone)])
    before, after = sorted(moment.astimezone(zone) for moment in (early, late))
    raise ValidationError(
        f"The clocks skip {clock:%H:%M} on that day. Choose {before:%H:%M} or {after:%H:%M} instead."
    )
