"""Every public page, machine format and desk screen as it comes out, to be compared before and after a rebuilding.

    RECORD=var/before python -m pytest tests/journeys/page_record.py     (then change the code)
    RECORD=var/after  python -m pytest tests/journeys/page_record.py
    diff -r var/before var/after

Pages are written as their parsed tree, a node a line, without white space that nobody sees; all else as its bytes.
What differs from run to run (keys, marks of the static files, minutes) is written as what it is.
"""

import os
import re
from pathlib import Path

import pytest
from lxml import etree, html

from newsroom.models import Page
from tests.builders import a_person
from tests.journeys.screens import Desk
from tests.journeys.test_reach import open_it
from tests.newsroom.test_rights_table import routes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_disk")]
FOLDER = Path(os.environ.get("RECORD", "var/record"))
WORDS = """a abbr b bdi button cite code data del dfn em i img input ins kbd label mark output picture q s samp select
    small source span strong sub sup textarea time u var wbr"""
INLINE = frozenset(WORDS.split())
EXACT = {"pre", "textarea"}
CHANGING = [
    (re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b"), "UUID"),
    (re.compile(r"(?=[\w-]*[A-Z])(?=[\w-]*\d)[\w-]{40,}(?::[\w-]+)*"), "KEY"),
    (re.compile(r"(record-)[0-9a-f]{12}\b"), r"\1KEY"),
    (re.compile(r"\b[0-9a-f]{32}\b"), "KEY"),
    (re.compile(r"(nonce=\")[^\"]+"), r"\1NONCE"),
    (re.compile(r"(/preview/)[\w:-]+"), r"\1TOKEN"),
    (re.compile(r"\.[0-9a-f]{12}(?=\.\w+)"), ".STAMP"),
    (re.compile(r"http://(?:127\.0\.0\.1|localhost):\d+"), "http://SERVER"),
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


def is_inline(node) -> bool:
    return node is not None and isinstance(node.tag, str) and node.tag in INLINE


def without_hidden_blanks(text: str | None, *, begins_block: bool, ends_block: bool) -> str | None:
    """Runs of white space become one space, and none stands where a block begins or ends."""
    text = re.sub(r"\s+", " ", text or "")
    text = text.lstrip() if begins_block else text
    return (text.rstrip() if ends_block else text) or None


def show_white_space_that_shows(root) -> None:
    for node in root.iter():
        parent, after = node.getparent(), node.getnext()
        if node.tag not in EXACT:
            first = node[0] if len(node) else None
            ends = not is_inline(first) if first is not None else not is_inline(node)
            node.text = without_hidden_blanks(node.text, begins_block=not is_inline(node), ends_block=ends)
        if parent is not None and parent.tag not in EXACT:
            ends = not is_inline(after) if after is not None else not is_inline(parent)
            node.tail = without_hidden_blanks(node.tail, begins_block=not is_inline(node), ends_block=ends)


def tree(page: str) -> str:
    """A page as lines: an element with its attributes in order, its texts, and what stands in it further in."""
    root = html.document_fromstring(page)
    etree.strip_tags(root, etree.Comment)
    show_white_space_that_shows(root)
    lines = []

    def write(node, depth):
        attributes = "".join(f' {name}="{" ".join(value.split())}"' for name, value in sorted(node.attrib.items()))
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
        told = "".join(f"{key}: {answer.headers[key]}\n" for key in ("Location", "Link") if key in answer.headers)
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
    for screen in [*world.from_resolver(), *world.in_other_states()]:
        page = context.new_page()
        if open_it(page, screen):
            page.wait_for_load_state("networkidle")
            keep(f"browser {screen.name}", page.content(), "text/html")
        page.close()
