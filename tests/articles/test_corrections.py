"""Corrections: what was wrong and what is right, told for good; and the alarm against silent edits."""

import pytest

from articles import workflow
from articles.forms.transitions import PutLiveForm
from articles.models import Correction
from articles.models.append_only import Unchangeable
from articles.story import corrections, editing, snapshots
from tests.articles.test_acts import working_copy
from tests.builders import a_person, a_section, a_story, in_state, seen

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"


def corrected(story, by, **facts):
    defaults = {"was": "Bread is up 48%.", "now": "Bread is up 4.8%."}
    return workflow.correct(story, by=by, **defaults | facts)


def test_a_correction_puts_the_right_text_live_and_says_what_was_wrong(editor, page, client):
    story = working_copy(a_story("Bread", body="<p>Up 48%.</p>"), body="<p>Up 4.8%.</p>")
    before = story.shown_version
    corrected(story, editor)
    text = page(story.get_absolute_url())
    for words in (
        "Up 4.8%.",
        "Bread is up 48%.",
        "Bread is up 4.8%.",
        "What was wrong",
        "Corrected",
    ):
        assert words in text
    assert "Bread is up 48%." in page("/corrections/")
    record = story.corrections.get()
    assert (record.before.version, record.after.version) == (before, story.shown_version)
    assert record.before.snapshot["body"] == "<p>Up 48%.</p>"
    assert (record.made_by, record.agreed_with, story.updated_at is not None) == (
        editor,
        None,
        True,
    )


def test_a_grave_one_stands_under_the_dek_and_a_small_one_at_the_foot(editor, page):
    story = a_story("Bread")
    corrected(story, editor, shown_at="foot")
    foot = page(story.get_absolute_url())
    assert foot.index('href="#changes"') < foot.index('class="body"') < foot.index("What was wrong")
    corrected(story, editor, shown_at="top", was="Worse", now="Better")
    top = page(story.get_absolute_url())
    assert top.index("Worse") < top.index('class="body"')


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"was": ""}, "what was wrong"),
        ({"kind": "clarification"}, "Write the line"),
        ({"kind": "editors_note", "text": " "}, "Write the line"),
        ({"kind": "retraction", "text": "We take it back."}, "second person"),
        ({"kind": "small_fix"}, "Choose what it is"),
    ],
)
def test_a_record_says_what_it_has_to_say_or_is_refused(editor, facts, sentence):
    story = a_story("Bread")
    with pytest.raises(workflow.Refused, match=sentence):
        corrected(story, editor, **facts)
    assert not story.corrections.exists()


def test_a_retraction_names_a_second_person(editor, chief, reporter):
    story = a_story("Bread")
    for approver in (editor, reporter):
        with pytest.raises(workflow.Refused, match="second person"):
            corrected(
                story, editor, kind="retraction", text="We take it back.", agreed_with=approver
            )
    corrected(story, editor, kind="retraction", text="We take it back.", agreed_with=chief)
    assert story.corrections.get().agreed_with == chief


def test_who_told_us_is_never_public(editor, page):
    story = a_story("Bread")
    corrected(story, editor, reported_by="canaryreporter")
    assert "canaryreporter" not in page(story.get_absolute_url()) + page("/corrections/")


def test_a_wrong_correction_is_met_by_another(editor, page):
    story = a_story("Bread")
    corrected(story, editor)
    first = story.corrections.get()
    for attempt in (
        first.save,
        first.delete,
        story.corrections.all().delete,
        lambda: Correction.objects.update(now="x"),
        lambda: Correction._base_manager.all().delete(),
    ):
        with pytest.raises(Unchangeable):
            attempt()
    corrected(story, editor, was="We wrote 4.8%.", now="It is 5%.", answers=first)
    assert story.corrections.newest_first().first().answers == first
    text = page("/corrections/")
    assert text.index("It is 5%.") < text.index("Bread is up 4.8%.")


def test_the_page_lists_by_month_and_says_how_to_report_an_error(editor, page):
    assert "No correction has been published yet." in page("/corrections/")
    corrected(a_story("Bread"), editor)
    text = page("/corrections/")
    assert "Found an error?" in text
    assert '<h2 class="month">' in text
    page("/corrections/?page=2", 404)
    page("/corrections/?page=x", 404)


@pytest.mark.parametrize("state", ["unpublished", "withdrawn", "restored"])
def test_the_corrections_of_a_hidden_story_are_hidden(editor, page, state):
    a_section("Economy")
    before = page("/corrections/")
    story = a_story("Canary")
    corrected(story, editor, was="canarywas", now="canarynow")
    in_state(state, story=story)
    assert page("/corrections/") == before


def test_a_retracted_story_is_listed_only_when_its_title_may_be_shown(chief, page):
    hidden, named = a_story("Hidden one"), a_story("Named one")
    workflow.withdraw(hidden, by=chief, reason="retracted", wording="We were wrong about it.")
    assert "We were wrong" not in page("/corrections/")
    workflow.withdraw(
        named, by=chief, reason="retracted", wording="It was not so.", show_title=True
    )
    text = page("/corrections/")
    assert "Named one" in text
    assert "It was not so." in text
    assert "Hidden one" not in text


def test_what_was_put_right_before_stays_on_record_unless_it_went_for_another_reason(
    chief, editor, page
):
    for reason, stays in (("retracted", True), ("law", False), ("rights", False)):
        story = a_story(f"Gone {reason}")
        corrected(story, editor, was=f"was {reason}", now="now")
        workflow.withdraw(story, by=chief, reason=reason, wording="It was not so.", show_title=True)
        assert (f"was {reason}" in page("/corrections/")) is stays


