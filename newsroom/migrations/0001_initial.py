"""The outlet: its pages, what was imported, what the search knows, tries to log in."""

import articles.text.body
import django.core.validators
import django.db.models.deletion
import django.db.models.manager
import newsroom.foundation.text
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('newsroom', '0001_imports'),
        ('newsroom', '0002_pages'),
        ('newsroom', '0004_identities'),
        ('newsroom', '0005_login_tries'),
    ]

    dependencies = [
        ('articles', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True, verbose_name='hash')),
                ('name', models.CharField(max_length=300)),
                ('original', models.BinaryField()),
                ('size', models.PositiveIntegerField()),
                ('encoding', models.CharField(max_length=40)),
                ('receipt', models.JSONField(default=list)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='import_record', to='articles.article')),
            ],
        ),
        migrations.CreateModel(
            name='NameWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(max_length=40)),
                ('mark', models.CharField(max_length=24)),
            ],
            options={
                'default_manager_name': 'dumped',
                'indexes': [models.Index(fields=['mark'], name='nameword_of')],
                'constraints': [models.UniqueConstraint(fields=('token', 'mark'), name='nameword_once')],
            },
            managers=[
                ('dumped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Page',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('description', newsroom.foundation.text.LineField(blank=True, help_text='One line that readers see under the name.', max_length=300)),
                ('identity', models.CharField(editable=False, error_messages={'unique': 'That name is already in use.'}, max_length=400, unique=True)),
                ('folded', models.CharField(db_index=True, editable=False, max_length=250)),
                ('slug', models.CharField(blank=True, help_text='The last part of the page’s address. Left empty, it is made from the name.', max_length=90, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9_-]+\\Z', 'Use small letters a–z, digits and hyphens.')], verbose_name='address')),
                ('name', newsroom.foundation.text.LineField(max_length=120, verbose_name='title')),
                ('kind', models.CharField(blank=True, choices=[('', 'An ordinary page'), ('principles', 'How we work: our principles'), ('ethics', 'Ethics'), ('corrections', 'Corrections policy'), ('checking', 'Verification and fact-checking'), ('unnamed_sources', 'Unnamed sources'), ('no_bylines', 'Stories without a byline'), ('ownership', 'Ownership and money'), ('masthead', 'Who works here'), ('mission', 'Mission and what we cover first'), ('diversity', 'Diversity'), ('diversity_staff', 'Diversity of the staff, in figures'), ('feedback', 'How to reach us and what happens then')], default='', help_text='One page for each. Search engines and agencies are told where it is.', max_length=20, verbose_name='answers for')),
                ('body', articles.text.body.BodyField(verbose_name='text')),
                ('order', models.PositiveSmallIntegerField(default=100, help_text='Small numbers stand first in the footer.')),
                ('is_in_footer', models.BooleanField(default=True, verbose_name='in the footer of every page')),
                ('is_public', models.BooleanField(default=False, help_text='Readers see it. Until then it is a draft of yours.')),
                ('changed_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='page_has_title', violation_error_message='Give the page a title.'), models.UniqueConstraint(condition=models.Q(('kind', ''), _negated=True), fields=('kind',), name='page_kind_once', violation_error_message='Another page answers for that already.')],
            },
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.BigIntegerField(unique=True)),
                ('live_from', models.DateTimeField()),
                ('published_on', models.DateField(null=True)),
                ('version', models.PositiveIntegerField()),
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.article')),
            ],
            options={
                'default_manager_name': 'dumped',
            },
            managers=[
                ('dumped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Spelling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('variant', models.CharField(max_length=40)),
                ('plain', models.CharField(max_length=40)),
                ('word', models.CharField(max_length=60)),
            ],
            options={
                'default_manager_name': 'dumped',
                'constraints': [models.UniqueConstraint(fields=('variant', 'plain'), name='spelling_once')],
            },
            managers=[
                ('dumped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Tries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('moments', models.JSONField(default=list)),
                ('seen_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'verbose_name_plural': 'tries',
            },
        ),
    ]
