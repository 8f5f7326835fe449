"""H4: slow and idle clients hold sockets, not the site, and megabytes are read when it is known whose they are."""

import http.client
import os
import selectors
import socket
import threading
import time
from collections import Counter
from contextlib import ExitStack, contextmanager, suppress
from types import SimpleNamespace

import pytest
from django.test import Client

from newsroom import arrivals
from tests.builders import a_draft
from tests.newsroom import receiver
from tests.serving import serving

PATIENT = 30  # seconds for a page on a loaded machine; without the defence it does not come at all
ANOTHER = "127.0.0.2"  # an address of somebody else
FORM = b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
COOKIE = b"Cookie: csrf=" + b"a" * 32 + b"\r\n"  # with it the form is read, to compare its token
PARTIAL_HEAD = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow"
# Asks, and reads no byte of the answer.
TAKES_NOTHING = b"GET /static/large.bin HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
RECEIVER = "tests.newsroom.receiver:application"
LARGE_PAGE = b"GET /large HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
SLOW_BODY = FORM + COOKIE + b"Content-Length: 1000\r\n\r\nusername="


@contextmanager
def slow_clients(port, number, words, source="127.0.0.1"):
    """Sockets that have said `words` and go on with a byte now and then."""
    with ExitStack() as stack:
        links = [
            socket.create_connection(("127.0.0.1", port), PATIENT, (source, 0))
            for _ in range(number)
        ]
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
        link = http.client.HTTPConnection(
            "127.0.0.1", port, timeout=patience, source_address=(source, 0)
        )
        try:
            link.request("GET", address)
            found.append(link.getresponse().status)
        except OSError:
            found.append(None)
        link.close()
    return found


@pytest.fixture
def a_large_file(served):
    with open(
        os.path.join(served.environment["NEWSROOM_VAR"], "static", "large.bin"), "wb"
    ) as large:
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
    with serving(
        served.environment, "--workers", "1", "--worker-class", "gthread", "--threads", "4"
    ) as port:
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
def test_clients_of_many_addresses_that_take_nothing_hold_no_thread(served, a_large_file):
    """Files, and pages in many pieces: 18 answers, of which each would hold one of twelve threads."""
    for options in ({}, {"application": RECEIVER}):
        with serving(served.environment, "--workers", "1", **options) as port, ExitStack() as stack:
            words = LARGE_PAGE if options else TAKES_NOTHING
            for number in (3, 4, 5):
                stack.enter_context(slow_clients(port, 6, words, source=f"127.0.0.{number}"))
            time.sleep(1)
            assert answered_at(port, "/healthz", source=ANOTHER) == [200]


@pytest.mark.files
@pytest.mark.django_db(databases=[])
@pytest.mark.parametrize("address", ["/large", "/endless"])
def test_whoever_takes_an_answer_slowly_gets_all_of_it_and_then_the_next(served, address):
    with serving(served.environment, application=RECEIVER) as port:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENT)
        link.request("GET", address)
        answer = link.getresponse()
        got = answer.read(1000)
        for _ in range(5):
            time.sleep(0.1)
            got += answer.read(100_000)
        got += answer.read()
        assert got == receiver.LARGE
        link.request("GET", "/most")
        assert link.getresponse().read() == b"1", "on the same connection"
        link.close()


@pytest.mark.files
@pytest.mark.django_db(databases=[])
def test_a_file_that_is_taken_slowly_comes_whole(served, a_large_file):
    """Also when it is published anew meanwhile."""
    file = os.path.join(served.environment["NEWSROOM_VAR"], "static", "counted.bin")
    with open(file, "wb") as counted:
        counted.write(receiver.LARGE)
    with (
        serving(served.environment) as port,
        socket.create_connection(("127.0.0.1", port), PATIENT) as link,
    ):
        link.sendall(
            TAKES_NOTHING.replace(b"large", b"counted").replace(
                b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"
            )
        )
        got = link.recv(1000)
        time.sleep(1)
        os.unlink(file)
        got += b"".join(iter(lambda: link.recv(65536), b""))
        assert got.partition(b"\r\n\r\n")[2] == receiver.LARGE


