"""A hand on the mouse: presses at the place on the screen where a thing is seen, and scrolls with the wheel to see it.

Playwright's own `click` brings what is hidden into view by script, also through a box that shows no scroll bar, so that
it presses what no person can. `Mouse` fails there, and says what lies in the way.
"""

from playwright.sync_api import Locator, Page, expect

TURNS = 60  # of the wheel, until a person gives up
STILL = 50  # milliseconds that a thing stays where it is before it is pressed
# Where the middle of the largest part of it is, what is met there, and whether that is it or its label.
SEEN = """(element) => {
  const boxes = [...element.getClientRects()].filter((box) => box.width && box.height)
  const box = boxes.sort((one, other) => other.width * other.height - one.width * one.height)[0]
  if (!box) return null
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2]
  const hit = document.elementFromPoint(x, y)
  const isIt = Boolean(hit) && (element.contains(hit) || hit.closest("label")?.control === element)
  const words = hit && `<${hit.tagName.toLowerCase()} class="${hit.className}"> ${hit.textContent.trim().slice(0, 40)}`
  return { x, y, isIt, hit: words, height: innerHeight, width: innerWidth }
}"""
# The boxes around it that show a scroll bar, innermost first: the place in each where the wheel is turned.
BARS = """(element) => {
  const found = []
  for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
    const style = getComputedStyle(box)
    const down = /auto|scroll/.test(style.overflowY) && box.scrollHeight > box.clientHeight
    const across = /auto|scroll/.test(style.overflowX) && box.scrollWidth > box.clientWidth
    if (!down && !across) continue
    const edges = box.getBoundingClientRect()
    const top = Math.max(edges.top, 0), bottom = Math.min(edges.bottom, innerHeight)
    const left = Math.max(edges.left, 0), right = Math.min(edges.right, innerWidth)
    const [x, y] = [(left + right) / 2, (top + bottom) / 2]
    if (bottom - top > 4) found.push({ x, y, top, bottom, left, right, down, across })
  }
  return found
}"""


class NotReached(AssertionError):
    pass


class Mouse:
    """`mouse.press("text=Publish…")`, `mouse.write("#id_headline", "Bread")`, `mouse.choose("#id_section", "Economy")`.

    What is named is a selector of Playwright's or a locator; the first that is visible is meant.
    """

    def __init__(self, page: Page):
        self.page = page
        # the browser is told early that its window is ours to answer
        page.on("filechooser", lambda chooser: None)

    def press(self, what: str | Locator) -> None:
        """Press once in the middle of it, where it is seen. Raises `NotReached`."""
        self.page.mouse.click(*self.find(what))

    def press_to_leave(self, what: str | Locator) -> None:
        """Press what leads to another page, and wait for that."""
        place = self.find(what)
        with self.page.expect_navigation():
            self.page.mouse.click(*place)

    def write(self, what: str | Locator, words: str) -> None:
        """Press a field and type; what stood in it is overwritten."""
        self.press(what)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)

    def choose(self, what: str | Locator, label: str) -> None:
        """Take one of a select's options: where its own list is drawn, no page knows."""
        self.find(what)
        self.one(what).select_option(label=label)

    def give(self, what: str | Locator, *files: dict) -> None:
        """Press a field for files, and give these to the window that it opens."""
        place = self.find(what)
        with self.page.expect_file_chooser() as chooser:
            self.page.mouse.click(*place)
        chooser.value.set_files(list(files))

    def one(self, what: str | Locator) -> Locator:
        locator = self.page.locator(what) if isinstance(what, str) else what
        return locator.locator("visible=true").first

    def find(self, what: str | Locator) -> tuple[float, float]:
        """Turn the wheel until it is seen. Gives its middle in pixels of the window."""
        thing = self.one(what)
        expect(thing).to_be_visible()
        self.page.wait_for_load_state()
        seen = None
        for _ in range(TURNS):
            seen = thing.evaluate(SEEN)
            if seen is None:
                raise NotReached(f"{what} has no size.")
            if seen["isIt"]:
                self.page.wait_for_timeout(STILL)
                if thing.evaluate(SEEN) == seen:
                    return seen["x"], seen["y"]
                continue  # it has moved, as a page does whose pictures come
            if not self.turn(thing, seen):
                break
        raise NotReached(
            f"{what} is at {seen['x']:.0f}, {seen['y']:.0f}, and there is {seen['hit']}."
        )

    def turn(self, thing: Locator, seen: dict) -> bool:
        """One turn of the wheel towards it. False when nothing moves any more."""
        for bar in thing.evaluate(BARS):
            down = seen["y"] - (bar["top"] + bar["bottom"]) / 2 if bar["down"] else 0
            across = seen["x"] - (bar["left"] + bar["right"]) / 2 if bar["across"] else 0
            outside = not (
                bar["top"] < seen["y"] < bar["bottom"] and bar["left"] < seen["x"] < bar["right"]
            )
            if outside and self.wheel(thing, (bar["x"], bar["y"]), across, down):
                return True
        wide, high = seen["width"], seen["height"]
        # Bars stick to both edges of the window: halfway is where a thing is seen best.
        return self.wheel(thing, (wide / 2, high / 2), 0, seen["y"] - high / 2) or self.wheel(
            thing, (wide / 2, high / 2), 0, 120 if seen["y"] > high / 2 else -120
        )

    def wheel(self, thing: Locator, at: tuple[float, float], across: float, down: float) -> bool:
        """Whether it moved. The browser scrolls when it comes to it, so that is waited for."""
        if abs(across) < 1 and abs(down) < 1:
            return False
        before = thing.evaluate(SEEN)
        self.page.mouse.move(*at)
        self.page.mouse.wheel(across, down)
        for _ in range(20):
            self.page.wait_for_timeout(16)
            after = thing.evaluate(SEEN)
            if after is None or (after["x"], after["y"]) != (before["x"], before["y"]):
                return True
        return False
