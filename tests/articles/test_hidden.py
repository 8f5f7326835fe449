"""What readers must not see is on no page: not as a word, not as a count, not as a difference."""

import pytest

from articles.models import Article
from tests.builders import HIDDEN, a_photo, a_section, a_story, an_author, in_state

pytestmark = pytest.mark.django_db

CANARIES = [
    "canaryheadline",
    "canarydek",
    "canarybody",
    "canaryname",
    "canarytag",
    "canarycaption",
    "canaryalt",
    "canarytoken",
]
SURFACES = [
    "/", "/sections/economy/", "/tags/", "/tags/common/", "/tags/canarytag/", "/authors/", "/authors/common-name/",
    "/authors/canaryname/", "/archive/", "/archive/2026/", "/archive/2026/03/", "/archive/2026/03/04/",
    "/archive/2025/", "/archive/2025/01/", "/archive/2025/01/02/", "/archive/undated/", "/search/?q=canarybody",
    "/search/?q=common", "/articles/visible-common/", "/nothing-here/", "/?page=2", "/tags/common/?page=2",
]  # fmt: skip


@pytest.fixture
def visible():
    common = an_author("Common Name")
    a_story("Visible common", by=[common], tags=["Common"], date="2026-03-04")
    a_section("Sport")
    return common


def hide_one(state, common, date):
    author = an_author("Canaryname")
    return in_state(
        state, "Canaryheadline", summary="Canarydek", body="<p>Canarybody common</p>", by=[author, common],
        tags=["Canarytag", "Common"], date=date, lead_caption="Canarycaption",
        lead_photo=a_photo(alt="Canaryalt", token="canarytoken").sha256,
    )  # fmt: skip


def everything(client):
    return {address: (client.get(address).status_code, client.get(address).content) for address in SURFACES}


@pytest.mark.parametrize("date", ["2026-03-04", "2025-01-02", None])
@pytest.mark.parametrize("state", HIDDEN)
def test_a_hidden_story_changes_no_byte_of_any_page(client, visible, state, date):
    before = everything(client)
    hide_one(state, visible, date)
    after = everything(client)
    assert after == before
    for address, (_, content) in after.items():
        text = content.decode().casefold().replace(address.casefold(), "")
        found = [word for word in CANARIES if word in text and word not in address]
        assert not found, (address, found)


@pytest.mark.parametrize("state", HIDDEN)
def test_the_picture_of_a_hidden_story_has_no_address(client, visible, state):
    hide_one(state, visible, None)
    for kind in ("avif", "jpg"):
        assert client.get(f"/media/photos/canarytoken/320.{kind}").status_code == 404


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
