"""Forty ways for a reporter to put a story before readers: none succeeds, and each is in the logbook."""

import copy
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from articles import workflow
from articles.models import Address, Article, LogLine, SharedPreview, TagLink
from articles.story import editing, preview, snapshots
from tests.articles.test_acts import working_copy
from tests.articles.test_desk_form import LIST, form_data
from tests.builders import a_draft, a_person, a_photo, a_snapshot, a_story, seen, today
from tests.pictures import a_picture

pytestmark = [pytest.mark.django_db, pytest.mark.files]
TOMORROW = {"day": (timezone.localdate() + timedelta(days=1)).isoformat(), "clock": "10:00"}
UPDATE = {"kind": "update", "text": "x", "harmless": "on", "was": "x", "now": "y"}


class Attempt:
    """What a reporter has at hand: an own draft, an own live story with a working copy, and stories of others."""

    def __init__(self, reporter, editor):
        self.browser, self.reporter = None, reporter
        self.draft = editing.create(a_snapshot("Own draft"), by=reporter)
        live = editing.create(a_snapshot("Own live"), by=reporter)
        workflow.publish(live, by=editor)
        self.live = working_copy(live, by=reporter, headline="canary")
        self.waiting = workflow.submit(
            editing.create(a_snapshot("Own waiting"), by=reporter), by=reporter
        )
        self.scheduled = editing.create(a_snapshot("Own scheduled"), by=reporter)
        workflow.schedule(self.scheduled, by=editor, at=timezone.now() + timedelta(hours=1))
        self.spiked = workflow.spike(
            editing.create(a_snapshot("Own spiked"), by=reporter), by=editor, why="x"
        )
        self.whole = editing.create(
            a_snapshot("Own whole", summary="Dek", tags=["food"], date=today()), by=reporter
        )
        self.photo = a_photo(alt="A loaf")
        a_story("Their illustrated", lead_photo=self.photo.sha256)
        self.others_draft, self.others_live = (
            a_draft("Their draft"),
            working_copy(a_story("Their live"), headline="canary"),
        )
        self.link = preview.share(
            self.others_draft, self.others_draft.revisions.newest(), by=editor
        ).pk

    def by(self, browser):
        """The same for one test, which changes what it likes."""
        own = copy.deepcopy(self)
        own.browser = browser
        return own

    def post(self, path, **data):
        return self.browser.post(f"{LIST}{path}", data)

    def act(self, story, act, **data):
        return self.browser.post(f"{LIST}{story.pk}/act/{act}/", seen(story) | data)

    def save(self, story, **data):
        return self.browser.post(
            f"{LIST}{story.pk}/change/", form_data(story, section=story.section.pk) | data
        )

    def together(self, action, *stories, **data):
        keys = {f"version_{story.pk}": story.version for story in stories}
        data = {"_selected_action": [story.pk for story in stories]} | keys | data
        return self.browser.post(f"{LIST}together/{action}/", data)

    def photo_form(self, path, **data):
        return self.browser.post(
            f"/admin/articles/photo/{self.photo.pk}/{path}", {"allowed_use": "any"} | data
        )

    @staticmethod
    def file():
        return SimpleUploadedFile("canary.jpg", a_picture())

    def direct(self, act, *args, **options):
        with pytest.raises(workflow.Refused):
            getattr(workflow, act)(*args, by=self.reporter, **options)


def first_of(story):
    return story.revisions.get(version=1).pk


