"""Feeds as a feed reader meets them: whole, honest about dates, and never stopped by one bad story."""

import json
import re
from datetime import datetime, timedelta
from types import SimpleNamespace
from xml.etree import ElementTree

import feedparser
import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Correction, Section, Tag
from articles.naming.merge import merge
from articles.story import editing, snapshots
from newsroom.feeds import views
from newsroom.feeds.formats import FORMATS
from tests.builders import HIDDEN, a_photo, a_story, an_author, in_state, past_every_door

pytestmark = [pytest.mark.django_db, pytest.mark.files]
XML, ALL = ("rss", "atom"), ("rss", "atom", "json")
SITE = "http://testserver"


@pytest.fixture
def feed(client, json_feed_schema):
    """`feed("/feeds/latest.rss")`: what feedparser makes of it, or the JSON; a fault of the format fails the test."""

    def read(path, status=200):
        response = client.get(path)
        assert response.status_code == status, path
        if path.endswith("json"):
            json_feed_schema.validate(found := json.loads(response.content))
            return found
        found = feedparser.parse(response.content)
        assert found.bozo == 0, (path, found.bozo_exception)
        return found

    return read


def a_full_story(**facts):
    jane = an_author("Jane Doe")
    photo = a_photo(alt="A loaf", caption="A loaf, <b>cooling</b>", credit="J. Doe / Desk")
    return a_story(
        "Bread & <salt> cost more",
        summary="Flour is up.",
        by=[jane, "Olim Free"],
        tags=["Grain", "Prices"],
        date="2026-03-04T09:30:00+05:00",
        body='<p>Read <a href="/archive/">more</a>.</p>',
        lead_photo=photo.sha256,
        **facts,
    )


def test_every_format_says_the_same_of_one_story(feed):
    story = a_full_story()
    rss, atom, in_json = (feed(f"/feeds/latest.{ending}") for ending in ALL)
    for entry in (rss.entries[0], atom.entries[0]):
        assert entry.id == story.uid.urn
        assert entry.title == "Bread & <salt> cost more" or entry.title_detail.type == "text/html"
        assert entry.link == f"{SITE}/articles/bread-salt-cost-more/"
        assert entry.summary == "Flour is up."
        figure, text = entry.content[0].value.split("</figure>")
        assert text == f'<p>Read <a href="{SITE}/archive/">more</a>.</p>'
        assert f'src="{SITE}/media/photos/' in figure
        assert 'alt="A loaf"' in figure
        assert "<figcaption>A loaf, &lt;b&gt;cooling&lt;/b&gt; J. Doe / Desk</figcaption>" in figure
        assert [each.term for each in entry.tags] == ["Economy", "Grain", "Prices"]
        assert entry.published_parsed[:5] == (2026, 3, 4, 4, 30)
        assert {each.name for each in entry.authors} == {"Jane Doe", "Olim Free"}
    item = in_json["items"][0]
    assert item["id"] == story.uid.urn
    assert item["title"] == "Bread & <salt> cost more"
    assert item["url"] == f"{SITE}/articles/bread-salt-cost-more/"
    assert item["date_published"] == "2026-03-04T04:30:00+00:00"
    assert item["authors"] == [
        {"name": "Jane Doe", "url": f"{SITE}/authors/jane-doe/"},
        {"name": "Olim Free"},
    ]
    assert item["tags"] == ["Economy", "Grain", "Prices"]
    assert item["image"].startswith(f"{SITE}/media/photos/")
    assert "date_modified" not in item


def test_a_picture_that_is_no_photograph_says_so_in_the_text_and_a_story_without_one_has_no_figure(
    feed,
):
    a_story("Made up", lead_photo=a_photo(source_type="ai", credit="A program", caption="").sha256)
    a_story("Plain")
    plain, made = feed("/feeds/latest.rss").entries
    assert "figure" not in plain.content[0].value
    assert re.search(
        r"<figcaption><strong>[^<]+\.</strong> A program</figcaption>", made.content[0].value
    )


