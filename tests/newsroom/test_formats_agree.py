"""One story in every format: the same headline, address, names, topics and date, and the same silence where nothing is
known."""

import json
import re
from datetime import datetime

import feedparser
import pytest
from extruct.jsonld import JsonLdExtractor

from articles import workflow
from tests.builders import a_photo, a_story, an_author

pytestmark = pytest.mark.django_db
CASES = {
    "known to the minute": {"date": "2026-03-04T09:30:00+05:00", "by": True},
    "known to the day": {"date": "2026-03-04", "by": True},
    "not stated": {"date": None, "by": True},
    "no byline": {"date": "2026-03-04T09:30:00+05:00", "by": False},
}


def moment(text):
    return datetime.fromisoformat(text) if text else None


def from_feed(entry):
    return {
        "headline": entry.title,
        "address": entry.link,
        "names": [each.name for each in entry.get("authors", [])],
        "tags": [each.term for each in entry.tags][1:],
        "minute": moment(entry.get("published") and iso(entry)),
        "id": entry.id,
    }


def iso(entry):
    year, month, day, hour, minute, *_ = entry.published_parsed
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00+00:00"


def told_by_every_format(client, slug):
    def read(path):
        return client.get(path).content

    html = read(f"/articles/{slug}/").decode()
    (graph,) = JsonLdExtractor().extract(html)
    node = next(each for each in graph["@graph"] if each["@type"] == "NewsArticle")
    item = json.loads(read("/feeds/latest.json"))["items"][0]
    ninjs, api = (
        json.loads(read(f"/articles/{slug}/ninjs.json")),
        json.loads(read(f"/api/v1/articles/{slug}")),
    )
    stated = re.findall(r'article:published_time" content="([^"]*)"', html)
    shown = re.search(
        r'<time datetime="([^"]*)"', html.partition('class="credits"')[2].partition("</header>")[0]
    )
    minute = [
        each
        for each in (node.get("datePublished"), *stated, shown and shown[1], api["published"])
        if each
    ]
    return {
        "rss": from_feed(feedparser.parse(read("/feeds/latest.rss")).entries[0]),
        "atom": from_feed(feedparser.parse(read("/feeds/latest.atom")).entries[0]),
        "json feed": {
            "headline": item["title"],
            "address": item["url"],
            "tags": item["tags"][1:],
            "id": item["id"],
            "names": [each["name"] for each in item.get("authors", [])],
            "minute": moment(item.get("date_published")),
        },
        "ninjs": {
            "headline": ninjs["headlines"][0]["value"],
            "address": ninjs["altIds"][0]["value"],
            "id": ninjs["uri"],
            "names": [each["name"] for each in ninjs.get("people", [])],
            "minute": moment(ninjs.get("firstCreated")),
            "tags": [each["name"] for each in ninjs["subjects"]][1:],
        },
        "structured data": {
            "headline": node["headline"],
            "address": node["url"],
            "tags": node["keywords"],
            "id": None,
            "names": [each["name"] for each in node.get("author", [])],
            "minute": moment(node["datePublished"])
            if "T" in node.get("datePublished", "")
            else None,
        },
        "api": {
            "headline": api["headline"],
            "address": api["url"],
            "tags": [each["name"] for each in api["tags"]],
            "id": f"urn:uuid:{api['id']}",
            "names": [each["name"] for each in api["authors"]],
            "minute": moment(api["published"]) if "T" in (api["published"] or "") else None,
        },
    }, minute


@pytest.mark.parametrize("case", CASES)
def test_every_format_tells_the_same(client, case):
    facts = CASES[case]
    by = [an_author("Jane Doe"), an_author("Olim Free")] if facts["by"] else []
    decision = {} if by else {"byline_decision": "not_given"}
    story = a_story(
        "Bread costs more", by=by, tags=["Grain", "Prices"], date=facts["date"], **decision
    )
    told, stated = told_by_every_format(client, story.slug)
    expected = {
        "headline": "Bread costs more",
        "address": "http://testserver/articles/bread-costs-more/",
        "names": ["Jane Doe", "Olim Free"] if by else [],
        "tags": ["Grain", "Prices"],
        "minute": story.published_at,
        "id": story.uid.urn,
    }
    for name, found in told.items():
        wanted = expected | ({"id": None} if name == "structured data" else {})
        if name == "atom" and not by:  # an entry without an author would be the outlet's
            wanted |= {"names": ["Byline not given"]}
        assert found == wanted, name
    # The page, its markup, its card and the API write the date in one and the same way; nobody else makes one up.
    assert len(stated) == (4 if facts["date"] else 0)
    assert len(set(stated)) == (1 if facts["date"] else 0)


