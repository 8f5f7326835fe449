import newsroom.foundation.text
import django.core.validators
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('description', newsroom.foundation.text.LineField(blank=True, help_text='One line that readers see under the name.', max_length=300)),
                ('folded', models.CharField(editable=False, error_messages={'unique': 'That name is already in use.'}, max_length=250, unique=True)),
                ('slug', models.CharField(blank=True, help_text='The last part of the page’s address. Left empty, it is made from the name.', max_length=90, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9_-]+\\Z', 'Use small letters a–z, digits and hyphens.')], verbose_name='address')),
                ('name', newsroom.foundation.text.LineField(max_length=80)),
                ('order', models.PositiveSmallIntegerField(default=100, help_text='Small numbers stand first in the section bar.')),
            ],
            options={
                'indexes': [models.Index(fields=['order', 'folded'], name='section_in_order')],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='section_has_name', violation_error_message='Type the section’s name.')],
            },
        ),
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('description', newsroom.foundation.text.LineField(blank=True, help_text='One line that readers see under the name.', max_length=300)),
                ('folded', models.CharField(editable=False, error_messages={'unique': 'That name is already in use.'}, max_length=250, unique=True)),
                ('slug', models.CharField(blank=True, help_text='The last part of the page’s address. Left empty, it is made from the name.', max_length=90, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9_-]+\\Z', 'Use small letters a–z, digits and hyphens.')], verbose_name='address')),
                ('name', newsroom.foundation.text.LineField(max_length=100)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='tag_has_name', violation_error_message='Type the tag’s name.')],
            },
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sha256', models.CharField(editable=False, max_length=64, unique=True, verbose_name='hash')),
                ('original', models.CharField(editable=False, max_length=120)),
                ('token', models.CharField(editable=False, max_length=40, unique=True)),
                ('widths', models.JSONField(default=list, editable=False)),
                ('width', models.PositiveIntegerField(editable=False)),
                ('height', models.PositiveIntegerField(editable=False)),
                ('size', models.PositiveIntegerField(editable=False)),
                ('alt', newsroom.foundation.text.LineField(blank=True, help_text='What the picture shows, for someone who cannot see it.', max_length=420)),
                ('is_decorative', models.BooleanField(default=False, help_text='It says nothing: screen readers skip it.')),
                ('caption', newsroom.foundation.text.ProseField(blank=True, help_text='Printed under the picture.')),
                ('credit', newsroom.foundation.text.LineField(help_text='Who made it: for example Jane Doe / Agency.', max_length=200)),
                ('rights', newsroom.foundation.text.LineField(blank=True, help_text='Who may use it, and until when.', max_length=300)),
                ('focal_x', models.PositiveSmallIntegerField(default=5, help_text='What must stay visible: 0 is left, 10 is right.', validators=[django.core.validators.MaxValueValidator(10)])),
                ('focal_y', models.PositiveSmallIntegerField(default=5, help_text='0 is the top, 10 is the bottom.', validators=[django.core.validators.MaxValueValidator(10)])),
                ('added_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('is_decorative', True), models.Q(('alt', ''), _negated=True), _connector='OR'), name='photo_has_alt', violation_error_message='Say what the picture shows, or tick “decorative”.'), models.CheckConstraint(condition=models.Q(('credit', ''), _negated=True), name='photo_has_credit', violation_error_message='Say whose picture it is.')],
            },
        ),
    ]
