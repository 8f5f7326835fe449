"""What an attack on the photo desk found: overtaken replacements, pictures that came back, faults of the disk."""

from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from articles import workflow
from articles.models import Photo
from articles.pictures import uploads
from articles.pictures.incoming import originals, rendition_folder, rendition_root
from articles.pictures.uploads import replace_file
from articles.story import editing
from tests.builders import a_draft, a_snapshot, a_story, an_author
from tests.pictures import a_picture, a_real_photo, halves, in_text, orphans

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_disk")]


def address(photo, name="320.jpg"):
    return f"/media/photos/{photo.token}/{photo.stamp}/{name}"


def test_a_replacement_that_somebody_overtakes_changes_nothing(monkeypatch, editor):
    """Reading a file takes seconds; what colleagues do meanwhile stays."""
    photo = a_real_photo(raw=halves())
    real = uploads.in_own_process

    def slowly(*arguments):
        facts = real(*arguments)
        monkeypatch.setattr(uploads, "in_own_process", real)
        replace_file(Photo.objects.get(pk=photo.pk), a_picture((900, 700)))
        return facts

    monkeypatch.setattr(uploads, "in_own_process", slowly)
    with pytest.raises(uploads.PictureRefused, match="Somebody has changed this photo meanwhile"):
        replace_file(photo, a_picture())
    assert Photo.objects.get().width == 900
    assert orphans() == []


def test_a_replacement_keeps_what_was_typed_meanwhile_and_asks_for_the_right_again(
    monkeypatch, reporter
):
    photo = a_real_photo(raw=halves(), credit="")
    real = uploads.in_own_process

    def slowly(*arguments):
        Photo.objects.filter(pk=photo.pk).update(credit="Typed meanwhile", is_incoming=False)
        return real(*arguments)

    monkeypatch.setattr(uploads, "in_own_process", slowly)
    with pytest.raises(uploads.PictureRefused):
        replace_file(photo, a_picture(), may=lambda row: row.is_incoming)
    assert (Photo.objects.get().credit, Photo.objects.get().width) == ("Typed meanwhile", 800)
    replace_file(Photo.objects.get(), a_picture())
    assert (Photo.objects.get().credit, Photo.objects.get().is_incoming) == (
        "Typed meanwhile",
        False,
    )
    assert orphans() == []


def test_a_replacement_can_be_taken_back_and_a_deleted_photo_stays_deleted(monkeypatch):
    first = a_picture((900, 700))
    photo = a_real_photo(raw=first)
    replace_file(photo, a_picture())
    replace_file(photo, first)
    assert (photo.file_hash, photo.width) == (photo.sha256, 900)
    assert orphans() == []
    real = uploads.in_own_process

    def deleted(*arguments):
        Photo.objects.all().delete()
        return real(*arguments)

    monkeypatch.setattr(uploads, "in_own_process", deleted)
    with pytest.raises(uploads.PictureRefused):
        replace_file(photo, a_picture())
    assert not Photo.objects.exists()


def test_crops_that_are_made_while_the_file_is_replaced_give_way(monkeypatch):
    photo = a_real_photo(raw=halves())
    Photo.objects.filter(pk=photo.pk).update(focal_x=1)
    photo.refresh_from_db()
    real = uploads.in_own_process

    def slowly(*arguments):
        facts = real(*arguments)
        monkeypatch.setattr(uploads, "in_own_process", real)
        replace_file(Photo.objects.get(pk=photo.pk), a_picture())
        return facts

    monkeypatch.setattr(uploads, "in_own_process", slowly)
    uploads.make_renditions(photo)
    assert Photo.objects.get().width == 700
    assert orphans() == []


