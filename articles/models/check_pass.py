from django.conf import settings
from django.db import models

from articles.models.append_only import AppendOnly, AppendOnlyQuerySet
from newsroom.foundation.text import LineField, ProseField


class CheckPass(AppendOnly):
    """Somebody saw what a check found and let the story go on as it is. It counts for that text alone."""

    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="check_passes"
    )
    rule = models.CharField(max_length=40)
    level = models.CharField(max_length=10)
    fingerprint = models.CharField(max_length=64)  # of the rule and the text it was about
    about = ProseField()  # that text
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = LineField(max_length=300, blank=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["article", "fingerprint"], name="check_pass_of_story")]

    def __str__(self):
        return f"{self.rule} passed by {self.by_id}"
