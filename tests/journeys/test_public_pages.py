"""Every public page, as browsers, screen readers and the HTML checker meet it."""

import gzip
import json
import re
import sqlite3
import subprocess
from contextlib import closing
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from articles import workflow
from articles.front_page import arranging
from articles.models import Photo, Series, Tag
from articles.naming import merge as merge_names
from newsroom.demo.edition import publish_edition
from newsroom.views import server_error
from tests import tools
from tests.builders import a_person, a_story, an_author, in_state
from tests.pictures import every_part
from tests.sizes import FULL, LOOKS

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = {
    "front": "/",
    "undated story": "/articles/uzbekistan-signs-customs-agreement-with-us/",
    "dated story": "/articles/the-customs-chiefs-of-uzbekistan-and-the-us-met-in-washington-on-13-september/",
    "story with photo": "/articles/a-newsroom-that-says-what-it-does-not-know/",
    "section": "/sections/trust/",
    "tags": "/tags/",
    "tag": "/tags/customs/",
    "authors": "/authors/",
    "author": "/authors/sadokat-jalolova/",
    "archive": "/archive/",
    "year": "/archive/2026/",
    "month": "/archive/2026/11/",
    "day": "/archive/2024/09/16/",
    "undated": "/archive/undated/",
    "search": "/search/?q=customs",
    "nothing found": "/search/?q=caviar",
    "empty search": "/search/",
    "not found": "/articles/nothing-here/",
    "withdrawn": "/articles/gone/",
    "corrections": "/corrections/",
    "corrected story": "/articles/corrected-in-the-open/",
    "story with every part": "/articles/every-part/",
    "opinion story": "/articles/what-i-think/",
    "sponsored story": "/articles/paid-for/",
    "story in a series": "/articles/part-two/",
    "story from right to left": "/articles/khubz/",
    "series": "/series/how-bread-is-made/",
    "about": "/about/privacy/",
    "about us": "/about/",
    "edition": "/ru/",
    "second page": "/sections/sport/?page=2",
    "wrong date": "/search/?q=bread&from=zz",
}
STATUS = {"not found": 404, "withdrawn": 410}


def publish_paper():
    call_command("loaddata", "seed_documents", verbosity=0)
    publish_edition(by=a_person("Chief editor", username="chief"))
    in_state("withdrawn", "Gone")
    photo = Photo.objects.first()
    Photo.objects.filter(pk=photo.pk).update(
        source_type="illustration", long_description="In many words."
    )
    a_story("Every part", body=every_part(photo), lead_photo=photo.sha256)
    a_story(
        "What I think",
        story_type="opinion",
        by=[an_author("Ada Baker", bio="Writes about bread.")],
        dateline="Oslo",
    )
    a_story("Paid for", story_type="sponsored", summary="Somebody paid.")
    series = Series.objects.create(name="How bread is made", description="In two parts.").slug
    first = a_story("Part one", series=series, series_part=1, how_reported="We asked.")
    a_story("Part two", series=series, series_part=2, related=[str(first.uid)])
    a_story(
        "خبز وملح: كيف يصنع الخبز",
        slug="khubz",
        language="ar",
        summary="خبز",
        body="<p>خبز</p>",
        translation_of=str(first.uid),
    )
    a_story("Хлеб", slug="khleb", language="ru", body="<p>Хлеб.</p>")
    for number in range(22):
        a_story(f"Match {number}", section="Sport", date=f"2026-02-{number + 1:02}")
    editor, story = a_person("Editor"), a_story("Corrected in the open")
    for place in ("top", "foot"):
        workflow.correct(
            story, by=editor, was="The year was wrong.", now="It is right now.", shown_at=place
        )
    arranging.put_up(
        "Something has happened",
        by=editor,
        article=story,
        ends_at=timezone.now() + timedelta(hours=40),
    )
    merge_names.merge(Tag.objects.named("Newsroom old"), Tag.objects.named("Newsroom"), by=editor)