def in_a_feed(html: str) -> str:
    """The story's own text in a feed: without the corrections and the lead photo that stand before it there."""
    return re.sub("<p><strong>.*?</p>|<figure><img .*?</figure>", "", html)


def test_every_other_fact_is_the_same_in_every_format_too(client, chief, settings):
    """Dek, text, section, language, place, picture with its words, rights, corrections and the time of the last."""
    settings.NEWSROOM_RIGHTS = "© Newsroom"
    photo = a_photo(alt="A loaf", caption="A loaf, cooling", credit="J. Doe / Desk")
    story = a_story(
        "Bread costs more",
        by=[an_author("Jane Doe")],
        tags=["Grain"],
        summary="Flour is up.",
        dateline="Oslo",
        body="<p>Two <em>bakers</em> said so.</p>",
        lead_photo=photo.sha256,
        language="en",
        date="2026-03-04T09:30:00+05:00",
        search_description="Why bread costs more.",
    )
    workflow.correct(story, by=chief, was="Three", now="Two")
    story.refresh_from_db()

    def read(path):
        return client.get(path).content

    html = read(story.get_absolute_url()).decode()
    (graph,) = JsonLdExtractor().extract(html)
    node = next(each for each in graph["@graph"] if each["@type"] == "NewsArticle")
    rss, atom = (
        feedparser.parse(read(f"/feeds/latest.{ending}")).entries[0] for ending in ("rss", "atom")
    )
    item = json.loads(read("/feeds/latest.json"))["items"][0]
    ninjs, api = (
        json.loads(read(path))
        for path in ("/articles/bread-costs-more/ninjs.json", "/api/v1/articles/bread-costs-more")
    )
    meta = dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', html))
    picture = f"http://testserver/media/photos/{photo.token}/{photo.stamp}/640.jpg"
    lead, (record,) = ninjs["associations"][0], api["corrections"]
    facts = {
        "dek": [
            rss.summary,
            atom.summary,
            item["summary"],
            node["description"],
            meta["description"],
            meta["og:description"],
        ],
        "text": [
            *(in_a_feed(entry.content[0].value) for entry in (rss, atom)),
            in_a_feed(item["content_html"]),
            api["body_html"],
        ],
        "section": [
            rss.tags[0].term,
            atom.tags[0].term,
            item["tags"][0],
            node["articleSection"],
            meta["article:section"],
            ninjs["subjects"][0]["name"],
            api["section"]["name"],
        ],
        "language": [
            rss.dc_language if "dc_language" in rss else rss.language,
            item["language"],
            node["inLanguage"],
            ninjs["language"],
            api["language"],
        ],
        "place": [node["dateline"], api["place"], ninjs["located"]],
        "picture": [
            rss.media_content[0]["url"],
            item["image"],
            node["image"][0]["url"],
            lead["renditions"][0]["href"],
            api["photo"]["renditions"][0]["url"],
        ],
        "credit": [
            rss.media_credit[0]["content"],
            node["image"][0]["creditText"],
            lead["by"],
            api["photo"]["credit"],
        ],
        "rights": [node["copyrightNotice"], ninjs["copyrightNotice"]],
        "updated": [
            datetime.fromisoformat(told).replace(microsecond=0)
            for told in (
                item["date_modified"],
                node["dateModified"],
                meta["article:modified_time"],
                api["updated"],
            )
        ],
        "headline": [meta["og:title"], meta["twitter:title"], ninjs["title"], node["headline"]],
        "address": [meta["og:url"], node["url"], item["url"], api["url"]],
        "was": [
            record["was"],
            *(
                "Three"
                for text in (
                    rss.content[0].value,
                    item["content_html"],
                    node["correction"][0]["text"],
                    ninjs["edNote"],
                )
                if "Three" in text
            ),
        ],
    }
    assert {name: set(values) for name, values in facts.items() if len(set(values)) > 1} == {}
    assert facts["updated"][0] == story.updated_at.replace(microsecond=0)
    assert facts["text"][0] == "<p>Two <em>bakers</em> said so.</p>"
    assert (facts["picture"][0], facts["dek"][0]) == (picture, "Why bread costs more.")
    assert len(facts["was"]) == 5
    assert story.summary == api["summary"] == "Flour is up."
