"""What readers must not see is on no page: not as a word, not as a count, not as a difference."""

import time
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from articles import editing, preview
from articles.models import Article
from articles.pictures import social_card
from tests.builders import HIDDEN, a_photo, a_section, a_snapshot, a_story, an_author, in_state

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
]
SURFACES = [
    "/", "/sections/economy/", "/tags/", "/tags/common/", "/tags/canarytag/", "/authors/", "/authors/common-name/",
    "/authors/canaryname/", "/archive/", "/archive/2026/", "/archive/2026/03/", "/archive/2026/03/04/",
    "/archive/2025/", "/archive/2025/01/", "/archive/2025/01/02/", "/archive/undated/", "/search/?q=canarybody",
    "/search/?q=common", "/articles/visible-common/", "/nothing-here/", "/?page=2", "/tags/common/?page=2",
    "/corrections/", "/articles/canaryslug/", "/preview/canary/",
]  # fmt: skip


@pytest.fixture
def visible():
    common = an_author("Common Name")
    a_story("Visible common", by=[common], tags=["Common"], date="2026-03-04")
    a_section("Sport")
    return common


def canary_parts():
    """A photo in the text with canary words of its own, and every other part of a body."""
    photo = a_photo(alt="Canaryinner", caption="Canaryinner", credit="Canaryinner", token="canaryinner")
    return (
        f'<figure data-photo="{photo.sha256}"><figcaption>Canaryinner</figcaption></figure>'
        '<aside data-fact-box=""><p>Canarybox</p></aside>'
        '<figure data-embed=""><a href="https://vimeo.com/123456">Canaryembed</a></figure>'
    )


def hide_one(state, common, date):
    author = an_author("Canaryname")
    return in_state(
        state, "Canaryheadline", summary="Canarydek", body=f"<p>Canarybody common</p>{canary_parts()}",
        by=[author, common],
        tags=["Canarytag", "Common"], date=date, lead_caption="Canarycaption", slug="canaryslug",
        lead_photo=a_photo(alt="Canaryalt", token="canarytoken").sha256,
    )  # fmt: skip


def everything(client):
    return {address: (client.get(address).status_code, client.get(address).content) for address in SURFACES}


def without_its_own_address(state, pages):
    """A story that was withdrawn says so at its own address, and nowhere else."""
    gone = {"/articles/canaryslug/"} if state in ("withdrawn", "restored") else set()
    return {address: page for address, page in pages.items() if address not in gone}


@pytest.mark.parametrize("date", ["2026-03-04", "2025-01-02", None])
@pytest.mark.parametrize("state", HIDDEN)
def test_a_hidden_story_changes_no_byte_of_any_page(client, visible, state, date):
    before = everything(client)
    hide_one(state, visible, date)
    after = everything(client)
    assert without_its_own_address(state, after) == without_its_own_address(state, before)
    for address, (_, content) in after.items():
        text = content.decode().casefold().replace(address.casefold(), "")
        found = [word for word in CANARIES if word in text and word not in address]
        assert not found, (address, found)


@pytest.mark.parametrize("state", HIDDEN)
def test_the_picture_of_a_hidden_story_has_no_address(client, visible, state):
    hide_one(state, visible, None)
    story = Article.objects.get(headline="Canaryheadline")
    for kind in ("avif", "jpg"):
        for token in ("canarytoken", "canaryinner"):
            for shape in ("", "3x2-", "1x1-"):
                address = f"/media/photos/{token}/0123456789ab/{shape}320.{kind}"
                assert client.get(address).status_code == 404, address
                assert client.get(address.replace("0123456789ab", "x")).status_code == 404, "not even a way to it"
    for stamp in (social_card.stamp_of(story), "x"):
        assert client.get(f"/media/cards/{story.uid}/{stamp}.jpg").status_code == 404


def test_the_canaries_would_be_seen_if_the_gate_were_open(client, visible, monkeypatch):
    """The twin: without the gate the same pages do show the hidden story."""
    from articles.models.article import ArticleQuerySet
    from articles.models.gate import GatedLinkQuerySet

    hide_one("draft", visible, "2026-03-04")
    monkeypatch.setattr(ArticleQuerySet, "live", lambda self, at=None: self)
    monkeypatch.setattr(GatedLinkQuerySet, "live", lambda self, at=None: self)
    Article.objects.filter(headline="Canaryheadline").update(slug="canary")
    leaks = [address for address, (_, content) in everything(client).items() if b"canaryheadline" in content.lower()]
    assert len(leaks) >= 8


def everything_of_a_working_copy(photo):
    return a_snapshot(
        "Canaryheadline", summary="Canarydek", body=f"<p>Canarybody</p>{canary_parts()}",
        by=["Canaryname", an_author("Canaryname")],
        tags=["Canarytag"], lead_caption="Canarycaption", lead_photo=photo.sha256, slug="canaryslug",
        search_title="Canarytitle", search_description="Canarydescription", source_note="Canarynote", section="Canary",
    )  # fmt: skip


def test_a_working_copy_changes_no_byte_of_any_page(client, desk, editor, visible):
    """Whatever the desk does with it: saved, refused, kept unsaved, shared, previewed."""
    a_section("Canary")
    before = everything(client)
    story, photo = Article.objects.get(headline="Visible common"), a_photo(alt="Canaryalt", token="canarytoken")
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


def test_a_scheduled_story_is_on_every_surface_a_second_after_its_time_and_on_none_a_second_before(client, visible):
    before = everything(client)
    at = timezone.now() + timedelta(hours=1)
    photo = a_photo(alt="Canaryalt", token="canarytoken")
    a_story("Canaryheadline", at=at, by=[an_author("Canaryname"), visible], tags=["Canarytag", "Common"],
            body="<p>Canarybody common</p>", date="2026-03-04", lead_photo=photo.sha256, slug="canaryslug")  # fmt: skip
    with time_machine.travel(at - timedelta(seconds=1), tick=False):
        assert everything(client) == before
    with time_machine.travel(at + timedelta(seconds=1), tick=False):
        after = everything(client)
    shows = {address for address, (status, content) in after.items() if b"canaryheadline" in content.lower()}
    wanted = {"/", "/sections/economy/", "/tags/common/", "/tags/canarytag/", "/authors/common-name/",
              "/authors/canaryname/", "/archive/2026/03/", "/archive/2026/03/04/", "/search/?q=canarybody",
              "/search/?q=common", "/articles/canaryslug/"}  # fmt: skip
    assert wanted <= shows
    assert b"Canarytag" in after["/tags/"][1]
    assert b"Canaryname" in after["/authors/"][1]


def test_a_scheduled_story_comes_by_the_real_clock_with_nothing_running(client, visible):
    before = everything(client)
    at = timezone.now() + timedelta(seconds=6)
    story = a_story("Canaryheadline", at=at, slug="canaryslug", by=[visible], tags=["Common"])
    editing.save(story, a_snapshot("Canaryheadline, edited while it waits"), version=story.version)
    assert everything(client) == before
    assert timezone.now() < at
    time.sleep((at - timezone.now()).total_seconds() + 1)
    assert client.get("/articles/canaryslug/").status_code == 200
    assert all(b"anaryheadline" in client.get(page).content for page in ("/", "/tags/common/", "/sections/economy/"))
