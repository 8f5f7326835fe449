"""Keep the archive's calendar: which days, months and years have a story, and since when readers may know."""

from datetime import date

from django.db.models import Min

from articles.models import ArchivePeriod, Article
from articles.models.gate import this_moment


def refresh(*days: date | None) -> None:
    """Work out the days again, then their months and years. The caller holds the transaction."""
    for day in sorted({day for day in days if day}):
        stories = Article.objects.filter(status=Article.Status.PUBLISHED, published_on=day)
        iso = day.isoformat()
        refresh_period("day", iso, stories)
        refresh_period("month", iso[:7], ArchivePeriod.objects.filter(level="day").inside(iso[:7]))
        refresh_period("year", iso[:4], ArchivePeriod.objects.filter(level="month").inside(iso[:4]))


def refresh_period(level: str, period: str, rows) -> None:
    """Make the row for `period` say the earliest `live_from` among `rows`, or go when there is none."""
    # The row is there and locked before its value is worked out, so that two stories of one day published at
    # the same moment both count.
    ArchivePeriod.objects.get_or_create(
        period=period, defaults={"level": level, "live_from": this_moment()}
    )
    row = ArchivePeriod.objects.select_for_update().get(period=period)
    earliest = rows.aggregate(earliest=Min("live_from"))["earliest"]
    if earliest is None:
        row.delete()
    elif earliest != row.live_from:
        row.live_from = earliest
        row.save(update_fields=["live_from"])
