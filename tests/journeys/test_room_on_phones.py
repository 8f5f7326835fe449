"""What is read without being moved sideways, and stands in one row."""

import pytest

from articles.story import editing, snapshots
from tests.builders import a_draft, a_story

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = "[...document.querySelectorAll('.history-page, .history-page table')].map(e => [e.scrollWidth, e.clientWidth])"
TOPS = """[...document.querySelectorAll('[name=from], [name=to], [name=sort]')]
    .map(e => Math.round(e.getBoundingClientRect().top))"""


def test_the_history_is_read_on_a_phone_without_moving_it(logged_in, editor):
    story = a_draft("Bread")
    editing.save(
        story,
        snapshots.latest(story) | {"summary": "News of it."},
        version=story.version,
        by=editor,
        note="What was changed here, in a sentence that is longer than a phone is wide",
    )
    page = logged_in(editor, size="phone")
    page.goto(f"/admin/articles/article/{story.pk}/history/")
    widths = page.evaluate(WIDTHS)
    assert len(widths) == 3
    assert all(needed <= there for needed, there in widths)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.get_by_text("longer than a phone is wide").is_visible()


def test_the_filters_of_search_stand_in_one_row_beside_a_wrong_date(open_browser):
    a_story("Bread")
    page = open_browser()
    page.goto("/search/?q=bread&from=yesterday")
    assert page.locator(".filters .wrong").is_visible()
    tops = page.evaluate(TOPS)
    assert len(tops) == 3
    assert len(set(tops)) == 1
