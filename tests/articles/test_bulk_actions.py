"""Acts on many stories at once: a page that asks, then a line for each story saying what happened and why not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Section, Tag
from articles.story import editing, snapshots
from tests.articles.test_desk_form import LIST
from tests.builders import a_draft, a_section, a_snapshot, a_story, today

pytestmark = pytest.mark.django_db


def together(browser, action, *stories, **data):
    chosen = {"_selected_action": [story.pk for story in stories]}
    versions = {f"version_{story.pk}": story.version for story in stories}
    answer = browser.post(f"{LIST}together/{action}/", chosen | versions | data)
    return " ".join(answer.content.decode().split())


def complete(headline):
    """A draft about which the checks have no question."""
    return a_draft(headline, summary="A dek.", tags=["food"], date=today())


def test_the_menu_offers_what_somebody_may_and_asks_before_it_does_anything(desk, reporter, editor):
    draft = editing.create(a_snapshot("Mine"), by=reporter)
    menu = desk(reporter).get(LIST).content.decode()
    assert 'value="submit"' in menu
    assert 'value="publish"' not in menu
    asked = desk(editor).post(
        LIST, {"action": "publish", "_selected_action": draft.pk, "index": "0"}
    )
    assert (
        "Readers see these stories from the moment you press the button." in asked.content.decode()
    )
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_each_story_has_its_own_line(desk, editor):
    good, bare, asked = (
        complete("Good"),
        editing.create(snapshots.blank() | {"headline": "Bare"}),
        a_draft("Asked"),
    )
    text = together(desk(editor), "publish", good, bare, asked)
    assert "1 of 3 done." in text
    assert "Live now." in text
    assert text.count("The checks have questions: publish it from its own page.") == 2
    for story in (good, bare, asked):
        story.refresh_from_db()
    assert [story.status for story in (good, bare, asked)] == ["published", "draft", "draft"]
    assert asked.log_lines.filter(act="publish refused", by=editor).exists()


def test_submitting_scheduling_and_unpublishing_many(desk, editor):
    drafts = [complete("One"), complete("Two")]
    assert "2 of 2 done." in together(desk(editor), "submit", *drafts, note="Both")
    tomorrow = timezone.localtime() + timedelta(days=1)
    for draft in drafts:
        draft.refresh_from_db()
    text = together(
        desk(editor), "schedule", *drafts, day=tomorrow.date().isoformat(), clock="10:00"
    )
    assert text.count("Scheduled.") == 2
    assert "This field is required." in together(desk(editor), "schedule", *drafts)
    live = a_story("Live")
    assert "A draft again" in together(desk(editor), "unpublish", live, drafts[0], why="x")
    live.refresh_from_db()
    assert live.status == "draft"


def test_filing_many_makes_working_copies_of_live_stories(desk, editor, page):
    tag, section = Tag.objects.named("Crumbs"), a_section("Trade")
    live, draft = a_story("Live"), a_draft("Draft", tags=["food"])
    text = together(desk(editor), "add_tag", live, draft, tag=tag.pk)
    assert "Saved as a working copy" in text
    assert "Crumbs" not in page(live.get_absolute_url())
    assert snapshots.latest(draft)["tags"] == ["food", "crumbs"]
    for story in (live, draft):
        story.refresh_from_db()
    assert "2 of 2 done." in together(
        desk(editor), "change_section", live, draft, section=section.pk
    )
    draft.refresh_from_db()
    assert draft.section == Section.objects.get(name="Trade")
    together(desk(editor), "remove_tag", draft, tag=tag.pk)
    assert snapshots.latest(draft)["tags"] == ["food"]


@pytest.mark.parametrize("version", [None, "-5", "9" * 30])
@pytest.mark.parametrize("action", ["add_tag", "remove_tag", "change_section"])
def test_a_page_that_does_not_say_which_version_it_showed_changes_nothing(
    desk, editor, action, version
):
    story = a_story("Bread", tags=["food"])
    sent = {
        "_selected_action": [story.pk],
        "tag": Tag.objects.named("food").pk,
        "section": a_section("Other").pk,
    }
    sent |= {f"version_{story.pk}": version} if version else {}
    answer = desk(editor).post(f"{LIST}together/{action}/", sent)
    assert answer.status_code == 200
    assert "did not say which version it showed" in answer.content.decode()
    assert story.revisions.count() == 2


def test_a_story_that_somebody_saved_meanwhile_is_left_alone(desk, editor, chief):
    tag, draft = Tag.objects.named("Bread"), a_draft("Seen in the list")
    seen_then = draft.version
    editing.save(draft, a_snapshot("Saved meanwhile"), version=seen_then, by=chief)
    text = together(desk(editor), "add_tag", draft, tag=tag.pk)
    assert "Somebody saved it meanwhile; nothing was changed." in text
    assert "bread" not in snapshots.latest(draft)["tags"]
    assert "The story was changed since you opened this page." in together(
        desk(editor), "publish", complete_but_old(chief)
    )


def complete_but_old(chief):
    draft = complete("Old")
    editing.save(draft, snapshots.latest(draft) | {"dateline": "Termez"}, version=1, by=chief)
    return draft


def test_nobody_files_a_story_that_is_not_theirs_to_change(desk, reporter, contributor, editor):
    tag = Tag.objects.named("Bread")
    theirs = a_draft("Theirs")
    text = together(desk(reporter), "add_tag", theirs, tag=tag.pk)
    assert "Theirs" not in text
    assert snapshots.latest(theirs)["tags"] == []
    own = editing.create(a_snapshot("Own"), by=contributor)
    workflow.publish(own, by=editor)
    assert "You may not change this story." in together(
        desk(contributor), "add_tag", own, tag=tag.pk
    )
    assert not own.has_working_copy


def undated(headline, *, origin="desk"):
    wanted = a_snapshot(headline, summary="A dek.", tags=["food"], date=None, date_decided=False)
    return editing.create(wanted, origin=origin)


def test_publishing_many_offers_to_date_those_without_a_date(desk, editor):
    one, dated = undated("One"), complete("Dated")
    browser, today_before = desk(editor), dated.published_on
    asked = browser.post(
        LIST, {"action": "publish", "_selected_action": [one.pk, dated.pk], "index": "0"}
    )
    text = asked.content.decode()
    assert "Date the story with the moment it goes live, if it has none" in text
    assert "Left out" not in text
    text = together(browser, "publish", one, dated, date_it="on")
    assert "2 of 2 done." in text
    assert text.count("with this minute as its date.") == 1
    one.refresh_from_db()
    dated.refresh_from_db()
    assert one.published_at == one.live_from.replace(second=0, microsecond=0)
    assert (dated.published_on, dated.published_at) == (today_before, None)


def test_without_the_tick_a_story_without_a_date_is_not_published(desk, editor):
    one = undated("One")
    text = together(desk(editor), "publish", one)
    assert "0 of 1 done." in text
    one.refresh_from_db()
    assert (one.status, one.published_on) == ("draft", None)


def test_scheduling_many_dates_them_with_their_moment_and_an_import_with_nothing(desk, editor):
    own, imported = undated("Own"), undated("Imported", origin="import")
    tomorrow = timezone.localtime() + timedelta(days=1)
    when = {"day": tomorrow.date().isoformat(), "clock": "10:00", "date_it": "on"}
    text = together(desk(editor), "schedule", own, imported, **when)
    assert "1 of 2 done." in text
    own.refresh_from_db()
    imported.refresh_from_db()
    assert own.published_at == own.live_from
    assert (imported.status, imported.published_on) == ("draft", None)


def came_back(headline, editor):
    """A story that readers saw with the date of its publishing, and that is a draft without one now."""
    story = workflow.publish(undated(headline), by=editor, story_date="this_act")
    seen = story.published_at
    workflow.unpublish(story, by=editor, why="x")
    return story, seen


def test_many_stories_can_have_back_the_date_under_which_readers_saw_them(desk, editor, clock):
    back, seen = came_back("Back", editor)
    clock(days=2)
    new = undated("New")
    browser = desk(editor)
    asked = browser.post(
        LIST, {"action": "publish", "_selected_action": [back.pk, new.pk], "index": "0"}
    )
    text = " ".join(asked.content.decode().split())
    words = snapshots.day_or_minute_in_words(seen.isoformat())
    assert "Give it back the date under which readers saw it, if it has none now" in text
    assert text.count("Readers saw it under") == text.count(f"Readers saw it under {words}.") == 1
    text = together(browser, "publish", back, new, date_it="on", date_back="on")
    assert "2 of 2 done." in text
    assert "Live now, with the date under which readers saw it before." in text
    assert "Live now, with this minute as its date." in text
    back.refresh_from_db()
    new.refresh_from_db()
    assert (back.published_at, back.is_live) == (seen, True)
    assert new.published_at == new.live_from.replace(second=0, microsecond=0)


def test_scheduling_many_gives_the_former_date_back_too_and_the_new_one_without_the_tick(
    desk, editor, clock
):
    one, seen = came_back("One", editor)
    two, _ = came_back("Two", editor)
    clock(days=2)
    tomorrow = timezone.localtime() + timedelta(days=1)
    when = {"day": tomorrow.date().isoformat(), "clock": "10:00", "date_it": "on"}
    text = together(desk(editor), "schedule", one, **when, date_back="on")
    assert "Scheduled, with the date under which readers saw it before." in text
    assert "with that minute as its date." in together(desk(editor), "schedule", two, **when)
    one.refresh_from_db()
    two.refresh_from_db()
    assert one.published_at == seen
    assert two.published_at == two.live_from


@pytest.mark.parametrize("action", ["publish", "schedule"])
def test_no_former_date_is_offered_where_there_is_none(desk, editor, action):
    stories = [undated("New"), complete("Dated")]
    asked = desk(editor).post(
        LIST, {"action": action, "_selected_action": [each.pk for each in stories], "index": "0"}
    )
    assert "if it has none" in asked.content.decode()
    assert "Give it back" not in asked.content.decode()
