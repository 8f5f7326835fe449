from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("authors", "0005_identities")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="logged_out_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
