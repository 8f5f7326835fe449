"""The line over each screen of the desk that says by which way one came there."""

import re

import pytest

from tests.builders import a_draft, an_author

pytestmark = pytest.mark.django_db


def way_to(browser, address: str) -> list[str]:
    text = browser.get(address).content.decode()
    line = re.search(r'<div class="breadcrumbs">(.*?)</div>', text, re.DOTALL)[1]
    return [step.strip() for step in re.split("&rsaquo;|›", re.sub(r"<[^>]+>", " ", line))]


def test_each_step_of_the_way_is_said_once(desk, chief):
    story, author, browser = a_draft("Bread"), an_author("Ada"), desk(chief)
    ways = {
        "/admin/articles/article/": ["Home", "Stories"],
        f"/admin/articles/article/{story.pk}/change/": ["Home", "Stories", "Bread"],
        "/admin/articles/article/add/": ["Home", "Stories", "Add story"],
        "/admin/articles/tag/": ["Home", "Stories", "Tags"],
        "/admin/articles/tag/add/": ["Home", "Stories", "Tags", "Add tag"],
        f"/admin/authors/author/{author.pk}/change/": ["Home", "Authors", "Ada"],
    }
    assert {address: way_to(browser, address) for address in ways} == ways


def test_each_step_but_the_last_leads_there(desk, chief):
    text = desk(chief).get("/admin/articles/tag/add/").content.decode()
    line = re.search(r'<div class="breadcrumbs">(.*?)</div>', text, re.DOTALL)[1]
    assert re.findall(r'href="([^"]+)"', line) == [
        "/admin/",
        "/admin/articles/",
        "/admin/articles/tag/",
    ]
