"""Sitemaps: every address answers, times are whole, and what may not be there never is."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from lxml import etree

from articles import workflow
from newsroom.models import Page
from tests.builders import HIDDEN, a_photo, a_story, an_author, in_state, past_every_door

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
LINK = "{http://www.w3.org/1999/xhtml}link"


@pytest.fixture
def read(client, sitemap_schemas):
    def asked(path):
        response = client.get(path)
        assert response.status_code == 200, path
        assert response.headers["Content-Type"] == "application/xml; charset=utf-8"
        tree = etree.fromstring(response.content)
        sitemap_schemas[etree.QName(tree).localname].assertValid(tree)
        return ElementTree.fromstring(response.content)

    return asked


@pytest.mark.parametrize(
    "wrong",
    [
        "<url><loc>/articles/x/</loc></url>",
        "<url><loc>https://news.example/</loc><lastmod>2026-03-04 09:00</lastmod></url>",
        "<url><lastmod>2026-03-04T09:00:00Z</lastmod></url>",
        "<url><loc>https://news.example/</loc><x/></url>",
        '<url><loc>https://news.example/</loc><news xmlns="http://www.google.com/schemas/sitemap-news/0.9"/></url>',
    ],
)
def test_the_schema_knows_a_wrong_sitemap(sitemap_schemas, wrong):
    tree = etree.fromstring(f'<urlset xmlns="{MAP.strip("{}")}">{wrong}</urlset>')
    assert not sitemap_schemas["urlset"].validate(tree)


def locations(root):
    return [each.text.removeprefix(SITE) for each in root.iter(f"{MAP}loc")]


def test_the_index_leads_to_every_month_and_every_address_answers(read, client):
    a_story(
        "March", date="2026-03-04", by=[an_author("Jane Doe")], tags=["Grain"], section="Economy"
    )
    a_story("Also March", date="2026-03-31T23:30:00+05:00")
    a_story("February", date="2026-02-28")
    undated = f"undated-{a_story('Undated', date=None).pk // 50_000}"
    Page.objects.create(name="Ethics", body="<p>x</p>", is_public=True)
    Page.objects.create(name="Draft page", body="<p>x</p>")
    parts = locations(read("/sitemap.xml"))
    assert parts == [f"/sitemaps/{name}.xml" for name in ("2026-03", "2026-02", undated, "pages")]
    found = {part: locations(read(part)) for part in parts}
    assert found["/sitemaps/2026-03.xml"] == ["/articles/also-march/", "/articles/march/"]
    assert found["/sitemaps/2026-02.xml"] == ["/articles/february/"]
    assert found[f"/sitemaps/{undated}.xml"] == ["/articles/undated/"]
    assert {
        "/",
        "/sections/economy/",
        "/tags/grain/",
        "/authors/jane-doe/",
        "/about/ethics/",
    } < set(found[parts[3]])
    for address in sum(found.values(), []):
        assert client.get(address).status_code == 200, address
    assert (
        client.get("/sitemaps/2026-01.xml").status_code
        == client.get("/sitemaps/x.xml").status_code
        == 404
    )


def test_undated_stories_are_never_too_many_for_a_file(read, client, monkeypatch):
    keys = [a_story(f"Undated {number}", date=None).pk for number in range(5)]
    monkeypatch.setattr("newsroom.feeds.sitemaps.MOST", 2)
    parts = locations(read("/sitemap.xml"))[:-1]
    assert parts == [
        f"/sitemaps/undated-{number}.xml" for number in sorted({key // 2 for key in keys})
    ]
    found = [locations(read(path)) for path in parts]
    assert max(map(len, found)) == 2
    assert sorted(sum(found, [])) == [f"/articles/undated-{number}/" for number in range(5)]
    for wrong in ("undated", "undated-x", "undated-9999999999"):
        assert client.get(f"/sitemaps/{wrong}.xml").status_code == 404


def test_times_are_whole_and_move_only_when_readers_are_told(read, chief):
    story = a_story("March", date="2026-03-04")
    story.refresh_from_db()
    (changed,) = [each.text for each in read("/sitemaps/2026-03.xml").iter(f"{MAP}lastmod")]
    assert changed == story.live_from.isoformat(timespec="seconds")
    workflow.correct(story, by=chief, was="a", now="b")
    story.refresh_from_db()
    (changed,) = [each.text for each in read("/sitemaps/2026-03.xml").iter(f"{MAP}lastmod")]
    assert changed == story.updated_at.isoformat(timespec="seconds")


def test_pictures_and_translations_stand_beside_a_story(read):
    photo = a_photo()
    first = a_story("Bread", lead_photo=photo.sha256, date="2026-03-04")
    a_story("Нон", language="uz-Cyrl", translation_of=str(first.uid), date="2026-04-05", slug="non")
    a_story("Alone", date="2026-03-05")
    in_state("draft", "Хлеб", language="ru", translation_of=str(first.uid))
    march, april = read("/sitemaps/2026-03.xml"), read("/sitemaps/2026-04.xml")
    assert [each.text for each in march.iter(f"{IMAGE}loc")] == [
        f"{SITE}/media/photos/{photo.token}/{photo.stamp}/640.jpg"
    ]
    wanted = [
        ("en", f"{SITE}/articles/bread/"),
        ("uz-Cyrl", f"{SITE}/articles/non/"),
        ("x-default", f"{SITE}/articles/bread/"),
    ]
    for root in (march, april):  # each names itself and the other
        assert [(each.get("hreflang"), each.get("href")) for each in root.iter(LINK)] == wanted


def test_the_news_of_two_days(read):
    now = timezone.now().replace(microsecond=0)
    inside, outside = now - timedelta(hours=47, minutes=59), now - timedelta(hours=48, minutes=1)
    a_story("In", date=inside.isoformat())
    a_story("Out", date=outside.isoformat())
    a_story("Undated", date=None)
    a_story("Paid", date=now.isoformat(), story_type="sponsored")
    a_story("To come today", date=(now + timedelta(minutes=1)).isoformat())
    a_story("To come", date=(timezone.localdate() + timedelta(days=2)).isoformat())
    a_story("Today", date=timezone.localdate().isoformat(), language="uz-Cyrl")
    root = read("/news-sitemap.xml")
    assert {each.text for each in root.iter(f"{NEWS}title")} == {"In", "Today"}
    dates = [each.text for each in root.iter(f"{NEWS}publication_date")]
    assert set(dates) == {
        timezone.localdate().isoformat(),
        timezone.localtime(now - timedelta(hours=47, minutes=59)).isoformat(),
    }
    assert {each.text for each in root.iter(f"{NEWS}language")} == {"en", "uz"}
    assert {each.text for each in root.iter(f"{NEWS}name")} == {"Newsroom"}


def test_a_story_of_long_ago_that_goes_live_today_is_no_news(read):
    a_story("Old", date="2002-12-09")
    assert locations(read("/news-sitemap.xml")) == []


def test_a_thousand_news_at_most(read, monkeypatch):
    monkeypatch.setattr("newsroom.feeds.sitemaps.MOST_NEWS", 2)
    for number in range(3):
        a_story(f"Story {number}", date=timezone.localdate().isoformat())
    assert len(locations(read("/news-sitemap.xml"))) == 2


@pytest.mark.parametrize("state", HIDDEN)
def test_hidden_stories_change_no_byte(client, state):
    jane, day = an_author("Jane Doe"), timezone.localdate().isoformat()
    first = a_story("Seen", by=[jane], tags=["Grain"], date=day)
    undated = a_story("Seen too", date=None).pk // 50_000
    paths = [
        "/sitemap.xml",
        f"/sitemaps/{day[:7]}.xml",
        f"/sitemaps/undated-{undated}.xml",
        "/sitemaps/pages.xml",
        "/news-sitemap.xml",
    ]
    before = {path: client.get(path).content for path in paths}
    assert sum(b"seen" in content for content in before.values()) == 3
    in_state(
        state,
        "Hidden",
        by=[an_author("Somebody Else")],
        tags=["Secret"],
        date=day,
        translation_of=str(first.uid),
    )
    in_state(state, "Undated", date=None)
    in_state(state, "Another month", date="2020-01-01")
    assert {path: client.get(path).content for path in paths} == before


def test_characters_that_came_past_every_door_are_left_out(read):
    day = timezone.localdate().isoformat()
    a_story("Bread", date=day)
    past_every_door("headline", "Br\x0be\ufffead & <salt>")
    assert (
        len(locations(read("/news-sitemap.xml")))
        == len(locations(read(f"/sitemaps/{day[:7]}.xml")))
        == 1
    )


def test_a_month_asks_few_queries(client, django_assert_num_queries):
    for number in range(3):
        a_story(f"Bread {number}", date="2026-03-04", lead_photo=a_photo().sha256)
        with django_assert_num_queries(2):
            client.get("/sitemaps/2026-03.xml")
    with django_assert_num_queries(2):
        client.get("/sitemap.xml")


def test_a_robot_that_has_it_is_told_so(client):
    a_story("March", date="2026-03-04")
    for path in (
        "/sitemap.xml",
        "/sitemaps/2026-03.xml",
        "/news-sitemap.xml",
        "/robots.txt",
        "/trust.txt",
    ):
        tag = client.get(path).headers["ETag"]
        assert client.get(path, headers={"if-none-match": tag}).status_code == 304
