from django.conf import settings
from django.db import models

from articles.models.append_only import AppendOnly, AppendOnlyQuerySet


class Agreement(AppendOnly):
    """What a colleague who is said to agree with a retraction says themselves, under their own login: written once."""

    record = models.ForeignKey(
        "articles.Correction", on_delete=models.PROTECT, related_name="agreements"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    agrees = models.BooleanField()

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["record", "by"], name="agreement_once")]

    def __str__(self):
        return f"{self.by_id} {'agrees' if self.agrees else 'does not agree'} with {self.record_id}"
