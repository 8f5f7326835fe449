"""Whatever is drawn on the desk can be pressed where it is seen: nothing covered, clipped or off the screen.

A scripted click brings what is hidden into view by itself, so that no other test sees such a fault.
"""

from pathlib import Path

import pytest

from articles.story import editing
from tests.builders import a_person, a_snapshot, an_author
from tests.journeys.screens import LIST, LONG, Desk, Screen
from tests.sizes import FULL

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_disk")]
# Pixels: width and height. 700 × 400 is a window of 1,400 × 800 in which everything is drawn at 200 %.
WIDTHS = {390: 844, 700: 400, 900: 700, 1024: 768, 1400: 800, 1920: 1080}
PHONE, *WIDER = (
    WIDTHS  # in the shorter run every second screen is looked at on a phone, the others at the wider in turn
)
DRAWN = "new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
REACH = Path(__file__).with_name("reach.js").read_text("utf-8")


def open_it(page, screen: Screen) -> bool:
    """Whether there is a page to look at. What leads to a state is pressed in a window of 1,400 pixels."""
    if screen.then:
        page.set_viewport_size({"width": 1400, "height": 900})
    if not screen.goes_on:
        answer = page.goto(screen.address)
        if "text/html" not in answer.headers.get("content-type", ""):
            return False
        if page.locator("textarea[data-django-prose-editor-configurable]").count():
            page.wait_for_selector(".prose-menubar__button")
            page.evaluate(DRAWN)
    if screen.then:
        screen.then(page)
    return True


def looked_over(page, screen: Screen, widths) -> tuple[int, list[str]]:
    """How many controls were tried at these widths, and what is wrong with some of them."""
    controls, faults = 0, []
    for width in widths:
        if page.viewport_size["width"] != width:
            page.set_viewport_size({"width": width, "height": WIDTHS[width]})
            if screen.then:  # an open tool may follow the size of the window
                page.evaluate(DRAWN)
        found = page.evaluate(REACH, screen.within)
        controls += found["controls"]
        faults += [f"{screen.name} at {width}: {fault}" for fault in found["faults"]]
    return controls, faults


def widths_in_turn(number: int) -> list[int]:
    """The widths for this screen, in such an order that one begins where the one before it ended."""
    if FULL:
        return list(WIDTHS)[:: -1 if number % 2 else 1]
    return [WIDER[number // 2 % len(WIDER)]] if number % 2 else [PHONE]


@pytest.mark.full_size
def test_every_control_of_the_desk_is_reached_where_it_is_seen(logged_in, figure):
    chief = a_person("Chief editor", is_superuser=True)
    desk = Desk(chief)
    controls, screens, faults = 0, 0, []
    shown = {
        chief: [*desk.from_resolver(), *desk.in_other_states()],
        desk.contributor: desk.of_a_contributor(),
    }
    for person, to_open in shown.items():
        page = logged_in(person).context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())  # a form that was changed may be left
        seen = set()
        for screen in to_open:
            if screen.address in seen and not screen.then:
                continue
            if not open_it(page, screen):
                continue
            if not screen.then:
                seen.add(screen.address)
            tried, wrong = looked_over(page, screen, widths_in_turn(screens))
            screens += 1
            controls += tried
            faults += wrong
    figure(
        f"controls of the desk reached by mouse: {controls} on {screens} screens × {len(widths_in_turn(0))} widths"
    )
    assert faults == [], "\n".join(faults)


# Faults that the desk had: (the screen, the style that made it, width, what the test says of it).
FORMER_FAULTS = [
    ("form", "#content .submit-row { overflow: hidden }", 900, "“Spike…” is covered by"),
    ("form", "#content .object-tools { margin-block-start: -48px }", 1400, "“HISTORY” "),
    ("form", "#content .submit-row { z-index: 5 }", 900, "passes over"),
    (
        "form",
        "#article_form .tabular .vTextField { inline-size: 30em }",
        1400,
        "is reached by scrolling a box sideways",
    ),
    (
        "form",
        "#article_form .field-published_day input { inline-size: 5em }",
        1400,
        "published_day “2026-03-04” is cut",
    ),
    (
        "form",
        ".form-row { overflow: hidden } .field-tags > div { inline-size: 99rem }",
        900,
        "are cut",
    ),
    ("form", "#content label { margin-inline-start: -200rem }", 1400, "is outside the window"),
    ("history", "#content .history-page { inline-size: 60rem }", 390, "px wide in a window of 390"),
    ("account", "#content .checkbox-row { flex-direction: column }", 1400, "floats beside"),
]
PUT_BACK = """(style) => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(style.replaceAll(/(;| })/g, " !important$1"))
  document.adoptedStyleSheets = [sheet]
}"""


def test_each_fault_that_the_desk_had_is_found_when_it_is_put_back(logged_in):
    chief = a_person("Chief editor", is_superuser=True)
    page = logged_in(chief)
    facts = {
        "by": [an_author(), "Somebody Else"],
        "tags": ["Food", "Prices"],
        "body": f"<p>{LONG}.</p>" * 12,
    }
    draft = editing.create(a_snapshot(LONG, **facts), by=chief)
    editing.save(draft, a_snapshot(f"{LONG} soon", **facts), version=draft.version, by=chief)
    screens = {
        "form": f"{LIST}{draft.pk}/change/",
        "history": f"{LIST}{draft.pk}/history/",
        "account": f"/admin/authors/user/{a_person('Reporter').pk}/change/",
    }
    missed, sound = [], set()
    for name, style, width, says in FORMER_FAULTS:
        if not page.url.endswith(screens[name]):
            open_it(page, Screen(name, screens[name]))
        page.set_viewport_size({"width": width, "height": WIDTHS[width]})
        if (name, width) not in sound:
            assert page.evaluate(REACH, "")["faults"] == []
            sound.add((name, width))
        page.evaluate(PUT_BACK, style)
        faults = page.evaluate(REACH, "")["faults"]
        page.evaluate("document.adoptedStyleSheets = []")
        if not any(says in fault for fault in faults):
            missed.append((style, faults))
    assert missed == []
