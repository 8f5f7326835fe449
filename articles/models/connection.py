"""What ties stories together: an event that several outlets report, and a series whose parts have an order."""

from django.db import models
from django.db.models import Q

from articles.models.section import Filed, FiledQuerySet
from newsroom.foundation.paths import path_to
from newsroom.foundation.text import NameField


class Event(Filed):
    """Something that happened and that several reports tell of. Only the desk sees its name; readers see the reports
    beside each other, each with its own source and date."""

    name = NameField(
        max_length=150, help_text="What happened, for the desk: readers do not see it."
    )

    objects = FiledQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="event_has_name",
                condition=~Q(name=""),
                violation_error_message="Say what happened.",
            )
        ]

    def natural_key(self):
        return (self.slug,)


class Series(Filed):
    """Stories that are read one after another. Each says which part it is."""

    name = NameField(max_length=120)

    objects = FiledQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "series"
        constraints = [
            models.CheckConstraint(
                name="series_has_name",
                condition=~Q(name=""),
                violation_error_message="Type the series’ name.",
            )
        ]

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return path_to("series", self.slug)
