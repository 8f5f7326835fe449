"""Withdrawn is gone: from every surface, for good, and one command proves it."""

import io
import shutil
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from articles import workflow
from articles.models import Address, Article, LogLine, Photo, Revision, TagLink
from articles.pictures.incoming import originals, rendition_folder
from articles.pictures.uploads import add_photo
from articles.story import addresses, editing, preview, snapshots
from newsroom.interchange.load import Filing, Verdict, load
from newsroom.withdrawal import LONGEST, question_of
from tests.articles.test_acts import working_copy
from tests.builders import a_draft, a_photo, a_section, a_story, an_author

pytestmark = pytest.mark.django_db
SURFACES = [
    "/",
    "/sections/economy/",
    "/tags/",
    "/tags/canarytag/",
    "/authors/",
    "/authors/canaryname/",
    "/archive/",
    "/archive/2026/",
    "/archive/2026/03/",
    "/archive/2026/03/04/",
    "/archive/undated/",
    "/corrections/",
    "/search/?q=canarybody",
    "/articles/canaryslug/",
    "/articles/canaryheadline/",
    "/nothing/",
]
CANARIES = [
    "canaryheadline",
    "canarydek",
    "canarybody",
    "canarycaption",
    "canaryalt",
    "canaryname",
    "canarytag",
    "canaryslug",
    "canaryfile",
    "canarywas",
]


@pytest.fixture
def story(chief, editor):
    """Live, with an older address, a photo, a correction, a working copy and a shared link."""
    photo = a_photo(alt="Canaryalt", token="canaryfile")
    made = a_story(
        "Canaryheadline",
        summary="Canarydek, long enough to be looked for",
        by=[an_author("Canaryname")],
        body="<p>Canarybody has a sentence that nobody else would write.</p>",
        tags=["Canarytag"],
        lead_caption="Canarycaption",
        lead_photo=photo.sha256,
    )
    workflow.put_live(working_copy(made, slug="canaryslug"), by=editor, kind="small_fix")
    workflow.correct(made, by=editor, was="Canarywas", now="Better")
    a_story("Another one")
    return made


def traces(client):
    """Canaries that any surface shows, beside the address that was asked for."""
    found = []
    for surface in SURFACES:
        text = client.get(surface).content.decode().casefold()
        found += [
            (surface, word)
            for word in CANARIES
            if word in text.replace(surface.casefold(), "") and word not in surface
        ]
    return found


def is_gone(client):
    assert traces(client) == []
    for slug in ("canaryslug", "canaryheadline"):
        assert client.get(f"/articles/{slug}/").status_code == 410


def proof(story):
    out = StringIO()
    call_command("verify_withdrawal", str(story.pk), stdout=out)
    return out.getvalue()


def test_a_withdrawn_story_is_on_no_surface_and_the_command_proves_it(client, chief, story):
    assert len(traces(client)) >= 12  # it is there before
    link = f"/preview/{preview.token_of(preview.share(story, story.revisions.newest(), by=chief))}/"
    workflow.withdraw(story, by=chief, reason="law")
    is_gone(client)
    assert client.get(link).status_code == 404
    text = proof(story)
    assert "410 /articles/canaryslug/" in text
    assert "410 /articles/canaryheadline/" in text
    assert "clean /authors/" in text
    assert "0 traces" in text


def test_the_proof_fails_when_something_is_left(client, chief, story, monkeypatch):
    """The twin: with the gate of the lists open, the command names every page on which the story stands."""
    from articles.models.article import ArticleQuerySet
    from articles.models.gate import GatedLinkQuerySet

    workflow.withdraw(story, by=chief, reason="law")
    monkeypatch.setattr(ArticleQuerySet, "live", lambda self, at=None: self)
    monkeypatch.setattr(GatedLinkQuerySet, "live", lambda self, at=None: self)
    out = StringIO()
    with pytest.raises(CommandError, match="traces found"):
        call_command("verify_withdrawal", str(story.pk), stdout=out)
    named = {
        line.rpartition(" ")[2] for line in out.getvalue().splitlines() if " stands on " in line
    }
    assert {
        "/sections/economy/",
        "/tags/canarytag/",
        "/authors/canaryname/",
        "/archive/2026/03/04/",
    } <= named
    assert "/sections/economy/ links to /articles/canaryslug/" in out.getvalue()


