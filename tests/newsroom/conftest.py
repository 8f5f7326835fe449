"""A search as a reader makes it, and the standard that stories for other newsrooms keep."""

import json
import re
from pathlib import Path

import pytest
from lxml import etree

from tests.samples import SHARED

OURS = Path(__file__).with_name("schemas")
SCHEMA = SHARED / "schemas" / "ninjs-schema_3.1.json"


@pytest.fixture
def found(page):
    """`found("bread", sort="oldest")`: the headlines, in their order."""

    def asked(words, **fields):
        query = "&".join(
            f"{name}={value}" for name, value in {"q": words.replace("+", "%2B"), **fields}.items()
        )
        return re.findall(
            r"<h3><a [^>]*>(?:<span[^>]*>)?([^<]+)<",
            page(f"/search/?{query}").partition("Latest stories")[0],
        )

    return asked


def schema_in(file: Path):
    # takes two seconds, which few processes need
    from jsonschema import Draft202012Validator, FormatChecker

    return Draft202012Validator(json.loads(file.read_text("utf-8")), format_checker=FormatChecker())


@pytest.fixture(scope="session")
def validator():
    if not SCHEMA.is_file():
        pytest.skip(f"IPTC's schema is not at {SCHEMA}.")
    return schema_in(SCHEMA)


@pytest.fixture(scope="session")
def json_feed_schema():
    return schema_in(OURS / "json_feed.json")


@pytest.fixture(scope="session")
def sitemap_schemas():
    """{root element: schema} of the two kinds of sitemap file."""
    files = {"urlset": "sitemap.xsd", "sitemapindex": "index.xsd"}
    return {root: etree.XMLSchema(etree.parse(OURS / name)) for root, name in files.items()}
