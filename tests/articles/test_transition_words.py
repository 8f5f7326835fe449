"""What acts and lists say: an editor's words, one clock, and for each story why an act is not for it, beforehand."""

import html
import re
from datetime import timedelta

import pytest
from django import forms
from django.utils import timezone, translation
from django.utils.formats import date_format

from articles import workflow
from articles.admin.transition_views import DONE
from articles.models import Article
from articles.story import comparison, corrections, editing, snapshots
from articles.story.transitions import MOVES, NEEDS, why_not
from tests.articles.test_acts import working_copy
from tests.articles.test_desk_form import LIST, form_data
from tests.builders import HIDDEN, a_draft, a_photo, a_snapshot, a_story, in_state, seen, today

pytestmark = pytest.mark.django_db
CODE_WORDS = re.compile(
    r"cannot be moved|is draft\b|in_review|put_live|pull_back|return_to|\bis published now|[ap]\.m\."
)
STATES = [*HIDDEN, "live"]
A_CORRECTION = {"kind": "correction", "was": "340", "now": "430", "shown_at": "foot"}


def complete(headline, **facts):
    return a_draft(headline, summary="A dek.", tags=["food"], date=today(), **facts)


def chosen(browser, action, *stories):
    data = {"action": action, "_selected_action": [story.pk for story in stories], "index": "0"}
    return " ".join(browser.post(LIST, data).content.decode().split())


@pytest.mark.parametrize("state", STATES)
def test_whatever_cannot_be_done_is_said_in_an_editors_words(chief, state):
    story = a_story("Bread") if state == "live" else in_state(state, "Bread")
    for act in MOVES:
        reason = why_not(story, act)
        assert workflow.may(story, act, chief) == (reason == "")
        assert not CODE_WORDS.search(reason)
        assert reason == "" or reason[0].isupper()
        assert reason == "" or reason.endswith(".")
    assert set(NEEDS) <= set(MOVES)


def test_the_step_of_an_act_that_is_over_says_where_the_story_is(desk, editor):
    story = a_story("Bread", date=today())
    text = desk(editor).get(f"{LIST}{story.pk}/act/publish/").content.decode()
    assert "It is live already." in text
    refused = desk(editor).post(f"{LIST}{story.pk}/act/publish/", seen(story)).content.decode()
    assert "It is live already." in refused
    assert not CODE_WORDS.search(re.sub(r"<[^>]*>", "", text + refused))


def test_publishing_many_leaves_out_what_it_is_not_for_and_says_why_beforehand(desk, editor):
    good, live = complete("Good"), a_story("Live already", date=today())
    waits = a_story("Waits", date=today(), at=timezone.now() + timedelta(hours=1))
    spiked = in_state("spiked", "Put aside")
    bare = editing.create(snapshots.blank() | {"headline": "Bare"})
    asked = a_draft("Asked", date=today())
    text = chosen(desk(editor), "publish", good, live, waits, spiked, bare, asked)
    assert re.findall(r'name="_selected_action" value="(\d+)"', text) == [str(good.pk)]
    left = text.partition("Left out")[2]
    for words in (
        "It is live already.",
        "It waits for its time and goes live by itself. Pull it back first.",
        "It is spiked. Revive it first.",
        "Choose a section.",
        "The checks have questions",
    ):
        assert words in left
    assert 'value="Publish 1 of 6"' in text
    assert Article.objects.get(pk=good.pk).status == "draft"


@pytest.mark.parametrize("action", ["submit", "unpublish", "schedule"])
def test_each_act_on_many_does(desk, editor, action):
    live, draft = a_story("Live", date=today()), complete("Draft")
    text = chosen(desk(editor), action, live, draft)
    wanted = live if action == "unpublish" else draft
    assert re.findall(r'name="_selected_action" value="(\d+)"', text) == [str(wanted.pk)]


def test_many_of_which_none_can_be_done_say_so(desk, editor):
    text = chosen(desk(editor), "publish", a_story("Live", date=today()))
    assert "To none of the chosen stories can this be done." in text
    assert re.search(r'type="submit" class="default"[^>]* disabled', text)


