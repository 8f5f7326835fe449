"""What nobody typed, and what is saved already, is never kept, offered or asked about: in a real browser."""

import pytest

from articles.models import Article, UnsavedWork
from articles.story import editing
from tests.builders import a_person, a_snapshot

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/admin/articles/article/"
BODY = ".field-body .ProseMirror[contenteditable]"
OFFERED, OTHER_OFFER = "text=Unsaved work from", "text=are kept in this browser"
# Each is written in the editor's own way, or gets an empty paragraph behind it, when the editor opens it.
ENDS = {
    "a list": '<p>Words</p><ol start="3"><li>three</li><li><p>four</p></li></ol>',
    "a quotation": "<p>Words</p><blockquote><p>Said</p></blockquote>",
    "a heading": "<p>Words</p>\n<h2>Head</h2>",
    "a table": "<table><thead><tr><th>Year</th></tr></thead><tbody><tr><td>2026</td></tr></tbody></table>",
    "a photo": f'<p>Words</p><figure data-photo="{"a" * 64}"></figure>',
    "bare words": "Words without a paragraph",
}


@pytest.fixture
def reporter(transactional_db):
    return a_person("Reporter", username="reporter")


def opened(page, story):
    page.goto(f"{LIST}{story.pk}/change/")
    page.wait_for_selector(BODY)


def test_a_story_that_is_opened_looked_at_and_left_leaves_nothing_behind(logged_in, reporter):
    page = logged_in(reporter)
    for name, body in ENDS.items():
        draft = editing.create(a_snapshot(f"Ends in {name}", body=body), by=reporter)
        opened(page, draft)
        page.click(f"{BODY} > :first-child")  # a person looks, and types nothing
        page.keyboard.press("Control+End")
        page.click("#id_headline")
        page.wait_for_timeout(700)
        page.goto("/admin/")
        assert page.dialogs == [], name
    page.wait_for_timeout(300)
    assert not UnsavedWork.objects.exists()
    assert Article.objects.filter(version=1).count() == len(ENDS)


def test_words_that_are_saved_at_once_are_never_offered_again(logged_in, reporter):
    page = logged_in(reporter)
    draft = editing.create(a_snapshot("Typed and saved"), by=reporter)
    for number in range(3):
        opened(page, draft)
        page.click(f"{BODY} > p")
        page.keyboard.press("End")
        page.keyboard.type(f" More {number}.")
        page.wait_for_timeout((0, 600, 2950)[number])  # at once, soon, and as the autosave begins
        page.click("input[name=_continue]")
        page.wait_for_selector(".messagelist")
        opened(page, draft)
        page.wait_for_timeout(600)
        assert page.locator(OFFERED).count() == page.locator(OTHER_OFFER).count() == 0, number
        here = page.evaluate("Object.keys({...localStorage, ...sessionStorage})")
        assert [name for name in here if name.startswith("newsroom:unsaved")] == []
    assert page.dialogs == []
    assert not UnsavedWork.objects.waiting().exists()
    draft.refresh_from_db()
    assert draft.body_text == "Bread is up. More 0. More 1. More 2."


def test_only_real_words_make_a_browser_ask_and_a_refused_form_still_has_them(logged_in, reporter):
    page = logged_in(reporter)
    draft = editing.create(a_snapshot("Real words", body=ENDS["a list"]), by=reporter)
    opened(page, draft)
    page.fill("#id_summary", "Typed")
    page.click("#id_headline")
    assert page.evaluate("!dispatchEvent(new Event('beforeunload', {cancelable: true}))"), (
        "typed words are asked about"
    )
    page.wait_for_selector("text=Kept at", timeout=15_000)
    work = UnsavedWork.objects.get()
    assert page.evaluate("dispatchEvent(new Event('beforeunload', {cancelable: true}))"), (
        "kept words are not"
    )
    page.fill("#id_summary", "")  # taken back: the form says again what is saved
    page.wait_for_selector("text=Nothing here is unsaved.", timeout=15_000)
    assert not UnsavedWork.objects.waiting().filter(pk=work.pk).exists()
    # A form that the desk refuses has words that are nowhere else.
    page.fill("#id_summary", "Typed before a mistake")
    page.fill("#id_headline", "")
    page.click("input[name=_continue]")
    page.wait_for_selector(".errorlist, .errornote")
    assert page.evaluate("!dispatchEvent(new Event('beforeunload', {cancelable: true}))")
    page.wait_for_selector("text=Kept at", timeout=15_000)
    assert UnsavedWork.objects.get().fields["summary"] == ["Typed before a mistake"]
    assert page.locator(OFFERED).count() == 0
    # Thrown away, it stays away.
    opened(page, draft)
    page.wait_for_selector(OFFERED)
    page.click("input[value=Discard]")
    page.wait_for_selector(BODY)
    page.goto("/admin/")
    page.wait_for_timeout(300)
    assert not UnsavedWork.objects.waiting().exists()
    assert page.dialogs == []
