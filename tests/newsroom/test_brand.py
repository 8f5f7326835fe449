"""An outlet's own folder: its colours, logo and templates win, and colours that nobody can read are named."""

import pytest

from newsroom import contrast
from tests.newsroom.test_settings import start

pytestmark = pytest.mark.files


def brand(folder, css):
    (folder / "static/newsroom/css").mkdir(parents=True)
    (folder / "static/newsroom/css/brand.css").write_text(css, "utf-8")
    (folder / "static/brand").mkdir()
    (folder / "static/brand/logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8"
    )
    (folder / "templates/newsroom").mkdir(parents=True)
    (folder / "templates/newsroom/_footer.html").write_text(
        "<footer>Printed on Thursdays</footer>", "utf-8"
    )
    (folder / "templates/newsroom/front.html").write_text(
        '{% extends "newsroom/front.html" %}{% block after_main %}<p>Below the page</p>{% endblock %}',
        "utf-8",
    )
    return folder


SEE = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
from django.test import Client
page = Client().get("/", secure=True, HTTP_HOST="news.example").content.decode()
for piece in ("Printed on Thursdays", "Below the page", "brand/logo", "What is not known is said"):
    print(piece, piece in page)
import re
from django.contrib.staticfiles.storage import staticfiles_storage
sheet = re.search(r'href="/static/(newsroom/css/site[^"]+css)"', page)[1]
script = re.search(r'src="/static/(newsroom/js/reader[^"]+js)"', page)[1]
styles, script = (staticfiles_storage.open(name).read().decode() for name in (sheet, script))
print("colour", "#7a1f5c" in styles)
print("comment", "/* " in styles or "/* " in script)
stored = staticfiles_storage.stored_name
autosave = staticfiles_storage.open(stored("articles/desk/autosave.js")).read().decode()
print("module", stored("articles/desk/autosave/watch.js").rpartition("/")[2] in autosave)
"""


def test_a_folder_of_the_outlets_own_wins_over_ours(tmp_path):
    folder = brand(
        tmp_path / "our-paper",
        "/* Ours */ @layer brand { :root { --accent: light-dark(#7a1f5c, #f0a6d6); } }",
    )
    answer = start(
        tmp_path / "var",
        "shell",
        "-c",
        SEE,
        NEWSROOM_BRAND=str(folder),
        NEWSROOM_LOGO="brand/logo.svg",
        NEWSROOM_ALLOWED_HOSTS="news.example",
        NEWSROOM_SITE_URL="https://news.example",
    )
    assert answer.returncode == 0, answer.stderr
    said = dict(
        line.rsplit(" ", 1)
        for line in answer.stdout.splitlines()
        if line.endswith(("True", "False"))
    )
    assert said == {
        "Printed on Thursdays": "True",
        "Below the page": "True",
        "brand/logo": "True",
        "What is not known is said": "False",
        "colour": "True",
        "comment": "False",
        "module": "True",
    }


def test_a_pale_colour_is_named_with_its_pair_theme_and_figure(tmp_path):
    folder = brand(
        tmp_path / "pale", "@layer brand { :root { --accent: light-dark(#cccccc, #f0a6d6); } }"
    )
    said = start(tmp_path / "var", "check", NEWSROOM_BRAND=str(folder)).stderr
    assert (
        "--accent #cccccc on --paper #ffffff (light) has a contrast of 1.61; 4.5 is needed." in said
    )
    assert "(dark) has a contrast" not in said


def test_colours_that_cannot_be_reckoned_and_a_missing_logo_are_named(tmp_path):
    folder = brand(tmp_path / "odd", "@layer brand { :root { --flag: red; } }")
    said = start(
        tmp_path / "var", "check", NEWSROOM_BRAND=str(folder), NEWSROOM_LOGO="brand/none.svg"
    ).stderr
    assert "--flag on --paper (light) is not written as #rrggbb" in said
    assert "NEWSROOM_LOGO is “brand/none.svg”, and no static file has that name." in said


def test_colours_behind_a_media_query_are_said_to_be_unchecked(tmp_path):
    folder = brand(
        tmp_path / "media",
        "@layer brand { @media (prefers-color-scheme: dark) { :root { --ink: #222; } } }",
    )
    said = start(tmp_path / "var", "check", NEWSROOM_BRAND=str(folder)).stderr
    assert "brand.css has a media query: colours from there on are not checked." in said


def test_our_own_colours_can_be_read():
    assert list(contrast.failing()) == []
    colours = contrast.tokens()
    assert colours["light"]["paper"] == "#ffffff"
    assert colours["dark"]["paper"] == "#121417"


@pytest.mark.parametrize(
    ("one", "other", "figure"), [("#fff", "#000000", 21), ("#777777", "#ffffff", 4.48)]
)
def test_contrast_is_reckoned_as_wcag_does(one, other, figure):
    assert contrast.contrast(one, other) == pytest.approx(figure, abs=0.01)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"NEWSROOM_BRAND": "/no/such/folder"}, "no such folder is there"),
        ({"NEWSROOM_SHARE": "telegram,fax"}, "NEWSROOM_SHARE names “fax”"),
        ({"NEWSROOM_LANGUAGE": "tlh"}, "Set it to one of en, uz, uz-Cyrl, ru"),
        ({"NEWSROOM_LANGUAGES": "ru,en"}, "Begin it with en"),
        ({"NEWSROOM_LANGUAGES": "en,tlh"}, "NEWSROOM_LANGUAGES names “tlh”"),
    ],
)
def test_a_wrong_setting_stops_the_start_in_words(tmp_path, changes, sentence):
    answer = start(tmp_path, **changes)
    assert answer.returncode == 1
    assert sentence in answer.stderr
