"""What an act supplies ends with it: date, address, schedule, notes, ticks. What a person typed stays.

`LASTING` lists every column that may differ after an act and its undoing, each with its reason; a new column that does
not come back makes `test_an_act_and_its_undoing_leave_nothing_behind` fail.
"""

import html
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db.models import ForeignKey
from django.utils import timezone

from articles import copydesk, dashboard, workflow
from articles.admin.panel import returned_note
from articles.models import Address, Article, LogLine
from articles.story import editing, preview, public_history, snapshots, supplied, three_way_merge
from tests.builders import a_draft, a_snapshot, a_story, seen, today

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as travelling:
        yield lambda **step: travelling.shift(timedelta(**step))


def undated(headline="Talks on Friday", *, by=None, **facts):
    return editing.create(
        a_snapshot(headline, summary="A dek.", tags=["talks"], **facts)
        | {"published_on": None, "published_at": None, "date_decided": False},
        by=by,
    )


def in_days(days):
    return timezone.now() + timedelta(days=days)


def date_of(story):
    story = Article.objects.get(pk=story.pk)
    latest = snapshots.latest(story)
    assert latest["published_at"] == (story.published_at and story.published_at.isoformat())
    return story.published_at


def minute(moment):
    return moment.replace(second=0, microsecond=0)


# --- dates


def test_a_date_that_scheduling_supplied_ends_when_the_story_is_pulled_back(editor, clock, page):
    older = a_story("Older", date=today())
    story = workflow.schedule(undated(), by=editor, at=in_days(80), story_date="this_act")
    assert date_of(story) == minute(in_days(80))
    workflow.pull_back(story, by=editor)
    assert (date_of(story), story.date_decided, story.published_on) == (None, False, None)
    clock(days=1)
    workflow.publish(story, by=editor, story_date="this_act")
    assert date_of(story) == minute(timezone.now())
    text = page("/feeds/latest.rss")
    assert text.index("Talks on Friday") < text.index("Older")
    later = a_story("Later", date=(timezone.localdate() + timedelta(days=2)).isoformat())
    text = page("/feeds/latest.rss")
    assert text.index("Later") < text.index("Talks on Friday") < text.index("Older")
    assert {older.origin, later.origin} == {"desk"}


def test_the_day_of_a_notice_is_the_outlets_day():
    """Shortly after midnight in Tashkent it is the day before in London."""
    at_night = datetime(2026, 3, 4, 0, 30, tzinfo=ZoneInfo("Asia/Tashkent"))
    for day, told_at in ((4, at_night), (5, None)):
        assert Article(updated_at=at_night, published_on=date(2026, 3, day)).told_at == told_at


def test_a_story_that_is_scheduled_anew_carries_the_new_date(editor):
    story = workflow.schedule(undated(), by=editor, at=in_days(80), story_date="this_act")
    workflow.pull_back(story, by=editor)
    workflow.schedule(story, by=editor, at=in_days(3), story_date="this_act")
    assert date_of(story) == minute(in_days(3))


def test_a_date_that_publishing_supplied_ends_when_the_story_is_unpublished(editor, clock):
    story = workflow.publish(undated(), by=editor, story_date="this_act")
    first = date_of(story)
    clock(days=30)
    workflow.unpublish(story, by=editor, why="x")
    assert date_of(story) is None
    workflow.publish(story, by=editor, story_date="this_act")
    assert date_of(story) == minute(timezone.now()) != first


def test_and_when_it_is_withdrawn_and_restored(editor, chief, clock):
    story = workflow.publish(undated(), by=editor, story_date="this_act")
    clock(days=3)
    workflow.withdraw(story, by=chief, reason="rights")
    workflow.restore(story, by=chief, why="x")
    assert date_of(story) is None


