"""Requests arrive whole before anybody works on them, and answers wait for their readers without a thread.

A worker class for gunicorn (newsroom/gunicorn.py). Gunicorn's own gives a thread to each connection and lets it wait
there for the rest of the request, and for the client to take the answer: as many slow clients as there are threads stop
the site. Here the loop that accepts connections also listens to them, all at once, and a thread gets a request that has
come whole; what the client does not take of an answer at once, the loop hands it bit by bit. Only a long body (a
picture, a story of many chapters) is received by a thread, and never by all of them. Whatever waits has an end, and can
be ended to make room.
"""

import contextlib
import errno
import os
import re
import time
from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from functools import partial
from itertools import chain
from selectors import EVENT_READ, EVENT_WRITE
from socket import SHUT_WR
from tempfile import SpooledTemporaryFile

from django.conf import settings
from gunicorn.workers import gthread

ARRIVAL = 20  # seconds within which a request comes whole, or the head of one with a long body
SILENCE = 30  # seconds without a byte: of a long body to its thread, or of an answer to its client; or in a queue
FAREWELL = 2  # seconds for which a connection that we are closing is listened to
PIECE = 64 * 1024  # bytes read at once
LONGEST_HEAD = 64 * 1024  # bytes
SHORT = 64 * 1024  # bytes of a body that is received before a thread gets the request
# bytes of an answer that wait for their client; more are kept in a file without a name
IN_MEMORY = 64 * 1024
MOST_KEPT = 256 * 1024 * 1024  # bytes of all answers that wait for their clients
MOST_OPEN = 200  # connections of one address in one process
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)[ \t]*\r\n", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*(?=\r\n)", re.IGNORECASE)
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"
REFUSED = b"HTTP/1.1 %s\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
TOO_LATE, TOO_LONG = (
    REFUSED % b"408 Request Timeout",
    REFUSED % b"431 Request Header Fields Too Large",
)
TOO_MANY = REFUSED % b"503 Service Unavailable"


@dataclass
class Part:
    """Bytes of an answer, from `start` to `end` of a file."""

    file: object
    start: int
    end: int
    is_ours: bool  # made to keep them: more can be written at its end


class Outbox:
    """Gunicorn writes an answer to it as to a socket. What the client does not take at once waits here."""

    def __init__(self, sock):
        self.sock = sock
        self.parts = deque()

    def __getattr__(self, name):
        return getattr(self.sock, name)

    def sendall(self, words) -> None:
        words = memoryview(words)
        while words and not self.parts:
            taken = self.at_once(self.sock.send, words[:PIECE])
            if not taken:
                break
            words = words[taken:]
        if words:
            self.buffer(words)

    def sendfile(self, file, offset, count) -> None:
        """Of a file on the disk, which is opened anew for as long as it waits."""
        end = offset + count
        while offset < end and not self.parts:
            taken = self.at_once(
                os.sendfile, self.sock.fileno(), file.fileno(), offset, end - offset
            )
            if not taken:
                break
            offset += taken
        if offset < end:
            again = open(os.dup(file.fileno()), "rb", buffering=0)  # noqa: SIM115 - closed when it is sent, or in `clear`
            self.parts.append(Part(again, offset, end, is_ours=False))

    def at_once(self, send, *what) -> int:
        """Bytes that the client took without our waiting for it."""
        patience = self.sock.gettimeout()
        self.sock.setblocking(False)
        try:
            return send(*what)
        except BlockingIOError:
            return 0
        finally:
            self.sock.settimeout(patience)

    def buffer(self, words) -> None:
        if not self.parts or not self.parts[-1].is_ours:
            made = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed when it is sent, or in `clear`
            self.parts.append(Part(made, 0, 0, is_ours=True))
        last = self.parts[-1]
        last.file.seek(last.end)
        last.file.write(words)
        last.end += len(words)

    def hand_on(self) -> int:
        """A piece of what waits, to a client that has room for it: how many bytes it took. The socket does not block;
        raises `EOFError` for a file that has become shorter meanwhile."""
        part = self.parts[0]
        if part.is_ours:
            part.file.seek(part.start)
            piece = part.file.read(min(PIECE, part.end - part.start))
        else:
            piece = os.pread(part.file.fileno(), min(PIECE, part.end - part.start), part.start)
        if not piece:
            raise EOFError
        taken = self.sock.send(piece)
        part.start += taken
        if part.start == part.end:
            self.parts.popleft().file.close()
        return taken

    def buffered(self) -> int:
        """Bytes that take up room of ours; files that are published anyway do not."""
        return sum(part.end for part in self.parts if part.is_ours)

    def clear(self) -> None:
        while self.parts:
            self.parts.pop().file.close()


