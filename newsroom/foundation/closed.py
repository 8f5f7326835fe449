"""A column that holds one of a closed list of words, whichever way its row is written."""

from django.db import models


class ClosedField(models.CharField):
    """Raises ValueError for a word that is none of its `choices`, on every road of the ORM: `save`, `bulk_create`,
    `update`, a fixture. Needs an enumeration, so that the words stand in one place."""

    def deconstruct(self):
        """The words are no part of the column: another one needs no migration."""
        column, _, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return column, "django.db.models.CharField", args, kwargs

    def get_db_prep_save(self, value, connection):
        if isinstance(value, str) and value not in dict(self.flatchoices):
            raise ValueError(f"{self.model._meta.verbose_name}: {self.name} is never “{value}”.")
        return super().get_db_prep_save(value, connection)
