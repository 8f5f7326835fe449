"""The desk's first page, the story list's tabs and filters, and the logbook."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from articles import workflow
from articles.models import Article, LogLine
from articles.story import editing
from tests.articles.test_acts import working_copy
from tests.articles.test_desk_form import LIST
from tests.builders import a_draft, a_photo, a_snapshot, a_story, an_author, in_state
from tests.one_line import in_one_line

pytestmark = pytest.mark.django_db


def text_of(answer):
    return in_one_line(answer.content.decode())


def test_an_editor_sees_what_waits_oldest_first_with_its_note(desk, editor, reporter):
    for number in (1, 2):
        story = editing.create(a_snapshot(f"Waiting {number}"), by=reporter)
        workflow.submit(story, by=reporter, note=f"Note {number}")
    first = Article.objects.get(headline="Waiting 1")
    editing.save(
        first, a_snapshot("Waiting 1", dateline="Termez"), version=first.version, by=reporter
    )
    text = text_of(desk(editor).get("/admin/"))
    assert text.index("Waiting 1") < text.index("Waiting 2")
    assert "“Note 1” Nobody reads it yet." in text


def test_a_reporter_sees_own_work_alone(desk, reporter):
    a_draft("Somebody else’s draft")
    a_story("Somebody else’s live one")
    editing.create(a_snapshot("My own draft"), by=reporter)
    text = text_of(desk(reporter).get("/admin/"))
    assert "My own draft" in text
    assert "Somebody else" not in text
    for absent in ("Waiting for review", "Came in", "Needs attention"):
        assert absent not in text


def test_what_goes_live_soon_and_what_went_live_today(desk, editor):
    with time_machine.travel(timezone.now().replace(hour=9, minute=0), tick=False):
        a_story("In an hour", at=timezone.now() + timedelta(hours=1))
        a_story("In two days", at=timezone.now() + timedelta(days=2))
        working_copy(a_story("This morning"), headline="Better")
        text = text_of(desk(editor).get("/admin/"))
    soon, today = text.split('id="card-scheduled"')[1].split('id="card-live"')
    assert "In an hour" in soon
    assert "In two days" not in soon
    assert "This morning" in today
    assert "A working copy waits to be put live." in today
    assert "Put live…" in today


def test_imports_say_what_was_found_and_what_is_missing(desk, editor):
    call_command("import_stories", "fixtures/documents", quiet=True)
    text = text_of(desk(editor).get("/admin/"))
    came_in = text.split('id="card-came-in"')[1]
    assert "Found:" in came_in
    assert "Missing:" in came_in
    assert "Complete it" in came_in


def test_what_needs_attention_is_counted_and_what_is_none_is_hidden(desk, editor):
    photo = a_photo()
    a_story("Whole", summary="Dek", tags=["food"], lead_photo=photo.sha256)
    assert "Needs attention" not in text_of(desk(editor).get("/admin/"))
    a_story("Undated", summary="Dek", tags=["food"], lead_photo=photo.sha256, date=None)
    text = text_of(desk(editor).get("/admin/"))
    assert "1 whose date is not stated" in text
    assert "without a dek" not in text
    found = text_of(desk(editor).get(f"{LIST}?status=live&missing=undated"))
    assert "Undated" in found
    assert "Whole" not in found


def test_an_empty_first_page_says_what_to_do(desk, contributor):
    text = text_of(desk(contributor).get("/admin/"))
    assert "No drafts. “New story” begins one" in text


FILTERS = {
    "status=draft": {"Bare draft"},
    "status=live": {"Live one", "Undated"},
    "status=scheduled": {"Later"},
    "status=withdrawn": {"Gone"},
    "status=in_review": {"In review"},
    "status=spiked": {"Spiked"},
    "mine=yes": {"Bare draft"},
    "missing=section": {"Bare draft"},
    "missing=byline": {"Bare draft"},
    "missing=undated": {"Undated"},
    "missing=tags": {"Bare draft", "Undated"},
    "origin=import": set(),
    "author=AUTHOR": {"Live one"},
    "author=x": set(),
    "language=other": {"Undated"},
    "q=canary": {"Live one"},
}


@pytest.mark.parametrize("query", FILTERS)
def test_each_filter_shows_its_stories_and_no_others(desk, editor, query):
    author = an_author("Ada Baker")
    editing.create(a_snapshot("Bare draft", section=None) | {"byline_decision": ""}, by=editor)
    a_story("Live one", by=[author], tags=["food"], body="<p>A canary.</p>")
    a_story("Undated", date=None, language="uz")
    a_story("Later", at=timezone.now() + timedelta(hours=1), tags=["food"])
    for state, headline in (
        ("withdrawn", "Gone"),
        ("in review", "In review"),
        ("spiked", "Spiked"),
    ):
        in_state(state, headline, tags=["food"])
    answer = desk(editor).get(f"{LIST}?{query.replace('AUTHOR', str(author.pk))}")
    assert {str(story) for story in answer.context["cl"].result_list} == FILTERS[query]


def test_the_tabs_count_their_stories(desk, editor):
    for number in range(3):
        a_draft(f"Draft {number}")
        in_state("in review", f"Review {number}")
    text = text_of(desk(editor).get(LIST))
    assert 'In review <span class="count">3</span>' in text
    assert 'Withdrawn <span class="count">0</span>' in text


def test_the_publish_step_shows_the_card_and_where_it_will_stand(desk, editor):
    a_story("Older", date="2026-03-01", section="Economy")
    text = text_of(desk(editor).get(f"{LIST}{a_draft('Newer', date='2026-03-04').pk}/act/publish/"))
    assert "It leads the front page and Economy." in text
    assert "On a card" in text
    old = text_of(desk(editor).get(f"{LIST}{a_draft('Old', date='2025-01-01').pk}/act/publish/"))
    assert "It stands in Economy, by the date it carries." in old


def test_the_logbook_is_for_chief_editors_and_can_be_searched(desk, chief, editor):
    story = a_story("Bread")
    workflow.unpublish(story, by=chief, why="A wrong figure")
    workflow.log_refusal(story, "publish", by=editor, refused=workflow.Refused("No."))
    book = "/admin/articles/logline/"
    assert desk(editor).get(book).status_code == 403
    browser = desk(chief)
    assert "A wrong figure" in text_of(browser.get(f"{book}?q=figure"))
    assert "A wrong figure" not in text_of(browser.get(f"{book}?act=publish"))
    desk(editor).post(f"{LIST}{story.pk}/delete/")
    refused = text_of(browser.get(f"{book}?act=refused&period=day"))
    assert "Publish refused" in refused
    assert "Not allowed, or not there." in refused
    line = LogLine.objects.get(act="unpublish")
    assert "published → draft" in text_of(browser.get(book))
    assert browser.get(f"{book}{line.pk}/change/").status_code == 200
    assert browser.post(f"{book}{line.pk}/change/", {"why": "x"}).status_code == 403
