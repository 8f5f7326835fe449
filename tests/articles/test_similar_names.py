"""A name is what was written. What looks alike is found and offered; nobody but a person makes one of two."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from articles import copydesk, workflow
from articles.models import Article, Event, LogLine, Section, Series, Tag
from articles.naming import merge as merge_names
from articles.naming import similar_names
from articles.story import snapshots
from articles.workflow import Refused
from authors.models import Author
from newsroom.foundation.former_names import Ambiguous
from newsroom.foundation.text import fold, identity
from newsroom.models import ImportRecord, Page
from tests.builders import a_draft, a_section, a_story, an_author, the_author

pytestmark = pytest.mark.django_db
QUEUE = "/admin/articles/article/unknown-names/"
DOCUMENT = "date 2026-03-04\n\nBread costs more\n\nBy {name}\n\nFlour is up, bakers say.\n\nThey blame the rain.\n"
TWO = [
    ("Меры", "Мэры"),
    ("Oʻt", "Ot"),
    ("Straße 1", "Strase 1"),
    ("Ёлка", "Йолка"),
    ("сон", "son"),
    ("Gʻoz", "Goz"),
]
ONE = [
    ("Oʻzbekiston", "O'zbekiston"),
    ("Oʻzbekiston", "O‘ZBEKISTON"),
    ("Oʻzbekiston", "O`zbekiston"),
    ("Sanʼat", "San’at"),
    ("Bread", "BREAD"),
    ("Bread and salt", "  bread  and\u00a0salt "),
    ("Café", "Cafe\u0301"),
    ("Straße", "STRASSE"),
    ("МЭРЫ", "мэры"),
    ("Bread", "Bre\u00adad"),
]
NAMED = [Tag, Section, Event, Series, Page]


@pytest.fixture
def take(tmp_path):
    def load(name="Jane Doe", text="", **options):
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.txt"
        path.write_text((text or DOCUMENT).format(name=name), "utf-8")
        out = StringIO()
        call_command("import_stories", str(path), stdout=out, **options)
        return out.getvalue()

    return load


@pytest.mark.parametrize(("one", "other"), TWO)
def test_names_that_only_look_alike_are_two(one, other):
    assert identity(one) != identity(other)
    for model in NAMED:
        first, second = model.objects.create(name=one), model.objects.create(name=other)
        assert first.slug != second.slug
        assert list(model.objects.called(other)) == [second]
    assert Tag.objects.named(one).name == one
    assert Tag.objects.named(other).name == other
    an_author(one), an_author(other)
    assert (the_author(one).name, the_author(other).name) == (one, other)


@pytest.mark.parametrize(("one", "other"), ONE)
def test_the_same_name_typed_in_another_way_is_one(one, other):
    assert (identity(one), fold(one)) == (identity(other), fold(other))
    for model in NAMED:
        row = model.objects.create(name=one)
        assert list(model.objects.called(other)) == [row]
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(name=other)
    assert Tag.objects.named(other).name == one
    assert the_author(other) is None
    author = an_author(one)
    assert the_author(other) == author


def test_a_name_longer_than_any_key_is_still_its_own():
    one, other = "ΐ" * 100, "ΐ" * 99 + "a"
    assert Tag.objects.named(one) != Tag.objects.named(other)


def test_taggits_own_road_goes_by_the_name_as_it_is_written():
    story = a_draft()
    tag = Tag.objects.create(name="Меры")
    story.tags.add("Мэры", "МЕРЫ", "Oʻt", "Ot")
    assert sorted(story.tags.values_list("name", flat=True)) == sorted(
        ["Меры", "Мэры", "Oʻt", "Ot"]
    )
    assert tag in story.tags.all()


def test_the_form_of_a_tag_takes_both_and_offers_the_double(desk, editor, chief):
    Tag.objects.create(name="Меры")
    answer = (
        desk(editor)
        .post("/admin/articles/tag/add/", {"name": "Мэры"}, follow=True)
        .content.decode()
    )
    assert "There is also “Меры”." in answer
    assert Tag.objects.count() == 2
    assert (
        "already in use"
        in desk(editor).post("/admin/articles/tag/add/", {"name": "МЭРЫ"}).content.decode()
    )
    answer = desk(chief).post(
        "/admin/articles/section/add/", {"name": "Bread", "order": "1"}, follow=True
    )
    assert "There is also" not in answer.content.decode()


def test_a_merged_name_may_be_used_again_for_what_only_looks_like_it(desk, editor):
    horse, fire = Tag.objects.named("Ot"), Tag.objects.named("Horses")
    merge_names.merge(horse, fire, by=editor)
    assert (
        "was merged into"
        in desk(editor).post("/admin/articles/tag/add/", {"name": "OT"}).content.decode()
    )
    assert desk(editor).post("/admin/articles/tag/add/", {"name": "Oʻt"}).status_code == 302
    assert Tag.objects.named("ot") == fire
    assert Tag.objects.named("o'T").name == "Oʻt"


def test_a_tag_that_several_once_were_is_asked_about(take, editor):
    wheat, corn = Tag.objects.named("Wheat"), Tag.objects.named("Corn")
    for number, tag in enumerate((wheat, corn)):
        tag.aliases.create(name="Grain", slug=f"grain{number}")
    with pytest.raises(Ambiguous):
        Tag.objects.named("grain")
    with pytest.raises(
        CommandError, match=r"“grain” may be one of several tags: wheat \(“Wheat”\), corn"
    ):
        take(tag=["grain"])
    assert not Article.objects.exists()


def test_two_who_make_words_of_one_address_at_once_get_two(monkeypatch):
    taken = Tag.objects.create(name="Меры")
    is_taken, looks = Tag.is_taken, []

    def late(self, slug):
        looks.append(slug)
        # the other one saves after the first look
        return is_taken(self, slug) if len(looks) > 1 else False

    monkeypatch.setattr(Tag, "is_taken", late)
    assert (taken.slug, Tag.objects.named("Мэры").slug) == ("mery", "mery-2")


def test_an_import_offers_what_a_new_tag_looks_like_and_takes_the_word_as_it_is(take):
    Tag.objects.create(name="Меры")
    out = take(tag=["Мэры", " мэры "])
    assert out.startswith("The tag “Мэры” is new. It looks like “Меры”: is it the same?\n")
    assert [tag.name for tag in Article.objects.get().tags.all()] == ["Мэры"]


def test_an_import_files_only_in_the_section_that_is_named(take):
    a_section("Меры")
    with pytest.raises(CommandError, match="There is no section “Мэры”. Do you mean “Меры”?"):
        take(section="Мэры")
    Section.objects.create(name="Мэры")
    take(section="мэры")
    assert Article.objects.get().section.name == "Мэры"
    section = Section.objects.get(name="Меры")
    section.name, section.slug = "Steps", "steps"
    section.save()
    take(text="Another story\n\nBy {name}\n\nText one.\n\nText two.", section="Меры")
    assert Article.objects.latest("pk").section == section


def test_a_name_that_two_authors_share_is_a_decision_that_waits(take, desk, editor, chief):
    older, younger = (
        an_author("Jane Doe", role="Trade reporter"),
        an_author("Jane Doe", role="Photographer"),
    )
    a_section()
    dry = take(dry_run=True)
    assert "left to the desk: 2 authors have that name (jane-doe, jane-doe-2)" in dry
    out = take(publish=True, by="editor", section="Economy")
    assert "left to the desk: 2 authors have that name" in out
    assert "stays a draft     “Jane Doe” may be one of several authors: say which." in out
    story = Article.objects.get()
    assert (story.status, story.byline_decision) == ("draft", "")
    waiting = story.bylines.get().author
    assert waiting.is_unknown
    assert waiting not in (older, younger)
    assert LogLine.objects.filter(act="publish refused").count() == 1
    kept = {row["field"]: row["where"] for row in ImportRecord.objects.get().receipt}
    assert "2 authors have that name" in kept["author"]
    # The queue offers both, told apart; one answer, and the name is hers.
    html = desk(chief).get(QUEUE).content.decode()
    for author, words in (
        (older, "Trade reporter, jane-doe"),
        (younger, "Photographer, jane-doe-2"),
    ):
        assert f"/merge/authors/{waiting.pk}/?into={author.pk}" in html
        assert f"“Jane Doe ({words})”" in html
    # A second document of that name waits in the same place, and what is decided by hand is asked about.
    take(text=DOCUMENT.replace("Bread", "Salt"))
    assert [each.bylines.get().author for each in Article.objects.all()] == [waiting, waiting]
    with pytest.raises(Refused, match="byline"):
        workflow.publish(story, by=chief)
    merge_names.merge(waiting, younger, by=chief)
    assert [each.bylines.get().author for each in Article.objects.all()] == [younger, younger]
    assert not Author.objects.unknown().exists()


def test_a_name_that_somebody_had_before_counts_too(take):
    jane = an_author("Jane Doe")
    jane.name, jane.slug = "Jane Smith", "jane-smith"
    jane.save()
    take()
    assert Article.objects.get().bylines.get().author == jane
    an_author("Jane Doe")
    out = take(text=DOCUMENT.replace("Bread", "Salt"))
    assert "2 authors have that name (jane-smith, jane-doe-2)" in out


def test_a_name_in_another_alphabet_is_offered_and_not_taken(take, desk, chief):
    known = an_author("Ўткир Азиз")
    out = take("Oʻtkir Aziz")
    assert (
        "new author page, seen by readers with the first live story; it looks like “Ўткир Азиз”"
        in out
    )
    new = Article.objects.get().bylines.get().author
    assert (new.name, new.is_unknown) == ("Oʻtkir Aziz", True)
    assert f"/merge/authors/{new.pk}/?into={known.pk}" in desk(chief).get(QUEUE).content.decode()
    take("O'TKIR Aziz", text=DOCUMENT.replace("Bread", "Salt"))
    assert Author.objects.count() == 2  # another key for the same letter is the same name


def test_who_publishes_is_told_of_a_name_that_nobody_has_answered_for(take, chief):
    take("J. Baker")
    story = Article.objects.get()
    said = [each.message for each in copydesk.look_over(snapshots.latest(story), story)]
    assert any(
        "“J. Baker” came with an import, and nobody has said yet who that is" in each
        for each in said
    )
    merge_names.accept(story.bylines.get().author, by=chief)
    assert not any(
        "came with an import" in each.message
        for each in copydesk.look_over(snapshots.latest(story), story)
    )


def test_the_box_that_finds_authors_tells_namesakes_apart(desk, editor):
    an_author("Jane Doe", role="Trade reporter"), an_author("Jane Doe"), an_author("Jane Dove")
    asked = {
        "term": "jane",
        "app_label": "articles",
        "model_name": "byline",
        "field_name": "author",
    }
    found = desk(editor).get("/admin/autocomplete/", asked).json()["results"]
    assert [each["text"] for each in found] == [
        "Jane Doe (Trade reporter, jane-doe)",
        "Jane Doe (jane-doe-2)",
        "Jane Dove",
    ]


@pytest.mark.parametrize(("one", "other"), TWO)
def test_what_looks_alike_is_offered_as_a_double(one, other):
    assert similar_names.likely([Tag(name="Salt"), Tag(name=one), Tag(name=other)])
    known = similar_names.Known([an_author(one), an_author("Salt Cellar")])
    assert [row.name for row in known.meant_by(other)] == [one]


def test_a_search_for_a_topic_as_it_is_written_leaves_the_other_out(client, page):
    a_story("Prices are capped", tags=["Меры"])
    a_story("Towns vote", tags=["Мэры"])
    assert "Towns vote" not in page("/search/?q=tag:меры")
    assert "Prices are capped" in page("/search/?q=tag:меры")
    assert "Prices are capped" not in page("/search/?q=tag:Мэры")
    for address, headline in (("mery", "Prices are capped"), ("mery-2", "Towns vote")):
        items = client.get(f"/api/v1/articles?tag={address}").json()["items"]
        assert [each["headline"] for each in items] == [headline]
        assert headline in page(f"/tags/{address}/")
    both = page("/search/?q=tag:meri")  # neither is written so: what looks alike is found
    assert ("Prices are capped" in both, "Towns vote" in both) == (True, True)
