"""Figures: a large import in flat memory, imports killed in the middle. Few here, in full under `make prove`."""

import random
import re
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from django.db import connection

from tests.sizes import sized
from tests.tools import ROOT

pytestmark = pytest.mark.full_size
DOCUMENTS = sized(10_000, 200)
KILLS = sized(40, 2)
TABLES = (
    "newsroom_importrecord",
    "articles_logline",
    "articles_revision",
    "articles_byline",
    "articles_article",
)
HALF_WRITTEN = "SELECT count(*) FROM articles_article a WHERE " + " OR ".join(
    f"NOT EXISTS (SELECT 1 FROM {name} t WHERE t.article_id = a.id)" for name in TABLES[:-1]
)
MEASURED = """
import re, sys, time
from django.core.management import execute_from_command_line
began = time.monotonic()
try:
    execute_from_command_line(["manage.py", "import_stories", sys.argv[1], "--quiet"])
finally:
    # Of this program alone: getrusage() would count what the process was before it became this program.
    peak = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]
    print(f"seconds {time.monotonic() - began:.1f} peak {int(peak) // 1024}")
"""


@pytest.fixture
def newsroom(request):
    """A newsroom of its own, in processes of its own: `newsroom(*command)` runs one there."""
    if connection.vendor != "sqlite":
        pytest.skip("These figures are taken on SQLite, in a database file of their own.")
    environment = request.getfixturevalue("own_database")

    def run(*command, **options):
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            **options,
        )

    return run


def documents(folder, count, words=600):
    dice, folder = random.Random(7), folder / f"documents-{count}"
    folder.mkdir()
    words_known = ("bread", "flour", "oven", "market", "Oʻzbekiston", "price")
    for number in range(count):
        text = [
            " ".join(dice.choices(words_known, k=words // 6)).capitalize() + "." for _ in range(6)
        ]
        name = f"Ada {'ABCDEFGHIJ'[number % 10]}. Baker"
        parts = [f"date 2026-0{number % 9 + 1}-11", f"Headline number {number}", *text]
        parts += [name, name, "A bio.", f"View more articles from {name}"]
        (folder / f"{number:05}.txt").write_text("\n\n".join(parts), "utf-8")
    return folder


def test_a_large_import_goes_in_with_flat_memory(newsroom, tmp_path, figure):
    peaks = {}
    for count in (DOCUMENTS // 10, DOCUMENTS):
        folder = documents(tmp_path, count)
        out, _ = newsroom("-c", MEASURED, str(folder)).communicate()
        assert f"{count} read:" in out
        seconds, peak = re.search(r"seconds ([\d.]+) peak (\d+)", out).groups()
        peaks[count] = int(peak)
    assert peaks[DOCUMENTS] <= peaks[DOCUMENTS // 10] + 25, peaks
    figure(
        f"{DOCUMENTS:,} documents of 600 words in {seconds} s ({DOCUMENTS / float(seconds):.0f} a second); "
        f"peak memory {peaks[DOCUMENTS // 10]} MB for a tenth, {peaks[DOCUMENTS]} MB for all"
    )


def empty(database):
    with sqlite3.connect(database) as link:
        for table in TABLES:
            link.execute(f"DELETE FROM {table}")


def test_f1_a_killed_import_leaves_whole_stories_only(newsroom, tmp_path, figure):
    folder, dice, interrupted = documents(tmp_path, 60, words=120), random.Random(3), 0
    database = tmp_path / "var" / "newsroom.sqlite3"
    for number in range(KILLS + 1):
        began = time.monotonic()
        process = newsroom(
            "manage.py", "import_stories", str(folder), "--quiet", stderr=subprocess.DEVNULL
        )
        # how long one takes on this machine, so that the kills meet work in progress
        if number == 0:
            process.communicate()
            whole = time.monotonic() - began
            empty(database)
            continue
        time.sleep(whole * (0.5 + dice.random() * 0.5))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        interrupted += process.returncode == -signal.SIGKILL
        with sqlite3.connect(database) as link:
            assert link.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            half = link.execute(HALF_WRITTEN).fetchone()
            assert half == (0,)
        # begin again now and then: an import that has nothing to do is not interrupted
        if dice.random() < 0.6:
            empty(database)
    assert interrupted > 0
    out, _ = newsroom("manage.py", "import_stories", str(folder), "--quiet").communicate()
    with sqlite3.connect(database) as link:
        assert link.execute("SELECT count(*) FROM articles_article").fetchone() == (60,)
    figure(
        f"{KILLS} imports killed at random moments ({interrupted} in the middle): 0 half-written stories, 0 doubled"
    )
