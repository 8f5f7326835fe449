"""From a new story to its withdrawal without a mouse; and the same form with scripts switched off."""

import pytest

from articles.models import Article
from tests.builders import a_person, a_section, in_state

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/admin/articles/article/"


class Keys:
    """A page that is worked with keys alone."""

    def __init__(self, page):
        self.page = page

    def go_to(self, selector, most=150):
        """Tab until the thing has the focus."""
        self.page.wait_for_selector(selector, state="attached")
        for _ in range(most):
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} cannot be reached with Tab on {self.page.url}")

    def press(self, selector, key="Enter"):
        self.go_to(selector)
        self.page.keyboard.press(key)

    def type(self, selector, text):
        self.go_to(selector)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, selector, text):
        """In a list of choices: the first letters."""
        self.go_to(selector)
        self.page.keyboard.type(text)

    def tick_everything(self):
        """Each "Seen" of the checks."""
        for box in self.page.locator("input[type=checkbox][name^=pass_]").all():
            self.press(f"#{box.get_attribute('id')}", "Space")

    def open_more(self):
        self.press(".more-acts summary")

    def act(self, name, *, is_in_more=False):
        if is_in_more:
            self.open_more()
        self.press(f"input[name=_{name}]")
        self.page.wait_for_url(f"**/act/{name}/")

    def done(self):
        self.press(".step input[type=submit]")
        self.page.wait_for_url("**/change/")
        self.page.wait_for_selector(".messagelist")

    def radio(self, name, value):
        self.go_to(f"input[name={name}]")
        for _ in range(8):
            if self.page.evaluate(
                f"document.querySelector('input[name={name}][value={value}]').checked"
            ):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{name} cannot be set to {value} with the arrows")


def test_a_story_lives_its_whole_life_by_keyboard(logged_in):
    a_section("Economy")
    chief = a_person("Chief editor", username="chief")
    page = logged_in(chief)
    keys = Keys(page)
    page.goto("/admin/")
    keys.press(".desk-top a.button")
    page.wait_for_url("**/add/")
    page.wait_for_selector(".ProseMirror[contenteditable]")
    keys.type("#id_headline", "Bread by keyboard")
    keys.type(".ProseMirror", "Bread is up.")
    page.keyboard.press("Escape")
    keys.choose("#id_byline_decision", "Staff")
    keys.choose("#id_section", "Economy")
    keys.press("input[name=_continue]")
    page.wait_for_selector(".messagelist")
    story = Article.objects.get()

    def status():
        return Article.objects.get().status

    keys.act("submit")
    keys.type("#id_note", "Please read")
    keys.done()
    assert status() == "in_review"
    keys.act("return_to_writer", is_in_more=True)
    keys.type("#id_note", "Who says so?")
    keys.done()
    assert status() == "draft"
    keys.act("submit")
    keys.done()
    keys.act("publish")
    keys.tick_everything()
    keys.done()
    story.refresh_from_db()
    assert story.is_live

    page.wait_for_selector(".ProseMirror[contenteditable]")
    keys.type(".ProseMirror", "Bread is up again.")
    keys.press("input[name=_continue]")
    page.wait_for_selector("text=A working copy")
    keys.act("put_live")
    keys.radio("kind", "update")
    keys.type("#id_text", "The bakers answered.")
    keys.tick_everything()
    keys.done()
    assert "The bakers answered." in page.context.request.get(story.get_absolute_url()).text()

    keys.press("a.historylink")
    page.wait_for_url("**/history/")
    keys.press("form input[type=submit][value='Compare the two']")
    page.wait_for_url("**/compare/**")
    page.go_back()
    first = story.revisions.get(version=1)
    keys.press(f"a[href$='/restore/{first.pk}/']")
    page.wait_for_url("**/restore/**")
    keys.press(".step input[type=submit]")
    page.wait_for_url("**/change/")
    story.refresh_from_db()
    assert story.has_working_copy

    keys.act("unpublish", is_in_more=True)
    keys.type("#id_why", "A check")
    keys.done()
    assert status() == "draft"
    keys.act("withdraw", is_in_more=True)
    keys.choose("#id_reason", "Legal")
    keys.type("#id_confirm", "WITHDRAW")
    keys.done()
    assert status() == "withdrawn"
    assert page.context.request.get(story.get_absolute_url()).status == 410
    assert page.troubles == []


def test_ctrl_s_saves_and_a_question_mark_lists_the_keys(logged_in):
    page = logged_in(a_person("Reporter"))
    page.goto(f"{LIST}add/")
    page.wait_for_selector(".ProseMirror[contenteditable]")
    page.fill("#id_headline", "Saved with a key")
    page.keyboard.press("Control+s")
    page.wait_for_selector(".messagelist")
    assert Article.objects.get().headline == "Saved with a key"
    page.locator("#content h1").click()
    page.keyboard.press("?")
    assert page.locator("#keys").get_attribute("open") is not None


def test_the_form_works_with_scripts_off(logged_in):
    a_section("Economy")
    page = logged_in(a_person("Editor"), java_script_enabled=False)
    page.goto(f"{LIST}add/")
    page.fill("#id_headline", "Without scripts")
    page.fill("textarea[name=body]", "<p>Plain words.</p>")
    page.select_option("#id_byline_decision", "staff")
    page.select_option("#id_section", label="Economy")
    page.click("input[name=_publish]")
    for box in page.locator("input[type=checkbox][name^=pass_]").all():
        box.check()
    page.click("text=Publish now")
    assert "is live" in page.inner_text(".messagelist")
    page.goto(f"{LIST}{in_state('in review', 'Waiting').pk}/change/")
    page.click("summary:text('More')")
    assert page.locator("input[name=_return_to_writer]").is_visible()
