"""The two seed reports as a fixture: retold, every fact kept, honest about what is not known, loaded twice the same."""

import json
import re
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from articles.models import Address, ArchivePeriod, Article, Byline, Tag, TagLink
from articles.reading import archive
from articles.story import snapshots
from articles.text import body
from authors.models import Author
from newsroom.foundation.text import fold
from newsroom.interchange.load import Filing, load
from tests.samples import seed_documents

pytestmark = pytest.mark.django_db
FACTS = {
    "source": [
        "48%",
        "64%",
        "2023",
        "17",
        "32 years",
        "“On Cooperation and Mutual Assistance”",
        "Akmalkhuja Mavlonov",
        "Troy Miller",
        "U.S. Customs Border Service",
        "Customs Committee",
        "U.S. Border and Customs Service",
        "The Times of Central Asia",
        "Center for Strategic and International Studies (CSIS)",
        "six years",
        "first eight months",
        "think tank",
    ],
    "desk": [
        "48%",
        "64%",
        "17 countries",
        "18th",
        "13 September",
        "Washington",
        "Akmalkhoja Mavlonov",
        "Troy Miller",
        "Customs Mutual Assistance Agreement (CMAA)",
        "CBP",
        "National Targeting Center",
        "Field Operations Canine Academy",
        "San Antonio international airport",
        "Laredo port of entry",
        "Texas",
        "press release",
        "six years",
        "milestone",
        "drug traffickers",
        "money laundering",
        "proliferation",
        "duty evasion",
    ],
}


def load_fixture():
    call_command("loaddata", "seed_documents", verbosity=0)


def both():
    return {story.headline_from: story for story in Article.objects.live()}


def test_both_reports_are_live_with_every_fact_and_in_their_own_spelling():
    load_fixture()
    stories = both()
    assert set(stories) == {"source", "desk"}
    for origin, facts in FACTS.items():
        missing = [fact for fact in facts if fact not in stories[origin].body_text]
        assert not missing, (origin, missing)
    assert "Akmalkhoja" not in stories["source"].body_text
    assert "Akmalkhuja" not in stories["desk"].body_text


def test_what_is_not_known_stays_unknown():
    load_fixture()
    undated, dated = both()["source"], both()["desk"]
    assert (undated.published_on, undated.published_at, undated.date_decided) == (None, None, True)
    assert (dated.published_on.isoformat(), dated.published_at) == ("2024-09-16", None)
    assert dated.byline_decision == "not_given"
    assert dated.source_outlet == undated.source_outlet == ""


def test_nobody_is_credited_with_words_they_did_not_write(page):
    load_fixture()
    undated, dated = both()["source"], both()["desk"]
    html = page(undated.get_absolute_url())
    assert re.search(
        r'Retold from a report by <a [^>]*href="/authors/sadokat-jalolova/">Sadokat Jalolova</a>',
        html,
    )
    assert undated.bylines.get().role == "source"
    for story in (undated, dated):
        assert "The wording is Newsroom’s own." in page(story.get_absolute_url())
    assert "Date not stated" in html
    assert "Byline not given" in page(dated.get_absolute_url())
    assert "University of Amsterdam" in page("/authors/sadokat-jalolova/")


def sentences(text):
    return {
        " ".join(each.split()) for each in re.split(r"(?<=[.!?])\s+", text) if len(each.split()) > 4
    }


def test_no_sentence_of_the_sources_is_copied():
    headline = "Uzbekistan Signs Customs Agreement With U.S."  # kept on purpose: it is the source's, and said to be
    originals = "\n\n".join(
        path.read_text("utf-8").removeprefix(headline) for path in seed_documents()
    )
    load_fixture()
    texts = [story.body_text for story in both().values()] + [Author.objects.get().bio]
    fixture = (settings.BASE_DIR / "fixtures/seed_documents.json").read_text("utf-8")
    for sentence in sentences(originals):
        assert all(sentence not in text for text in texts)
        assert sentence not in fixture
    words = originals.split()
    runs = {" ".join(words[start : start + 9]) for start in range(len(words) - 8)}
    for text in texts:
        mine = text.split()
        shared = runs & {" ".join(mine[start : start + 9]) for start in range(len(mine) - 8)}
        assert not shared, shared