def test_a_picture_stands_with_its_credit(client):
    a_full_story()
    media = "{http://search.yahoo.com/mrss/}"
    item = ElementTree.fromstring(client.get("/feeds/latest.rss").content).find("channel/item")
    content = item.find(f"{media}content")
    assert content.get("medium") == "image"
    assert (content.get("type"), content.get("width"), content.get("height")) == (
        "image/jpeg",
        "640",
        "427",
    )
    assert content.find(f"{media}credit").text == "J. Doe / Desk"
    assert content.find(f"{media}description").text == "A loaf, <b>cooling</b>"


def test_a_feed_names_itself_its_page_and_the_hub(feed, settings):
    settings.NEWSROOM_HUB = "https://hub.example/"
    Section.objects.create(name="Economy", description="Prices and trade.")
    for path, page in (("/feeds/latest", "/"), ("/sections/economy/feed", "/sections/economy/")):
        for ending in XML:
            links = {each.rel: each.href for each in feed(f"{path}.{ending}").feed.links}
            assert links["self"] == f"{SITE}{path}.{ending}"
            assert links["hub"] == "https://hub.example/"
            assert links["alternate"] == f"{SITE}{page}"
        in_json = feed(f"{path}.json")
        assert in_json["version"] == "https://jsonfeed.org/version/1.1"
        assert (in_json["feed_url"], in_json["home_page_url"]) == (
            f"{SITE}{path}.json",
            f"{SITE}{page}",
        )
        assert in_json["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]


def test_without_a_hub_none_is_named(client):
    assert (
        b"hub"
        not in client.get("/feeds/latest.rss").content + client.get("/feeds/latest.json").content
    )


def test_a_date_is_said_as_far_as_it_is_known(feed, client):
    a_story("Known to the day", date="2026-03-04")
    undated = a_story("Not stated", date=None)
    for ending in XML:
        _, none = feed(f"/feeds/latest.{ending}").entries
        text = client.get(f"/feeds/latest.{ending}").content.decode()
        # Atom has no date without a clock
        assert ("<dc:date>2026-03-04</dc:date>" in text) == (ending == "rss")
        assert "pubDate" not in text
        assert "<published>" not in text
        assert none.title == "Not stated"
        assert "published" not in none
    updated = feed("/feeds/latest.atom").entries[1].updated
    assert datetime.fromisoformat(updated) == undated.live_from
    assert all("date_published" not in item for item in feed("/feeds/latest.json")["items"])


@pytest.mark.parametrize(("decision", "names"), [("staff", ["Newsroom"]), ("not_given", [])])
def test_nobody_is_named_who_did_not_sign(feed, decision, names):
    a_story("Bread", byline_decision=decision)
    assert [each.name for each in feed("/feeds/latest.rss").entries[0].get("authors", [])] == names
    assert [
        each["name"] for each in feed("/feeds/latest.json")["items"][0].get("authors", [])
    ] == names


def test_only_an_update_or_a_correction_moves_the_time(feed, chief):
    story = a_story("Bread", body="<p>One</p>")

    def change(body):
        story.refresh_from_db()
        editing.save(
            story, snapshots.latest(story) | {"body": body}, version=story.version, by=chief
        )

    def moved():
        return feed("/feeds/latest.json")["items"][0].get("date_modified"), feed(
            "/feeds/latest.atom"
        ).entries[0].updated

    before = moved()
    change("<p>Two</p>")
    workflow.put_live(story, by=chief, kind="small_fix")
    assert moved() == before
    assert before[0] is None
    change("<p>Three</p>")
    workflow.correct(story, by=chief, was="Two loaves", now="Three loaves")
    after = moved()
    assert after[0]
    assert after[1] > before[1]
    html = feed("/feeds/latest.rss").entries[0].content[0].value
    assert html.startswith(
        "<p><strong>Correction</strong>: It said: Two loaves. It should say: Three loaves.</p>"
    )


def test_a_renamed_story_is_not_new(feed, chief):
    story = a_story("Bread")
    before = [feed(f"/feeds/latest.{ending}") for ending in XML]
    editing.save(
        story, snapshots.latest(story) | {"slug": "loaves"}, version=story.version, by=chief
    )
    story.refresh_from_db()
    workflow.put_live(story, by=chief, kind="small_fix")
    for old, ending in zip(before, XML, strict=True):
        entry = feed(f"/feeds/latest.{ending}").entries[0]
        assert entry.id == old.entries[0].id
        assert entry.link == f"{SITE}/articles/loaves/"


def test_sections_tags_and_authors_have_their_own(feed, client, chief):
    jane = an_author("Jane Doe")
    a_story("One", by=[jane], tags=["Grain"], section="Economy", date="2026-03-01")
    a_story("Two", section="Culture", date="2026-03-02")
    assert [each.title for each in feed("/feeds/latest.rss").entries] == ["Two", "One"]
    for path in ("/sections/economy/feed", "/tags/grain/feed", "/authors/jane-doe/feed"):
        for ending in XML:
            assert [each.title for each in feed(f"{path}.{ending}").entries] == ["One"]
    assert feed("/authors/jane-doe/feed.rss").feed.title == "Newsroom – Jane Doe"
    merge(Tag.objects.named("Grain"), Tag.objects.named("Wheat"), by=chief)
    response = client.get("/tags/grain/feed.atom")
    assert (response.status_code, response.headers["Location"]) == (301, "/tags/wheat/feed.atom")
    for path in (
        "/sections/none/feed.rss",
        "/tags/none/feed.atom",
        "/authors/none/feed.json",
        "/feeds/latest.xml",
    ):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/", "/sections/economy/", "/tags/grain/", "/authors/jane-doe/", "/corrections/"]
)
def test_a_page_leads_to_its_feeds(page, client, path):
    a_story("One", by=[an_author("Jane Doe")], tags=["Grain"])
    html = page(path)
    wanted = f"{path}feed" if path != "/" else "/feeds/latest"
    for ending, kind in (
        ("rss", "application/rss+xml"),
        ("atom", "application/atom+xml"),
        ("json", "application/feed+json"),
    ):
        assert f'<link rel="alternate" type="{kind}"' in html
        assert f'href="{wanted}.{ending}"' in html
        response = client.get(f"{wanted}.{ending}")
        # so that browsers show it with its stylesheet
        sent_as = kind if ending == "json" else "application/xml"
        assert response.headers["Content-Type"] == f"{sent_as}; charset=utf-8"


