"""What somebody types and has not saved yet, and who is at a story now: private rows that readers never reach."""

from django.conf import settings
from django.db import models


class UnsavedWorkQuerySet(models.QuerySet):
    def waiting(self):
        """Words that are nowhere else."""
        return self.filter(is_settled=False)


class UnsavedWork(models.Model):
    """A form as one person last had it, overwritten by every autosave of that form and by no other.

    `fields` is the form as the browser sent it: {name: [values]}. `key` names the form; on the form of a new story
    it is also the identity that the story will get.

    A row that `is_settled` keeps no words: those of its form are in a revision. It remembers the `turn` of the sending
    that brought them there, so that an autosave of the same form that was sent before and comes after is known for
    what it is.
    """

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, null=True, related_name="unsaved"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="unsaved"
    )
    key = models.UUIDField()
    base_version = models.PositiveIntegerField(default=0)
    fields = models.JSONField()
    kept_at = models.DateTimeField()
    was_parked = models.BooleanField(default=False)  # sent after the login had ended
    is_settled = models.BooleanField(default=False)
    # "PAGE:NUMBER", see articles/story/unsaved.py
    turn = models.CharField(max_length=60, blank=True, default="")

    objects = UnsavedWorkQuerySet.as_manager()

    class Meta:
        verbose_name = "unsaved work"
        constraints = [
            models.UniqueConstraint(fields=["key", "person"], name="unsaved_once"),
        ]
        indexes = [models.Index(fields=["person", "article", "-kept_at"], name="unsaved_newest")]

    def __str__(self):
        return f"unsaved work of {self.person_id} in {self.article_id or 'a new story'}"


class Presence(models.Model):
    """Somebody has the story's form open. A notice, never a lock; it lapses by itself."""

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="presences"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="presences"
    )
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "person"], name="presence_once")]

    def __str__(self):
        return f"{self.person_id} at {self.article_id}"
