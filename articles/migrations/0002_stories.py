import articles.text.body
import articles.models.article
import newsroom.foundation.text
import datetime
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import taggit.managers
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('articles', '0001_filing_and_photos'),
        ('authors', '0001_people'),
    ]

    operations = [
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
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stories', to=settings.AUTH_USER_MODEL)),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('saved_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('published_on', models.DateField(blank=True, null=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('date_decided', models.BooleanField(default=False)),
                ('sort_at', models.DateTimeField(default=datetime.datetime(1, 1, 1, 0, 0, tzinfo=datetime.UTC), editable=False)),
                ('updated_at', models.DateTimeField(editable=False, null=True)),
                ('headline', newsroom.foundation.text.LineField(max_length=250)),
                ('headline_from', models.CharField(choices=[('source', 'The writer or the source'), ('desk', 'The desk: the source had none')], default='source', max_length=10)),
                ('slug', models.CharField(blank=True, max_length=90, validators=[django.core.validators.RegexValidator('^[a-z0-9_-]+\\Z', 'Use small letters a–z, digits and hyphens.')], verbose_name='address')),
                ('summary', newsroom.foundation.text.ProseField(blank=True, verbose_name='dek')),
                ('section', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='articles', to='articles.section')),
                ('story_type', models.CharField(choices=[('news', 'News'), ('analysis', 'Analysis'), ('explainer', 'Explainer'), ('opinion', 'Opinion'), ('sponsored', 'Sponsored')], default='news', max_length=20)),
                ('language', models.CharField(default=articles.models.article.outlet_language, max_length=20)),
                ('byline_decision', models.CharField(blank=True, choices=[('', 'Not decided yet'), ('given', 'The names below'), ('not_given', 'Byline not given'), ('staff', 'Staff: signed by the newsroom')], default='', max_length=10)),
                ('place', newsroom.foundation.text.LineField(blank=True, max_length=100, verbose_name='dateline')),
                ('outlet', newsroom.foundation.text.LineField(blank=True, max_length=120)),
                ('lead_photo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='leads', to='articles.photo')),
                ('lead_caption', newsroom.foundation.text.ProseField(blank=True)),
                ('search_title', newsroom.foundation.text.LineField(blank=True, max_length=120)),
                ('search_description', newsroom.foundation.text.LineField(blank=True, max_length=300)),
                ('word_count', models.PositiveIntegerField(default=0, editable=False)),
                ('source_note', newsroom.foundation.text.ProseField(blank=True)),
                ('how_reported', newsroom.foundation.text.ProseField(blank=True)),
                ('body', articles.text.body.BodyField(blank=True)),
                ('body_text', models.TextField(blank=True, editable=False)),
                ('search_text', models.TextField(blank=True, editable=False)),
            ],
            options={
                'verbose_name': 'story',
                'verbose_name_plural': 'stories',
                'permissions': [('submit_article', 'Can submit a story for review'), ('return_article', 'Can return a story to its writer'), ('publish_article', 'Can publish, schedule and pull back a story'), ('unpublish_article', 'Can unpublish a story'), ('withdraw_article', 'Can withdraw a story and restore it'), ('spike_article', 'Can spike and revive a story'), ('change_any_article', 'Can edit stories of others')],
                'indexes': [models.Index(condition=models.Q(('status', 'published')), fields=['-sort_at', '-id', 'live_from', 'section'], name='article_newest'), models.Index(condition=models.Q(('status', 'published')), fields=['section', '-sort_at', '-id', 'live_from'], name='article_newest_in_section'), models.Index(condition=models.Q(('status', 'published')), fields=['-published_on', '-sort_at', '-id', 'live_from'], name='article_newest_by_day'), models.Index(fields=['-saved_at', '-id'], name='article_last_saved')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('live_from__isnull', False), _connector='OR'), name='article_live_has_gate', violation_error_message='Say when the story goes live.'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), models.Q(('headline', ''), _negated=True), _connector='OR'), name='article_live_has_headline', violation_error_message='Give the story a headline.'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), models.Q(('body', ''), _negated=True), _connector='OR'), name='article_live_has_body', violation_error_message='Write the story’s text.'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('section__isnull', False), _connector='OR'), name='article_live_has_section', violation_error_message='Choose a section.'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), models.Q(('byline_decision', ''), _negated=True), _connector='OR'), name='article_live_has_byline', violation_error_message='Decide the byline: names, staff, or “not given”.'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('date_decided', True), _connector='OR'), name='article_live_has_date', violation_error_message='Decide the date: to the minute, to the day, or “not stated”.'), models.CheckConstraint(condition=models.Q(('published_at__isnull', True), ('published_on__isnull', False), _connector='OR'), name='article_time_has_day', violation_error_message='A time needs a day.'), models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'in_review', 'published', 'withdrawn', 'spiked'])), name='article_status_known', violation_error_message='That is no status of a story.')],
            },
        ),
        migrations.CreateModel(
            name='Byline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_published', models.BooleanField(default=False, editable=False)),
                ('live_from', models.DateTimeField(editable=False, null=True)),
                ('sort_at', models.DateTimeField(editable=False, null=True)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bylines', to='articles.article')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bylines', to='authors.author')),
                ('name', newsroom.foundation.text.LineField(blank=True, help_text='For someone without an author page.', max_length=120, verbose_name='free name')),
                ('role', models.CharField(choices=[('writer', 'By'), ('reporting', 'Additional reporting by'), ('translator', 'Translated by'), ('photographer', 'Photographs by'), ('source', 'Source report')], default='writer', max_length=20)),
                ('shown', newsroom.foundation.text.LineField(blank=True, help_text='Printed instead of role and name, word for word.', max_length=200, verbose_name='shown text')),
                ('order', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('is_published', True)), fields=['author', '-sort_at', '-article', 'live_from'], name='byline_newest')],
                'constraints': [models.UniqueConstraint(fields=('article', 'order'), name='byline_order_once'), models.CheckConstraint(condition=models.Q(('author__isnull', False), models.Q(('name', ''), _negated=True), _connector='OR'), name='byline_names_someone', violation_error_message='Choose an author or type a name.')],
            },
        ),
        migrations.CreateModel(
            name='TagLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_published', models.BooleanField(default=False, editable=False)),
                ('live_from', models.DateTimeField(editable=False, null=True)),
                ('sort_at', models.DateTimeField(editable=False, null=True)),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='articles.tag')),
                ('content_object', models.ForeignKey(db_column='article_id', on_delete=django.db.models.deletion.CASCADE, related_name='tag_links', to='articles.article')),
                ('order', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('is_published', True)), fields=['tag', '-sort_at', '-content_object', 'live_from'], name='taglink_newest')],
                'constraints': [models.UniqueConstraint(fields=('content_object', 'tag'), name='taglink_once')],
            },
        ),
        migrations.CreateModel(
            name='Address',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=200, unique=True)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='addresses', to='articles.article')),
                ('is_current', models.BooleanField(default=True)),
                ('gone_at', models.DateTimeField(blank=True, null=True)),
                ('gone_reason', models.CharField(blank=True, choices=[('rights', 'Rights ended'), ('retracted', 'Retracted'), ('law', 'Legal or privacy reasons'), ('kill', 'Must not be used by anyone')], max_length=20)),
                ('gone_wording', newsroom.foundation.text.LineField(blank=True, max_length=500)),
                ('gone_show_title', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('article',), name='address_one_current')],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='articles.article')),
                ('version', models.PositiveIntegerField()),
                ('snapshot', models.JSONField()),
                ('kind', models.CharField(default='saved', max_length=20)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to=settings.AUTH_USER_MODEL)),
                ('origin', models.CharField(default='desk', max_length=20)),
                ('note', newsroom.foundation.text.LineField(blank=True, max_length=300)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('article', 'version'), name='revision_version_once')],
            },
        ),
        migrations.CreateModel(
            name='LogLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('at', models.DateTimeField(db_index=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='log_lines', to=settings.AUTH_USER_MODEL)),
                ('by_name', newsroom.foundation.text.LineField(max_length=200)),
                ('act', models.CharField(max_length=40)),
                ('article', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='log_lines', to='articles.article')),
                ('from_status', models.CharField(blank=True, max_length=20)),
                ('to_status', models.CharField(blank=True, max_length=20)),
                ('why', newsroom.foundation.text.LineField(blank=True, max_length=500)),
                ('details', models.JSONField(default=dict)),
            ],
            options={
                'verbose_name': 'logbook line',
            },
        ),
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
        # The manager comes last: it looks up its through model.
        migrations.AddField(model_name='article', name='tags', field=taggit.managers.TaggableManager(blank=True, help_text='A comma-separated list of tags.', through='articles.TagLink', to='articles.Tag', verbose_name='Tags')),
    ]
