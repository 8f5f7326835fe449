"""Only web pages, mail, telephone and paths of this site are links, and what is meant is completed."""

import pytest

from authors.models import Author
from newsroom.foundation.links import NoLink, completed, safe_href
from tests.samples import cases
from tests.samples.links import MEANT, REFUSED


@pytest.mark.parametrize("case", cases("urls", kind="link"))
def test_links_are_accepted_and_refused_as_they_must_be(case):
    assert (safe_href(case["value"]) is not None) == (case["expect"] == "accept")


@pytest.mark.parametrize(
    "good",
    [
        "https://a.example/ü?x=1#y",
        "tel:+998711234567",
        "#part",
        "http://a.example:8080/",
        "https://[2001:db8::1]/",
    ],
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


@pytest.mark.parametrize(("typed", "meant"), MEANT)
def test_what_is_meant_is_completed_and_encoded_once(typed, meant):
    assert completed(typed) == meant
    assert completed(meant) == meant


@pytest.mark.parametrize("typed", REFUSED)
def test_what_cannot_be_a_link_is_refused_with_a_reason(typed):
    with pytest.raises(NoLink, match=r"^[A-Z].*\.$"):
        completed(typed)


@pytest.mark.django_db
def test_an_authors_website_is_completed_or_refused_with_the_reason(desk, chief):
    sent = {"name": "Ada Baker", "website": "www.example.com/ada"}
    desk(chief).post("/admin/authors/author/add/", sent)
    assert Author.objects.get().website == "https://www.example.com/ada"
    answer = desk(chief).post(
        "/admin/authors/author/add/", sent | {"name": "B", "website": "ftp://example.com"}
    )
    assert "Begin with https://" in answer.content.decode()
