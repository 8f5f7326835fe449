"""Whatever letters stand in a headline, dek, text, topic, name, caption or place: every list for machines can be read,
and the stories beside that one are always there."""

import json
from types import SimpleNamespace
from xml.etree import ElementTree

import feedparser
import pytest
from django.utils import timezone
from extruct.jsonld import JsonLdExtractor

from articles.models import Tag
from tests.builders import a_photo, a_story, an_author
from tests.newsroom.schema_org import faults
from tests.newsroom.test_ninjs import faults as faults_of_ninjs
from tests.samples import cases
from tests.sizes import sized, some

pytestmark = [pytest.mark.django_db, pytest.mark.files, pytest.mark.full_size]
LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
TOGETHER = sized(1, 8)  # values in one newsroom, each in a story, a topic and an author of its own
VALUES = [case.values[0] for case in some(cases("unicode"), 3)]
NEWSROOMS = [VALUES[start : start + TOGETHER] for start in range(0, len(VALUES), TOGETHER)]


def others(titles) -> list[str]:
    return [each for each in titles if each in ("Before", "After")]


def a_newsroom(cases) -> list[SimpleNamespace]:
    """A story of each value between two others, which have all topics and all authors."""
    values = [
        SimpleNamespace(
            id=case["id"],
            value=case["value"],
            tag=f"t {case['id']} {case['value']}"[:90],
            author=an_author(f"A {case['id']} {case['value']}"[:110]),
        )
        for case in cases
    ]
    day = timezone.localdate().isoformat()
    shared = {
        "date": day,
        "by": [each.author for each in values],
        "tags": [each.tag for each in values],
    }
    a_story("Before", **shared)
    for each in values:
        text = each.value
        photo = a_photo(alt=f"x {text}"[:200], caption=text, credit=f"x {text}"[:100])
        each.story = a_story(
            f"x {text}"[:250],
            slug=f"it-{each.id}",
            summary=text,
            body=f"<p>{text} x</p>",
            lead_photo=photo.sha256,
            dateline=text[:90],
            how_reported=text,
            date=day,
            by=[each.author],
            tags=[each.tag],
        )
        each.topic = Tag.objects.get(pk=each.story.tag_links.get().tag_id)
    a_story("After", **shared)
    assert Tag.objects.count() == len(values)
    return values


@pytest.fixture
def read(client):
    def content(path):
        answer = client.get(path)
        assert answer.status_code == 200, path
        return answer.content

    return content


def feeds_hold(read, path, count):
    for ending in ("rss", "atom"):
        found = feedparser.parse(read(f"{path}.{ending}"))
        assert found.bozo == 0, (path, found.get("bozo_exception"))
        assert (len(found.entries), len(others(each.title for each in found.entries))) == (
            count,
            2,
        ), path
    items = json.loads(read(f"{path}.json"))["items"]
    assert (len(items), len(others(each["title"] for each in items))) == (count, 2), path


def can_be_read(read, path):
    html = read(path).decode()
    (graph,) = JsonLdExtractor().extract(html)
    assert faults(graph["@graph"]) == [], path
    assert html.count("</script>") == html.count("<script"), path


def lists_it(read, path):
    items = json.loads(read(f"/api/v1{path}"))["items"]
    assert "Before" in [each["headline"] for each in items], path


@pytest.mark.parametrize(
    "newsroom", NEWSROOMS, ids=lambda some: f"unicode-{some[0]['id']}-{some[-1]['id']}"
)
def test_no_characters_stop_anything(read, validator, newsroom):
    values = a_newsroom(newsroom)
    month, stories = timezone.localdate().isoformat()[:7], len(values) + 2
    for each in values:
        of_tag, of_author = each.topic.get_absolute_url(), each.author.get_absolute_url()
        for path in (of_tag, of_author):
            feeds_hold(read, f"{path}feed", 3)
        for path in (each.story.get_absolute_url(), of_tag, of_author):
            can_be_read(read, path)
        for path in (f"/articles?tag={each.topic.slug}", f"/articles?author={each.author.slug}"):
            lists_it(read, path)
        for path in (f"/tags/{each.topic.slug}", f"/authors/{each.author.slug}"):
            json.loads(read(f"/api/v1{path}"))
        each.story.refresh_from_db()
        assert (
            json.loads(read(f"/api/v1/articles/it-{each.id}"))["body_text"] == each.story.body_text
        )
        assert (
            faults_of_ninjs(validator, json.loads(read(f"/articles/it-{each.id}/ninjs.json"))) == []
        ), each
    for path in ("/feeds/latest", "/sections/economy/feed"):
        feeds_hold(read, path, stories)
    of_pages = 8 + 2 * len(values)  # a topic and an author of each value
    for path, count in (
        (f"/sitemaps/{month}.xml", stories),
        ("/news-sitemap.xml", stories),
        ("/sitemaps/pages.xml", of_pages),
    ):
        assert len(list(ElementTree.fromstring(read(path)).iter(LOCATION))) == count, path
    for path in ("/", "/tags/", "/authors/", "/sections/economy/"):
        can_be_read(read, path)
    for path in ("/articles", "/search?q=before"):
        lists_it(read, path)
    for path in ("/tags", "/authors", "/sections"):
        json.loads(read(f"/api/v1{path}"))
