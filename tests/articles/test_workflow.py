"""The one door: what each act does, what it refuses, and what is written down."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from asgiref.sync import async_to_sync
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import workflow
from articles.models import Article, LogLine, Revision
from articles.models.append_only import Unchangeable
from articles.signals import article_changed
from articles.story import editing, snapshots, transitions
from tests.builders import a_draft, a_person, a_snapshot, a_story, an_author, in_state

pytestmark = pytest.mark.django_db


def acts_on(story):
    return list(story.log_lines.order_by("pk").values_list("act", "from_status", "to_status"))


def test_publishing_makes_a_story_live_and_keeps_what_went_out(editor):
    draft = a_draft("Bread", tags=["food"], by=[an_author("Ada Baker")])
    workflow.publish(draft, by=editor)
    assert Article.objects.live().get() == draft
    assert draft.slug == "bread"
    assert draft.revisions.get(kind="published").snapshot["headline"] == "Bread"
    assert acts_on(draft)[-1] == ("publish", "draft", "published")
    assert draft.log_lines.order_by("pk").last().by == editor


@pytest.mark.parametrize("role", [None, "Contributor", "Reporter"])
def test_only_editors_publish(role):
    draft = a_draft()
    with pytest.raises(workflow.Refused, match="may not publish"):
        workflow.publish(draft, by=a_person(role))
    assert not Article.objects.live().exists()


def test_a_disabled_account_does_nothing(editor):
    editor.is_active = False
    editor.save()
    with pytest.raises(workflow.Refused):
        workflow.publish(a_draft(), by=editor)


@pytest.mark.parametrize(
    ("lack", "sentence"),
    [
        ({"headline": " "}, "headline"),
        ({"body": ""}, "text"),
        ({"section": None}, "section"),
        ({"byline_decision": ""}, "byline"),
        ({"date_decided": False, "published_on": None}, "date"),
        ({"byline_decision": "given"}, "at least one author"),
    ],
)
def test_going_live_needs_six_things_and_says_which_is_missing(editor, lack, sentence):
    snapshot = a_snapshot() | lack
    if lack.get("headline"):
        snapshot["headline"] = ""
    draft = editing.create(snapshot)
    with pytest.raises(workflow.Refused, match=sentence) as refused:
        workflow.publish(draft, by=editor)
    assert len(refused.value.reasons) == 1
    draft.refresh_from_db()
    assert draft.status == "draft"


@pytest.mark.parametrize(
    "lack",
    [
        {"headline": ""},
        {"body": ""},
        {"section": None},
        {"byline_decision": ""},
        {"date_decided": False},
        {"live_from": None},
    ],
)
def test_the_database_itself_refuses_a_live_story_that_lacks_something(lack):
    story = a_story()
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=story.pk).update(**lack)


def test_a_time_needs_a_day_also_in_the_database():
    story = a_story()
    story.published_on, story.published_at = None, timezone.now()
    with pytest.raises(ValidationError, match="A time needs a day"):
        story.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        story.save()


def test_a_scheduled_story_goes_live_without_anything_running(editor):
    at = timezone.now() + timedelta(hours=1)
    story = a_story("Later", at=at)
    with time_machine.travel(at - timedelta(seconds=1), tick=False):
        assert not Article.objects.live().exists()
        assert story.is_scheduled
    with time_machine.travel(at + timedelta(seconds=1), tick=False):
        assert Article.objects.live().get() == story


def test_a_scheduled_story_can_be_edited_while_it_waits_and_pulled_back(editor):
    story = a_story("Later", at=timezone.now() + timedelta(hours=1))
    saved = editing.save(story, a_snapshot("Later, better"), version=story.version, by=editor)
    assert saved.is_working_copy
    workflow.pull_back(story, by=editor)
    assert (story.status, story.live_from, story.headline) == ("in_review", None, "Later, better")


def test_a_time_that_is_over_is_refused(editor):
    with pytest.raises(workflow.Refused, match="over"):
        workflow.schedule(a_draft(), by=editor, at=timezone.now() - timedelta(minutes=1))


def test_the_desks_own_story_can_take_the_moment_it_goes_live_as_its_date(editor):
    draft = editing.create(a_snapshot(date=None) | {"date_decided": False})
    workflow.publish(draft, by=editor, story_date="this_act")
    assert draft.published_at == draft.live_from.replace(second=0, microsecond=0)
    assert draft.published_on == timezone.localtime(draft.published_at).date()


def test_an_undated_story_stays_undated_when_it_goes_live(editor):
    story = workflow.publish(a_draft(date=None), by=editor, story_date="this_act")
    assert (story.published_on, story.published_at) == (None, None)
    assert story.sort_at.year == 1


def test_a_working_copy_waits_until_the_story_is_published_again(editor):
    story = a_story("As readers know it")
    editing.save(story, a_snapshot("As the desk wants it"), version=story.version, by=editor)
    story.refresh_from_db()
    assert story.headline == "As readers know it"
    assert story.has_working_copy
    workflow.unpublish(story, by=editor, why="to change it")
    assert story.headline == "As the desk wants it"
    workflow.publish(story, by=editor)
    assert Article.objects.live().get().headline == "As the desk wants it"


def test_withdrawing_is_for_chief_editors_and_for_what_readers_saw(editor, chief):
    story = a_story()
    with pytest.raises(workflow.Refused):
        workflow.withdraw(story, by=editor, reason="law")
    with pytest.raises(workflow.Refused, match="never saw"):
        workflow.withdraw(a_draft(), by=chief, reason="law")
    workflow.withdraw(story, by=chief, reason="law")
    answer = editing.save(story, a_snapshot("Typed late"), version=story.version, by=chief)
    assert "its text is locked" in answer.why
    assert answer.mine.snapshot["headline"] == "Typed late"
    story.refresh_from_db()
    assert story.status == "withdrawn"


def test_every_illegal_move_is_refused(chief):
    draft, live = a_draft(), a_story()
    for act in (
        lambda: workflow.unpublish(draft, by=chief, why="x"),
        lambda: workflow.restore(live, by=chief, why="x"),
        lambda: workflow.publish(live, by=chief),
        lambda: workflow.pull_back(live, by=chief),
        lambda: workflow.pull_back(draft, by=chief),
        lambda: workflow.unpublish(
            a_story(at=timezone.now() + timedelta(hours=1)), by=chief, why="x"
        ),
    ):
        with pytest.raises(workflow.Refused):
            act()


@pytest.mark.parametrize("act", transitions.MOVES)
def test_what_an_act_needs_beside_the_status_is_asked_at_the_door_too(act, chief, monkeypatch):
    """The condition stands in the table alone: no act repeats it, and none can forget it."""
    starts = {"published": a_story, "in_review": lambda: in_state("in review")}
    status = transitions.MOVES[act].start[0]
    story = starts[status]() if status in starts else in_state(status)
    asked = []
    monkeypatch.setitem(transitions.ALSO, act, lambda article: asked.append(article))
    with (
        pytest.raises(workflow.Refused, match=transitions.where_it_is(story)[0]),
        workflow.moving(story, act, by=chief),
    ):
        pytest.fail("the act began")
    assert asked[0] == story
    story.refresh_from_db()
    assert story.status == status


def test_the_links_carry_the_gate_and_the_sort_key(editor):
    author = an_author()
    story = a_story(by=[author], tags=["food"])
    for link in (story.bylines.get(), story.tag_links.get()):
        assert (link.is_published, link.live_from, link.sort_at) == (
            True,
            story.live_from,
            story.sort_at,
        )
    workflow.unpublish(story, by=editor, why="x")
    for link in (story.bylines.get(), story.tag_links.get()):
        assert (link.is_published, link.live_from) == (False, None)


def test_news_travels_after_commit_with_what_was_and_what_is(
    editor, django_capture_on_commit_callbacks
):
    heard = []

    def listen(sender, **news):
        heard.append((news["act"], news["was"]["status"], news["now"]["status"]))

    article_changed.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            workflow.publish(a_draft(), by=editor)
            assert heard == []
    finally:
        article_changed.disconnect(listen)
    assert heard == [("publish", "draft", "published")]


def awaited(method, **values):
    """In a thread of its own: the one of the tests may have a browser's event loop, which stays for the whole run."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(async_to_sync(method), **values).result()


