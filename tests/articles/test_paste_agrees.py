"""What the paste keeps is what may be stored: its lists in the browser follow the cleaner's."""

import re
from pathlib import Path

import pytest

from articles.text import body

pytestmark = pytest.mark.files
EDITOR = Path("articles/static/articles/desk/editor")
PARTS = {"figure", "figcaption", "aside", "mark"}  # paste_parts.js keeps and makes them


def script(name: str) -> str:
    return (EDITOR / name).read_text("utf-8")


def table(source: str, name: str) -> dict[str, str]:
    """The rows of an object of a script: {key: what stands behind it}."""
    rows = re.search(rf"^const {name} = \{{([^}}]*)\}}$", source, re.MULTILINE)[1]
    return dict(re.findall(r'(\w+): ("\w+"|\[[^\]]*\])', rows))


def test_the_paste_keeps_every_element_that_may_be_stored_and_no_other():
    kept = re.search(r'KEPT = new Set\(\s*"([A-Z0-9 ]+)"', script("paste_elements.js"))[1]
    assert set(kept.lower().split()) == body.TAGS - PARTS


def test_the_paste_keeps_every_attribute_that_may_be_stored_but_those_of_parts():
    found = table(script("clean_paste.js"), "ATTRIBUTES")
    kept = {name.lower(): set(re.findall(r'"(\w+)"', row)) for name, row in found.items()}
    allowed = {
        name: {each for each in names if not each.startswith("data-")}
        for name, names in body.ATTRIBUTES.items()
    }
    # Which cells a heading is of is worked out for readers (articles/reading/rendering.py).
    allowed["th"].remove("scope")
    assert kept == {name: names for name, names in allowed.items() if names}


def test_paste_and_cleaner_give_an_element_the_same_new_name():
    pasted = {
        name.lower(): new.strip('"')
        for name, new in table(script("clean_paste.js"), "RENAMED").items()
    }
    assert pasted == body.NEW_NAMES | {"center": "p"}
    in_the_dialog = {
        name: new.strip('"') for name, new in table(script("html.js"), "RENAMED").items()
    }
    assert in_the_dialog.items() <= body.NEW_NAMES.items()
