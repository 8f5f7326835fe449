"""Hostile text in every field, in a real browser and with the content policy switched off: nothing runs."""

import pytest

from articles.models import Article, Tag
from newsroom.foundation.text import line as one_line
from tests.builders import a_person, a_photo, a_story, an_author
from tests.samples import cases
from tests.sizes import sized

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.full_size]
# Elements or attributes that no template of ours puts inside <main>.
FOREIGN = """[...document.querySelectorAll('main *')].filter(e =>
  [...e.attributes].some(a => /^on|^style$|^ping$|^popover/.test(a.name)
    || /^\\s*(javascript|data|vbscript):/i.test(a.value) && a.name !== 'value')
  || /^(script|iframe|object|embed|svg|math|style|link|meta|base|video|audio|x)$/i.test(e.tagName)
    && !(e.matches('.share li > .btn > svg:first-child') && e.children.length === 1)
  || e.tagName === 'FORM' && e.getAttribute('action') !== '/search/'
  || e.tagName === 'IMG' && !e.getAttribute('src').startsWith('/media/photos/')
).map(e => e.outerHTML.slice(0, 200))"""
TOUCH_EVERYTHING = """document.querySelectorAll('main a, main p, main b').forEach(
  e => { e.focus(); e.dispatchEvent(new Event('mouseover', {bubbles: true})) })"""
PAYLOADS = [case.values[0]["payload"] for case in cases("xss")][:: sized(1, 4)]
OTHER = sized(1, 5)  # of so many payloads one is looked at on its author's page too


def hostile_story(number, payload):
    line = one_line(payload) or "x"
    author = an_author((line * 2)[:110] + f" {number}", bio=payload, role=line[:120])
    photo = a_photo(alt=line[:400], caption=payload, credit=line[:200])
    tag = Tag.objects.named(f"{line[:80]} {number}")
    story = a_story(
        line[:200],
        body=f"<p>Text {payload}</p>{payload}",
        summary=payload,
        dateline=line[:100],
        outlet=line[:120],
        source_note=payload,
        how_reported=payload,
        search_description=line[:300],
        lead_photo=photo.sha256,
        lead_caption=payload,
        byline_decision="given",
        bylines=[{"author": author.slug}, {"name": line[:120], "shown": line[:200]}],
    )
    return story, author, tag


def test_d1_nothing_runs_on_any_page_even_without_the_policy(open_browser):
    page = open_browser(bypass_csp=True)
    for number, payload in enumerate(PAYLOADS):
        story, author, _ = hostile_story(number, payload)
        pages = [story.get_absolute_url(), *([] if number % OTHER else [author.get_absolute_url()])]
        for address in pages:
            assert page.goto(address).status == 200, payload
            assert page.evaluate(FOREIGN) == [], payload
            page.evaluate(TOUCH_EVERYTHING)
    for address in (
        "/",
        "/sections/economy/",
        "/authors/",
        "/tags/",
        "/archive/2026/03/04/",
        "/search/?q=alert",
    ):
        assert page.goto(address).status == 200
        assert page.evaluate(FOREIGN) == [], address
    page.wait_for_timeout(300)
    assert page.dialogs == []


def test_d1_nothing_runs_at_the_desk_either(open_browser, client):
    chief = a_person("Chief editor", username="chief", password="a long password")
    page = open_browser(bypass_csp=True)
    page.goto("/admin/login/?next=/admin/")
    page.fill("#id_username", chief.username)
    page.fill("#id_password", "a long password")
    page.click("input[type=submit]")
    for number, payload in enumerate(PAYLOADS):
        hostile_story(number, payload)
    for model in (
        "articles/article",
        "articles/photo",
        "articles/tag",
        "articles/logline",
        "authors/author",
    ):
        assert page.goto(f"/admin/{model}/").status == 200
    for story in Article.objects.order_by("pk")[:: sized(8, 6)]:
        for rest in ("change/", "history/", "act/unpublish/"):
            assert page.goto(f"/admin/articles/article/{story.pk}/{rest}").status == 200
            page.wait_for_timeout(50)
    assert page.dialogs == []
