"""A word of 42 letters, wherever one can stand, on the narrowest screen: nothing makes the page scroll sideways."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.front_page import arranging
from articles.models import Series
from newsroom.models import Page
from tests.builders import a_person, a_photo, a_story, an_author, in_state

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Donaudampfschifffahrtselektrizitätenhaupt"  # and one letter more below

# What stands beyond the edge of the screen, and not in a box that is there to be scrolled (tables, the sections).
TOO_WIDE = """
(() => {
    const scrolls = (each) => each && (["auto", "scroll"].includes(getComputedStyle(each).overflowX)
        || scrolls(each.parentElement));
    return [...document.querySelectorAll("body *")]
        .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
        .filter((each) => !each.closest(".vh") && !scrolls(each.parentElement))
        .map((each) => each.outerHTML.slice(0, 120)).slice(0, 3);
})()
"""


def long(first: str) -> str:
    word = f"{first}{LONG}"
    assert len(word) == 42
    return word


def test_a_long_word_makes_nothing_scroll_sideways(open_browser, settings):
    settings.NEWSROOM_NAME = long("O")
    settings.NEWSROOM_EDITION = long("E")
    settings.NEWSROOM_FOOTER = long("F")
    settings.NEWSROOM_LANGUAGES = ["en", "ru"]
    chief = a_person("Chief editor")
    author = an_author(long("A"), role=long("R"), bio=f"<p>{long('B')}</p>")
    photo = a_photo(
        caption=long("C"), credit=long("D"), long_description=long("L"), source_type="ai"
    ).sha256
    table = f"<table><tbody><tr><th>{long('H')}</th><td>{long('I')}</td><td>{long('J')}</td></tr></tbody></table>"
    link = f'<p><a href="https://www.example.com/{long("p")}">https://www.example.com/{long("p")}</a></p>'
    series = Series.objects.create(name=long("S"), description=long("s"))
    facts = {
        "by": [author, long("N")],
        "tags": [long("T"), long("U")],
        "section": long("V"),
        "date": "2026-03-04",
    }
    first = a_story(
        long("W"),
        slug="it",
        summary=long("X"),
        dateline=long("P"),
        outlet=long("Q"),
        story_type="opinion",
        body=f"<h2>{long('Y')}</h2><p>{long('Z')} text.</p>{table}{link}<blockquote><p>{long('q')}</p></blockquote>"
        f'<figure data-photo="{photo}"></figure><aside data-fact-box=""><h3>{long("a")}</h3></aside>',
        lead_photo=photo,
        series=series.slug,
        series_part=1,
        how_reported=long("h"),
        **facts,
    )
    a_story(
        long("M"),
        slug="second",
        series=series.slug,
        series_part=2,
        related=[str(first.uid)],
        **facts,
    )
    workflow.correct(first, by=chief, was=long("w"), now=long("n"), text=long("t"), shown_at="top")
    in_state("withdrawn", long("G"), slug="gone")
    Page.objects.create(name=long("K"), slug="page", body=f"<p>{long('k')}</p>", is_public=True)
    arranging.put_up(
        long("b"), by=chief, article=first, ends_at=timezone.now() + timedelta(hours=40)
    )
    page = open_browser("smallest")
    section, found = first.section.get_absolute_url(), []
    tag = first.tag_links.first().tag.get_absolute_url()
    for address in (
        "/",
        "/articles/it/",
        "/articles/second/",
        section,
        tag,
        author.get_absolute_url(),
        "/tags/",
        "/authors/",
        series.get_absolute_url(),
        "/archive/2026/03/",
        "/archive/2026/03/04/",
        f"/search/?q={LONG}",
        f"/search/?q={long('W')}",
        f"/search/?q=text&section={first.section.slug}",
        "/corrections/",
        "/about/",
        "/about/page/",
        "/articles/gone/",
        f"/articles/{LONG}-{LONG}/",
        "/ru/",
    ):
        page.goto(address)
        wide = page.evaluate(TOO_WIDE)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, (address, wide)
        found += [(address, each) for each in wide]
    assert found == []