@pytest.mark.files
@pytest.mark.django_db(databases=[])
def test_answers_that_nobody_takes_come_to_an_end_and_make_room_before(served, a_large_file):
    impatient = {"application": "tests.newsroom.impatient:application"}
    with ExitStack() as stack:
        port = stack.enter_context(serving(served.environment, "--workers", "1", **impatient))
        (link,) = stack.enter_context(slow_clients(port, 1, TAKES_NOTHING))
        time.sleep(7)  # `SILENCE` is three seconds here
        assert len(told(link)[1]) < 30_000_000
    with ExitStack() as stack:
        few = ["--workers", "1", "--worker-connections", "20"]
        port = stack.enter_context(serving(served.environment, *few, **impatient))
        for number in range(3, 7):
            stack.enter_context(slow_clients(port, 8, TAKES_NOTHING, source=f"127.0.0.{number}"))
        assert answered_at(port, "/healthz", source=ANOTHER) == [200]


@pytest.mark.files
@pytest.mark.django_db(databases=[])
def test_a_third_of_the_threads_receive_long_bodies_and_each_is_received(served):
    """Of six addresses, none of which holds a third alone. The last one has sent all it announced, and waits."""
    head = b"POST /form HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\n"
    with ExitStack() as here:
        port = here.enter_context(
            serving(served.environment, "--workers", "1", application=RECEIVER)
        )
        last = here.enter_context(
            socket.create_connection(("127.0.0.1", port), PATIENT, ("127.0.0.9", 0))
        )
        with ExitStack() as slow:
            for number in range(3, 9):
                slow.enter_context(
                    slow_clients(port, 3, head + b"x" * 1000, source=f"127.0.0.{number}")
                )
            time.sleep(1)
            last.sendall(head + b"x" * 100_000)
            time.sleep(1)
            assert asked_for(port, "/most") == b"4"
        status, answer = told(last)
        assert (status, answer[-6:]) == (200, b"100000")
        assert b"Connection: close" in answer


@pytest.mark.files
@pytest.mark.django_db(databases=[])
def test_a_third_of_the_threads_work_for_one_address(served):
    words = b"GET /slow HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    with ExitStack() as stack:
        port = stack.enter_context(
            serving(served.environment, "--workers", "1", application=RECEIVER)
        )
        links = stack.enter_context(slow_clients(port, 12, words))
        assert [told(link)[0] for link in links] == [200] * 12
        assert asked_for(port, "/most", source=ANOTHER) == b"4"


def asked_for(port, address, source=ANOTHER):
    link = http.client.HTTPConnection(
        "127.0.0.1", port, timeout=PATIENT, source_address=(source, 0)
    )
    link.request("GET", address)
    return link.getresponse().read()


# --- events of one moment, without a server


@pytest.fixture
def worker():
    """The part of it that listens; no thread is there, and whoever would get one is kept."""
    made = object.__new__(arrivals.Worker)
    made.listened, made.sending, made.leaving = {}, {}, {}
    made.queues, made.open, made.holding, made.nr_conns, made.buffered = (
        {},
        Counter(),
        Counter(),
        0,
        0,
    )
    made.poller, made.alive = selectors.DefaultSelector(), True
    made.cfg = SimpleNamespace(is_ssl=False, threads=12)
    made.got_threads = []
    made.give_thread = made.got_threads.append
    yield made
    made.poller.close()


def connected(worker):
    """(its connection, the client's end)"""
    ours, theirs = socket.socketpair()
    connection = arrivals.Connection(worker.cfg, ours, ("127.0.0.3", 1), None, close=worker.close)
    worker.nr_conns += 1
    worker.open[connection.address] += 1
    return connection, theirs


def events_of_now(worker):
    return [(key.data, key.fileobj) for key, _ in worker.poller.select(0)]


@pytest.mark.parametrize("said", [b"GET / HTTP/1.1\r\n\r\n", b"GET / HT", b""])
@pytest.mark.parametrize("words", [arrivals.TOO_LATE, b""])
def test_a_connection_that_was_ended_to_make_room_is_not_read_any_more(worker, said, words):
    """`accept` may stand before it in the events of one moment. It raised KeyError, and the process died."""
    connection, client = connected(worker)
    worker.enqueue_req(connection)
    client.sendall(said) if said else client.close()
    ((call, sock),) = events_of_now(worker)
    worker.drop(connection, words)
    call(sock)
    assert worker.got_threads == []
    assert worker.nr_conns == 0
    for connection in list(worker.leaving):
        worker.stop_bidding_farewell(connection)
    client.close()


