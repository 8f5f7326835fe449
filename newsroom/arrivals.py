"""Requests arrive whole before anybody works on them: slow and idle clients hold sockets, and never all threads.

A worker class for gunicorn (newsroom/gunicorn.py). Gunicorn's own gives a thread to each connection and lets it wait
there for the rest of the request: as many slow clients as there are threads stop the site. Here the loop that accepts
connections also listens to them, all at once, and a thread gets a request that has come whole. Only a long body (a
picture, a story of many chapters) is received by a thread, and never by all of them.
"""

import contextlib
import errno
import re
import time
from collections import Counter, defaultdict, deque
from functools import partial
from selectors import EVENT_READ
from socket import SHUT_WR

from django.conf import settings
from gunicorn.workers import gthread

ARRIVAL = 20  # seconds within which a request comes whole, or the head of one with a long body
SILENCE = 30  # seconds that a thread waits for a client that neither sends nor takes anything
FAREWELL = 2  # seconds for which a connection that we are closing is listened to
PIECE = 64 * 1024  # bytes read at once
LONGEST_HEAD = 64 * 1024  # bytes
SHORT = 64 * 1024  # bytes of a body that is received before a thread gets the request
MOST_OPEN = 200  # connections of one address in one process
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)[ \t]*\r\n", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*(?=\r\n)", re.IGNORECASE)
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"
REFUSED = b"HTTP/1.1 %s\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
TOO_LATE, TOO_LONG = REFUSED % b"408 Request Timeout", REFUSED % b"431 Request Header Fields Too Large"
TOO_MANY = REFUSED % b"503 Service Unavailable"


class Connection(gthread.TConn):
    """A socket and what has come of its next request. `until`: when we stop listening, by the monotonic clock."""

    def __init__(self, *args, close):
        super().__init__(*args)
        self.address = self.client[0] if isinstance(self.client, tuple) else ""
        self.close = partial(close, self)

    def begin(self) -> None:
        """Expect a request; its first bytes may have come together with the one before."""
        self.received = bytearray(self.parser.unreader.take_buffered() if self.parser else b"")
        self.length = None  # bytes of head and body, once the head is complete
        self.is_long = False
        self.look_for_head(0)

    def hear(self, piece: bytes) -> None:
        seen = len(self.received)
        self.received += piece
        if self.length is None:
            self.look_for_head(max(0, seen - 3))

    def look_for_head(self, start: int) -> None:
        end = self.received.find(b"\r\n\r\n", start)
        if end < 0:
            return
        head = bytes(self.received[: end + 4])
        length = LENGTH.search(head)
        body = int(length[1][:13]) if length else 0
        self.is_long = body > SHORT or bool(CHUNKED.search(head))
        if EXPECTS.search(head) and not self.is_long:  # else gunicorn says it, when the thread has the request
            self.received[: len(head)] = head = EXPECTS.sub(b"", head)
            self.sock.send(GO_ON)
        self.length = len(head) + body

    @property
    def is_whole(self) -> bool:
        return self.length is not None and (self.is_long or len(self.received) >= self.length)


