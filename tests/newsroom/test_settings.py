"""A wrong or missing setting stops the start with a sentence; the documented ones pass the deploy check."""

import gzip
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from newsroom.logs import OneLineFormatter
from newsroom.staticfiles import FIRST_FONT, FONTS_CSS, PARTS, joined
from tests.check import PRODUCTION

pytestmark = pytest.mark.files
ROOT = Path(__file__).parent.parent.parent


def start(tmp_path, *command, **changes):
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("NEWSROOM_", "DATABASE_", "DJANGO_"))
    }
    environment |= PRODUCTION | {"NEWSROOM_VAR": str(tmp_path)} | changes
    environment = {name: value for name, value in environment.items() if value is not None}
    return subprocess.run(
        [sys.executable, "manage.py", *(command or ("check",))],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"NEWSROOM_SECRET_KEY": None}, "NEWSROOM_SECRET_KEY is not set"),
        ({"NEWSROOM_SECRET_KEY": "short"}, "NEWSROOM_SECRET_KEY is too short"),
        ({"NEWSROOM_SECRET_KEY": "aB3-_xYz9" * 5}, "NEWSROOM_SECRET_KEY is too short"),
        ({"NEWSROOM_SECRET_KEY": "aB3-_xYz9" * 10}, "NEWSROOM_SECRET_KEY repeats a few signs"),
        (
            {"NEWSROOM_SECRET_KEY": "django-insecure-abcdefghijklmnopqrstuvwxyz0123456789abcd"},
            "made for development",
        ),
        ({"NEWSROOM_VAR": "/proc/nothing/here"}, "which cannot be written"),
        ({"NEWSROOM_VAR": __file__}, "which cannot be written"),
        (
            {"NEWSROOM_SECRET_KEY_FALLBACKS": "x" * 50 + ",short"},
            "FALLBACKS names a key of fewer than 40 characters",
        ),
        ({"NEWSROOM_ALLOWED_HOSTS": None}, "NEWSROOM_ALLOWED_HOSTS is not set"),
        ({"NEWSROOM_ALLOWED_HOSTS": "*"}, "NEWSROOM_ALLOWED_HOSTS contains “*”"),
        ({"NEWSROOM_DEBUG": "maybe"}, "Set it to on or off"),
        ({"NEWSROOM_SITE_URL": "news.example"}, "Set it to an address such as"),
        ({"NEWSROOM_SITE_URL": "http://news.example"}, "Begin it with https://"),
        ({"NEWSROOM_SITE_URL": None}, "Begin it with https://"),
        ({"NEWSROOM_TIME_ZONE": "Tashkent"}, "Set it to a time zone such as Asia/Tashkent"),
        ({"DATABASE_URL": "mysql://root@host/db"}, "DATABASE_URL names no database"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL names no database"),
        ({"NEWSROOM_PROXIES": "-1"}, "Set it to a whole number"),
    ],
)
def test_a_bad_configuration_does_not_start(tmp_path, changes, sentence):
    answer = start(tmp_path, **changes)
    assert answer.returncode == 1
    assert sentence in answer.stderr
    assert answer.stderr.startswith("Newsroom cannot start. ")
    assert "Traceback" not in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1


def test_the_documented_production_settings_pass_the_deploy_check(tmp_path):
    answer = start(tmp_path, "check", "--deploy", "--fail-level", "INFO")
    assert answer.returncode == 0, answer.stderr
    assert "no issues" in answer.stdout


def test_a_wrong_setting_stops_the_server_too(tmp_path):
    environment = os.environ | {
        "NEWSROOM_READ_ENV_FILE": "off",
        "NEWSROOM_SECRET_KEY": "",
        "NEWSROOM_VAR": str(tmp_path),
    }
    command = [
        Path(sys.executable).parent / "gunicorn",
        "--config",
        "newsroom/gunicorn.py",
        "--bind",
        "127.0.0.1:0",
        "newsroom.wsgi",
    ]
    answer = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=30
    )
    assert answer.returncode != 0
    assert "NEWSROOM_SECRET_KEY is not set" in answer.stderr


@pytest.mark.parametrize("number", ["x", "0", "-1", "1.5", ""])
def test_a_number_of_processes_that_is_none_is_a_sentence(tmp_path, number):
    environment = (
        os.environ | PRODUCTION | {"NEWSROOM_VAR": str(tmp_path), "WEB_CONCURRENCY": number}
    )
    command = [sys.executable, "-m", "newsroom.serve", "--check-config"]
    answer = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    assert answer.returncode == 1
    assert answer.stderr.strip() == (
        f"Newsroom cannot start. WEB_CONCURRENCY is “{number}”. Set it to a whole number, 1 or more."
    )


def test_every_setting_is_documented_and_every_documented_one_exists():
    code = "\n".join((ROOT / "newsroom" / name).read_text("utf-8") for name in ("settings.py",))
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', code))
    documented = set(
        re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/settings.md").read_text("utf-8"), re.MULTILINE)
    )
    assert read - {"PORT"} == documented
    example = set(
        re.findall(r"^#?\s?([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)
    )
    assert example <= documented


def test_the_stylesheet_is_whole_small_and_in_layers():
    css = joined()
    assert css.startswith("@layer tokens, base, layout, components, print, brand;")
    assert len(gzip.compress(css.encode(), 9)) <= 7 * 1024
    assert "!important" not in css
    assert "http" not in css.replace('[href^="http"]', "")
    folder = ROOT / "newsroom/static"
    assert {str(file.relative_to(folder)) for file in (folder / "newsroom/css").rglob("*.css")} == {
        *PARTS,
        FONTS_CSS,
    }


def test_the_font_pack_is_small_and_its_own_names_stand_in_its_licence(settings):
    fonts = ROOT / "newsroom/static/newsroom/fonts"
    files = {file.name: file.stat().st_size for file in fonts.glob("*.woff2")}
    assert FIRST_FONT.rpartition("/")[2] in files
    assert max(files.values()) <= 36 * 1024
    assert "SIL Open Font License" in (fonts / "OFL.txt").read_text("utf-8")
    assert "@font-face" not in joined()
    settings.NEWSROOM_FONT_PACK = True
    assert set(re.findall(r"fonts/(serif-[\w-]+\.woff2)", joined())) == set(files)
    assert len(gzip.compress(joined().encode(), 9)) <= 8 * 1024


def test_all_scripts_of_the_public_pages_are_small():
    scripts = (ROOT / "newsroom/static/newsroom/js").glob("*.js")
    assert sum(len(gzip.compress(file.read_bytes(), 9)) for file in scripts) <= 6 * 1024


def test_a_log_line_stays_one_line():
    record = logging.LogRecord(
        "x", logging.INFO, "", 0, "ok\n2026 INFO forged \x1b[31m\u2028 more", (), None
    )
    line = OneLineFormatter().format(record)
    assert len(line.splitlines()) == 1
    assert "\x1b" not in line
