"""An application that takes whatever it is sent and says how many threads did so at once, for tests of the server."""

import threading
import time

LARGE = bytes(range(256)) * 40_000  # ten megabytes in which every place is told from the next
lock = threading.Lock()
working, most = 0, 0


def application(environ, start_response):
    """`/healthz`; `/most`: the most threads that were at work at once; `/slow`: half a second of work; `/large`: an
    answer in many pieces, with a length; `/endless`: without. A body is read to its end, and its length said."""
    global working, most
    address = environ["PATH_INFO"]
    if address == "/most":
        return told(start_response, str(most).encode())
    with lock:
        working += 1
        most = max(most, working)
    try:
        if address == "/slow":
            time.sleep(0.5)
        taken = len(environ["wsgi.input"].read()) if environ["REQUEST_METHOD"] == "POST" else 0
    finally:
        with lock:
            working -= 1
    if address in ("/large", "/endless"):
        length = [("Content-Length", str(len(LARGE)))] if address == "/large" else []
        start_response("200 OK", length)
        return (LARGE[at : at + 10_000] for at in range(0, len(LARGE), 10_000))
    return told(start_response, str(taken).encode())


def told(start_response, words):
    start_response("200 OK", [("Content-Length", str(len(words)))])
    return [words]
