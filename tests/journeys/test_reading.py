"""Small scripts that make reading easier, each with its way without a script; and every way in which people read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.front_page import arranging
from tests.builders import a_person, a_photo, a_story, an_author

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "Zoʻravonliksizlashtirilganlardanmisizlar" * 3
HEADLINE = ("An unusually long headline about bread and the people who bake it " * 4)[:200]


@pytest.fixture
def paper(transactional_db):
    author = an_author("Ada Baker", bio="Writes about bread.", role="Food reporter")
    an_hour_ago = (timezone.now() - timedelta(hours=1)).isoformat(timespec="seconds")
    facts = {"by": [author], "tags": ["Bread", "Prices"], "summary": "A dek of some words."}
    for number in range(14):
        a_story(
            f"Bread number {number}",
            date=f"2026-03-{number + 1:02}T09:30:00+05:00",
            section=["Economy", "Arts"][number % 2],
            **facts,
        )
    a_story("Just now", date=an_hour_ago, **facts)
    a_story(HEADLINE, slug="long", **facts)
    a_story("Long word", body=f"<p>{LONG}</p><h2>{LONG}</h2>", summary=LONG)
    a_story("Хлеб и цены на хлеб", slug="khleb", language="ru", **facts)
    a_story("Non va uning narxi: oʻzgarish", slug="non", language="uz", **facts)
    a_story("خبز وملح", slug="khubz", language="ar", summary="خبز", body="<p>خبز وملح</p>")
    a_story("Alone in its section", section="Sport")


def test_times_are_told_by_the_readers_clock_and_the_outlets_stays_in_the_title(
    paper, open_browser
):
    page = open_browser(timezone_id="America/New_York")
    page.goto("/articles/just-now/")
    told = page.locator(".credits time").first
    assert told.inner_text() == "1 hr. ago"
    assert "Tashkent time" in told.get_attribute("title")
    assert not page.is_visible(".credits .zone")
    page.goto("/articles/bread-number-3/")
    # long ago: as the outlet wrote it
    assert page.locator(".credits time").first.inner_text() == "4 March 2026, 09:30"
    assert page.is_visible(".credits .zone")
    plain = open_browser(java_script_enabled=False)
    plain.goto("/articles/just-now/")
    assert "Tashkent time" in plain.inner_text(".credits")


def test_the_link_is_copied_and_without_a_script_no_dead_button_stands_there(paper, open_browser):
    page = open_browser(permissions=["clipboard-read", "clipboard-write"])
    page.goto("/articles/just-now/")
    page.click("[data-copy]")
    page.wait_for_selector("text=Copied")
    assert page.evaluate("navigator.clipboard.readText()").endswith("/articles/just-now/")
    assert page.is_visible("[data-print]")
    plain = open_browser(java_script_enabled=False)
    plain.goto("/articles/just-now/")
    assert not plain.is_visible("[data-copy]")
    assert plain.is_visible('.share a[href^="https://t.me/"]')
    assert not plain.is_visible(".themes")


def test_a_reader_chooses_the_colours_and_keeps_them_on_every_page(paper, open_browser):
    page = open_browser(theme="light")
    paper_colour = "getComputedStyle(document.body).backgroundColor"
    page.goto("/")
    assert page.evaluate(paper_colour) == "rgb(255, 255, 255)"
    page.check('[name="theme"][value="dark"]')
    assert page.evaluate(paper_colour) == "rgb(18, 20, 23)"
    page.goto("/articles/just-now/")
    assert page.evaluate(paper_colour) == "rgb(18, 20, 23)"
    assert page.context.cookies() == []
    page.check('[name="theme"][value="auto"]')
    assert page.evaluate(paper_colour) == "rgb(255, 255, 255)"
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(paper_colour) == "rgb(18, 20, 23)"


def test_suggestions_by_keyboard(paper, open_browser):
    page = open_browser()
    page.goto("/search/")
    page.fill("#q", "")
    page.type("#q", "bre")
    page.wait_for_selector("[role=option]")
    assert page.get_attribute("#q", "aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    active = page.get_attribute("#q", "aria-activedescendant")
    assert "Bread" in page.inner_text(f"#{active}")
    assert page.get_attribute(f"#{active}", "aria-selected") == "true"
    page.keyboard.press("Enter")
    page.wait_for_url("**/tags/bread/")
    page.goto("/search/")
    page.type("#q", "bre")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("Escape")
    assert page.get_attribute("#q", "aria-expanded") == "false"
    page.keyboard.press("Enter")  # the plain form
    page.wait_for_url("**/search/?q=bre*")


def test_suggestions_are_asked_once_for_what_was_typed_and_kept(paper, open_browser):
    page = open_browser()
    page.goto("/search/")
    page.asked.clear()
    page.type("#q", "bread", delay=20)
    page.wait_for_selector("[role=option]")
    page.keyboard.press("Backspace")
    page.wait_for_timeout(500)
    page.keyboard.press("d")
    page.wait_for_timeout(500)
    asked = [url for url in page.asked if "suggest" in url]
    assert len(asked) == 2  # "bread" and "brea"; "bread" again came out of memory


def test_the_key_of_the_search_and_its_switch(paper, open_browser):
    page = open_browser()
    page.goto("/search/")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    page.wait_for_function("document.activeElement.id === 'q'")
    page.keyboard.type("a/b")
    assert page.input_value("#q") == "a/b"
    page.goto("/")
    page.uncheck('[name="slash"]')
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    page.wait_for_timeout(200)
    assert page.url.endswith("/")
    page.check('[name="slash"]')
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    page.wait_for_url("**/search/#q")
    page.wait_for_function("document.activeElement.id === 'q'")


WIDE = [
    "/",
    "/articles/long/",
    "/articles/long-word/",
    "/sections/economy/",
    "/archive/2026/03/",
    "/search/?q=bread",
    "/articles/khubz/",
    "/articles/khleb/",
    "/tags/bread/",
    "/authors/ada-baker/",
    "/nothing-here/",
]
SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
    "p { margin-block-end: 2em !important }"
)


def test_nothing_scrolls_sideways_at_400_percent_with_wide_spacing_or_long_words(
    paper, open_browser
):
    arranging.put_up(HEADLINE[:160], by=a_person("Editor"))
    page = open_browser("smallest")  # 1280 px at 400 % are 320
    for address in WIDE:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        # As a reader's own tool would: past the page's rules about styles.
        page.evaluate(
            "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s] }",
            SPACING,
        )
        wide = "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > 320.5 && "
        wide += "!e.closest('.sections, .table')).map(e => e.outerHTML.slice(0, 100)).slice(0, 3)"
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, (
            address,
            page.evaluate(wide),
        )


def test_the_page_can_be_zoomed_and_respects_the_readers_own_size(paper, open_browser):
    page = open_browser()
    page.goto("/articles/just-now/")
    assert (
        page.get_attribute('meta[name="viewport"]', "content")
        == "width=device-width, initial-scale=1"
    )
    size = "parseFloat(getComputedStyle(document.querySelector('.body p')).fontSize)"
    before = page.evaluate(size)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(size) > 1.7 * before


def test_targets_are_large_enough(paper, open_browser):
    page = open_browser("phone")
    for address in ("/", "/articles/just-now/", "/search/?q=bread", "/archive/2026/03/"):
        page.goto(address)
        small = page.evaluate("""() => [...document.querySelectorAll("a[href], button, input, summary")].filter(e => {
            const inline = e.closest(".body p, .by, .dek, figcaption, .meta, .corrected")
            const box = e.getBoundingClientRect()
            if (!box.width || e.closest("[hidden]") || e.matches(".skip") || inline || e.type === "hidden") return false
            const label = e.closest("label")?.getBoundingClientRect() ?? box
            const card = e.closest(".card, .mini li, .latest li") && e.matches("h3 a, li > a")
            return !card && Math.min(label.width, label.height) < 24
        }).map(e => e.outerHTML.slice(0, 120))""")
        assert small == [], address


def test_right_to_left_pages_are_mirrored_and_the_logo_is_not(paper, open_browser, axe):
    for size in ("phone", "desktop"):
        page = open_browser(size)
        page.goto("/articles/khubz/")
        text = page.locator(".body p").first.bounding_box()
        width = page.viewport_size["width"]
        assert text["x"] + text["width"] > width - 60
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).direction") == "rtl"
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).letterSpacing") in (
            "normal",
            "0px",
        )
        assert page.inner_text(".brand") == "Newsroom"
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_forced_colours_reduced_motion_and_more_contrast(paper, open_browser):
    page = open_browser()
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    page.goto("/articles/just-now/")
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.skip')).transitionDuration")
        == "0s"
    )
    border = "getComputedStyle(document.querySelector('.sections {}')).borderBlockEndColor"
    plain, ground = (
        page.evaluate(border.format("a:not([aria-current])")),
        "getComputedStyle(document.body).backgroundColor",
    )
    assert plain == page.evaluate(ground), "only the current section has a bar that can be seen"
    assert page.evaluate(border.format("[aria-current]")) != plain
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.tags a')).borderTopStyle")
        == "solid"
    )
    page.emulate_media(forced_colors="none", contrast="more")
    ink = "getComputedStyle(document.querySelector('.credits .meta')).color"
    assert page.evaluate(ink) == page.evaluate("getComputedStyle(document.body).color")


def test_words_are_broken_in_running_text_and_never_in_headlines(paper, open_browser):
    page = open_browser("phone")
    hyphens = "e => getComputedStyle(e).hyphens"
    page.goto("/articles/khleb/")
    assert page.locator(".body p").first.evaluate(hyphens) == "auto"
    assert page.locator("h1").evaluate(hyphens) == "manual"
    page.goto("/sections/economy/")
    for headline in page.locator("h3 a").all():
        assert headline.evaluate(hyphens) == "manual"


def test_words_of_the_chrome_say_their_language_on_a_story_in_another(paper, open_browser):
    page = open_browser()
    page.goto("/articles/khubz/")
    for part in (".by", ".meta", ".share", ".foot", ".masthead"):
        assert page.locator(part).first.evaluate("e => e.closest('[lang]').lang") == "en", part
    assert page.locator(".body p").first.evaluate("e => e.closest('[lang]').lang") == "ar"


def test_on_a_phone_drawings_stand_for_the_words_of_the_share_buttons(paper, open_browser):
    for size, width in (("phone", 60), ("desktop", 400)):
        page = open_browser(size, permissions=["clipboard-write"])
        page.goto("/articles/just-now/")
        button = page.get_by_role("button", name="Copy link")
        box = button.bounding_box()
        assert 44 <= box["width"] <= width
        assert box["height"] >= 44
        assert button.locator("svg").is_visible() is (size == "phone")
        button.click()
        page.wait_for_selector("[data-copied]")
        assert page.locator("[data-copy] span").bounding_box()["width"] > 30, (
            "what happened is said in words"
        )


def test_paper_carries_the_story_and_nothing_to_click(paper, open_browser):
    arranging.put_up("It has happened", by=a_person("Editor"))
    page = open_browser()
    page.goto("/articles/just-now/")
    page.emulate_media(media="print")
    for gone in (
        ".sections",
        ".share",
        ".rail",
        ".tools",
        ".crumbs",
        ".foot .cols",
        ".breaking",
        ".tags",
    ):
        assert all(not each.is_visible() for each in page.locator(gone).all()), gone
    for kept in ("h1", ".by", ".body", ".bio", ".brand"):
        assert page.is_visible(kept), kept
    pages = page.pdf(format="A4").count(b"/Type /Page\n") or page.pdf(format="A4").count(
        b"/Type /Page "
    )
    assert 1 <= pages <= 2


def test_paper_has_addresses_and_no_words_about_what_can_be_clicked(transactional_db, open_browser):
    photo = a_photo()
    body = (
        '<p>See <a href="https://other.example/x">there</a>.</p>'
        '<figure data-embed="https://youtu.be/abcdefghijk"></figure>'
    )
    a_story("On paper", body=body, lead_photo=photo.sha256)
    page = open_browser()
    page.goto("/articles/on-paper/")
    page.emulate_media(media="print")
    after = "getComputedStyle(document.querySelector('.body a[href^=http]'), '::after').content"
    assert "https://other.example/x" in page.evaluate(after)
    assert not page.locator(".embed button").first.is_visible()
    assert not page.locator(".embed-note").first.is_visible()
    width = page.evaluate("document.querySelector('.lead-figure').getBoundingClientRect().width")
    assert width <= 120 / 25.4 * 96 + 1


def test_an_empty_site_looks_intended(transactional_db, open_browser, axe):
    for size in ("phone", "desktop"):
        page = open_browser(size)
        page.goto("/")
        assert "The first story will stand here." in page.inner_text("main")
        assert axe(page) == []


def test_a_page_asks_for_four_files_before_its_pictures(paper, open_browser):
    """One page, one style sheet, two scripts; here the style sheet stands in parts, which are one when it is served."""
    page = open_browser()
    for address in ("/", "/articles/just-now/", "/search/", "/archive/"):
        page.asked.clear()
        page.goto(address, wait_until="networkidle")
        kinds = [url.rpartition(".")[2].split("?")[0] for url in page.asked]
        assert kinds.count("js") == 2, page.asked
        assert not [kind for kind in kinds if kind in ("woff2", "woff", "ttf")]
        others = [
            url
            for url in page.asked
            if not url.endswith((".css", ".js", ".svg")) and "/media/" not in url
        ]
        assert len(others) == 1, others
