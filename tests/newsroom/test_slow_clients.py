"""H4: slow and idle clients hold sockets, not the site, and megabytes are read when it is known whose they are."""

import http.client
import os
import socket
import threading
import time
from contextlib import ExitStack, contextmanager, suppress

import pytest
from django.test import Client

from newsroom import arrivals
from tests.builders import a_draft
from tests.serving import serving

PATIENT = 30  # seconds for a page on a loaded machine; without the defence it does not come at all
ANOTHER = "127.0.0.2"  # an address of somebody else
FORM = b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
COOKIE = b"Cookie: csrf=" + b"a" * 32 + b"\r\n"  # with it the form is read, to compare its token
PARTIAL_HEAD = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow"
TAKES_NOTHING = b"GET /static/large.bin HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"  # and reads no byte of it
SLOW_BODY = FORM + COOKIE + b"Content-Length: 1000\r\n\r\nusername="


@contextmanager
def slow_clients(port, number, words, source="127.0.0.1"):
    """Sockets that have said `words` and go on with a byte now and then."""
    with ExitStack() as stack:
        links = [socket.create_connection(("127.0.0.1", port), PATIENT, (source, 0)) for _ in range(number)]
        over = threading.Event()

        def go_on():
            while not over.wait(1):
                for link in links:
                    with suppress(OSError):  # the server has had enough of it
                        link.send(b"x")

        for link in links:
            stack.callback(link.close)
            link.sendall(words)
        thread = threading.Thread(target=go_on)
        thread.start()
        stack.callback(thread.join)
        stack.callback(over.set)
        yield links


def answered_at(port, *addresses, source="127.0.0.1", patience=PATIENT):
    """Statuses, or None for a page that does not come."""
    found = []
    for address in addresses:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=patience, source_address=(source, 0))
        try:
            link.request("GET", address)
            found.append(link.getresponse().status)
        except OSError:
            found.append(None)
        link.close()
    return found


@pytest.fixture
def a_large_file(served):
    with open(os.path.join(served.environment["NEWSROOM_VAR"], "static", "large.bin"), "wb") as large:
        large.truncate(30_000_000)


PAGES = ["/", "/healthz", "/articles/somebody-elses/", "/admin/login/"]


@pytest.mark.files
@pytest.mark.django_db(databases=[])
@pytest.mark.parametrize(
    ("number", "words"), [(8, SLOW_BODY), (40, PARTIAL_HEAD), (200, PARTIAL_HEAD), (200, SLOW_BODY)]
)
def test_slow_clients_keep_nobody_waiting(served, number, words):
    with slow_clients(served.port, number, words):
        begun = time.monotonic()
        assert answered_at(served.port, *PAGES) == [200] * 4
        assert answered_at(served.port, *PAGES, source=ANOTHER) == [200] * 4
        assert time.monotonic() - begun < PATIENT


@pytest.mark.files
@pytest.mark.django_db(databases=[])
def test_without_the_defence_slow_clients_stop_the_site(served, a_large_file):
    with serving(served.environment, "--workers", "1", "--worker-class", "gthread", "--threads", "4") as port:
        for words in (PARTIAL_HEAD, SLOW_BODY, TAKES_NOTHING):
            with slow_clients(port, 24, words):
                time.sleep(1)
                assert answered_at(port, "/healthz", source=ANOTHER, patience=2) == [None], words
            assert answered_at(port, "/healthz", source=ANOTHER) == [200]


@pytest.mark.files
@pytest.mark.django_db(databases=[])
def test_whoever_asks_for_much_and_takes_nothing_leaves_threads_to_others(served, a_large_file):
    """Two hundred of one address."""
    with serving(served.environment) as port, slow_clients(port, 200, TAKES_NOTHING):
        time.sleep(1)
        assert answered_at(port, *PAGES, source=ANOTHER) == [200] * 4