@pytest.mark.parametrize("date", ["2026-03-04", "2026-03-04T09:30:00+05:00", None])
def test_a_date_that_somebody_typed_or_an_import_found_stays(editor, chief, date):
    for origin in ("desk", "import"):
        story = editing.create(
            a_snapshot(date=date), origin=origin, by=editor if origin == "desk" else None
        )
        had = (story.published_on, story.published_at, story.date_decided)
        workflow.schedule(story, by=editor, at=in_days(2), story_date="this_act")
        workflow.pull_back(story, by=editor)
        assert (story.published_on, story.published_at, story.date_decided) == had
        workflow.publish(story, by=editor, story_date="this_act")
        workflow.unpublish(story, by=editor, why="x")
        assert (story.published_on, story.published_at, story.date_decided) == had


def test_a_date_that_somebody_typed_over_the_supplied_one_stays(editor):
    story = workflow.publish(undated(), by=editor, story_date="this_act")
    typed = snapshots.latest(story) | {"published_on": "2026-03-04", "published_at": None}
    editing.save(story, typed, version=story.version, by=editor)
    workflow.unpublish(story, by=editor, why="x")
    assert story.published_on.isoformat() == "2026-03-04"


def test_restoring_an_old_version_brings_no_ended_date_back(desk, editor, clock):
    story = workflow.schedule(undated(), by=editor, at=in_days(80), story_date="this_act")
    dated = story.revisions.newest()
    workflow.pull_back(story, by=editor)
    browser = desk(editor)
    shown = browser.get(f"{LIST}{story.pk}/restore/{dated.pk}/").content.decode()
    assert "Time it carries" not in shown
    browser.post(f"{LIST}{story.pk}/restore/{dated.pk}/", {"version": story.version})
    assert date_of(story) is None
    assert dated.snapshot["published_at"]  # the version itself stays what it was
    clock(days=1)
    story.refresh_from_db()
    workflow.publish(story, by=editor, story_date="this_act")
    now = date_of(story)
    for revision in (dated, story.revisions.get(version=1)):
        editing.restore(story, revision, version=story.version, by=editor)
        story.refresh_from_db()
        assert snapshots.latest(story)["published_at"] == now.isoformat()
        if story.has_working_copy:
            workflow.put_live(story, by=editor, kind="small_fix")
        assert (date_of(story), story.slug) == (now, "talks-on-friday")


def test_a_working_copy_takes_no_date_back_into_the_draft(editor):
    story = workflow.publish(undated(), by=editor, story_date="this_act")
    editing.save(
        story, snapshots.latest(story) | {"summary": "News."}, version=story.version, by=editor
    )
    story.refresh_from_db()
    workflow.unpublish(story, by=editor, why="x")
    assert (story.summary, date_of(story)) == ("News.", None)


def test_a_form_that_was_open_meanwhile_does_not_bring_the_date_back(editor):
    story = workflow.schedule(undated(), by=editor, at=in_days(80), story_date="this_act")
    opened = story.version
    mine = snapshots.latest(story) | {"summary": "What I typed."}
    workflow.pull_back(story, by=editor)
    stale = editing.save(story, mine, version=opened, by=editor)
    assert isinstance(stale, editing.Stale)
    together = three_way_merge.merge(
        stale.base.snapshot, stale.theirs.snapshot, stale.mine.snapshot
    )
    result = together.result(snapshots.ordered(stale.theirs.snapshot), {})
    assert (result["summary"], result["published_at"], result["date_decided"]) == (
        "What I typed.",
        None,
        False,
    )


def test_a_shared_preview_shows_no_date_that_has_ended(editor, client):
    story = workflow.schedule(undated(), by=editor, at=in_days(80), story_date="this_act")
    link = preview.share(story, story.revisions.newest(), by=editor)
    address = f"/preview/{preview.token_of(link)}/"
    words = snapshots.day_or_minute_in_words(story.published_at.isoformat()).split(",")[0]
    assert words in client.get(address).content.decode()
    workflow.pull_back(story, by=editor)
    answer = client.get(address)
    assert answer.status_code == 200
    assert words not in answer.content.decode()


