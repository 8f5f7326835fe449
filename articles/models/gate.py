"""The gate, said once: which rows readers may see at this moment, for stories and for the links that lead to them."""

import contextlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

PUBLISHED = "published"
MOST_BACK = timedelta(hours=2)  # a clock that is set back by more was wrong before


# stories are scheduled to the minute, so that a moment kept in each is enough
MINUTE = timedelta(minutes=1)


class Clock:
    """What the gate takes for now. A clock that is set back by up to `MOST_BACK` (a zone beside ours, a summer time
    that was not to be) hides nothing that readers have seen: until it has caught up, this one stands still at the
    latest moment that the process has lived, that another process has kept, or that the logbook names when the process
    is new. It is set by every thread, to nearly the same."""

    def __init__(self):
        self.latest: datetime | None = None

    def __call__(self) -> datetime:
        now, latest = timezone.now(), self.latest
        if latest is None or now < latest or now.replace(second=0, microsecond=0) > latest:
            latest = self.believed(now, latest)
        self.latest = now if now >= latest or latest - now > MOST_BACK else latest
        return self.latest

    def believed(self, now: datetime, latest: datetime | None) -> datetime:
        """The latest moment that anybody here has lived: asked in a new process, in each new minute, and while the
        machine's clock is behind. Going on is written down, which is at most once a minute."""
        others = [self.written_down(), self.last_act() if latest is None else None, latest]
        found = max((each for each in others if each and each - now <= MOST_BACK), default=now)
        if found <= now:
            self.write_down(now)
        return max(found, now)

    @staticmethod
    def file() -> Path:
        """Its time of change is the moment. A file and not a row: reading a public page writes into no table, and the
        clock that is set back is the machine's own."""
        return settings.VAR_DIR / "latest-moment"

    def written_down(self) -> datetime | None:
        with contextlib.suppress(OSError):
            return datetime.fromtimestamp(self.file().stat().st_mtime, UTC)

    def write_down(self, now: datetime) -> None:
        with contextlib.suppress(OSError):  # a full or lost disk: readers come first
            self.file().touch()
            os.utime(self.file(), (now.timestamp(), now.timestamp()))

    @staticmethod
    def last_act() -> datetime | None:
        """Asked once, when the process is new."""
        acts = apps.get_model("articles", "LogLine").objects.order_by("-pk")
        return acts.values_list("at", flat=True).first()


this_moment = Clock()


class GatedLinkQuerySet(models.QuerySet):
    """Links from a story to a tag or an author. They carry the story's gate and sort key beside them, so that
    "newest with this tag" reads one range of one index at any size of the archive."""

    def live(self, at=None):
        return self.filter(is_published=True, live_from__lte=at or this_moment())

    def newest_first(self):
        """In the order of `link_index`."""
        return self.order_by("-sort_at", f"-{self.model.STORY}_id")

    def story_keys(self):
        """Keys of the stories readers can see through these links, newest first."""
        return self.live().newest_first().values_list(f"{self.model.STORY}_id", flat=True)

    def stories(self, keys):
        return self.model._meta.get_field(self.model.STORY).related_model.objects.cards(keys)


class GatedLink(models.Model):
    """What every link copies from its story. Only articles/story/snapshots.py and articles/workflow.py write it."""

    STORY = "article"  # the name of the foreign key

    is_published = models.BooleanField(default=False, editable=False)
    live_from = models.DateTimeField(null=True, editable=False)
    sort_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True


def link_index(key: str, name: str, story: str = "article") -> models.Index:
    """Covers "newest first for this key": the gate is the index's condition, the rest are its columns."""
    return models.Index(
        fields=[key, "-sort_at", f"-{story}", "live_from"],
        condition=Q(is_published=True),
        name=name,
    )


def going_live(name: str, condition: Q, message: str) -> models.CheckConstraint:
    """A thing that a story needs before readers may see it."""
    return models.CheckConstraint(
        name=f"article_live_{name}",
        condition=~Q(status=PUBLISHED) | condition,
        violation_error_message=message,
    )
