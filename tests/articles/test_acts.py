"""The acts between writing and readers: submit, return, take, put live, spike, revive; and who may do which."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from articles import workflow
from articles.models import Article, LogLine
from articles.story import editing, snapshots
from articles.story.transitions import MOVES
from tests.builders import a_draft, a_person, a_snapshot, a_story

pytestmark = pytest.mark.django_db
NOBODY, ALL = [], ["Contributor", "Reporter", "Editor", "Chief editor"]
DESK, CHIEFS = ALL[2:], ALL[3:]
WHO_MAY = {  # the matrix of desk.md, for a story of somebody else
    "submit": DESK,
    "return_to_writer": DESK,
    "publish": DESK,
    "schedule": DESK,
    "pull_back": DESK,
    "put_live": DESK,
    "correct": DESK,
    "unpublish": DESK,
    "spike": DESK,
    "revive": DESK,
    "withdraw": CHIEFS,
    "restore": CHIEFS,
}


def own(person, *args, **facts) -> Article:
    return editing.create(a_snapshot(*args, **facts), by=person)


def working_copy(story, by=None, **facts):
    saved = editing.save(story, snapshots.latest(story) | facts, version=story.version, by=by)
    assert saved.is_working_copy
    story.refresh_from_db()
    return story


def test_the_matrix_names_every_act():
    assert set(WHO_MAY) == set(MOVES)


@pytest.mark.parametrize("role", ALL)
@pytest.mark.parametrize("act", WHO_MAY)
def test_who_may_do_what_to_a_story_of_somebody_else(role, act):
    assert MOVES[act].is_right_of(a_person(role), a_draft()) == (role in WHO_MAY[act])


@pytest.mark.parametrize("role", ALL)
def test_everybody_submits_their_own_story_and_nobody_in_the_lower_roles_does_more(role):
    person = a_person(role)
    story = own(person, "Mine")
    assert workflow.may(story, "submit", person)
    workflow.submit(story, by=person, note="Please read", wanted_by="17:00")
    assert story.status == "in_review"
    assert story.log_lines.get(act="submit").why == "Please read (wanted by 17:00)"
    if role in ("Contributor", "Reporter"):
        assert [act for act in MOVES if workflow.may(story, act, person)] == []


def test_a_returned_story_carries_its_note_to_the_writer(desk, reporter, editor):
    story = own(reporter, "Bread")
    workflow.submit(story, by=reporter)
    with pytest.raises(workflow.Refused, match="Say what is missing"):
        workflow.return_to_writer(story, by=editor, note=" ")
    workflow.return_to_writer(story, by=editor, note="Who says so?")
    assert story.status == "draft"
    assert (
        "Who says so?"
        in desk(reporter).get(f"/admin/articles/article/{story.pk}/change/").content.decode()
    )
    assert "Who says so?" in desk(reporter).get("/admin/").content.decode()
    workflow.submit(story, by=reporter)
    assert (
        "Who says so?"
        not in desk(reporter).get(f"/admin/articles/article/{story.pk}/change/").content.decode()
    )


def test_taking_a_story_is_a_sign_and_not_a_lock(desk, reporter, editor, chief):
    story = own(reporter, "Bread")
    with pytest.raises(workflow.Refused):
        workflow.take(story, by=editor)
    workflow.submit(story, by=reporter)
    with pytest.raises(workflow.Refused):
        workflow.take(story, by=reporter)
    desk(editor).post(f"/admin/articles/article/{story.pk}/take/")
    assert "editor reads it" in " ".join(desk(chief).get("/admin/").content.decode().split())
    workflow.take(story, by=chief)
    workflow.return_to_writer(story, by=editor, note="x")
    assert story.taken_by is None


def test_a_story_that_cannot_be_taken_is_one_line_of_the_logbook(desk, reporter, editor):
    draft = own(reporter, "Bread")
    assert desk(editor).post(f"/admin/articles/article/{draft.pk}/take/").status_code == 403
    assert [line.act for line in LogLine.objects.filter(by=editor)] == ["take refused"]


def test_a_small_fix_changes_the_text_and_nothing_that_readers_are_told(editor, page):
    story = working_copy(a_story("Bread", body="<p>Bred is up.</p>"), body="<p>Bread is up.</p>")
    workflow.put_live(story, by=editor, kind="small_fix")
    assert (story.updated_at, story.corrections.count(), story.has_working_copy) == (None, 0, False)
    assert "Bread is up." in page(story.get_absolute_url())
    assert story.revisions.newest().kind == "small_fix"


def test_an_update_tells_readers_what_is_new(editor, page):
    story = working_copy(a_story("Bread"), body="<p>Bread is up again.</p>")
    with pytest.raises(workflow.Refused, match="Write the line"):
        workflow.put_live(story, by=editor, kind="update")
    assert "again" not in page(story.get_absolute_url())
    workflow.put_live(story, by=editor, kind="update", line="The ministry answered.")
    text = page(story.get_absolute_url())
    assert "The ministry answered." in text
    assert "Updated" in text
    assert "The ministry answered." not in page("/corrections/")


@pytest.mark.parametrize("kind", ["", "correction", "published", "nothing"])
def test_putting_live_always_asks_what_kind_of_change_it_is(editor, kind):
    story = working_copy(a_story("Bread"), headline="Bread, and butter")
    with pytest.raises(workflow.Refused, match="what kind of change"):
        workflow.put_live(story, by=editor, kind=kind)


def test_into_a_story_that_waits_a_change_goes_without_a_kind(editor):
    story = a_story("Later", at=timezone.now() + timedelta(hours=1))
    workflow.put_live(working_copy(story, headline="Later, better"), by=editor)
    assert (story.headline, story.is_scheduled, story.updated_at) == ("Later, better", True, None)


def test_a_working_copy_that_lacks_something_does_not_go_live(editor, page):
    story = working_copy(a_story("Bread"), headline="", section=None)
    with pytest.raises(workflow.Refused, match="headline") as refused:
        workflow.put_live(story, by=editor, kind="small_fix")
    assert len(refused.value.reasons) == 2
    assert "Bread" in page(story.get_absolute_url())


def test_a_new_address_takes_the_old_one_along(editor, client):
    story = working_copy(a_story("Bread"), slug="bread-prices")
    workflow.put_live(story, by=editor, kind="small_fix")
    assert client.get("/articles/bread/").headers["Location"] == "/articles/bread-prices/"
    assert client.get("/articles/bread-prices/").status_code == 200


def test_a_spiked_story_is_put_aside_and_comes_back_whole(editor):
    story = a_draft("Not now")
    workflow.spike(story, by=editor, why="overtaken")
    assert (
        "its text is locked" in editing.save(story, a_snapshot("Late"), version=story.version).why
    )
    workflow.revive(story, by=editor)
    assert (story.status, story.headline) == ("draft", "Not now")


def test_nothing_that_readers_never_saw_is_withdrawn(chief):
    waits = a_story("Later", at=timezone.now() + timedelta(hours=1))
    with pytest.raises(workflow.Refused, match="never saw"):
        workflow.withdraw(waits, by=chief, reason="law")
    workflow.pull_back(waits, by=chief)
    assert not workflow.may(waits, "withdraw", chief)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        seen = a_story("Seen")
        workflow.unpublish(seen, by=chief, why="x")
        workflow.spike(seen, by=chief, why="x")
        workflow.withdraw(seen, by=chief, reason="law")
    assert seen.status == "withdrawn"


def test_a_second_pair_of_eyes_when_the_outlet_wants_one(settings, editor, chief, reporter):
    settings.NEWSROOM_SECOND_PAIR_OF_EYES = True
    alone = own(editor, "Alone")
    with pytest.raises(workflow.Refused, match="Nobody publishes their own story"):
        workflow.publish(alone, by=editor)
    workflow.publish(alone, by=chief)
    working_copy(alone, by=chief, headline="Changed by the chief")
    with pytest.raises(workflow.Refused, match="Nobody publishes their own story"):
        workflow.put_live(alone, by=chief, kind="small_fix")
    workflow.put_live(alone, by=editor, kind="small_fix")
    theirs = own(reporter, "Theirs")
    editing.save(theirs, a_snapshot("Theirs, rewritten"), version=1, by=editor)
    with pytest.raises(workflow.Refused, match="Nobody publishes their own story"):
        workflow.publish(theirs, by=editor)
    workflow.publish(theirs, by=chief)
    workflow.unpublish(theirs, by=editor, why="x")
    editing.save(theirs, a_snapshot("Rewritten again"), version=theirs.version, by=editor)
    with pytest.raises(workflow.Refused, match="Nobody publishes their own story"):
        workflow.publish(theirs, by=editor)


def test_every_act_leaves_its_line_and_says_who_and_from_where_to_where(editor, reporter, chief):
    story = own(reporter, "Bread")
    workflow.submit(story, by=reporter)
    workflow.publish(story, by=editor)
    working_copy(story, by=reporter, headline="Bread again")
    workflow.put_live(story, by=editor, kind="small_fix")
    workflow.unpublish(story, by=editor, why="x")
    workflow.withdraw(story, by=chief, reason="law")
    workflow.restore(story, by=chief, why="x")
    lines = (
        LogLine.objects.filter(article=story)
        .order_by("pk")
        .values_list("act", "by__username", "to_status")
    )
    assert list(lines) == [
        ("create", "reporter", "draft"),
        ("submit", "reporter", "in_review"),
        ("publish", "editor", "published"),
        ("put_live", "editor", "published"),
        ("unpublish", "editor", "draft"),
        ("withdraw", "chief", "withdrawn"),
        ("restore", "chief", "draft"),
    ]
