"""Links in the body editor: completed, refused with the reason, never lost without a word."""

import pytest

from articles.story import editing
from newsroom.foundation.links import NoLink, completed
from tests.builders import a_draft, a_snapshot
from tests.journeys.test_body_editor import BODY, LIST, press, saved
from tests.samples import cases
from tests.samples.links import MEANT, REFUSED

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_disk")]
RULE = """async (typed) => {
  const { completed } = await import("/static/articles/desk/editor/link_rule.js")
  return typed.map((each) => completed(each))
}"""
REASON = "document.querySelector('dialog [name=href], dialog [name=address]').validationMessage"


def by_the_desk(typed):
    try:
        return {"href": completed(typed)}
    except NoLink as refused:
        return {"reason": str(refused)}


def settle(page):
    """The editor learns of a selection a moment later than the browser."""
    page.wait_for_timeout(100)


def choose_back(page, letters):
    for _ in range(letters):
        page.keyboard.press("Shift+ArrowLeft")
    settle(page)


def link(page, address):
    """Link what is chosen; what the dialog says against it, or "" when it takes the address."""
    page.keyboard.press("Control+k")
    page.fill("dialog [name=href]", address)
    reason = page.evaluate(REASON)
    page.click("dialog button[type=submit]" if not reason else "dialog button[value=cancel]")
    page.wait_for_selector("dialog", state="detached")
    return reason


def test_a_link_is_what_was_meant_or_is_refused_and_never_vanishes(logged_in, chief):
    page = logged_in(chief)
    draft = a_draft("Links", body="<p>A story.</p>")
    page.goto(f"{LIST}{draft.pk}/change/")
    page.wait_for_selector(BODY)
    typed = [
        *(each for each, _ in MEANT),
        *REFUSED,
        *(case.values[0]["value"] for case in cases("urls", kind="link")),
    ]
    assert page.evaluate(RULE, typed) == [by_the_desk(each) for each in typed], (
        "one rule in two languages"
    )

    page.click(f"{BODY} > p")
    page.keyboard.press("Control+End")
    page.keyboard.type(" See this")
    choose_back(page, 4)
    assert link(page, "ftp://example.com") == by_the_desk("ftp://example.com")["reason"]
    assert page.locator(f"{BODY} a").count() == 0
    assert link(page, "www.example.com/a b") == ""
    page.keyboard.type(" page, or ask us")  # behind the words, not over them and not in the link
    choose_back(page, 2)
    assert link(page, "mailto:desk@example.com?subject=Hello world") == ""
    page.keyboard.type(" now. Old")
    choose_back(page, 3)
    press(page, "Note")
    page.keyboard.type(" words.")
    page.click(f"{BODY} a >> nth=0")
    settle(page)
    page.keyboard.press("Control+k")
    assert page.input_value("dialog [name=href]") == "https://www.example.com/a%20b"
    assert page.locator("dialog input").count() == 1, "no field whose value is dropped"
    page.click("dialog button[value=cancel]")
    page.click(BODY)
    page.keyboard.press("Control+End")
    settle(page)
    press(page, "Embed")
    page.fill("dialog [name=address]", "tel:+998711234567")
    assert page.evaluate(REASON) == "A link card leads to a web address."
    page.fill("dialog [name=address]", "youtu.be/abcdefghijk")
    page.fill("dialog [name=words]", "A film")
    page.click("dialog button[type=submit]")
    page.wait_for_selector(".part--embed")
    body = saved(page)
    assert '<a href="https://www.example.com/a%20b">this</a> page, or ask ' in body
    assert (
        '<a href="mailto:desk@example.com?subject=Hello%20world">us</a> now. <mark data-note="">Old</mark> words.'
        in body
    )
    assert (
        '<figure data-embed=""><a href="https://youtu.be/abcdefghijk">A film</a></figure>' in body
    )
    assert page.locator(".messagelist .warning").count() == 0

    # From another road: the words stay to be seen, here and in the checks.
    editing.save(
        draft,
        a_snapshot("Links", body='<p>Over <a href="ftp://example.com/x">there</a>.</p>'),
        version=2,
    )
    page.goto(f"{LIST}{draft.pk}/change/")
    page.wait_for_selector(f"{BODY} a:text('there')")
    page.click(f"{BODY} > p")
    page.keyboard.press("Control+End")
    page.keyboard.type(" Typed on.")
    assert saved(page) == "<p>Over <a>there</a>. Typed on.</p>"
    assert page.get_by_text("The link “there” leads nowhere.").count() == 1
    assert page.troubles == []
