"""Faults that a review of links between stories, of merges and of fixtures found, each with its test."""

import json
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from articles import workflow
from articles.front_page import arranging
from articles.models import Arrangement, Article, Byline, Event, Tag
from articles.naming import merge as merge_names
from articles.reading import related
from articles.signals import article_changed
from articles.story import editing, snapshots, unsaved
from authors.models import Author, User
from newsroom.models import Page
from tests.articles.test_desk_form import form_data as form_of
from tests.builders import a_draft, a_snapshot, a_story, an_author, in_state

pytestmark = pytest.mark.django_db


# --- headlines of stories that somebody may not open


@pytest.mark.parametrize("field", ["translation_of", "related"])
def test_no_key_in_an_address_or_a_form_prints_a_hidden_headline(desk, contributor, field):
    hidden = in_state("draft", "Top secret headline")
    browser = desk(contributor)
    assert (
        "Top secret"
        not in browser.get(f"/admin/articles/article/add/?{field}={hidden.pk}").content.decode()
    )
    draft = editing.create(a_snapshot("Mine"), by=contributor)
    address = f"/admin/articles/article/{draft.pk}/change/"
    answer = browser.post(address, form_of(draft) | {field: hidden.pk})
    assert "Top secret" not in answer.content.decode()
    assert "Top secret" not in browser.get(address).content.decode()


def test_a_link_that_somebody_else_made_stays_without_its_name(desk, contributor):
    hidden = in_state("draft", "Top secret headline")
    draft = editing.create(a_snapshot("Mine", related=[str(hidden.uid)]), by=contributor)
    browser, address = desk(contributor), f"/admin/articles/article/{draft.pk}/change/"
    html = browser.get(address).content.decode()
    assert "Top secret" not in html
    assert "A story that you may not open" in html
    browser.post(address, form_of(draft) | {"related": hidden.pk, "headline": "Mine, changed"})
    draft.refresh_from_db()
    assert (draft.headline, draft.related) == ("Mine, changed", [str(hidden.uid)])
    editing.save(
        draft, snapshots.latest(draft) | {"related": []}, version=draft.version, by=contributor
    )
    html = browser.get(
        f"/admin/articles/article/{draft.pk}/compare/?from=1&to={draft.version}"
    ).content.decode()
    assert "Top secret" not in html


# --- merges


def test_nobody_takes_the_address_of_somebody_merged(desk, chief):
    one, other = an_author("Ada Baker"), an_author("Ada Backer")
    merge_names.merge(other, one, by=chief)
    answer = desk(chief).post(
        "/admin/authors/author/add/", {"name": "Adam Backer", "slug": "ada-backer"}
    )
    assert "That address leads to “Ada Baker”, which once had it" in answer.content.decode()
    with pytest.raises(ValidationError):  # nor by another road
        Author.objects.create(name="Adam Backer", slug="ada-backer")


