"""The cast of people with roles, and the rule that tests speak to this machine only."""

import gc
import ipaddress
import os
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone

from articles.models import gate
from tests.builders import a_person
from tests.one_line import in_one_line

SLOWEST = (
    "journeys",
    "races",
    "test_plans",
    "test_figures",
    "test_state_machine",
    "test_brand",
    "test_uploads",
)
# About values, moments and several at once, which databases treat each in its own way: all of these run on both.
ON_BOTH = (
    "races",
    "test_addresses",
    "test_clock_set_back",
    "test_dates",
    "test_lengths",
    "test_odd_queries",
    "test_outages",
    "test_plans",
    "test_search",
    "test_bulk_actions",
    "test_two_people",
    "test_withdrawal",
)
NOWHERE = Path("/nowhere/latest-moment")
OF_A_DATABASE = {"db", "transactional_db", "live_server"}  # fixtures


@pytest.hookimpl(tryfirst=True)  # before the marks are asked for
def pytest_collection_modifyitems(items):
    """Files that take longest begin, so that no core waits for another at the end; and a test that asks no database
    is about files or words, and runs once."""
    for item in items:
        if not item.get_closest_marker("django_db") and OF_A_DATABASE.isdisjoint(item.fixturenames):
            item.add_marker(pytest.mark.files)
        if any(name in str(item.path) for name in ON_BOTH):
            item.add_marker(pytest.mark.both)
    items.sort(key=lambda item: not any(name in str(item.path) for name in SLOWEST))


def pytest_collection_finish():
    """What was imported stays to the end: the collector need not look through it again and again, and seldom at all."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


real_connect = socket.socket.connect


def connect_to_this_machine(self, address):
    if (
        isinstance(address, tuple)
        and address[0] != "localhost"
        and not ipaddress.ip_address(address[0]).is_loopback
    ):
        raise AssertionError(f"A test tried to reach {address}.")
    return real_connect(self, address)


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    monkeypatch.setattr(socket.socket, "connect", connect_to_this_machine)


def forget_moments(patch):
    patch.setattr(gate.this_moment, "latest", datetime.min.replace(tzinfo=UTC))
    patch.setattr(gate.Clock, "file", lambda clock: NOWHERE)


@pytest.fixture(autouse=True)
def a_clock_of_its_own(monkeypatch):
    """No test remembers how late it was in another (the gate's clock never goes back), none is the first request of
    its process, which looks into the logbook, and none keeps its moments for the next."""
    forget_moments(monkeypatch)


@pytest.fixture(autouse=True, scope="session")
def quick_passwords():
    """A good hash takes a fifth of a second, twice for each login; no test is about that."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="class")
def rows_of_the_class(django_db_setup, django_db_blocker):
    """What a fixture of a whole class writes while this one stands is there for each test of the class, which takes
    back its own at its end; after the last all of it goes."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        forget_moments(patch)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def contributor(db):
    return a_person("Contributor", username="contributor")


@pytest.fixture
def reporter(db):
    return a_person("Reporter", username="reporter")


@pytest.fixture
def editor(db):
    return a_person("Editor", username="editor")


@pytest.fixture
def chief(db):
    return a_person("Chief editor", username="chief")


@pytest.fixture
def desk():
    """A browser at the desk: `desk(person)` is logged in."""

    def log_in(person):
        client = Client()
        client.force_login(person)
        return client

    return log_in


@pytest.fixture
def own_disk(settings, tmp_path):
    """Pictures of this test lie in a folder of its own."""
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"


@pytest.fixture
def memory_used(monkeypatch):
    """KiB that each process which opened a picture had at the most, in their order."""
    from articles.pictures import uploads

    found, real = [], uploads.in_own_process

    def measured(*arguments):
        facts = real(*arguments)
        found.append(facts["peak"])
        return facts

    monkeypatch.setattr(uploads, "in_own_process", measured)
    return found


@pytest.fixture
def noon(time_machine):
    """Far from midnight, which cuts the age of a front page."""
    time_machine.move_to(timezone.localtime().replace(hour=12, minute=0))


@pytest.fixture
def page(client):
    """What a reader gets at an address, as text; a page in one line."""

    def get(address, status=200):
        response = client.get(address)
        assert response.status_code == status, (address, response.status_code)
        text = response.content.decode()
        return (
            in_one_line(text) if response.headers["Content-Type"].startswith("text/html") else text
        )

    return get


@pytest.fixture
def figure(request):
    """Report one figure; `make prove` collects them into docs/proofs.md."""

    def report(text):
        print(text)
        if path := os.environ.get("NEWSROOM_FIGURES"):
            with open(path, "a", encoding="utf-8") as file:
                file.write(f"{request.node.name} | {text}\n")

    return report


@pytest.fixture
def clock():
    """The time of day stands still, and `clock(hours=2)` puts it on."""
    with time_machine.travel(timezone.now(), tick=False) as travelling:
        yield lambda **step: travelling.shift(timedelta(**step))
