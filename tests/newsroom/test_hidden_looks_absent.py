"""What is hidden and what is not there answer alike: the same status, the same bytes, after as many queries to the
database. No clock is read here; how long an answer takes follows from what is asked for it."""

import re

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Series
from articles.story import editing
from newsroom.feeds.formats import FORMATS
from newsroom.models import Page
from tests.builders import a_person, a_photo, a_snapshot, a_story, an_author, in_state

pytestmark = pytest.mark.django_db
HIDDEN = ["draft", "scheduled", "spiked", "unpublished"]
ADDRESSES = [
    "/articles/{slug}/",
    "/articles/{slug}/ninjs.json",
    "/api/v1/articles/{slug}",
    "/series/{slug}/",
    "/tags/{slug}/",
    "/authors/{slug}/",
    "/about/{slug}/",
    "/sections/{slug}/",
    "/api/v1/tags/{slug}",
    "/api/v1/authors/{slug}",
    "/api/v1/articles?tag={slug}",
    "/api/v1/articles?author={slug}",
    "/search/?q=tag:{slug}",
    "/search/?q=&author={slug}",
    "/tags/{slug}/?page=2",
    "/tags/{slug}/?page=x",
    "/authors/{slug}/?page=x",
    "/media/photos/{slug}/0123456789ab/320.jpg",
    "/media/photos/{slug}/x/320.jpg",
    "/search/suggest/?q={slug}",
    *(
        f"/{kind}/{{slug}}/feed.{form}"
        for kind in ("tags", "authors", "sections")
        for form in FORMATS
    ),
]


def hide(state):
    """One of each kind that readers never saw, all called "canary"; and what the desk alone knows of them."""
    author = an_author("Canary")
    photo = a_photo(token="canary")
    series = Series.objects.create(name="Canary")
    Page.objects.create(name="Canary", body="<p>Well.</p>", is_public=False)
    return in_state(
        state,
        "Canary",
        slug="canary",
        by=[author],
        tags=["Canary"],
        series=series.slug,
        lead_photo=photo.sha256,
    )


def asked(client, address, method="get", data=None) -> tuple:
    """(status, bytes without the word that was asked for, how many queries)."""
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        answer = getattr(client, method)(address, data)
        transaction.set_rollback(True)
    said = re.sub(rb"(?i)canary|absent|nonce=\S+|csrfmiddlewaretoken\S+ \S+", b"", answer.content)
    return answer.status_code, said, len(queries)


@pytest.mark.parametrize("state", HIDDEN)
def test_readers_cannot_tell_what_is_hidden_from_what_is_not_there(client, state):
    a_story("Seen", by=[an_author("Ada Baker")], tags=["food"])
    hide(state)
    for address in ADDRESSES:
        asked(client, address.format(slug="warming"))  # what is remembered between two requests
        absent, hidden = (asked(client, address.format(slug=slug)) for slug in ("absent", "canary"))
        assert hidden == absent, address


STORY = [
    "change/",
    "history/",
    "delete/",
    "act/publish/",
    "compare/?from=1&to=1",
    "seen/?day=2026-03-04&clock=10:00",
    "unsaved/?work=1",
    "merge/1/",
    "restore/1/",
]
POSTED = [
    "change/",
    "act/submit/",
    "autosave/",
    "here/",
    "discard/",
    "preview/",
    "share/",
    "share/1/revoke/",
    "take/",
    "merge/1/",
    "restore/1/",
    "delete/",
]


@pytest.mark.parametrize("role", ["Contributor", "Reporter"])
def test_the_desk_cannot_be_asked_whether_a_story_of_somebody_else_is_there(role):
    browser = Client()
    browser.force_login(a_person(role))
    hidden = editing.create(a_snapshot("Canary"), by=a_person("Editor")).pk
    for pages, method in ((STORY, "get"), (POSTED, "post")):
        for page in pages:
            there, not_there = (
                asked(browser, f"/admin/articles/article/{key}/{page}", method)
                for key in (hidden, hidden + 7)
            )
            assert there == not_there, (method, page)
            assert there[0] in (403, 404, 405), page
    for batch in ("submit", "add_tag", "publish"):
        address = f"/admin/articles/article/together/{batch}/"
        there, not_there = (
            asked(browser, address, "post", {"_selected_action": key, f"version_{key}": 1})[:2]
            for key in (hidden, hidden + 7)
        )
        assert there == not_there, batch
