"""What the migrations of all three packages do to rows with names: give each its identity, and back."""

from collections.abc import Callable

from newsroom.foundation.text import (fold, identity)

SOME = 500  # rows written at once


def give_identities(app: str, *models: str) -> Callable:
    """Until now no two rows were alike (`folded` was unique), so hardly two are the same; what is, is told apart."""

    def forwards(apps, schema_editor):
        for name in models:
            model = apps.get_model(app, name)
            is_unique, taken, changed = model._meta.get_field("folded").unique, set(), []
            for row in model.objects.order_by("pk").only("pk", "name").iterator(SOME):
                key = identity(row.name)
                row.identity = f"{key} {row.pk}" if is_unique and key in taken else key
                taken.add(row.identity)
                changed.append(row)
            model.objects.bulk_update(changed, ["identity"], batch_size=SOME)

    return forwards


def fold_again(app: str, *models: str) -> Callable:
    """No longer unique, `folded` says what a name looks like, also of rows that were told apart on a way back."""

    def forwards(apps, schema_editor):
        for name in models:
            model = apps.get_model(app, name)
            rows = [row for row in model.objects.only("pk", "name", "folded") if row.folded != fold(row.name)[:250]]
            for row in rows:
                row.folded = fold(row.name)[:250]
            model.objects.bulk_update(rows, ["folded"], batch_size=SOME)

    return forwards


def tell_folded_apart(app: str, *models: str) -> Callable:
    """On the way back `folded` is unique again: of rows that look alike all but the first get a number."""

    def backwards(apps, schema_editor):
        for name in models:
            model = apps.get_model(app, name)
            taken, changed = set(), []
            for row in model.objects.order_by("pk").only("pk", "name").iterator(SOME):
                key = fold(row.name)[:230]
                row.folded = f"{key} {row.pk}" if key in taken else key
                taken.add(row.folded)
                changed.append(row)
            model.objects.bulk_update(changed, ["folded"], batch_size=SOME)

    return backwards
