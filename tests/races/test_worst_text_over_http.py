"""D15: while somebody sends the largest and worst texts, a colleague saves another story, through the real server.

How long a save waits has two causes, and only one is ours: a lock that somebody holds over heavy work, and a machine
whose processor others use. So the same saves are made beside a reader's work of the same weight that takes no lock.
"""

import http.client
import threading
import time
from urllib.parse import urlencode

import pytest
from django.db import connection

from newsroom.foundation import lengths
from tests.hostile import HOSTILE
from tests.races.forms import sent_by_the_desk
from tests.serving import run
from tests.sizes import FULL, sized

pytestmark = [pytest.mark.full_size, pytest.mark.files, pytest.mark.django_db(databases=[])]
SIZE = sized(lengths.BODY, lengths.BODY // 20)  # characters
KINDS = (
    "quoted letters",
    "notes",
    "numbered paragraphs",
    "ampersands in paragraphs",
    "different names",
)
SAVES = sized(20, 3)
# Seconds of the wall clock for one save; a lock that is held fails with 503 after less.
PATIENCE = 30


class Browser:
    def __init__(self, port: int, made: dict):
        self.port, self.made, self.version = port, made, 1

    def send(self, story: int, act: str, body: str) -> int:
        form, headers = sent_by_the_desk(
            self.made, summary="Words", body=body, base_version=self.version
        )
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        link.request("POST", f"/admin/articles/article/{story}/{act}/", urlencode(form), headers)
        answer = link.getresponse()
        answer.read()
        return answer.status


def saves(browser: Browser) -> list[tuple[int, float]]:
    """[(status, seconds of the wall clock)] of a colleague who saves a short story again and again."""
    found = []
    for number in range(SAVES):
        begun = time.perf_counter()
        status = browser.send(browser.made["another"], "change", f"<p>Bread, time {number}.</p>")
        found.append((status, time.perf_counter() - begun))
        browser.version += status == 302
    return found


def keep_sending(
    browser: Browser, acts: tuple[str, ...], over: threading.Event, statuses: list
) -> None:
    for number in range(10**6):
        if over.is_set():
            return
        act, kind = acts[number % len(acts)], KINDS[number % len(KINDS)]
        status = browser.send(
            browser.made["story"], act, f"{HOSTILE[kind](SIZE - 50)}<p>time {number}</p>"
        )
        statuses.append((act, kind, status))
        browser.version += act == "change" and status == 302


def test_a_colleague_saves_while_somebody_sends_the_worst_texts(own_database, server, figure):
    made = run(own_database, "-m", "tests.races.desk", "begin")
    port = server("newsroom.wsgi:application")
    colleague, waits = Browser(port, made), {}
    waits["alone"] = saves(colleague)
    for beside, acts in (
        ("beside previews, which take no lock", ("preview",)),
        ("beside saves", ("change",)),
    ):
        over, statuses = threading.Event(), []
        sender = threading.Thread(
            target=keep_sending, args=(Browser(port, made), acts, over, statuses)
        )
        sender.start()
        waits[beside] = saves(colleague)
        while not statuses:
            time.sleep(0.1)
        over.set()
        sender.join()
        assert [each for each in statuses if each[2] not in (200, 302)] == []
    for beside, found in waits.items():
        seconds = sorted(seconds for _, seconds in found)
        figure(
            f"A colleague's save {beside}, of {SIZE:,} characters ({connection.vendor}): "
            f"{seconds[len(seconds) // 2]:.2f} s in the middle, {seconds[-1]:.2f} s at the most"
        )
    assert {status for found in waits.values() for status, _ in found} == {302}
    if FULL:
        assert max(seconds for found in waits.values() for _, seconds in found) < PATIENCE