def test_a_format_of_the_register_is_served_and_named_wherever_feeds_are(client, page, monkeypatch):
    made_up = SimpleNamespace(
        ENDING="lines",
        NAME="Made-up lines",
        TYPE="text/lines",
        SENT_AS="text/plain",
        write=lambda feed: "\n".join(entry.title for entry in feed.entries).encode(),
    )
    a_story("One", by=[an_author("Jane Doe")], tags=["Grain"])
    assert client.get("/feeds/latest.lines").status_code == 404
    monkeypatch.setitem(FORMATS, made_up.ENDING, made_up)
    for path in ("/feeds/latest", "/sections/economy/feed", "/tags/grain/feed"):
        response = client.get(f"{path}.lines")
        assert (response.content, response["Content-Type"]) == (
            b"One",
            "text/plain; charset=utf-8",
        )
    assert 'type="text/lines" title="Economy" href="/sections/economy/feed.lines"' in page(
        "/sections/economy/"
    )
    assert '<a href="/feeds/latest.lines">Made-up lines</a>' in page("/about/")


@pytest.mark.parametrize("state", HIDDEN)
def test_hidden_stories_are_in_no_feed(client, state):
    """The twin is the live story beside it, which is in all of them."""
    jane = an_author("Jane Doe")
    a_story("Seen", by=[jane], tags=["Grain"])
    paths = [
        f"{path}.{ending}"
        for path in (
            "/feeds/latest",
            "/sections/economy/feed",
            "/tags/grain/feed",
            "/authors/jane-doe/feed",
            "/corrections/feed",
        )
        for ending in ALL
    ]
    before = {path: client.get(path).content for path in paths}
    assert all(b"Seen" in content for path, content in before.items() if "corrections" not in path)
    in_state(state, "Hidden", by=[jane], tags=["Grain"], date="2026-03-05")
    assert {path: client.get(path).content for path in paths} == before