def table_contents():
    """Every row of every table of the house, keys included."""
    with connection.cursor() as cursor:
        names = [
            name
            for name in connection.introspection.table_names(cursor)
            if name.startswith(("articles_", "authors_"))
        ]
        contents = {}
        for name in sorted(names):
            cursor.execute(f'SELECT * FROM "{name}"')
            contents[name] = sorted(map(repr, cursor.fetchall()))
    return contents


def test_loading_twice_changes_nothing():
    load_fixture()
    once = table_contents()
    load_fixture()
    assert table_contents() == once


def test_what_was_loaded_is_what_dumpdata_gives_back():
    load_fixture()
    out = StringIO()
    models = [
        "articles.section",
        "articles.tag",
        "articles.event",
        "authors.author",
        "articles.article",
        "articles.byline",
        "articles.taglink",
        "articles.address",
        "articles.revision",
        "articles.logline",
        "articles.archiveperiod",
    ]
    call_command("dumpdata", *models, natural_foreign=True, natural_primary=True, stdout=out)
    fixture = json.loads((settings.BASE_DIR / "fixtures/seed_documents.json").read_text("utf-8"))
    assert json.loads(out.getvalue()) == fixture


def test_the_derived_columns_in_the_fixture_are_true():
    load_fixture()
    for story in Article.objects.all():
        derived = {
            name: getattr(story, name)
            for name in ("body_text", "word_count", "search_text", "sort_at")
        }
        snapshots.derive(story)
        assert {name: getattr(story, name) for name in derived} == derived
        assert story.body == body.clean(story.body)
        assert story.revisions.get().snapshot == snapshots.of_row(story)
        assert Address.objects.get(article=story, is_current=True).path == story.get_absolute_url()
        for link in (
            *Byline.objects.filter(article=story),
            *TagLink.objects.filter(content_object=story),
        ):
            assert (link.is_published, link.live_from, link.sort_at) == (
                True,
                story.live_from,
                story.sort_at,
            )
    for tag in Tag.objects.all():
        assert tag.folded == fold(tag.name)
    kept = list(
        ArchivePeriod.objects.order_by("period").values_list("period", "level", "live_from")
    )
    archive.refresh(*Article.objects.values_list("published_on", flat=True))
    assert (
        list(ArchivePeriod.objects.order_by("period").values_list("period", "level", "live_from"))
        == kept
    )
    assert len(kept) == 3


def test_the_same_two_stories_as_documents_give_the_same_facts():
    load_fixture()
    for path in sorted((settings.BASE_DIR / "fixtures/documents").glob("*.txt")):
        made = load(path.name, path.read_bytes(), Filing())[0].article
        known = both()[made.headline_from]
        for name in ("headline", "headline_from", "body", "published_on", "published_at"):
            assert getattr(made, name) == getattr(known, name), name
        rows = [
            [
                (row.author.name, row.author.bio, row.role, row.shown)
                for row in story.bylines.order_by("order")
            ]
            for story in (made, known)
        ]
        assert rows[0] == rows[1]
    assert Author.objects.count() == 1


def test_a_fixture_is_told_in_a_line_what_its_texts_lose_and_loads(tmp_path):
    rows = json.loads((settings.BASE_DIR / "fixtures/seed_documents.json").read_text("utf-8"))
    stories = [row["fields"] for row in rows if row["model"] == "articles.article"]
    stories[0]["body"] += (
        '<div class="x"><iframe src="https://a.example/"></iframe>And <s>no</s> words</div>'
    )
    path = tmp_path / "own.json"
    path.write_text(json.dumps(rows), "utf-8")
    out = StringIO()
    call_command("loaddata", path, stdout=out)
    told = [each for each in out.getvalue().splitlines() if "Left out" in each]
    assert len(told) == 1
    assert stories[0]["headline"][:40] in told[0]
    assert "<div>, <iframe>, class, src." in told[0]
    assert "struck out" in told[0]
    assert "And  words" in Article.objects.get(headline=stories[0]["headline"]).body
    again = StringIO()
    call_command("loaddata", path, stdout=again)
    assert "Left out" not in again.getvalue()


@pytest.mark.parametrize("text", ["{not json", '[{"model": "nope.x", "fields": {}}]'])
def test_a_fixture_that_cannot_be_read_is_refused_in_a_sentence(tmp_path, text):
    path = tmp_path / "own.json"
    path.write_text(text, "utf-8")
    with pytest.raises(
        CommandError, match=r"The fixture cannot be read: \S.+ Nothing of it was loaded\.$"
    ):
        call_command("loaddata", path, verbosity=0)
