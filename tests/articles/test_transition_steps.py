"""The steps' forms: what they ask, what they hide, and that nothing goes out that nobody meant."""

import io
import re

import lxml.html
import pytest
from PIL import Image

from articles import workflow
from articles.admin.bulk_actions import BATCHES
from articles.forms import transitions
from articles.models import Photo
from articles.models.article import ArticleQuerySet
from articles.models.gate import GatedLinkQuerySet
from articles.pictures.incoming import rendition_folder
from articles.pictures.uploads import add_photo
from articles.story.transitions import MOVES
from newsroom.withdrawal import prove
from tests.articles.test_acts import working_copy
from tests.articles.test_desk_form import LIST
from tests.builders import a_draft, a_person, a_story, an_author, in_state, seen, today

pytestmark = pytest.mark.django_db


def test_a_note_to_readers_leaves_a_colleagues_working_copy_alone(desk, editor, chief, page):
    story = working_copy(a_story("Bread"), by=chief, body="<p>Half a senten</p>")
    step = f"{LIST}{story.pk}/act/correct/"
    assert "Put the working copy live with it" in desk(editor).get(step).content.decode()
    desk(editor).post(
        step, seen(story) | {"kind": "editors_note", "text": "We talked to the baker."}
    )
    text = page(story.get_absolute_url())
    assert "We talked to the baker." in text
    assert "Half a senten" not in text
    story.refresh_from_db()
    assert story.has_working_copy
    desk(editor).post(
        step, seen(story) | {"kind": "editors_note", "text": "Again.", "with_working_copy": "on"}
    )
    assert "Half a senten" in page(story.get_absolute_url())


def test_what_the_form_hides_for_a_kind_is_not_printed(desk, editor, page):
    story = working_copy(a_story("Bread"), headline="Bread, clearer")
    hidden = {
        "kind": "clarification",
        "text": "Clearer now.",
        "was": "Typed before",
        "now": "Typed before too",
    }
    desk(editor).post(f"{LIST}{story.pk}/act/put_live/", seen(story) | hidden)
    text = page(story.get_absolute_url())
    assert "Clearer now." in text
    assert "Typed before" not in text


@pytest.mark.parametrize("act", ["publish", "schedule"])
def test_a_step_that_readers_see_says_which_version_was_read(desk, editor, act):
    draft = a_draft("Bread")
    sent = seen(draft) | {"day": "2030-01-01", "clock": "10:00"}
    del sent["version"]
    answer = desk(editor).post(f"{LIST}{draft.pk}/act/{act}/", sent)
    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_a_step_that_wants_more_says_so_aloud(desk, editor):
    answer = desk(editor).post(
        f"{LIST}{a_draft('Bread', date=today()).pk}/act/publish/", {"version": 1}
    )
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert "2 things below still want an answer." in " ".join(answer.content.decode().split())


def test_who_is_said_to_agree_with_a_retraction_is_in_the_logbook(editor, chief):
    story = a_story("Bread")
    workflow.correct(
        story, by=editor, kind="retraction", text="We take it back.", agreed_with=chief
    )
    assert story.log_lines.get(act="correct").details["said_to_agree"] == "chief"


def test_the_proof_is_not_blind_when_the_headline_may_be_shown(chief, monkeypatch):
    story = a_story(
        "Bread & butter #1",
        body="<p>A sentence that nobody else would write here.</p>",
        tags=["food"],
    )
    workflow.withdraw(story, by=chief, reason="retracted", wording="Not so.", show_title=True)
    assert prove(story).traces == []
    monkeypatch.setattr(ArticleQuerySet, "live", lambda self, at=None: self)
    monkeypatch.setattr(GatedLinkQuerySet, "live", lambda self, at=None: self)
    traces = prove(story).traces
    assert any("/tags/food/ links to" in trace for trace in traces)
    assert any("Bread & butter #1” stands on /tags/food/" in trace for trace in traces)
    assert any("/search/?q=Bread+%26+butter+%231" in trace for trace in traces)