@pytest.mark.files
@pytest.mark.django_db(databases=[])
def test_a_head_without_an_end_is_refused(served):
    with socket.create_connection(("127.0.0.1", served.port), PATIENT) as link:
        link.sendall(b"GET / HTTP/1.1\r\nX: " + b"x" * arrivals.LONGEST_HEAD)
        assert link.recv(100).startswith(b"HTTP/1.1 431 ")


@pytest.mark.files
@pytest.mark.django_db(databases=[])
def test_what_does_not_come_in_time_is_ended_and_so_is_the_oldest_of_too_many(served):
    with serving(served.environment, "--workers", "1", application="tests.newsroom.impatient:application") as port:
        with slow_clients(port, 3, SLOW_BODY) as links:
            assert [told(link)[0] for link in links] == [408] * 3
        with slow_clients(port, 12, PARTIAL_HEAD) as links:
            assert answered_at(port, "/healthz") == [200]
            assert told(links[0])[0] == 408, "it made room"


def told(link):
    got = b"".join(iter(lambda: link.recv(65536), b""))
    return int(got.split()[1]), got


@pytest.mark.files
@pytest.mark.django_db(databases=[])
@pytest.mark.parametrize(
    ("address", "head", "status"),
    [
        ("/admin/login/", "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 300000000", 413),
        ("/admin/login/", "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 300000000", 413),
        ("/admin/login/", "Content-Length: 99999999999999999999999999", 413),
        ("/admin/articles/photo/add/", "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 100000", 413),
        ("/admin/articles/article/1/change/", "Content-Length: 300000000", 413),
        ("/admin/nothing/", "Content-Length: 300000000", 413),
        ("/admin/login/", "Transfer-Encoding: chunked", 411),
        ("/", "Content-Length: 300000000", 405),
        ("/search/", "Transfer-Encoding: chunked", 405),
    ],
)
def test_a_flood_from_nobody_is_refused_at_once_and_unread(served, address, head, status):
    """The client has sent a thousandth of what it announced, and sends no more."""
    with socket.create_connection(("127.0.0.1", served.port), PATIENT) as link:
        link.sendall(f"POST {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n{head}\r\n\r\n".encode() + b"x" * 1000)
        got = told(link)
    assert got[0] == status
    assert b"Connection: close" in got[1]


@pytest.mark.files
@pytest.mark.django_db(databases=[])
def test_what_is_expected_of_a_polite_client_is_said(served):
    """`Expect: 100-continue`, pieces that end anywhere, and two requests in one packet."""
    with socket.create_connection(("127.0.0.1", served.port), PATIENT) as link:
        link.sendall(FORM + b"Expect: 100-continue\r\nContent-Length: 3\r\n\r\n")
        assert link.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        link.sendall(b"a=b")
        assert link.recv(65536).startswith(b"HTTP/1.1 403 ")
    with socket.create_connection(("127.0.0.1", served.port), PATIENT) as link:
        ask = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        for piece in (ask[:-1], b"\n\r", b"\n" + ask + b"Connection: close\r\n\r\n"):
            link.sendall(piece)
            time.sleep(0.05)
        assert told(link)[1].count(b"HTTP/1.1 200 OK") == 2


@pytest.mark.django_db
def test_whoever_is_logged_in_sends_as_much_as_the_form_takes(desk, reporter, monkeypatch):
    browser = desk(reporter)

    def send(address, length, client=browser):
        return client.generic("POST", address, b"", "application/x-www-form-urlencoded", CONTENT_LENGTH=str(length))

    assert send("/admin/my-desk/", 100_000).status_code == 200
    assert send("/admin/my-desk/", 9_000_000).status_code == 413
    assert send("/admin/articles/photo/add/", 300_000_000).status_code != 413
    assert send("/admin/articles/photo/add/", 900_000_000).status_code == 413
    draft = a_draft("Bread")
    at = f"/admin/articles/article/{draft.pk}/change/"
    assert send(at, 7_000_000, Client()).status_code == 302, "words that outlived their login are still taken"
    assert send(at, 9_000_000, Client()).status_code == 413
    assert b"too much at once" in send("/admin/my-desk/", 9_000_000).content