def test_the_publish_step_offers_the_moment_again_and_names_the_date_that_ended(desk, editor):
    story = workflow.publish(undated(), by=editor, story_date="this_act")
    words = snapshots.day_or_minute_in_words(story.published_at.isoformat())
    workflow.unpublish(story, by=editor, why="x")
    text = desk(editor).get(f"{LIST}{story.pk}/act/publish/").content.decode()
    assert "Date the story with the moment it goes live" in text
    assert words in text


def test_readers_are_told_of_no_update_that_is_older_than_the_story(editor, clock, page):
    story = workflow.publish(undated(), by=editor, story_date="this_act")
    clock(hours=1)
    workflow.correct(story, by=editor, was="Thursday", now="Friday")
    assert "Updated" in page(story.get_absolute_url())
    workflow.unpublish(story, by=editor, why="x")
    clock(days=2)
    workflow.publish(story, by=editor, story_date="this_act")
    text = page(story.get_absolute_url())
    assert "Updated" not in text
    assert "Thursday" in text  # the record stays for good
    assert '"dateModified"' not in text or story.published_at.isoformat()[:10] in text


# --- the checks


def found(snapshot, story=None, at=None):
    return [
        each.rule for each in copydesk.look_over(snapshot, story, at) if each.field == "date_known"
    ]


def test_a_date_after_going_live_and_one_long_before_are_named():
    story = a_draft("Bread", date=today())
    day = lambda days: (timezone.localdate() + timedelta(days=days)).isoformat()  # noqa: E731
    assert found(a_snapshot(date=day(0)), story) == []
    assert found(a_snapshot(date=day(-6)), story) == []
    assert found(a_snapshot(date=day(-9)), story) == ["date-long-before"]
    assert found(a_snapshot(date=day(3)), story) == ["date-ahead"]
    assert found(a_snapshot(date=day(3)), story, in_days(3)) == []
    assert found(a_snapshot(date=in_days(1).isoformat()), story) == ["date-ahead"]
    assert found(a_snapshot(date=None), story) == ["no-date"]


def test_a_live_story_is_measured_by_when_it_went_live_and_an_import_by_its_document(clock):
    story = a_story("Bread", date=today())
    clock(days=40)
    assert found(snapshots.latest(story), story) == []
    assert found(snapshots.latest(story) | {"published_on": "2020-01-01"}, story) == [
        "date-long-before"
    ]
    archive = editing.create(a_snapshot(date="2019-05-06"), origin="import")
    assert found(snapshots.latest(archive), archive) == []


def test_scheduling_for_the_day_the_story_carries_asks_nothing(desk, editor):
    when = timezone.localtime(in_days(3)).replace(hour=10, minute=0)
    draft = a_draft("Bread", date=when.isoformat(), summary="A dek.", tags=["food"])
    browser = desk(editor)
    step = f"{LIST}{draft.pk}/act/schedule/"
    assert "still to come" not in browser.get(step).content.decode()
    early = {
        "day": timezone.localdate(in_days(2)).isoformat(),
        "clock": "10:00",
        "version": draft.version,
    }
    assert "still to come when readers get it" in browser.post(step, early).content.decode()
    browser.post(step, early | {"day": when.date().isoformat()})
    draft.refresh_from_db()
    assert draft.is_scheduled


# --- addresses


def test_an_address_that_only_waited_is_given_back(editor):
    story = workflow.schedule(
        undated("Talks on Friday"), by=editor, at=in_days(2), story_date="this_act"
    )
    assert story.slug == "talks-on-friday"
    workflow.pull_back(story, by=editor)
    assert story.slug == ""
    assert not Address.objects.exists()
    renamed = snapshots.latest(story) | {"headline": "Talks fail"}
    editing.save(story, renamed, version=story.version, by=editor)
    story.refresh_from_db()
    workflow.publish(story, by=editor, story_date="this_act")
    assert story.slug == "talks-fail"
    assert a_story("Talks on Friday").slug == "talks-on-friday"


