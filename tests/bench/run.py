"""`make bench`: what a page costs. `make bench N="1000 20000"` takes any sizes; `--reuse` keeps archives already made.

For each size it fills a database of its own under var/bench/, starts the real server (gunicorn, two workers), asks
every page in turn with two yardsticks between them, and reads the processor time of the workers from /proc. The table
goes to the screen and to var/bench/results.md. Figures of one run are to be compared with each other, not with a clock.
"""

import gzip
import http.client
import json
import os
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "var" / "bench"
ROUNDS, BURST, PORT, WORKERS = 10, 20, 8791, 2
PAGES = {
    "constant 15 KB": "/bench/constant/",
    "one query + template": "/bench/one-query/",
    "story": "/articles/{slug}/",
    "front": "/",
    "section": "/sections/section-3/",
    "section, last page": "/sections/section-3/?page={last}",
    "tag, commonest": "/tags/tag-000/",
    "author": "/authors/author-07-name/",
    "archive: month": "/archive/{month}/",
    "archive: day": "/archive/{day}/",
    "tags": "/tags/",
    "search: common word": "/search/?q=ba",
    "search: rare": "/search/?q=story+zzzz",
    "not found": "/nothing/here/",
    "desk: story list": "/admin/articles/article/",
    "desk: story form": "/admin/articles/article/{middle}/change/",
}
MUST = {
    "story": 5,
    "front": 4,
    "section": 6,
    "section, last page": 6,
    "tag, commonest": 6,
    "author": 6,
    "archive: month": 6,
    "archive: day": 6,
    "search: common word": 7,
    "search: rare": 7,
}


def environment(size: int) -> dict:
    keep = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("NEWSROOM_", "DATABASE_"))
    }
    return keep | {
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "NEWSROOM_READ_ENV_FILE": "off",
        "NEWSROOM_SECRET_KEY": "for the bench only, " + "x" * 50,
        "NEWSROOM_ALLOWED_HOSTS": "127.0.0.1,testserver",
        "NEWSROOM_HTTPS": "off",
        "NEWSROOM_VAR": str(FOLDER / str(size)),
        "PYTHONPATH": str(ROOT),
    }


def prepare(size: int, reuse: bool) -> dict:
    """Fill the archive in a process of its own; returns what that process measured (seconds, queries, cookie)."""
    folder = FOLDER / str(size)
    if not reuse:
        subprocess.run(["rm", "-rf", str(folder)], check=True)
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.bench.fill", str(size), json.dumps(PAGES)]
    answer = subprocess.run(
        command, cwd=ROOT, env=environment(size), stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(answer.stdout.splitlines()[-1])


class Server:
    """The product's own server with two workers; `cpu()` is their processor time so far in milliseconds."""

    def __init__(self, size: int):
        began = time.monotonic()
        self.process = subprocess.Popen(
            [
                Path(sys.executable).parent / "gunicorn",
                "--config",
                "newsroom/gunicorn.py",
                "--log-level",
                "warning",
                "--bind",
                f"127.0.0.1:{PORT}",
                "newsroom.wsgi:application",
            ],
            cwd=ROOT,
            env=environment(size) | {"WEB_CONCURRENCY": str(WORKERS)},
        )
        while True:
            try:
                Reader(None).get("/healthz")
                break
            except OSError:
                time.sleep(0.02)
        self.seconds_to_first_answer = time.monotonic() - began
        children, self.workers = (
            Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children"),
            [],
        )
        # the first answer may come before the second worker does
        while len(self.workers) < WORKERS:
            self.workers = [int(pid) for pid in children.read_text().split()]

    def cpu(self) -> float:
        """From each worker's own processor clock (clock_getcpuclockid(3)), which counts nanoseconds of all threads."""
        return sum(time.clock_gettime((~pid << 3) | 2) for pid in self.workers) * 1000

    def private_megabytes(self) -> float:
        sizes = []
        for pid in self.workers:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            sizes.append(
                sum(int(line.split()[1]) for line in lines if line.startswith("Private")) / 1024
            )
        return max(sizes)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)


class Reader:
    """A keep-alive connection."""

    def __init__(self, cookie):
        self.connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        self.headers = {"Cookie": cookie} if cookie else {}

    def get(self, path):
        self.connection.request("GET", path, headers=self.headers)
        answer = self.connection.getresponse()
        return answer.status, answer.read()


def measure(size: int, facts: dict) -> dict:
    server = Server(size)
    try:
        pages, figures = facts["addresses"], {}
        for name, path in pages.items():  # warm up both workers
            for _ in range(12):
                status, body = Reader(facts["cookie"] if path.startswith("/admin") else None).get(
                    path
                )
            if status != (404 if name == "not found" else 200):
                raise SystemExit(f"{path} answers {status}: there is nothing to measure.")
            figures[name] = {
                "cpu": [],
                "wall": [],
                "bytes": len(body),
                "gzip": len(gzip.compress(body)),
                "status": status,
            }
        for _ in range(ROUNDS):
            for name, path in pages.items():
                reader = Reader(facts["cookie"] if path.startswith("/admin") else None)
                before = server.cpu()
                for _ in range(BURST):
                    began = time.perf_counter()
                    reader.get(path)
                    figures[name]["wall"].append((time.perf_counter() - began) * 1000)
                figures[name]["cpu"].append((server.cpu() - before) / BURST)
        return {
            "pages": figures,
            "memory": server.private_megabytes(),
            "first": server.seconds_to_first_answer,
        } | facts
    finally:
        server.stop()


def table(results: dict) -> str:
    smallest = min(results)
    lines = []
    for size, result in results.items():
        constant = statistics.median(result["pages"]["constant 15 KB"]["cpu"])
        lines += [
            f"### {size:,} stories",
            "",
            f"Filled at {result['rate']:,.0f} stories/s · {result['memory']:.0f} MB private per worker · first answer"
            f" after {result['first']:.2f} s",
            "",
            "| Page | CPU ms | × constant | requests/s | p50 ms | p99 ms | queries | KB | KB gzip | must |"
            + ("" if size == smallest else f" × {smallest:,} |"),
            "| --- " * (10 + (size != smallest)) + "|",
        ]
        for name, page in result["pages"].items():
            cpu, wall = statistics.median(page["cpu"]), sorted(page["wall"])
            line = (
                f"| {name} | {cpu:.2f} | {cpu / constant:.1f} | {2000 / cpu:,.0f} | {statistics.median(wall):.1f}"
                f" | {wall[int(len(wall) * 0.99)]:.1f} | {result['queries'].get(name, '')} | {page['bytes'] / 1024:.1f}"
                f" | {page['gzip'] / 1024:.1f} | {MUST.get(name, '')} |"
            )
            if size != smallest:
                line += f" {cpu / statistics.median(results[smallest]['pages'][name]['cpu']):.2f} |"
            lines.append(line)
        lines.append("")
    return "\n".join(lines)


def main():
    reuse = "--reuse" in sys.argv
    sizes = [int(each) for each in sys.argv[1:] if each.isdecimal()] or [1000, 20_000]
    results = {}
    for size in sizes:
        print(f"{size:,} stories: filling …", flush=True)
        facts = prepare(size, reuse)
        print(f"{size:,} stories: measuring …", flush=True)
        results[size] = measure(size, facts)
    text = table(results)
    (FOLDER / "results.md").write_text(text + "\n", "utf-8")
    print(text)


if __name__ == "__main__":
    main()
