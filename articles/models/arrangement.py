"""What the desk put where on the front page and at the top of the sections; and the breaking strip above them all."""

from typing import TypedDict

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.models.append_only import AppendOnly, AppendOnlyQuerySet
from articles.models.article import Article
from articles.models.gate import this_moment
from newsroom.foundation.text import LineField

FRONT = "front"
SECTION = "section/"  # and the section's slug


Slot = TypedDict(
    "Slot",
    {
        "zone": str,  # where it stands
        "story": str,  # a uid; "" for automatic
        "auto": str,  # a section's slug: the newest from there
        "headline": str,
        "dek": str,
        "photo": str,  # a hash
        "from": str,  # a moment in ISO 8601, or ""
        "until": str,
        "is_sponsored": bool,
    },
)


class Layout(TypedDict):
    """What stands where on a page; articles/front_page/layouts.py says what it means."""

    slots: list[Slot]
    bands: list[str]  # slugs of sections in order; [] for all, [""] for none


def empty_layout() -> Layout:
    return {"slots": [], "bands": []}


class ArrangementQuerySet(models.QuerySet):
    def get_by_natural_key(self, page):
        return self.get(page=page)


class Arrangement(models.Model):
    """One page that the desk arranges. `shown` is the layout readers get: a copy of its newest published version, so
    that a page asks for one row. Only articles/front_page/arranging.py writes it."""

    page = models.CharField(max_length=100, unique=True)  # "front", or "section/" and a slug
    version = models.PositiveIntegerField(default=0)  # the newest, published or not
    # 0: nothing was published, all is automatic
    shown_version = models.PositiveIntegerField(default=0)
    shown = models.JSONField(default=empty_layout)

    objects = ArrangementQuerySet.as_manager()

    class Meta:
        verbose_name = "front page"
        permissions = [
            (
                "arrange_page",
                "Can arrange the front page and the sections, and put up the breaking strip",
            )
        ]

    def __str__(self):
        return self.page

    def natural_key(self):
        return (self.page,)


class ArrangementVersion(AppendOnly):
    """One layout of a page as somebody left it. Drafts and published ones stand on one line; none is ever changed."""

    arrangement = models.ForeignKey(Arrangement, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    layout = models.JSONField()
    is_published = models.BooleanField(default=False)
    note = LineField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["arrangement", "version"], name="arrangement_version_once"
            )
        ]

    def __str__(self):
        return f"version {self.version} of {self.arrangement_id}"


class BreakingQuerySet(models.QuerySet):
    def up(self, at=None):
        """What readers see now: inside its time, and not a story that they may not see."""
        at = at or this_moment()
        inside = self.filter(starts_at__lte=at, ends_at__gt=at)
        seen = Q(article__status=Article.Status.PUBLISHED, article__live_from__lte=at)
        return inside.filter(Q(article=None) | seen)


class Breaking(models.Model):
    """One line above every page, for a few hours. It always has an end; taking it down moves the end to that moment."""

    text = LineField(max_length=160, help_text="What has happened, in one line.")
    article = models.ForeignKey(
        Article,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="breaking",
        help_text="The story that the line leads to.",
    )
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(db_index=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = BreakingQuerySet.as_manager()

    class Meta:
        verbose_name = "breaking strip"
        constraints = [
            models.CheckConstraint(
                name="breaking_ends",
                condition=Q(ends_at__gte=models.F("starts_at")),
                violation_error_message="It ends before it begins.",
            )
        ]

    def __str__(self):
        return self.text
