import uuid
from dataclasses import fields
from datetime import UTC, datetime, time

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles.models.card import Card, Line, cards
from articles.models.connection import Event, Series
from articles.models.gate import PUBLISHED, going_live, this_moment
from articles.models.origin import Origin
from articles.models.section import Section
from articles.text.body import BodyField, reading_minutes
from authors.models import User
from newsroom.foundation import lengths
from newsroom.foundation.closed import ClosedField
from newsroom.foundation.desk import EVERY_STORY
from newsroom.foundation.languages import direction
from newsroom.foundation.paths import path_to
from newsroom.foundation.text import LineField, ProseField, slug_validator

EARLIEST_YEAR = 1605  # of a story's date: the first printed newspaper; before it a year is a slip or another calendar
MOST_RELATED = 8  # stories picked by hand for one story
UNDATED = datetime(1, 1, 1, tzinfo=UTC)  # where a story without a date stands in every list: last


def outlet_language() -> str:
    return settings.LANGUAGE_CODE


def broken(article, constraint) -> list[str]:
    """What the database would say if it refused `article` for this constraint; [] when it would not."""
    columns = {field.name for field in article._meta.fields}
    unasked = columns - constraint.condition.referenced_base_fields  # or the query names them all
    try:
        constraint.validate(type(article), article, exclude=unasked)
    except ValidationError as error:
        return error.messages
    return []


class ArticleQuerySet(models.QuerySet):
    def get_by_natural_key(self, uid):
        return self.get(uid=uid)

    def live(self, at=None):
        """The one gate: what readers may see at this moment. Every public page, list and file asks it."""
        return self.filter(status=PUBLISHED, live_from__lte=at or this_moment())

    def open_to(self, person: User):
        """The desk's own gate: stories that this person may open there. Every list and count of the desk asks it."""
        return self if person.has_perm(EVERY_STORY) else self.filter(created_by=person)

    def named_to(self, person: User):
        """Stories that the desk may name to this person: those they may open, and whatever readers can see. What is
        left out is not counted either: that a hidden story has a photo or a tag is news in itself."""
        if person.has_perm(EVERY_STORY):
            return self
        return self.filter(Q(created_by=person) | Q(status=PUBLISHED, live_from__lte=this_moment()))

    def going_live(self, after, until):
        """What passes the gate between two moments: for how long a page may be kept, and for nothing else of it."""
        return self.filter(
            status=PUBLISHED, shown_version__gt=0, live_from__gt=after, live_from__lte=until
        )

    def showing(self, photo):
        """Stories whose row has the photo, above the text or in it: by two indexes, however many stories there are."""
        uses = Article.photo_uses.rel.related_model.objects.filter(photo=photo)
        return self.filter(Q(lead_photo=photo) | Q(pk__in=uses.values("article")))

    def newest_first(self):
        """Ends with the key, so that pages never repeat or skip a story. Undated stories come last."""
        return self.order_by("-sort_at", "-pk")

    def cards(self, keys) -> list[Card]:
        """The live stories of these keys as cards, in the order of the keys: one query."""
        return cards(self.live(), keys)

    def newest_lines(self, count) -> list[Line]:
        """The newest live stories as lines of a short list."""
        rows = self.live().newest_first()[:count]
        return [Line(*row) for row in rows.values_list(*(field.name for field in fields(Line)))]


def type_notice(story_type: str) -> str:
    """What nobody may miss who begins to read, in the language that is active; "" for most types."""
    if story_type == Article.Type.OPINION:
        return gettext(
            "This is an opinion. It says what its author thinks, and is no report of the newsroom."
        )
    if story_type == Article.Type.SPONSORED:
        return gettext("This was paid for. The newsroom did not report it.")
    return ""