ROADS = {
    # the steps
    "publish an own draft": lambda a: a.act(a.draft, "publish"),
    "publish somebody else's draft": lambda a: a.act(a.others_draft, "publish"),
    "schedule an own draft": lambda a: a.act(a.draft, "schedule", **TOMORROW),
    "schedule somebody else's": lambda a: a.act(a.others_draft, "schedule", **TOMORROW),
    "put an own working copy live": lambda a: a.act(
        a.live, "put_live", kind="small_fix", harmless="on"
    ),
    "put it live as an update": lambda a: a.act(a.live, "put_live", **UPDATE),
    "put somebody else's live": lambda a: a.act(a.others_live, "put_live", **UPDATE),
    "correct an own live story": lambda a: a.act(
        a.live, "correct", **UPDATE | {"kind": "correction"}
    ),
    "correct somebody else's": lambda a: a.act(
        a.others_live, "correct", **UPDATE | {"kind": "correction"}
    ),
    "pull back": lambda a: a.act(a.scheduled, "pull_back"),
    "unpublish": lambda a: a.act(a.live, "unpublish", why="x"),
    "withdraw": lambda a: a.act(a.live, "withdraw", reason="law", confirm="WITHDRAW"),
    "restore": lambda a: a.act(a.live, "restore", why="x"),
    "spike": lambda a: a.act(a.draft, "spike", why="x"),
    "revive": lambda a: a.act(a.spiked, "revive"),
    "return": lambda a: a.act(a.waiting, "return_to_writer", note="x"),
    # acts on many
    "publish many": lambda a: a.together("publish", a.whole),
    "schedule many": lambda a: a.together("schedule", a.whole, **TOMORROW),
    "unpublish many": lambda a: a.together("unpublish", a.live, why="x"),
    # forged fields
    "status in the form": lambda a: a.save(a.draft, status="published"),
    "the gate in the form": lambda a: a.save(a.draft, live_from="2020-01-01", status="published"),
    "status in the form of a live story": lambda a: a.save(
        a.live, status="published", shown_version="99"
    ),
    "links in the form": lambda a: a.save(a.draft, is_published="on", sort_at="2030-01-01"),
    "the writer in the form": lambda a: a.save(a.others_draft, created_by=a.reporter.pk),
    "status in a new story": lambda a: a.post(
        "add/", **form_data(headline="canary", status="published")
    ),
    "a new story in a popup": lambda a: a.post(
        "add/?_popup=1", **form_data(headline="canary", status="published")
    ),
    "save as new": lambda a: a.save(a.draft, _saveasnew="1", status="published"),
    "a button's name in the form": lambda a: (
        a.save(a.draft, _publish="1"),
        a.act(a.draft, "publish"),
    ),
    "status in an autosave": lambda a: a.post(
        f"{a.draft.pk}/autosave/", **form_data(a.draft, status="published")
    ),
    "status in a first autosave": lambda a: a.post(
        "add/autosave/",
        **form_data(
            headline="canary", status="published", key="0b1e5b1e-0000-4000-8000-000000000001"
        ),
    ),
    "status in a preview": lambda a: a.post(
        f"{a.draft.pk}/preview/", **form_data(a.draft, status="published")
    ),
    "status in the list": lambda a: a.post(
        "", **{"form-0-status": "published", "status": "published", "_save": "1"}
    ),
    "an action that is not offered": lambda a: (
        a.post("", action="publish", _selected_action=a.draft.pk),
        a.together("publish", a.whole),
    ),
    # history and merging
    "restoring somebody else's version": lambda a: a.post(
        f"{a.others_live.pk}/restore/{first_of(a.others_live)}/", version=a.others_live.version
    ),
    "restoring with a status": lambda a: a.post(
        f"{a.live.pk}/restore/{first_of(a.live)}/", version=a.live.version, status="published"
    ),
    "merging into somebody else's": lambda a: a.post(f"{a.others_live.pk}/merge/1/", theirs="1"),
    # around the story
    "sharing somebody else's": lambda a: a.post(f"{a.others_draft.pk}/share/"),
    "ending somebody else's link": lambda a: a.post(f"{a.others_draft.pk}/share/{a.link}/revoke/"),
    "deleting a live story": lambda a: a.post(f"{a.others_live.pk}/delete/", post="yes"),
    "the admin of authors": lambda a: a.browser.post(
        "/admin/authors/author/add/", {"name": "canary"}
    ),
    "the admin of sections": lambda a: a.browser.post(
        "/admin/articles/section/add/", {"name": "canary"}
    ),
    "making oneself an editor": lambda a: a.browser.post(
        f"/admin/authors/user/{a.reporter.pk}/change/", {"groups": 3}
    ),
    "the logbook": lambda a: a.browser.post("/admin/articles/logline/add/", {"act": "publish"}),
    # the pictures that readers see
    "another file for a live story's photo": lambda a: a.photo_form("replace/", file=a.file()),
    "other words for a live story's photo": lambda a: a.photo_form(
        "change/", alt="canary", credit="canary"
    ),
    "another crop of a live story's photo": lambda a: a.photo_form(
        "change/", alt="x", credit="x", focal_x=1
    ),
    "deleting a live story's photo": lambda a: a.photo_form("delete/", post="yes"),
    # without the desk
    "the act itself": lambda a: a.direct("publish", a.draft),
    "the act with a time": lambda a: a.direct(
        "schedule", a.draft, at=timezone.now() + timedelta(days=1)
    ),
    "the act of putting live": lambda a: a.direct("put_live", a.live, kind="small_fix"),
    "the act of correcting": lambda a: a.direct("correct", a.live, was="x", now="y"),
    "an import that publishes": lambda a: importing(a),
}


