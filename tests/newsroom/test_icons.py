"""What stands for the outlet in a tab, on a home screen and beside a feed."""

import io
import json
import re

import pytest
from PIL import Image

pytestmark = [pytest.mark.django_db, pytest.mark.files]


@pytest.fixture
def own_files(tmp_path, settings):
    """`own_files(name, picture)`: a static file of the outlet's own."""
    settings.STATICFILES_DIRS = [tmp_path]

    def put(name, picture):
        picture.save(tmp_path / name)
        return name

    return put


def picture_of(answer):
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    return Image.open(io.BytesIO(answer.content))


def test_every_page_names_icons_that_are_there(client, page):
    html = page("/archive/")
    addresses = re.findall(r'<link rel="(?:icon|apple-touch-icon|manifest)" href="([^"]+)"', html)
    assert len(addresses) == 3
    for address in [*addresses, "/favicon.ico"]:
        assert client.get(address).status_code == 200, address


def test_an_outlet_without_a_picture_has_its_first_letter(client, settings):
    pictures = {}
    for name in ("Newsroom", "Ўзбекистон", "Tribune"):
        settings.NEWSROOM_NAME = name
        pictures[name] = picture_of(client.get("/icon-192.png")).convert("RGB")
    assert len({each.tobytes() for each in pictures.values()}) == 3
    assert all(each.size == (192, 192) for each in pictures.values())
    assert all(len(each.getcolors(maxcolors=100_000)) > 2 for each in pictures.values()), (
        "a letter stands on the ground"
    )


def test_the_outlets_own_picture_fills_every_size(client, settings, own_files):
    settings.NEWSROOM_ICON = own_files("own.png", Image.new("RGB", (600, 600), (10, 200, 30)))
    for address, size in (
        ("/icon-192.png", 192),
        ("/icon-512.png", 512),
        ("/apple-touch-icon.png", 180),
    ):
        found = picture_of(client.get(address))
        assert found.size == (size, size)
        assert found.convert("RGB").getpixel((size // 2, size // 2)) == (10, 200, 30)
    tab = picture_of(client.get("/favicon.ico"))
    assert tab.format == "ICO"
    assert tab.info["sizes"] == {(16, 16), (32, 32), (48, 48)}


def test_a_wide_logo_stands_whole_on_white(client, settings, own_files):
    settings.NEWSROOM_LOGO = own_files("wide.png", Image.new("RGB", (800, 200), (200, 10, 30)))
    found = picture_of(client.get("/icon-512.png")).convert("RGB")
    assert found.getpixel((256, 256)) == (200, 10, 30)
    assert found.getpixel((256, 20)) == (255, 255, 255)
    assert found.getpixel((3, 256)) == (200, 10, 30)


def test_a_logo_that_is_drawn_in_lines_leaves_the_letter(client, settings):
    settings.NEWSROOM_LOGO = "brand/logo.svg"
    assert picture_of(client.get("/icon-512.png")).size == (512, 512)


def test_the_manifest_names_the_outlet_and_its_icons(client, settings):
    settings.NEWSROOM_NAME = "Example <Daily>"
    answer = client.get("/site.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    facts = json.loads(answer.content)
    assert (facts["name"], facts["start_url"], facts["display"]) == (
        "Example <Daily>",
        "/",
        "browser",
    )
    for icon in facts["icons"]:
        assert f"{picture_of(client.get(icon['src'])).size[0]}x" in icon["sizes"]


def test_no_other_size_is_made(client):
    assert client.get("/icon-64.png").status_code == 404
    assert client.get("/icon-99999.png").status_code == 404


def test_a_picture_of_another_name_is_another_picture(client, settings):
    first = picture_of(client.get("/icon-512.png")).tobytes()
    settings.NEWSROOM_NAME = "Zzz"
    assert picture_of(client.get("/icon-512.png")).tobytes() != first
