"""People: the accounts of the desk, and the authors whom readers see."""

import authors.models
import django.contrib.auth.models
import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import newsroom.foundation.links
import newsroom.foundation.text
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('authors', '0001_people'),
        ('authors', '0002_preferences'),
        ('authors', '0003_whole_paper'),
        ('authors', '0004_people'),
        ('authors', '0005_identities'),
    ]

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('time_zone', models.CharField(blank=True, help_text='Left empty, the outlet’s own.', max_length=60, validators=[authors.models.validate_zone])),
                ('keeps_unsaved', models.BooleanField(default=True, help_text='Keep what is typed in a story every few seconds, for this person alone.', verbose_name='autosave')),
                ('logged_out_at', models.DateTimeField(editable=False, null=True)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'abstract': False,
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='Author',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', newsroom.foundation.text.LineField(help_text='As it stands in bylines, in its own spelling.', max_length=120)),
                ('identity', models.CharField(db_index=True, editable=False, max_length=400)),
                ('folded', models.CharField(db_index=True, editable=False, max_length=250)),
                ('slug', models.CharField(blank=True, help_text='The last part of the author page’s address. Left empty, it is made from the name.', max_length=90, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9_-]+\\Z', 'Use small letters a–z, digits and hyphens.')], verbose_name='address')),
                ('role', newsroom.foundation.text.LineField(blank=True, help_text='For example: Trade reporter, Tashkent.', max_length=120)),
                ('bio', newsroom.foundation.text.ProseField(blank=True, help_text='Readers see all of it, on the author page and under every story.')),
                ('website', newsroom.foundation.text.LineField(blank=True, max_length=300, validators=[newsroom.foundation.links.validate_link])),
                ('contact_email', models.EmailField(blank=True, help_text='Printed on the author page: only with the person’s agreement.', max_length=254)),
                ('has_left', models.BooleanField(default=False, help_text='Someone who left keeps the page and every byline.')),
                ('languages', models.JSONField(blank=True, default=list, help_text='Readers see them on the author page.', validators=[authors.models.validate_languages])),
                ('is_unknown', models.BooleanField(default=False, editable=False)),
                ('account', models.OneToOneField(blank=True, help_text='Optional. When the account ends, no byline changes.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='author', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('is_unknown', True)), fields=['folded'], name='author_is_unknown')],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='author_has_name', violation_error_message='Type the author’s name.')],
            },
        ),
        migrations.CreateModel(
            name='AuthorAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', newsroom.foundation.text.LineField(max_length=120)),
                ('identity', models.CharField(db_index=True, editable=False, max_length=400)),
                ('folded', models.CharField(db_index=True, editable=False, max_length=250)),
                ('slug', models.CharField(editable=False, max_length=90, unique=True)),
                ('old_pk', models.BigIntegerField(db_index=True, editable=False, null=True)),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='authors.author')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