def test_an_address_that_a_person_wished_for_stays_a_wish(editor):
    taken = a_story("Talks", slug="talks")
    story = workflow.schedule(
        undated(slug="talks"), by=editor, at=in_days(2), story_date="this_act"
    )
    assert story.slug == "talks-2"
    workflow.pull_back(story, by=editor)
    assert (story.slug, taken.slug) == ("talks", "talks")


def test_an_address_that_readers_knew_stays_reserved_and_becomes_the_current_one_again(
    editor, page
):
    story = workflow.publish(undated("Talks on Friday"), by=editor, story_date="this_act")
    workflow.unpublish(story, by=editor, why="x")
    assert story.slug == "talks-on-friday"
    wish = snapshots.latest(story) | {"slug": "talks-fail"}
    editing.save(story, wish, version=story.version, by=editor)
    story.refresh_from_db()
    workflow.schedule(story, by=editor, at=in_days(2), story_date="this_act")
    assert set(story.addresses.values_list("path", "is_current")) == {
        ("/articles/talks-on-friday/", False),
        ("/articles/talks-fail/", True),
    }
    workflow.pull_back(story, by=editor)
    assert list(story.addresses.values_list("path", "is_current")) == [
        ("/articles/talks-on-friday/", True)
    ]
    assert story.slug == "talks-fail"


def test_a_withdrawn_address_is_never_given_back(editor, chief, client):
    story = workflow.publish(undated("Talks on Friday"), by=editor, story_date="this_act")
    workflow.withdraw(story, by=chief, reason="rights")
    workflow.restore(story, by=chief, why="x")
    workflow.schedule(story, by=editor, at=in_days(2), story_date="this_act")
    workflow.pull_back(story, by=editor)
    assert client.get("/articles/talks-on-friday/").status_code == 410


# --- notes, wishes and ticks


def test_what_was_wanted_by_five_is_not_shown_of_a_story_that_was_pulled_back(
    reporter, editor, clock
):
    story = workflow.submit(
        undated(by=reporter), by=reporter, note="Please", wanted_by="17:00 on Tuesday"
    )
    assert dashboard.waiting_for_review(editor)[0].note == "Please (wanted by 17:00 on Tuesday)"
    clock(hours=1)
    workflow.schedule(story, by=editor, at=in_days(2), story_date="this_act")
    clock(hours=1)
    workflow.pull_back(story, by=editor)
    (waiting,) = dashboard.waiting_for_review(editor)
    assert waiting.note == ""
    assert waiting.submitted_at == timezone.now()


def test_a_note_to_the_writer_ends_when_the_story_goes_on(reporter, editor, clock):
    story = workflow.submit(undated(by=reporter), by=reporter)
    clock(minutes=1)
    workflow.return_to_writer(story, by=editor, note="Who says so?")
    assert returned_note(story).why == "Who says so?"
    assert dashboard.my_drafts(reporter)[0].last_move == "return_to_writer"
    clock(minutes=1)
    workflow.publish(story, by=editor, story_date="this_act")
    clock(minutes=1)
    workflow.unpublish(story, by=editor, why="x")
    assert returned_note(story) is None
    assert dashboard.my_drafts(reporter)[0].last_move == "unpublish"


# 0: the gate's clock stands still, because the machine's was set back
@pytest.mark.parametrize("hours", [1, 0])
@pytest.mark.parametrize("act", ["pull_back", "unpublish", "withdraw"])
def test_a_tick_ends_with_the_act_it_was_given_in(editor, chief, clock, act, hours):
    story = a_draft("Bread", summary="", tags=["food"], date=today())
    ask = lambda: [each.rule for each in copydesk.open_problems(snapshots.latest(story), story)]  # noqa: E731
    assert ask() == ["no-dek"]
    passing = {each.fingerprint: "" for each in copydesk.look_over(snapshots.latest(story), story)}
    if act == "pull_back":
        workflow.schedule(story, by=editor, at=in_days(2), passing=passing)
    else:
        workflow.publish(story, by=editor, passing=passing)
    clock(hours=hours)
    assert ask() == []
    workflow_options = {"unpublish": {"why": "x"}, "withdraw": {"reason": "rights"}}.get(act, {})
    getattr(workflow, act)(story, by=chief, **workflow_options)
    assert ask() == ["no-dek"]
    if act == "unpublish":
        clock(hours=hours)
        workflow.publish(story, by=editor, passing=passing)
        assert ask() == []
        workflow.unpublish(story, by=editor, why="x")
        assert ask() == ["no-dek"]


