"""Whatever letters stand in a headline, dek, text, topic, name, caption or place: every list for machines can be read,
and the stories beside that one are always there."""

import json
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

pytestmark = [pytest.mark.django_db, pytest.mark.files]
LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def others(titles) -> list[str]:
    return [each for each in titles if each in ("Before", "After")]


@pytest.mark.parametrize("case", cases("unicode"))
def test_no_characters_stop_anything(client, validator, case):
    value, day = case["value"], timezone.localdate().isoformat()
    author = an_author(f"A {value}"[:110])
    facts = {"date": day, "by": [author], "tags": [f"t {value}"[:90]]}
    a_story("Before", **facts)
    photo = a_photo(alt=f"x {value}"[:200], caption=value, credit=f"x {value}"[:100]).sha256
    story = a_story(f"x {value}"[:250], slug="it", summary=value, body=f"<p>{value} x</p>", lead_photo=photo,
                    place=value[:90], how_reported=value, **facts)  # fmt: skip
    a_story("After", **facts)
    tag = Tag.objects.get()
    of_tag, of_author = tag.get_absolute_url(), author.get_absolute_url()

    def read(path):
        answer = client.get(path)
        assert answer.status_code == 200, path
        return answer.content

    for path in ("/feeds/latest", "/sections/economy/feed", f"{of_tag}feed", f"{of_author}feed"):
        for ending in ("rss", "atom"):
            found = feedparser.parse(read(f"{path}.{ending}"))
            assert found.bozo == 0, found.get("bozo_exception")
            assert (len(found.entries), len(others(each.title for each in found.entries))) == (3, 2)
        items = json.loads(read(f"{path}.json"))["items"]
        assert (len(items), len(others(each["title"] for each in items))) == (3, 2)
    for path, count in ((f"/sitemaps/{day[:7]}.xml", 3), ("/news-sitemap.xml", 3), ("/sitemaps/pages.xml", 10)):
        assert len(list(ElementTree.fromstring(read(path)).iter(LOCATION))) == count, path
    for path in ("/", "/articles/it/", of_tag, of_author, "/tags/", "/authors/", "/sections/economy/"):
        html = read(path).decode()
        (graph,) = JsonLdExtractor().extract(html)
        assert faults(graph["@graph"]) == [], path
        assert html.count("</script>") == html.count("<script"), path
    for path in ("/articles", "/search?q=before", f"/articles?tag={tag.slug}", f"/articles?author={author.slug}"):
        items = json.loads(read(f"/api/v1{path}"))["items"]
        assert "Before" in [each["headline"] for each in items], path
    for path in ("/tags", "/authors", "/sections", f"/tags/{tag.slug}", f"/authors/{author.slug}"):
        json.loads(read(f"/api/v1{path}"))
    story.refresh_from_db()
    assert json.loads(read("/api/v1/articles/it"))["body_text"] == story.body_text
    assert faults_of_ninjs(validator, json.loads(read("/articles/it/ninjs.json"))) == []
