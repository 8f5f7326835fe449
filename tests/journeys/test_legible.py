"""What stands on the desk can be read: the states of every button in both themes, and the text in the editor."""

import pytest

from articles.story import editing
from tests.builders import a_person, a_snapshot
from tests.journeys.screens import LIST, Desk, Screen
from tests.journeys.test_buttons_can_be_pressed import PUT_BACK, open_it
from tests.sizes import FULL

THEMES = ("light", "dark")  # in the shorter run in turn, a screen in one of them
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_disk")]
LEAST = 4.5  # WCAG 2.2, 1.4.3
BUTTONS = (
    "button, input[type=submit], input[type=button], .button, summary, .object-tools a, .tabs a, "
    ".prose-menubar__option, #changelist-filter a, thead a, .addlink, .deletelink, .closelink"
)
STATES = {
    "at rest": [],
    "under the mouse": ["hover"],
    "with the focus": ["focus", "focus-visible"],
    "pressed down": ["hover", "active"],
}
# Colours move from state to state within a quarter of a second; here they are there at once.
AT_ONCE = """() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync("* { transition: none !important }")
  document.adoptedStyleSheets = [sheet]
}"""
CONTRASTS = """(selector) => {
  const parts = (colour) => {
    const [red, green, blue, opacity = 1] = colour.match(/[\\d.]+/g).map(Number)
    return [red, green, blue, opacity]
  }
  const upon = (top, below) => [0, 1, 2].map((place) => top[place] * top[3] + below[place] * (1 - top[3]))
  const light = (colour) => {
    const [red, green, blue] = colour.map((each) => each / 255)
      .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const behind = (element) => {
    if (!element) return [255, 255, 255]
    const colour = parts(getComputedStyle(element).backgroundColor)
    return colour[3] === 1 ? colour.slice(0, 3) : upon(colour, behind(element.parentElement))
  }
  return [...document.querySelectorAll(selector)]
    .filter((each) => !each.matches(".visually-hidden, .theme-toggle, :disabled"))
    .filter((each) => each.checkVisibility({ visibilityProperty: true }))
    .map((element) => {
      const ground = behind(element)
      const { color, filter } = getComputedStyle(element)
      const bright = Number(/brightness\\(([\\d.]+)\\)/.exec(filter)?.[1] || 1)
      const [one, other] = [upon(parts(color), ground), ground]
        .map((each) => light(each.map((share) => Math.min(255, share * bright)))).sort((a, b) => b - a)
      const words = (element.getAttribute("aria-label") || element.value || element.innerText || "").trim().slice(0, 30)
      return [`${element.className} “${words}”`, (one + 0.05) / (other + 0.05)]
    })
}"""


class States:
    """The browser's own switch for states that a hand would bring about, for all elements of a selector at once."""

    def __init__(self, page):
        self.tools = page.context.new_cdp_session(page)
        self.tools.send("DOM.enable")
        self.tools.send("CSS.enable")

    def force(self, selector: str, states: list[str]) -> None:
        root = self.tools.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
        for node in self.tools.send("DOM.querySelectorAll", {"nodeId": root, "selector": selector})[
            "nodeIds"
        ]:
            self.tools.send("CSS.forcePseudoState", {"nodeId": node, "forcedPseudoClasses": states})


def every_state_of_the_editor(page):
    """All its buttons as if what they make stood under the cursor."""
    page.evaluate(
        "document.querySelectorAll('.prose-menubar__button').forEach((each) => each.classList.add('active'))"
    )


@pytest.mark.full_size
def test_every_button_is_legible_in_every_state_and_both_themes(logged_in, figure):
    chief = a_person("Chief editor", is_superuser=True)
    desk, page = Desk(chief), logged_in(chief)
    form = f"{LIST}{desk.hidden.pk}/change/"
    screens = [
        Screen("the desk", "/admin/"),
        Screen("the form", form),
        Screen("the list", LIST),
        Screen("active tools", form, every_state_of_the_editor),
        Screen("history", f"{LIST}{desk.live.pk}/history/"),
        Screen("a step", f"{LIST}{desk.hidden.pk}/act/schedule/"),
        Screen("photos", "/admin/articles/photo/?_popup=1"),
        Screen("the front page", "/admin/articles/arrangement/front/arrange/"),
        Screen("an account", f"/admin/authors/user/{desk.account.pk}/change/"),
    ]
    faint, measured = set(), 0
    for number, screen in enumerate(screens):
        themes = THEMES if FULL else THEMES[number % 2 :][:1]
        open_it(page, screen)
        page.evaluate(AT_ONCE)
        page.evaluate(
            "document.querySelectorAll('.more-acts').forEach((each) => { each.open = true })"
        )
        hand = States(page)
        for state, forced in STATES.items():
            hand.force(BUTTONS, forced)
            for theme in themes:
                page.emulate_media(color_scheme=theme)
                found = page.evaluate(CONTRASTS, BUTTONS)
                measured += len(found)
                faint |= {
                    f"{screen.name}, {state}, {theme}: {name} {contrast:.1f} : 1"
                    for name, contrast in found
                    if contrast < LEAST
                }
        if screen.name == "active tools":
            page.evaluate(
                PUT_BACK, ".active { background: #0b5566; color: #333333; transition: none }"
            )
            assert any(
                contrast < 2 for _, contrast in page.evaluate(CONTRASTS, ".prose-menubar__button")
            )
    figure(f"buttons of the desk measured in their states and both themes: {measured}")
    assert faint == set()


def test_the_text_in_the_editor_has_one_size_whatever_it_stands_in(logged_in):
    """Quotations, lists, tables, captions and boxes: Django's sheets have sizes of their own for most of them."""
    chief = a_person("Chief editor")
    body = "<p>Words</p>" + "".join(
        f"<{name}><li><p>Words</p></li></{name}>" for name in ("ul", "ol")
    )
    body += "<blockquote><p>Words</p></blockquote>"
    body += "<aside data-fact-box=''><p>Words</p><ul><li><p>Words</p></li></ul></aside>"
    body += "<table><caption>Words</caption><tbody><tr><th><p>Words</p></th><td><p>Words</p></td></tr></tbody></table>"
    body += "<h2>Words</h2><h3>Words</h3><blockquote data-pull-quote=''><p>Words</p></blockquote>"
    draft = editing.create(a_snapshot("Every part", body=body), by=chief)
    page = logged_in(chief)
    open_it(page, Screen("form", f"{LIST}{draft.pk}/change/"))
    sizes = page.evaluate(
        """() => [...document.querySelectorAll(".field-body .ProseMirror[contenteditable] *")]
            .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.includes("Words")))
            .map((each) => [each.parentElement, each, getComputedStyle(each).fontSize])
            .map(([box, each, size]) => [`${box.tagName} ${each.tagName}`, parseFloat(size)])"""
    )
    of_the_text = sizes[0][1]
    assert len(sizes) == 12
    assert of_the_text >= 16
    small = [(what, size) for what, size in sizes if size < of_the_text]
    assert small == [("TABLE CAPTION", 16)]  # as on readers' pages
