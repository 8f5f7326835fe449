"""F2, F3, F5: when a part is gone, people get calm words and keep theirs; nobody gets a 500."""

import errno
import http.client
import logging
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from html import unescape

import psycopg
import pytest
from django.apps import apps
from django.db import (
    DatabaseError,
    InterfaceError,
    InternalError,
    OperationalError,
    ProgrammingError,
    connection,
    transaction,
)
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Tag, TagAlias
from articles.story import fields
from newsroom import lost_parts, readiness
from newsroom.foundation import database_file
from newsroom.foundation.desk import DeskAdmin
from newsroom.logs import OneLineFormatter
from newsroom.staticfiles import JoinedManifestStorage
from tests.builders import a_draft, a_story
from tests.serving import serving
from tests.tools import ROOT

pytestmark = pytest.mark.django_db


def fault(words, code=None, kind=OperationalError):
    """As Django hands out what SQLite (a number) or PostgreSQL (SQLSTATE) says."""
    made = kind(words)
    if isinstance(code, int):
        made.__cause__ = sqlite3.DatabaseError(words)
        made.__cause__.sqlite_errorcode = code
    elif code:
        made.__cause__ = psycopg.errors.lookup(code)(words)
    return made


FAULTS = {
    "refused": fault("connection to server failed: Connection refused"),
    "closed": fault("the connection is closed", kind=InterfaceError),
    "damaged": fault("database disk image is malformed", sqlite3.SQLITE_CORRUPT, DatabaseError),
    "missing": fault("no such table: articles_article", sqlite3.SQLITE_ERROR),
    "undefined": fault('relation "articles_article" does not exist', "42P01", ProgrammingError),
    "locked": fault("database is locked", sqlite3.SQLITE_BUSY_SNAPSHOT),
    "deadlock": fault("deadlock detected", "40P01"),
    "statement timeout": fault("canceling statement due to statement timeout", "57014"),
    "lock timeout": fault("canceling statement due to lock timeout", "55P03"),
    "shut down": fault("terminating connection due to administrator command", "57P01"),
    "many connections": fault("sorry, too many clients already", "53300"),
    "readonly": fault("attempt to write a readonly database", sqlite3.SQLITE_READONLY_DBMOVED),
    "standby": fault("cannot execute INSERT in a read-only transaction", "25006", InternalError),
    "full": fault("database or disk is full", sqlite3.SQLITE_FULL),
    "full too": fault("could not extend file: No space left on device", "53100"),
    "no space": OSError(errno.ENOSPC, "No space left on device"),
}
IS_FULL = ("full", "full too", "no space")
IS_BUSY = ("locked", "deadlock", "statement timeout", "lock timeout")
IS_READ_ONLY = ("readonly", "standby")
OURS = {
    "no such column": fault("no such column: loaves", sqlite3.SQLITE_ERROR),
    "variables": fault("too many SQL variables", sqlite3.SQLITE_ERROR),
    "function": fault("user-defined function raised exception", sqlite3.SQLITE_ERROR),
    "expression": fault("Expression tree is too large (maximum depth 1000)", sqlite3.SQLITE_ERROR),
    "undefined column": fault("column loaves does not exist", "42703", ProgrammingError),
    "too complex": fault("stack depth limit exceeded", "54001"),
    "aborted": fault("current transaction is aborted", "25P02", InternalError),
}
PUBLIC = [
    "/",
    "/articles/bread/",
    "/search/?q=bread",
    "/archive/",
    "/feeds/latest.rss",
    "/sitemap.xml",
    "/nothing/",
    "/api/v1/articles",
]


@contextmanager
def gone(fault, only="", but="RELEASE"):
    """Every query to the database, or those that begin with `only`, ends in `fault`."""

    def fail(execute, sql, params, many, context):
        if sql.startswith(only) and not sql.startswith(("SAVEPOINT", "ROLLBACK", but)):
            raise fault
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail):
        yield


@pytest.fixture
def browser(desk, editor):
    client = desk(editor)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("name", FAULTS)
