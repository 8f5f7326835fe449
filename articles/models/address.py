from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from newsroom.foundation.text import LineField


class AddressQuerySet(models.QuerySet):
    def get_by_natural_key(self, path):
        return self.get(path=path)


class Address(models.Model):
    """A path that a story has, or once had. A path belongs to one story for ever and is never used again.

    Rows are written when a story is first made live; a draft only wishes for an address.
    """

    class Reason(models.TextChoices):
        RIGHTS = "rights", _("Rights ended")
        RETRACTED = "retracted", _("Retracted")
        LAW = "law", _("Legal or privacy reasons")
        KILL = "kill", _("Must not be used by anyone")

    path = models.CharField(max_length=200, unique=True)
    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="addresses"
    )
    is_current = models.BooleanField(default=True)
    gone_at = models.DateTimeField(null=True, blank=True)
    gone_reason = models.CharField(max_length=20, choices=Reason, blank=True)
    gone_wording = LineField(max_length=500, blank=True)
    gone_show_title = models.BooleanField(default=False)
    # as readers knew it; printed only if it may be shown
    gone_title = LineField(max_length=250, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article"], condition=Q(is_current=True), name="address_one_current"
            )
        ]

    objects = AddressQuerySet.as_manager()

    def __str__(self):
        return self.path

    def natural_key(self):
        return (self.path,)
