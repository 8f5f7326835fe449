"""What readers must not see is on no page: not as a word, not as a count, not as a difference."""

import time
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from articles import workflow
from articles.models import Article
from articles.models.article import ArticleQuerySet
from articles.models.gate import GatedLinkQuerySet
from articles.pictures import social_card
from articles.story import editing, preview
from authors.models import User
from newsroom.feeds.formats import FORMATS
from tests.builders import HIDDEN, a_photo, a_section, a_snapshot, a_story, an_author, in_state
from tests.sizes import some

pytestmark = pytest.mark.django_db

CANARIES = [
    "canaryheadline",
    "canarydek",
    "canarybody",
    "canaryname",
    "canarytag",
    "canarycaption",
    "canaryinner",
    "canarybox",
    "canaryembed",
    "canaryalt",
    "canarytoken",
    "canaryslug",
    "canarytitle",
    "canarydescription",
    "canaryfile",
]
SURFACES = [
    "/",
    "/sections/economy/",
    "/tags/",
    "/tags/common/",
    "/tags/canarytag/",
    "/authors/",
    "/authors/common-name/",
    "/authors/canaryname/",
    "/archive/",
    "/archive/2026/",
    "/archive/2026/03/",
    "/archive/2026/03/04/",
    "/archive/2025/",
    "/archive/2025/01/",
    "/archive/2025/01/02/",
    "/archive/undated/",
    "/search/?q=canarybody",
    "/search/?q=common",
    "/articles/visible-common/",
    "/nothing-here/",
    "/?page=2",
    "/tags/common/?page=2",
    "/corrections/",
    "/articles/canaryslug/",
    "/preview/canary/",
    "/search/",
    "/search/?q=canarybdy",
    "/search/?q=common&sort=best",
    "/search/?q=tag:canarytag",
    "/search/?q=&author=canaryname",
    "/about/",
    "/search/suggest/?q=canary",
    "/search/suggest/?q=common",
    *(
        f"{path}.{ending}"
        for path in (
            "/feeds/latest",
            "/sections/economy/feed",
            "/tags/common/feed",
            "/tags/canarytag/feed",
            "/authors/common-name/feed",
            "/authors/canaryname/feed",
            "/corrections/feed",
        )
        for ending in FORMATS
    ),
    "/sitemap.xml",
    "/news-sitemap.xml",
    "/sitemaps/2026-03.xml",
    "/sitemaps/2025-01.xml",
    "/sitemaps/undated-0.xml",
    "/sitemaps/pages.xml",
    "/robots.txt",
    "/trust.txt",
    "/articles/visible-common/ninjs.json",
    "/articles/canaryslug/ninjs.json",
    "/api/v1/",
    "/api/v1/articles",
    "/api/v1/articles/visible-common",
    "/api/v1/articles/canaryslug",
    "/api/v1/articles?tag=canarytag",
    "/api/v1/articles?author=canaryname",
    "/api/v1/articles?tag=common&fields=headline,body_text",
    "/api/v1/search?q=canarybody",
    "/api/v1/search?q=common",
    "/api/v1/search?q=canarybdy",
    "/api/v1/tags",
    "/api/v1/tags/canarytag",
    "/api/v1/authors",
    "/api/v1/authors/canaryname",
    "/api/v1/sections",
    "/api/v1/sections/economy",
    "/api/v1/articles?section=economy",
    "/api/v1/articles?language=en&before=2026-12-31",
    "/api/v1/openapi.json",
    "/.well-known/tdmrep.json",
]


OTHER_DATES = ["2025-01-02", None]  # of the hidden story; looked at on one database


@pytest.fixture(scope="class")
def visible(rows_of_the_class):
    common = an_author("Common Name")
    a_story("Visible common", by=[common], tags=["Common"], date="2026-03-04")
    a_section("Sport")
    return common


def canary_parts():
    """A photo in the text with canary words of its own, and every other part of a body."""
    photo = a_photo(
        alt="Canaryinner", caption="Canaryinner", credit="Canaryinner", token="canaryinner"
    )
    return (
        f'<figure data-photo="{photo.sha256}"><figcaption>Canaryinner</figcaption></figure>'
        '<aside data-fact-box=""><p>Canarybox</p></aside>'
        '<figure data-embed=""><a href="https://vimeo.com/123456">Canaryembed</a></figure>'
    )


def hide_one(state, common, date):
    author = an_author("Canaryname")
    return in_state(
        state,
        "Canaryheadline",
        summary="Canarydek",
        body=f"<p>Canarybody common</p>{canary_parts()}",
        by=[author, common],
        tags=["Canarytag", "Common"],
        date=date,
        lead_caption="Canarycaption",
        slug="canaryslug",
        lead_photo=a_photo(alt="Canaryalt", token="canarytoken", file_name="Canaryfile.jpg").sha256,
        search_title="Canarytitle",
        search_description="Canarydescription",
    )


