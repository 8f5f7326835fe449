"""The pages that the outlet writes about itself: they belong to no story."""

from django.db import models
from django.db.models import Q

from articles.models.section import Filed, FiledQuerySet
from articles.text.body import BodyField
from newsroom.foundation.paths import path_to
from newsroom.foundation.text import LineField


class PageQuerySet(FiledQuerySet):
    def public(self):
        return self.filter(is_public=True)

    def in_footer(self):
        return self.public().filter(is_in_footer=True)

    def policies(self):
        """Public pages that answer for something, whose addresses other formats name."""
        return self.public().exclude(kind="")


class Page(Filed):
    """A page about the outlet itself: how we work, corrections policy, ownership, contact, privacy."""

    class Kind(models.TextChoices):
        """What a page answers for; search engines, agencies and trust.txt are told its address."""

        NONE = "", "An ordinary page"
        PRINCIPLES = "principles", "How we work: our principles"
        ETHICS = "ethics", "Ethics"
        CORRECTIONS = "corrections", "Corrections policy"
        CHECKING = "checking", "Verification and fact-checking"
        UNNAMED = "unnamed_sources", "Unnamed sources"
        NO_BYLINES = "no_bylines", "Stories without a byline"
        OWNERSHIP = "ownership", "Ownership and money"
        MASTHEAD = "masthead", "Who works here"
        MISSION = "mission", "Mission and what we cover first"
        DIVERSITY = "diversity", "Diversity"
        DIVERSITY_STAFF = "diversity_staff", "Diversity of the staff, in figures"
        FEEDBACK = "feedback", "How to reach us and what happens then"

    name = LineField("title", max_length=120)
    kind = models.CharField(
        "answers for",
        max_length=20,
        choices=Kind,
        blank=True,
        default="",
        help_text="One page for each. Search engines and agencies are told where it is.",
    )
    body = BodyField("text")
    order = models.PositiveSmallIntegerField(
        default=100, help_text="Small numbers stand first in the footer."
    )
    is_in_footer = models.BooleanField("in the footer of every page", default=True)
    is_public = models.BooleanField(
        default=False, help_text="Readers see it. Until then it is a draft of yours."
    )
    changed_at = models.DateTimeField(auto_now=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="page_has_title",
                condition=~Q(name=""),
                violation_error_message="Give the page a title.",
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=~Q(kind=""),
                name="page_kind_once",
                violation_error_message="Another page answers for that already.",
            ),
        ]

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return path_to("page", self.slug)