def test_and_a_story_that_went_live_meanwhile_is_refused_in_the_same_words(desk, editor):
    story = a_story("Live", date=today())
    sent = {"_selected_action": [story.pk], f"version_{story.pk}": story.version}
    text = desk(editor).post(f"{LIST}together/publish/", sent).content.decode()
    assert "It is live already." in text
    assert not CODE_WORDS.search(re.sub(r"<[^>]*>", "", text))


def test_what_was_done_is_said_in_a_sentence(desk, chief, editor):
    steps = {
        "submit": (complete("Bread"), {}),
        "return_to_writer": (in_state("in review", "Bread"), {"note": "Who?"}),
        "pull_back": (in_state("scheduled", "Bread"), {}),
        "unpublish": (a_story("Bread"), {"why": "x"}),
        "restore": (in_state("withdrawn", "Bread"), {"why": "x"}),
        "spike": (complete("Bread"), {"why": "x"}),
        "revive": (in_state("spiked", "Bread"), {}),
    }
    assert (
        set(steps)
        == set(DONE)
        == set(MOVES) - {"publish", "schedule", "put_live", "correct", "withdraw"}
    )
    for act, (story, data) in steps.items():
        text = desk(chief).post(f"{LIST}{story.pk}/act/{act}/", data, follow=True).content.decode()
        assert f"“Bread” {DONE[act]} Readers do not see it." in text


# --- a correction and its text


@pytest.mark.parametrize(
    ("was", "now", "text", "said"),
    [
        (
            "340",
            "430",
            "It is 340 metres long.",
            ["The text still says “340”.", "The text nowhere says “430”."],
        ),
        ("340", "430", "It is 430 metres long.", []),
        ("We wrote 340 metres.", "It is 430.", "It is 430 metres.", []),
        (
            "We named Ada Baker.",
            "It was Ada Miller.",
            "Ada Baker said so.",
            ["The text still says “Baker”."],
        ),
        ("it is closed", "it is open", "So it is closed.", ["The text still says “it is closed”."]),
        ("it is closed", "it is open", "So it is open.", []),
        # A capital that only begins a sentence makes no name.
        ("Bakers earn 340.", "They earn 430.", "Bakers earn 430.", []),
        (
            "There was Baker.",
            "There was Miller.",
            "There came a man. He met Baker.",
            ["The text still says “Baker”."],
        ),
        ("It was so. Hundreds came.", "It was so. Few came.", "Hundreds of loaves.", []),
        (
            "Baker said so.",
            "Miller said so.",
            "Baker met A. Baker.",
            ["The text still says “Baker”."],
        ),
        ("Он сказал: Много хлеба", "Мало хлеба", "Много соли.", []),
        (
            "Хлеба много в г. Ташкент",
            "В Самарканде",
            "В городе Ташкент.",
            ["The text still says “Ташкент”."],
        ),
        ("NATO bakes", "The UN bakes", "NATO did.", ["The text still says “NATO”."]),
    ],
)
def test_where_a_text_and_its_correction_disagree_is_named(was, now, text, said):
    snapshot = a_snapshot("Bread", body=f"<p>{text}</p>")
    assert corrections.still_said(snapshot, was, now) == said


def test_a_correction_asks_when_the_text_still_says_what_was_wrong(desk, editor, page):
    story = working_copy(
        a_story("Bridge", body="<p>It is 340 metres long.</p>", date=today()),
        body="<p>It is 430 metres long.</p>",
    )
    step, sent = f"{LIST}{story.pk}/act/correct/", A_CORRECTION
    browser = desk(editor)
    assert "I looked" not in browser.get(step).content.decode()
    asked = browser.post(step, sent | seen(story))
    assert asked.status_code == 422
    assert "The text still says “340”." in asked.content.decode()
    text = html.unescape(asked.content.decode())
    assert "The working copy says it right: tick “Put the working copy live with it”." in text
    assert (
        "if what readers see is as it should be, tick “I looked: the text is as it should be”."
        in text
    )
    assert not story.corrections.exists()
    browser.post(step, sent | seen(story) | {"with_working_copy": "on"})
    assert story.corrections.count() == 1
    assert "430 metres" in page(story.get_absolute_url())


