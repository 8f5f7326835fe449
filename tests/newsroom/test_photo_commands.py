"""The commands that keep the photo library: rebuild_pictures and photo_rights."""

import json
import os
import subprocess
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from articles.models import Photo
from articles.pictures import uploads
from articles.pictures.incoming import originals, rendition_folder, rendition_root
from articles.pictures.uploads import add_photo
from tests import tools
from tests.builders import a_story
from tests.pictures import a_real_photo, in_text, orphans

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_disk")]


def test_rebuild_makes_what_is_missing_and_leaves_what_is_there():
    photo, other = a_real_photo(), a_real_photo(size=(1300, 900))
    (rendition_folder(photo) / "320.jpg").unlink()
    untouched = (rendition_folder(other) / "320.jpg").stat().st_mtime_ns
    out = StringIO()
    call_command("rebuild_pictures", "--dry-run", stdout=out)
    assert "1 would be made, 1 there already" in out.getvalue()
    assert not (rendition_folder(photo) / "320.jpg").exists()
    call_command("rebuild_pictures", stdout=out)
    assert "1 made, 1 there already, 0 failed" in out.getvalue()
    assert orphans() == []
    assert (rendition_folder(other) / "320.jpg").stat().st_mtime_ns == untouched
    out = StringIO()
    call_command("rebuild_pictures", "--all", stdout=out)
    assert "2 made" in out.getvalue()


def what_files_say(photo) -> set[str]:
    """About AI training, as exiftool reads it, in every public file of the photo."""
    answer = subprocess.run(
        [tools.exiftool(), "-json", "-n", "-XMP-plus:DataMining", rendition_folder(photo)],
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(answer.stdout)
    assert len(told) == len(photo.file_names())
    return {each["DataMining"].rpartition("/")[2] for each in told}


def test_every_public_file_says_whether_ai_may_be_trained_with_it(settings):
    photo = a_real_photo(size=(1300, 900))
    assert what_files_say(photo) == {"DMI-PROHIBITED-AIMLTRAINING"}
    before, settings.NEWSROOM_AI_TRAINING = photo.stamp, True
    call_command("rebuild_pictures", stdout=StringIO())
    photo.refresh_from_db()
    assert what_files_say(photo) == {"DMI-ALLOWED"}
    assert photo.stamp != before, "a cache may keep the old file for a year"


def test_rebuild_names_what_it_cannot_make_and_fails():
    photo = a_real_photo()
    (originals() / photo.original).unlink()
    (rendition_folder(photo) / "320.jpg").unlink()
    errors = StringIO()
    with pytest.raises(CommandError, match="1 pictures could not be made"):
        call_command("rebuild_pictures", stdout=StringIO(), stderr=errors)
    assert f"photo {photo.pk} “A green wall”: its original is not there" in errors.getvalue()


def test_rebuild_clears_old_files_that_belong_to_no_photo():
    old = originals() / "nobodys.jpeg"
    folder = rendition_root() / "nobody" / "stamp"
    originals().mkdir(parents=True)
    folder.mkdir(parents=True)
    old.write_bytes(b"x")
    call_command("rebuild_pictures", stdout=StringIO())
    assert old.exists(), "somebody may be uploading it"
    for each in (old, folder):
        os.utime(each, (0, 0))
    out = StringIO()
    call_command("rebuild_pictures", stdout=out)
    assert "2 left-overs cleared" in out.getvalue()
    assert not old.exists()
    assert not folder.exists()


def test_a_worker_makes_the_pictures_when_the_setting_says_so(settings, desk, editor):
    settings.NEWSROOM_PICTURES_LATER = True
    photo = a_real_photo()
    assert (photo.stamp, photo.width) == ("", 700)
    html = desk(editor).get(f"/admin/articles/photo/{photo.pk}/change/").content.decode()
    assert "It is being made." in html
    call_command("rebuild_pictures", stdout=StringIO())
    photo.refresh_from_db()
    assert photo.stamp
    assert orphans() == []
    with pytest.raises(uploads.PictureRefused):
        add_photo(b"words")


@time_machine.travel("2026-03-01T12:00:00+05:00", tick=False)
def test_the_list_of_rights_that_lapse():
    ended = a_real_photo(alt="Ended")
    a_real_photo(alt="Unused", rights_until=date(2026, 2, 27), size=(800, 600))
    soon = a_real_photo(alt="Soon", rights_until=date(2026, 3, 8), size=(900, 600))
    a_real_photo(alt="Later", rights_until=date(2026, 3, 9), size=(901, 600))
    a_story("Live with it", lead_photo=ended.sha256, body=in_text(soon))
    Photo.objects.filter(pk=ended.pk).update(rights_until=date(2026, 2, 27))
    out = StringIO()
    call_command("photo_rights", stdout=out)
    text = out.getvalue()
    assert f"2026-02-27  rights ended: photo {ended.pk} “Ended”" in text
    assert "2026-03-08  rights end: photo" in text
    assert text.count("live: Live with it") == 2
    assert "Unused" not in text
    assert "Later" not in text
    assert "1 ended, 1 end by 2026-03-08." in text
    assert Photo.objects.count() == 4
