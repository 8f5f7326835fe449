"""Programs of other people read what we publish for programs: a feed reader, and a tester of structured data."""

import json
import re
import sqlite3
import subprocess
from xml.etree import ElementTree

import pytest
from extruct.jsonld import JsonLdExtractor

from tests import tools
from tests.builders import a_story
from tests.newsroom.test_feeds import a_full_story

pytestmark = [pytest.mark.files]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "path", ["/feeds/latest.rss", "/feeds/latest.atom", "/sections/economy/feed.rss"]
)
def test_newsboat_fetches_and_shows_the_stories(live_server, settings, tmp_path, path):
    settings.NEWSROOM_SITE_URL = live_server.url
    a_full_story()
    a_story("Undated", date=None)
    (tmp_path / "urls").write_text(f"{live_server.url}{path}\n")
    reader, files = (
        tools.newsboat(),
        ["-u", tmp_path / "urls", "-c", tmp_path / "cache.db", "-C", "/dev/null"],
    )
    environment = {
        "HOME": str(tmp_path),
        "PATH": "/usr/bin:/bin",
        "TERM": "dumb",
        "LANG": "C.UTF-8",
    }
    for command in ("reload", "print-unread"):
        done = subprocess.run(
            [reader, *files, "-x", command], capture_output=True, text=True, env=environment
        )
        assert done.returncode == 0, done.stderr
    assert "2 unread articles" in done.stdout
    rows = dict(
        sqlite3.connect(tmp_path / "cache.db").execute("SELECT title, url FROM rss_item").fetchall()
    )
    assert rows == {
        "Bread & <salt> cost more": f"{live_server.url}/articles/bread-salt-cost-more/",
        "Undated": f"{live_server.url}/articles/undated/",
    }


def flat(node, by_id: dict, depth: int = 0):
    """`node` with what it only names by "@id" put in its place; the tester knows no graphs."""
    if isinstance(node, dict):
        if set(node) == {"@id"} and depth < 3:
            node = by_id.get(node["@id"], node)
        return {name: flat(value, by_id, depth + 1) for name, value in node.items()}
    return [flat(each, by_id, depth + 1) for each in node] if isinstance(node, list) else node


@pytest.mark.django_db
@pytest.mark.parametrize("has_photo", [True, False], ids=["photo", "drawn card"])
def test_the_tester_of_structured_data_passes_its_presets(page, tmp_path, has_photo):
    story = a_full_story() if has_photo else a_story("Bread", summary="Dearer.", date="2026-03-04")
    html = page(story.get_absolute_url())
    (graph,) = JsonLdExtractor().extract(html)
    nodes = graph["@graph"]
    by_id = {node["@id"]: node for node in nodes if "@id" in node}
    blocks = [json.dumps({"@context": "https://schema.org"} | flat(node, by_id)) for node in nodes]
    scripts = "".join(f'<script type="application/ld+json">{block}</script>' for block in blocks)
    apart = re.sub(r'<script type="application/ld\+json">.*?</script>', lambda _: scripts, html)
    file = tmp_path / "story.html"
    for text, options, wanted in (
        (html, ["--presets", "Twitter,Facebook"], ["Twitter", "Facebook"]),
        (apart, ["--presets", "Google", "--schemas", "NewsArticle"], ["Google > NewsArticle"]),
    ):
        file.write_text(text, "utf-8")
        command = [*tools.structured_data_tester(), "--file", str(file), *options]
        done = subprocess.run(command, capture_output=True, text=True)
        assert all(name in done.stdout for name in wanted), done.stdout
        assert "✕" not in done.stdout, done.stdout
        assert done.returncode == 0


@pytest.mark.django_db
def test_a_feed_opened_in_a_browser_has_a_stylesheet_that_is_there(client):
    a_story("Bread")
    raw = client.get("/feeds/latest.rss").content
    sheet = re.search(rb'<\?xml-stylesheet type="text/css" href="/static/([^"]+)"\?>', raw)[
        1
    ].decode()
    assert (tools.ROOT / "newsroom/static" / sheet).is_file()
    words = " ".join(ElementTree.fromstring(raw).itertext())
    assert "This is a feed: copy its address into a feed reader" in words
