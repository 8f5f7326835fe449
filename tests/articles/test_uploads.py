"""Uploads: taken by their content, within limits; refused in plain words; all or nothing on the disk."""

import errno
import io
import json
import os
import re
import signal
import struct
import subprocess
import sys
import threading
import time
import zlib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles.admin import photo_upload
from articles.models import Photo
from articles.pictures import incoming, renditions, uploads
from articles.pictures.incoming import clear_leftovers, originals, rendition_folder
from articles.pictures.uploads import AlreadyHere, PictureRefused, add_photo
from tests.pictures import a_picture, a_real_photo, files_on_disk, orphans
from tests.samples import SHARED
from tests.sizes import sized

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_disk")]
ADD = "/admin/articles/photo/add/"
KILLS = sized(40, 4)
MEMORY, MEMORY_FOR_THE_LARGEST = 200 * 1024, 350 * 1024  # KiB, of the process that opens the file


@pytest.fixture(scope="session")
def bad_pictures(tmp_path_factory):
    """The hostile pictures of the outside samples, made in a folder of their own; and some of ours."""
    folder = tmp_path_factory.mktemp("pictures")
    manifest = []
    maker = SHARED / "attacks" / "gen_bad_images.py"
    if maker.is_file():
        subprocess.run([sys.executable, maker, folder], check=True, capture_output=True)
        manifest = json.loads((folder / "manifest.json").read_text())
    frames = [Image.new("L", (4000, 4000), 40 * number) for number in range(4)]
    frames[0].save(folder / "own-frames.gif", save_all=True, append_images=frames[1:])
    own = [
        ("own-ok.jpg", a_picture(), "accept"),
        ("own-cut.jpg", a_picture((900, 900))[:400], "reject"),
        (
            "own-svg.png",
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>IMGXSS</script></svg>",
            "reject",
        ),
        ("own-comment.jpg", a_picture(comment=b"<script>IMGXSS</script>"), "clean"),
        (
            "own-heic.jpg",
            b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\0" * 400,
            "reject",
        ),
        ("own-eps.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n", "reject"),
        ("own-pdf.jpg", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF", "reject"),
        ("own-empty.png", b"", "reject"),
        ("own-wide.png", a_picture((20_001, 2), "PNG"), "reject"),
        ("own-many.png", a_picture((10_000, 5_001), "PNG", compress_level=1), "reject"),
        ("own-fifty.png", a_picture((10_000, 5_000), "PNG", compress_level=1), "accept"),
    ]
    for name, data, _ in own:
        (folder / name).write_bytes(data)
    own.append(("own-frames.gif", None, "reject"))
    return folder, manifest + [
        {"file": name, "upload_name": name, "expect": expect, "class": ""}
        for name, _, expect in own
    ]


@pytest.mark.files
@pytest.mark.full_size
def test_every_hostile_picture_is_refused_in_words_or_served_clean(
    bad_pictures, desk, reporter, memory_used, figure
):
    folder, manifest = bad_pictures
    browser, peaks, slowest, verdicts = desk(reporter), {}, 0, {}
    for case in manifest:
        Photo.objects.all().delete()  # the same picture may come under several names
        for file in files_on_disk():
            file.unlink()
        upload = SimpleUploadedFile(case["upload_name"], (folder / case["file"]).read_bytes())
        began = time.process_time() + sum(os.times()[2:4])
        answer = browser.post(ADD, {"file": upload})
        seconds = time.process_time() + sum(os.times()[2:4]) - began
        slowest = max(slowest, seconds)
        stored = Photo.objects.first()
        if memory_used:
            peaks[case["file"]] = memory_used.pop()
        assert answer.status_code in (302, 422), (case, answer.status_code)
        verdicts[case["expect"], bool(stored)] = verdicts.get((case["expect"], bool(stored)), 0) + 1
        if case["expect"] in ("accept", "strip"):
            assert stored, (case, answer.content.decode()[:3000])
        if case["expect"] == "reject" and case["class"] != "name":
            assert not stored, case
            assert b"is-refused" in answer.content
            assert re.search("[Ee]xport|Copy it again|choose another", answer.content.decode()), (
                case
            )
        if stored is None:
            assert files_on_disk() == set(), case
            continue
        for file in rendition_folder(stored).iterdir():
            served = file.read_bytes()
            assert b"IMGXSS" not in served, case
            assert b"Secret Source" not in served, case
            with Image.open(file) as picture:
                assert not picture.getexif(), case
                assert "icc_profile" not in picture.info, case
                assert picture.mode == "RGB"
    assert {("accept", True), ("clean", True), ("reject", False)} <= set(verdicts), verdicts
    # Pillow holds a pixel in four bytes: 200 MB before anything is done
    largest = peaks.pop("own-fifty.png")
    assert largest < MEMORY_FOR_THE_LARGEST
    assert max(peaks.values()) < MEMORY, peaks
    figure(
        f"{len(manifest)} hostile and good pictures: every verdict right, 0 answers of 500, 0 left-overs; "
        f"the slowest took {slowest:.1f} s of processor time, the largest process {max(peaks.values()) // 1024} MB; "
        f"a good PNG of 50 megapixels {largest // 1024} MB"
    )


def test_a_tiff_picture_is_refused_kindly():
    with pytest.raises(PictureRefused, match="TIFF picture, as scanners make them. Export a JPEG"):
        add_photo(a_picture(kind="TIFF"))


SAYING_WHICH = {  # file: what is said
    "wide": (
        lambda: a_picture((20_001, 2), "PNG"),
        "It is 20,001 × 2 pixels; a side may have 20,000 at most. Export it smaller, or cut it into parts.",
    ),
    "high": (
        lambda: a_picture((2, 20_001), "PNG"),
        "It is 2 × 20,001 pixels; a side may have 20,000 at most.",
    ),
    "a little too many pixels": (
        lambda: a_header(10_000, 5_001),
        "It has 50.01 megapixels (10,000 × 5,001 pixels); at most 50 are taken. Export it at 9,999 × 5,000 pixels or",
    ),
    "many more": (
        lambda: a_header(20_000, 20_000),
        "It has 400 megapixels (20,000 × 20,000 pixels); at most 50",
    ),
    "frames": (
        lambda: an_animation((4_000, 4_000), 4),
        "It is an animation of more than 3 frames of 4,000 × 4,000 pixels; together at most 50 megapixels are taken.",
    ),
    "many frames": (
        lambda: an_animation((2, 2), renditions.MOST_FRAMES + 1),
        "It is an animation of more than 1,000 frames, which is the most that is taken.",
    ),
    "cut": (
        lambda: a_picture((900, 900))[:4_000],
        "It begins as a JPEG picture and cannot be read to its end: it is damaged, or was not copied whole. Copy it",
    ),
    "words": (
        lambda: b"words",
        "It cannot be read as a JPEG, PNG, GIF, WebP, AVIF or HEIC picture: it is damaged, or",
    ),
    "empty": (lambda: b"", "The file is empty: copy it again, or choose another."),
}


def a_header(width, height):
    """The beginning of a PNG, by which its size is known; nothing of it is drawn."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + head
        + struct.pack(">I", zlib.crc32(head))
        + b"\0\0\0\1IDAT"
    )


def an_animation(size, count):
    first, *others = (Image.new("L", size, number % 250) for number in range(count))
    out = io.BytesIO()
    first.save(out, "GIF", save_all=True, append_images=others)
    return out.getvalue()


@pytest.mark.parametrize("name", SAYING_WHICH)
def test_a_refused_picture_is_told_which_limit_what_it_has_and_what_to_do(name):
    make, words = SAYING_WHICH[name]
    with pytest.raises(PictureRefused) as refused:
        add_photo(make())
    said = str(refused.value)
    assert said.startswith(words)
    assert re.search("[Ee]xport|choose another", said)


@pytest.mark.parametrize(("more", "words"), [(1, "20.01 MB"), (5_000_000, "24.77 MB")])
def test_a_file_above_the_limit_says_how_large_it_is_and_is_not_read(desk, editor, more, words):
    photo = a_real_photo()
    raw = b"\xff\xd8".ljust(uploads.LARGEST + more, b"x")
    said = f"It is a file of {words}; at most 20 are taken. Export it as JPEG with a stronger compression"
    for address in (ADD, f"/admin/articles/photo/{photo.pk}/replace/"):
        answer = desk(editor).post(address, {"file": SimpleUploadedFile("large.jpg", raw)})
        assert answer.status_code == 422
        assert said in answer.content.decode()


def test_a_request_that_is_too_large_for_its_form_says_how_large_pictures_may_be(desk, editor):
    photo = a_real_photo()
    for address, most in (("add", "20 of them at once"), (f"{photo.pk}/replace", "one at a time")):
        answer = desk(editor).generic(
            "POST", f"/admin/articles/photo/{address}/", CONTENT_LENGTH=str(500 * 1_048_576)
        )
        assert answer.status_code == 413
        words = f"500 MB came. A picture may be a file of at most 20 MB, {most}. Export it as JPEG with a stronger"
        assert words in answer.content.decode()


def test_a_picture_that_takes_too_much_work_says_so(monkeypatch):
    for error, words in (
        (
            subprocess.TimeoutExpired("it", 30),
            "Opening it takes longer than 30 seconds. Open it in",
        ),
        (
            subprocess.CalledProcessError(-9, "it"),
            "more than 20 seconds of work or 1.5 GB of memory. Open it in",
        ),
    ):

        def fail(*args, error=error, **options):
            raise error

        monkeypatch.setattr(uploads.subprocess, "run", fail)
        with pytest.raises(uploads.TooCostly, match=words):
            add_photo(a_picture())


def test_the_same_file_is_offered_and_not_copied(desk, reporter):
    photo = a_real_photo()
    with pytest.raises(AlreadyHere):
        add_photo(a_picture((700, 460)), alt="x", credit="y")
    answer = desk(reporter).post(
        ADD, {"file": SimpleUploadedFile("again.jpg", a_picture((700, 460)))}
    )
    html = answer.content.decode()
    assert "You have this one already." in html
    assert f'href="/admin/articles/photo/{photo.pk}/change/"' in html
    assert Photo.objects.count() == 1


def test_many_files_come_at_once_each_with_its_own_outcome(desk, reporter):
    files = [
        SimpleUploadedFile(f"{number}.jpg", a_picture((300 + number, 200))) for number in range(3)
    ]
    answer = desk(reporter).post(ADD, {"file": [*files, SimpleUploadedFile("no.jpg", b"words")]})
    html = answer.content.decode()
    assert (
        answer.status_code,
        Photo.objects.filter(is_incoming=True, added_by=reporter).count(),
    ) == (200, 3)
    assert html.count("Complete it") == 3
    assert "<strong>no.jpg</strong>: It cannot be read as a JPEG" in html


def test_a_script_uploads_file_by_file_and_gets_the_same_answers(desk, reporter):
    browser = desk(reporter)
    answer = browser.post(
        ADD,
        {"file": SimpleUploadedFile("a.jpg", a_picture())},
        headers={"accept": "application/json"},
    )
    told = answer.json()
    photo = Photo.objects.get()
    assert (told["pk"], told["trouble"], told["isReady"]) == (photo.pk, "", False)
    assert told["form"] == f"/admin/articles/photo/{photo.pk}/change/"
    assert browser.get(told["src"]).status_code == 200
    refused = browser.post(
        ADD, {"file": SimpleUploadedFile("b.jpg", b"x")}, headers={"accept": "application/json"}
    )
    assert refused.status_code == 422
    assert "cannot be read" in refused.json()["trouble"]
    assert browser.post(ADD, headers={"accept": "application/json"}).status_code == 422


def test_one_request_works_on_so_many_pixels_and_names_what_it_left(desk, reporter, monkeypatch):
    """A picture of one colour is a small file, and as much work as any of its size."""
    monkeypatch.setattr(photo_upload, "MOST_PIXELS_AT_ONCE", 2 * 600 * 400)
    files = [
        SimpleUploadedFile(f"{number}.jpg", a_picture((600, 400), colour=f"#0000{number}0"))
        for number in range(4)
    ]
    html = desk(reporter).post(ADD, {"file": files}).content.decode()
    assert Photo.objects.count() == 2
    for name in ("2.jpg", "3.jpg"):
        assert (
            f"<strong>{name}</strong>: The pictures before it were as much as is worked on at once."
            in html
        )
    for file in files[2:]:
        file.seek(0)
    again = desk(reporter).post(ADD, {"file": files[2:]})
    assert (again.status_code, Photo.objects.count()) == (200, 4)


def test_a_picture_that_a_limit_stopped_counts_as_the_largest(desk, reporter, monkeypatch):
    began = []

    def too_long(*args, **options):
        began.append(args)
        raise subprocess.TimeoutExpired("it", 30)

    monkeypatch.setattr(uploads.subprocess, "run", too_long)
    files = [
        SimpleUploadedFile(f"{number}.jpg", a_picture(colour=f"#0000{number}0"))
        for number in range(6)
    ]
    html = desk(reporter).post(ADD, {"file": files}).content.decode()
    assert len(began) == 3
    assert html.count("as much as is worked on at once") == 3


def test_more_files_than_are_taken_at_once_are_named(desk, reporter):
    files = [SimpleUploadedFile(f"{number}.jpg", b"x") for number in range(21)]
    html = desk(reporter).post(ADD, {"file": files}).content.decode()
    assert "<strong>20.jpg</strong>: At most 20 files are taken at once." in html


def test_a_file_name_that_grows_when_it_is_normalised_is_cut(desk, reporter):
    upload = SimpleUploadedFile("\u0958" * 190 + ".jpg", a_picture())
    assert desk(reporter).post(ADD, {"file": upload}).status_code == 302
    assert len(Photo.objects.get().file_name) <= 200


def test_the_name_of_a_file_is_never_an_address(desk, reporter):
    upload = SimpleUploadedFile("../../etc/passwd.jpg", a_picture())
    desk(reporter).post(ADD, {"file": upload})
    photo = Photo.objects.get()
    assert "passwd" not in photo.original + photo.token + photo.stamp
    assert photo.file_name == "passwd.jpg"
    assert {
        path.parent.parent.parent.parent.name for path in files_on_disk() if path.suffix == ".avif"
    } == {"media"}


# --- all or nothing


@pytest.mark.parametrize("place", ["write", "first rename", "second rename", "row", "process"])
def test_a_full_disk_leaves_nothing_and_says_so(place, monkeypatch, desk, reporter):
    def full(*arguments, **options):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    calls = {"count": 0}
    rename = Path.rename

    def renaming(self, target):
        if ".new-" not in str(self):
            calls["count"] += 1
            if calls["count"] == (1 if place == "first rename" else 2):
                full()
        return rename(self, target)

    if place == "write":
        monkeypatch.setattr(Path, "write_bytes", full)
    elif place == "row":
        monkeypatch.setattr(Photo, "save", full)
    elif place == "process":
        monkeypatch.setattr(
            uploads.subprocess,
            "run",
            lambda *_, **__: type("Done", (), {"stdout": '{"broken": "No space left on device"}'}),
        )
    else:
        monkeypatch.setattr(Path, "rename", renaming)
    answer = desk(reporter).post(ADD, {"file": SimpleUploadedFile("a.jpg", a_picture())})
    assert answer.status_code == 422
    assert "disk did not take it (No space left on device)" in answer.content.decode()
    monkeypatch.undo()
    assert (Photo.objects.count(), list(originals().glob(".incoming-*"))) == (0, [])


UPLOADER = """
import sys, django
django.setup()
from articles.pictures.uploads import add_photo
from tests.pictures import a_picture
for number in range(int(sys.argv[1]), 10_000):
    add_photo(a_picture((64, 48 + number % 900), "PNG", colour=(number % 256, number // 256, 7)), alt="x", credit="y")
    print("one is in", flush=True)
"""


@pytest.mark.files
@pytest.mark.full_size
@pytest.mark.django_db(transaction=True)
def test_an_upload_that_is_killed_leaves_no_row_without_files_and_no_files_without_row(
    own_database, tmp_path, figure
):
    """The process dies at a moment of chance; the next upload clears what it left."""
    left, environment = 0, own_database | {"NEWSROOM_DEBUG": "on"}
    for number in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-c", UPLOADER, str(number * 50)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=settings.BASE_DIR,
            start_new_session=True,
        )
        process.stdout.readline()
        time.sleep(0.15 + number % 10 * 0.061)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        left += len(list((tmp_path / "var" / "originals").glob(".incoming-*")))
    assert left > 0, "no kill met an upload on its way: this shows nothing"
    code = (
        "import django; django.setup()\nfrom articles.models import Photo\n"
        "from articles.pictures.incoming import clear_leftovers\nfrom tests.pictures import orphans\n"
        "clear_leftovers(); print(Photo.objects.count(), orphans())"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        cwd=settings.BASE_DIR,
    ).stdout.strip()
    count, _, found = told.partition(" ")
    assert found == "[]"
    assert int(count) > 0
    figure(
        f"{KILLS} uploads killed, {left} of them on their way: {count} photos, 0 rows without files, "
        "0 files without row"
    )


def test_what_somebody_uploads_at_this_moment_is_no_leftover():
    with incoming.work_folder() as work:
        assert clear_leftovers() == 0
        assert work.exists()
    dead = originals() / ".incoming-dead"
    dead.mkdir()
    (dead / "lock").touch()
    assert clear_leftovers() == 1
    assert not dead.exists()


def test_a_folder_whose_owner_was_killed_while_it_took_it_away_goes_too():
    half = originals() / ".incoming-half"
    half.mkdir(parents=True)
    (half / "original").write_bytes(b"a picture")  # its lock went first
    clear_leftovers()
    assert not half.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_file_sent_twice_at_once_is_one_photo():
    outcomes, barrier, raw = [], threading.Barrier(2), a_picture((800, 600))

    def send():
        from django.db import connection

        barrier.wait()
        try:
            outcomes.append(add_photo(raw, alt="x", credit="y").pk)
        except AlreadyHere as here:
            outcomes.append(here.photo.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert (len(outcomes), len(set(outcomes)), Photo.objects.count(), orphans()) == (2, 1, 1, [])


@pytest.mark.django_db(transaction=True)
def test_a_deleted_photo_takes_its_files_with_it():
    a_real_photo().delete()
    assert files_on_disk() == set()
