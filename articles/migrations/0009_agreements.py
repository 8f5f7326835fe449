"""A retraction said that somebody approved it; it says now that somebody is said to agree, who answers for themselves."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def only_of_retractions(apps, schema_editor):
    """Every record named its own maker there; only a retraction names a second person."""
    records = apps.get_model("articles", "Correction").objects.using(schema_editor.connection.alias)
    records.exclude(kind="retraction").update(agreed_with=None)
    records.filter(agreed_with=models.F("made_by")).update(agreed_with=None)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0008_settled_forms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameField("correction", "approved_by", "agreed_with"),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("agrees", models.BooleanField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="articles.correction",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("record", "by"), name="agreement_once")],
            },
        ),
        migrations.RunPython(only_of_retractions, migrations.RunPython.noop),
    ]