class Connection(gthread.TConn):
    """A socket and what has come of its next request. While it waits for something it is in one of the worker's
    `places`, `since` a moment and no longer than `until`, by the monotonic clock."""

    def __init__(self, *args, close):
        super().__init__(*args)
        self.address = self.client[0] if isinstance(self.client, tuple) else ""
        self.close = partial(close, self)
        self.outbox = Outbox(self.sock)
        self.place = None

    def wait(self, place: dict, seconds: float) -> None:
        self.since = time.monotonic()
        self.until = self.since + seconds
        self.place = place
        place[self] = None

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
        # else gunicorn says it, when the thread has the request
        if EXPECTS.search(head) and not self.is_long:
            self.received[: len(head)] = head = EXPECTS.sub(b"", head)
            self.sock.send(GO_ON)
        self.length = len(head) + body

    @property
    def is_whole(self) -> bool:
        return self.length is not None and (self.is_long or len(self.received) >= self.length)


class Worker(gthread.ThreadWorker):
    """A connection is listened to, waits for a thread, holds one, waits for its client to take the answer, or is kept
    for its next request (by gunicorn).

    No more than a third of the threads receive long bodies, and no address holds more than a third. Behind a proxy of
    ours all clients have its address, which then does not count.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.share = max(1, self.cfg.threads // 3)
        # {connection: None}, of which the first has waited for longest
        self.listened, self.sending, self.leaving = {}, {}, {}
        # of connections that wait for a thread, by what holds them up
        self.queues = defaultdict(dict)
        self.open = Counter()  # connections by address
        self.holding = Counter()  # threads by what they are counted as
        self.buffered = 0  # bytes of answers in `sending`

    def waiting(self):
        """The places of those whom nobody serves at the moment."""
        return [self.listened, self.sending, *self.queues.values()]

    # --- listening, in the loop

    def accept(self, listener):
        try:
            sock, client = listener.accept()
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE):
                self.make_room()  # no socket is left for who comes next
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
        """One connection too many ends the one that has waited for longest: of the same address, if that has too many
        of its own."""
        address = connection.address
        is_crowd = (
            bool(address) and not settings.NEWSROOM_PROXIES and self.open[address] > MOST_OPEN
        )
        if not is_crowd and self.nr_conns < self.worker_connections:
            return True
        return self.make_room(address if is_crowd else "")

    def make_room(self, address="") -> bool:
        """End whoever has waited for longest, of everybody or of an address: whether there was anybody."""
        first = (
            next((each for each in place if address in ("", each.address)), None)
            for place in self.waiting()
        )
        longest = min(filter(None, first), key=lambda each: each.since, default=None)
        if longest:
            self.end(longest)
        return longest is not None

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
        connection.wait(self.listened, ARRIVAL)
        self.poller.register(connection.sock, EVENT_READ, partial(self.on_piece, connection))

    def leave(self, connection):
        """It waits no longer where it has waited."""
        place, connection.place = connection.place, None
        del place[connection]
        if place is self.sending:
            self.buffered -= connection.outbox.buffered()
        if any(place is each for each in (self.listened, self.sending, self.leaving)):
            self.poller.unregister(connection.sock)

    def on_piece(self, connection, sock):
        if connection.place is not self.listened:
            return  # the loop walks through events of one moment: an earlier one ended this connection to make room
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
            self.leave(connection)
            self.give_thread(connection)
        elif connection.length is None and len(connection.received) > LONGEST_HEAD:
            self.drop(connection, TOO_LONG)

    def murder_pending(self):
        """Called about once a second: whoever has not sent a whole request in time goes, and so does whoever takes
        nothing of the answer, or has waited in vain for a thread."""
        now = time.monotonic()
        for connection in list(chain(*self.waiting())):
            if connection.until < now or self.is_idle_at_the_end(connection):
                self.end(connection)
        for connection in [each for each in self.leaving if each.until < now]:
            self.stop_bidding_farewell(connection)

    def is_idle_at_the_end(self, connection) -> bool:
        """Nobody has asked anything, and this process is about to stop."""
        return not self.alive and connection.place is self.listened and not connection.received

    # --- threads

    def counted_as(self, connection) -> list[str]:
        """Whose shares of the threads a connection takes from."""
        address = "" if settings.NEWSROOM_PROXIES else connection.address
        return [name for name in (address, "long" if connection.is_long else "") if name]

    def give_thread(self, connection):
        for name in self.counted_as(connection):
            if self.holding[name] >= self.share:
                connection.wait(self.queues[name], SILENCE)
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
        if connection.outbox.parts:
            self.send(connection, future)
        else:
            super().finish_request(connection, future)
        for name in names:
            while self.queues[name] and self.holding[name] < self.share:
                first = next(iter(self.queues[name]))
                self.leave(first)
                self.give_thread(first)
            if not self.queues[name]:
                del self.queues[name]
            if not self.holding[name]:
                del self.holding[name]

    def handle_request(self, request, connection):
        """In a thread, which waits for no client without an end, not for what nobody has read of a long body, and for
        nobody to take the answer."""
        connection.sock.settimeout(SILENCE)
        if connection.is_long:
            request.force_close()
        if self.cfg.is_ssl:
            return super().handle_request(request, connection)
        sock, connection.sock = connection.sock, connection.outbox
        try:
            return super().handle_request(request, connection)
        except TimeoutError:
            connection.outbox.clear()
            return False
        except BaseException:
            connection.outbox.clear()
            raise
        finally:
            connection.sock = sock

    # --- answers, in the loop

    def send(self, connection, answered):
        """Hand on what waits in the outbox as the client takes it; then the request is finished. Of too much that
        waits, that of whoever has taken nothing for longest goes."""
        connection.answered = answered
        connection.sock.setblocking(False)
        connection.wait(self.sending, SILENCE)
        self.buffered += connection.outbox.buffered()
        self.poller.register(connection.sock, EVENT_WRITE, partial(self.on_room, connection))
        while self.buffered > MOST_KEPT and len(self.sending) > 1:
            self.end(next(iter(self.sending)))

    def on_room(self, connection, sock):
        if connection.place is not self.sending:
            return  # as in `on_piece`
        before = connection.outbox.buffered()
        try:
            connection.outbox.hand_on()
        except BlockingIOError:
            return
        except (OSError, EOFError):
            self.drop(connection)
            return
        self.buffered -= before - connection.outbox.buffered()
        del self.sending[connection]
        connection.wait(self.sending, SILENCE)
        if not connection.outbox.parts:
            self.leave(connection)
            super().finish_request(connection, connection.answered)

    # --- ends

    def end(self, connection):
        """Say what was waited for too long; in the middle of an answer there is nothing to say."""
        if connection.place is self.listened:
            self.drop(connection, TOO_LATE if connection.received else b"")
        else:
            self.drop(connection, b"" if connection.place is self.sending else TOO_MANY)

    def drop(self, connection, last_words=b""):
        self.leave(connection)
        self.refuse(connection, last_words)

    def refuse(self, connection, last_words):
        with contextlib.suppress(OSError):  # nobody listens
            connection.sock.setblocking(False)
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
                self.poller.register(
                    connection.sock, EVENT_READ, partial(self.on_last_words, connection)
                )
                connection.wait(self.leaving, FAREWELL)
                return
        connection.outbox.clear()
        self.open[connection.address] -= 1
        if not self.open[connection.address]:
            del self.open[connection.address]
        gthread.TConn.close(connection)

    def on_last_words(self, connection, sock):
        if connection.place is not self.leaving:
            return  # as in `on_piece`
        try:
            is_over = not sock.recv(PIECE)
        except BlockingIOError:
            return
        except OSError:
            is_over = True
        if is_over:
            self.stop_bidding_farewell(connection)

    def stop_bidding_farewell(self, connection):
        self.leave(connection)
        connection.close()