def test_whatever_wants_a_tick_names_the_box(desk, editor):
    """No message says "tick this": beside several boxes nobody knows which."""
    live = a_story("Bridge", body="<p>It is 340 metres long.</p>", date=today())
    changed = working_copy(a_story("Bread", date=today()), body="<p>Other bread.</p>", summary="")
    asked = {
        "correct": (live, A_CORRECTION | seen(live)),
        "put_live": (changed, {"kind": "small_fix", "version": changed.version}),
    }
    said = []
    for act, (story, sent) in asked.items():
        answer = desk(editor).post(f"{LIST}{story.pk}/act/{act}/", sent)
        form = answer.context["form"]
        assert answer.status_code == 422
        for name, errors in form.errors.items():
            if isinstance(form.fields[name], forms.BooleanField):
                said += errors
                box = "Seen" if name.startswith("pass_") else form.fields[name].label
                assert all(f"“{box}”" in error for error in errors), errors
    assert len(said) == 4, said  # one box of the text, one of the kind, two of the checks


def test_somebody_who_looked_goes_on(desk, editor):
    story = a_story("Bridge", body="<p>It was 340 in 1990.</p>", date=today())
    sent = A_CORRECTION | {"still_says": "on"}
    desk(editor).post(f"{LIST}{story.pk}/act/correct/", sent | seen(story))
    assert story.corrections.count() == 1
    line = story.log_lines.get(act="correct")
    assert (line.by, line.details["looked_at"]) == (
        editor,
        ["The text still says “340”.", "The text nowhere says “430”."],
    )


def test_a_tick_that_answers_no_question_is_no_fact(desk, editor):
    story = a_story("Bridge", body="<p>It is 430.</p>", date=today())
    sent = A_CORRECTION | {"still_says": "on"}
    desk(editor).post(f"{LIST}{story.pk}/act/correct/", sent | seen(story))
    assert "looked_at" not in story.log_lines.get(act="correct").details


# --- one clock, one name for one thing


@pytest.mark.parametrize("language", ["en", "ru", "uz"])
def test_the_desk_has_one_clock(language):
    moment = timezone.localtime().replace(hour=19, minute=55)
    with translation.override(language):
        for name in ("DATETIME_FORMAT", "TIME_FORMAT", "SHORT_DATETIME_FORMAT"):
            assert "19:55" in date_format(moment, name)


def test_every_screen_that_lists_moments_prints_twenty_four_hours(desk, chief):
    story = a_story("Bread", tags=["food"])
    for path in (
        "/admin/articles/logline/",
        f"/admin/articles/logline/{story.log_lines.first().pk}/change/",
        f"{LIST}{story.pk}/history/",
        f"{LIST}{story.pk}/change/",
        LIST,
        "/admin/",
        "/admin/authors/user/",
        f"/admin/authors/user/{chief.pk}/history/",
    ):
        answer = desk(chief).get(path)
        assert answer.status_code == 200
        assert not re.search(r"\d [ap]\.m\.|\b(?:noon|midnight)\b", answer.content.decode()), path


def test_two_things_of_one_name_are_told_apart_in_a_comparison():
    first, second = a_photo(alt="Photos"), a_photo(alt="Photos")
    before, after = (
        a_snapshot("Bread", lead_photo=first.sha256),
        a_snapshot("Bread", lead_photo=second.sha256),
    )
    (change,) = [
        each for each in comparison.field_changes(before, after) if each.name == "lead_photo"
    ]
    assert change.before != change.after
    assert change.before.startswith("Photos (file ")


def test_a_save_of_what_autosave_had_put_down_says_that_it_is_saved(desk, editor):
    browser = desk(editor)
    story = editing.create(a_snapshot("Begun"), by=editor)
    browser.get(f"{LIST}{story.pk}/change/")
    sent = form_data(story, section=story.section.pk) | {"summary": "A dek."}
    browser.post(f"{LIST}{story.pk}/change/", sent)
    story.refresh_from_db()
    again = form_data(story, section=story.section.pk) | {
        "summary": "A dek.",
        "base_version": story.version,
    }
    text = browser.post(f"{LIST}{story.pk}/change/", again, follow=True).content.decode()
    assert "is saved: all that you typed was in it already." in text
    assert "had no changes" not in text