@pytest.fixture(scope="session")
def printed(tmp_path_factory):
    """Where the paper's database lies once it was made: that takes seconds, copying it does not."""
    return tmp_path_factory.mktemp("paper") / "paper.sqlite3"


@pytest.fixture
def paper(transactional_db, printed, settings):
    settings.NEWSROOM_LANGUAGES = ["en", "ru"]
    is_printed = printed.exists()
    if not is_printed:
        publish_paper()
    connection.ensure_connection()
    with closing(sqlite3.connect(printed)) as copy:
        if is_printed:
            copy.backup(connection.connection)
        else:
            connection.connection.backup(copy)
    ContentType.objects.clear_cache()


def test_the_font_pack_is_one_file_for_an_alphabet_and_moves_nothing(open_browser, settings):
    a_story("Bread and salt", body="<p>Bread costs more.</p>" * 30)
    page = open_browser("phone")

    def fonts():
        return [address.rpartition("/")[2] for address in page.asked if ".woff2" in address]

    page.goto("/archive/")
    assert fonts() == []
    settings.NEWSROOM_FONT_PACK = True
    page.goto("/articles/bread-and-salt/")
    page.evaluate("document.fonts.ready")
    assert fonts() == ["serif-latin.woff2"]
    assert (
        page.evaluate("[...document.fonts].filter((each) => each.status === 'loaded').length") >= 1
    )
    moved = page.evaluate("""new Promise((resolve) => new PerformanceObserver((list) => resolve(
        list.getEntries().reduce((sum, each) => sum + each.value, 0))).observe({type: "layout-shift", buffered: true})
        || setTimeout(() => resolve(0), 500))""")
    assert moved < 0.01
    a_story("Ўзбекистонда нон", slug="non", language="uz-Cyrl", body="<p>Нон қиммат, ҳа.</p>" * 30)
    page.asked.clear()
    page.goto("/articles/non/")
    page.evaluate("document.fonts.ready")
    assert set(fonts()) == {"serif-latin.woff2", "serif-cyrillic.woff2", "serif-cyrillic-ext.woff2"}
    assert page.troubles == []


STRUCTURE = """() => {
  const found = []
  const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(e => Number(e.tagName[1]))
  levels.forEach((level, at) => { if (level > (levels[at - 1] ?? 0) + 1) found.push(`h${levels[at - 1]}, h${level}`) })
  for (const list of document.querySelectorAll("ul, ol"))
    if (getComputedStyle(list.firstElementChild ?? list).listStyleType === "none" && list.role !== "list"
        && list.role !== "listbox") found.push(list.outerHTML.slice(0, 80))
  for (const each of document.querySelectorAll("nav, aside, table"))
    if (!each.ariaLabel && !each.getAttribute("aria-labelledby") && !each.caption
        && !each.closest("[role=region][aria-label]")) found.push(each.outerHTML)
  for (const each of ["header", "main", "footer"]) if (!document.querySelector(`body > ${each}`)) found.push(each)
  for (const each of document.querySelectorAll("main svg")) if (each.ariaHidden !== "true") found.push("svg")
  return found
}"""


@pytest.mark.full_size
@pytest.mark.parametrize(("size", "theme"), LOOKS)
def test_pages_are_accessible_quiet_built_for_screen_readers_and_never_too_wide(
    paper, open_browser, axe, live_server, size, theme
):
    page = open_browser(size, theme)
    for name, address in PAGES.items() if FULL or size == "phone" else list(PAGES.items())[::2]:
        page.troubles.clear()
        page.asked.clear()
        answer = page.goto(address)
        assert answer.status == STATUS.get(name, 200), name
        assert axe(page) == [], name
        troubles = [
            said
            for said in page.troubles
            if not (name in STATUS and "Failed to load resource" in said)
        ]
        assert troubles == [], name
        assert all(url.startswith(live_server.url) for url in page.asked), name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        if size == "phone":  # each page is loaded once, and looked at in all ways at once
            assert page.locator("h1").count() == 1, name
            assert page.evaluate(STRUCTURE) == [], name
            phone = page.viewport_size
            page.set_viewport_size({"width": 320, "height": 640})
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
            page.set_viewport_size(phone)
    assert page.context.cookies() == []


