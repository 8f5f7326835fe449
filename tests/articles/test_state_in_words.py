"""What the desk says of a story's state is so: who did what to which version, what readers get and when, whose stories
a list holds."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from articles import dashboard, workflow
from articles.story import comparison, editing
from tests.articles.test_acts import working_copy
from tests.articles.test_desk_form import LIST, form_data
from tests.builders import a_draft, a_person, a_photo, a_snapshot, a_story, an_author, in_state

pytestmark = pytest.mark.django_db


def text_of(answer):
    return " ".join(answer.content.decode().split())


def in_days(days):
    return timezone.now() + timedelta(days=days)


def test_putting_live_into_a_story_that_waits_says_that_readers_see_nothing_yet(desk, editor):
    waiting = working_copy(a_story("Waits", at=in_days(80)), headline="Waits, better")
    live = working_copy(a_story("Live"), headline="Live, better")
    at_once = "Readers see the working copy from the moment you press the button."
    text = text_of(desk(editor).get(f"{LIST}{waiting.pk}/act/put_live/"))
    assert at_once not in text
    assert "Readers see nothing before the story goes live; then they see the working copy." in text
    assert at_once in text_of(desk(editor).get(f"{LIST}{live.pk}/act/put_live/"))


def test_the_history_calls_a_scheduling_no_publishing(desk, editor):
    story = a_story("Waits", at=in_days(80))
    for page in ("change", "history"):
        text = text_of(desk(editor).get(f"{LIST}{story.pk}/{page}/"))
        assert "Scheduled" in text
        assert "Published" not in text, page
    published = workflow.publish(a_draft("At once"), by=editor)
    assert [row.get_kind_display() for row in published.revisions.order_by("version")][
        -1
    ] == "Published"


def test_the_panel_says_who_made_the_newest_version_and_when(desk, editor, chief):
    with time_machine.travel("2026-11-29T12:00:00+00:00", tick=False) as clock:
        story = editing.create(
            a_snapshot("Bread") | {"published_on": None, "date_decided": False}, by=editor
        )
        clock.shift(timedelta(minutes=5))
        workflow.publish(story, by=chief, story_date="this_act")
        assert "Version 2, 29 Nov 2026, 17:05 by chief" in text_of(
            desk(editor).get(f"{LIST}{story.pk}/change/")
        )
        clock.shift(timedelta(minutes=5))
        workflow.withdraw(story, by=chief, reason="law")
        text = text_of(desk(editor).get(f"{LIST}{story.pk}/change/"))
        assert "Version 3, 29 Nov 2026, 17:10 by chief" in text


@pytest.mark.parametrize("state", ["withdrawn", "spiked"])
def test_a_locked_story_is_asked_nothing(desk, chief, state):
    text = text_of(desk(chief).get(f"{LIST}{in_state(state, 'Bread').pk}/change/"))
    assert "Stands in the way" not in text
    assert "There is no dek" not in text
    assert "There is no dek" in text_of(desk(chief).get(f"{LIST}{a_draft('Bread').pk}/change/"))


def test_whoever_may_only_look_reads_the_story_and_no_code(desk, chief):
    other = a_story("Other bread")
    story = a_story(
        "Bread",
        by=[an_author("Ada Baker"), "A Guest"],
        tags=["Food"],
        related=[str(other.uid)],
        date="2026-03-04T09:30:00+05:00",
        body="<p>Text <strong>in bold</strong>.</p>",
    )
    workflow.withdraw(story, by=chief, reason="law")
    text = text_of(desk(chief).get(f"{LIST}{story.pk}/change/"))
    assert "<p>Text <strong>in bold</strong>.</p>" in text
    assert "&lt;p&gt;" not in text
    for words in ("Ada Baker; A Guest", "Food", "4 March 2026, 09:30", "Other bread"):
        assert f"<dd>{words}</dd>" in text
    assert str(other.uid) not in text
    assert "Base version" not in text


def test_a_list_of_ones_own_stories_says_nothing_of_the_outlet(desk, contributor, reporter, editor):
    a_story("Somebody else’s")
    own = {
        contributor: "None of your stories went live today yet.",
        reporter: "None of your stories goes live in",
    }
    for person, words in own.items():
        text = text_of(desk(person).get("/admin/"))
        assert words in text
        assert "Nothing went live today yet." not in text
        assert "Nothing is scheduled for the next 24 hours." not in text
        assert ">Live today<" not in text
    text = text_of(desk(editor).get("/admin/"))
    assert ">Live today<" in text
    assert "Nothing is scheduled for the next 24 hours." in text


def test_a_story_that_came_back_stands_first_however_many_were_saved_since(desk, reporter, editor):
    with time_machine.travel("2026-11-29T12:00:00+00:00", tick=False) as clock:
        story = editing.create(a_snapshot("Came back"), by=reporter)
        workflow.submit(story, by=reporter)
        workflow.return_to_writer(story, by=editor, note="The figure is missing.")
        for number in range(dashboard.ROWS + 2):
            clock.shift(timedelta(minutes=1))
            editing.create(a_snapshot(f"Newer {number}"), by=reporter)
        assert [row.headline for row in dashboard.my_drafts(reporter)][:2] == [
            "Came back",
            "Newer 7",
        ]
        assert "The figure is missing." in text_of(desk(reporter).get("/admin/"))
        workflow.submit(story, by=reporter)
        assert "Came back" not in [row.headline for row in dashboard.my_drafts(reporter)]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"series_part": "7"}, "Choose the series this is a part of, or empty the field."),
        (
            {"date_known": "day", "published_day": "2026-03-04", "published_time": "09:30"},
            "You gave a time. Choose “known to the minute”, or empty the field.",
        ),
        (
            {"published_time": "09:30"},
            "You gave a time. Choose “known to the minute”, or empty the field.",
        ),
    ],
)
def test_what_cannot_stand_alone_is_not_dropped_without_a_word(desk, reporter, typed, words):
    draft = editing.create(a_snapshot("Bread"), by=reporter)
    answer = desk(reporter).post(f"{LIST}{draft.pk}/change/", form_data(draft, **typed))
    assert words in text_of(answer)
    draft.refresh_from_db()
    assert draft.version == 1


def test_no_check_and_no_fact_shows_a_key_or_a_code_for_what_has_a_name(desk):
    chief = a_person("Chief editor", is_superuser=True)
    photo = a_photo()
    draft = a_draft("Bread", lead_photo=photo.sha256)
    for address in (
        f"/admin/articles/article/{draft.pk}/change/",
        f"/admin/articles/article/{draft.pk}/act/publish/",
    ):
        html = desk(chief).get(address).content.decode()
        assert "The photo is 640 pixels wide" in html
        assert photo.sha256 not in html
    assert comparison.in_words("language", "uz-Cyrl") == "Ўзбекча"
