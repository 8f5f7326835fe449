"""Whatever is drawn on the desk can be pressed where it is seen: nothing covered, clipped or off the screen.

A scripted click brings what is hidden into view by itself, so that no other test sees such a fault.
"""

from pathlib import Path

import pytest

from tests.builders import a_person
from tests.journeys.screens import LIST, Desk, Screen
from tests.sizes import FULL

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_disk")]
WIDTHS = {390: 844, 700: 900, 900: 700, 1400: 800, 1920: 1080}  # pixels: width, height
WIDER = [900, 1400, 1920]  # in the shorter run a screen is looked at on a phone, and at one of these in turn
REACH = Path(__file__).with_name("reach.js").read_text("utf-8")


def open_it(page, screen: Screen) -> bool:
    """Whether there is a page to look at, and one that was not seen yet."""
    page.set_viewport_size({"width": 1400, "height": 900})
    answer = page.goto(screen.address)
    if "text/html" not in answer.headers.get("content-type", ""):
        return False
    if page.locator("textarea[data-django-prose-editor-configurable]").count():
        page.wait_for_selector(".prose-menubar__button")
    if screen.then:
        screen.then(page)
    return True


def looked_over(page, screen: Screen, widths) -> tuple[int, list[str]]:
    """How many controls were tried at these widths, and what is wrong with some of them."""
    controls, faults = 0, []
    for width in widths:
        page.set_viewport_size({"width": width, "height": WIDTHS[width]})
        found = page.evaluate(REACH, screen.within)
        controls += found["controls"]
        faults += [f"{screen.name} at {width}: {fault}" for fault in found["faults"]]
    return controls, faults


@pytest.mark.full_size
def test_every_control_of_the_desk_is_reached_where_it_is_seen(logged_in, figure):
    chief = a_person("Chief editor", is_superuser=True)
    desk = Desk(chief)
    controls, screens, faults = 0, set(), []
    shown = {chief: [*desk.from_resolver(), *desk.in_other_states()], desk.contributor: desk.of_a_contributor()}
    for person, to_open in shown.items():
        page = logged_in(person).context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())  # a form that was changed may be left
        for screen in to_open:
            if not open_it(page, screen):
                continue
            seen = page.url + (screen.name if screen.then or person != chief else "")
            if screen.then or seen not in screens:
                tried, wrong = looked_over(page, screen, WIDTHS if FULL else [390, WIDER[len(screens) % len(WIDER)]])
                screens.add(seen)
                controls += tried
                faults += wrong
    widths = len(WIDTHS) if FULL else 2
    figure(f"controls of the desk reached by mouse: {controls} on {len(screens)} screens × {widths} widths")
    assert faults == [], "\n".join(faults)


# Faults that the desk had: (the screen, the style that made it, width, what the test says of it).
FORMER_FAULTS = [
    ("form", "#content .submit-row { overflow: hidden }", 900, "“Spike…” is covered by"),
    ("form", "#content .object-tools { margin-block-start: -48px }", 1400, "“HISTORY” lies upon"),
    ("form", "#content .submit-row { z-index: 5 }", 900, "passes over"),
    ("form", "#article_form .tabular .vTextField { inline-size: 30em }", 1400, "“Remove” is reached by scrolling"),
    (
        "form",
        "#article_form .field-published_day input { inline-size: 5em }",
        1400,
        "published_day “2026-03-04” is cut",
    ),
    ("form", ".form-row { overflow: hidden } .field-tags > div { inline-size: 99rem }", 900, "are cut"),
    ("form", "#content label { margin-inline-start: -200rem }", 1400, "is outside the window"),
    ("history", "#content .history-page { position: static }", 390, "px wide in a window of 390"),
    ("account", "#content .checkbox-row { flex-direction: column }", 1400, "floats beside"),
]
PUT_BACK = """(style) => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(style.replaceAll(/(;| })/g, " !important$1"))
  document.adoptedStyleSheets = [sheet]
}"""


def test_each_fault_that_the_desk_had_is_found_when_it_is_put_back(logged_in):
    chief = a_person("Chief editor", is_superuser=True)
    desk, page = Desk(chief), logged_in(chief)
    screens = {
        "form": f"{LIST}{desk.hidden.pk}/change/",
        "history": f"{LIST}{desk.live.pk}/history/",
        "account": f"/admin/authors/user/{desk.account.pk}/change/",
    }
    missed = []
    for name, style, width, says in FORMER_FAULTS:
        if not page.url.endswith(screens[name]):
            open_it(page, Screen(name, screens[name]))
        page.set_viewport_size({"width": width, "height": WIDTHS[width]})
        assert page.evaluate(REACH, "")["faults"] == []
        page.evaluate(PUT_BACK, style)
        faults = page.evaluate(REACH, "")["faults"]
        page.evaluate("document.adoptedStyleSheets = []")
        if not any(says in fault for fault in faults):
            missed.append((style, faults))
    assert missed == []
