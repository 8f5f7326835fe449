"""Faults that a review of the front-page desk found, each with the test that would have caught it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from articles import workflow
from articles.front_page import arranging, curation, layouts
from articles.models import Arrangement, Breaking
from articles.story.transitions import Refused
from tests.articles.test_front_desk import lead_of, publish, slot, stories_on
from tests.articles.test_front_desk_form import SCREEN, typed
from tests.builders import a_paper, a_photo, a_story, an_author, in_state

pytestmark = pytest.mark.django_db
PAST = (timezone.now() - timedelta(days=1)).isoformat()


def test_behind_the_lead_the_next_one_waits_and_nothing_vanishes(editor, page):
    stories, now = a_paper(), timezone.now()
    publish(
        editor, slot(stories[0], until=(now + timedelta(hours=1)).isoformat()), slot(stories[1])
    )
    html = page("/")
    assert lead_of(html) == "story-0"
    with time_machine.travel(now + timedelta(hours=2), tick=False):
        assert lead_of(page("/")) == "story-1"


def test_a_slot_in_a_zone_that_is_not_printed_takes_no_story_away(editor, page):
    stories = a_paper()
    a_story("From the arts", section="Arts")
    publish(
        editor, slot(stories[11], "band:arts"), slot(stories[10], "band:gone"), bands=["economy"]
    )
    shown = stories_on(page("/"))
    assert "story-11" in shown
    assert "story-10" in shown


def test_only_opinions_make_a_page_too(page):
    a_story("I think", story_type="opinion")
    html = page("/")
    assert "Nothing has been published yet" not in html
    assert stories_on(html).count("i-think") == 1


def test_a_slot_whose_time_is_over_keeps_its_place_and_its_section(editor, page):
    stories = a_paper()
    a_story("From the arts", section="Arts", date="2026-01-01")
    publish(editor, slot(stories[0], until=PAST, auto="arts"))
    assert lead_of(page("/")) == "from-the-arts"
    publish(editor, slot(stories[0], "second", until=PAST), slot(stories[1], "second"))
    second = page("/")
    second = second[second.index('class="second"') : second.index('class="latest"')]
    assert stories_on(second)[1] == "story-1"


def test_no_news_stands_in_the_opinion_band(desk, editor, page):
    stories = a_paper()
    publish(editor, slot(zone="opinion", auto="economy"))
    assert 'id="opinion-h"' not in page("/")
    answer = desk(editor).post(SCREEN, typed({"zone": "opinion", "story": stories[0].slug}, base=1))
    assert "That is no opinion" in answer.content.decode()


@pytest.mark.parametrize("address", ["http://[", "//[x", "http://a]b", "\0x", "/" * 300])
def test_malformed_addresses_are_answered_in_words(desk, editor, address):
    browser = desk(editor)
    assert browser.post(SCREEN, typed({"story": address})).status_code == 422
    end = timezone.localtime() + timedelta(hours=1)
    fields = {"text": "Now", "story": address, "day": f"{end:%Y-%m-%d}", "clock": f"{end:%H:%M}"}
    assert browser.post("/admin/articles/arrangement/breaking/", fields).status_code == 422


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "9999-12-31T23:59", "1970-01-01T00:00"])
def test_a_year_that_cannot_be_meant_locks_nobody_out(desk, editor, moment):
    a_paper(3)
    browser = desk(editor)
    assert browser.post(SCREEN, typed({"story": "story-1", "begins": moment})).status_code == 422
    assert browser.get(SCREEN).status_code == 200


def test_words_without_a_story_are_not_dropped(desk, editor):
    answer = desk(editor).post(SCREEN, typed({"headline": "My own words"}, note="For the night"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "These words belong to no story" in html
    assert "My own words" in html
    assert 'value="For the night"' in html


def test_a_story_in_two_places_and_a_full_zone_are_said(desk, editor):
    a_paper()
    rows = [{"zone": "second", "rank": n, "story": f"story-{n}"} for n in range(1, 5)]
    html = desk(editor).post(SCREEN, typed(*rows)).content.decode()
    assert "Beside the lead has 3 places, and they are taken." in html
    rows = [{"story": "story-1"}, {"zone": "second", "story": "story-1"}]
    assert "It stands in Lead already." in desk(editor).post(SCREEN, typed(*rows)).content.decode()


def test_a_pinned_story_that_is_gone_does_not_lock_the_desk(desk, editor, page):
    stories = a_paper()
    publish(editor, slot(stories[0]))
    in_state("withdrawn", story=stories[0])
    answer = desk(editor).post(
        SCREEN, typed({"story": "story-0"}, {"zone": "second", "story": "story-1"}, base=1)
    )
    assert answer.status_code == 302


def test_a_section_takes_its_own_stories_only(desk, editor):
    a_story("From the arts", section="Arts")
    a_paper(2)
    screen = "/admin/articles/arrangement/section/economy/arrange/"
    answer = desk(editor).post(screen, typed({"story": "from-the-arts"}))
    assert "That story stands in Arts." in answer.content.decode()


def test_no_numbers_at_all_leave_every_section_out(desk, editor, page):
    a_paper(20)
    desk(editor).post(SCREEN, typed({"story": "story-1"}, _publish="1") | {"band-economy": "0"})
    assert 'class="row"' not in page("/")


def test_a_strip_never_comes_back_and_never_stands_beside_another(editor, page):
    story = a_story("What happened")
    arranging.put_up("The old line", by=editor, article=story)
    in_state("unpublished", story=story)
    arranging.put_up("The new line", by=editor)
    workflow.publish(story, by=editor)
    html = page("/")
    assert "The old line" not in html
    assert html.count('class="breaking"') == 1


def test_a_line_leads_only_where_readers_can_go(editor):
    with pytest.raises(Refused, match="lead nowhere"):
        arranging.put_up("Now", by=editor, article=a_story(at=timezone.now() + timedelta(hours=1)))


@pytest.mark.parametrize("text", ["\x01", " \u200b\x02 ".replace("\u200b", "")])
def test_a_line_of_nothing_is_refused(desk, editor, text):
    end = timezone.localtime() + timedelta(hours=1)
    fields = {"text": text, "day": f"{end:%Y-%m-%d}", "clock": f"{end:%H:%M}"}
    assert desk(editor).post("/admin/articles/arrangement/breaking/", fields).status_code == 422
    assert not Breaking.objects.exists()


def test_letters_that_grow_when_they_are_normalised_fit_or_are_refused(desk, editor):
    end = timezone.localtime() + timedelta(hours=1)
    fields = {"text": "\u0958" * 160, "day": f"{end:%Y-%m-%d}", "clock": f"{end:%H:%M}"}
    assert desk(editor).post("/admin/articles/arrangement/breaking/", fields).status_code == 422
    a_paper(2)
    assert (
        desk(editor).post(SCREEN, typed({"story": "story-1"}, note="\u0958" * 200)).status_code
        == 302
    )
    assert (
        desk(editor).post(SCREEN, typed({"story": "story-1"}, _search="1", q="\0")).status_code
        == 200
    )


def test_the_fullest_pages_stay_within_their_queries(
    editor, client, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(curation, "NEWEST", 6)
    old = a_story("Old", date="2020-01-01", section="Arts")
    photo = a_photo().sha256
    stories = a_paper()
    a_story("I think", story_type="opinion", by=[an_author()], date="2026-04-01")
    publish(
        editor,
        slot(old, photo=photo),
        slot(zone="second", auto="arts"),
        slot(stories[3], "second", photo=photo),
        bands=["arts", "economy"],
    )
    publish(editor, slot(stories[0], photo=photo), page="section/economy")
    for address, most in (("/", 8), ("/sections/economy/", 5)):
        with django_assert_max_num_queries(most):
            client.get(address)


def test_a_page_is_kept_no_longer_than_the_strip_stands(editor, client):
    arranging.put_up("Now", by=editor, ends_at=timezone.now() + timedelta(seconds=9))
    age = client.get("/").headers["Cache-Control"]
    assert int(age.rpartition("=")[2]) < 10


def test_the_lead_of_a_section_does_not_stand_again_on_its_second_page(editor, page):
    stories = a_paper(45)
    publish(editor, slot(stories[5]), page="section/economy")
    shown = [
        slug
        for number in (1, 2, 3)
        for slug in stories_on(page(f"/sections/economy/?page={number}"))
    ]
    assert len(shown) == len(set(shown)) == 45


def test_the_picture_of_a_slot_that_is_not_due_is_not_public(editor):
    photo, story = a_photo(), a_story()
    publish(
        editor,
        slot(
            story, photo=photo.sha256, **{"from": (timezone.now() + timedelta(days=1)).isoformat()}
        ),
    )
    assert photo.sha256 not in layouts.photos_in_slots()
    assert Arrangement.objects.get().shown["slots"][0]["photo"] == photo.sha256


def test_an_outlet_of_several_languages_has_one_on_each_front_page(editor, page, settings):
    settings.NEWSROOM_LANGUAGES = ["en", "ru"]
    original = a_story("Bread")
    a_story("Хлеб", slug="khleb", language="ru", translation_of=str(original.uid))
    assert stories_on(page("/")) == ["bread"]
    assert stories_on(page("/ru/")) == ["khleb"]
    assert '<link rel="alternate" hreflang="ru" href="http://testserver/ru/">' in page("/")


def test_suspect_layouts_never_break_the_page(editor, page):
    a_paper(3)
    arranging.save(
        "front",
        {
            "slots": [
                {"zone": "nowhere"},
                {"zone": "lead", "story": "not-a-uid", "auto": "gone"},
                {"zone": "lead", "photo": "x" * 64},
            ],
            "bands": ["gone"],
        },
        version=0,
        by=editor,
        publish=True,
    )
    assert lead_of(page("/")) == "story-2"