def test_nothing_in_the_record_can_be_rewritten():
    story = a_story()
    revision, line = story.revisions.first(), story.log_lines.first()
    for attempt in (
        lambda: revision.save(),
        lambda: revision.delete(),
        lambda: Revision.objects.all().delete(),
        lambda: Revision.objects.update(note="x"),
        lambda: Revision.objects.bulk_update([revision], ["note"]),
        lambda: story.revisions.all().delete(),
        lambda: Revision._base_manager.filter(pk=revision.pk).update(note="x"),
        lambda: LogLine._base_manager.all().delete(),
        lambda: awaited(Revision.objects.all().aupdate, note="x"),
        lambda: awaited(LogLine.objects.all().adelete),
        lambda: awaited(line.asave),
        lambda: awaited(line.adelete),
        lambda: line.save(),
        lambda: line.delete(),
        lambda: LogLine.objects.filter(pk=line.pk).update(why="x"),
        lambda: LogLine.objects.update_or_create(pk=line.pk, defaults={"why": "x"}),
        lambda: LogLine.objects.bulk_create(
            [line], update_conflicts=True, unique_fields=["uid"], update_fields=["why"]
        ),
    ):
        with pytest.raises(Unchangeable):
            attempt()


def test_a_snapshot_holds_the_whole_story_and_gives_it_back():
    author = an_author("Ada Baker")
    story = a_draft(
        "Whole",
        by=[author, "A Guest"],
        tags=["one", "two"],
        dateline="Samarkand",
        source_outlet="A Paper",
    )
    snapshot = snapshots.of_row(story)
    assert [row["author"] or row["name"] for row in snapshot["bylines"]] == ["ada-baker", "A Guest"]
    assert snapshot == snapshots.latest(story)
    other = editing.create(snapshot)
    assert snapshots.of_row(other) == snapshot
