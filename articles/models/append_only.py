"""Rows that are written once. No path of the ORM changes or deletes them.

It is held here and not by a database trigger, because `loaddata` writes its rows again when it is run twice.
"""

from django.db import models


class Unchangeable(Exception):
    """Somebody tried to rewrite the record."""


class AppendOnlyQuerySet(models.QuerySet):
    def refuse(self, *args, **kwargs):
        raise Unchangeable(f"{self.model._meta.verbose_name} rows are written once and stay.")

    update = delete = bulk_update = update_or_create = refuse

    def bulk_create(self, objs, **options):
        if options.get("update_conflicts"):
            self.refuse()
        return super().bulk_create(objs, **options)


class AppendOnly(models.Model):
    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise Unchangeable(f"{self._meta.verbose_name} rows are written once and stay.")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise Unchangeable(f"{self._meta.verbose_name} rows are written once and stay.")
