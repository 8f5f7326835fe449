"""A pytest plugin: the product's own server over a newsroom of its own, for tests that speak real HTTP."""

import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import uuid
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.tools import ROOT


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextmanager
def a_database(folder: Path):
    """The environment of a newsroom that other processes share: a file on SQLite, a database on PostgreSQL; migrated,
    and with nothing in it."""
    from django.db import connection

    environment = os.environ | {
        "NEWSROOM_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
    }
    (folder / "static").mkdir(parents=True)
    if connection.vendor == "sqlite":
        with sqlite3.connect(connection.settings_dict["NAME"], uri=True) as ours:
            # No test of this run may need it.
            (is_there,) = ours.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if is_there:  # a copy of the tests' own, which has been migrated, saves five seconds
                ours.backup(sqlite3.connect(folder / "newsroom.sqlite3"))
        if not is_there:
            run(environment, "manage.py", "migrate", "-v0")
        yield environment
        return
    import psycopg

    parts = urlsplit(os.environ["DATABASE_URL"])
    name, ours = f"race_{uuid.uuid4().hex[:12]}", connection.settings_dict["NAME"]
    # As above: the tests' own, once there is one and nobody speaks to it.
    is_there = ours.startswith("test_") and not connection.in_atomic_block
    if is_there:
        connection.close()
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as link:
        link.execute(f"CREATE DATABASE {name}" + f' TEMPLATE "{ours}"' * is_there)
        environment |= {"DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}"))}
        if not is_there:
            run(environment, "manage.py", "migrate", "-v0")
        yield environment
        link.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(environment, *command):
    """Run `manage.py …`, or a module (`-m`) whose last line is JSON: what it says."""
    answer = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert answer.returncode == 0
    return json.loads(answer.stdout.splitlines()[-1]) if command[0] == "-m" else None


@contextmanager
def serving(environment, *options, application="newsroom.wsgi:application"):
    """The port of the product's own server, once it answers."""
    port = free_port()
    command = [
        Path(sys.executable).parent / "gunicorn",
        "--config",
        "newsroom/gunicorn.py",
        "--log-level",
        "warning",
        "--bind",
        f"127.0.0.1:{port}",
        *options,
        application,
    ]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        while True:
            assert process.poll() is None, f"The server did not start: {process.returncode}."
            try:
                http.client.HTTPConnection("127.0.0.1", port).request("GET", "/healthz")
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        process.send_signal(signal.SIGINT)  # at once: nobody is being served any more
        process.wait()


@pytest.fixture
def own_database(django_db_setup, django_db_blocker, tmp_path):
    with django_db_blocker.unblock(), a_database(tmp_path / "var") as environment:
        yield environment


@pytest.fixture
def server(own_database):
    """`server(application)` starts the product's own server and returns its port."""
    with ExitStack() as started:
        yield lambda application: started.enter_context(
            serving(own_database, application=application)
        )


@pytest.fixture(scope="session")
def served(django_db_setup, django_db_blocker, tmp_path_factory):
    """A newsroom with one of everything, which is served: `environment`, `port`, and `addresses`, {public route: an
    address of it}."""
    with (
        django_db_blocker.unblock(),
        a_database(tmp_path_factory.mktemp("served") / "var") as environment,
    ):
        addresses = run(environment, "-m", "tests.newsroom.one_of_everything")
        with serving(environment) as port:
            yield SimpleNamespace(environment=environment, port=port, addresses=addresses)
