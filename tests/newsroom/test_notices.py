"""What is allowed and who answers: the small files, and the one setting about AI that all of them follow."""

import json
import re
import urllib.robotparser

import pytest

from newsroom.models import Page
from tests.builders import a_story

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


def robots(client):
    parser = urllib.robotparser.RobotFileParser()
    parser.parse(client.get("/robots.txt").content.decode().splitlines())
    return parser


def test_robots_read_everything_but_the_desk(client):
    found = robots(client)
    for path in (
        "/",
        "/articles/bread/",
        "/search/?q=x",
        "/preview/x/",
        "/media/photos/a/b/640.jpg",
    ):
        assert found.can_fetch("Googlebot", path)
    assert not found.can_fetch("Googlebot", "/admin/")
    assert found.site_maps() == [f"{SITE}/sitemap.xml", f"{SITE}/news-sitemap.xml"]


def places(client) -> dict:
    """{place: whether it says that AI may be trained on what is published here}, in each place that says anything."""
    page = client.get("/articles/bread/")
    html = page.content.decode()
    return {
        "robots.txt": robots(client).can_fetch("GPTBot", "/"),
        "trust.txt": "datatrainingallowed=yes" in client.get("/trust.txt").content.decode(),
        "tdmrep.json": json.loads(client.get("/.well-known/tdmrep.json").content)[0][
            "tdm-reservation"
        ]
        == 0,
        "header": page.headers.get("tdm-reservation") != "1",
        "meta": '<meta name="tdm-reservation" content="1">' not in html,
        "footer": "AI systems may be trained on" in html,
        "about": "AI systems may be trained on" in client.get("/about/").content.decode(),
        "ninjs": "AI systems may be trained on"
        in client.get("/articles/bread/ninjs.json").json()["usageTerms"],
    }


def test_one_setting_says_the_same_in_every_place(client, settings):
    a_story("Bread")
    assert set(places(client).values()) == {False}
    assert "datatrainingallowed=no" in client.get("/trust.txt").content.decode()
    settings.NEWSROOM_AI_TRAINING = True
    assert set(places(client).values()) == {True}
    assert "datatrainingallowed=no" not in client.get("/trust.txt").content.decode()


def test_the_policy_is_named_when_there_is_one(client, settings):
    assert "tdm-policy" not in client.get("/").headers
    settings.NEWSROOM_AI_POLICY = "https://news.example/ai"
    assert client.get("/").headers["tdm-policy"] == "https://news.example/ai"
    assert (
        json.loads(client.get("/.well-known/tdmrep.json").content)[0]["tdm-policy"]
        == "https://news.example/ai"
    )


def test_trust_txt_says_who_we_are_at_both_addresses(client, settings):
    settings.NEWSROOM_TRUST = [
        ("member", "https://association.example/"),
        ("social", "https://social.example/@news"),
    ]
    settings.NEWSROOM_CONTACT = "desk@news.example"
    Page.objects.create(name="Ethics", kind="ethics", body="<p>x</p>", is_public=True)
    Page.objects.create(name="Ownership", kind="ownership", body="<p>x</p>")
    text = client.get("/trust.txt").content.decode()
    assert client.get("/.well-known/trust.txt").content.decode() == text
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"[a-z]+=\S+", line) for line in lines)
    assert lines == [
        "member=https://association.example/",
        "social=https://social.example/@news",
        "contact=desk@news.example",
        f"disclosure={SITE}/about/ethics/",
        "datatrainingallowed=no",
    ]


def test_security_txt_is_there_when_somebody_reads_reports(client, settings):
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.NEWSROOM_SECURITY_CONTACT = "mailto:security@news.example"
    text = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:security@news.example\n" in text
    assert re.search(r"^Expires: \d{4}-\d\d-\d\dT00:00:00\+00:00$", text, re.MULTILINE)


def test_the_page_about_the_outlet_names_its_pages_and_feeds(page):
    Page.objects.create(
        name="Ethics",
        kind="ethics",
        description="What we owe you.",
        body="<p>x</p>",
        is_public=True,
    )
    Page.objects.create(name="Draft page", body="<p>x</p>")
    html = page("/about/")
    assert '<a href="/about/ethics/">Ethics</a>: What we owe you.' in html
    assert 'href="/feeds/latest.rss"' in html
    assert "Draft page" not in html