def test_acts_of_one_moment_stand_in_their_order(editor, chief, clock, client, page):
    """The gate's clock stands still for up to two hours, while readers go on reading and the desk goes on working."""
    story = workflow.publish(undated(), by=editor, story_date="this_act")
    address, seen_date = story.get_absolute_url(), story.published_at
    page(address)
    workflow.correct(story, by=editor, was="Thursday", now="Friday")
    workflow.unpublish(story, by=editor, why="x")
    assert public_history.was_ever_seen(story)
    assert supplied.last_seen_date_of(story) == seen_date.isoformat()
    wish = snapshots.latest(story) | {"slug": "another-address"}
    editing.save(story, wish, version=story.version, by=editor)
    story.refresh_from_db()
    workflow.schedule(story, by=editor, at=in_days(2), story_date="this_act")
    workflow.pull_back(story, by=editor)
    # readers knew it: it stays the story's
    assert list(story.addresses.values_list("path", flat=True)) == [address]
    assert dashboard.waiting_for_review(editor)[0].note == ""
    workflow.withdraw(story, by=chief, reason="law")
    assert client.get(address).status_code == 410
    assert len(public_history.spans(story)) == 2


def test_a_story_that_waited_and_was_pulled_back_in_that_moment_was_never_seen(
    editor, chief, clock
):
    story = workflow.schedule(undated(), by=editor, at=in_days(2), story_date="this_act")
    workflow.pull_back(story, by=editor)
    assert not public_history.was_ever_seen(story)


# --- every act against its undoing

LASTING = {
    "version": "every act that changes what the newest revision says makes a revision, and its undoing another",
    "shown_version": "follows the version",
    "updated_at": "readers were told; it is not printed of a story that is newer (`told_at`)",
    "saved_at": "not of acts",
    "saved_by": "not of acts",
    "kin": "worked out when the story is live, and read only then",
}


def later(days=2):
    return {"at": in_days(days), "story_date": "this_act"}


UNDOINGS = {  # name: (acts before, the act, what undoes it)
    "submit": (
        [],
        [("submit", {"note": "Please", "wanted_by": "17:00"})],
        [("return_to_writer", {"note": "Who?"})],
    ),
    "submit and take": (
        [],
        [("submit", {}), ("take", {})],
        [("return_to_writer", {"note": "Who?"})],
    ),
    "schedule": ([("submit", {})], [("schedule", later())], [("pull_back", {})]),
    "schedule and put live early": (
        [("submit", {})],
        [("schedule", later()), ("save", {}), ("put_live", {})],
        [("pull_back", {}), ("unsave", {})],
    ),
    "publish": ([], [("publish", {"story_date": "this_act"})], [("unpublish", {"why": "x"})]),
    "publish and update": (
        [],
        [
            ("publish", {"story_date": "this_act"}),
            ("save", {}),
            ("put_live", {"kind": "update", "line": "News."}),
        ],
        [("unpublish", {"why": "x"}), ("unsave", {})],
    ),
    "publish and correct": (
        [],
        [("publish", {"story_date": "this_act"}), ("correct", {"was": "a", "now": "b"})],
        [("unpublish", {"why": "x"})],
    ),
    "publish and withdraw": (
        [],
        [("publish", {"story_date": "this_act"}), ("withdraw", {"reason": "law"})],
        [("restore", {"why": "x"})],
    ),
    "spike": ([], [("spike", {"why": "x"})], [("revive", {})]),
}


def columns_of(story):
    story = Article.objects.get(pk=story.pk)
    fields = [field for field in Article._meta.concrete_fields if field.name not in LASTING]
    return {
        field.name: getattr(story, field.attname if isinstance(field, ForeignKey) else field.name)
        for field in fields
    }


