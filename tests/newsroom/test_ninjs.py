"""Stories for other newsrooms: valid ninjs 3.1, field by field, and the notice that one was withdrawn."""

import pytest

from articles import workflow
from articles.story import editing, snapshots
from newsroom.models import Page
from tests.builders import HIDDEN, a_story, an_author, in_state
from tests.newsroom.test_feeds import a_full_story

pytestmark = [pytest.mark.django_db, pytest.mark.files]
SITE = "http://testserver"


@pytest.fixture
def ninjs(client):
    def read(slug, status=200):
        response = client.get(f"/articles/{slug}/ninjs.json")
        assert response.status_code == status
        return response.json()

    return read


def faults(validator, item):
    return [f"{list(each.path)}: {each.message}" for each in validator.iter_errors(item)]


def test_a_validator_that_would_pass_anything_proves_nothing(validator):
    assert faults(validator, {"uri": "urn:uuid:x", "firstCreated": "yesterday"})
    assert faults(validator, {"uri": "urn:uuid:x", "signal": "correction"})
    assert not faults(validator, {"uri": "urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8"})


def test_every_fact_of_a_story_stands_where_the_standard_has_it(ninjs, validator, settings):
    settings.NEWSROOM_RIGHTS = "© Newsroom"
    Page.objects.create(name="Ethics", kind="ethics", body="<p>x</p>", is_public=True)
    Page.objects.create(name="Owners", kind="ownership", body="<p>x</p>")
    story = a_full_story(dateline="Samarkand", story_type="analysis")
    item = ninjs("bread-salt-cost-more")
    assert faults(validator, item) == []
    photo = story.lead_photo
    assert item == {
        "uri": story.uid.urn,
        "standard": {
            "name": "ninjs",
            "version": "3.1",
            "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
        },
        "type": "text",
        "representationType": "full",
        "version": "2",
        "versionCreated": story.revisions.get(version=2).made_at.isoformat(),
        "firstCreated": "2026-03-04T04:30:00+00:00",
        "contentCreated": "2026-03-04T04:30:00+00:00",
        "pubStatus": "usable",
        "language": "en",
        "title": "Bread & <salt> cost more",
        "headlines": [
            {"role": "main", "contentType": "text/plain", "value": "Bread & <salt> cost more"}
        ],
        "descriptions": [
            {"role": "dek", "contentType": "text/plain", "value": "Flour is up."},
        ],
        "bodies": [
            {
                "role": "main",
                "contentType": "text/html",
                "value": f'<p>Read <a href="{SITE}/archive/">more</a>.</p>',
                "charCount": 10,
                "wordCount": 2,
            },
            {
                "role": "text",
                "contentType": "text/plain",
                "value": "Read more.",
                "charCount": 10,
                "wordCount": 2,
            },
        ],
        "by": "Jane Doe, Olim Free",
        "located": "Samarkand",
        "people": [
            {"name": "Jane Doe", "rel": "creator", "uri": f"{SITE}/authors/jane-doe/"},
            {"name": "Olim Free", "rel": "creator"},
        ],
        "subjects": [
            {"name": "Economy", "rel": "section", "uri": f"{SITE}/sections/economy/"},
            {"name": "Grain", "rel": "tag", "uri": f"{SITE}/tags/grain/"},
            {"name": "Prices", "rel": "tag", "uri": f"{SITE}/tags/prices/"},
        ],
        "genres": [{"name": "Analysis", "uri": "http://cv.iptc.org/newscodes/genre/Analysis"}],
        "associations": [
            {
                "name": "lead",
                "rel": "lead",
                "uri": photo.uid.urn,
                "type": "picture",
                "by": "J. Doe / Desk",
                "descriptions": [
                    {"role": "caption", "value": "A loaf, <b>cooling</b>"},
                    {"role": "alternative", "value": "A loaf"},
                ],
                "renditions": [
                    {
                        "name": shape,
                        "href": f"{SITE}/media/photos/{photo.token}/{photo.stamp}/{name}.jpg",
                        "contentType": "image/jpeg",
                        "width": wide,
                        "height": high,
                    }
                    for shape, wide, high, name in (
                        ("whole", 640, 427, "640"),
                        ("16x9", 640, 360, "16x9-640"),
                        ("4x3", 569, 427, "4x3-569"),
                        ("1x1", 320, 320, "1x1-320"),
                    )
                ],
            }
        ],
        "altIds": [{"role": "address", "value": f"{SITE}/articles/bread-salt-cost-more/"}],
        "copyrightNotice": "© Newsroom",
        "copyrightHolder": "Newsroom",
        "usageTerms": "AI systems may not be trained on what is published here.",
        "trustIndicators": [
            {
                "role": "https://schema.org/ethicsPolicy",
                "title": "Ethics",
                "href": f"{SITE}/about/ethics/",
            }
        ],
    }


