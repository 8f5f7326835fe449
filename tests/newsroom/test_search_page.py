"""The search: bounded, honest, and the same answer for every spelling."""

import re

import pytest
from lxml.html import document_fromstring

from newsroom.search.forms import FILTERS
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


def test_every_filter_of_the_form_is_read_shown_as_a_chip_and_kept_by_the_form(page, settings):
    settings.NEWSROOM_LANGUAGES = ["en", "ru"]
    a_story("Bread", section="Economy", language="ru")
    sent = {
        "section": ("economy", "Section: Economy"),
        "type": ("opinion", "Type: Opinion"),
        "language": ("ru", "Language: Русский"),
        "author": ("Ada", "Author: Ada"),
        "from": ("2026-03-02", "Published from: 2026-03-02"),
        "to": ("2026-03-09", "Published until: 2026-03-09"),
    }
    assert tuple(sent) == FILTERS
    for name, (value, chip) in sent.items():
        tree = document_fromstring(page(f"/search/?{name}={value}"))
        [link] = tree.xpath("//ul[contains(@class, 'chips')]//a")
        assert link.text.strip().removesuffix("×").strip() == chip
        assert link.get("href") == "?"
        shown = tree.xpath("//form[@role='search' and .//details]")[0].form_values()
        assert {each: said for each, said in shown if said} == {"sort": "newest", name: value}
        assert "(1 in use)" in tree.xpath("//summary")[0].text_content()


def test_a_day_that_is_none_is_left_out_and_its_field_says_so(page):
    tree = document_fromstring(page("/search/?from=yesterday&section=economy"))
    field = tree.get_element_by_id("f-from")
    assert (field.get("value"), field.get("aria-invalid")) == (None, "true")
    said = tree.get_element_by_id(field.get("aria-describedby")).text_content()
    assert said.strip() == "Write a date as 2024-09-30."
    assert tree.get_element_by_id("f-to").get("aria-invalid") is None
    assert tree.xpath("//details[@open]")
