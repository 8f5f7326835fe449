"""A day of each role, from the dashboard to the end of its work, by presses at the places where buttons are seen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Arrangement, Article, Correction, Photo
from articles.story import editing
from tests.builders import a_person, a_section, a_snapshot, a_story, an_author
from tests.journeys.mouse import Mouse, NotReached
from tests.pictures import a_picture, a_real_photo

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_disk")]
WIDE, PHONE = {"width": 1400, "height": 800}, {"width": 390, "height": 844}


@pytest.fixture
def at_the_desk(logged_in):
    """`at_the_desk(person, window)`: (the page, a hand on its mouse)."""

    def opened(person, window=WIDE):
        page = logged_in(person)
        page.goto("/admin/")
        page.set_viewport_size(window)
        return page, Mouse(page)

    return opened


def tick_the_questions(page, mouse):
    for box in page.locator("input[type=checkbox][name^=pass_]").all():
        mouse.press(box)


def act(page, mouse, name, *, is_in_more=False):
    """From the form to the step of an act."""
    if is_in_more:
        mouse.press(".more-acts summary")
    mouse.press_to_leave(f"input[name=_{name}]")
    assert page.url.endswith(f"/act/{name}/")


def done(page, mouse):
    """The one button of a step; back on the story, with what happened."""
    mouse.press_to_leave(".step .submit-row input.default")
    return page.inner_text(".messagelist")


def write_a_story(mouse, headline, text):
    mouse.write("#id_headline", headline)
    mouse.press(".field-body .ProseMirror[contenteditable]")
    mouse.page.keyboard.type(text)


@pytest.mark.parametrize("window", [WIDE, PHONE], ids=["1400 px", "390 px"])
def test_a_contributor_writes_and_submits(at_the_desk, window):
    a_section("Economy")
    writer = a_person("Contributor", username="writer")
    page, mouse = at_the_desk(writer, window)
    mouse.press_to_leave("text=New story")
    write_a_story(mouse, "Bread is up", "A loaf costs more.")
    mouse.choose("#id_byline_decision", "Staff: signed by the newsroom")
    mouse.choose("#id_section", "Economy")
    act(page, mouse, "submit")
    mouse.write("[name=note]", "Please read the figures")
    assert "in review" in done(page, mouse)
    story = Article.objects.get()
    assert (story.status, story.headline, story.body) == (
        "in_review",
        "Bread is up",
        "<p>A loaf costs more.</p>",
    )
    assert page.troubles == []


def test_a_reporter_gives_a_story_names_and_a_photo_and_mends_what_came_back(at_the_desk):
    a_section("Economy")
    an_author("Ada Baker")
    reporter, editor = a_person("Reporter", username="reporter"), a_person("Editor")
    photo = a_real_photo()
    page, mouse = at_the_desk(reporter)
    mouse.press_to_leave("text=New story")
    write_a_story(mouse, "Bread is up", "A loaf costs more.")
    mouse.choose("#id_byline_decision", "The names below")
    mouse.press(".field-author .select2-selection")
    page.keyboard.type("Ada")
    mouse.press(".select2-results__option:has-text('Ada Baker')")
    mouse.press(".inline-group .add-row a")
    mouse.write("#id_bylines-1-name", "Somebody Else")
    mouse.press("#bylines-1 .inline-deletelink")
    mouse.choose("#id_section", "Economy")
    with page.expect_popup() as library:
        mouse.press("#lookup_id_lead_photo")
    with library.value.expect_event("close"):
        Mouse(library.value).press(".choose")
    page.wait_for_selector(".photo-chosen:not([hidden])")
    act(page, mouse, "submit")
    done(page, mouse)
    story = Article.objects.get()
    assert [row.printed_name for row in story.bylines.all()] == ["Ada Baker"]
    assert story.lead_photo == photo
    workflow.return_to_writer(story, by=editor, note="How much is it?")
    page.goto("/admin/")
    mouse.press_to_leave(".desk-story")
    mouse.press(".field-body .ProseMirror[contenteditable] p")
    page.keyboard.press("Control+End")
    page.keyboard.type(" It is 500.")
    act(page, mouse, "submit")
    done(page, mouse)
    story.refresh_from_db()
    assert (story.status, "It is 500." in story.body) == ("in_review", True)
    assert page.troubles == []


@pytest.mark.parametrize("window", [WIDE, PHONE], ids=["1400 px", "390 px"])
def test_an_editor_takes_returns_schedules_publishes_and_corrects(at_the_desk, window):
    writer = a_person("Contributor")
    waiting = {
        name: workflow.submit(editing.create(a_snapshot(name, date=None), by=writer), by=writer)
        for name in ("Too short", "For tomorrow", "For now")
    }
    page, mouse = at_the_desk(a_person("Editor", username="editor"), window)
    mouse.press_to_leave(".desk-story:has-text('Too short')")
    mouse.press_to_leave(".take input[type=submit]")
    assert "editor reads it." in page.inner_text(".side-panel")
    act(page, mouse, "return_to_writer", is_in_more=True)
    mouse.write("[name=note]", "Say how much it is")
    assert "draft" in done(page, mouse)

    mouse.press_to_leave("text=Home")
    mouse.press_to_leave(".desk-story:has-text('For tomorrow')")
    act(page, mouse, "schedule")
    # the browser draws its own calendar
    page.fill("[name=day]", f"{timezone.localdate() + timedelta(days=1)}")
    page.fill("[name=clock]", "09:30")
    tick_the_questions(page, mouse)
    assert "goes live on" in done(page, mouse)

    mouse.press_to_leave("text=Home")
    mouse.press_to_leave(".desk-story:has-text('For now')")
    act(page, mouse, "publish")
    tick_the_questions(page, mouse)
    assert "is live" in done(page, mouse)

    mouse.press(".field-body .ProseMirror[contenteditable] p")
    page.keyboard.press("Control+End")
    page.keyboard.type(" By a tenth.")
    mouse.press_to_leave("input[name=_continue]")
    act(page, mouse, "correct", is_in_more=True)
    mouse.press("input[name=kind][value=correction]")
    mouse.press("[name=with_working_copy]")
    mouse.write("[name=was]", "Bread was up")
    mouse.write("[name=now]", "Bread is up by a tenth")
    tick_the_questions(page, mouse)
    done(page, mouse)
    states = {name: Article.objects.get(pk=story.pk) for name, story in waiting.items()}
    assert states["Too short"].status == "draft"
    assert states["For tomorrow"].is_scheduled
    assert states["For now"].is_live
    assert "By a tenth." in states["For now"].body
    assert Correction.objects.get().article == states["For now"]
    assert page.troubles == []


def test_a_photo_editor_uploads_gives_words_and_replaces(at_the_desk):
    page, mouse = at_the_desk(a_person("Editor"))
    mouse.press_to_leave("#content-main a:text-is('Photos')")
    files = [
        {"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": a_picture((600 + n, 400))}
        for n in (1, 2)
    ]
    mouse.give("#choose-photos", *files)
    page.wait_for_selector("text=2 of 2 files are new in the library.")
    mouse.press_to_leave("#drop-photos li:first-child a")
    mouse.write("#id_alt", "A green wall")
    mouse.write("#id_credit", "A. Photographer")
    mouse.press_to_leave("input[name=_save]")
    mouse.press_to_leave(".photo-words a:has-text('A green wall')")
    mouse.press_to_leave("text=Replace the file")
    mouse.give(
        "#id_file", {"name": "3.jpg", "mimeType": "image/jpeg", "buffer": a_picture((900, 500))}
    )
    mouse.press_to_leave("input[value=Replace]")
    assert "exchanged wherever it stands" in page.inner_text(".messagelist")
    photo = Photo.objects.get(alt="A green wall")
    assert (photo.is_incoming, photo.credit, photo.width) == (False, "A. Photographer", 900)
    assert page.troubles == []


def test_a_chief_editor_arranges_the_front_page_withdraws_and_restores(at_the_desk):
    first, wrong = a_story("Leads the page"), a_story("Was wrong")
    page, mouse = at_the_desk(a_person("Chief editor", username="chief"))
    mouse.press_to_leave(".desk-top a:text-is('Front page')")
    mouse.choose(f"[data-address='{first.get_absolute_url()}'] select", "Lead")
    mouse.press_to_leave("input[name=_publish]")
    assert Arrangement.objects.get().shown["slots"][0]["story"] == str(first.uid)

    page.goto("/admin/")
    mouse.press_to_leave(".desk-story:has-text('Was wrong')")
    act(page, mouse, "withdraw", is_in_more=True)
    mouse.choose("[name=reason]", "Retracted")
    mouse.write("[name=confirm]", "WITHDRAW")
    assert "is withdrawn" in done(page, mouse)
    mouse.press_to_leave(".submit-row a:has-text('Restore')")
    mouse.write("[name=why]", "It was right after all")
    assert "draft" in done(page, mouse)
    wrong.refresh_from_db()
    assert wrong.status == "draft"
    assert page.troubles == []


def test_the_hand_does_not_reach_what_is_clipped(at_the_desk):
    """The twin of all that is above: with the old style of the row of buttons no journey gets to its end."""
    story = a_story("Live one")
    page, mouse = at_the_desk(a_person("Editor"))
    page.goto(f"/admin/articles/article/{story.pk}/change/")
    page.evaluate(
        "document.querySelector('.submit-row').style.setProperty('overflow', 'hidden', 'important')"
    )
    mouse.press(".more-acts summary")
    with pytest.raises(NotReached):
        mouse.press("input[name=_correct]")
