"""The search: bounded, honest, and the same answer for every spelling."""

import re

import pytest

from tests.builders import a_story
from tests.samples import cases
from tests.sizes import some

pytestmark = pytest.mark.django_db


def found(html):
    return re.findall(r'<h3><a href="/articles/([^"]+)/"', html)


def test_every_word_must_be_there_in_title_or_text(page):
    a_story("Bread costs more", body="<p>Flour doubled in Samarkand.</p>")
    a_story("Milk", body="<p>Bread is not milk.</p>", date="2026-03-05")
    assert found(page("/search/?q=bread")) == ["milk", "bread-costs-more"]
    assert found(page("/search/?q=bread+flour")) == ["bread-costs-more"]
    html = page("/search/?q=flour")
    assert "<mark>Flour</mark> doubled" in html
    assert "1 story with “flour”" in html
    assert "<title>Search: flour – Newsroom</title>" in html
    assert 'content="noindex"' in html


@pytest.mark.parametrize(
    "spelling", ["Oʻzbekiston", "O‘zbekiston", "O'zbekiston", "Ўзбекистон", "OZBEKISTON"]
)
def test_all_spellings_give_the_same_list(page, spelling):
    a_story("One", body="<p>Oʻzbekiston bozori</p>")
    a_story("Two", body="<p>Ўзбекистон бозори</p>")
    assert sorted(found(page(f"/search/?q={spelling}"))) == ["one", "two"]


def test_nothing_found_says_so_and_offers_the_newest(page):
    a_story("Bread")
    html = page("/search/?q=caviar")
    assert "Nothing found for “caviar”" in html
    assert '<a href="/articles/bread/" lang="en">Bread</a>' in html


def test_a_long_question_is_cut_and_says_so(client):
    a_story("Bread")
    for question in ("x" * 60_000, "word " * 1500):
        html = client.get("/search/", {"q": question}).content.decode()
        assert "the search used the first words only" in html


HOSTILE = some(
    [*cases("xss", context="search"), *cases("xss", context="title"), *cases("unicode")], 4
)


@pytest.mark.full_size
@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_questions_are_only_words(client, case):
    a_story("Bread")
    value = case.get("payload") or case["value"]
    answer = client.get("/search/", {"q": value})
    assert answer.status_code == 200
    html = answer.content.decode()
    assert not re.search(
        r"<script(?! (?:type=\"module\" )?src=\"/static/)|<img src=x|<svg on|<b id=x", html
    )


def test_results_lead_to_older_ones(page):
    for number in range(25):
        a_story(f"Bread {number}")
    html = page("/search/?q=bread")
    assert len(found(html)) == 20
    assert 'href="?q=bread&amp;page=2"' in html
    assert len(found(page("/search/?q=bread&page=2"))) == 5
