"""Two people may have names that look alike, and one name: an import asks which of them is meant."""

from django.db import migrations, models

from authors.migrations._identities import give_identities


class Migration(migrations.Migration):
    dependencies = [
        ("authors", "0004_people"),
    ]

    operations = [
        migrations.AddField(
            model_name="author",
            name="identity",
            field=models.CharField(default="", editable=False, max_length=400),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="authoralias",
            name="identity",
            field=models.CharField(default="", editable=False, max_length=400),
            preserve_default=False,
        ),
        migrations.RunPython(give_identities("authors", "Author", "AuthorAlias"), migrations.RunPython.noop),
        migrations.AlterField(
            model_name="author",
            name="identity",
            field=models.CharField(db_index=True, editable=False, max_length=400),
        ),
        migrations.AlterField(
            model_name="authoralias",
            name="identity",
            field=models.CharField(db_index=True, editable=False, max_length=400),
        ),
    ]
