"""History: every version whole, any two compared, one restored without publishing, and what readers saw when."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from articles import workflow
from articles.story import editing, public_history, snapshots
from tests.articles.test_acts import working_copy
from tests.builders import a_draft, a_photo, a_snapshot, a_story, an_author

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"


def test_the_list_names_person_kind_and_size_of_every_version(desk, chief, editor):
    draft = a_draft("One", body="<p>One two.</p>")
    editing.save(
        draft,
        snapshots.latest(draft) | {"body": "<p>One two three four.</p>"},
        version=1,
        by=editor,
    )
    draft.refresh_from_db()
    workflow.publish(draft, by=chief)
    text = " ".join(desk(chief).get(f"{LIST}{draft.pk}/history/").content.decode().split())
    for words in ("Published", "readers see it", "editor", "+2 −0", "Logbook"):
        assert words in text


def test_any_two_versions_are_compared_with_names_photo_and_tags(desk, chief):
    ada, photo = an_author("Ada Baker"), a_photo(alt="A loaf of bread")
    draft = a_draft("One", by=[ada], tags=["food"])
    changed = a_snapshot(
        "One", by=["A Guest"], lead_photo=photo.sha256, body="<p>Bread is <strong>up</strong>.</p>"
    )
    editing.save(draft, changed, version=1)
    page = desk(chief).get(f"{LIST}{draft.pk}/compare/?from=1&to=2")
    found = {change.label: (change.before, change.after) for change in page.context["fields"]}
    assert found["Byline"] == ("Ada Baker", "A Guest")
    assert found["Photo"] == ("", "A loaf of bread")
    assert found["Tags"] == ("food", "")
    assert "bold" in page.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?from=1",
        "?from=1&to=9",
        "?from=x&to=1",
        "?from=1.9&to=1",
        "?from=٣&to=1",
        "?from=" + "9" * 40 + "&to=1",
    ],
)
def test_versions_that_are_not_there_are_404(desk, chief, query):
    draft = a_draft("One")
    assert desk(chief).get(f"{LIST}{draft.pk}/compare/{query}").status_code == 404


def test_restoring_makes_a_working_copy_and_never_publishes(desk, reporter, editor, page):
    story = editing.create(a_snapshot("First words"), by=reporter)
    workflow.publish(story, by=editor)
    working_copy(story, by=reporter, headline="Second words")
    workflow.put_live(story, by=editor, kind="small_fix")
    first = story.revisions.get(version=1)
    browser, address = desk(reporter), f"{LIST}{story.pk}/restore/{first.pk}/"
    asked = browser.get(address).content.decode()
    assert "a new working copy" in asked
    answer = browser.post(address, {"version": story.version}, follow=True)
    assert "is restored" in answer.content.decode()
    assert "Second words" in page(story.get_absolute_url())
    assert snapshots.latest(story)["headline"] == "First words"
    assert story.revisions.newest().kind == "restored"
    assert browser.post(address, {"version": 1}).status_code == 409


def test_restoring_asks_for_the_rights_of_writing(desk, contributor, reporter, editor):
    story = editing.create(a_snapshot("Own"), by=contributor)
    workflow.publish(story, by=editor)
    first = story.revisions.get(version=1)
    assert (
        desk(contributor).post(f"{LIST}{story.pk}/restore/{first.pk}/", {"version": 2}).status_code
        == 403
    )
    assert (
        desk(reporter).post(f"{LIST}{story.pk}/restore/{first.pk}/", {"version": 2}).status_code
        == 404
    )
    other = a_draft("Other")
    assert (
        desk(editor).post(f"{LIST}{other.pk}/restore/{first.pk}/", {"version": 1}).status_code
        == 404
    )


def test_what_readers_saw_at_any_moment_can_be_asked(desk, chief, editor):
    # 12:00 in Tashkent
    noon = timezone.now().replace(hour=7, minute=0, second=0, microsecond=0) - timedelta(days=2)
    with time_machine.travel(noon, tick=False) as clock:
        story = a_draft("At noon")
        workflow.schedule(story, by=editor, at=noon + timedelta(minutes=30))
        clock.shift(timedelta(hours=1))
        working_copy(story, headline="At one")
        clock.shift(timedelta(minutes=5))
        workflow.put_live(story, by=editor, kind="small_fix")
        clock.shift(timedelta(hours=1))
        workflow.unpublish(story, by=editor, why="x")
    seen = {
        minutes: public_history.seen_at(story, noon + timedelta(minutes=minutes))
        for minutes in (0, 29, 30, 64, 65, 124, 125, 600)
    }
    headlines = {minutes: each and each.snapshot["headline"] for minutes, each in seen.items()}
    assert headlines == {
        0: None,
        29: None,
        30: "At noon",
        64: "At noon",
        65: "At one",
        124: "At one",
        125: None,
        600: None,
    }
    day = timezone.localtime(noon).date().isoformat()
    browser = desk(chief)
    text = browser.get(f"{LIST}{story.pk}/seen/?day={day}&clock=12:40").content.decode()
    assert "readers saw version" in text
    assert "At noon" in text
    assert (
        "did not see"
        in browser.get(f"{LIST}{story.pk}/seen/?day={day}&clock=12:00").content.decode()
    )
    for odd in ("", "?day=x&clock=y", f"?day={day}", "?day=0001-01-01&clock=00:00"):
        assert browser.get(f"{LIST}{story.pk}/seen/{odd}").status_code == 200


def test_a_fixture_without_a_logbook_still_knows_what_readers_see():
    story = a_story("From a fixture")
    type(story).objects.filter(pk=story.pk).update(live_from=timezone.now() - timedelta(days=3))
    story.refresh_from_db()
    # past what protects the record, as no code of ours does
    story.log_lines.all()._raw_delete("default")
    assert (
        public_history.seen_at(story, timezone.now() - timedelta(days=1))
        == story.revisions.newest()
    )
    assert public_history.seen_at(story, timezone.now() - timedelta(days=4)) is None
