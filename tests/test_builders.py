"""A builder that writes rows past the acts leaves what the acts would have left."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from articles.models import Address, Article, Revision
from articles.models.archive_period import ArchivePeriod
from newsroom.search.models import SearchEntry
from tests.builders import a_paper, a_story

pytestmark = pytest.mark.django_db
OF_ITS_MOMENT = {"id", "uid", "kin", "live_from", "made_at", "saved_at", "created_at", "place"}


def stored():
    """Of each table what is in its rows, but for keys and moments."""
    return {
        model.__name__: [
            {
                name: value
                for name, value in row.items()
                if name.removesuffix("_id") not in OF_ITS_MOMENT | {"article"}
            }
            for row in model.objects.order_by("pk").values()
        ]
        for model in (Article, Revision, Address, ArchivePeriod, SearchEntry)
    }


def by_words(rows):
    return sorted(map(str, rows))


def test_a_paper_is_what_publishing_each_story_makes():
    first = date(2026, 3, 1)
    a_story("Before")  # whose section and publisher stay when the others go, with their numbers
    with transaction.atomic():
        for number in range(3):
            a_story(f"Story {number}", date=f"{first + timedelta(days=number)}")
        published = stored()
        transaction.set_rollback(True)
    a_paper(3)
    written = stored()
    for name, rows in published.items():
        assert by_words(written[name]) == by_words(rows), name
