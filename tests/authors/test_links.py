"""Only web pages, mail, telephone and paths of this site are links."""

import pytest

from authors.links import safe_href
from tests.samples import cases


@pytest.mark.parametrize("case", cases("urls", kind="link"))
def test_links_are_accepted_and_refused_as_they_must_be(case):
    assert (safe_href(case["value"]) is not None) == (case["expect"] == "accept")


@pytest.mark.parametrize(
    "good",
    ["https://a.example/ü?x=1#y", "tel:+998711234567", "#part", "http://a.example:8080/", "https://[2001:db8::1]/"],
)
def test_ordinary_links_pass_unchanged(good):
    assert safe_href(good) == good


@pytest.mark.parametrize(
    "bad",
    [
        "JavaScript:alert(1)",
        " \tjavascript:alert(1)",
        "//evil.example",
        "/\\evil.example",
        "ftp://a.example/",
        "https://a.example:99999/",
        "mailto:",
        "",
    ],
)
def test_everything_else_is_no_link(bad):
    assert safe_href(bad) is None
