from django.conf import settings
from django.db import models

from articles.models.append_only import AppendOnly, AppendOnlyQuerySet
from articles.models.origin import Origin
from newsroom.foundation.closed import ClosedField
from newsroom.foundation.text import LineField


class RevisionQuerySet(AppendOnlyQuerySet):
    def get_by_natural_key(self, uid, version, aside=0):
        return self.get(article__uid=uid, version=version, aside=aside)

    def on_the_line(self):
        """The story's own versions, without the texts that were set aside."""
        return self.filter(aside=0)

    def newest(self):
        """What the desk works on."""
        return self.on_the_line().order_by("-version").first()


class Revision(AppendOnly):
    """The whole story at one moment (articles/story/snapshots.py says what that is), with who, when and why.

    A text that was refused because somebody had saved first is kept too, set `aside` beside the version it
    began from: no number of the story's own line is used up for it.
    """

    class Kind(models.TextChoices):
        """What made it; for the kinds of a correction and for acts that take back, their own words."""

        SAVED = "saved", "Saved"
        IMPORTED = "imported", "Imported"
        PUBLISHED = "published", "Published"
        SCHEDULED = "scheduled", "Scheduled"
        PUT_LIVE = "put_live", "Put live before its time"
        SMALL_FIX = "small_fix", "Small fix"
        UPDATE = "update", "Update"
        CORRECTION = "correction", "Correction"
        CLARIFICATION = "clarification", "Clarification"
        NOTE = "editors_note", "Editor’s note"
        RETRACTION = "retraction", "Retraction"
        RESTORED = "restored", "Restored from history"
        SET_ASIDE = "set_aside", "Set aside: somebody had saved first"
        MERGED = "merged", "Put together from two texts"
        KEPT = "kept", "Kept from an autosave"
        PULLED_BACK = "pull_back", "Pulled back: what scheduling supplied is taken back"
        UNPUBLISHED = "unpublish", "Unpublished: the date of going live is taken back"
        WITHDRAWN = "withdraw", "Withdrawn: the date of going live is taken back"

    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="revisions"
    )
    version = models.PositiveIntegerField()
    # 0 on the story's line; 1, 2, … beside `version`
    aside = models.PositiveIntegerField(default=0)
    snapshot = models.JSONField()
    kind = ClosedField(max_length=20, choices=Kind, default=Kind.SAVED)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="revisions"
    )
    origin = ClosedField(max_length=20, choices=Origin, default=Origin.DESK)
    note = LineField(max_length=300, blank=True)
    words_added = models.PositiveIntegerField(default=0)  # against the version before
    words_removed = models.PositiveIntegerField(default=0)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["article", "version", "aside"], name="revision_once")
        ]

    def __str__(self):
        return f"version {self.version} of {self.article_id}"

    @property
    def name(self):
        """ "7", or "7.2" for the second text set aside beside version 7."""
        return f"{self.version}.{self.aside}" if self.aside else str(self.version)

    def natural_key(self):
        return (self.article.uid, self.version, *([self.aside] if self.aside else []))

    natural_key.dependencies = ["articles.article"]
