"""The outlet's clocks: what their zone is called, and a day and a time on them as one moment; hours that they skip or
show twice are named."""

from datetime import UTC, date, datetime, time

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

# Cities whose clocks outlets of the region go by: the zone database has them in English alone.
CITIES = [gettext_noop("Tashkent"), gettext_noop("Samarkand")]


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


def wall_time(day: date, clock: time, *, which: str = "") -> datetime:
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


def zone_name() -> str:
    """How the outlet's zone is called on a page, in its language: "Tashkent time"."""
    city = settings.TIME_ZONE.rpartition("/")[2].replace("_", " ")
    return gettext("%(city)s time") % {"city": gettext(city)}
