"""Stories and all that belongs to one; photos, sections and tags; the front page; the logbook."""

import articles.models.arrangement
import articles.models.article
import articles.models.byline
import articles.models.photo
import articles.text.body
import datetime
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import newsroom.foundation.text
import taggit.managers
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('articles', '0001_filing_and_photos'),
        ('articles', '0002_stories'),
        ('articles', '0003_desk'),
        ('articles', '0004_photo_desk'),
        ('articles', '0005_whole_paper'),
        ('articles', '0006_former_addresses'),
        ('articles', '0007_identities'),
        ('articles', '0008_settled_forms'),
        ('articles', '0009_agreements'),
    ]

    dependencies = [
        ('authors', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ArchivePeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(max_length=10, unique=True)),
                ('level', models.CharField(max_length=5)),
                ('live_from', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['level', 'period', 'live_from'], name='archive_calendar')],
            },
        ),
        migrations.CreateModel(
            name='Arrangement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.CharField(max_length=100, unique=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('shown_version', models.PositiveIntegerField(default=0)),
                ('shown', models.JSONField(default=articles.models.arrangement.empty_layout)),
            ],
            options={
                'verbose_name': 'front page',
                'permissions': [('arrange_page', 'Can arrange the front page and the sections, and put up the breaking strip')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('description', newsroom.foundation.text.LineField(blank=True, help_text='One line that readers see under the name.', max_length=300)),
                ('identity', models.CharField(editable=False, error_messages={'unique': 'That name is already in use.'}, max_length=400, unique=True)),
                ('folded', models.CharField(db_index=True, editable=False, max_length=250)),
                ('slug', models.CharField(blank=True, help_text='The last part of the page’s address. Left empty, it is made from the name.', max_length=90, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9_-]+\\Z', 'Use small letters a–z, digits and hyphens.')], verbose_name='address')),
                ('name', newsroom.foundation.text.LineField(help_text='What happened, for the desk: readers do not see it.', max_length=150)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='event_has_name', violation_error_message='Say what happened.')],
            },
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sha256', models.CharField(editable=False, max_length=64, unique=True, verbose_name='hash')),
                ('file_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('original', models.CharField(editable=False, max_length=120)),
                ('token', models.CharField(editable=False, max_length=40, unique=True)),
                ('stamp', models.CharField(blank=True, editable=False, max_length=12)),
                ('width', models.PositiveIntegerField(editable=False)),
                ('height', models.PositiveIntegerField(editable=False)),
                ('size', models.PositiveIntegerField(editable=False)),
                ('is_incoming', models.BooleanField(default=False, editable=False)),
                ('alt', newsroom.foundation.text.LineField(blank=True, help_text='What the picture shows, for someone who cannot see it.', max_length=420, verbose_name='description')),
                ('is_decorative', models.BooleanField(default=False, help_text='It says nothing: screen readers skip it.')),
                ('long_description', newsroom.foundation.text.ProseField(blank=True, help_text='For a chart or a map: everything it says, in words.')),
                ('caption', newsroom.foundation.text.ProseField(blank=True, help_text='Printed under the picture, unless a story has its own.')),
                ('credit', newsroom.foundation.text.LineField(blank=True, help_text='Printed with it: for example Jane Doe / Agency.', max_length=200)),
                ('title', newsroom.foundation.text.LineField(blank=True, help_text='For the desk: the headline that came with the picture.', max_length=250)),
                ('creator', newsroom.foundation.text.LineField(blank=True, help_text='Who made it.', max_length=200)),
                ('copyright', newsroom.foundation.text.LineField(blank=True, max_length=300)),
                ('taken_on', models.DateField(blank=True, help_text='Never taken for the date of a story.', null=True)),
                ('place', newsroom.foundation.text.LineField(blank=True, help_text='Where it was taken.', max_length=200)),
                ('source_type', models.CharField(blank=True, choices=[('', 'Not stated'), ('camera', 'Photograph'), ('illustration', 'Illustration'), ('chart', 'Chart made from data'), ('screen', 'Screen capture'), ('composite', 'Composite of several pictures'), ('ai', 'Made with AI'), ('ai_partly', 'Partly made with AI')], default='', help_text='Readers are told when it is not a photograph.', max_length=20, verbose_name='made how')),
                ('rights_kind', models.CharField(blank=True, choices=[('', 'Not stated'), ('staff', 'Staff: made for us'), ('agency', 'Agency: by contract'), ('licensed', 'Licensed: paid for once'), ('handout', 'Handout: given to the press'), ('reader', 'Sent by a reader'), ('screengrab', 'Screengrab'), ('social', 'From a social network'), ('commons', 'Creative Commons'), ('public_domain', 'Public domain')], default='', max_length=20, verbose_name='rights')),
                ('allowed_use', models.CharField(choices=[('any', 'Any story'), ('once', 'One story only'), ('ask', 'Ask the owner first, each time')], default='any', max_length=10)),
                ('rights_until', models.DateField(blank=True, help_text='The last day on which it may be shown.', null=True)),
                ('rights', newsroom.foundation.text.LineField(blank=True, help_text='Anything else: licence, contract, who agreed.', max_length=300, verbose_name='terms')),
                ('focal_x', models.PositiveSmallIntegerField(default=5, help_text='0 is left, 10 is right.', validators=[django.core.validators.MaxValueValidator(10)], verbose_name='focal point across')),
                ('focal_y', models.PositiveSmallIntegerField(default=5, help_text='0 is the top, 10 the bottom.', validators=[django.core.validators.MaxValueValidator(10)], verbose_name='focal point down')),
                ('said_by_file', models.JSONField(default=dict, editable=False)),
                ('file_name', newsroom.foundation.text.LineField(blank=True, editable=False, max_length=200)),
                ('search_text', models.TextField(blank=True, editable=False)),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('added_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['-added_at', '-id'], name='photo_newest'), models.Index(condition=models.Q(('rights_until__isnull', False)), fields=['rights_until'], name='photo_lapsing')],
                'constraints': [models.CheckConstraint(condition=models.Q(('is_incoming', True), ('is_decorative', True), models.Q(('alt', ''), _negated=True), _connector='OR'), name='photo_is_described', violation_error_message='Say what the picture shows, or tick “decorative”.'), models.CheckConstraint(condition=models.Q(('is_incoming', True), models.Q(('credit', ''), _negated=True), _connector='OR'), name='photo_is_credited', violation_error_message='Say whose picture it is.')],
            },
            bases=(articles.models.photo.PhotoShape, models.Model),
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('description', newsroom.foundation.text.LineField(blank=True, help_text='One line that readers see under the name.', max_length=300)),
                ('identity', models.CharField(editable=False, error_messages={'unique': 'That name is already in use.'}, max_length=400, unique=True)),
                ('folded', models.CharField(db_index=True, editable=False, max_length=250)),
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
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('description', newsroom.foundation.text.LineField(blank=True, help_text='One line that readers see under the name.', max_length=300)),
                ('identity', models.CharField(editable=False, error_messages={'unique': 'That name is already in use.'}, max_length=400, unique=True)),
                ('folded', models.CharField(db_index=True, editable=False, max_length=250)),
                ('slug', models.CharField(blank=True, help_text='The last part of the page’s address. Left empty, it is made from the name.', max_length=90, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9_-]+\\Z', 'Use small letters a–z, digits and hyphens.')], verbose_name='address')),
                ('name', newsroom.foundation.text.LineField(max_length=120)),
            ],
            options={
                'verbose_name_plural': 'series',
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='series_has_name', violation_error_message='Type the series’ name.')],
            },
        ),
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('description', newsroom.foundation.text.LineField(blank=True, help_text='One line that readers see under the name.', max_length=300)),
                ('identity', models.CharField(editable=False, error_messages={'unique': 'That name is already in use.'}, max_length=400, unique=True)),
                ('folded', models.CharField(db_index=True, editable=False, max_length=250)),
                ('slug', models.CharField(blank=True, help_text='The last part of the page’s address. Left empty, it is made from the name.', max_length=90, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9_-]+\\Z', 'Use small letters a–z, digits and hyphens.')], verbose_name='address')),
                ('name', newsroom.foundation.text.LineField(max_length=100)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='tag_has_name', violation_error_message='Type the tag’s name.')],
            },
        ),
        migrations.CreateModel(
            name='ArrangementVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('layout', models.JSONField()),
                ('is_published', models.BooleanField(default=False)),
                ('note', newsroom.foundation.text.LineField(blank=True, max_length=200)),
                ('made_at', models.DateTimeField()),
                ('arrangement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='articles.arrangement')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('arrangement', 'version'), name='arrangement_version_once')],
            },
        ),
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('withdrawn', 'Withdrawn'), ('spiked', 'Spiked')], default='draft', editable=False, max_length=20)),
                ('live_from', models.DateTimeField(editable=False, null=True)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('shown_version', models.PositiveIntegerField(default=0, editable=False)),
                ('origin', models.CharField(default='desk', editable=False, max_length=20)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('published_on', models.DateField(blank=True, null=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('date_decided', models.BooleanField(default=False)),
                ('sort_at', models.DateTimeField(default=datetime.datetime(1, 1, 1, 0, 0, tzinfo=datetime.timezone.utc), editable=False)),
                ('updated_at', models.DateTimeField(editable=False, null=True)),
                ('headline', newsroom.foundation.text.LineField(max_length=250)),
                ('headline_from', models.CharField(choices=[('source', 'The writer or the source'), ('desk', 'The desk: the source had none')], default='source', max_length=10)),
                ('slug', models.CharField(blank=True, max_length=90, validators=[django.core.validators.RegexValidator('^[a-z0-9_-]+\\Z', 'Use small letters a–z, digits and hyphens.')], verbose_name='address')),
                ('summary', newsroom.foundation.text.ProseField(blank=True, verbose_name='dek')),
                ('story_type', models.CharField(choices=[('news', 'News'), ('analysis', 'Analysis'), ('explainer', 'Explainer'), ('opinion', 'Opinion'), ('sponsored', 'Sponsored')], default='news', max_length=20)),
                ('language', models.CharField(default=articles.models.article.outlet_language, max_length=20)),
                ('byline_decision', models.CharField(blank=True, choices=[('', 'Not decided yet'), ('given', 'The names below'), ('not_given', 'Byline not given'), ('staff', 'Staff: signed by the newsroom')], default='', max_length=10)),
                ('place', newsroom.foundation.text.LineField(blank=True, max_length=100, verbose_name='dateline')),
                ('outlet', newsroom.foundation.text.LineField(blank=True, max_length=120)),
                ('lead_caption', newsroom.foundation.text.ProseField(blank=True)),
                ('search_title', newsroom.foundation.text.LineField(blank=True, max_length=120)),
                ('search_description', newsroom.foundation.text.LineField(blank=True, max_length=300)),
                ('series_part', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='part')),
                ('related', models.JSONField(blank=True, default=list)),
                ('kin', models.JSONField(default=list, editable=False)),
                ('word_count', models.PositiveIntegerField(default=0, editable=False)),
                ('source_note', newsroom.foundation.text.ProseField(blank=True)),
                ('how_reported', newsroom.foundation.text.ProseField(blank=True)),
                ('body', articles.text.body.BodyField(blank=True)),
                ('body_text', models.TextField(blank=True, editable=False)),
                ('search_text', models.TextField(blank=True, editable=False)),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stories', to=settings.AUTH_USER_MODEL)),
                ('saved_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('taken_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('translation_of', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='translations', to='articles.article')),
                ('event', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='articles.event')),
                ('lead_photo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='leads', to='articles.photo')),
                ('section', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='articles', to='articles.section')),
                ('series', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='articles.series')),
            ],
            options={
                'verbose_name': 'story',
                'verbose_name_plural': 'stories',
                'permissions': [('submit_article', 'Can submit a story for review'), ('return_article', 'Can return a story to its writer'), ('publish_article', 'Can publish, schedule and pull back a story'), ('put_live_article', 'Can put changes of a live story live'), ('correct_article', 'Can correct a live story'), ('unpublish_article', 'Can unpublish a story'), ('withdraw_article', 'Can withdraw a story and restore it'), ('spike_article', 'Can spike and revive a story'), ('change_any_article', 'Can edit stories of others'), ('change_live_article', 'Can write working copies of live stories'), ('pass_check', 'Can pass a check that blocks, with a reason')],
                'indexes': [models.Index(condition=models.Q(('status', 'published')), fields=['-sort_at', '-id', 'live_from', 'section'], name='article_newest'), models.Index(condition=models.Q(('status', 'published')), fields=['section', '-sort_at', '-id', 'live_from'], name='article_newest_in_section'), models.Index(condition=models.Q(('status', 'published')), fields=['-published_on', '-sort_at', '-id', 'live_from'], name='article_newest_by_day'), models.Index(condition=models.Q(('status', 'published')), fields=['language', '-sort_at', '-id', 'live_from'], name='article_newest_in_language'), models.Index(fields=['-saved_at', '-id'], name='article_last_saved'), models.Index(condition=models.Q(('live_from__isnull', True)), fields=['status', '-saved_at', '-id'], name='article_at_desk'), models.Index(fields=['created_by', '-saved_at', '-id'], name='article_by_writer'), models.Index(condition=models.Q(('shown_version__gt', 0), ('status', 'published')), fields=['live_from'], name='article_going_live'), models.Index(condition=models.Q(('event__isnull', False)), fields=['event'], name='article_of_event'), models.Index(condition=models.Q(('series__isnull', False)), fields=['series', 'series_part', '-sort_at', '-id'], name='article_in_series'), models.Index(condition=models.Q(('translation_of__isnull', False)), fields=['translation_of'], name='article_translates')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('live_from__isnull', False), _connector='OR'), name='article_live_has_gate', violation_error_message='Say when the story goes live.'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), models.Q(('headline', ''), _negated=True), _connector='OR'), name='article_live_has_headline', violation_error_message='Give the story a headline.'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), models.Q(('body', ''), _negated=True), _connector='OR'), name='article_live_has_body', violation_error_message='Write the story’s text.'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('section__isnull', False), _connector='OR'), name='article_live_has_section', violation_error_message='Choose a section.'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), models.Q(('byline_decision', ''), _negated=True), _connector='OR'), name='article_live_has_byline', violation_error_message='Decide the byline: names, staff, or “not given”.'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('date_decided', True), _connector='OR'), name='article_live_has_date', violation_error_message='Decide the date: to the minute, to the day, or “not stated”.'), models.CheckConstraint(condition=models.Q(('published_at__isnull', True), ('published_on__isnull', False), _connector='OR'), name='article_time_has_day', violation_error_message='A time needs a day.'), models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'in_review', 'published', 'withdrawn', 'spiked'])), name='article_status_known', violation_error_message='That is no status of a story.')],
            },
        ),
        migrations.CreateModel(
            name='SectionAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', newsroom.foundation.text.LineField(max_length=120)),
                ('identity', models.CharField(db_index=True, editable=False, max_length=400)),
                ('folded', models.CharField(db_index=True, editable=False, max_length=250)),
                ('slug', models.CharField(editable=False, max_length=90, unique=True)),
                ('old_pk', models.BigIntegerField(db_index=True, editable=False, null=True)),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='articles.section')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TagAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', newsroom.foundation.text.LineField(max_length=120)),
                ('identity', models.CharField(db_index=True, editable=False, max_length=400)),
                ('folded', models.CharField(db_index=True, editable=False, max_length=250)),
                ('slug', models.CharField(editable=False, max_length=90, unique=True)),
                ('old_pk', models.BigIntegerField(db_index=True, editable=False, null=True)),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='articles.tag')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Address',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=200, unique=True)),
                ('is_current', models.BooleanField(default=True)),
                ('gone_at', models.DateTimeField(blank=True, null=True)),
                ('gone_reason', models.CharField(blank=True, choices=[('rights', 'Rights ended'), ('retracted', 'Retracted'), ('law', 'Legal or privacy reasons'), ('kill', 'Must not be used by anyone')], max_length=20)),
                ('gone_wording', newsroom.foundation.text.LineField(blank=True, max_length=500)),
                ('gone_show_title', models.BooleanField(default=False)),
                ('gone_title', newsroom.foundation.text.LineField(blank=True, max_length=250)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='addresses', to='articles.article')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('article',), name='address_one_current')],
            },
        ),
        migrations.CreateModel(
            name='Breaking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', newsroom.foundation.text.LineField(help_text='What has happened, in one line.', max_length=160)),
                ('starts_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ends_at', models.DateTimeField(db_index=True)),
                ('article', models.ForeignKey(blank=True, help_text='The story that the line leads to.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='breaking', to='articles.article')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'breaking strip',
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gte', models.F('starts_at'))), name='breaking_ends', violation_error_message='It ends before it begins.')],
            },
        ),
        migrations.CreateModel(
            name='Byline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_published', models.BooleanField(default=False, editable=False)),
                ('live_from', models.DateTimeField(editable=False, null=True)),
                ('sort_at', models.DateTimeField(editable=False, null=True)),
                ('name', newsroom.foundation.text.LineField(blank=True, help_text='For someone without an author page.', max_length=120, verbose_name='free name')),
                ('role', models.CharField(choices=[('writer', 'By'), ('reporting', 'Additional reporting by'), ('translator', 'Translated by'), ('photographer', 'Photographs by'), ('source', 'Source report')], default='writer', max_length=20)),
                ('shown', newsroom.foundation.text.LineField(blank=True, help_text='Printed instead of role and name, word for word.', max_length=200, verbose_name='shown text')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bylines', to='articles.article')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bylines', to='authors.author')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('is_published', True)), fields=['author', '-sort_at', '-article', 'live_from'], name='byline_newest')],
                'constraints': [models.UniqueConstraint(fields=('article', 'order'), name='byline_order_once'), models.CheckConstraint(condition=models.Q(('author__isnull', False), models.Q(('name', ''), _negated=True), _connector='OR'), name='byline_names_someone', violation_error_message='Choose an author or type a name.')],
            },
            bases=(articles.models.byline.Signed, models.Model),
        ),
        migrations.CreateModel(
            name='CheckPass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=40)),
                ('level', models.CharField(max_length=10)),
                ('fingerprint', models.CharField(max_length=64)),
                ('about', newsroom.foundation.text.ProseField()),
                ('at', models.DateTimeField()),
                ('reason', newsroom.foundation.text.LineField(blank=True, max_length=300)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='check_passes', to='articles.article')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['article', 'fingerprint'], name='check_pass_of_story')],
            },
        ),
        migrations.CreateModel(
            name='LogLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('at', models.DateTimeField(db_index=True)),
                ('by_name', newsroom.foundation.text.LineField(max_length=200)),
                ('act', models.CharField(max_length=40)),
                ('from_status', models.CharField(blank=True, max_length=20)),
                ('to_status', models.CharField(blank=True, max_length=20)),
                ('why', newsroom.foundation.text.LineField(blank=True, max_length=500)),
                ('details', models.JSONField(default=dict)),
                ('article', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='log_lines', to='articles.article')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='log_lines', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'logbook line',
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['article', '-at'], name='logline_of_story')],
            },
        ),
        migrations.CreateModel(
            name='PhotoUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photo_uses', to='articles.article')),
                ('photo', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='articles.photo')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('article', 'photo'), name='photo_use_once')],
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen_at', models.DateTimeField()),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presences', to='articles.article')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presences', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('article', 'person'), name='presence_once')],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('aside', models.PositiveIntegerField(default=0)),
                ('snapshot', models.JSONField()),
                ('kind', models.CharField(default='saved', max_length=20)),
                ('made_at', models.DateTimeField()),
                ('origin', models.CharField(default='desk', max_length=20)),
                ('note', newsroom.foundation.text.LineField(blank=True, max_length=300)),
                ('words_added', models.PositiveIntegerField(default=0)),
                ('words_removed', models.PositiveIntegerField(default=0)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='articles.article')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('article', 'version', 'aside'), name='revision_once')],
            },
        ),
        migrations.CreateModel(
            name='TagLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_published', models.BooleanField(default=False, editable=False)),
                ('live_from', models.DateTimeField(editable=False, null=True)),
                ('sort_at', models.DateTimeField(editable=False, null=True)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('content_object', models.ForeignKey(db_column='article_id', on_delete=django.db.models.deletion.CASCADE, related_name='tag_links', to='articles.article')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='articles.tag')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('is_published', True)), fields=['tag', '-sort_at', '-content_object', 'live_from'], name='taglink_newest')],
                'constraints': [models.UniqueConstraint(fields=('content_object', 'tag'), name='taglink_once')],
            },
        ),
        migrations.CreateModel(
            name='UnsavedWork',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField()),
                ('base_version', models.PositiveIntegerField(default=0)),
                ('fields', models.JSONField()),
                ('kept_at', models.DateTimeField()),
                ('was_parked', models.BooleanField(default=False)),
                ('is_settled', models.BooleanField(default=False)),
                ('turn', models.CharField(blank=True, default='', max_length=60)),
                ('article', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='unsaved', to='articles.article')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unsaved', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'unsaved work',
                'indexes': [models.Index(fields=['person', 'article', '-kept_at'], name='unsaved_newest')],
                'constraints': [models.UniqueConstraint(fields=('key', 'person'), name='unsaved_once')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('correction', 'Correction'), ('clarification', 'Clarification'), ('update', 'Update'), ('editors_note', 'Editor’s note'), ('retraction', 'Retraction')], max_length=20)),
                ('text', newsroom.foundation.text.ProseField(blank=True)),
                ('was', newsroom.foundation.text.ProseField(blank=True)),
                ('now', newsroom.foundation.text.ProseField(blank=True)),
                ('place', models.CharField(choices=[('top', 'Above the text: the headline or the main fact was wrong'), ('foot', 'Under the text')], default='foot', max_length=10)),
                ('published_at', models.DateTimeField()),
                ('reported_by', newsroom.foundation.text.LineField(blank=True, max_length=200)),
                ('agreed_with', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('answers', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answered_by', to='articles.correction')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='articles.article')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('after', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.revision')),
                ('before', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.revision')),
            ],
            options={
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['-published_at', '-id'], name='correction_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(models.Q(('was', ''), _negated=True), models.Q(('now', ''), _negated=True)), _connector='OR'), name='correction_says_something', violation_error_message='Say what was wrong and what is right, or write the line readers see.')],
            },
        ),
        migrations.CreateModel(
            name='SharedPreview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('made_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shared_previews', to='articles.article')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.revision')),
            ],
            options={
                'indexes': [models.Index(fields=['article', '-made_at'], name='preview_newest')],
            },
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('agrees', models.BooleanField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='articles.correction')),
            ],
            options={
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('record', 'by'), name='agreement_once')],
            },
        ),
        migrations.AddField(
            model_name='article',
            name='tags',
            field=taggit.managers.TaggableManager(blank=True, help_text='A comma-separated list of tags.', through='articles.TagLink', to='articles.Tag', verbose_name='Tags'),
        ),
    ]