def test_the_search_page_that_repeats_its_question_is_no_trace(chief, editor):
    short = "The price of bread rose to 340 soums."
    longer = f"{short} Rita adds a sentence."
    made = a_story("Canary bread", body=f"<p>{longer} {'So it goes on and on. ' * 5}</p>")
    copy = working_copy(made, body=f"<p>{short}</p>", headline="Canary bread")
    workflow.put_live(copy, by=editor, kind="small_fix")
    workflow.withdraw(made, by=chief, reason="law")
    assert "0 traces" in proof(made)


def test_a_long_passage_is_asked_for_in_whole_words():
    assert question_of("Short enough") == "Short enough"
    passage = "A sentence that nobody else would write here and that ends in half a word"[:LONGEST]
    assert passage.endswith(" i")
    assert question_of(passage) == passage.removesuffix(" i")


def test_the_proof_fails_when_a_picture_or_an_address_is_left(client, chief, story):
    workflow.withdraw(story, by=chief, reason="law")
    folder = rendition_folder(Photo.objects.get(token="canaryfile"))
    folder.mkdir(parents=True)
    out = StringIO()
    with pytest.raises(CommandError, match="1 traces"):
        call_command("verify_withdrawal", str(story.pk), stdout=out)
    assert "no file of photo" in out.getvalue()
    folder.rmdir()
    folder.parent.rmdir()
    Address.objects.filter(path="/articles/canaryheadline/").update(gone_at=None)
    with pytest.raises(CommandError):
        call_command("verify_withdrawal", str(story.pk), stdout=out)
    assert "! 404 /articles/canaryheadline/" in out.getvalue()


@pytest.mark.parametrize("name", ["999", "x", "9" * 40, "6f0f6c1e-9d0a-4c55-8c58-0d3a2f6b7eff"])
def test_the_command_says_when_there_is_nothing_to_prove(name, story):
    with pytest.raises(CommandError, match="There is no story"):
        call_command("verify_withdrawal", name)
    with pytest.raises(CommandError, match="is published"):
        call_command("verify_withdrawal", str(story.uid))
    with pytest.raises(CommandError, match="was not withdrawn"):
        call_command("verify_withdrawal", str(a_draft().pk))


def test_it_stays_withdrawn_through_loaddata_and_migrate(client, chief, story, tmp_path):
    models = ["articles", "authors.author"]
    dump = tmp_path / "while_it_was_live.json"
    with open(dump, "w") as file:
        call_command(
            "dumpdata",
            *models,
            "--natural-foreign",
            "--natural-primary",
            exclude=[
                "articles.unsavedwork",
                "articles.presence",
                "articles.sharedpreview",
                "articles.checkpass",
            ],
            stdout=file,
        )
    workflow.withdraw(story, by=chief, reason="law")
    lines, revisions = LogLine.objects.count(), Revision.objects.count()
    call_command("loaddata", str(dump), verbosity=0)
    call_command("migrate", verbosity=0)
    is_gone(client)
    assert "0 traces" in proof(story)
    assert (LogLine.objects.count(), Revision.objects.count()) == (lines, revisions)
    assert not TagLink.objects.filter(content_object=story, is_published=True).exists()
    assert Address.objects.filter(article=story, gone_at=None).count() == 0


