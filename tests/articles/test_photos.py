"""Photos: their renditions, who may see them and when, replaced files, and the commands that keep them."""

import io
import resource
import subprocess
import sys
import time
from io import StringIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from PIL import Image

from articles import crops, workflow
from articles.models import LogLine
from articles.pictures import uploads
from articles.pictures.incoming import originals, rendition_folder
from articles.pictures.uploads import add_photo, replace_file
from articles.story import editing
from tests.builders import a_draft, a_snapshot, a_story, an_author
from tests.pictures import a_picture, a_real_photo, halves, in_text, orphans

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_disk")]


def address(photo, name="320.jpg"):
    return f"/media/photos/{photo.token}/{photo.stamp}/{name}"


# --- renditions


def test_renditions_come_in_fixed_shapes_and_widths_and_never_above_the_original():
    photo = a_real_photo(size=(2500, 1000))
    names = {path.name for path in rendition_folder(photo).iterdir()}
    widths = {
        "": (320, 640, 960, 1280, 1920),
        "3x2-": (320, 640, 960, 1280),
        "1x1-": (160, 320, 640),
    }
    ours = {
        f"{shape}{width}.{kind}"
        for shape, each in widths.items()
        for width in each
        for kind in ("avif", "jpg")
    }
    assert names == ours | {"card-1200.jpg", "16x9-1200.jpg", "4x3-1200.jpg"}
    for name, size in (
        ("960.jpg", (960, 384)),
        ("3x2-640.avif", (640, 427)),
        ("1x1-320.jpg", (320, 320)),
        ("card-1200.jpg", (1200, 630)),
        ("16x9-1200.jpg", (1200, 675)),
        ("4x3-1200.jpg", (1200, 900)),
    ):
        with Image.open(rendition_folder(photo) / name) as picture:
            assert picture.size == size
    assert set(photo.file_names()) == names
    small = a_real_photo(size=(500, 300))
    assert crops.widths("", 500, 300) == [320]
    assert {path.name for path in rendition_folder(small).iterdir()} == set(small.file_names())
    assert a_real_photo(size=(90, 60)).address("jpg", 640).endswith("/90.jpg")


def test_crops_stand_round_the_focal_point():
    left = a_real_photo(raw=halves((1600, 600)), focal_x=1)
    right = a_real_photo(raw=halves((1600, 602)), focal_x=9)
    for photo, colour in ((left, (255, 0, 0)), (right, (0, 0, 255))):
        with Image.open(rendition_folder(photo) / "1x1-320.jpg") as picture:
            found = picture.getpixel((160, 160))
            assert all(abs(a - b) < 12 for a, b in zip(found, colour, strict=True)), (found, colour)


@pytest.mark.parametrize("focal", [(0, 0), (5, 5), (10, 10), (3, 8)])
@pytest.mark.parametrize("size", [(6000, 4000), (400, 6000), (1, 1), (20000, 2500), (1201, 630)])
def test_a_crop_lies_inside_its_picture(size, focal):
    for shape in crops.SHAPES:
        left, top, right, bottom = crops.box(shape, *size, focal)
        assert 0 <= left < right <= size[0]
        assert 0 <= top < bottom <= size[1]


def test_another_focal_point_makes_new_names_and_the_old_ones_lead_on(
    client, desk, editor, django_capture_on_commit_callbacks
):
    photo = a_real_photo(raw=halves())
    a_story(lead_photo=photo.sha256)
    before = address(photo, "3x2-320.jpg")
    data = {
        "alt": photo.alt,
        "credit": photo.credit,
        "allowed_use": "any",
        "focal_x": 1,
        "focal_y": 2,
    }
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk(editor).post(f"/admin/articles/photo/{photo.pk}/change/", data)
    assert answer.status_code == 302
    photo.refresh_from_db()
    assert before != address(photo, "3x2-320.jpg")
    old = client.get(before)
    assert (old.status_code, old["Location"]) == (302, address(photo, "3x2-320.jpg"))
    assert client.get(old["Location"]).status_code == 200
    assert orphans() == []


def test_a_sideways_photo_is_upright_and_says_nothing_of_its_place():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "secret place"
    photo = add_photo(a_picture((800, 400), exif=exif), alt="x", credit="y")
    assert (photo.width, photo.height) == (400, 800)
    assert len(list(rendition_folder(photo).iterdir())) == len(photo.file_names()) > 0
    for file in rendition_folder(photo).iterdir():
        assert b"secret" not in file.read_bytes()


def test_a_picture_for_print_comes_out_in_the_colours_of_the_screen():
    raw = io.BytesIO()
    Image.new("CMYK", (400, 300), (0, 255, 255, 0)).save(raw, "JPEG")
    photo = add_photo(raw.getvalue(), alt="x", credit="y")
    with Image.open(rendition_folder(photo) / "320.jpg") as picture:
        red, green, blue = picture.getpixel((10, 10))
        assert picture.mode == "RGB"
        assert red > 200
        assert max(green, blue) < 60