def test_a_picture_that_went_with_a_story_comes_back_with_a_portrait(
    client, chief, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    raw = io.BytesIO()
    Image.new("RGB", (64, 48), "white").save(raw, "PNG")
    photo = Photo.objects.get(pk=add_photo(raw.getvalue(), alt="A white wall", credit="Desk").pk)
    story = a_story("With a picture", lead_photo=photo.sha256)
    with django_capture_on_commit_callbacks(execute=True):
        workflow.withdraw(story, by=chief, reason="rights")
    assert not rendition_folder(photo).exists()
    a_story("Signed", by=[an_author("Ada Baker", portrait=photo)])
    assert client.get(f"/media/photos/{photo.token}/{photo.stamp}/64.jpg").status_code == 200


def test_the_line_of_a_correction_speaks_of_no_update(desk, chief):
    page = desk(chief).get(f"/admin/articles/article/{a_story().pk}/act/correct/").content.decode()
    assert "For a correction it may stay empty" in page
    assert "For an update" not in page


# Each act, and the stories on which its step asks for something else: (act, state).
STEPS = [
    ("submit", "draft"),
    ("return_to_writer", "in review"),
    ("publish", "draft"),
    ("publish", "unpublished"),
    ("schedule", "draft"),
    ("schedule", "unpublished"),
    ("pull_back", "scheduled"),
    ("put_live", "working copy"),
    ("put_live", "early"),
    ("correct", "live"),
    ("correct", "working copy"),
    ("unpublish", "live"),
    ("withdraw", "live"),
    ("restore", "withdrawn"),
    ("spike", "draft"),
    ("revive", "spiked"),
]


def labels_of(html: str) -> dict[str, tuple[str, str]]:
    """{name, or name and value of one among several: (kind, the words of its label)} of what a step asks."""
    page = lxml.html.fromstring(html)
    ids = set(page.xpath("//@id"))
    found = {}
    for form in page.xpath("//div[contains(@class, 'step')]//form"):
        for field in form.xpath(
            ".//input[not(@type='hidden' or @type='submit')] | .//select | .//textarea"
        ):
            said = [] if field.label is None else [field.label]
            words = [
                " ".join(label.text_content().split())
                for label in [*said, *field.xpath("ancestor::label")]
            ]
            kind = field.get("type", field.tag)
            group = field.xpath("ancestor::fieldset/legend") if kind == "radio" else [field]
            assert group, f"{field.name}: nothing says what is chosen among"
            assert set((field.get("aria-describedby") or "").split()) <= ids, field.name
            key = f"{field.name} {field.get('value')}" if kind == "radio" else field.name
            found[key] = (kind, words[0] if words else "")
    return found


def wrong_with(labels: dict[str, tuple[str, str]]) -> list[str]:
    """What a colleague who reads the labels alone would not know."""
    said = [words for kind, words in labels.values() if kind != "radio"]
    wrong = [f"{words} is said twice" for words in set(said) if said.count(words) > 1]
    for name, (kind, words) in labels.items():
        if not any(letter.isalpha() for letter in words):
            wrong.append(f"{name} has no label")
        elif kind == "checkbox" and len(words.split()) < 3:
            wrong.append(f"{name}: “{words}” does not say what happens when it is ticked")
        elif "_" in words:
            wrong.append(f"{name}: “{words}” is a word of the code")
    return wrong


def test_every_box_and_field_of_a_step_says_what_it_does(desk):
    chief = a_person("Chief editor", is_superuser=True)
    assert {act for act, _ in STEPS} >= MOVES.keys()
    facts = {"body": "<p>They have teh oven.</p>", "by": [an_author()]}
    stories = {
        "live": a_story("live", **facts),
        "working copy": working_copy(a_story("copied", **facts), headline="Anew"),
    }
    stories["early"] = working_copy(in_state("scheduled", "early", **facts), headline="Anew")
    browser, asked = desk(chief), 0
    for act, state in STEPS:
        if state not in stories:
            stories[state] = in_state(state, state, **facts)
        address = f"{LIST}{stories[state].pk}/act/{act}/"
        for answer in (
            browser.get(address),
            browser.post(address, {"version": stories[state].version}),
        ):
            if answer.status_code == 302:  # it asks for nothing
                continue
            labels = labels_of(answer.content.decode())
            assert wrong_with(labels) == [], (act, state)
            asked += len(labels)
    for action in BATCHES:
        sent = {"action": action, "_selected_action": [stories["draft"].pk, stories["live"].pk]}
        labels = labels_of(browser.post(LIST, sent).content.decode())
        assert wrong_with(labels) == [], action
        asked += len(labels)
    assert asked > 60


def test_a_label_that_says_nothing_is_found():
    page = """<div class="step"><form><p><label for="a">Confirm</label><input type="checkbox" name="a" id="a"></p>
        <p><label for="b">still_says</label><input type="text" name="b" id="b"></p>
        <p><label for="c">Note</label><textarea name="c" id="c"></textarea></p>
        <p><label for="d">Note</label><input name="d" id="d"></p><p><select name="e"></select></p></form></div>"""
    assert wrong_with(labels_of(page)) == [
        "Note is said twice",
        "a: “Confirm” does not say what happens when it is ticked",
        "b: “still_says” is a word of the code",
        "e has no label",
    ]


def test_what_the_stylesheet_hides_of_a_step_is_a_field_of_one(settings):
    """A field is hidden by its name: under another name it would be asked of everybody."""
    style = settings.BASE_DIR / "newsroom/static/newsroom/desk/story.css"
    named = set(re.findall(r"\.field--(\w+)", style.read_text("utf-8")))
    assert "was" in named
    assert named <= {name for form, *_ in transitions.STEPS.values() for name in form.base_fields}
