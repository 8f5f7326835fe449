from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from authors.models import Alias
from newsroom.foundation.former_names import (
    AtItsAddress,
    NamedQuerySet,
    refuse_anothers_address,
)
from newsroom.foundation.paths import path_to
from newsroom.foundation.text import (
    LONGEST_IDENTITY,
    LineField,
    NameField,
    fold,
    identity,
    slug_validator,
)


class Filed(AtItsAddress, models.Model):
    """What sections, tags, events, series and pages share: a name that nothing else of the kind has, and an address."""

    description = LineField(
        max_length=300, blank=True, help_text="One line that readers see under the name."
    )
    identity = models.CharField(
        max_length=LONGEST_IDENTITY,
        unique=True,
        editable=False,
        error_messages={"unique": "That name is already in use."},
    )
    folded = models.CharField(max_length=250, editable=False, db_index=True)
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
        """Say it at the form, before the database does: this name exists already."""
        refuse_anothers_address(self)
        self.identity, self.folded = identity(self.name), fold(self.name)[:250]
        if type(self).objects.filter(identity=self.identity).exclude(pk=self.pk).exists():
            raise ValidationError({"name": "That name is already in use."})


class FiledQuerySet(NamedQuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class SectionQuerySet(FiledQuerySet):
    def get_by_natural_key(self, slug):
        return self.filter(slug=slug).first() or self.get(aliases__slug=slug)

    def in_order(self):
        return self.order_by("order", "folded", "pk")


class Section(Filed):
    """One of the paper's parts. A story stands in exactly one."""

    name = NameField(max_length=80)
    order = models.PositiveSmallIntegerField(
        default=100, help_text="Small numbers stand first in the section bar."
    )

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


class SectionAlias(Alias):
    """An address that a section had before."""

    target = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="aliases")
