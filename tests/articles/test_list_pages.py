"""Section, tag, author and archive pages: newest first, undated last, numbered without counting."""

import re

import pytest

from articles import workflow
from tests.builders import a_draft, a_section, a_story, an_author

pytestmark = pytest.mark.django_db


def headlines(html):
    return re.findall(r"<h3><a [^>]*>([^<]*)</a></h3>", html)


def three_stories(**facts):
    a_story("Middle", date="2026-03-04", **facts)
    a_story("Undated", date=None, **facts)
    a_story("Newest", date="2026-03-04T18:00:00+05:00", **facts)
    a_story("Oldest", date="2024-01-01", **facts)


def test_lists_run_from_the_newest_to_the_undated(page):
    author = an_author("Ada Baker")
    three_stories(by=[author], tags=["Food"])
    order = ["Newest", "Middle", "Oldest", "Undated"]
    for address in ("/sections/economy/", "/tags/food/", "/authors/ada-baker/"):
        assert headlines(page(address)) == order, address


def test_an_author_page_has_bio_and_stories_by_month(page):
    author = an_author(
        "Ada Baker", bio="Bakes.\n\nWrites.", role="Reporter", contact_email="ada@paper.example"
    )
    three_stories(by=[author])
    html = page("/authors/ada-baker/")
    assert re.findall(r'<h2 class="month">([^<]*)</h2>', html) == [
        "March 2026",
        "January 2024",
        "Date not stated",
    ]
    assert "<p>Bakes.</p><p>Writes.</p>" in html.replace("\n", "")
    assert "mailto:ada@paper.example" in html


def test_authors_and_tags_without_live_stories_have_no_page(page):
    a_draft(by=[an_author("Ada Baker")], tags=["Food"])
    page("/authors/ada-baker/", 404)
    page("/tags/food/", 404)
    assert "Ada" not in page("/authors/")
    assert "Food" not in page("/tags/")


def test_authors_and_tags_are_listed_by_letter(page):
    a_story(by=[an_author("Ada Baker"), an_author("Oʻtkir Son")], tags=["bread", "Ўзбекистон"])
    assert page("/authors/").index("Ada Baker") < page("/authors/").index("Oʻtkir Son")
    assert re.findall(r'<h2 class="month">(.)</h2>', page("/tags/")) == ["B", "O"]


def test_a_section_without_stories_says_so(page):
    a_section("Sport")
    assert "No stories in this section yet." in page("/sections/sport/")
    page("/sections/nowhere/", 404)


def test_numbered_pages_lead_back_and_forth_and_end(page):
    for number in range(45):
        a_story(f"Story {number:02}", date=f"2026-03-{number % 28 + 1:02}", tags=["Food"])
    first, second, third = (page(f"/tags/food/?page={number}") for number in (1, 2, 3))
    assert [len(headlines(html)) for html in (first, second, third)] == [20, 20, 5]
    assert len({*headlines(first), *headlines(second), *headlines(third)}) == 45
    assert 'rel="next" href="?page=2"' in first
    assert 'rel="prev"' not in first
    assert 'rel="prev" href="?page=2"' in third
    assert 'rel="next"' not in third
    assert '<link rel="canonical" href="http://testserver/tags/food/?page=2">' in second
    assert "of 3" not in second


@pytest.mark.parametrize(
    "number", ["0", "-1", "abc", "101", "1e3", "99999999999999999999", "", "1.0", "٣", "2"]
)
def test_a_page_that_is_none_is_not_found(page, number):
    a_story(tags=["Food"])
    for address in (
        "/tags/food/",
        "/sections/economy/",
        "/archive/undated/",
        "/tags/",
        "/authors/",
    ):
        page(f"{address}?page={number}", 404)


def test_the_archive_leads_from_years_to_days(page):
    three_stories()
    years = page("/archive/")
    assert years.index("/archive/2026/") < years.index("/archive/2024/")
    assert "/archive/undated/" in years
    assert "/archive/2026/03/" in page("/archive/2026/")
    month = page("/archive/2026/03/")
    assert 'href="/archive/2026/03/04/" aria-label="4 March 2026">4</a>' in month
    assert '/archive/2026/03/05/"' not in month
    assert headlines(month) == ["Newest", "Middle"]
    assert "January 2024" in month
    day = page("/archive/2026/03/04/")
    assert headlines(day) == ["Newest", "Middle"]
    assert 'rel="next" href="/archive/2024/01/01/"' in day
    assert headlines(page("/archive/undated/")) == ["Undated"]


@pytest.mark.parametrize(
    "address",
    [
        "2025/",
        "2026/02/",
        "2026/03/05/",
        "2026/02/30/",
        "2026/13/",
        "0000/",
        "2026/00/",
        "2026/3/4/",
        "999999/",
    ],
)
def test_a_time_without_stories_is_not_found(page, address):
    three_stories()
    page(f"/archive/{address}", 404)


def test_the_calendar_follows_what_is_published_and_taken_away(page, editor):
    story = a_story(date="2026-03-04")
    page("/archive/2026/03/04/")
    workflow.unpublish(story, by=editor, why="x")
    for address in ("/archive/2026/", "/archive/2026/03/", "/archive/2026/03/04/"):
        page(address, 404)
    assert "2026" not in re.sub(r"<meta[^>]*>", "", page("/archive/"))


def test_a_paper_without_stories_looks_intended(page):
    assert "Nothing has been published yet" in page("/")
    assert "Nothing has been published yet" in page("/archive/")
    assert "No story carries a topic yet" in page("/tags/")
    assert "Nobody has signed" in page("/authors/")
    page("/archive/undated/", 404)
