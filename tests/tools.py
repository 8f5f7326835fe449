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
    path = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    return path or lacking("Chromium", "apt install chromium")


def headless_browser() -> str:
    """Chromium without its window: five times as quick to open a page. The whole one serves too."""
    return shutil.which("chromium-headless-shell") or chromium()


def exiftool() -> str:
    return shutil.which("exiftool") or lacking("exiftool", "apt install libimage-exiftool-perl")


def html_checker() -> list[str]:
    """The Nu Html Checker as a command."""
    jar = Path(
        os.environ.get("NEWSROOM_VNU") or ROOT / "var/tools/node_modules/vnu-jar/build/dist/vnu.jar"
    )
    if not jar.is_file():
        lacking("The HTML checker", "npm install --prefix var/tools vnu-jar")
    if not shutil.which("java"):
        lacking("Java, which runs the HTML checker", "apt install default-jre-headless")
    return ["java", "-Xss8m", "-jar", str(jar)]


def node_tool(name: str, version: str) -> Path:
    """The folder of a program that npm installed."""
    if not shutil.which("node"):
        lacking("Node.js", "apt install nodejs npm")
    folder = Path(os.environ.get("NEWSROOM_TOOLS") or ROOT / "var/tools") / "node_modules" / name
    if not folder.is_dir():
        lacking(name, f"npm install --prefix var/tools --ignore-scripts {name}@{version}")
    return folder


def readability() -> list[str]:
    """Mozilla's Readability as a command that takes files; it prints one JSON object a line."""
    node_tool("jsdom", "26.1.0")
    tools = node_tool("@mozilla/readability", "0.6.0").parent.parent.parent
    return ["node", str(ROOT / "tests/readers/readability.mjs"), str(tools)]


def lighthouse() -> list[str]:
    return ["node", str(node_tool("lighthouse", "12.8.2") / "cli/index.js")]


def structured_data_tester() -> list[str]:
    return ["node", str(node_tool("structured-data-testing-tool", "4.5.0") / "bin/cli.js")]


def newsboat() -> str:
    return shutil.which("newsboat") or lacking("newsboat", "apt install newsboat")
