"""What `make check` runs: lint, layout, templates, migration drift, the deploy check with production settings."""

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


def layout_of_scripts_and_styles() -> list[tuple[str, list]]:
    """Biome comes from npm; without it this is left out, but in CI."""
    biome = ROOT / "var/tools/node_modules/.bin/biome"
    if biome.exists() or os.environ.get("NEWSROOM_CI"):
        return [("layout of scripts and styles", [biome, "format", "."])]
    print(
        "layout of scripts and styles: left out (npm install --prefix var/tools @biomejs/biome@2.6.8)"
    )
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
        *layout_of_scripts_and_styles(),
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