def test_corrections_have_a_feed(feed, client, chief):
    story = a_story("Bread")
    workflow.correct(story, by=chief, was="Two", now="Three", reported_by="A Reader")
    record = Correction.objects.get()
    assert f'id="{record.anchor}"' in client.get("/articles/bread/").content.decode()
    for ending in XML:
        entry = feed(f"/corrections/feed.{ending}").entries[0]
        assert entry.title == "Correction: Bread"
        assert entry.link == f"{SITE}/articles/bread/#{record.anchor}"
        assert entry.summary == "It said: Two. It should say: Three."
    assert "A Reader" not in str(feed("/corrections/feed.json"))


def test_characters_that_came_past_every_door_are_left_out(feed):
    """Straight into the database, as another program might write them."""
    a_story("Bread")
    past_every_door("headline", "Br\x0bead")
    for ending in ALL:
        feed(f"/feeds/latest.{ending}")


def test_one_story_that_cannot_be_told_is_left_out_and_logged(feed, monkeypatch, caplog):
    a_story("Good", date="2026-03-01")
    a_story("Bad", date="2026-03-02")
    real = views.entry_of_story

    def fails(story):
        return 1 / 0 if story.headline == "Bad" else real(story)

    monkeypatch.setattr(views, "entry_of_story", fails)
    assert [each.title for each in feed("/feeds/latest.rss").entries] == ["Good"]
    assert "An entry was left out of a feed" in caplog.text


def test_opinion_and_paid_texts_say_so_first(feed):
    a_story("View", story_type="opinion", date="2026-03-02")
    a_story("Advert", story_type="sponsored", date="2026-03-01")
    view, advert = feed("/feeds/latest.rss").entries
    assert view.content[0].value.startswith("<p><em>This is an opinion.")
    assert advert.content[0].value.startswith("<p><em>This was paid for.")
    assert (view.tags[0].term, advert.tags[0].term) == ("Opinion", "Sponsored")


def test_a_reader_that_has_it_already_is_told_so(client):
    a_story("Bread")
    for ending in ALL:
        first = client.get(f"/feeds/latest.{ending}")
        again = client.get(
            f"/feeds/latest.{ending}", headers={"if-none-match": first.headers["ETag"]}
        )
        assert (again.status_code, again.content) == (304, b"")
    a_story("Milk")
    assert (
        client.get(
            "/feeds/latest.json", headers={"if-none-match": first.headers["ETag"]}
        ).status_code
        == 200
    )


def test_a_json_feed_is_never_too_large(client):
    for number in range(4):
        a_story(f"Long {number}", body=f"<p>{'word ' * 20_000}</p>")
    raw = client.get("/feeds/latest.json").content
    assert len(raw) <= 250_000
    assert ["content_html" in item for item in json.loads(raw)["items"]] == [
        True,
        True,
        False,
        False,
    ]
    for number in range(20):
        a_story(f"{'Ж' * 240} {number}", summary="Ж" * 8_000, body="<p>Ж</p>", date="2026-03-09")
    raw = client.get("/feeds/latest.json").content
    assert len(raw) <= 250_000
    assert 5 < len(json.loads(raw)["items"]) < 20


def test_a_feed_keeps_its_identity_when_its_topic_gets_another_address(feed):
    a_story("Bread", tags=["Grain"])
    before = feed("/tags/grain/feed.atom").feed.id
    tag = Tag.objects.get()
    tag.slug = "cereal"
    tag.save()
    assert feed("/tags/cereal/feed.atom").feed.id == before
    assert before.startswith("urn:uuid:")
    assert before != feed("/feeds/latest.atom").feed.id


def test_a_feed_asks_a_fixed_number_of_queries(client, django_assert_num_queries):
    for number in range(3):
        photo = a_photo()
        body = f'<p>Bread</p><figure data-photo="{photo.sha256}"></figure>'
        a_story(f"Bread {number}", by=[an_author()], tags=["Grain", f"t{number}"], body=body)
        with django_assert_num_queries(3):
            client.get("/feeds/latest.rss")


def test_a_story_that_waits_comes_at_its_minute(client, time_machine):
    at = timezone.now() + timedelta(hours=1)
    a_story("Later", at=at)
    assert b"Later" not in client.get("/feeds/latest.rss").content
    time_machine.move_to(at)
    assert b"Later" in client.get("/feeds/latest.rss").content
