"""Pictures: taken by their content, within limits; nothing of a hostile file is served; hidden ones have no address."""

import importlib.util
import io
import json
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles import workflow
from articles.models import Photo
from articles.pictures.uploads import PictureRefused, add_photo, originals, prepare, rendition_folder
from tests.builders import a_story, an_author
from tests.samples import SHARED

pytestmark = pytest.mark.django_db


def a_picture(size=(700, 400), kind="JPEG", **options):
    out = io.BytesIO()
    Image.new("RGB", size, "#0b5566").save(out, kind, **options)
    return out.getvalue()


@pytest.fixture(scope="session")
def bad_pictures(tmp_path_factory):
    """The hostile pictures of the outside samples, made in a folder of their own; else a few of ours."""
    folder = tmp_path_factory.mktemp("pictures")
    maker = SHARED / "attacks" / "gen_bad_images.py"
    if maker.is_file():
        subprocess.run([sys.executable, maker, folder], check=True, capture_output=True)
        return folder, json.loads((folder / "manifest.json").read_text())
    own = [
        ("ok.jpg", a_picture(), "accept"),
        ("cut.jpg", a_picture()[:200], "reject"),
        ("svg.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>IMGXSS</script></svg>", "reject"),
        ("comment.jpg", a_picture(comment=b"<script>IMGXSS</script>"), "clean"),
    ]
    for name, data, _ in own:
        (folder / name).write_bytes(data)
    return folder, [{"file": name, "upload_name": name, "expect": expect, "class": ""} for name, _, expect in own]


def files_on_disk():
    return {path for root in (originals(), rendition_folder("x").parent) for path in root.rglob("*") if path.is_file()}


def test_every_hostile_picture_is_refused_or_served_clean(bad_pictures, desk, chief):
    folder, manifest = bad_pictures
    browser = desk(chief)
    for case in manifest:
        before = files_on_disk()
        Photo.objects.all().delete()  # the same picture may come under several names
        upload = SimpleUploadedFile(case["upload_name"], (folder / case["file"]).read_bytes())
        began = time.monotonic()
        answer = browser.post(
            "/admin/articles/photo/add/", {"file": upload, "alt": "x", "credit": "x", "focal_x": 5, "focal_y": 5}
        )
        seconds = time.monotonic() - began
        stored = Photo.objects.first()
        assert answer.status_code in (200, 302), case
        assert seconds < 10, (case, seconds)
        if case["expect"] in ("accept", "strip"):
            assert stored, (case, answer.content.decode()[:3000])
        if case["expect"] == "reject" and case["class"] != "name":
            assert not stored, case
            assert b"errorlist" in answer.content
        if stored is None:
            assert files_on_disk() == before, case
            continue
        for file in rendition_folder(stored.token).iterdir():
            served = file.read_bytes()
            assert b"IMGXSS" not in served, case
            assert b"Secret Source" not in served, case
            with Image.open(io.BytesIO(served)) as picture:
                assert not picture.getexif(), case
                assert picture.mode == "RGB"
        assert stored.original == f"{stored.sha256}.{stored.original.rpartition('.')[2]}"


def test_renditions_come_in_fixed_widths_and_never_above_the_original():
    small, large = (
        add_photo(a_picture((500, 300)), alt="x", credit="y"),
        add_photo(a_picture((2500, 1000)), alt="x", credit="y"),
    )
    assert small.widths == [320]
    assert large.widths == [320, 640, 960, 1280, 1920]
    names = {path.name for path in rendition_folder(large.token).iterdir()}
    assert names == {f"{width}.{kind}" for width in large.widths for kind in ("avif", "jpg")}
    with Image.open(rendition_folder(large.token) / "960.jpg") as picture:
        assert picture.size == (960, 384)


def test_a_tiny_picture_is_kept_at_its_own_width():
    assert add_photo(a_picture((90, 60)), alt="x", credit="y").widths == [90]


def test_a_sideways_photo_is_upright_and_says_nothing_of_its_place():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "secret place"
    photo = add_photo(a_picture((800, 400), exif=exif), alt="x", credit="y")
    assert (photo.width, photo.height) == (400, 800)
    for file in rendition_folder(photo.token).iterdir():
        assert b"secret" not in file.read_bytes()


def test_the_same_picture_is_taken_once():
    photo = add_photo(a_picture(), alt="Bread", credit="y")
    with pytest.raises(PictureRefused, match=f"photo {photo.pk}"):
        prepare(a_picture())


def test_a_photo_needs_words_and_a_credit(desk, chief):
    browser, before = desk(chief), files_on_disk()
    upload = SimpleUploadedFile("x.jpg", a_picture())
    html = browser.post("/admin/articles/photo/add/", {"file": upload, "focal_x": 5, "focal_y": 5}).content.decode()
    assert "Say what the picture shows" in html
    assert not Photo.objects.exists()
    assert files_on_disk() == before


def test_a_picture_is_public_while_something_visible_uses_it(client, desk, chief):
    photo = add_photo(a_picture(), alt="x", credit="y")
    address = f"/media/photos/{photo.token}/320.jpg"
    assert client.get(address).status_code == 404
    story = a_story(lead_photo=photo.sha256)
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        200,
        "image/jpeg",
        "nosniff",
    )
    assert b"".join(answer.streaming_content)[:2] == b"\xff\xd8"
    assert "cookie" not in answer.get("Vary", "").lower()
    workflow.withdraw(story, by=chief, reason="rights")
    assert client.get(address).status_code == 404
    inside = desk(chief).get(f"/admin/articles/photo/{photo.pk}/file/320.jpg")
    assert inside.status_code == 200
    assert "no-store" in inside["Cache-Control"]
    b"".join(inside.streaming_content)
    author = an_author(portrait=photo)
    assert client.get(address).status_code == 404
    a_story(by=[author])
    answer = client.get(address)
    assert answer.status_code == 200
    b"".join(answer.streaming_content)


@pytest.mark.parametrize(
    "rest", ["321.jpg", "320.png", "320.jpg/", "../320.jpg", "original", "99999999999999999999.jpg"]
)
def test_only_real_renditions_have_an_address(client, rest):
    photo = add_photo(a_picture(), alt="x", credit="y")
    a_story(lead_photo=photo.sha256)
    assert client.get(f"/media/photos/{photo.token}/{rest}").status_code == 404
    assert client.get(f"/media/originals/{photo.original}").status_code == 404
    assert originals().parent == settings.VAR_DIR


def test_the_rendition_maker_knows_nothing_of_django():
    spec = importlib.util.find_spec("articles.pictures.renditions")
    with open(spec.origin, encoding="utf-8") as file:
        assert "django" not in file.read().split('"""', 2)[2].lower()
