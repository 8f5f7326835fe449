"""`manage.py settle_signs`: texts that were saved before the rules for signs that nobody sees."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from articles.models import Article, LogLine, Tag
from articles.story import snapshots
from newsroom.models import Page
from tests.builders import a_story, an_author, past_every_door

pytestmark = pytest.mark.django_db
SIGN = "\u200b"


def settled(*options) -> str:
    out = StringIO()
    call_command("settle_signs", *options, stdout=out)
    return out.getvalue().splitlines()[-1]


def written_past_the_fields(model, column: str, text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model._meta.db_table} SET {column} = %s", [text])


def raw() -> list:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT headline, body, body_text, search_text, version, status FROM articles_article"
        )
        return cursor.fetchall()


@pytest.fixture
def old_rows():
    story = a_story("Bread", by=[an_author("Ada Baker")], tags=["Food"])
    Page.objects.create(name="About", body="<p>x</p>", is_public=True)
    past_every_door("headline", f"Bre{SIGN}ad is up{SIGN}")
    past_every_door("body", f"<p>A lo{SIGN}af</p>")
    past_every_door("body_text", f"A lo{SIGN}af")
    written_past_the_fields(Tag, "name", f"Fo{SIGN}od")
    written_past_the_fields(Page, "body", f"<p>We{SIGN}ll</p>")
    return story


def test_a_dry_run_counts_and_changes_nothing(old_rows):
    before = raw()
    assert (
        settled("--dry-run")
        == "3 rows would be settled, 0 left as they are, 0 of the record stay as they were written."
    )
    assert raw() == before
    assert not LogLine.objects.filter(act="settle signs").exists()


def test_rows_are_settled_once_with_what_follows_from_them(old_rows, client):
    versions = old_rows.revisions.count()
    assert (
        settled()
        == "3 rows settled, 0 left as they are, 0 of the record stay as they were written."
    )
    story = Article.objects.get()
    assert (story.headline, story.body, story.body_text) == (
        "Bread is up",
        "<p>A loaf</p>",
        "A loaf",
    )
    assert SIGN not in "".join(map(str, raw()))
    derived = (story.body_text, story.word_count, story.search_text)
    snapshots.derive_texts(story)
    assert (story.body_text, story.word_count, story.search_text) == derived
    assert (story.version, story.status, story.revisions.count()) == (
        old_rows.version,
        old_rows.status,
        versions,
    )
    assert (Tag.objects.get().name, Page.objects.get().body) == ("Food", "<p>Well</p>")
    assert ">Bread is up<" in client.get("/search/", {"q": "loaf"}).content.decode()
    assert LogLine.objects.filter(act="settle signs").count() == 1
    assert (
        settled()
        == "0 rows settled, 0 left as they are, 0 of the record stay as they were written."
    )
    assert LogLine.objects.filter(act="settle signs").count() == 1


def test_a_row_that_cannot_be_settled_is_named_and_hinders_no_other(old_rows, monkeypatch):
    from newsroom.management.commands import settle_signs

    write = settle_signs.write

    def refusing(row, names):
        if isinstance(row, Tag):
            raise settle_signs.DatabaseError("the table says no")
        write(row, names)

    monkeypatch.setattr(settle_signs, "write", refusing)
    errors, out = StringIO(), StringIO()
    call_command("settle_signs", stdout=out, stderr=errors)
    assert "2 rows settled, 1 left as they are" in out.getvalue()
    assert "is left as it is: the table says no" in errors.getvalue()
