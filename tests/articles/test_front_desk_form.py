"""The screen on which a page is arranged, as an editor fills it, by keyboard and without scripts."""

import pytest
from django.utils import timezone

from articles.front_page import arranging
from articles.models import Arrangement, ArrangementVersion, Breaking
from tests.articles.test_front_desk import lead_of, slot
from tests.builders import a_draft, a_paper, a_person, a_photo, a_story

pytestmark = pytest.mark.django_db
SCREEN = "/admin/articles/arrangement/front/arrange/"


def typed(*rows, base=0, **more):
    fields = {"base": base, "slot-TOTAL_FORMS": len(rows), "slot-INITIAL_FORMS": len(rows)} | more
    for number, row in enumerate(rows):
        fields |= {
            f"slot-{number}-{name}": value
            for name, value in ({"zone": "lead", "rank": 1} | row).items()
        }
    return fields


def test_an_editor_types_an_address_and_publishes_the_page(desk, editor, page):
    a_paper()
    answer = desk(editor).post(
        SCREEN, typed({"story": "/articles/story-3/"}, _publish="1"), follow=True
    )
    assert "version 1 is what readers see now" in answer.content.decode()
    assert lead_of(page("/")) == "story-3"


@pytest.mark.parametrize(
    "address", ["story-3", "http://testserver/articles/story-3/", " /articles/story-3/ "]
)
def test_any_form_of_the_address_will_do(desk, editor, page, address):
    a_paper()
    desk(editor).post(SCREEN, typed({"story": address}, _publish="1"))
    assert lead_of(page("/")) == "story-3"


def test_numbers_put_slots_in_order_and_leave_gaps_automatic(desk, editor):
    a_paper()
    rows = [
        {"zone": "second", "rank": 3, "story": "story-1"},
        {"zone": "second", "rank": 1, "story": "story-2"},
    ]
    desk(editor).post(SCREEN, typed(*rows))
    slots = ArrangementVersion.objects.get().layout["slots"]
    assert [bool(each["story"]) for each in slots] == [True, False, True]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"story": "nowhere"}, "No story has that address."),
        ({"story": "story-1", "photo": "999"}, "No photo of that number"),
        ({"story": "story-1", "photo": "1 OR 1=1"}, "No photo of that number"),
        (
            {"story": "story-1", "begins": "2026-03-04T10:00", "ends": "2026-03-04T09:00"},
            "It ends before it begins.",
        ),
        ({"story": "story-1", "rank": "0"}, "greater than or equal to 1"),
        ({"story": "story-1", "zone": "nowhere"}, "not one of the available choices"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(desk, editor, row, words):
    a_paper(3)
    answer = desk(editor).post(SCREEN, typed(row | {"headline": "My own words"}, _publish="1"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert words in html
    if row.get("zone") is None:
        assert "My own words" in html
    assert not Arrangement.objects.filter(shown_version__gt=0).exists()


def test_a_draft_cannot_be_pinned(desk, editor):
    a_draft("Secret", slug="secret")
    answer = desk(editor).post(SCREEN, typed({"story": "secret"}))
    assert "No story has that address." in answer.content.decode()


def test_who_comes_second_gets_409_keeps_every_word_and_can_save_on_top(desk, editor, page):
    a_paper()
    other = a_person("Editor", username="the-other")
    arranging.save("front", {"slots": [slot(a_story("Theirs"))]}, version=0, by=other, publish=True)
    mine = typed({"story": "story-3", "headline": "My own words"}, base=0, _publish="1")
    answer = desk(editor).post(SCREEN, mine)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "the-other saved version 1 while you were arranging" in html
    assert "My own words" in html
    assert lead_of(page("/")) == "theirs"
    assert 'name="base" value="1"' in html
    assert desk(editor).post(SCREEN, mine | {"base": 1}).status_code == 302
    assert lead_of(page("/")) == "story-3"


def test_the_preview_shows_what_is_typed_and_saves_nothing(desk, editor, page):
    a_paper()
    before = page("/")
    answer = desk(editor).post(
        "/admin/articles/arrangement/front/preview/", typed({"story": "story-3"})
    )
    html = answer.content.decode()
    assert lead_of(html) == "story-3"
    assert "Not saved." in html
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert page("/") == before
    assert not ArrangementVersion.objects.exists()


def test_searching_keeps_what_is_typed(desk, editor):
    a_paper()
    answer = desk(editor).post(
        SCREEN, typed({"story": "story-3", "headline": "Mine"}, _search="1", q="story 7")
    )
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Mine" in html
    assert html.count("data-address") == 1
    assert not ArrangementVersion.objects.exists()


def test_an_old_version_is_looked_at_and_brought_back(desk, editor, page):
    stories = a_paper()
    for number, story in enumerate(stories[:2]):
        arranging.save("front", {"slots": [slot(story)]}, version=number, by=editor, publish=True)
    browser = desk(editor)
    assert (
        lead_of(browser.get("/admin/articles/arrangement/front/version/1/").content.decode())
        == "story-0"
    )
    browser.post("/admin/articles/arrangement/front/version/1/", {"base": 2})
    assert lead_of(page("/")) == "story-1"
    assert ArrangementVersion.objects.get(version=3).note == "Restored from version 1"
    # somebody saved meanwhile
    browser.post("/admin/articles/arrangement/front/version/1/", {"base": 2})
    assert ArrangementVersion.objects.count() == 3


def test_the_form_opens_with_what_was_saved(desk, editor):
    stories, photo = a_paper(), a_photo()
    now = timezone.localtime().replace(second=0, microsecond=0)
    arranging.save(
        "front",
        {
            "slots": [slot(stories[2], headline="Own", photo=photo.sha256, until=now.isoformat())],
            "bands": ["economy"],
        },
        version=0,
        by=editor,
    )
    html = desk(editor).get(SCREEN).content.decode()
    for piece in (
        'value="story-2"',
        'value="Own"',
        f'value="{photo.pk}"',
        f'value="{now:%Y-%m-%dT%H:%M}"',
    ):
        assert piece in html


def test_the_strip_is_put_up_from_the_desk_and_a_mistake_keeps_the_words(desk, editor, page):
    browser = desk(editor)
    end = timezone.localtime() + timezone.timedelta(hours=1)
    fields = {"text": "It has happened", "day": f"{end:%Y-%m-%d}", "clock": f"{end:%H:%M}"}
    wrong = browser.post("/admin/articles/arrangement/breaking/", fields | {"day": "2020-01-01"})
    assert wrong.status_code == 422
    assert 'value="It has happened"' in wrong.content.decode()
    assert not Breaking.objects.exists()
    browser.post("/admin/articles/arrangement/breaking/", fields)
    assert "It has happened" in page("/")


def test_a_reporter_does_not_find_the_screen(desk, reporter):
    assert desk(reporter).get(SCREEN).status_code == 403
    assert "arrangement" not in desk(reporter).get("/admin/").content.decode()
