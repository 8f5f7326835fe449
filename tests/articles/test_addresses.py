"""An address belongs to one story for ever, and always says what became of it."""

import threading

import pytest
from django.db import connection, connections

from articles import workflow
from articles.models import Address, Article
from articles.story import addresses, editing
from newsroom.foundation.text import is_blank
from tests.builders import HIDDEN, a_draft, a_person, a_snapshot, a_story, in_state
from tests.samples import cases
from tests.sizes import some

pytestmark = pytest.mark.django_db


def test_equal_headlines_get_different_addresses():
    assert [a_story("Bread prices").slug for _ in range(3)] == [
        "bread-prices",
        "bread-prices-2",
        "bread-prices-3",
    ]


@pytest.mark.full_size
@pytest.mark.parametrize("case", some(cases("unicode"), 4))
def test_any_headline_has_an_address_that_answers(case, client):
    headline = " ".join(case["value"].split())[:250]
    # of nothing visible none goes live
    headline = f"x{headline}" if is_blank(headline) else headline
    story = a_story(headline)
    assert client.get(story.get_absolute_url()).status_code == 200


def test_a_draft_reserves_nothing_and_a_live_story_keeps_its_address(editor):
    waiting = a_draft("Bread", slug="bread")
    story = a_story("Bread")
    assert story.slug == "bread"
    workflow.unpublish(story, by=editor, why="x")
    workflow.publish(waiting, by=editor)
    assert waiting.slug == "bread-2"
    workflow.publish(story, by=editor)
    assert story.slug == "bread"


def test_a_renamed_story_answers_301_in_one_hop_from_every_old_address(client, editor):
    story = a_story("First name")
    for name in ("second-name", "third-name"):
        workflow.unpublish(story, by=editor, why="rename")
        editing.save(story, a_snapshot("Named again", slug=name), version=story.version, by=editor)
        workflow.publish(story, by=editor)
    for old in ("first-name", "second-name"):
        response = client.get(f"/articles/{old}/")
        assert (response.status_code, response["Location"]) == (301, "/articles/third-name/")
    assert client.get("/articles/third-name/").status_code == 200
    assert story.addresses.filter(is_current=True).count() == 1


@pytest.mark.parametrize("state", HIDDEN)
def test_a_hidden_story_answers_like_an_unknown_one_and_a_withdrawn_one_says_so(client, state):
    story = in_state(state, "Secret matter")
    response = client.get("/articles/secret-matter/")
    expected = 410 if state in ("withdrawn", "restored") else 404
    assert response.status_code == expected
    text = response.content.decode()
    if expected == 404:
        unknown = client.get("/articles/other-matter/").content.decode()
        assert text == unknown.replace("other-matter", "secret-matter").replace(
            "other matter", "secret matter"
        )
    else:
        assert "This story was withdrawn" in text
        assert "Secret matter" not in text
    assert story.status != Article.Status.PUBLISHED or story.is_scheduled


def test_a_withdrawn_story_answers_410_at_every_address_until_it_is_published_again(
    client, chief, editor
):
    story = a_story("First name")
    workflow.unpublish(story, by=chief, why="rename")
    editing.save(story, a_snapshot("Second", slug="second-name"), version=story.version, by=chief)
    workflow.publish(story, by=chief)
    workflow.withdraw(
        story, by=chief, reason="retracted", wording="We were wrong.", show_title=True
    )
    for slug in ("first-name", "second-name"):
        response = client.get(f"/articles/{slug}/")
        assert response.status_code == 410
        assert "We were wrong." in response.content.decode()
        assert "“Second”" in response.content.decode()
    workflow.restore(story, by=chief, why="mistake")
    assert client.get("/articles/second-name/").status_code == 410
    workflow.publish(story, by=editor)
    assert client.get("/articles/second-name/").status_code == 200
    assert client.get("/articles/first-name/").status_code == 301


def published_at_once(drafts, chief) -> list[Exception]:
    """What went wrong when everybody published one of them at the same moment."""
    barrier, errors = threading.Barrier(len(drafts)), []

    def publish(draft):
        try:
            barrier.wait()
            workflow.publish(draft, by=chief)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=publish, args=(draft,)) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


@pytest.mark.full_size
@pytest.mark.django_db(transaction=True)
def test_b11_fifty_equal_headlines_published_at_once_get_fifty_addresses(client, figure):
    drafts = [a_draft("Same words") for _ in range(50)]
    errors = published_at_once(drafts, a_person("Chief editor"))
    slugs = set(Article.objects.live().values_list("slug", flat=True))
    assert errors == []
    assert len(slugs) == Address.objects.count() == 50
    assert {client.get(f"/articles/{slug}/").status_code for slug in slugs} == {200}
    figure(
        f"50 equal headlines published at once ({connection.vendor}): {len(slugs)} addresses, {len(errors)} errors"
    )


@pytest.mark.django_db(transaction=True)
def test_b11_the_twin_without_the_table_gives_one_address_to_several(monkeypatch):
    monkeypatch.setattr(addresses, "reserve", lambda article, path: True)
    drafts = [a_draft("Same words") for _ in range(5)]
    published_at_once(drafts, a_person("Chief editor"))
    assert len(set(Article.objects.live().values_list("slug", flat=True))) == 1