@pytest.mark.parametrize("name", UNDOINGS)
def test_an_act_and_its_undoing_leave_nothing_behind(chief, editor, clock, name):
    before, acts, undoings = UNDOINGS[name]
    story = undated(by=editor)

    def do(act, options):
        clock(minutes=1)
        if act in ("save", "unsave"):
            snapshot = snapshots.latest(story) | {
                "summary": "Other words." if act == "save" else "A dek."
            }
            editing.save(story, snapshot, version=story.version, by=chief)
            story.refresh_from_db()
        else:
            getattr(workflow, act)(story, by=chief, **options)

    for step in before:
        do(*step)
    had, latest = columns_of(story), snapshots.latest(story)
    for step in acts:
        do(*step)
    assert columns_of(story) != had
    was_seen = public_history.was_ever_seen(story)
    for step in undoings:
        do(*step)
    now = columns_of(story)
    if was_seen:  # readers know the address, and it stays the story's
        assert now.pop("slug") == "talks-on-friday"
        had.pop("slug")
        latest = latest | {"slug": "talks-on-friday"}
    else:
        assert not story.addresses.exists()
    assert now == had
    assert snapshots.latest(story) == latest
    assert story.shown_version == story.version == story.revisions.newest().version
    assert all(
        row.live_from is None and not row.is_published
        for row in [*story.bylines.all(), *story.tag_links.all()]
    )


def test_every_column_that_outlives_an_act_says_why():
    columns = {field.name for field in Article._meta.concrete_fields}
    assert set(LASTING) <= columns
    assert all(LASTING.values())


def test_without_the_logbook_a_date_counts_as_typed_and_stays(editor):
    """As of a fixture that came without its lines: what nobody can prove to be supplied is nobody's to take away."""
    story = workflow.publish(undated(), by=editor, story_date="this_act")
    date = story.published_at
    LogLine.objects.filter(article=story)._raw_delete("default")
    assert supplied.taken_back(story, snapshots.latest(story))["published_at"] == date.isoformat()


def test_the_desk_can_do_it_all_by_its_own_screens(desk, editor, page):
    draft = undated("Talks on Friday")
    browser = desk(editor)
    when = timezone.localtime(in_days(80))
    browser.post(
        f"{LIST}{draft.pk}/act/schedule/",
        {"day": when.date().isoformat(), "clock": "10:00", "story_date": "this_act"} | seen(draft),
    )
    draft.refresh_from_db()
    assert draft.published_on == when.date()
    browser.post(f"{LIST}{draft.pk}/act/pull_back/")
    draft.refresh_from_db()
    browser.post(f"{LIST}{draft.pk}/act/publish/", {"story_date": "this_act"} | seen(draft))
    draft.refresh_from_db()
    assert draft.published_on == timezone.localdate()
    assert draft.is_live


# --- a date that readers saw comes back when the desk wants it so


def step_of(browser, story, act="publish"):
    return html.unescape(
        " ".join(browser.get(f"{LIST}{story.pk}/act/{act}/").content.decode().split())
    )


