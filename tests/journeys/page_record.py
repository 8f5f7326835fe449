"""Every public page, machine format and desk screen as it comes out, to be compared before and after a rebuilding.

    RECORD=var/before python -m pytest tests/journeys/page_record.py     (then change the code)
    RECORD=var/after  python -m pytest tests/journeys/page_record.py
    python -m tests.journeys.compare_records var/before var/after

Pages are written as their parsed tree, a node a line, without white space that nobody sees; all else as its bytes.
What differs from run to run (keys, marks of the static files, minutes) is written as what it is.
"""

import os
import re
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from lxml import etree, html

from articles import workflow
from articles.front_page import arranging
from articles.models import Article, Breaking, Event
from newsroom.models import Page
from tests.builders import a_person, a_story, an_author
from tests.journeys.screens import Desk
from tests.journeys.test_buttons_can_be_pressed import open_it
from tests.newsroom.test_rights_table import routes
from tests.pictures import copied_where_known

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_disk")]
FOLDER = Path(os.environ.get("RECORD", "var/record"))
WORDS = """a abbr b bdi button cite code data del dfn em i img input ins kbd label mark output picture q s samp select
    small source span strong sub sup svg textarea time u var wbr"""
INLINE = frozenset(WORDS.split())
# Inline among others, but white space at the edges of what they hold is never seen: boxes with lines of their own,
# lists of choices, and the picture, which stands alone in its block everywhere.
CLOSED = frozenset({"button", "picture", "select", "source", "svg"})
# Rows and grids of our style sheets (and Django's "submit-row"): white space between what stands in them is never seen.
ROWS = frozenset(
    {"brand", "btn", "icon-link", "pager", "q", "slot-line", "slot-story", "submit-row"}
)
# tag, class of what it stands in
ROWS_WITHIN = {("header", "band"), ("label", "themes"), ("li", "at-hand"), ("p", "fields")}
EXACT = {"pre", "textarea"}
WITH_LINES = "ancestor::*[contains(@class, 'comparison') or contains(@class, 'described')]"  # white-space: pre-line
CHANGING = [
    (re.compile(r"(preview%2F)[0-9a-f]{32}%3A[\w-]+"), r"\1TOKEN"),
    # words that a page of an unknown address searches for
    (re.compile(r"(value=\"preview )[^\"]+"), r"\1TOKEN"),
    (re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b"), "UUID"),
    (re.compile(r"(?=[\w-]*[A-Z])(?=[\w-]*\d)[\w-]{40,}(?::[\w-]+)*"), "KEY"),
    (re.compile(r"(record-)[0-9a-f]{12}\b"), r"\1KEY"),
    (re.compile(r"\b[0-9a-f]{32}\b"), "KEY"),
    (re.compile(r"(nonce=\")[^\"]+"), r"\1NONCE"),
    (re.compile(r"(/preview/)[\w:-]+"), r"\1TOKEN"),
    (re.compile(r"\.[0-9a-f]{12}(?=\.\w+)"), ".STAMP"),
    (re.compile(r"http://(?:127\.0\.0\.1|localhost):\d+"), "http://SERVER"),
    (re.compile(r"http%3A%2F%2F(?:127\.0\.0\.1|localhost)%3A\d+"), "http%3A%2F%2FSERVER"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?"), "MOMENT"),
    (re.compile(r"\b\d\d:\d\d(?::\d\d)?\b"), "CLOCK"),
    (re.compile(r"\w{3}, \d\d \w{3} \d{4} CLOCK (?:GMT|[+-]\d{4})"), "MOMENT"),
    (re.compile(r"\b\d+(?= (?:second|minute)s?\b)"), "N"),
    (re.compile(r"(?:pbkdf2_sha256|md5)\$[^<\s]+"), "HASH"),
]


def settled(text: str) -> str:
    for pattern, name in CHANGING:
        text = pattern.sub(name, text)
    return text


def is_row(node) -> bool:
    """Whatever stands in it is a block of its own."""
    if node is None:
        return False
    within = node.getparent().get("class", "") if node.getparent() is not None else ""
    return (
        bool(ROWS & set(node.get("class", "").split()))
        or (node.tag, within.split(" ")[0]) in ROWS_WITHIN
    )


def is_inline(node) -> bool:
    if node is None or not isinstance(node.tag, str) or is_row(node.getparent()):
        return False
    # on lines of its own at the desk
    return node.tag in INLINE and "help" not in node.get("class", "").split()


def is_open(node) -> bool:
    """White space at the edge of what the node holds is seen as white space beside the node."""
    return is_inline(node) and node.tag not in CLOSED and not is_row(node)


def is_hidden(node) -> bool:
    return node.tag == "input" and node.get("type") == "hidden"


def is_behind_nothing(node) -> bool:
    """A field that nobody sees, and from it back to where the block begins nothing that is seen."""
    while node is not None and is_hidden(node):
        before, parent = node.getprevious(), node.getparent()
        text = parent.text if before is None else before.tail
        if (text or "").strip():
            return False
        if before is None:
            return not is_open(parent)
        node = before
    return not is_inline(node)


def keeps_lines(node) -> bool:
    """Its lines are shown as they stand."""
    node = next(node.iterancestors("p"), None) if node.tag in INLINE else node
    return node is not None and node.tag == "p" and bool(node.xpath(WITH_LINES))


def without_hidden_blanks(
    text: str | None, *, begins_block: bool, ends_block: bool, lines: bool
) -> str | None:
    """Runs of white space become one space, and none stands where a block begins or ends. `lines`: ends of lines are
    shown, but for the last one of a block."""
    if lines:
        text = re.sub(r"[ \t]*\n[ \t]*", "\n", text or "").replace("\n", "⏎")
        return (text.rstrip("⏎ ") if ends_block else text) or None
    text = re.sub(r"\s+", " ", text or "")
    text = text.lstrip() if begins_block else text
    return (text.rstrip() if ends_block else text) or None


def show_white_space_that_shows(root) -> None:
    for node in root.iter():
        parent, after = node.getparent(), node.getnext()
        if node.tag not in EXACT:
            begins, lines = not is_open(node), keeps_lines(node)
            ends = not is_inline(node[0]) if len(node) else begins
            node.text = without_hidden_blanks(
                node.text, begins_block=begins, ends_block=ends, lines=lines
            )
        if parent is not None and parent.tag not in EXACT:
            begins, lines = not is_inline(node) or is_behind_nothing(node), keeps_lines(parent)
            ends = not is_inline(after) if after is not None else not is_open(parent)
            node.tail = without_hidden_blanks(
                node.tail, begins_block=begins, ends_block=ends, lines=lines
            )


def shown(name: str, value: str) -> str:
    """An attribute in one line; a page that stands in one as its tree."""
    return " ".join((tree(value) if name == "srcdoc" else value).split())


def tree(page: str) -> str:
    """A page as lines: an element with its attributes in order, its texts, and what stands in it further in."""
    root = html.document_fromstring(page)
    etree.strip_tags(root, etree.Comment)
    show_white_space_that_shows(root)
    lines = []

    def write(node, depth):
        attributes = "".join(
            f' {name}="{shown(name, value)}"' for name, value in sorted(node.attrib.items())
        )
        lines.append(f"{' ' * depth}<{node.tag}{attributes}>")
        if node.text:
            lines.append(f"{' ' * depth} |{node.text}|")
        for child in node:
            write(child, depth + 1)
            if child.tail:
                lines.append(f"{' ' * depth} |{child.tail}|")

    write(root, 0)
    return "\n".join(lines) + "\n"


def keep(name: str, content: str, kind: str = "", status: int = 200) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    is_page = "html" in kind and content.strip()
    content = settled(content)
    told = f"{status} {kind}\n{tree(content) if is_page else content}"
    (FOLDER / (re.sub(r"[^\w.=-]+", "_", name)[:150] + ".txt")).write_text(told, "utf-8")


def keep_answer(name: str, answer) -> None:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kind = answer.headers.get("Content-Type", "")
    if kind.startswith(("image/", "font/")):
        content = str(len(content)).encode()
    told = ""
    if "html" not in kind:
        told = "".join(
            f"{key}: {answer.headers[key]}\n"
            for key in ("Location", "Link")
            if key in answer.headers
        )
    keep(name, told + content.decode("utf-8", "replace"), kind, answer.status_code)


def test_record_what_readers_and_machines_get(client, settings):
    settings.NEWSROOM_SITE_URL = "http://127.0.0.1:1"
    desk = Desk(a_person("Chief editor", is_superuser=True))
    Page.objects.update(is_public=True)
    for route in routes():
        if route.startswith("admin/"):
            continue
        for state, story in desk.stories.items():
            address = desk.path(route, story)
            if place := story.addresses.first():
                address = address.replace("/articles/somebody-elses/", place.path)
            keep_answer(f"public {route} {state}", client.get(address))
            if "<" not in route:
                break


@pytest.mark.parametrize("role", ["Chief editor", "Editor", "Reporter", "Contributor"])
def test_record_the_desk_as_it_is_sent(desk, role, settings):
    settings.NEWSROOM_SITE_URL = "http://127.0.0.1:1"
    person = a_person(role, username="recorder")
    world, browser = Desk(a_person("Chief editor", is_superuser=True)), desk(person)
    for screen in [*world.from_resolver(), *world.in_other_states()]:
        if not screen.then:
            keep_answer(f"{role} {screen.name}", browser.get(screen.address))


def test_record_the_desk_as_a_browser_makes_it(logged_in):
    chief = a_person("Chief editor", is_superuser=True)
    world, context = Desk(chief), logged_in(chief).context
    page = context.new_page()
    for screen in [*world.from_resolver(), *world.in_other_states()]:
        if not screen.goes_on:
            page.close()
            page = context.new_page()
        if open_it(page, screen):
            page.wait_for_load_state("networkidle")
            keep(f"browser {screen.name}", page.content(), "text/html")


SEARCHES = (
    "?q=bread",
    "?q=bread&page=2",
    "?q=nothingatall",
    "?q=%22market+prices%22",
    "?q=tag%3Abread",
    "?section=economy",
    "?type=opinion&sort=oldest",
    "?from=2026-03-02&to=2026-03-09",
    "?from=nonsense&to=13.13",
    "?q=bred",
    "?author=Ada",
    "?q=" + "word+" * 60,
    "?q=before%3Ayesterday",
    "?language=ru&q=bread",
)


def a_whole_paper() -> None:
    """The demo edition, and enough beside it for second pages, and for every part that a list or a story may have."""
    with copied_where_known():
        call_command("demo", stdout=StringIO())
    chief, kinds = a_person("Chief editor"), Article.Type.values
    ada = an_author(
        "Ada Baker",
        role="Editor",
        bio="Writes about bread.\n\nAnd salt.",
        contact_email="ada@example.com",
        website="https://ada.example/",
        languages=["en", "uz"],
    )
    signed = [(ada,), (ada, "Guest Writer"), (ada, an_author("Ben Cook"), "Guest Writer"), ()]
    sections, event = ("Economy", "World", "Culture"), Event.objects.create(name="A market day")
    stories = [
        a_story(
            f"Bread and market prices {number}",
            by=signed[number % 4],
            section=sections[number % 3],
            tags=["Bread", f"Topic {number % 7}"],
            date=(None, f"2026-0{1 + number % 3}-0{1 + number % 9}", timezone.now().isoformat())[
                number % 3
            ],
            summary="What a loaf costs." if number % 2 else "",
            story_type=kinds[number % len(kinds)],
            dateline="Samarkand" if number % 5 == 0 else "",
            source_outlet="A Paper" if number % 6 == 0 else "",
            event=event.slug if number < 3 else None,
            how_reported="We asked.\n\nThey said." if number == 1 else "",
        )
        for number in range(70)
    ]
    a_story("A story that nobody signed", byline_decision="not_given", source_outlet="A Paper")
    rows = [
        {"name": "Cy", "role": "source"},
        {"author": ada.slug, "shown": "Retold by Ada Baker of the desk"},
    ]
    a_story("A story that was retold", byline_decision="given", bylines=rows)
    for place, kind in (("top", "correction"), ("foot", "correction"), ("foot", "clarification")):
        workflow.correct(
            stories[4],
            by=chief,
            kind=kind,
            text="It is so.",
            was="Three.",
            now="Four.",
            shown_at=place,
        )
    workflow.correct(stories[5], by=chief, kind="editors_note", text="A note.")
    Breaking.objects.create(
        text="It rains", ends_at=timezone.now() + timedelta(hours=1), made_by=chief
    )
    lead = {"zone": "lead", "story": str(stories[0].uid)}
    lines = [{"zone": "sublinks", "story": str(story.uid)} for story in stories[1:4]]
    arranging.save("front", {"slots": [lead, *lines]}, version=0, by=chief, publish=True)


def test_record_a_whole_paper(client, settings):
    """Every page that can be reached from the first one, each address once, and what the search answers."""
    settings.NEWSROOM_SITE_URL = "http://127.0.0.1:1"
    a_whole_paper()
    waiting, seen = ["/", *(f"/search/{query}" for query in SEARCHES)], set()
    while waiting:
        address = waiting.pop(0)
        seen.add(address)
        answer = client.get(address)
        keep_answer(f"paper {address}", answer)
        if "html" in answer.headers["Content-Type"]:
            links = html.document_fromstring(answer.content).xpath(
                "//a/@href | //link[@rel='alternate']/@href"
            )
            links = [
                link.removeprefix(settings.NEWSROOM_SITE_URL).partition("#")[0] for link in links
            ]
            links = [
                link if link.startswith("/") else address.partition("?")[0] + link
                for link in links
                if link
            ]
            waiting += [
                link
                for link in dict.fromkeys(links)
                if link not in seen
                and link not in waiting
                and not link.startswith("//")
                and ":" not in link
            ]