def test_what_is_not_known_has_no_key(ninjs, validator, settings):
    settings.NEWSROOM_RIGHTS = "© Newsroom"
    a_story("Bread", date=None, byline_decision="not_given", source_outlet="Another Outlet")
    item = ninjs("bread")
    assert faults(validator, item) == []
    unknown = {
        "firstCreated",
        "contentCreated",
        "by",
        "people",
        "located",
        "associations",
        "edNote",
        "descriptions",
    }
    assert not unknown & set(item)
    assert not {"copyrightNotice", "copyrightHolder"} & set(item)  # it is another outlet's
    assert item["infoSources"] == [{"name": "Another Outlet", "role": "outlet"}]


def test_a_day_without_a_clock_is_no_moment(ninjs):
    a_story("Bread", date="2026-03-04")
    assert "firstCreated" not in ninjs("bread")


def test_a_small_fix_moves_the_version_and_a_correction_is_said(ninjs, validator, chief):
    story = a_story("Bread")
    first = ninjs("bread")
    editing.save(
        story, snapshots.latest(story) | {"body": "<p>Two</p>"}, version=story.version, by=chief
    )
    story.refresh_from_db()
    workflow.put_live(story, by=chief, kind="small_fix")
    second = ninjs("bread")
    assert (int(second["version"]) > int(first["version"]), "edNote" in second) == (True, False)
    assert second["versionCreated"] > first["versionCreated"]
    workflow.correct(story, by=chief, was="One", now="Two")
    third = ninjs("bread")
    assert faults(validator, third) == []
    assert third["edNote"].endswith(": [One] → [Two]")


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("retracted", "Retracted: It was wrong."),
        ("law", "Legal or privacy reasons"),
        ("kill", "Must not be used by anyone"),
        ("rights", "Rights ended"),
    ],
)
def test_a_withdrawn_story_is_canceled_in_five_keys(ninjs, validator, client, chief, reason, said):
    story = a_story("Bread about Jane Doe", slug="bread", by=[an_author("Jane Doe")])
    editing.save(story, snapshots.latest(story) | {"slug": "loaf"}, version=story.version, by=chief)
    story.refresh_from_db()
    workflow.put_live(story, by=chief, kind="small_fix")
    assert (
        client.get("/articles/bread/ninjs.json").headers["Location"] == "/articles/loaf/ninjs.json"
    )
    workflow.withdraw(
        story,
        by=chief,
        reason=reason,
        wording="Jane Doe asked." if reason != "retracted" else "It was wrong.",
    )
    for slug in ("loaf", "bread"):
        stub = ninjs(slug, status=410)
        assert faults(validator, stub) == []
        assert set(stub) == {"uri", "version", "versionCreated", "pubStatus", "edNote"}
        assert (stub["uri"], stub["pubStatus"], stub["edNote"]) == (story.uid.urn, "canceled", said)


@pytest.mark.parametrize(
    "state", [state for state in HIDDEN if state not in ("withdrawn", "restored")]
)
def test_hidden_stories_answer_like_unknown_ones(client, state):
    a_story("Seen")
    assert client.get("/articles/seen/ninjs.json").status_code == 200
    in_state(state, "Zebra")
    hidden, unknown = (client.get(f"/articles/{slug}/ninjs.json") for slug in ("zebra", "zorro"))
    assert hidden.status_code == unknown.status_code == 404
    assert hidden.content.replace(b"zebra", b"zorro") == unknown.content


def test_a_translation_names_its_original_while_that_is_seen(ninjs, chief):
    first = a_story("Bread")
    a_story("Нон", slug="non", language="uz-Cyrl", translation_of=str(first.uid))
    (original,) = ninjs("non")["associations"]
    assert original == {
        "name": "original",
        "rel": "translationOf",
        "uri": first.uid.urn,
        "type": "text",
    }
    workflow.unpublish(first, by=chief, why="x")
    assert "associations" not in ninjs("non")


def test_it_asks_a_fixed_number_of_queries(client, django_assert_num_queries):
    for number in range(3):
        a_story(f"Bread {number}", slug=f"b{number}", by=[an_author()], tags=["a", f"t{number}"])
        with django_assert_num_queries(3):
            client.get(f"/articles/b{number}/ninjs.json")
