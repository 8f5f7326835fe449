"""A name is its own by what was written, no longer by what it looks like: Меры and Мэры are two tags."""

from django.db import migrations, models

from authors.migrations._identities import fold_again, give_identities, tell_folded_apart


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0006_former_addresses"),
        ("authors", "0005_identities"),
    ]

    operations = [
        migrations.AddField(
            model_name="section",
            name="identity",
            field=models.CharField(default="", editable=False, max_length=400),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="tag",
            name="identity",
            field=models.CharField(default="", editable=False, max_length=400),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="event",
            name="identity",
            field=models.CharField(default="", editable=False, max_length=400),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="series",
            name="identity",
            field=models.CharField(default="", editable=False, max_length=400),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="sectionalias",
            name="identity",
            field=models.CharField(default="", editable=False, max_length=400),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="tagalias",
            name="identity",
            field=models.CharField(default="", editable=False, max_length=400),
            preserve_default=False,
        ),
        migrations.RunPython(give_identities("articles", "Section", "Tag", "Event", "Series", "SectionAlias", "TagAlias"), migrations.RunPython.noop),
        migrations.AlterField(
            model_name="section",
            name="identity",
            field=models.CharField(
                editable=False, error_messages={"unique": "That name is already in use."}, max_length=400, unique=True
            ),
        ),
        migrations.AlterField(
            model_name="section",
            name="folded",
            field=models.CharField(db_index=True, editable=False, max_length=250),
        ),
        migrations.AlterField(
            model_name="tag",
            name="identity",
            field=models.CharField(
                editable=False, error_messages={"unique": "That name is already in use."}, max_length=400, unique=True
            ),
        ),
        migrations.AlterField(
            model_name="tag",
            name="folded",
            field=models.CharField(db_index=True, editable=False, max_length=250),
        ),
        migrations.AlterField(
            model_name="event",
            name="identity",
            field=models.CharField(
                editable=False, error_messages={"unique": "That name is already in use."}, max_length=400, unique=True
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="folded",
            field=models.CharField(db_index=True, editable=False, max_length=250),
        ),
        migrations.AlterField(
            model_name="series",
            name="identity",
            field=models.CharField(
                editable=False, error_messages={"unique": "That name is already in use."}, max_length=400, unique=True
            ),
        ),
        migrations.AlterField(
            model_name="series",
            name="folded",
            field=models.CharField(db_index=True, editable=False, max_length=250),
        ),
        migrations.AlterField(
            model_name="sectionalias",
            name="identity",
            field=models.CharField(db_index=True, editable=False, max_length=400),
        ),
        migrations.AlterField(
            model_name="tagalias",
            name="identity",
            field=models.CharField(db_index=True, editable=False, max_length=400),
        ),
        migrations.RunPython(fold_again("articles", "Section", "Tag", "Event", "Series"), tell_folded_apart("articles", "Section", "Tag", "Event", "Series")),
    ]
