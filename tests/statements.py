"""A pytest plugin: which statements each test sends, so that a second database is asked each of them, and asked once.

Every test runs on SQLite. What the ORM writes for PostgreSQL differs in its dialect alone, so there it is enough that
each kind of statement, and each error that one met, comes once: the cheapest tests that send them all between them run
again, besides those marked `both` (values and moments that databases treat each in its own way). `make prove` runs
all of them there.

NEWSROOM_STATEMENTS names a folder: a run writes there what its tests sent, or, with NEWSROOM_STATEMENTS_ONCE, reads it.
"""

import json
import os
import re
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest

NUMBERS = re.compile(r"\b\d+\b")
LISTS = re.compile(r"%s(?:, %s)+")
ROWS = re.compile(r"\(%s\)(?:, \(%s\))+")
# of the driver's own, with names that differ
POINTS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "PRAGMA")


def kind_of(statement: str) -> str:
    """A statement without what differs from one sending to the next: numbers, lengths of lists, values not known."""
    if statement.startswith(("INSERT", "UPDATE")):
        statement = statement.replace("NULL", "%s")
    return ROWS.sub("(%s)", LISTS.sub("%s", NUMBERS.sub("0", statement)))


class Recorder:
    """Writes for each test one line: `[its name, seconds, [kinds of statements]]`."""

    def __init__(self, folder: Path):
        folder.mkdir(parents=True, exist_ok=True)
        self.file = (folder / f"{os.getpid()}.jsonl").open("a", encoding="utf-8")
        self.sent: set[str] = set()

    def watch(self, execute, statement, values, many, context):
        try:
            answer = execute(statement, values, many, context)
        except Exception as error:
            self.sent.add(f"{type(error).__name__}: {statement}")
            raise
        self.sent.add(statement)
        return answer

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        from django.db import connections

        self.sent.clear()
        begun = time.monotonic()
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(self.watch))
            done = yield
        kinds = {kind_of(statement) for statement in self.sent if not statement.startswith(POINTS)}
        self.file.write(json.dumps([item.nodeid, time.monotonic() - begun, sorted(kinds)]) + "\n")
        return done

    def pytest_sessionfinish(self):
        self.file.close()


def between_them(sent: dict[str, tuple[float, set[str]]]) -> set[str]:
    """The names of tests that send every kind of statement, the cheapest for what they add first.

    `sent`: by a test's name, its seconds and the kinds of statements that it sends.
    """
    chosen, open_kinds = set(), set().union(*(kinds for _, kinds in sent.values()))
    while open_kinds:
        best = max(sent, key=lambda name: len(sent[name][1] & open_kinds) / (0.02 + sent[name][0]))
        chosen.add(best)
        open_kinds -= sent[best][1]
    senders = Counter(kind for name in chosen for kind in sent[name][1])
    # the dearest goes when the others send all it sends
    for name in sorted(chosen, key=lambda name: -sent[name][0]):
        if all(senders[kind] > 1 for kind in sent[name][1]):
            chosen.remove(name)
            senders.subtract(sent[name][1])
    return chosen


class Chooser:
    def __init__(self, folder: Path):
        lines = [
            line
            for file in sorted(folder.glob("*.jsonl"))
            for line in file.read_text("utf-8").splitlines()
        ]
        self.sent = {name: (seconds, set(kinds)) for name, seconds, kinds in map(json.loads, lines)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config, items):
        """A test that did not run before runs here."""
        here = {item.nodeid for item in items if not item.get_closest_marker("both")}
        chosen = between_them({name: sent for name, sent in self.sent.items() if name in here})
        left_out = [item for item in items if item.nodeid in here & self.sent.keys() - chosen]
        config.hook.pytest_deselected(items=left_out)
        gone = set(left_out)
        items[:] = [item for item in items if item not in gone]


def pytest_configure(config):
    folder = os.environ.get("NEWSROOM_STATEMENTS")
    if not folder:
        return
    once = os.environ.get("NEWSROOM_STATEMENTS_ONCE")
    config.pluginmanager.register(
        Chooser(Path(folder)) if once else Recorder(Path(folder)), "statements"
    )