def test_a_fixture_never_changes_words_or_records_that_are_here(story, tmp_path, editor):
    dump = tmp_path / "older.json"
    models = ["article", "revision", "correction", "logline", "byline", "taglink"]
    with open(dump, "w") as file:
        call_command(
            "dumpdata",
            *(f"articles.{name}" for name in models),
            "--natural-foreign",
            "--natural-primary",
            stdout=file,
        )
    dump.write_text(
        dump.read_text().replace("Canarywas", "Rewritten").replace("Canarybody", "Rewritten")
    )
    newer = {"headline": "Newer words", "bylines": [{"name": "New Name"}], "tags": []}
    editing.save(story, snapshots.latest(story) | newer, version=story.version, by=editor)
    workflow.put_live(story, by=editor, kind="small_fix")
    call_command("loaddata", str(dump), verbosity=0)
    assert [str(row) for row in story.bylines.all()] == ["By New Name"]
    assert not story.tag_links.exists()
    assert "Rewritten" not in str(list(Revision.objects.values_list("snapshot", flat=True)))
    assert story.corrections.get(kind="correction").was == "Canarywas"
    story.refresh_from_db()
    assert snapshots.latest(story)["headline"] == "Newer words"
    assert "Canarybody" in story.body


def test_it_stays_withdrawn_when_its_document_comes_again(client, chief):
    a_section("Economy")
    raw = b"date 2026-03-04\n\nCanaryheadline\n\nCanarybody has a sentence.\n\nAda Baker\n\nAda Baker\n\nA bio."
    story = load("document.txt", raw, Filing(section=a_section("Economy")))[0].article
    editing.save(
        story,
        snapshots.latest(story)
        | {
            "headline": "Canaryheadline",
            "headline_from": "source",
            "byline_decision": "staff",
            "slug": "canaryslug",
        },
        version=1,
        by=chief,
    )
    workflow.publish(story, by=chief)
    workflow.withdraw(story, by=chief, reason="law")
    [again] = load("document.txt", raw, Filing(section=a_section("Economy"), publish_by=chief))
    assert (again.verdict, again.article) == (Verdict.UNCHANGED, story)
    assert client.get("/articles/canaryslug/").status_code == 410
    assert Article.objects.count() == 1


def test_a_restored_story_answers_410_until_a_second_person_publishes_it(
    client, chief, editor, story
):
    workflow.withdraw(story, by=chief, reason="law")
    workflow.restore(story, by=chief, why="mistake")
    assert client.get("/articles/canaryslug/").status_code == 410
    assert "0 traces" in proof(story)
    with pytest.raises(workflow.Refused, match="A second person"):
        workflow.publish(story, by=chief)
    workflow.publish(story, by=editor)
    assert client.get("/articles/canaryslug/").status_code == 200
    assert addresses.withdrawn("/articles/canaryslug/") is None


@pytest.fixture
def a_real_photo(settings, tmp_path):
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    raw = io.BytesIO()
    Image.new("RGB", (64, 48), "white").save(raw, "PNG")
    yield add_photo(raw.getvalue(), alt="A white wall", credit="Desk")
    shutil.rmtree(tmp_path, ignore_errors=True)


def test_its_picture_goes_from_the_disk_unless_somebody_else_uses_it(
    client, chief, editor, a_real_photo, django_capture_on_commit_callbacks
):
    photo = Photo.objects.get(pk=a_real_photo.pk)
    address, folder = f"/media/photos/{photo.token}/{photo.stamp}/64.jpg", rendition_folder(photo)
    first, second = (a_story(name, lead_photo=photo.sha256) for name in ("One", "Two"))
    with django_capture_on_commit_callbacks(execute=True):
        workflow.withdraw(first, by=chief, reason="rights")
    assert client.get(address).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        workflow.withdraw(second, by=chief, reason="rights")
    assert client.get(address).status_code == 404
    assert not folder.exists()
    assert (originals() / photo.original).exists()
    with django_capture_on_commit_callbacks(execute=True):
        workflow.restore(second, by=chief, why="rights again")
        workflow.publish(second, by=editor)
    assert client.get(address).status_code == 200