def everything(client):
    answers = {address: client.get(address) for address in SURFACES}
    return {address: (answer.status_code, answer.content) for address, answer in answers.items()}


def without_its_own_address(state, pages):
    """A story that was withdrawn says so at its own address, and nowhere else."""
    own = {
        "/articles/canaryslug/",
        "/articles/canaryslug/ninjs.json",
        "/api/v1/articles/canaryslug",
    }
    gone = own if state in ("withdrawn", "restored") else set()
    return {address: page for address, page in pages.items() if address not in gone}


@pytest.fixture(scope="class")
def untouched(visible):
    """Every page before anything is hidden."""
    return everything(Client())


class TestAHiddenStory:
    @pytest.mark.full_size
    @pytest.mark.parametrize(
        "date",
        [
            "2026-03-04",
            *(pytest.param(day, marks=pytest.mark.files) for day in some(OTHER_DATES[::-1], 2)),
        ],
    )
    @pytest.mark.parametrize("state", some(HIDDEN, 2))
    def test_changes_no_byte_of_any_page(self, client, visible, untouched, state, date):
        hide_one(state, visible, date)
        after = everything(client)
        assert without_its_own_address(state, after) == without_its_own_address(state, untouched)
        for address, (_, content) in after.items():
            text = content.decode().casefold().replace(address.casefold(), "")
            found = [word for word in CANARIES if word in text and word not in address]
            assert not found, (address, found)

    @pytest.mark.parametrize("state", HIDDEN)
    def test_its_picture_has_no_address(self, client, visible, state):
        hide_one(state, visible, None)
        story = Article.objects.get(headline="Canaryheadline")
        for kind in ("avif", "jpg"):
            for token in ("canarytoken", "canaryinner"):
                for shape in ("", "3x2-", "1x1-"):
                    address = f"/media/photos/{token}/0123456789ab/{shape}320.{kind}"
                    assert client.get(address).status_code == 404, address
                    assert client.get(address.replace("0123456789ab", "x")).status_code == 404, (
                        "not even a way to it"
                    )
        for stamp in (social_card.stamp_of(story), "x"):
            assert client.get(f"/media/cards/{story.uid}/{stamp}.jpg").status_code == 404


def test_a_hidden_story_changes_nothing_for_who_asks_otherwise_or_is_logged_in(
    client, visible, desk, reporter
):
    """HEAD, "is it still the same?", a range of bytes, and a reader with a login."""
    ways = {
        "head": lambda address: client.head(address).headers.get("ETag"),
        "again": lambda address: (
            client.get(address, headers={"if-none-match": kept.get(address, "x")}).status_code
        ),
        "range": lambda address: client.get(address, headers={"range": "bytes=0-99"}).content,
        "inside": lambda address: inside.get(address).content,
    }
    inside = desk(reporter)
    kept = {address: client.get(address).headers.get("ETag", "") for address in SURFACES}
    before = {(way, address): ask(address) for address in SURFACES for way, ask in ways.items()}
    hide_one("scheduled", visible, "2026-03-04")
    assert {
        (way, address): ask(address) for address in SURFACES for way, ask in ways.items()
    } == before


# Of these surfaces none tells of this story even without a gate: it is dated, old, uncorrected, and not asked for.
TELL_OF_NO_STORY = {
    "/about/",
    "/archive/",
    "/archive/2026/",
    "/corrections/",
    "/corrections/feed.atom",
    "/corrections/feed.json",
    "/corrections/feed.rss",
    "/search/suggest/?q=common",
    "/articles/visible-common/ninjs.json",
    "/robots.txt",
    "/trust.txt",
    "/.well-known/tdmrep.json",
    "/sitemap.xml",
    "/news-sitemap.xml",
    "/api/v1/",
    "/api/v1/openapi.json",
    "/api/v1/articles/visible-common",
    "/api/v1/sections",
    "/api/v1/sections/economy",
    "/api/v1/search?q=canarybdy",
}


def test_the_canaries_would_be_seen_if_the_gate_were_open(client, visible, monkeypatch):
    """The twin: without the gate, and for a search index whose clock runs ahead, the same places do show the story."""
    hide_one("scheduled", visible, "2026-03-04")
    monkeypatch.setattr(ArticleQuerySet, "live", lambda self, at=None: self)
    monkeypatch.setattr(GatedLinkQuerySet, "live", lambda self, at=None: self)
    ahead = timezone.now() + timedelta(days=1)
    monkeypatch.setattr("newsroom.search.find.this_moment", lambda: ahead)
    monkeypatch.setattr("newsroom.api.articles.this_moment", lambda: ahead)
    pages = {
        address: content.decode().casefold().replace(address, "")
        for address, (_, content) in everything(client).items()
    }
    tight = {
        address for address, text in pages.items() if not any(word in text for word in CANARIES)
    }
    assert tight == TELL_OF_NO_STORY


