"""A1: two hundred people save one story at the same moment, through the real server."""

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

import pytest
from django.db import connection

from tests.sizes import sized
from tests.tools import ROOT

pytestmark = [pytest.mark.full_size, pytest.mark.django_db(databases=[])]
WRITERS = sized(200, 30)
TOKEN = "a" * 32  # a token that cookie and form agree on is what Django asks for


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture
def own_database(tmp_path):
    """The environment of a newsroom that other processes share: a file on SQLite, a database on PostgreSQL."""
    environment = os.environ | {"NEWSROOM_VAR": str(tmp_path / "var"), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "static").mkdir()
    if connection.vendor == "sqlite":
        yield environment
        return
    import psycopg

    parts = urlsplit(os.environ["DATABASE_URL"])
    name = f"race_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as link:
        link.execute(f"CREATE DATABASE {name}")
        yield environment | {"DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}"))}
        link.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(environment, *command):
    answer = subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert answer.returncode == 0
    return json.loads(answer.stdout.splitlines()[-1]) if command[0] == "-m" else None


@pytest.fixture
def server(own_database):
    """`server(application)` starts the product's own server and returns its port."""
    started = []

    def start(application):
        port = free_port()
        command = [Path(sys.executable).parent / "gunicorn", "--config", "newsroom/gunicorn.py", "--log-level",
                   "warning", "--bind", f"127.0.0.1:{port}", application]  # fmt: skip
        started.append(subprocess.Popen(command, cwd=ROOT, env=own_database))
        for _ in range(200):
            try:
                http.client.HTTPConnection("127.0.0.1", port).request("GET", "/healthz")
                return port
            except OSError:
                time.sleep(0.1)
        raise AssertionError("The server did not start.")

    yield start
    for process in started:
        process.terminate()
        process.wait()


def save(port, made, number, barrier, answers):
    """One writer: opened version 1, typed own words, presses Save with all the others."""
    words = f"The words of writer {number}, all of them."
    form = {"headline": "Base", "summary": words, "body": "<p>Bread.</p>", "base_version": 1, "date_known": "day",
            "published_day": "2026-03-04", "section": made["section"], "byline_decision": "staff",
            "headline_from": "source", "story_type": "news", "language": "en", "bylines-TOTAL_FORMS": 0,
            "bylines-INITIAL_FORMS": 0, "csrfmiddlewaretoken": TOKEN}  # fmt: skip
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrf={TOKEN}; desk={made['session']}"}
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    barrier.wait()
    link.request("POST", f"/admin/articles/article/{made['story']}/change/", urlencode(form), headers)
    answer = link.getresponse()
    answers[number] = (answer.status, words in answer.read().decode())


@pytest.mark.parametrize("defence", [True, False], ids=["defence", "twin"])
def test_a1_of_two_hundred_saves_at_once_one_wins(own_database, server, figure, defence):
    run(own_database, "manage.py", "migrate", "-v0")
    made = run(own_database, "-m", "tests.races.desk", "begin")
    port = server("newsroom.wsgi:application" if defence else "tests.races.unchecked:application")
    barrier, answers = threading.Barrier(WRITERS), {}
    writers = [threading.Thread(target=save, args=(port, made, number, barrier, answers)) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    statuses = [status for status, _ in answers.values()]
    told = run(own_database, "-m", "tests.races.desk", "report")
    kept = {*told["line"], *told["aside"]}
    lost = [number for number in range(WRITERS) if f"The words of writer {number}, all of them." not in kept]
    overwritten = statuses.count(302) - 1  # they believed that their words stand; only the last one's do
    assert [status for status in statuses if status >= 500] == []
    figure(
        f"{WRITERS} simultaneous saves over HTTP ({connection.vendor}): {statuses.count(302)} told that it is saved, "
        f"{statuses.count(409)} times 409, {len(lost)} texts lost, {overwritten} overwritten without a word"
    )
    if not defence:
        assert overwritten > 0
        return
    assert (statuses.count(302), statuses.count(409), lost, overwritten) == (1, WRITERS - 1, [], 0)
    assert all(own_words for status, own_words in answers.values() if status == 409)
    assert (len(told["line"]), len(told["aside"])) == (2, WRITERS - 1)