def test_every_page_is_valid_html_within_its_budget(paper, tmp_path):
    client, sizes = Client(), {}
    for name, address in PAGES.items():
        content = client.get(address).content
        (tmp_path / f"{name}.html").write_bytes(content)
        sizes[name] = len(gzip.compress(content))
    (tmp_path / "500.html").write_bytes(server_error(RequestFactory().get("/")).content)
    assert sizes["front"] <= 12 * 1024, sizes
    assert max(size for name, size in sizes.items() if "story" in name) <= 15 * 1024, sizes
    answer = subprocess.run(
        [*tools.html_checker(), "--format", "json", "--also-check-css", str(tmp_path)],
        capture_output=True,
        text=True,
    )
    # Safari forgets that a list without bullets is a list unless its role says so.
    messages = [
        each
        for each in json.loads(answer.stderr)["messages"]
        if "“list” role" not in each["message"]
    ]
    assert [(each["url"].rpartition("/")[2], each["message"]) for each in messages] == []


def test_each_page_has_one_title_description_and_canonical(paper):
    client, titles = Client(), {}
    for name, address in PAGES.items():
        html = client.get(address).content.decode()
        for piece in ("<title>", '<meta name="description"', "<h1"):
            assert html.count(piece) == 1, (name, piece)
        assert html.count('rel="canonical"') == (0 if name in STATUS else 1), name
        titles[name] = html.split("<title>")[1].split("</title>")[0]
        if name in STATUS or "/search/" in PAGES[name]:
            continue  # nobody shares these
        told = dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', html))
        musts = (
            "og:title",
            "og:type",
            "og:image",
            "og:url",
            "og:image:alt",
            "twitter:image:alt",
            "twitter:card",
        )
        assert [each for each in musts if not told.get(each)] == [], name
        assert told["og:description"] == told["description"], name
        assert client.get(told["og:image"].removeprefix("http://testserver")).status_code == 200, (
            name
        )
    assert len(set(titles.values())) == len(titles)


def test_the_whole_site_can_be_walked_with_the_keyboard(paper, open_browser):
    page = open_browser()
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.wait_for_timeout(400)  # it slides in
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
    for address in ("/", PAGES["story with every part"], PAGES["search"]):
        walk(page, address)


def walk(page, address):
    """Every link of the page is reached, and whatever has the focus shows it."""
    reached = set()
    page.goto(address)
    for _ in range(140):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "document.activeElement.getAttribute('href') || document.activeElement.tagName"
            )
        )
        outline = page.evaluate(
            "(e => [e.closest('h3') && getComputedStyle(e, '::after').outlineStyle,"
            " getComputedStyle(e).outlineStyle])(document.activeElement)"
        )
        assert "solid" in outline or page.evaluate("document.activeElement.tagName") == "BODY", (
            address
        )
    links = set(page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))"))
    assert links <= reached, address


def test_pages_are_whole_without_scripts_and_on_paper(paper, open_browser, tmp_path):
    page = open_browser(java_script_enabled=False)
    page.goto(PAGES["undated story"])
    assert "Date not stated" in page.inner_text("main")
    page.emulate_media(media="print")
    assert not page.is_visible("nav.sections")
    assert not page.is_visible(".rail")
    assert page.is_visible("h1")


def test_hidden_pictures_are_not_asked_for(paper, open_browser):
    a_story("Without a picture")
    page = open_browser()
    page.goto("/articles/without-a-picture/")
    assert not [url for url in page.asked if "/media/" in url]