@pytest.mark.files
@pytest.mark.full_size
def test_a_photograph_of_24_megapixels_is_ready_soon_in_little_memory(figure, memory_used):
    noise = Image.effect_noise((6000, 4000), 60)
    raw = io.BytesIO()
    Image.merge("RGB", [noise, noise.rotate(90).resize((6000, 4000)), noise]).save(
        raw, "JPEG", quality=80
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    photo = add_photo(raw.getvalue(), alt="x", credit="y")
    seconds = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert max(memory_used) < 400 * 1024
    assert len(list(rendition_folder(photo).iterdir())) == 29
    figure(
        f"a 24-megapixel JPEG of {len(raw.getvalue()) / 1_048_576:.1f} MB: 29 files in {seconds:.1f} s "
        f"({after.ru_utime - before.ru_utime:.1f} s of processor time), {memory_used[0] // 1024} MB"
    )


def test_the_rendition_maker_loads_nothing_of_django():
    code = (
        "import sys, articles.pictures.renditions; "
        "print([name for name in sys.modules if name.startswith('django')])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "[]"


# --- who sees it


def test_a_picture_is_public_while_something_visible_uses_it(client, desk, chief):
    photo = a_real_photo()
    assert client.get(address(photo)).status_code == 404
    story = a_story(lead_photo=photo.sha256)
    answer = client.get(address(photo))
    assert (answer.status_code, answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        200,
        "image/jpeg",
        "nosniff",
    )
    assert set(answer["Content-Security-Policy"].split("; ")) == {"default-src 'none'", "sandbox"}
    assert b"".join(answer.streaming_content)[:2] == b"\xff\xd8"
    assert "cookie" not in answer.get("Vary", "").lower()
    workflow.withdraw(story, by=chief, reason="rights")
    assert client.get(address(photo)).status_code == 404
    inside = desk(chief).get(f"/admin/articles/photo/{photo.pk}/file/{photo.stamp}/320.jpg")
    assert inside.status_code == 200
    assert "no-store" in inside["Cache-Control"]
    author = an_author(portrait=photo)
    assert client.get(address(photo)).status_code == 404
    a_story(by=[author])
    assert client.get(address(photo)).status_code == 200


def test_a_photo_in_the_text_is_public_with_its_story_alone(
    client, chief, editor, django_capture_on_commit_callbacks
):
    photo, other = a_real_photo(), a_real_photo(size=(1300, 900))
    draft = a_draft("Hidden", body=in_text(photo))
    assert client.get(address(photo)).status_code == 404
    story = a_story("Live", body=in_text(photo))
    assert client.get(address(photo)).status_code == 200
    editing.save(story, a_snapshot("Live", body=in_text(photo, other)), version=story.version)
    assert client.get(address(other)).status_code == 404, "a working copy is not public"
    with django_capture_on_commit_callbacks(execute=True):
        workflow.withdraw(story, by=chief, reason="rights")
    assert client.get(address(photo)).status_code == 404
    assert rendition_folder(photo).exists(), "a draft has it"
    assert not rendition_folder(other).exists(), "only the withdrawn story's working copy had it"
    workflow.spike(draft, by=editor, why="no")


def test_a_withdrawn_storys_photos_in_the_text_are_gone_from_the_disk(
    client, chief, django_capture_on_commit_callbacks
):
    photo = a_real_photo()
    story = a_story("Live", body=in_text(photo))
    with django_capture_on_commit_callbacks(execute=True):
        workflow.withdraw(story, by=chief, reason="rights")
    assert not rendition_folder(photo).exists()
    out = StringIO()
    call_command("verify_withdrawal", str(story.pk), stdout=out)
    assert "0 traces" in out.getvalue()
    assert f"404 {address(photo, '3x2-640.avif')}" in out.getvalue()
    call_command("rebuild_pictures", stdout=StringIO())
    assert not rendition_folder(photo).exists(), "a rebuild brings nothing back that was taken away"


@pytest.mark.parametrize(
    "rest",
    ["321.jpg", "320.png", "320.jpg/", "../320.jpg", "original", "9x9-320.jpg", "3x2-320.jpg.php"],
)
def test_only_real_renditions_have_an_address(client, rest):
    photo = a_real_photo()
    a_story(lead_photo=photo.sha256)
    assert client.get(address(photo, rest)).status_code == 404
    assert client.get(f"/media/originals/{photo.original}").status_code == 404
    assert originals().parent == settings.VAR_DIR


# --- replaced


def test_a_replaced_file_keeps_its_words_and_its_places(client, desk, editor):
    photo = a_real_photo(raw=halves(), caption="A wall.")
    story = a_story("Bread", lead_photo=photo.sha256, body=in_text(photo))
    before, key = address(photo), photo.sha256
    browser = desk(editor)
    assert (
        "Readers see it at once"
        in browser.get(f"/admin/articles/photo/{photo.pk}/replace/").content.decode()
    )
    answer = browser.post(
        f"/admin/articles/photo/{photo.pk}/replace/",
        {"file": SimpleUploadedFile("n.jpg", a_picture())},
    )
    assert answer.status_code == 302
    photo.refresh_from_db()
    assert (photo.sha256, photo.caption, photo.width) == (key, "A wall.", 700)
    assert client.get(before).status_code == 302
    html = client.get(story.get_absolute_url()).content.decode()
    assert address(photo, "3x2-320.jpg") in html
    assert client.get(address(photo)).status_code == 200
    assert LogLine.objects.filter(article=story, act="replace photo", by=editor).count() == 1
    assert orphans() == []


def test_a_replacement_that_is_refused_changes_nothing(desk, editor):
    photo = a_real_photo()
    for raw in (b"words", a_picture((700, 460))):
        upload = SimpleUploadedFile("n.jpg", raw)
        assert (
            desk(editor)
            .post(f"/admin/articles/photo/{photo.pk}/replace/", {"file": upload})
            .status_code
            == 422
        )
    assert orphans() == []
    with pytest.raises(uploads.PictureRefused):
        replace_file(photo, b"")


def test_the_program_refuses_on_its_own(tmp_path):
    (tmp_path / "x").write_bytes(b"words")
    command = [
        sys.executable,
        "-m",
        "articles.pictures.renditions",
        tmp_path / "x",
        "-",
        "5",
        "5",
        "no",
    ]
    told = subprocess.run(
        command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    ).stdout
    assert "cannot be read" in told