def test_neither_is_one_that_has_gone_meanwhile_or_that_takes_an_answer(worker):
    connection, client = connected(worker)
    worker.enqueue_req(connection)
    worker.drop(connection, arrivals.TOO_LATE)
    client.close()
    ((call, sock),) = events_of_now(worker)
    worker.stop_bidding_farewell(connection)
    call(sock)

    connection, client = connected(worker)
    connection.outbox.buffer(b"x" * 100)
    worker.send(connection, None)
    ((call, sock),) = events_of_now(worker)
    assert worker.make_room()
    call(sock)
    assert (worker.sending, worker.buffered, worker.nr_conns, worker.open) == ({}, 0, 0, {})
    client.close()


def test_room_is_made_by_whoever_waits_for_longest_wherever_that_is(worker, monkeypatch):
    clock = iter(range(100))
    monkeypatch.setattr(arrivals.time, "monotonic", lambda: next(clock))
    (queued, one), (sending, two), (listened, three) = (connected(worker) for _ in range(3))
    worker.queues = {"long": {}}
    queued.wait(worker.queues["long"], arrivals.SILENCE)
    sending.outbox.buffer(b"x" * 100)
    worker.send(sending, None)
    worker.enqueue_req(listened)
    left = []
    while worker.make_room():
        left.append(worker.nr_conns)
        if len(left) == 1:
            assert one.recv(100).startswith(b"HTTP/1.1 503 ")
        if len(left) == 2:
            assert two.recv(100) == b""
    assert left == [2, 1, 0]
    for client in (one, two, three):
        client.close()


def test_of_too_much_that_is_kept_for_others_the_longest_waiting_goes(worker, monkeypatch):
    monkeypatch.setattr(arrivals, "MOST_KEPT", 250)
    links = [connected(worker) for _ in range(3)]
    for connection, _ in links:
        connection.outbox.buffer(b"x" * 100)
        worker.send(connection, None)
    assert list(worker.sending) == [connection for connection, _ in links[1:]]
    assert worker.buffered == 200
    for connection, client in links[1:]:
        worker.drop(connection)
        client.close()


def test_whatever_waits_has_an_end(worker, monkeypatch):
    links = [connected(worker) for _ in range(3)]
    worker.queues = {"long": {}}
    links[0][0].wait(worker.queues["long"], arrivals.SILENCE)
    links[1][0].outbox.buffer(b"x" * 100)
    worker.send(links[1][0], None)
    worker.enqueue_req(links[2][0])
    now = time.monotonic()
    monkeypatch.setattr(arrivals.time, "monotonic", lambda: now + arrivals.SILENCE - 1)
    worker.murder_pending()
    assert worker.nr_conns == 2
    monkeypatch.setattr(arrivals.time, "monotonic", lambda: now + arrivals.SILENCE + 1)
    worker.murder_pending()
    assert worker.nr_conns == 0
    for _, client in links:
        client.close()


@pytest.mark.files
@pytest.mark.django_db(databases=[])
def test_a_head_without_an_end_is_refused(served):
    with socket.create_connection(("127.0.0.1", served.port), PATIENT) as link:
        link.sendall(b"GET / HTTP/1.1\r\nX: " + b"x" * arrivals.LONGEST_HEAD)
        assert link.recv(100).startswith(b"HTTP/1.1 431 ")


@pytest.mark.files
@pytest.mark.django_db(databases=[])
def test_what_does_not_come_in_time_is_ended_and_so_is_the_oldest_of_too_many(served):
    with serving(
        served.environment, "--workers", "1", application="tests.newsroom.impatient:application"
    ) as port:
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
        (
            "/admin/login/",
            "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 300000000",
            413,
        ),
        (
            "/admin/login/",
            "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 300000000",
            413,
        ),
        ("/admin/login/", "Content-Length: 99999999999999999999999999", 413),
        (
            "/admin/articles/photo/add/",
            "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 100000",
            413,
        ),
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
        link.sendall(
            f"POST {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n{head}\r\n\r\n".encode() + b"x" * 1000
        )
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
        return client.generic(
            "POST", address, b"", "application/x-www-form-urlencoded", CONTENT_LENGTH=str(length)
        )

    assert send("/admin/my-desk/", 100_000).status_code == 200
    assert send("/admin/my-desk/", 9_000_000).status_code == 413
    assert send("/admin/articles/photo/add/", 300_000_000).status_code != 413
    assert send("/admin/articles/photo/add/", 900_000_000).status_code == 413
    draft = a_draft("Bread")
    at = f"/admin/articles/article/{draft.pk}/change/"
    assert send(at, 7_000_000, Client()).status_code == 302, (
        "words that outlived their login are still taken"
    )
    assert send(at, 9_000_000, Client()).status_code == 413
    assert b"too much at once" in send("/admin/my-desk/", 9_000_000).content