class Article(models.Model):
    """A story: what readers see once it is live, and its place in the process.

    `status` and `live_from` are written by articles/workflow.py alone, `version` by it and articles/story/editing.py,
    and what the story says by articles/story/snapshots.py. Scheduled is not a status: it is published with `live_from`
    ahead, so nothing has to run for a story to go out.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_REVIEW = "in_review", "In review"
        PUBLISHED = PUBLISHED, "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"
        SPIKED = "spiked", "Spiked"

    class Type(models.TextChoices):
        NEWS = "news", _("News")
        ANALYSIS = "analysis", _("Analysis")
        EXPLAINER = "explainer", _("Explainer")
        OPINION = "opinion", _("Opinion")
        SPONSORED = "sponsored", _("Sponsored")

    class HeadlineFrom(models.TextChoices):
        SOURCE = "source", "The writer or the source"
        DESK = "desk", "The desk: the source had none"

    class BylineDecision(models.TextChoices):
        UNDECIDED = "", "Not decided yet"
        GIVEN = "given", "The names below"
        NOT_GIVEN = "not_given", "Byline not given"
        STAFF = "staff", "Staff: signed by the newsroom"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # --- its place in the process
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT, editable=False)
    live_from = models.DateTimeField(null=True, editable=False)  # the gate
    version = models.PositiveIntegerField(default=0, editable=False)  # of the newest revision
    # of the revision this row shows
    shown_version = models.PositiveIntegerField(default=0, editable=False)
    origin = ClosedField(max_length=20, choices=Origin, default=Origin.DESK, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="stories",
    )
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    taken_by = models.ForeignKey(  # who reads it in review: a sign, not a lock
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    # --- its date: known to the minute, to the day, or not stated; another fact than the gate
    published_on = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    date_decided = models.BooleanField(default=False)
    sort_at = models.DateTimeField(default=UNDATED, editable=False)
    updated_at = models.DateTimeField(null=True, editable=False)  # moves only when readers are told
    # --- what it says
    headline = LineField(max_length=250)
    headline_from = models.CharField(
        max_length=10, choices=HeadlineFrom, default=HeadlineFrom.SOURCE
    )
    slug = models.CharField("address", max_length=90, blank=True, validators=[slug_validator])
    summary = ProseField("dek", max_length=lengths.DEK, blank=True)
    section = models.ForeignKey(
        Section,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        db_index=False,
    )
    story_type = models.CharField(max_length=20, choices=Type, default=Type.NEWS)
    language = models.CharField(max_length=20, default=outlet_language)
    byline_decision = models.CharField(
        max_length=10, choices=BylineDecision, blank=True, default=""
    )
    dateline = LineField(max_length=100, blank=True)
    source_outlet = LineField("outlet", max_length=120, blank=True)
    lead_photo = models.ForeignKey(
        "articles.Photo", on_delete=models.PROTECT, null=True, blank=True, related_name="leads"
    )
    lead_caption = ProseField(max_length=lengths.CAPTION, blank=True)
    search_title = LineField(max_length=120, blank=True)
    search_description = LineField(max_length=300, blank=True)
    # --- what it belongs to
    event = models.ForeignKey(
        Event,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        db_index=False,
    )
    series = models.ForeignKey(
        Series,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        db_index=False,
    )
    series_part = models.PositiveSmallIntegerField("part", null=True, blank=True)
    translation_of = models.ForeignKey(  # the original, never another translation
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="translations",
        db_index=False,
    )
    related = models.JSONField(default=list, blank=True)  # uids of stories picked by hand, in order
    # [[uid, score], …]: articles/reading/related.py
    kin = models.JSONField(default=list, editable=False)
    word_count = models.PositiveIntegerField(default=0, editable=False)
    # Long texts stand last: SQLite reads a row from its beginning and stops at the last column asked for.
    source_note = ProseField(max_length=lengths.NOTE, blank=True)
    how_reported = ProseField(max_length=lengths.NOTE, blank=True)
    body = BodyField(blank=True)
    body_text = models.TextField(blank=True, editable=False)  # the body's words
    search_text = models.TextField(blank=True, editable=False)  # headline, dek and words, folded

    tags = TaggableManager(through="articles.TagLink", blank=True)
    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = "story"
        verbose_name_plural = "stories"
        permissions = [
            ("submit_article", "Can submit a story for review"),
            ("return_article", "Can return a story to its writer"),
            ("publish_article", "Can publish, schedule and pull back a story"),
            ("put_live_article", "Can put changes of a live story live"),
            ("correct_article", "Can correct a live story"),
            ("unpublish_article", "Can unpublish a story"),
            ("withdraw_article", "Can withdraw a story and restore it"),
            ("spike_article", "Can spike and revive a story"),
            ("change_any_article", "Can edit stories of others"),
            ("change_live_article", "Can write working copies of live stories"),
            ("pass_check", "Can pass a check that blocks, with a reason"),
        ]
        constraints = [
            going_live("has_gate", Q(live_from__isnull=False), "Say when the story goes live."),
            going_live("has_headline", ~Q(headline=""), "Give the story a headline."),
            going_live("has_body", ~Q(body=""), "Write the story’s text."),
            going_live("has_section", Q(section__isnull=False), "Choose a section."),
            going_live(
                "has_byline",
                ~Q(byline_decision=""),
                "Decide the byline: names, staff, or “not given”.",
            ),
            going_live(
                "has_date",
                Q(date_decided=True),
                "Decide the date: to the minute, to the day, or “not stated”.",
            ),
            models.CheckConstraint(
                name="article_time_has_day",
                condition=Q(published_at__isnull=True) | Q(published_on__isnull=False),
                violation_error_message="A time needs a day.",
            ),
            models.CheckConstraint(
                name="article_status_known",
                condition=Q(status__in=["draft", "in_review", "published", "withdrawn", "spiked"]),
                violation_error_message="That is no status of a story.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-sort_at", "-id", "live_from", "section"],
                condition=Q(status=PUBLISHED),
                name="article_newest",
            ),
            models.Index(
                fields=["section", "-sort_at", "-id", "live_from"],
                condition=Q(status=PUBLISHED),
                name="article_newest_in_section",
            ),
            models.Index(
                fields=["-published_on", "-sort_at", "-id", "live_from"],
                condition=Q(status=PUBLISHED),
                name="article_newest_by_day",
            ),
            models.Index(
                fields=["language", "-sort_at", "-id", "live_from"],
                condition=Q(status=PUBLISHED),
                name="article_newest_in_language",
            ),
            models.Index(fields=["-saved_at", "-id"], name="article_last_saved"),
            # What is at the desk, by status. Only stories without a gate, so that no public query takes it for its own.
            models.Index(
                fields=["status", "-saved_at", "-id"],
                condition=Q(live_from__isnull=True),
                name="article_at_desk",
            ),
            models.Index(fields=["created_by", "-saved_at", "-id"], name="article_by_writer"),
            # For the desk's dashboard. Its condition is one that no public query says, so none takes it for its own.
            models.Index(
                fields=["live_from"],
                condition=Q(status=PUBLISHED, shown_version__gt=0),
                name="article_going_live",
            ),
            models.Index(
                fields=["event"], condition=Q(event__isnull=False), name="article_of_event"
            ),
            models.Index(
                fields=["series", "series_part", "-sort_at", "-id"],
                condition=Q(series__isnull=False),
                name="article_in_series",
            ),
            models.Index(
                fields=["translation_of"],
                condition=Q(translation_of__isnull=False),
                name="article_translates",
            ),
        ]

    def __str__(self):
        return self.headline or f"Story without a headline ({str(self.uid)[:8]})"

    def natural_key(self):
        return (str(self.uid),)

    natural_key.dependencies = [
        "articles.section",
        "articles.photo",
        "articles.event",
        "articles.series",
    ]

    def get_absolute_url(self):
        return path_to("story", self.slug)

    @property
    def type_notice(self) -> str:
        return type_notice(self.story_type)

    def is_open_to(self, person: User) -> bool:
        """`Article.objects.open_to()` of a row that is here already."""
        return self.created_by_id == person.pk or person.has_perm(EVERY_STORY)

    @property
    def is_live(self):
        return self.status == PUBLISHED and self.live_from <= this_moment()

    @property
    def is_scheduled(self):
        return self.status == PUBLISHED and self.live_from > this_moment()

    @property
    def has_working_copy(self):
        return self.version > self.shown_version

    @property
    def state(self) -> tuple[str, str]:
        """Where the story is: a name (a status, or what a published story is at this moment), and the desk's words."""
        if self.is_scheduled:
            return "scheduled", f"Goes live {timezone.localtime(self.live_from):%-d %b %Y, %H:%M}"
        if self.is_live:
            return "live", "Live, with a working copy" if self.has_working_copy else "Live"
        return self.status, self.get_status_display()

    @property
    def told_at(self):
        """When readers were last told of a change of what they see now: a record that is older than the date the story
        carries belongs to an earlier publication. It stands under the text all the same."""
        return None if self.updated_at and self.is_dated_after(self.updated_at) else self.updated_at

    def is_dated_after(self, moment: datetime) -> bool:
        """Whether the date that the story carries is later, as exactly as it is known."""
        if self.published_at:
            return self.published_at > moment
        return (
            self.published_on is not None and self.published_on > timezone.localtime(moment).date()
        )

    @property
    def original_pk(self):
        """The key that a story and all its translations share."""
        return self.translation_of_id or self.pk

    @property
    def direction(self):
        return direction(self.language)

    @property
    def reading_minutes(self):
        return reading_minutes(self.word_count)

    @property
    def description(self):
        """What search results and cards of other sites print: the desk's text, else the dek."""
        return self.search_description or self.summary

    def sort_key(self):
        """The minute, else noon UTC of the day, else the beginning of time: the same on both databases."""
        if self.published_at:
            return self.published_at
        if self.published_on:
            return datetime.combine(self.published_on, time(12), tzinfo=UTC)
        return UNDATED

    def missing_to_go_live(self, *, has_names: bool | None = None) -> list[str]:
        """What the database would refuse if the story went live now, in words for the desk. `has_names`: whether
        somebody signs, when the byline's rows are not those of the text in question."""
        wish = Article(
            **{field.attname: getattr(self, field.attname) for field in self._meta.concrete_fields}
        )
        wish.status = PUBLISHED
        wish.live_from = self.live_from or this_moment()
        asked = [each for each in self._meta.constraints if each.name.startswith("article_live_")]
        together = models.CheckConstraint(
            condition=Q(*(each.condition for each in asked)), name="article_may_go_live"
        )
        messages = []
        if broken(wish, together):  # as a rule nothing is missing, and one query says so
            messages = [message for each in asked for message in broken(wish, each)]
        has_names = self.bylines.exists() if has_names is None else has_names
        if self.byline_decision == self.BylineDecision.GIVEN and not has_names:
            messages.append("Name at least one author, or decide that the byline is not given.")
        return messages