class Worker(gthread.ThreadWorker):
    """A connection is listened to, waits for a thread, holds one, or is kept for its next request (by gunicorn).

    No more than a third of the threads receive long bodies, and no address holds more than a third: together they
    leave a third to everybody else. Behind a proxy of ours all clients have its address, which then does not count.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.share = max(1, self.cfg.threads // 3)
        self.listened, self.leaving = {}, {}  # {connection: None}, the oldest first
        self.open = Counter()  # connections by address
        self.holding = Counter()  # threads by what they are counted as
        self.queues = defaultdict(deque)  # of connections that wait for a thread, by what holds them up

    # --- listening, in the loop

    def accept(self, listener):
        try:
            sock, client = listener.accept()
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE) and self.listened:
                self.drop(next(iter(self.listened)), TOO_LATE)  # no socket is left for who comes next
            elif error.errno not in (errno.EAGAIN, errno.EWOULDBLOCK, errno.ECONNABORTED):
                raise
            return
        connection = Connection(self.cfg, sock, client, listener.getsockname(), close=self.close)
        self.nr_conns += 1
        self.open[connection.address] += 1
        if self.has_room_for(connection):
            self.enqueue_req(connection)
        else:
            self.refuse(connection, TOO_MANY)

    def has_room_for(self, connection) -> bool:
        """One connection too many ends the one that we have listened to for longest: of the same address, if that has
        too many of its own."""
        address = connection.address
        is_crowd = bool(address) and not settings.NEWSROOM_PROXIES and self.open[address] > MOST_OPEN
        if not is_crowd and self.nr_conns < self.worker_connections:
            return True
        oldest = next((each for each in self.listened if not is_crowd or each.address == address), None)
        if oldest:
            self.drop(oldest, TOO_LATE)
        return oldest is not None

    def enqueue_req(self, connection):
        """A request is about to come. (Gunicorn gives the connection a thread at this moment.)"""
        connection.begin()
        if self.cfg.is_ssl:
            self.give_thread(connection)
            return
        self.listen(connection)
        self.consider(connection)

    def listen(self, connection):
        connection.sock.setblocking(False)
        connection.until = time.monotonic() + ARRIVAL
        self.listened[connection] = None
        self.poller.register(connection.sock, EVENT_READ, partial(self.on_piece, connection))

    def stop_listening(self, connection):
        del self.listened[connection]
        self.poller.unregister(connection.sock)

    def on_piece(self, connection, sock):
        try:
            piece = sock.recv(PIECE)
            connection.hear(piece)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        if piece:
            self.consider(connection)
        else:
            self.drop(connection)

    def consider(self, connection):
        if connection.is_whole:
            self.stop_listening(connection)
            self.give_thread(connection)
        elif connection.length is None and len(connection.received) > LONGEST_HEAD:
            self.drop(connection, TOO_LONG)

    def murder_pending(self):
        """Called about once a second: whoever has not sent a whole request in time goes."""
        now = time.monotonic()
        for connection in [each for each in self.listened if each.until < now or self.is_idle_at_the_end(each)]:
            self.drop(connection, TOO_LATE if connection.received else b"")
        for connection in [each for each in self.leaving if each.until < now]:
            self.stop_bidding_farewell(connection)

    def is_idle_at_the_end(self, connection) -> bool:
        """Nobody has asked anything, and this process is about to stop."""
        return not self.alive and not connection.received

    # --- threads

    def counted_as(self, connection) -> list[str]:
        """Whose shares of the threads a connection takes from."""
        address = "" if settings.NEWSROOM_PROXIES else connection.address
        return [name for name in (address, "long" if connection.is_long else "") if name]

    def give_thread(self, connection):
        for name in self.counted_as(connection):
            if self.holding[name] >= self.share:
                self.queues[name].append(connection)
                return
        self.holding.update(self.counted_as(connection))
        connection.data_ready = True
        if connection.received:
            connection.sock.setblocking(True)
            connection.init()
            connection.parser.unreader.unread(bytes(connection.received))
            connection.received.clear()
        super().enqueue_req(connection)

    def finish_request(self, connection, future):
        """In the loop again, after a thread has answered."""
        names = self.counted_as(connection)
        self.holding.subtract(names)
        super().finish_request(connection, future)
        for name in names:
            while self.queues[name] and self.holding[name] < self.share:
                self.give_thread(self.queues[name].popleft())
            if not self.queues[name]:
                del self.queues[name]
            if not self.holding[name]:
                del self.holding[name]

    def handle_request(self, request, connection):
        """In a thread, which waits for no client without an end, and not for what nobody has read of a long body."""
        connection.sock.settimeout(SILENCE)
        if connection.is_long:
            request.force_close()
        try:
            return super().handle_request(request, connection)
        except TimeoutError:
            return False

    # --- ends

    def drop(self, connection, last_words=b""):
        self.stop_listening(connection)
        self.refuse(connection, last_words)

    def refuse(self, connection, last_words):
        with contextlib.suppress(OSError):  # nobody listens
            connection.sock.send(last_words)
        self.nr_conns -= 1
        connection.close(graceful=bool(last_words))

    def close(self, connection, graceful=False):
        """`graceful`: close our side and hear the other one out for a moment, for a socket that is closed on words that
        nobody read takes back what was said last. Gunicorn waits for that in the loop, and everybody with it."""
        if graceful:
            with contextlib.suppress(OSError):
                connection.sock.shutdown(SHUT_WR)
                connection.sock.setblocking(False)
                connection.until = time.monotonic() + FAREWELL
                self.poller.register(connection.sock, EVENT_READ, partial(self.on_last_words, connection))
                self.leaving[connection] = None
                return
        self.open[connection.address] -= 1
        if not self.open[connection.address]:
            del self.open[connection.address]
        gthread.TConn.close(connection)

    def on_last_words(self, connection, sock):
        try:
            is_over = not sock.recv(PIECE)
        except BlockingIOError:
            return
        except OSError:
            is_over = True
        if is_over:
            self.stop_bidding_farewell(connection)

    def stop_bidding_farewell(self, connection):
        del self.leaving[connection]
        self.poller.unregister(connection.sock)
        connection.close()
