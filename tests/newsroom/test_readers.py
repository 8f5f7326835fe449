"""What a reader finds goes into the draft, whatever the format; what is none of ours is said and not invented."""

import json

import pytest

from articles.models import Article, Photo, Section, Tag
from articles.models.tag import MOST_TAGS
from articles.story import editing
from newsroom.interchange.formats import FORMATS
from newsroom.interchange.story import Picture, Signature, Story
from newsroom.models import ImportRecord
from tests.builders import a_photo, a_section
from tests.newsroom.test_import_stories import GOOD, give_reader, take
from tests.pictures import a_picture

pytestmark = pytest.mark.django_db
MADE_UP = "a ninjs document"  # a kind that is known and not read yet


@pytest.fixture
def brought(monkeypatch, tmp_path):
    """`brought(dek="…")`: the story that the command makes of a document whose made-up reader finds these facts, and
    what the command says."""

    def bring(*found, name="wire.txt", options=(), **facts):
        stories = found or [Story(**{"text": "Bakers met.", "headline": "Bread"} | facts)]
        seen = []

        def reader(document, zone):
            seen.append((document.raw, document.name))
            yield from stories

        give_reader(monkeypatch, MADE_UP, reader)
        path = tmp_path / name
        path.write_text(json.dumps({"uri": name, "headline": "x"}), "utf-8")
        out, err, _ = take(path, **dict(options))
        assert seen == [(path.read_bytes(), str(path))]
        return Article.objects.order_by("-pk").first(), out + err

    return bring


def test_without_its_reader_no_kind_is_taken_in(monkeypatch, tmp_path):
    """The command knows no format: all it takes is what the register has a reader for."""
    document = tmp_path / "good.txt"
    document.write_text(GOOD, "utf-8")
    for name in {each.name for each in FORMATS if each.reader}:
        give_reader(monkeypatch, name, None)
    out, err, code = take(document)
    assert "0 made, 0 unchanged, 1 refused" in out
    assert "It is plain text." in err
    assert code == 1
    monkeypatch.undo()
    assert "1 made" in take(document)[0]


def test_the_command_uses_the_reader_that_is_registered_for_a_kind(brought):
    section = a_section("Economy")
    flour = Tag.objects.create(name="Flour")
    story, said = brought(
        dek="Flour is up.",
        section="ECONOMY",
        tags=["flour", "Salt", "FLOUR", "salt"],
        dateline="Samarkand",
        language="ru-RU",
        signatures=[Signature("Ada Baker")],
    )
    assert (story.headline, story.summary, story.body_text) == (
        "Bread",
        "Flour is up.",
        "Bakers met.",
    )
    assert (story.section, story.dateline, story.language) == (section, "Samarkand", "ru")
    assert [tag.name for tag in story.tags.order_by("pk")] == ["Flour", "Salt"]
    assert flour in story.tags.all()
    assert story.bylines.get().author.name == "Ada Baker"
    assert (story.status, story.origin) == ("draft", "import")
    assert "tag               Salt  [new]" in said


def test_what_a_document_does_not_say_stays_unknown(brought):
    story, _ = brought()
    assert (story.summary, story.section, story.dateline, story.lead_photo) == ("", None, "", None)
    assert (story.language, story.tags.count()) == ("en", 0)
    assert (story.published_on, story.date_decided, story.byline_decision) == (None, False, "")


def test_a_section_that_is_none_of_ours_is_said_and_not_made(brought):
    a_section("Ekonomika")
    story, said = brought(section="Экономика", language="tlh")
    assert story.section is None
    assert "there is no such section; it looks like “Ekonomika”" in said
    assert Section.objects.count() == 1
    assert story.language == "en"
    assert "tlh  [not taken: it is none that we know]" in said


def test_the_section_that_the_importer_names_goes_before_the_documents(brought):
    a_section("Economy")
    world = a_section("World")
    story, said = brought(section="Economy", options={"section": "World", "tag": ["Grain"]}.items())
    assert story.section == world
    assert [tag.name for tag in story.tags.all()] == ["Grain"]
    assert "Economy  [not taken: it is filed under World]" in said


def test_a_tag_that_may_be_several_or_is_too_much_is_left(brought):
    kept = Tag.objects.create(name="Wheat")
    for old in ("first", "second"):
        other = Tag.objects.create(name=f"Grain {old}")
        other.aliases.create(name="Corn", slug=f"corn-{old}", old_pk=900 + other.pk)
    many = [f"Topic {number}" for number in range(MOST_TAGS)]
    story, said = brought(tags=["Corn", "x" * 101, "Wheat", *many])
    assert story.tags.count() == MOST_TAGS
    assert kept in story.tags.all()
    assert "Corn  [left to the desk: it may be one of" in said
    assert "a tag has at most 100 characters" in said
    assert f"Topic {MOST_TAGS - 1}  [not taken: a story has at most {MOST_TAGS} tags]" in said
    assert not Tag.objects.filter(name=f"Topic {MOST_TAGS - 1}").exists()


