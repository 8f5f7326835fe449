"""A portrait is a photo of the newsroom, and photos come after people."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('authors', '0006_logged_out_at')]

    dependencies = [
        ('articles', '0001_initial'),
        ('authors', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='author',
            name='portrait',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='portrait_of', to='articles.photo'),
        ),
    ]