def importing(attempt):
    with pytest.raises(CommandError, match="may not publish"):
        call_command(
            "import_stories", "fixtures/documents", publish=True, by=attempt.reporter.username
        )


def public(client):
    """Everything that readers could meet of these stories."""
    pages = [
        "/",
        "/sections/economy/",
        "/corrections/",
        "/search/?q=canary",
        "/authors/",
        "/tags/",
        "/archive/",
        *Address.objects.order_by("path").values_list("path", flat=True),
    ]
    answers = {page: client.get(page) for page in pages}
    return {page: (answer.status_code, answer.content) for page, answer in answers.items()}


@pytest.fixture(scope="class")
def prepared(request, rows_of_the_class):
    """The attempts of whoever the class is about, and what readers see before the first."""
    person = request.cls.who()
    attempt = Attempt(person, a_person("Editor"))
    return (
        attempt,
        public(Client()),
        list(Article.objects.order_by("pk").values_list("pk", "status", "live_from")),
    )


class TestAReporter:
    @staticmethod
    def who():
        return a_person("Reporter")

    @pytest.mark.parametrize("road", ROADS)
    def test_puts_nothing_before_readers(self, client, desk, prepared, road):
        attempt, before, rows = prepared
        states = {key: status for key, status, _ in rows}
        ROADS[road](attempt.by(desk(attempt.reporter)))
        assert public(client) == before
        assert dict(Article.objects.filter(pk__in=states).values_list("pk", "status")) == states
        assert not Article.objects.exclude(pk__in=states).exclude(status="draft").exists()
        assert not TagLink.objects.filter(
            is_published=True, content_object__status="draft"
        ).exists()
        assert SharedPreview.objects.get(pk=attempt.link).revoked_at is None
        refused = LogLine.objects.filter(by=attempt.reporter, act__endswith="refused")
        assert refused.exists(), "the attempt is not in the logbook"


def test_there_are_at_least_forty():
    assert len(ROADS) >= 40


OPEN = [  # to somebody with the right: the same requests do change what stands where
    "publish an own draft",
    "publish somebody else's draft",
    "schedule an own draft",
    "schedule somebody else's",
    "put an own working copy live",
    "put it live as an update",
    "put somebody else's live",
    "correct an own live story",
    "correct somebody else's",
    "pull back",
    "unpublish",
    "withdraw",
    "spike",
    "revive",
    "return",
    "publish many",
    "schedule many",
    "unpublish many",
    "an action that is not offered",
]


class TestAChiefEditor:
    """The twin: what stops the reporter is the missing right and nothing else."""

    @staticmethod
    def who():
        return a_person("Chief editor")

    @pytest.mark.parametrize("road", OPEN)
    def test_gets_through_where_the_right_is_all_that_is_asked(self, client, desk, prepared, road):
        attempt, before, rows = prepared
        ROADS[road](attempt.by(desk(attempt.reporter)))
        after = list(Article.objects.order_by("pk").values_list("pk", "status", "live_from"))
        assert after != rows or public(client) != before


def test_two_hundred_unexpected_fields_are_not_stored(desk, reporter):
    draft = editing.create(a_snapshot("Own draft"), by=reporter)
    before = snapshots.latest(draft)
    columns = {field.attname for field in Article._meta.concrete_fields} - set(before) - {"id"}
    names = [*columns, *(f"unexpected_{count}" for count in range(200 - len(columns)))]
    data = form_data(draft, section=draft.section.pk, date_known="day", published_day="2026-03-04")
    desk(reporter).post(f"{LIST}{draft.pk}/change/", dict.fromkeys(names, "7") | data)
    draft.refresh_from_db()
    assert (snapshots.latest(draft), draft.status, draft.created_by) == (before, "draft", reporter)