def everything_of_a_working_copy(photo):
    return a_snapshot(
        "Canaryheadline",
        summary="Canarydek",
        body=f"<p>Canarybody</p>{canary_parts()}",
        by=["Canaryname", an_author("Canaryname")],
        tags=["Canarytag"],
        lead_caption="Canarycaption",
        lead_photo=photo.sha256,
        slug="canaryslug",
        search_title="Canarytitle",
        search_description="Canarydescription",
        source_note="Canarynote",
        section="Canary",
    )


def test_a_working_copy_changes_no_byte_of_any_page(client, desk, editor, visible):
    """Whatever the desk does with it: saved, refused, kept unsaved, shared, previewed."""
    a_section("Canary")
    before = everything(client)
    story, photo = (
        Article.objects.get(headline="Visible common"),
        a_photo(alt="Canaryalt", token="canarytoken"),
    )
    changed = everything_of_a_working_copy(photo)
    editing.save(story, changed, version=story.version, by=editor)
    editing.save(story, changed | {"headline": "Canaryrefused"}, version=story.version, by=editor)
    story.refresh_from_db()
    preview.share(story, story.revisions.newest(), by=editor)
    browser, address = desk(editor), f"/admin/articles/article/{story.pk}"
    browser.post(f"{address}/autosave/", {"headline": "Canaryunsaved", "base_version": "1"})
    browser.post(f"{address}/preview/", {"headline": "Canarypreview"})
    for look in ("change/", "history/", f"compare/?from=1&to={story.version}", "act/put_live/"):
        assert browser.get(f"{address}/{look}").status_code == 200
    assert everything(client) == before


def test_a_scheduled_story_is_on_every_surface_a_second_after_its_time_and_on_none_a_second_before(
    client, visible
):
    before = everything(client)
    at = timezone.now() + timedelta(hours=1)
    photo = a_photo(alt="Canaryalt", token="canarytoken")
    a_story(
        "Canaryheadline",
        at=at,
        by=[an_author("Canaryname"), visible],
        tags=["Canarytag", "Common"],
        body="<p>Canarybody common</p>",
        date="2026-03-04",
        lead_photo=photo.sha256,
        slug="canaryslug",
    )
    with time_machine.travel(at - timedelta(seconds=1), tick=False):
        assert everything(client) == before
    with time_machine.travel(at + timedelta(seconds=1), tick=False):
        after = everything(client)
    shows = {
        address
        for address, (status, content) in after.items()
        if b"canaryheadline" in content.lower()
    }
    wanted = {
        "/",
        "/sections/economy/",
        "/tags/common/",
        "/tags/canarytag/",
        "/authors/common-name/",
        "/authors/canaryname/",
        "/archive/2026/03/",
        "/archive/2026/03/04/",
        "/search/?q=canarybody",
        "/search/?q=common",
        "/articles/canaryslug/",
        "/feeds/latest.rss",
        "/tags/canarytag/feed.atom",
        "/sections/economy/feed.json",
        "/authors/canaryname/feed.rss",
        "/articles/canaryslug/ninjs.json",
        "/api/v1/articles",
        "/api/v1/search?q=canarybody",
        "/api/v1/articles/canaryslug",
    }
    assert wanted <= shows
    assert b"canaryslug" in after["/sitemaps/2026-03.xml"][1]
    assert b"Canarytag" in after["/tags/"][1]
    assert b"Canaryname" in after["/authors/"][1]


NEWEST = ("/", "/tags/common/", "/sections/economy/")
# until it goes live: long enough, on a machine with other work, to look before it does
SECONDS = (3, 12, 48)


def test_a_scheduled_story_comes_by_the_real_clock_with_nothing_running(client, visible):
    def look():
        return {page: client.get(page).content for page in NEWEST}

    before = look()
    for number, seconds in enumerate(SECONDS):
        at = timezone.now() + timedelta(seconds=seconds)
        story = a_story(
            "Canaryheadline", at=at, slug=f"canaryslug{number}", by=[visible], tags=["Common"]
        )
        editing.save(
            story, a_snapshot("Canaryheadline, edited while it waits"), version=story.version
        )
        seen = look()
        if timezone.now() < at:
            break
        workflow.unpublish(story, by=User.objects.get(username="publisher"), why="too late to look")
    assert seen == before
    time.sleep((at - timezone.now()).total_seconds() + 1)
    assert client.get(f"/articles/canaryslug{number}/").status_code == 200
    assert all(b"anaryheadline" in content for content in look().values())
