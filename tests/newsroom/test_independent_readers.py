"""Programs that know nothing of us take from our pages what we meant: headline, authors, date and text.

Mozilla's Readability is what reader views are made of, trafilatura and newspaper4k are what archives and researchers
use. Where a source states no date or no name, they find none.
"""

import json
import subprocess
import warnings
from dataclasses import dataclass
from datetime import datetime

import pytest
import trafilatura
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from articles.models import Article
from newsroom.demo.edition import publish_edition
from newsroom.foundation.text import slug_for
from tests import tools
from tests.builders import a_person, a_story, an_author

# it tells of a package for languages that is not asked for
with warnings.catch_warnings(action="ignore"):
    import newspaper

pytestmark = [pytest.mark.django_db, pytest.mark.files]
FRAME = [
    "Skip to main content",
    "Latest in",
    "Other reports of this event",
    "Archive by date",
    "Works without scripts",
]


@dataclass(frozen=True)
class Printed:
    """A story as its page should be understood."""

    headline: str
    address: str
    language: str
    authors: tuple[str, ...]
    day: str | None
    paragraphs: tuple[str, ...]
    page: str


PRINTED = []


@pytest.fixture
def edition(own_disk):
    """The demo edition and one story that two people signed; made for the first test, remembered for the others."""
    if not PRINTED:
        call_command("loaddata", "seed_documents", verbosity=0)
        publish_edition(by=a_person("Chief editor"))
        paragraphs = "".join(
            f"<p>Bread costs more in month {n}, say the bakers of the town, and so does flour.</p>"
            for n in range(6)
        )
        a_story(
            "Bread costs more again",
            by=[an_author("Ada Baker"), an_author("Ben Cook")],
            body=paragraphs,
            date="2026-03-04T09:30:00+05:00",
            summary="A dek.",
            how_reported="We asked.",
        )
        PRINTED.extend(
            printed(story) for story in Article.objects.live().prefetch_related("bylines__author")
        )
    assert len(PRINTED) >= 20
    return PRINTED


def printed(story):
    authors = (
        [row.author.name for row in story.bylines.all()] if story.byline_decision == "given" else []
    )
    day = timezone.localdate(story.published_at) if story.published_at else story.published_on
    page = Client().get(story.get_absolute_url()).content.decode()
    paragraphs = [one_line(each) for each in story.body_text.split("\n")]
    return Printed(
        story.headline,
        story.get_absolute_url(),
        story.language,
        tuple(authors),
        day.isoformat() if day else None,
        tuple(paragraphs),
        page,
    )


def one_line(text):
    return " ".join(text.split())


def check_text(story, text):
    found = one_line(text)
    for paragraph in story.paragraphs:
        assert paragraph in found, (story.headline, paragraph)
    for words in FRAME:
        assert words not in found, (story.headline, words)


def test_readability_agrees(edition, tmp_path):
    files = {}
    for number, story in enumerate(edition):
        file = tmp_path / f"{number}.html"
        file.write_text(story.page, "utf-8")
        files[str(file)] = story
    answer = subprocess.run(
        [*tools.readability(), *files], capture_output=True, text=True, check=True
    )
    found = [json.loads(line) for line in answer.stdout.splitlines()]
    assert len(found) == len(files)
    for each in found:
        story = files[each["file"]]
        assert each["title"] == story.headline
        assert (each.get("byline") or "") == ", ".join(story.authors), story.headline
        assert (each.get("date") or "")[:10] == (story.day or ""), story.headline
        assert each["lang"] == story.language
        check_text(story, each["text"])


def test_trafilatura_agrees(edition):
    # Without its last resort, which takes any year in the text for the date of the text.
    stated = {"extensive_search": False, "original_date": True}
    for story in edition:
        address = f"https://news.example{story.address}"
        found = trafilatura.bare_extraction(
            story.page, url=address, with_metadata=True, date_extraction_params=stated
        )
        found = found.as_dict()
        assert found["title"] == story.headline
        assert (found["author"] or "") == "; ".join(story.authors), story.headline
        assert found["date"] == story.day, story.headline
        check_text(story, found["text"])


def test_newspaper_agrees(edition):
    for story in edition:
        reader = newspaper.Article(f"https://news.example{story.address}", fetch_images=False)
        reader.download(input_html=story.page)
        reader.parse()
        assert reader.title == story.headline
        # Open Graph wants the address of an author's page, and this reader takes its end for one more name.
        addresses = [slug_for(name, otherwise="") for name in story.authors]
        assert [name for name in reader.authors if name not in addresses] == list(story.authors), (
            story.headline
        )
        day = reader.publish_date
        assert (
            day and (day if isinstance(day, datetime) else day).date().isoformat()
        ) == story.day, story.headline
        check_text(story, reader.text)