@pytest.mark.parametrize("hidden", ["unpublish", "withdraw"])
def test_a_corrected_story_that_comes_back_can_have_the_date_under_which_readers_saw_it(
    desk, editor, chief, clock, page, hidden
):
    story = workflow.publish(undated(), by=editor, story_date="this_act")
    seen_date = story.published_at
    clock(hours=2)
    workflow.correct(story, by=editor, was="Thursday", now="Friday")
    clock(days=2)
    if hidden == "unpublish":
        workflow.unpublish(story, by=editor, why="x")
    else:
        workflow.withdraw(story, by=chief, reason="law")
        workflow.restore(story, by=chief, why="x")
    assert date_of(story) is None
    clock(minutes=8)
    older = a_story("Another", date=timezone.localdate().isoformat())
    browser = desk(editor)
    words = snapshots.day_or_minute_in_words(seen_date.isoformat())
    text = step_of(browser, story)
    assert f"Give it back the date under which readers saw it: {words}" in text
    assert "they also read that the story was published before" in text
    sent = {"story_date": "as_before"} | seen(story)
    browser.post(f"{LIST}{story.pk}/act/publish/", sent)
    story.refresh_from_db()
    assert (story.is_live, date_of(story)) == (True, seen_date)
    text = page(story.get_absolute_url())
    assert BEFORE not in text
    assert "Corrected" in text
    assert "Updated" in text
    assert page("/").index("Another") < page("/").index("Talks on Friday")
    assert older.sort_at > story.sort_at
    # what the act gave back ends with it, and is offered again
    workflow.unpublish(story, by=editor, why="x")
    assert date_of(story) is None
    assert f"readers saw it: {words}" in step_of(browser, story)


BEFORE = "published before with an earlier date"


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({}, True),
        ({"shown_at": "top"}, True),
        ({"kind": "clarification", "text": "It was right."}, True),
    ],
)
def test_with_a_new_date_readers_are_told_that_the_story_was_published_before(
    editor, clock, page, client, facts, says
):
    story = workflow.publish(undated(), by=editor, story_date="this_act")
    clock(hours=1)
    workflow.correct(story, by=editor, was="Thursday", now="Friday", **facts)
    assert BEFORE not in page(story.get_absolute_url())
    clock(hours=1)
    workflow.unpublish(story, by=editor, why="x")
    clock(minutes=8)
    workflow.publish(story, by=editor, story_date="this_act")
    text = page(story.get_absolute_url())
    assert (BEFORE in text) is says
    assert text.index("Published") < text.index(BEFORE)
    assert BEFORE in client.get(f"{story.get_absolute_url()}ninjs.json").content.decode()


def test_a_day_that_somebody_had_typed_and_taken_away_again_is_offered_and_ends_with_the_act(
    desk, editor
):
    story = a_story("Talks", date="2026-03-04")
    workflow.unpublish(story, by=editor, why="x")
    assert "Give it back" not in step_of(desk(editor), story)  # it has its own date still
    bare = snapshots.latest(story) | {
        "published_on": None,
        "published_at": None,
        "date_decided": False,
    }
    editing.save(story, bare, version=story.version, by=editor)
    story.refresh_from_db()
    assert "readers saw it: 4 March 2026" in step_of(desk(editor), story)
    for act, when in (("publish", {}), ("schedule", {"at": in_days(2)})):
        getattr(workflow, act)(story, by=editor, story_date="as_before", **when)
        assert (story.published_on, story.published_at) == (date(2026, 3, 4), None)
        undoing = {"publish": ("unpublish", {"why": "x"}), "schedule": ("pull_back", {})}[act]
        getattr(workflow, undoing[0])(story, by=editor, **undoing[1])
        assert (story.published_on, story.date_decided) == (None, False)


def test_a_story_that_readers_never_saw_under_a_date_gets_none_back(desk, editor):
    for story in (
        undated(),
        workflow.pull_back(workflow.schedule(undated(), by=editor, **later()), by=editor),
    ):
        assert "Give it back" not in step_of(desk(editor), story)
        with pytest.raises(workflow.Refused, match="never saw this story under a date"):
            workflow.publish(story, by=editor, story_date="as_before")


def test_the_step_says_the_place_for_the_date_that_is_ticked(desk, editor, clock):
    story = workflow.publish(undated(), by=editor, story_date="this_act")
    workflow.unpublish(story, by=editor, why="x")
    clock(days=1)
    a_story("Another", date=timezone.now().isoformat())
    clock(hours=1)
    address = f"{LIST}{story.pk}/act/publish/"
    words = "It leads the front page and Economy."
    assert words in desk(editor).get(address).content.decode()
    asked = desk(editor).post(address, {"story_date": "as_before", "version": story.version + 1})
    assert asked.status_code == 422
    assert words not in asked.content.decode()
