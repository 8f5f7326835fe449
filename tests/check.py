"""What `make check` runs: lint, layout, types, templates, migration drift, deploy check with production settings."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PRODUCTION = {
    "NEWSROOM_READ_ENV_FILE": "off",
    "NEWSROOM_SECRET_KEY": "kd8s-Qpw3_vYc71xZr5mNb0tLe9uGh2aJf6oWi4EyXqSRTVB-only-for-this-check",
    "NEWSROOM_ALLOWED_HOSTS": "news.example",
    "NEWSROOM_SITE_URL": "https://news.example",
    "NEWSROOM_PROXIES": "1",
}


def of_npm(name: str, program: str, *arguments: str) -> list[tuple[str, list]]:
    """A check whose program comes from npm: without it the check is left out, but in CI."""
    path = ROOT / "var/tools/node_modules/.bin" / program
    if path.exists() or os.environ.get("NEWSROOM_CI"):
        return [(name, [path, *arguments])]
    print(f"{name}: left out (the npm line of .ci/run installs {program})")
    return []


def main() -> int:
    python, tool = sys.executable, Path(sys.executable).parent
    templates = [str(file) for file in sorted(ROOT.glob("*/templates/**/*.html"))]
    checks = [
        ("lint", [tool / "ruff", "check", "."]),
        ("format", [tool / "ruff", "format", "--check", "."]),
        ("templates", [tool / "djade", "--target-version", "5.2", "--check", *templates]),
        (
            "layout of templates",
            [tool / "djangofmt", "--check", "--line-length", "120", *templates],
        ),
        *of_npm("layout of scripts and styles", "biome", "format", "."),
        *of_npm("types", "pyright"),
        ("migration drift", [python, "manage.py", "makemigrations", "--check", "--dry-run", "-v0"]),
        ("deploy", [python, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]),
    ]
    failed = 0
    own = ("DJANGO_", "NEWSROOM_", "DATABASE_")
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(own)
    } | PRODUCTION
    for name, command in checks:
        if not Path(command[0]).exists():
            failed = 1
            print(f"{name}: FAILED, {command[0]} is missing")
            continue
        answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        print(f"{name}: {'ok' if answer.returncode == 0 else 'FAILED'}")
        if answer.returncode:
            failed = 1
            print(answer.stdout + answer.stderr)
    return failed


if __name__ == "__main__":
    sys.exit(main())
