"""The photo library on the desk: found, chosen, completed; who may do what; the same work at any size."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Photo
from articles.story import editing, snapshots
from tests.builders import a_draft, a_person, a_photo, a_snapshot, a_story, an_author, in_state
from tests.pictures import a_real_photo, in_text

pytestmark = pytest.mark.django_db
LIBRARY = "/admin/articles/photo/"
STORIES = "/admin/articles/article/"


def words_of(browser, query=""):
    return browser.get(f"{LIBRARY}{query}").content.decode()


def test_photos_are_found_by_any_word_in_any_spelling(desk, reporter):
    a_photo(alt="Ўзбекистон бозори", credit="A. Photographer")
    a_photo(alt="A sack", place="Oʻzbekiston, Termez")
    a_photo(alt="A cart", rights="Agency contract 7")
    browser = desk(reporter)
    for query, found in (
        ("?q=o'zbekiston", ["Ўзбекистон бозори", "A sack"]),
        ("?q=CONTRACT", ["A cart"]),
        ("?q=termez", ["A sack"]),
        ("?q=%25", []),
    ):
        html = words_of(browser, query)
        for alt in ("Ўзбекистон бозори", "A sack", "A cart"):
            assert (f">{alt}</a>" in html) is (alt in found), (query, alt)


def test_filters_show_what_waits_what_is_used_and_what_lapses(desk, reporter):
    today = timezone.localdate()
    used, lead, face = a_photo(alt="In a text"), a_photo(alt="Leads"), a_photo(alt="A face")
    editing.create(a_snapshot(body=in_text(used)), by=reporter)
    a_story(lead_photo=lead.sha256)
    an_author("Ada Baker", portrait=face)
    a_photo(alt="Waits", is_incoming=True)
    a_photo(alt="Ended", rights_until=today - timedelta(days=1), rights_kind="agency")
    a_photo(alt="Ends", rights_until=today + timedelta(days=3), source_type="ai")
    everyone = {"In a text", "Leads", "A face", "Waits", "Ended", "Ends"}
    browser = desk(reporter)
    for query, found in (
        ("?state=used", {"In a text", "Leads", "A face"}),
        ("?state=unused", {"Waits", "Ended", "Ends"}),
        ("?state=incoming", {"Waits"}),
        ("?state=ready", everyone - {"Waits"}),
        ("?rights=lapsed", {"Ended"}),
        ("?rights=lapsing", {"Ends"}),
        ("?rights=agency", {"Ended"}),
        ("?made=ai", {"Ends"}),
        ("?state=x", everyone),
    ):
        html = words_of(browser, query)
        assert {alt for alt in everyone if f">{alt}</a>" in html} == found, query


def test_only_a_ready_photo_can_be_chosen_in_the_popup(desk, reporter):
    ready, waits = a_photo(alt="Ready"), a_photo(alt="Waits", is_incoming=True)
    made_later = a_photo(alt="Later", stamp="")
    html = words_of(desk(reporter), "?_popup=1")
    assert f'data-popup-opener="{ready.pk}"' in html
    for photo in (waits, made_later):
        assert f'data-popup-opener="{photo.pk}"' not in html


def test_the_library_asks_as_much_with_three_photos_as_with_forty(
    desk, reporter, django_assert_max_num_queries
):
    browser, counts = desk(reporter), []
    for number in (3, 37):
        for _ in range(number):
            photo = a_photo()
        a_story(lead_photo=photo.sha256)
        with django_assert_max_num_queries(10) as asked:
            words_of(browser)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_reporter_completes_an_own_photo_and_changes_no_other(desk, reporter, editor):
    own = a_photo(alt="", credit="", is_incoming=True, added_by=reporter)
    others, ready = a_photo(is_incoming=True, added_by=editor), a_photo(added_by=reporter)
    data = {"alt": "A cart", "credit": "Desk", "allowed_use": "any", "focal_x": 5, "focal_y": 5}
    browser = desk(reporter)
    for photo, status in ((own, 302), (others, 403), (ready, 403)):
        assert browser.post(f"{LIBRARY}{photo.pk}/change/", data).status_code == status
    own.refresh_from_db()
    assert (own.alt, own.is_incoming) == ("A cart", False)
    assert browser.post(f"{LIBRARY}{own.pk}/change/", data | {"alt": "Other"}).status_code == 403
    assert (
        desk(editor).post(f"{LIBRARY}{own.pk}/change/", data | {"alt": "Other"}).status_code == 302
    )


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"alt": ""}, "Say what the picture shows, or tick"),
        ({"credit": " "}, "Say whose picture it is."),
        ({"alt": "IMG_0001"}, "That is the file’s name."),
        ({"alt": "img_0001.JPG"}, "That is the file’s name."),
        ({"focal_x": 11}, "less than or equal to 10"),
        ({"focal_x": "x"}, "Enter a whole number"),
        ({"rights_until": "soon"}, "Enter a valid date"),
        ({"allowed_use": "everything"}, "Select a valid choice"),
        ({"alt": "x" * 421}, "at most 420 characters"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(desk, editor, sent, words):
    photo = a_photo(is_incoming=True, file_name="IMG_0001.jpg")
    data = {
        "alt": "A cart",
        "credit": "Desk",
        "allowed_use": "any",
        "focal_x": 5,
        "focal_y": 5,
        "caption": "Typed words",
    }
    html = desk(editor).post(f"{LIBRARY}{photo.pk}/change/", data | sent).content.decode()
    assert words in html
    assert "Typed words" in html
    assert Photo.objects.get().is_incoming


def test_a_decorative_picture_needs_no_description(desk, editor):
    photo = a_photo(alt="", is_incoming=True)
    data = {
        "is_decorative": "on",
        "credit": "Desk",
        "allowed_use": "any",
        "focal_x": 5,
        "focal_y": 5,
    }
    assert desk(editor).post(f"{LIBRARY}{photo.pk}/change/", data).status_code == 302
    assert not Photo.objects.get().is_incoming


def test_used_in_names_stories_working_copies_and_authors_and_keeps_the_photo(desk, editor):
    photo = a_photo()
    a_story("Leads with it", lead_photo=photo.sha256)
    live = a_story("Will have it")
    editing.save(live, a_snapshot("Will have it", body=in_text(photo)), version=live.version)
    an_author("Ada Baker", portrait=photo)
    browser = desk(editor)
    html = browser.get(f"{LIBRARY}{photo.pk}/change/").content.decode()
    for words in ("Leads with it", "Will have it</a> (working copy)", "Portrait of Ada Baker"):
        assert words in html
    answer = browser.post(f"{LIBRARY}{photo.pk}/delete/", {"post": "yes"}).content.decode()
    assert "Working copy of a story: Will have it" in answer
    assert Photo.objects.exists()


def test_the_editor_asks_for_facts_of_photos_it_knows_by_number_or_hash(desk, reporter, client):
    photo = a_photo(alt="A loaf", caption="Own", credit="Desk")
    browser = desk(reporter)
    for query in (f"pk={photo.pk}", f"hash={photo.sha256}"):
        [told] = browser.get(f"{LIBRARY}facts/?{query}").json()["photos"]
        assert (told["hash"], told["words"], told["credit"], told["isReady"]) == (
            photo.sha256,
            "A loaf",
            "Desk",
            True,
        )
    for query in ("pk=x", "hash=zz", "pk=" + "9" * 40, "", "pk=0&hash="):
        assert browser.get(f"{LIBRARY}facts/?{query}").json() == {"photos": []}
    assert client.get(f"{LIBRARY}facts/").status_code == 302


def test_a_story_names_its_photos_by_hash_and_knows_them_in_order():
    one, two = a_photo(), a_photo()
    story = a_draft(lead_photo=two.sha256, body=in_text(one, two))
    assert snapshots.photos_of(snapshots.of_row(story)) == [two.sha256, one.sha256]
    assert [use.photo for use in story.photo_uses.order_by("order")] == [one, two]
    editing.save(story, a_snapshot(body=in_text(two)), version=story.version)
    assert [use.photo for use in story.photo_uses.all()] == [two]


def test_a_photo_that_went_with_a_withdrawn_story_is_no_broken_picture(
    desk, chief, own_disk, django_capture_on_commit_callbacks
):
    """Its renditions are deleted at the withdrawal; the lists and the form say so in its place."""
    photo = a_real_photo()
    with django_capture_on_commit_callbacks(execute=True):
        story = in_state("withdrawn", lead_photo=photo.sha256)
    browser = desk(chief)
    for address in (STORIES, LIBRARY, f"{LIBRARY}?_popup=1"):
        html = browser.get(address).content.decode()
        assert "Taken away</span>" in html, address
        assert f"/{photo.stamp}/" not in html, address
    assert (
        "taken away with a withdrawn story"
        in browser.get(f"{LIBRARY}{photo.pk}/change/").content.decode()
    )
    assert browser.get(f"{LIBRARY}facts/?pk={photo.pk}").json()["photos"][0]["src"] == ""
    with django_capture_on_commit_callbacks(execute=True):
        workflow.restore(story, by=chief, why="test")
        workflow.publish(story, by=a_person("Chief editor"))
    assert f"/{photo.stamp}/1x1" in browser.get(STORIES).content.decode()