def test_readers_get_a_calm_page_and_a_time_to_try_again(name):
    a_story("Bread")
    client = Client(raise_request_exception=False)
    with gone(FAULTS[name]):
        for address in PUBLIC:
            answer = client.get(address)
            assert answer.status_code == (507 if name in IS_FULL else 503), address
            assert answer["Retry-After"] == "30"
            assert answer["Cache-Control"] == "no-store"
            words = answer.content.decode()
            assert "back soon" in words or "Try again soon" in words
            assert str(FAULTS[name]) not in words
        assert client.get("/healthz").status_code == 200
        assert client.get("/robots.txt").status_code in (200, 503)
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("code", ["en", "ru", "uz", "uz-Cyrl"])
@pytest.mark.parametrize("contact", ["", "desk@paper.example"])
def test_readers_are_told_in_the_outlets_language_and_of_no_address_that_is_not_there(
    settings, monkeypatch, browser, code, contact
):
    settings.LANGUAGE_CODE, settings.NEWSROOM_CONTACT = code, contact
    words = {"en": "back soon", "ru": "скоро", "uz": "Tez orada", "uz-Cyrl": "Тез орада"}[code]
    faults = {"en": "on our side", "ru": "не так", "uz": "xatolik", "uz-Cyrl": "хатолик"}[code]
    client = Client(raise_request_exception=False)
    with gone(FAULTS["refused"]):
        answers = {words: client.get("/").content.decode()}
        at_desk = browser.get("/admin/articles/article/").content.decode()
    monkeypatch.setattr("newsroom.views.front_page", lambda sections: 1 / 0)
    answers[faults] = client.get("/").content.decode()
    for expected, html in answers.items():
        assert expected in html
        assert f'<html lang="{code}" dir="ltr">' in html
        assert html.count("desk@paper.example") == bool(contact)
        assert "write to" not in html
    assert '<html lang="en" dir="ltr">' in at_desk
    assert "The desk is not available" in at_desk


def test_a_fault_of_our_own_is_still_a_500(monkeypatch):
    monkeypatch.setattr("newsroom.views.front_page", lambda sections: 1 / 0)
    assert Client(raise_request_exception=False).get("/").status_code == 500


@pytest.mark.parametrize("name", OURS)
def test_so_is_a_query_to_the_database_that_we_asked_wrongly_and_the_log_says_where(name, caplog):
    with gone(OURS[name]):
        assert Client(raise_request_exception=False).get("/").status_code == 500
    lines = [
        OneLineFormatter().format(record)
        for record in caplog.records
        if record.levelno >= logging.ERROR
    ]
    assert any("Traceback" in line and str(OURS[name]) in line for line in lines)


