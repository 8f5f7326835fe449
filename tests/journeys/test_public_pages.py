"""Every public page, as browsers, screen readers and the HTML checker meet it."""

import gzip
import json
import subprocess

import pytest
from django.core.management import call_command
from django.test import Client

from articles import workflow
from articles.models import Photo
from newsroom.demo.edition import publish_edition
from tests import tools
from tests.builders import a_person, a_story, in_state
from tests.pictures import every_part

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
}
STATUS = {"not found": 404, "withdrawn": 410}


def publish_paper():
    call_command("loaddata", "seed_documents", verbosity=0)
    publish_edition(by=a_person("Chief editor", username="chief"))
    in_state("withdrawn", "Gone")
    photo = Photo.objects.first()
    Photo.objects.filter(pk=photo.pk).update(source_type="illustration", long_description="In many words.")
    a_story("Every part", body=every_part(photo), lead_photo=photo.sha256)
    editor, story = a_person("Editor"), a_story("Corrected in the open")
    for place in ("top", "foot"):
        workflow.correct(story, by=editor, was="The year was wrong.", now="It is right now.", place=place)


@pytest.fixture(scope="session")
def printed(tmp_path_factory):
    """Where the paper lies once it was made: scaling its pictures takes seconds, loading its rows does not."""
    return tmp_path_factory.mktemp("paper") / "paper.json"


@pytest.fixture
def paper(transactional_db, printed):
    if printed.exists():
        call_command("loaddata", str(printed), verbosity=0)
    else:
        publish_paper()
        call_command("dumpdata", "authors", "articles", "newsroom", natural_foreign=True, output=str(printed))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_pages_are_accessible_quiet_and_ask_nobody_else(paper, open_browser, axe, live_server, size, theme):
    page = open_browser(size, theme)
    for name, address in PAGES.items():
        page.troubles.clear()
        page.asked.clear()
        answer = page.goto(address)
        assert answer.status == STATUS.get(name, 200), name
        assert axe(page) == [], name
        troubles = [said for said in page.troubles if not (name in STATUS and "Failed to load resource" in said)]
        assert troubles == [], name
        assert all(url.startswith(live_server.url) for url in page.asked), name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    assert page.context.cookies() == []


def test_nothing_scrolls_sideways_on_the_smallest_screen(paper, open_browser):
    page = open_browser("smallest")
    for name, address in PAGES.items():
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name


def test_every_page_is_valid_html_within_its_budget(paper, tmp_path):
    client, sizes = Client(), {}
    for name, address in PAGES.items():
        content = client.get(address).content
        (tmp_path / f"{name}.html").write_bytes(content)
        sizes[name] = len(gzip.compress(content))
    (tmp_path / "500.html").write_bytes((tools.ROOT / "newsroom/templates/500.html").read_bytes())
    assert sizes["front"] <= 12 * 1024, sizes
    assert max(size for name, size in sizes.items() if "story" in name) <= 15 * 1024, sizes
    answer = subprocess.run(
        [*tools.html_checker(), "--format", "json", "--also-check-css", str(tmp_path)], capture_output=True, text=True
    )
    # Safari forgets that a list without bullets is a list unless its role says so.
    messages = [each for each in json.loads(answer.stderr)["messages"] if "“list” role" not in each["message"]]
    assert [(each["url"].rpartition("/")[2], each["message"]) for each in messages] == []


def test_each_page_has_one_title_description_and_canonical(paper):
    client, titles = Client(), {}
    for name, address in PAGES.items():
        html = client.get(address).content.decode()
        for piece in ("<title>", '<meta name="description"', "<h1"):
            assert html.count(piece) == 1, (name, piece)
        assert html.count('rel="canonical"') == (0 if name in STATUS else 1), name
        titles[name] = html.split("<title>")[1].split("</title>")[0]
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
    reached = set()
    page.goto("/")
    for _ in range(120):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.getAttribute('href') || document.activeElement.tagName"))
        outline = page.evaluate(
            "(e => [e.closest('h3') && getComputedStyle(e, '::after').outlineStyle,"
            " getComputedStyle(e).outlineStyle])(document.activeElement)"
        )
        assert "solid" in outline or page.evaluate("document.activeElement.tagName") == "BODY"
    links = set(page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))"))
    assert links <= reached


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
