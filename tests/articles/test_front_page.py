"""The front page: built from the top down, each story once, and never padded."""

import re

import pytest

from tests.builders import a_photo, a_story

pytestmark = pytest.mark.django_db


def stories_on(html):
    return re.findall(r'href="/articles/([^"]+)/"', html)


def test_a_story_stands_on_the_page_once(page):
    for number in range(30):
        a_story(
            f"Story {number}",
            date=f"2026-03-{number % 28 + 1:02}",
            section=["Economy", "Sport", "Arts"][number % 3],
        )
    shown = stories_on(page("/"))
    assert len(shown) == len(set(shown))
    assert len(shown) >= 1 + 3 + 8 + 3 * 4


def test_the_newest_leads_and_the_undated_never_stand_under_latest(page):
    for number in range(20):
        a_story(f"Undated {number}", date=None)
    for number in range(8):
        a_story(f"Dated {number}", date=f"2026-03-{number + 1:02}")
    html = page("/")
    # the lead with two lines under it
    assert stories_on(html)[:3] == ["dated-7", "dated-3", "dated-2"]
    latest = html[html.index('class="latest"') : html.index('class="band"')]
    assert stories_on(latest) == ["dated-1", "dated-0"]


def test_a_day_without_photos_has_text_cards_and_no_empty_boxes(page):
    for number in range(8):
        a_story(f"Story {number}", summary="A dek.")
    assert 'class="media"' not in page("/")


def test_one_story_makes_a_page(page):
    a_story("Alone", lead_photo=a_photo().sha256)
    html = page("/")
    assert "front-top--one" in html
    assert "Latest" not in html
    assert stories_on(html) == ["alone"]


def test_headings_follow_in_order(page):
    for number in range(15):
        a_story(f"Story {number}", date=f"2026-03-{number + 1:02}")
    levels = [int(level) for level in re.findall(r"<h([1-6])", page("/"))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
