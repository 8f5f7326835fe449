from datetime import date

from django.db import models

from articles.models.gate import this_moment


def first_day(period: str) -> date:
    """ "2024-09" begins on 1 September 2024."""
    return date.fromisoformat(f"{period}-01-01"[:10])


class ArchivePeriodQuerySet(models.QuerySet):
    def get_by_natural_key(self, period):
        return self.get(period=period)

    def live(self, level):
        return self.filter(level=level, live_from__lte=this_moment())

    def inside(self, period):
        """The parts of a period: the months of a year, the days of a month."""
        return self.filter(period__range=(f"{period}-00", f"{period}-99"))


class ArchivePeriod(models.Model):
    """A year ("2024"), month ("2024-09") or day ("2024-09-16") that has a story, and since when readers may know.

    Kept true by articles/reading/archive.py, so that the archive's calendars never count or scan stories.
    """

    period = models.CharField(max_length=10, unique=True)
    level = models.CharField(max_length=5)  # year, month or day
    live_from = models.DateTimeField()

    objects = ArchivePeriodQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["level", "period", "live_from"], name="archive_calendar")]

    def __str__(self):
        return self.period

    @property
    def first_day(self) -> date:
        return first_day(self.period)

    def natural_key(self):
        return (self.period,)
