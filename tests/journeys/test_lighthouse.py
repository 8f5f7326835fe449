"""Lighthouse on the demo edition as `make run` serves it, on its throttled phone: figures, under `make prove`."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from tests import tools

pytestmark = pytest.mark.alone
PAGES = {
    "front": "/",
    "story": "/articles/a-newsroom-that-says-what-it-does-not-know/",
    "author": "/authors/sadokat-jalolova/",
    "search": "/search/?q=customs",
}
MOST_PICTURES = {"front": 120, "story": 90}  # KB in the first view of a phone
LATEST_PAINT = {"front": 1.8, "story": 1.5}  # seconds until the largest part stands there
# Milliseconds between a touch and what is painted after it; the search opens a form with fields for dates.
SLOWEST_ANSWER = {"front": 100, "story": 100, "search": 200}
ITS_OWN_FAULT = "Please run Lighthouse again"
LEAST = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
# The search page says "noindex", as a page of results should; Lighthouse counts that against it.
NOT_ASKED = {"search": ["is-crawlable"]}
BROWSER = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The demo edition behind gunicorn with hashed, compressed files, on a port of its own."""
    var = tmp_path_factory.mktemp("lighthouse")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("NEWSROOM_", "DATABASE"))
    }
    environment |= {
        "NEWSROOM_VAR": str(var),
        "NEWSROOM_READ_ENV_FILE": "off",
        "NEWSROOM_SECRET_KEY": "for tests only, " + "x" * 50,
        "PORT": str(port),
        "NEWSROOM_ALLOWED_HOSTS": "127.0.0.1",
        "NEWSROOM_HTTPS": "off",
        "NEWSROOM_MANIFEST": "on",
    }
    for command in (["demo"], ["collectstatic", "--noinput", "--verbosity", "0"]):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=tools.ROOT,
            env=environment,
            check=True,
            capture_output=True,
        )
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "newsroom/gunicorn.py"]
    process = subprocess.Popen(
        [*gunicorn, "--bind", f"127.0.0.1:{port}", "newsroom.wsgi:application"],
        cwd=tools.ROOT,
        env=environment,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(50):
        try:
            urllib.request.urlopen(f"{address}/healthz").close()
            break
        except OSError:
            time.sleep(0.2)
    yield address
    process.send_signal(signal.SIGTERM)
    process.wait()


@pytest.mark.parametrize("name", PAGES)
def test_lighthouse_finds_nothing_to_mend(server, name, figure, tmp_path):
    report = tmp_path / "report.json"
    skipped = [f"--skip-audits={audit}" for audit in NOT_ASKED.get(name, ())]
    command = [
        *tools.lighthouse(),
        server + PAGES[name],
        "--quiet",
        "--output=json",
        f"--output-path={report}",
        f"--only-categories={','.join(LEAST)}",
        f"--chrome-flags={BROWSER}",
        *skipped,
    ]
    for _ in range(3):
        done = subprocess.run(
            command,
            env=os.environ | {"CHROME_PATH": tools.chromium()},
            capture_output=True,
            text=True,
        )
        if ITS_OWN_FAULT not in done.stderr:
            break
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(report.read_text("utf-8"))
    scores = {key: round(100 * category["score"]) for key, category in found["categories"].items()}
    audits = found["audits"]
    figure(
        f"Lighthouse {found['lighthouseVersion']}, {name}, phone: "
        + ", ".join(f"{key} {score}" for key, score in scores.items())
        + f"; LCP {audits['largest-contentful-paint']['displayValue']}, "
        f"CLS {audits['cumulative-layout-shift']['displayValue']}, "
        f"TBT {audits['total-blocking-time']['displayValue']}"
    )
    assert audits["largest-contentful-paint"]["numericValue"] <= LATEST_PAINT.get(name, 1.8) * 1000
    moved = [
        item["node"]["snippet"][:120]
        for item in audits["layout-shifts"].get("details", {}).get("items", [])
    ]
    assert audits["cumulative-layout-shift"]["numericValue"] < 0.01, moved
    requests = audits["network-requests"]["details"]["items"]
    kinds = {"Image": 0, "other": 0}  # bytes of pictures, number of everything else
    for each in requests:
        if each["resourceType"] == "Image":
            kinds["Image"] += each["transferSize"]
        elif each["resourceType"] in ("Document", "Stylesheet", "Script", "Font", "Fetch", "XHR"):
            kinds["other"] += 1
    figure(
        f"{name}, phone: {kinds['other']} requests before pictures, {kinds['Image'] / 1024:.0f} KB of pictures"
    )
    assert kinds["other"] <= 4, [each["url"] for each in requests]
    assert kinds["Image"] <= MOST_PICTURES.get(name, 120) * 1024
    failed = [
        key for key, audit in audits.items() if audit["score"] is not None and audit["score"] < 0.9
    ]
    assert all(scores[key] >= least for key, least in LEAST.items()), (scores, failed)


TOUCHES = {  # what a reader does on a page
    "front": ['[name="theme"][value="dark"]', '[name="slash"]'],
    "story": ["[data-copy]", '[name="theme"][value="light"]'],
    "search": ["#q", ".filters summary", '[name="theme"][value="dark"]'],
}
LISTEN = """new PerformanceObserver(list => {
  for (const each of list.getEntries()) if (each.interactionId) (window.answers ??= []).push(each.duration)
}).observe({ type: "event", durationThreshold: 16, buffered: true })"""


@pytest.mark.parametrize("name", TOUCHES)
def test_every_touch_is_answered_at_once(server, browser, name, figure):
    """INP on a phone four times slower than this machine."""
    page = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True).new_page()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(server + PAGES[name])
    page.evaluate(LISTEN)
    for place in TOUCHES[name]:
        page.locator(place).first.click()
        page.wait_for_timeout(300)
    if name == "search":
        page.locator("#q").press_sequentially("newsroom", delay=120)
        page.wait_for_timeout(600)
    answers = page.evaluate("window.answers ?? [0]")
    page.context.close()
    figure(
        f"{name}, phone, processor four times slower: slowest answer to a touch or key {max(answers):.0f} ms"
    )
    assert max(answers) < SLOWEST_ANSWER[name]