def test_what_this_database_itself_says_is_told_apart():
    def trouble(sql):
        with (
            pytest.raises(DatabaseError) as raised,
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
        return lost_parts.part_that_is_gone(raised.value)

    assert trouble("SELECT loaves FROM articles_article") == ""
    assert trouble("SELECT FROM WHERE") == ""
    assert trouble("SELECT 1 FROM articles_nothing") == lost_parts.NO_DATABASE
    if connection.vendor == "postgresql":
        assert trouble("SET LOCAL statement_timeout = 1; SELECT pg_sleep(5)") == lost_parts.BUSY


@pytest.mark.parametrize("name", FAULTS)
def test_a_save_says_so_and_gives_the_words_back(browser, name):
    draft = a_draft("Bread")
    form = {
        "headline": "Bread <b>&",
        "summary": "Two\nlines",
        "body": "<p>Long words.</p>",
        "tags": ["a", "b"],
        "password": "secret",
    }
    with gone(FAULTS[name]):
        answer = browser.post(f"/admin/articles/article/{draft.pk}/change/?x=1", form)
    assert answer.status_code == (507 if name in IS_FULL else 503)
    html = answer.content.decode()
    assert "Nothing was saved." in html
    assert f'action="/admin/articles/article/{draft.pk}/change/?x=1"' in html
    areas = dict(re.findall(r'<textarea name="(\w+)"[^>]*>\n(.*?)</textarea>', html, re.DOTALL))
    assert {key: unescape(value) for key, value in areas.items()} == {
        "headline": "Bread <b>&",
        "summary": "Two\nlines",
        "body": "<p>Long words.</p>",
    }
    assert re.findall(r'name="tags" value="(\w)"', html) == ["a", "b"]
    assert "secret" not in html
    assert ("disk is full" in html) == (name in IS_FULL)
    assert ("could not wait any longer" in html) == (name in IS_BUSY)
    assert ("cannot write to its disk" in html) == (name in IS_READ_ONLY)


def test_all_that_somebody_wrote_is_shown_and_can_be_copied(browser):
    draft = a_draft("Bread")
    form = {
        name: f"Words of {name}"
        for name in (*fields.written(), "bylines-0-name", "bylines-0-shown", "slug")
    }
    with gone(FAULTS["locked"]):
        html = browser.post(f"/admin/articles/article/{draft.pk}/change/", form).content.decode()
    areas = dict(re.findall(r'<textarea name="([\w-]+)"[^>]*>\n(.*?)</textarea>', html, re.DOTALL))
    del form["slug"]
    assert areas == form
    assert "How reported" in html


FORMS = {  # what somebody writes into each form of the desk besides the story's, and what goes with it
    "articles/section": ({"name": "Bread", "description": "Of <loaves>"}, {"order": "1"}),
    "articles/tag": ({"name": "Bread", "description": "Of <loaves>"}, {}),
    "articles/event": ({"name": "Bread", "description": "Of <loaves>"}, {}),
    "articles/series": ({"name": "Bread", "description": "Of <loaves>"}, {}),
    "authors/author": ({"name": "Ada Bread", "role": "Baker", "bio": "Long\nwords."}, {}),
    "newsroom/page": ({"name": "Bread", "body": "<p>Well.</p>"}, {"order": "1", "kind": "page"}),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("only", ["", "INSERT"], ids=["from the beginning", "in the middle"])
def test_a_form_of_the_desk_that_meets_a_busy_database_shows_its_words_and_can_be_sent_again(
    browser, chief, form, only
):
    browser.force_login(chief)
    model = apps.get_model(form.replace("/", "."))
    written, rest = FORMS[form]
    kinds = {"kind": model._meta.get_field("kind").choices[0][0]} if "kind" in rest else {}
    before, address = model.objects.count(), f"/admin/{form}/add/"
    with gone(FAULTS["locked"], only=only):
        answer = browser.post(address, written | rest | kinds)
    html = answer.content.decode()
    assert answer.status_code == 503
    assert "Others are saving" in html
    areas = dict(re.findall(r'<textarea name="([\w-]+)"[^>]*>\n(.*?)</textarea>', html, re.DOTALL))
    assert {name: unescape(words) for name, words in areas.items()} == written
    assert model.objects.count() == before
    again = {
        name: unescape(value)
        for name, value in re.findall(r'type="hidden" name="([\w-]+)" value="(.*?)"', html)
    }
    assert browser.post(address, again | written).status_code == 302
    assert model.objects.count() == before + 1


def test_the_lock_of_a_small_form_begins_when_all_of_it_has_been_looked_at(browser, chief):
    """Django opens a transaction round the whole view, from the first look at the row on."""
    browser.force_login(chief)
    tag = Tag.objects.create(name="Bread")
    with CaptureQueriesContext(connection) as asked:
        answer = browser.post(
            f"/admin/articles/tag/{tag.pk}/change/", {"name": "Loaves", "slug": "bread"}
        )
    assert answer.status_code == 302
    begins = next(
        index for index, query in enumerate(asked) if query["sql"].startswith("SAVEPOINT")
    )
    before = [query["sql"] for query in asked.captured_queries[:begins]]
    assert [sql for sql in before if sql.startswith("SELECT") and 'FROM "articles_tag"' in sql]
    assert not [sql for sql in before if not sql.startswith("SELECT")]
    assert Tag.objects.get(pk=tag.pk).name == "Loaves"


def test_an_address_that_a_colleague_took_in_between_is_said_by_the_form(
    browser, chief, monkeypatch
):
    """The check of the form and the save are two moments."""
    browser.force_login(chief)
    other, real = Tag.objects.create(name="Loaves"), DeskAdmin.begin_saving

    def late(self, request):
        TagAlias.objects.get_or_create(slug="bread", name="Bread", target=other)
        real(self, request)

    monkeypatch.setattr(DeskAdmin, "begin_saving", late)
    answer = browser.post("/admin/articles/tag/add/", {"name": "Rolls", "slug": "bread"})
    assert answer.status_code == 200
    assert "That address leads to “Loaves”" in unescape(answer.content.decode())
    assert not Tag.objects.filter(name="Rolls").exists()


def test_autosave_hears_a_reason_and_keeps_its_copy(browser):
    """Any answer that is no success leaves the words in the browser (articles/static/articles/desk/autosave.js)."""
    draft = a_draft("Bread")
    with gone(FAULTS["full"]):
        answer = browser.post(f"/admin/articles/article/{draft.pk}/autosave/", {"headline": "x"})
    assert answer.status_code == 507
    assert answer.json()["error"].startswith("The desk’s disk is full.")
    assert answer.json()["error"].endswith("Your words are kept in this browser.")


def test_a_full_disk_is_found_in_the_middle_of_a_save_too(browser):
    draft = a_draft("Bread")
    before = draft.revisions.count()
    form = {
        "headline": "Milk",
        "body": "<p>x</p>",
        "base_version": 1,
        "section": draft.section_id or "",
        "byline_decision": "staff",
        "headline_from": "source",
        "story_type": "news",
        "language": "en",
        "bylines-TOTAL_FORMS": 0,
        "bylines-INITIAL_FORMS": 0,
    }
    with gone(FAULTS["full"], only="INSERT"):
        answer = browser.post(f"/admin/articles/article/{draft.pk}/change/", form)
    assert answer.status_code == 507
    draft.refresh_from_db()
    assert (draft.headline, draft.revisions.count()) == ("Bread", before)


def test_the_log_has_one_line_for_each(caplog):
    with gone(FAULTS["refused"]):
        Client(raise_request_exception=False).get("/")
    lines = [
        OneLineFormatter().format(record)
        for record in caplog.records
        if record.levelno >= logging.ERROR
    ]
    assert len(lines) == 1
    assert len(lines[0].splitlines()) == 1
    assert "Connection refused" in lines[0]


# --- /readyz


def test_readiness_finds_what_is_missing(client, settings, tmp_path, monkeypatch):
    assert client.get("/readyz").content == b"ok\n"
    for name in ("refused", "closed", "damaged", "missing"):
        with gone(FAULTS[name]):
            answer = client.get("/readyz")
            assert (answer.status_code, answer.content) == (503, b"The database does not answer.\n")
    with monkeypatch.context() as lacking:
        lacking.setattr(readiness, "tables", lambda: frozenset({"articles_nothing"}))
        assert b"lacks tables" in client.get("/readyz").content
    with monkeypatch.context() as newer:
        newer.setattr(readiness, "migrations", lambda: frozenset({("articles", "9999_to_come")}))
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert b"older than the program" in answer.content
        assert b"9999" not in answer.content
    settings.VAR_DIR = tmp_path / "nowhere"
    answer = client.get("/readyz")
    assert (answer.status_code, b"cannot be written" in answer.content) == (503, True)
    assert str(tmp_path).encode() not in answer.content


@pytest.mark.files
def test_readiness_finds_that_static_files_were_not_collected(client, settings, monkeypatch):
    settings.NEWSROOM_MANIFEST = True
    monkeypatch.setattr(readiness, "staticfiles_storage", JoinedManifestStorage())
    assert b"Static files are missing" in client.get("/readyz").content


@pytest.mark.parametrize(
    "host",
    [
        "10.0.0.7:8000",
        "[::1]",
        "evil.example",
        "x" * 300,
        "a\nb",
        "127.0.0.1:99999",
        "127.0.0.1:" + "1" * 4400,
    ],
)
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_health_is_told_to_whoever_asks_by_number_and_without_https(settings, host, address):
    settings.SECURE_SSL_REDIRECT = True
    answer = Client().get(address, headers={"host": host})
    assert (answer.status_code, answer.content) == (200, b"ok\n")


# --- real files, real servers


DAMAGES = """
import sqlite3
import django
django.setup()
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.builders import a_draft, a_person
connection.settings_dict["OPTIONS"]["timeout"] = 1  # second
file = settings.DATABASES["default"]["NAME"]
desk = Client(raise_request_exception=False)
draft, editor = a_draft("Bread"), a_person("Editor")
desk.force_login(editor)
change = f"/admin/articles/article/{draft.pk}/change/"
autosave = change.replace("change/", "autosave/")

def told(*addresses):
    print(*[desk.get(address).status_code for address in addresses], end=" | ")

told("/", "/readyz", change)
kept = file.with_name("kept.sqlite3")
with sqlite3.connect(file) as source:
    source.backup(sqlite3.connect(kept))
locker = sqlite3.connect(file, isolation_level=None)
locker.execute("BEGIN IMMEDIATE")
told("/", "/readyz", change)
answer = desk.post(autosave, {"headline": "Words of mine"})
print(answer.status_code, "could not wait" in answer.json()["error"], end=" | ")
print(desk.post(autosave.replace("autosave/", "here/"), {"version": "1"}).status_code, end=" | ")
locker.close()
connection.close()
with open(file, "r+b") as damaged:
    damaged.write(b"\\xff" * 200_000)
told("/", "/readyz", change, "/healthz")
connection.close()
file.write_bytes(kept.read_bytes())
told("/", "/readyz")
aside = file.with_name("aside.sqlite3")
file.rename(aside)
told("/", "/readyz", change, "/healthz")
print(file.exists(), end=" | ")
aside.rename(file)
told("/", "/readyz")
whole = file.read_bytes()
file.write_bytes(b"")
told("/", "/readyz", change, "/healthz")
file.write_bytes(whole)
told("/", "/readyz")
kept.rename(file)
told("/", "/readyz", change, "/healthz")
print(b"Another file" in desk.get("/readyz").content, end=" | ")
"""


@contextmanager
def a_copy(served, folder):
    """The environment of another newsroom with the same stories."""
    (folder / "static").mkdir(parents=True)
    with sqlite3.connect(f"{served.environment['NEWSROOM_VAR']}/newsroom.sqlite3") as source:
        source.backup(sqlite3.connect(folder / "newsroom.sqlite3"))
    yield served.environment | {"NEWSROOM_VAR": str(folder)}


def said_by(code, environment):
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, env=environment
    )
    assert told.returncode == 0, told.stderr
    return told.stdout


@pytest.mark.files
def test_a_database_file_that_is_locked_damaged_and_gone(served, tmp_path):
    with a_copy(served, tmp_path / "var") as environment:
        told = said_by(DAMAGES, environment)
        again = said_by(
            "import django\ndjango.setup()\nfrom django.test import Client\n"
            'print(Client().get("/").status_code, Client().get("/readyz").status_code)',
            environment,
        )
    (
        whole,
        locked,
        refused,
        skipped,
        damaged,
        mended,
        missing,
        is_made,
        back,
        emptied,
        filled,
        another,
        is_told,
    ) = told.split(" | ")[:13]
    assert whole == locked == "200 200 200"
    assert refused == "503 True"
    assert skipped == "200", "who has the story open is said again in a moment"
    assert damaged == missing == emptied == another == "503 503 503 200"
    assert is_made == "False", "no empty database is made where one was"
    assert mended == back == filled == "200 200", "no new start is needed"
    assert is_told == "True"
    assert again.split() == ["200", "200"], "a new start opens what lies there"


REPLACED = """
import os
import django
django.setup()
from django.conf import settings
from django.db import OperationalError, connection, transaction
from articles.models import Section
file = settings.DATABASES["default"]["NAME"]
Section.objects.create(name="Before", slug="before")
connection.cursor().execute(f"VACUUM INTO '{file}.kept'")

def save(name):
    try:
        Section.objects.create(name=name, slug=name.lower())
        print("saved", end=" | ")
    except OperationalError as error:
        print(error, end=" | ")

with transaction.atomic():
    save("Inside")
    os.rename(f"{file}.kept", file)
    save("Outside")
save("After")
"""


@pytest.mark.files
def test_nothing_is_saved_in_a_file_that_lies_nowhere_any_more(served, tmp_path):
    """Also by a command, which has no requests, and in the middle of one."""
    with a_copy(served, tmp_path / "var") as environment:
        inside, outside, after = said_by(REPLACED, environment).split(" | ")[:3]
    assert inside == "saved"
    assert outside == after
    assert outside.startswith("Another file lies at the place of the database.")


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="On PostgreSQL writers do not wait for one lock."
)
def test_a_server_whose_database_is_replaced_saves_nothing_and_says_so(served, tmp_path):
    with (
        a_copy(served, tmp_path / "var") as environment,
        serving(environment, "--workers", "1") as port,
    ):
        file = tmp_path / "var" / "newsroom.sqlite3"
        assert [asked(port, address)[0] for address in ("/", "/readyz")] == [200, 200]
        with sqlite3.connect(file) as source:
            source.execute(f"VACUUM INTO '{file}.kept'")
        file.with_name(file.name + ".kept").rename(file)
        assert [asked(port, address)[0] for address in ("/", "/admin/login/", "/healthz")] == [
            503,
            503,
            200,
        ]
        assert asked(port, "/readyz") == (503, database_file.ANOTHER + "\n")


