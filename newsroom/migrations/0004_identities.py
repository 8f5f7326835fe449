"""A page's title is its own by what was written, no longer by what it looks like."""

from django.db import migrations, models

from authors.migrations._identities import fold_again, give_identities, tell_folded_apart


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0003_search"),
        ("articles", "0007_identities"),
    ]

    operations = [
        migrations.AddField(
            model_name="page",
            name="identity",
            field=models.CharField(default="", editable=False, max_length=400),
            preserve_default=False,
        ),
        migrations.RunPython(give_identities("newsroom", "Page"), migrations.RunPython.noop),
        migrations.AlterField(
            model_name="page",
            name="identity",
            field=models.CharField(
                editable=False, error_messages={"unique": "That name is already in use."}, max_length=400, unique=True
            ),
        ),
        migrations.AlterField(
            model_name="page",
            name="folded",
            field=models.CharField(db_index=True, editable=False, max_length=250),
        ),
        migrations.RunPython(fold_again("newsroom", "Page"), tell_folded_apart("newsroom", "Page")),
    ]
