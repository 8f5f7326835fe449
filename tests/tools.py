"""Tools that some tests need and a machine may lack: named with what to install, and never skipped in CI."""

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def lacking(what: str, install: str):
    sentence = f"{what} is missing. Install it: {install}."
    if os.environ.get("NEWSROOM_CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)


def chromium() -> str:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return path or lacking("Chromium", "apt install chromium")


def exiftool() -> str:
    return shutil.which("exiftool") or lacking("exiftool", "apt install libimage-exiftool-perl")


def html_checker() -> list[str]:
    """The Nu Html Checker as a command."""
    jar = Path(os.environ.get("NEWSROOM_VNU") or ROOT / "var/tools/node_modules/vnu-jar/build/dist/vnu.jar")
    if not jar.is_file():
        lacking("The HTML checker", "npm install --prefix var/tools vnu-jar")
    if not shutil.which("java"):
        lacking("Java, which runs the HTML checker", "apt install default-jre-headless")
    return ["java", "-Xss8m", "-jar", str(jar)]