MANY_WRITERS = """
import sqlite3
from queue import Queue
from threading import Thread
import django
django.setup()
from django.conf import settings
from django.db import OperationalError, connection
from articles.models import Section
from newsroom.foundation.database_file import MOST_WAITING
locker = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
locker.execute("BEGIN IMMEDIATE")
answers = Queue()

def save(number):
    try:
        Section.objects.create(name=f"Section {number}", slug=f"section-{number}")
        answers.put("saved")
    except OperationalError as error:
        answers.put(str(error))
    connection.close()

writers = [Thread(target=save, args=[number]) for number in range(MOST_WAITING + 3)]
for writer in writers:
    writer.start()
print(*[answers.get() for _ in range(3)], sep=" | ", end=" | ")
print(Section.objects.count() > 0, end=" | ")
locker.execute("ROLLBACK")
print({answers.get() for _ in range(MOST_WAITING)}, end=" | ")
"""


@pytest.mark.files
def test_few_threads_wait_for_the_lock_of_writers_and_the_rest_serve_readers(served, tmp_path):
    with a_copy(served, tmp_path / "var") as environment:
        first, second, third, is_read, later = said_by(MANY_WRITERS, environment).split(" | ")[:5]
    assert first == second == third == "database is locked, and enough others wait for it"
    assert (is_read, later) == ("True", "{'saved'}")


