"""Errors, headers, cookies and hosts: what every answer says, whatever was asked."""

import re
import zoneinfo
from datetime import datetime, timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.http import parse_http_date

from articles import workflow
from articles.models import Tag
from articles.story import editing, snapshots
from authors.models import Author
from newsroom.logs import OneLineFormatter
from newsroom.views import server_error
from tests.builders import a_draft, a_person, a_photo, a_story, an_author, in_state
from tests.pictures import a_real_photo
from tests.samples import cases

pytestmark = pytest.mark.django_db
PAGES = [
    "/",
    "/articles/bread/",
    "/sections/economy/",
    "/tags/",
    "/tags/food/",
    "/authors/",
    "/authors/ada-baker/",
    "/archive/",
    "/archive/2026/",
    "/archive/2026/03/",
    "/archive/2026/03/04/",
    "/search/",
    "/search/?q=bread",
    "/nothing/",
    "/healthz",
    "/readyz",
]


@pytest.fixture
def paper():
    return a_story(
        "Bread",
        by=[an_author("Ada Baker")],
        tags=["Food"],
        date="2026-03-04",
        lead_photo=a_photo().sha256,
    )


@pytest.mark.parametrize("address", PAGES)
def test_public_pages_set_and_read_no_cookie(client, desk, chief, paper, address):
    plain = client.get(address)
    inside = desk(chief).get(address)
    assert plain.content == inside.content
    for answer in (plain, inside):
        assert not answer.cookies
        assert "cookie" not in answer.get("Vary", "").lower()


@pytest.mark.parametrize("address", [*PAGES, "/admin/login/"])
def test_every_answer_is_guarded(client, paper, address):
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    if address.startswith("/admin"):
        assert "no-store" in headers["Cache-Control"]


def test_a_public_page_may_be_kept_for_a_short_while(client, noon, paper):
    assert client.get("/")["Cache-Control"] == "public, max-age=30"
    assert "max-age=0" in client.get("/nothing/")["Cache-Control"]


@pytest.mark.parametrize("case", cases("paths", kind="url"))
def test_odd_addresses_find_nothing(client, case):
    answer = client.get(case["value"] if case["value"] != "/%" else "/%25")
    assert answer.status_code in (400, 404, 301), case["value"]
    if answer.status_code == 301:
        assert not answer["Location"].startswith("//evil")


@pytest.mark.parametrize(
    "name", ["evil.example", "x" * 5000, "a\nb", "127.0.0.1:99999", "127.0.0.1:" + "1" * 4400]
)
def test_a_wrong_host_is_one_short_line_in_the_log_and_no_mail(
    client, caplog, mailoutbox, settings, name
):
    settings.ADMINS = [("Desk", "desk@news.example")]
    assert client.get("/", headers={"host": name}).status_code == 400
    assert len(caplog.records) == 1
    line = OneLineFormatter().format(caplog.records[0])
    assert len(line.splitlines()) == 1
    assert len(line) <= 300
    assert repr(name[:5])[1:-1] in line or "port" in line
    assert mailoutbox == []


@pytest.mark.parametrize("case", cases("urls", kind="host"))
def test_the_host_is_ours_and_changes_nothing(paper, case):
    client = Client(raise_request_exception=False)
    if case["expect"] == "ignore":
        name, _, value = case["value"].partition(": ")
        answer = client.get("/articles/bread/", headers={name: value})
        assert answer.status_code == 200
        assert answer.content == client.get("/articles/bread/").content
        return
    if case["value"] == "127.0.0.1":
        return  # a test host of our own
    answer = client.get("/articles/bread/", headers={"host": case["value"]})
    assert answer.status_code == (400 if case["expect"] == "refuse" else 200)
    assert b"evil" not in answer.content


def test_a_page_that_is_not_there_offers_the_words_of_its_address(page):
    a_story("In Oslo bread costs more")
    a_story("Bread")
    html = page("/articles/bread-prices-in-samarkand/", 404)
    assert 'value="bread prices samarkand"' in html
    found = re.search(
        r'id="q" type="search" name="q" value="([^"]*)"', page("/articles/bread-in_oslo/", 404)
    )[1]
    assert "In Oslo bread costs more" in page(f"/search/?q={found}"), (
        "the words of the address find the story"
    )
    assert '<a href="/articles/bread/" lang="en">Bread</a>' in html
    assert '<meta name="robots" content="noindex">' in html
    assert "canonical" not in html


def test_a_404_echoes_nothing_that_acts(page):
    html = page("/%22%3E%3Cscript%3Ealert(1)%3C/script%3E/", 404)
    assert "alert(1)</script" not in html
    assert html.count("<script") == 2  # our own two, from /static/