def test_what_went_with_a_withdrawn_story_stays_gone_whatever_is_done_to_the_photo(
    chief, editor, desk, django_capture_on_commit_callbacks
):
    photo, earlier = a_real_photo(raw=halves()), a_real_photo()
    story = a_story("Live", body=in_text(photo, earlier))
    editing.save(story, a_snapshot("Live", body=in_text(photo)), version=story.version)
    workflow.put_live(story, by=editor, kind="small_fix")
    with django_capture_on_commit_callbacks(execute=True):
        workflow.withdraw(story, by=chief, reason="rights")
    data = {"alt": "x", "credit": "y", "allowed_use": "any", "focal_x": 1, "focal_y": 1}
    with django_capture_on_commit_callbacks(execute=True):
        assert (
            desk(editor).post(f"/admin/articles/photo/{photo.pk}/change/", data).status_code == 302
        )
    upload = SimpleUploadedFile("n.jpg", a_picture())
    assert (
        desk(editor)
        .post(f"/admin/articles/photo/{photo.pk}/replace/", {"file": upload})
        .status_code
        == 302
    )
    call_command("rebuild_pictures", "--all", stdout=StringIO())
    assert list(rendition_root().glob("*/*")) == []
    with django_capture_on_commit_callbacks(execute=True):
        a_draft("Wants it again", body=in_text(earlier))
    assert rendition_folder(earlier).exists(), "the desk sees it again"


def test_a_draft_that_lets_go_of_a_withdrawn_photo_lets_it_go(
    chief, django_capture_on_commit_callbacks
):
    photo = a_real_photo()
    story, draft = (
        a_story("Live", lead_photo=photo.sha256),
        a_draft("Has it", lead_photo=photo.sha256),
    )
    with django_capture_on_commit_callbacks(execute=True):
        workflow.withdraw(story, by=chief, reason="rights")
    assert rendition_folder(photo).exists()
    with django_capture_on_commit_callbacks(execute=True):
        editing.save(draft, a_snapshot("Has it no more"), version=draft.version)
    assert not rendition_folder(photo).exists()


def test_a_picture_that_cannot_be_made_again_is_no_fault_of_the_page(
    client, chief, editor, django_capture_on_commit_callbacks
):
    photo = a_real_photo()
    story = a_story("Live", lead_photo=photo.sha256)
    with django_capture_on_commit_callbacks(execute=True):
        workflow.withdraw(story, by=chief, reason="rights")
    with django_capture_on_commit_callbacks(execute=True):
        (originals() / photo.original).write_bytes(b"no picture")
        workflow.restore(story, by=chief, why="again")
    with django_capture_on_commit_callbacks(execute=True):
        workflow.publish(story, by=editor)
    assert client.get(story.get_absolute_url()).status_code == 200
    assert client.get(address(photo)).status_code == 404


def test_an_incoming_photo_is_no_portrait_and_nobodys_to_change_while_it_is_public(
    desk, chief, reporter
):
    photo = a_real_photo(credit="", by=reporter)
    author = an_author("Ada Baker")
    data = {"name": "Ada Baker", "portrait": photo.pk}
    assert (
        "waits for its description"
        in desk(chief).post(f"/admin/authors/author/{author.pk}/change/", data).content.decode()
    )
    author.portrait = photo  # by a shell
    author.save()
    a_story(by=[author])
    answer = desk(reporter).post(
        f"/admin/articles/photo/{photo.pk}/replace/",
        {"file": SimpleUploadedFile("x.jpg", a_picture())},
    )
    assert answer.status_code == 403


def test_an_older_dump_gives_no_photo_another_file_and_puts_none_back_into_a_story(
    client, tmp_path
):
    kept, gone = a_real_photo(raw=halves()), a_real_photo()
    story = a_draft("Draft", body=in_text(kept, gone))
    call_command(
        "dumpdata",
        "articles",
        natural_foreign=True,
        natural_primary=True,
        output=str(tmp_path / "old.json"),
    )
    replace_file(kept, a_picture((600, 400)))
    editing.save(story, a_snapshot("Draft", body=in_text(kept)), version=story.version)
    for _ in range(2):
        call_command("loaddata", str(tmp_path / "old.json"), verbosity=0)
    assert Photo.objects.get(pk=kept.pk).width == 600
    assert [use.photo for use in story.photo_uses.all()] == [kept]
    assert orphans() == []