def asked(port, address):
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    link.request("GET", address)
    answer = link.getresponse()
    return answer.status, answer.read().decode()


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="PostgreSQL alone has a server that can be stopped."
)
def test_a_database_server_that_goes_and_comes_back(served):
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    # the address may end with a socket's folder
    name = conninfo_to_dict(served.environment["DATABASE_URL"])["dbname"]
    end = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as link:
        assert asked(served.port, "/")[0] == 200
        for _ in range(3):
            link.execute(end)
            assert asked(served.port, "/")[0] == 200, "a connection that ended is made anew"
        try:
            link.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
            link.execute(end)
            for address in ("/", "/readyz", "/articles/somebody-elses/"):
                assert asked(served.port, address)[0] == 503
            assert asked(served.port, "/healthz")[0] == 200
        finally:
            link.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
        assert [asked(served.port, address)[0] for address in ("/", "/readyz")] == [200, 200]


SMALL_DISK = """
import django
django.setup()
from django.test import Client
from django.test.utils import CaptureQueriesContext
from articles.models import Article, Revision
from tests.builders import a_draft, a_person
from articles.story import unsaved
from articles.models import Tag, TagAlias
from newsroom import readiness
draft = a_draft("Bread")
client = Client(raise_request_exception=False)
client.force_login(a_person("Editor"))
text = "<p>" + "Long words and many. " * 20_000 + "</p>"
answers, marked = [], 0
for number in range(200):
    draft.refresh_from_db()
    form = {"headline": "Bread", "body": text + str(number), "base_version": draft.version, "section": draft.section_id,
            "byline_decision": "staff", "headline_from": "source", "story_type": "news", "language": "en",
            "date_known": "day", "published_day": "2026-03-04", "bylines-TOTAL_FORMS": 0, "bylines-INITIAL_FORMS": 0}
    answer = client.post(f"/admin/articles/article/{draft.pk}/change/", form)
    answers.append(answer.status_code)
    if answer.status_code >= 500:
        marked = answer.content.decode().count("Long words and many. ")
        break
draft.refresh_from_db()
print(answers[0], answers[-1], marked, draft.version == Revision.objects.filter(article=draft, aside=False).count(),
      bool(readiness.disk()) or "room", client.get("/").status_code)
"""


@pytest.mark.files
def test_a_disk_that_is_really_full(served, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("A small disk can be mounted by root only.")
    try:
        with a_copy(served, disk / "var") as environment:
            told = said_by(SMALL_DISK, environment)
        first, last, words, is_whole, _, front = told.split()[-6:]
        assert (first, last, is_whole, front) == ("302", "507", "True", "200"), told
        assert int(words) == 20_000
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def test_whoever_finds_enough_others_waiting_is_told_that_others_are_saving():
    assert lost_parts.part_that_is_gone(database_file.Crowded()) == lost_parts.BUSY