@pytest.mark.usefixtures("own_disk")
def test_photos_go_through_the_librarys_door_and_what_is_left_is_named(brought):
    known = a_photo(alt="A loaf", credit="Desk")
    story, said = brought(
        photos=[
            Picture(a_picture((700, 460)), "lead.jpg", "A mill", "The mill.", "Desk"),
            Picture(a_picture((710, 460)), "second.jpg", "A mill again", "", "Desk"),
            Picture(a_picture((720, 460)), "nobodys.jpg"),
            Picture(b"no picture", "words.jpg", "A mill", "", "Desk"),
            Picture(name="https://example.com/far.jpg"),
        ]
    )
    lead = story.lead_photo
    assert (lead.alt, lead.caption, lead.credit, lead.file_name) == (
        "A mill",
        "The mill.",
        "Desk",
        "lead.jpg",
    )
    assert story.lead_caption == ""
    assert lead != known
    assert f"lead.jpg  [photo {lead.pk}, above the text]" in said
    assert "put into the text at the desk" in said
    assert "nobodys.jpg  [in the library" in said
    assert "words.jpg  [not taken: " in said
    assert "far.jpg  [not taken: the document does not bring the file itself]" in said
    assert Photo.objects.get(file_name="nobodys.jpg").is_incoming


@pytest.mark.usefixtures("own_disk")
def test_a_photo_that_the_library_has_is_used_with_the_documents_words(brought):
    raw = a_picture((700, 460))
    first, _ = brought(photos=[Picture(raw, "a.jpg", "A mill", "The mill.", "Desk")])
    second, _ = brought(photos=[Picture(raw, "b.jpg", "Else", "Our mill.", "Else")], name="two.txt")
    assert first != second
    assert first.lead_photo == second.lead_photo
    assert (second.lead_photo.alt, second.lead_caption) == ("A mill", "Our mill.")


@pytest.mark.usefixtures("own_disk")
def test_a_dry_run_says_what_would_be_and_makes_nothing(brought):
    story, said = brought(
        section="Nowhere",
        tags=["Salt"],
        photos=[Picture(a_picture((700, 460)), "lead.jpg", "A mill", "", "Desk")],
        options={"dry_run": True}.items(),
    )
    assert story is None
    assert "Nowhere  [not taken: there is no such section]" in said
    assert "Salt  [new]" in said
    assert "lead.jpg  [not looked at in a dry run]" in said
    assert (Tag.objects.count(), Photo.objects.count()) == (0, 0)


def a_wire(**last):
    """Two stories of one document, signed by one person whom nobody knows."""
    return [
        Story("One loaf.", "One", signatures=[Signature("Ada Baker")], tags=["Salt"]),
        Story(**{"text": "Two loaves.", "headline": "Two", "tags": ["salt"]} | last),
    ]


def test_a_document_of_several_stories_becomes_as_many_drafts_each_with_its_receipt(brought):
    story, said = brought(*a_wire(signatures=[Signature("Ada Baker")]))
    first, second = Article.objects.order_by("pk")
    assert (first.headline, second.headline, second) == ("One", "Two", story)
    assert first.bylines.get().author == second.bylines.get().author
    assert list(first.tags.all()) == list(second.tags.all()) == [Tag.objects.get()]
    assert "1 read: 2 made, 0 unchanged, 0 refused." in said
    assert f"wire.txt (2 of 2): made, story {second.pk} (draft)" in said
    assert [record.number for record in ImportRecord.objects.order_by("pk")] == [1, 2]
    assert first.import_record.text == second.import_record.text
    assert "wire.txt" in second.import_record.text
    assert bytes(second.import_record.original) == b""
    again = brought(*a_wire())[1]
    assert "1 read: 0 made, 2 unchanged, 0 refused." in again
    assert f"wire.txt (1 of 2): unchanged, story {first.pk}" in again
    assert Article.objects.count() == 2


@pytest.mark.parametrize("last", [{"dateline": "x" * 101}, {"text": "x" * 600_000}])
def test_of_a_document_with_one_story_that_does_not_fit_none_is_taken(brought, last):
    story, said = brought(*a_wire(**last))
    assert story is None
    assert "refused. Its" in said
    assert Tag.objects.count() == 0


def test_when_one_story_of_a_document_cannot_be_kept_none_is(brought, monkeypatch):
    real = editing.create

    def fails(snapshot, **facts):
        if snapshot["headline"] == "Two":
            raise OSError("The disk is full.")
        return real(snapshot, **facts)

    monkeypatch.setattr(editing, "create", fails)
    with pytest.raises(OSError, match="full"):
        brought(*a_wire())
    assert (Article.objects.count(), ImportRecord.objects.count(), Tag.objects.count()) == (0, 0, 0)


def test_a_document_without_a_story_is_refused(monkeypatch, tmp_path):
    give_reader(monkeypatch, MADE_UP, lambda document, zone: iter(()))
    path = tmp_path / "wire.txt"
    path.write_text(json.dumps({"uri": "x", "headline": "x"}), "utf-8")
    assert "refused. There is no story in it." in take(path)[1]


@pytest.mark.parametrize("facts", [{"dek": "x" * 1_000_000}, {"dateline": "x" * 101}])
def test_what_does_not_fit_is_refused_as_the_form_refuses_it(brought, facts):
    story, said = brought(**facts)
    assert story is None
    assert f"Its {next(iter(facts))} has" in said