def test_our_own_fault_is_said_in_static_words(client, monkeypatch):
    client = Client(raise_request_exception=False)
    monkeypatch.setattr("newsroom.views.front_page", lambda sections: 1 / 0)
    answer = client.get("/")
    assert answer.status_code == 500
    assert b"Something went wrong on our side" in answer.content
    assert b"ZeroDivision" not in answer.content


def test_our_own_fault_names_where_to_write(settings):
    settings.NEWSROOM_CONTACT = "desk@news.example"
    assert b"Write to us: desk@news.example" in server_error(None).content


def test_whoever_has_the_page_is_told_that_it_is_the_same(client, paper):
    for path in ("/", "/articles/bread/", "/archive/", "/search/?q=bread"):
        first = client.get(path)
        again = client.get(path, headers={"if-none-match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
        assert client.head(path).headers["ETag"] == first.headers["ETag"]
    kept = client.get("/").headers["ETag"]
    a_story("Milk")
    assert client.get("/", headers={"if-none-match": kept}).status_code == 200
    assert "ETag" not in client.get("/admin/login/").headers


@pytest.mark.usefixtures("own_disk")
def test_public_pictures_may_stand_on_other_sites_and_nothing_else(client, desk, chief, page):
    photo = a_real_photo()
    a_story("Bread", by=[an_author("Ada Baker")], tags=["Food"], lead_photo=photo.sha256)
    html = page("/articles/bread/")
    card = re.search(r'property="og:image" content="http://testserver([^"]+)"', page("/archive/"))[
        1
    ]
    drawn = a_story("No photo")
    story_card = re.search(
        r'property="og:image" content="http://testserver([^"]+)"', page(drawn.get_absolute_url())
    )[1]
    pictures = [re.search(r'src="(/media/photos/[^"]+)"', html)[1], card, story_card]
    pictures.append(f"/media/photos/{photo.token}/{'0' * 12}/{photo.file_names()[0]}")
    for address in pictures:
        answer = client.get(address)
        assert answer.status_code in (200, 302), address
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin", address
    for address in PAGES:
        assert client.get(address).headers["Cross-Origin-Resource-Policy"] == "same-origin", address
    private = desk(chief).get(
        f"/admin/articles/photo/{photo.pk}/file/{photo.stamp}/{photo.file_names()[0]}"
    )
    assert private.status_code == 200
    assert private.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.usefixtures("own_disk")
def test_a_picture_that_is_kept_is_called_the_same(client, page):
    paper = a_story("Bread", lead_photo=a_real_photo().sha256)
    address = re.search(r'src="(/media/photos/[^"]+)"', page("/articles/bread/"))[1]
    first = client.get(address)
    for asked in (
        {"if-none-match": first.headers["ETag"]},
        {"if-modified-since": first.headers["Last-Modified"]},
    ):
        assert client.get(address, headers=asked).status_code == 304
    workflow.unpublish(paper, by=a_person("Chief editor"), why="x")
    assert client.get(address, headers={"if-none-match": first.headers["ETag"]}).status_code == 404


def test_a_story_and_a_feed_say_when_they_last_changed(client, paper):
    for address in ("/articles/bread/", "/feeds/latest.rss", "/articles/bread/ninjs.json"):
        answer = client.get(address)
        assert parse_http_date(answer.headers["Last-Modified"]) == int(
            paper.live_from.timestamp()
        ), address
        again = client.get(address, headers={"if-modified-since": answer.headers["Last-Modified"]})
        assert again.status_code == 200, "only its ETag says that a page is the same"


def test_every_redirect_keeps_the_query(client, chief):
    """Of a story, a section, a topic and an author that have another address now, and of their feeds."""
    story = a_story("Bread", by=[an_author("Ada Baker")], tags=["Food"])
    editing.save(story, snapshots.latest(story) | {"slug": "loaf"}, version=story.version, by=chief)
    workflow.put_live(story, by=chief, kind="small_fix")
    for row in (story.section, Tag.objects.get(), Author.objects.get()):
        row.slug = f"new-{row.slug}"
        row.save()
    query = "?page=1&utm=%D0%B0+b&x"
    ways = [
        "/articles/bread/",
        "/articles/bread/ninjs.json",
        "/sections/economy/",
        "/sections/economy/feed.rss",
        "/tags/food/",
        "/tags/food/feed.atom",
        "/authors/ada-baker/",
        "/authors/ada-baker/feed.json",
        "/articles/loaf",
        "/ARTICLES/Loaf/",
    ]
    for address in ways:
        answer = client.get(address + query)
        assert answer.status_code == 301, address
        assert answer.headers["Location"].endswith(query), address
        assert client.get(answer.headers["Location"]).status_code == 200, address
        assert "?" not in client.get(address).headers["Location"]


def test_an_address_in_other_letters_leads_to_ours_if_something_is_there(client, paper):
    in_state("draft", "Hidden")
    in_state("withdrawn", "Gone")
    for address, leads in {
        "/Articles/BREAD/": "/articles/bread/",
        "/TAGS/Food/": "/tags/food/",
        "/feeds/Latest.RSS": "/feeds/latest.rss",
        "/ARCHIVE/": "/archive/",
        "/Articles/Gone/": "/articles/gone/",
    }.items():
        answer = client.get(address)
        assert (answer.status_code, answer.headers.get("Location")) == (301, leads), address
    for address in (
        "/Articles/Nothing/",
        "/Articles/Hidden/",
        "/Nowhere/",
        "/Admin/",
        "/ADMIN/articles/",
        "/X",
    ):
        assert client.get(address).status_code == 404, address


def test_a_page_is_kept_no_longer_than_until_the_next_story(client, noon, paper):
    assert client.get("/").headers["Cache-Control"] == "public, max-age=30"
    a_story("Later", at=timezone.now() + timedelta(hours=1))
    assert client.get("/").headers["Cache-Control"] == "public, max-age=30"
    a_story("Soon", at=timezone.now() + timedelta(seconds=8))
    assert client.get("/").headers["Cache-Control"] in ("public, max-age=7", "public, max-age=8")


def test_a_bad_request_and_a_lost_form_are_plain_sentences(client, chief):
    assert b"could not be understood" in client.get("/", headers={"host": "evil.example"}).content
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/admin/login/", {"username": "chief", "password": "x"})
    assert answer.status_code == 403
    assert b"The form has expired" in answer.content


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
@pytest.mark.parametrize("address", ["/", "/articles/bread/", "/search/"])
def test_other_methods_are_no_trouble(client, paper, method, address):
    assert getattr(client, method)(address).status_code in (200, 403, 405)


def test_an_uploaded_flood_is_refused(desk, chief):
    browser = Client(raise_request_exception=False)
    browser.force_login(chief)
    assert (
        browser.post("/admin/articles/tag/add/", {f"f{n}": "x" for n in range(5000)}).status_code
        == 400
    )
    assert browser.post("/admin/articles/tag/add/", {"name": "x" * 9_000_000}).status_code in (
        400,
        413,
    )


@pytest.mark.parametrize("case", cases("urls", kind="next"))
def test_logging_in_leads_nowhere_else(chief, case):
    chief.set_password("a long password")
    chief.save()
    client = Client()
    form = {"username": "chief", "password": "a long password", "next": case["value"]}
    answer = client.post("/admin/login/", form)
    assert answer.status_code == 302
    if case["expect"] == "go":
        assert answer["Location"] == case["value"]
    else:
        host = urlsplit(
            urljoin("http://testserver/admin/login/", answer["Location"].replace("\\", "/"))
        ).netloc
        assert host == "testserver", answer["Location"]


def test_a_story_that_one_may_not_see_has_no_acts(desk, reporter):
    other = a_draft("Other")
    browser = desk(reporter)
    assert browser.get(f"/admin/articles/article/{other.pk}/act/publish/").status_code == 404
    assert browser.get("/admin/articles/article/999999/act/publish/").status_code == 404
    assert browser.get(f"/admin/articles/article/{other.pk}/act/nonsense/").status_code == 404


def test_the_front_page_names_the_day_and_does_not_outlive_it(client, page, settings, time_machine):
    zone = zoneinfo.ZoneInfo(settings.TIME_ZONE)
    time_machine.move_to(datetime(2026, 3, 4, 23, 59, 50, tzinfo=zone), tick=False)
    html = page("/")
    assert (
        '<time datetime="2026-03-04">Wednesday, 4 March 2026</time><br>News and background' in html
    )
    assert client.get("/").headers["Cache-Control"] == "public, max-age=10"
    settings.NEWSROOM_EDITION = "Tashkent edition"
    time_machine.move_to(datetime(2026, 3, 5, 0, 0, 0, tzinfo=zone), tick=False)
    assert '<time datetime="2026-03-05">Thursday, 5 March 2026</time><br>Tashkent edition' in page(
        "/"
    )
    assert client.get("/").headers["Cache-Control"] == "public, max-age=30"
    assert '<p class="tagline meta">Tashkent edition</p>' in page("/archive/")
