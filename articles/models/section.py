from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from authors.paths import path_to
from authors.text import LineField, fold, free_slug, slug_for, slug_validator


class Filed(models.Model):
    """What sections and tags share: a name, unique however it is spelled, and an address that is never empty."""

    description = LineField(max_length=300, blank=True, help_text="One line that readers see under the name.")
    folded = models.CharField(
        max_length=250, unique=True, editable=False, error_messages={"unique": "That name is already in use."}
    )
    slug = models.CharField(
        "address",
        max_length=90,
        unique=True,
        blank=True,
        validators=[slug_validator],
        help_text="The last part of the page’s address. Left empty, it is made from the name.",
    )

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    def clean(self):
        """Say it at the form, before the database does: this name exists already, in some spelling."""
        self.folded = fold(self.name)[:250]
        if type(self).objects.filter(folded=self.folded).exclude(pk=self.pk).exists():
            raise ValidationError({"name": "That name is already in use."})

    def save(self, *args, **kwargs):
        """Only what follows from the name: its folded key and, the first time, an address."""
        self.folded = fold(self.name)[:250]
        if not self.slug:
            others = type(self).objects.exclude(pk=self.pk)
            wish = slug_for(self.name, otherwise=self._meta.model_name)
            self.slug = free_slug(wish, lambda slug: others.filter(slug=slug).exists())
        models.Model.save(self, *args, **kwargs)


class SectionQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def in_order(self):
        return self.order_by("order", "folded")


class Section(Filed):
    """One of the paper's parts. A story stands in exactly one."""

    name = LineField(max_length=80)
    order = models.PositiveSmallIntegerField(default=100, help_text="Small numbers stand first in the section bar.")

    objects = SectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="section_has_name",
                condition=~Q(name=""),
                violation_error_message="Type the section’s name.",
            )
        ]
        indexes = [models.Index(fields=["order", "folded"], name="section_in_order")]

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return path_to("section", self.slug)
