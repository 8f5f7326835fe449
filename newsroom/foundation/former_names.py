"""Addresses that a section, a tag or an author had before: each leads to the one it has now, for ever, in one hop.

An alias points at the row, never at another alias, so there is no chain to follow and no loop to fall into. Every
road by which an address changes goes through `keeping_the_old_address`, and none can take one that leads elsewhere.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from newsroom.foundation.text import fold, free_slug, identity, slug_for

TRIES = 20  # addresses that others take between our looking and our saving


class Ambiguous(Exception):
    """A name that several rows have: which of them is meant is for a person to say. `rows`: those who may be."""

    def __init__(self, name: str, rows: list):
        super().__init__(f"“{name}” may be one of {len(rows)}.")
        self.name, self.rows = name, rows


class NamedQuerySet(models.QuerySet):
    """Rows with a name, its `identity` and its `folded` form."""

    def called(self, name: str):
        """Everything that is called `name`, or once was. Several rows are a question, never a choice."""
        key = identity(name)
        wanted = Q(identity=key)
        if hasattr(self.model, "aliases"):
            aliases = self.model.aliases.rel.related_model.objects
            wanted |= Q(pk__in=aliases.filter(identity=key).values("target"))
        return self.filter(wanted).order_by("pk")

    def alike(self, name: str):
        """What is called otherwise and looks like `name`: to be offered, never to be taken for it."""
        return self.filter(folded=fold(name)[:250]).exclude(identity=identity(name)).order_by("pk")

    def told_apart(self):
        """Each so that its words at the desk tell it from another of the same name."""
        return self.all()


def aliases_of(row):
    """The table of a row's former names, or None for what has none (Alias, authors/models.py)."""
    return row.aliases.model.objects if hasattr(type(row), "aliases") else None


def once_had(row) -> str:
    """The name of another row that once had this row's address; "" when it is free or the row's own."""
    aliases = aliases_of(row)
    if aliases is None or not row.slug:
        return ""
    found = aliases.filter(slug=row.slug).exclude(target=row.pk).select_related("target").first()
    return str(found.target) if found else ""


def refuse_anothers_address(row: Any) -> None:
    """Raises ValidationError, on the field of the address."""
    if owner := once_had(row):
        raise ValidationError(
            {"slug": f"That address leads to “{owner}”, which once had it. Choose another."}
        )


@contextmanager
def keeping_the_old_address(row) -> Iterator[None]:
    """Round the saving of a row: an address that it gives up becomes an alias of it."""
    with transaction.atomic():
        rows = type(row)._base_manager.select_for_update().filter(pk=row.pk)
        before = rows.values_list("name", "slug").first() if row.pk else None
        refuse_anothers_address(row)
        yield
        # a save of other fields leaves the address alone
        now = rows.values_list("slug", flat=True).first()
        if before and before[1] != now == row.slug and aliases_of(row) is not None:
            row.aliases.filter(slug=row.slug).delete()  # it has come back to one of its own
            row.aliases.create(name=before[0], slug=before[1])


class AtItsAddress:
    """What models with `name`, `identity`, `folded` and `slug` share, former addresses (`aliases`) or none."""

    def save(self, *args, **kwargs):
        """Only what follows from the name: its keys and, the first time, an address."""
        self.identity, self.folded = identity(self.name), fold(self.name)[:250]
        # Django's own: that of django-taggit makes addresses in another way.
        save = partial(models.Model.save, self, *args, **kwargs)
        if not self.slug:
            save_at_free_address(
                self, slug_for(self.name, otherwise=self._meta.model_name), self.is_taken, save
            )
            return
        with keeping_the_old_address(self):
            save()

    def is_taken(self, slug: str) -> bool:
        """Whether another row has this address, or once had it."""
        others, aliases = type(self).objects.exclude(pk=self.pk), aliases_of(self)
        return others.filter(slug=slug).exists() or (
            aliases is not None and aliases.filter(slug=slug).exists()
        )


def save_at_free_address(
    row, wish: str, is_taken: Callable[[str], bool], save: Callable[[], None]
) -> None:
    """`save()` the row at `wish`, or at `wish-2` …: also when somebody takes that address at this very moment."""
    for left in reversed(range(TRIES)):
        row.slug = free_slug(wish, is_taken)
        try:
            with keeping_the_old_address(row):
                save()
            return
        except IntegrityError:
            # it was something else that the database refused
            if not left or not is_taken(row.slug):
                raise