def test_words_over_a_story_outlive_a_merge(chief, page):
    one, other = an_author("Ada Baker"), an_author("Ada Backer")
    rows = [
        {"author": one.slug},
        {"author": other.slug, "shown": "With help from Ada Backer in Oslo"},
    ]
    story = a_story(byline_decision="given", bylines=rows)
    merge_names.merge(other, one, by=chief)
    assert "With help from Ada Backer in Oslo" in page(story.get_absolute_url())
    story.refresh_from_db()
    assert snapshots.of_row(story)["bylines"] == snapshots.latest(story)["bylines"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_merge_leaves_rows_that_say_what_the_version_says(chief, order):
    people = [an_author("Ada Baker"), an_author("Ada Backer")]
    story = a_story(by=[people[number] for number in order])
    merge_names.merge(people[1], people[0], by=chief)
    assert list(story.bylines.order_by("order").values_list("order", flat=True)) == [0]
    assert snapshots.of_row(Article.objects.get(pk=story.pk)) == snapshots.latest(story)


def test_a_form_that_was_open_during_a_merge_keeps_its_tags_and_names(desk, editor, chief):
    old, kept = an_author("Ada Backer"), an_author("Ada Baker")
    draft = editing.create(a_snapshot("Mine", by=[old], tags=["Custom"]), by=editor)
    fields = form_of(draft) | {
        "bylines-TOTAL_FORMS": 1,
        "bylines-0-author": old.pk,
        "bylines-0-role": "writer",
        "headline": "Changed",
        "tags": Tag.objects.get(name="Custom").pk,
        "byline_decision": "given",
    }
    merge_names.merge(Tag.objects.get(name="Custom"), Tag.objects.create(name="Customs"), by=chief)
    merge_names.merge(old, kept, by=chief)
    assert (
        desk(editor).post(f"/admin/articles/article/{draft.pk}/change/", fields).status_code == 302
    )
    snapshot = snapshots.latest(draft)
    assert (snapshot["headline"], snapshot["tags"]) == ("Changed", ["customs"])
    assert snapshot["bylines"][0]["author"] == "ada-baker"


def test_unsaved_work_keeps_links_and_merged_names(editor, chief):
    others, event = [a_story(), a_story()], Event.objects.create(name="An event")
    draft = editing.create(a_snapshot("Mine", tags=["Custom"]), by=editor)
    fields = {
        "related": [str(each.pk) for each in others],
        "event": [str(event.pk)],
        "bylines-TOTAL_FORMS": ["0"],
        "tags": [str(Tag.objects.get(name="Custom").pk)],
        "translation_of": [str(others[0].pk)],
    }
    work = unsaved.keep(editor.pk, fields, article_id=draft.pk, key=draft.uid)
    merge_names.merge(Tag.objects.get(name="Custom"), Tag.objects.create(name="Customs"), by=chief)
    snapshot = unsaved.as_snapshot(work, snapshots.latest(draft))
    assert snapshot["related"] == [str(each.uid) for each in others]
    assert (snapshot["event"], snapshot["tags"]) == (event.slug, ["customs"])
    assert snapshot["translation_of"] == str(others[0].uid)
    assert unsaved.initial_of(work)["related"] == fields["related"]


# --- translations, odd snapshots, kin


def test_what_translates_a_translation_translates_its_original(page):
    first, second, third = a_story("A"), a_story("B", language="ru"), a_story("C", language="uz")
    for story, of in ((first, second), (second, third)):
        draft = workflow.unpublish(story, by=a_chief(), why="x")
        editing.save(
            draft, snapshots.latest(draft) | {"translation_of": str(of.uid)}, version=draft.version
        )
        workflow.publish(draft, by=a_chief())
    for story in (first, second, third):
        # three and "x-default"
        assert page(story.get_absolute_url()).count('rel="alternate" hreflang') == 4


def a_chief():
    return User.objects.get(username="publisher")


@pytest.mark.parametrize(
    "facts",
    [
        {"related": ["not-a-uid"]},
        {"related": [["x"]]},
        {"translation_of": "x"},
        {"series_part": -5},
        {"series_part": 10**9},
        {"series_part": "x"},
        {"event": "gone"},
        {"series": "gone"},
    ],
)
def test_odd_snapshots_make_a_plain_story(page, facts):
    assert "Bread is up." in page(a_story("Odd", **facts).get_absolute_url())


@pytest.mark.parametrize("language", ["x y<z", "tlh-Latn-x-y", "../en"])
def test_a_language_is_chosen_from_the_list(desk, editor, language):
    draft = a_draft()
    answer = desk(editor).post(
        f"/admin/articles/article/{draft.pk}/change/", form_of(draft) | {"language": language}
    )
    assert "Choose a language from the list." in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_list_that_cannot_be_written_stops_no_publication(monkeypatch):
    def fail(story):
        raise RuntimeError("The list could not be written.")

    monkeypatch.setattr(related, "offer", fail)
    heard = []

    def hear(**news):
        heard.append(news["act"])

    article_changed.connect(hear)
    try:
        assert a_story().is_live
    finally:
        article_changed.disconnect(hear)
    assert heard == ["publish"]


# --- fixtures


def dump(tmp_path, *models):
    path = tmp_path / "dump.json"
    call_command(
        "dumpdata",
        *models,
        natural_foreign=True,
        natural_primary=True,
        output=str(path),
        verbosity=0,
    )
    return str(path)


def test_an_older_dump_changes_no_page_that_the_desk_arranged(tmp_path, editor):
    arranging.save("front", {}, version=0, by=editor, publish=True)
    about = Page.objects.create(name="Privacy", body="<p>Old.</p>", is_public=True)
    path = tmp_path / "dump.json"
    call_command("dumpdata", "articles.arrangement", "newsroom.page", output=str(path), verbosity=0)
    arranging.save("front", {"bands": ["economy"]}, version=1, by=editor, publish=True)
    Page.objects.filter(pk=about.pk).update(body="<p>New.</p>", is_public=False)
    call_command("loaddata", str(path), verbosity=0)
    assert Arrangement.objects.get().shown["bands"] == ["economy"]
    assert not Page.objects.get().is_public
    arranging.save("front", {}, version=2, by=editor, publish=True)


def test_a_dump_brings_a_translation_with_its_link(tmp_path):
    translation, original = a_story("Хлеб", slug="khleb", language="ru"), a_story("Bread")
    Article.objects.filter(pk=translation.pk).update(translation_of=original)
    rows = json.loads(
        Path(dump(tmp_path, "articles.section", "articles.article")).read_text("utf-8")
    )
    assert [row["fields"]["slug"] for row in rows if row["model"] == "articles.article"] == [
        "khleb",
        "bread",
    ]
    for row in rows:
        if row["model"] == "articles.article":
            row["fields"] |= {
                "uid": row["fields"]["uid"].replace(row["fields"]["uid"][:8], "00000000"),
                "created_by": None,
                "saved_by": None,
            }
            if row["fields"]["translation_of"]:
                row["fields"]["translation_of"] = ["00000000" + str(original.uid)[8:]]
    path = tmp_path / "again.json"
    path.write_text(json.dumps(rows), "utf-8")
    call_command("loaddata", str(path), verbosity=0)
    assert Article.objects.filter(translation_of__isnull=False).count() == 2


def test_a_dump_from_before_a_merge_makes_nobody_sign_twice(tmp_path, chief):
    people = [an_author("Ada Backer"), an_author("Ada Baker")]
    story = a_story(by=people)
    path = dump(tmp_path, "authors.author", "articles.byline")
    merge_names.merge(people[0], people[1], by=chief)
    call_command("loaddata", path, verbosity=0)
    assert [row.author for row in Byline.objects.filter(article=story)] == [people[1]]
