"""A story's dateline and the outlet it was taken from, and where a correction is shown, under names that say so.

Snapshots and unsaved forms name the fields of a story too, so what is stored under the old names is brought over.
"""

from django.db import migrations

from newsroom.foundation.text import LineField

STORY = {"place": "dateline", "outlet": "source_outlet"}
STORED = (("Revision", "snapshot"), ("UnsavedWork", "fields"))  # (model, JSON whose keys are names of fields)
AT_ONCE = 200  # rows: a snapshot holds a whole text


def rename_keys(names):
    def run(apps, schema_editor):
        for model, column in STORED:
            rows = apps.get_model("articles", model).objects.using(schema_editor.connection.alias).order_by("pk")
            last = 0
            while some := list(rows.filter(pk__gt=last).only(column)[:AT_ONCE]):
                last = some[-1].pk
                for row in some:
                    setattr(row, column, {names.get(key, key): value for key, value in getattr(row, column).items()})
                rows.bulk_update(some, [column])

    return run


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]

    operations = [
        migrations.RenameField("article", "place", "dateline"),
        migrations.RenameField("article", "outlet", "source_outlet"),
        migrations.RenameField("correction", "place", "shown_at"),
        migrations.AlterField("article", "dateline", LineField(blank=True, max_length=100)),
        migrations.AlterField("article", "source_outlet", LineField("outlet", blank=True, max_length=120)),
        migrations.RunPython(rename_keys(STORY), rename_keys({new: old for old, new in STORY.items()})),
    ]
