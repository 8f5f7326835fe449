"""The front-page desk in a real browser: with buttons, by dragging, by keyboard and without scripts."""

import pytest

from articles.front_page import arranging
from articles.models import Arrangement, ArrangementVersion
from tests.articles.test_front_desk import slot
from tests.builders import a_paper, a_person
from tests.sizes import LOOKS

pytestmark = pytest.mark.django_db(transaction=True)
SCREEN = "/admin/articles/arrangement/front/arrange/"


def zone(page, name):
    return page.locator(f'fieldset[data-zone="{name}"]')


def stories_in(page, name):
    return [each.input_value() for each in zone(page, name).locator("[name$=-story]").all()]


def test_three_stories_put_one_after_another_stand_in_three_places(logged_in):
    a_paper(6)
    page = logged_in(a_person("Editor"))
    page.goto(SCREEN)
    for number in (5, 4, 3):
        page.select_option(f'#at-hand [data-address="/articles/story-{number}/"] select', "second")
    assert stories_in(page, "second") == [f"/articles/story-{number}/" for number in (5, 4, 3)]
    page.select_option('#at-hand [data-address="/articles/story-2/"] select', "second")
    assert "Beside the lead is full." in page.inner_text("[role=status]")
    assert len(stories_in(page, "second")) == 3
    page.click("[name=_publish]")
    assert "version 1 is what readers see now" in page.inner_text(".messagelist")
    assert page.troubles == []


def test_a_slot_moves_with_all_its_words_and_the_focus_goes_with_it(logged_in):
    stories, editor = a_paper(6), a_person("Editor")
    arranging.save(
        "front",
        {"slots": [slot(stories[0], "second", headline="Own words"), slot(stories[1], "second")]},
        version=0,
        by=editor,
    )
    page = logged_in(editor)
    page.goto(SCREEN)
    zone(page, "second").locator(".down").first.focus()
    page.keyboard.press("Enter")
    assert stories_in(page, "second")[:2] == ["story-1", "story-0"]
    assert [each.input_value() for each in zone(page, "second").locator("[name$=-headline]").all()][
        :2
    ] == [
        "",
        "Own words",
    ]
    assert (
        page.evaluate("document.activeElement.getAttribute('aria-label')")
        == "Down in Beside the lead"
    )
    page.keyboard.press("Enter")
    assert stories_in(page, "second") == ["story-1", "", "story-0"]
    zone(page, "second").locator("button:text('×')").last.click()
    assert [
        each.input_value() for each in zone(page, "second").locator("[name$=-headline]").all()
    ] == ["", "", ""]


def test_dragging_swaps_and_never_overwrites(logged_in):
    stories, editor = a_paper(6), a_person("Editor")
    arranging.save(
        "front",
        {"slots": [slot(stories[0]), slot(stories[1], "second", headline="Own words")]},
        version=0,
        by=editor,
    )
    page = logged_in(editor)
    page.goto(SCREEN)
    lead, beside = zone(page, "lead").locator(".slot"), zone(page, "second").locator(".slot").first
    page.evaluate(
        """([from, to]) => {
            const dataTransfer = new DataTransfer(), bubbles = true
            from.dispatchEvent(new DragEvent("dragstart", { dataTransfer, bubbles }))
            to.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles }))
        }""",
        [beside.element_handle(), lead.element_handle()],
    )
    assert stories_in(page, "lead") == ["story-1"]
    assert lead.locator("[name$=-headline]").input_value() == "Own words"
    assert stories_in(page, "second")[0] == "story-0"


def test_enter_in_the_search_looks_for_stories_and_saves_nothing(logged_in):
    a_paper(6)
    page = logged_in(a_person("Editor"))
    page.goto(SCREEN)
    zone(page, "lead").locator("[name$=-story]").fill("story-1")
    page.fill("#find", "story 3")
    page.press("#find", "Enter")
    page.wait_for_load_state()
    assert page.locator("#at-hand [data-address]").count() == 1
    assert stories_in(page, "lead") == ["story-1"]
    assert not ArrangementVersion.objects.exists()


def test_without_scripts_numbers_and_addresses_arrange_the_page(logged_in, axe):
    a_paper(6)
    page = logged_in(a_person("Editor"), java_script_enabled=False)
    page.goto(SCREEN)
    rows = zone(page, "second")
    rows.locator("[name$=-story]").first.fill("story-1")
    rows.locator("[name$=-rank]").first.fill("2")
    page.click("[name=_publish]")
    slots = Arrangement.objects.get().shown["slots"]
    assert [bool(each["story"]) for each in slots] == [False, True]


@pytest.mark.full_size
@pytest.mark.parametrize(("size", "theme"), LOOKS)
def test_the_screens_are_accessible(logged_in, axe, size, theme):
    a_paper(3)
    page = logged_in(a_person("Chief editor"), size=size, theme=theme)
    for address in (
        SCREEN,
        "/admin/articles/arrangement/section/economy/arrange/",
        "/admin/articles/article/merge/tags/",
        "/admin/newsroom/page/add/",
    ):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert page.troubles == [], address
        found = [
            each
            for each in axe(page)
            if each[0] not in ("region", "landmark-unique", "heading-order")
        ]
        page.troubles.clear()  # of what axe itself puts into the page
        assert found == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