# --- the silent-edit alarm


def presets(before, after):
    story = working_copy(a_story(before.pop("headline", "Bread"), **before), **after)
    form = PutLiveForm(article=story, person=a_person("Editor"))
    return form.initial.get("kind"), form.alarms


@pytest.mark.parametrize(
    ("old", "new", "small", "alarm"),
    [
        ("Bread is up", "Bread is up.", True, ""),
        ("Bread  is up,and dear", "Bread is up, and dear", True, ""),
        ("Bread is up", "<strong>Bread</strong> is up", True, ""),
        ("Up 48% now", "Up 52% now", False, "A number changed: 48% → 52%."),
        ("Up 4.8 points", "Up 48 points", False, "A number changed: 4.8 → 48."),
        ("Up 48%", "Up 48", False, "A number changed"),
        ("at 5 degrees", "at -5 degrees", False, "A number changed: 5 → -5."),
        (
            "he met Akmalkhuja",
            "he met Akmalkhoja",
            False,
            "A name changed: Akmalkhuja → Akmalkhoja.",
        ),
        (
            "it was so. Bakers earn more",
            "it was so. Millers earn more",
            False,
            "The first word of a sentence changed, and may be a name: Bakers → Millers.",
        ),
        (
            "Akmalkhuja said so, says Akmalkhuja",
            "Rahimov said so, says Akmalkhuja",
            False,
            "A name changed: Akmalkhuja → Rahimov.",
        ),
        (
            "he said: “so it was.” Bakers earn more",
            "he said: “so it was.” Millers earn more",
            False,
            "The first word of a sentence changed",
        ),
        (
            "The bread is dear, for the baker",
            "A bread is dear, for the baker has a shop",
            False,
            "",
        ),
        ("he met Mr. Baker", "he met Mr. Miller", False, "A name changed: Baker → Miller."),
        ("he did steal it", "he did not steal it", False, "A negation changed: nothing → not."),
        ("he can do it", "he can’t do it", False, "A negation changed"),
        ("он придёт", "он не придёт", False, "A negation changed"),
        ("bread is dear", "bread is cheap", False, ""),
        ("a loss of -$5m", "a loss of $5m", False, None),
        ("up .5%", "up 5%", False, None),
        ("at –5 degrees", "at 5 degrees", False, None),
        ("for 100 €", "for 100 $", False, None),
        ("under <5%".replace("<", "&lt;"), "under &gt;5%", False, None),
        ("aged 65+", "aged 65", False, None),
        ("5×6", "5÷6", False, None),
        ('<a href="https://a.example">x</a>', '<a href="https://b.example">x</a>', False, None),
    ],
)
def test_only_space_and_punctuation_are_taken_for_a_small_fix(old, new, small, alarm):
    kind, alarms = presets({"body": f"<p>{old}</p>"}, {"body": f"<p>{new}</p>"})
    assert (kind == "small_fix") == small
    if alarm is not None:
        assert any(alarm in each for each in alarms) if alarm else alarms == []


@pytest.mark.parametrize(
    ("change", "small"),
    [
        ({"tags": []}, True),
        ({"search_title": "x"}, False),
        ({"bylines": [{"name": "B"}]}, False),
        ({"published_on": "2026-03-05"}, False),
        ({"headline": "Other"}, False),
        ({"summary": "Dek"}, False),
    ],
)
def test_who_signs_and_which_day_it_was_is_never_a_small_fix_beforehand(change, small):
    kind, _ = presets({"tags": ["food"]}, change)
    assert (kind == "small_fix") == small


def test_the_step_shows_the_word_diff_and_asks(desk, editor, page):
    story = working_copy(a_story("Bread", body="<p>Up 48%.</p>"), body="<p>Up 52%.</p>")
    browser, address = desk(editor), f"{LIST}{story.pk}/act/put_live/"
    text = browser.get(address).content.decode()
    assert "48</del>" in text
    assert "What kind of change is it?" in text
    assert "A number changed: 48% → 52%." in text
    for missing in (
        {},
        {"kind": "small_fix"},
        {"kind": "update"},
        {"kind": "correction", "was": "x"},
    ):
        assert browser.post(address, seen(story) | missing).status_code == 422
        assert "Up 48%." in page(story.get_absolute_url())
    facts = {"kind": "correction", "was": "48%", "now": "52%", "shown_at": "foot"}
    answer = browser.post(address, seen(story) | facts, follow=True)
    assert "is live" in answer.content.decode()
    assert "Up 52%." in page(story.get_absolute_url())


def test_a_correction_without_a_change_of_text_has_its_own_step(desk, editor, page):
    story = a_story("Bread")
    browser, address = desk(editor), f"{LIST}{story.pk}/act/correct/"
    assert "A record of this kind is never changed" in browser.get(address).content.decode()
    browser.post(
        address, seen(story) | {"kind": "editors_note", "text": "We talked to the baker twice."}
    )
    assert "We talked to the baker twice." in page(story.get_absolute_url())


def test_the_alarm_compares_what_readers_see_with_what_they_would_see():
    story = a_story("Bread", body="<p>Up 1.</p>")
    editing.save(story, snapshots.latest(story) | {"body": "<p>Up 2.</p>"}, version=story.version)
    editing.save(
        story,
        snapshots.latest(story) | {"body": "<p>Up 1.</p>", "tags": []},
        version=story.version + 1,
    )
    assert corrections.telling_changes(snapshots.of_row(story), snapshots.latest(story)) == []
