"""Hostile input for tests: the larger samples outside the repository where they are, else a few of our own.

One case a line, tab-separated; `{U+0041}` is a code point, `{ID}` a number, `{HOST}` the site's host, `{x:N:S}` S
repeated N times. `NEWSROOM_SHARED` says where the larger samples lie.
"""

import os
import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("NEWSROOM_SHARED") or HERE.parent.parent.parent / "shared")
FIELDS = {
    "xss": ("context", "payload"),
    "urls": ("kind", "expect", "value"),
    "paths": ("kind", "expect", "value"),
    "unicode": ("category", "value"),
    "dates": ("expect", "value", "note"),
}


def expand(text: str, number: int) -> str:
    text = text.replace("{ID}", str(number)).replace("{HOST}", "testserver")
    text = re.sub(
        r"\{x:(\d+):(\{U\+[0-9A-F]+\}|[^}]*)\}", lambda match: match[2] * int(match[1]), text
    )
    return re.sub(r"\{U\+([0-9A-Fa-f]{2,6})\}", lambda match: chr(int(match[1], 16)), text)


def cases(name: str, **wanted) -> list:
    """The rows of one set as pytest parameters; `wanted` keeps those whose fields have these values."""
    outside = SHARED / "attacks" / f"{name}.txt"
    text = (outside if outside.is_file() else HERE / f"{name}.txt").read_text("utf-8")
    rows, fields = [], FIELDS[name]
    for line in text.split("\n"):
        if not line.strip() or line.startswith("#"):
            continue
        parts = line.split("\t", len(fields) - 1)
        number = 1000 + len(rows)
        values = [expand(part, number) for part in parts] + [""] * (len(fields) - len(parts))
        rows.append({"id": number, **dict(zip(fields, values, strict=True))})
    kept = [row for row in rows if all(row[field] == value for field, value in wanted.items())]
    return [pytest.param(row, id=f"{name}-{row['id']}") for row in kept]


def seed_documents() -> list[Path]:
    """The two documents it began with; they are somebody else's words and lie outside the repository."""
    found = sorted((SHARED / "seeds").glob("*.txt"))
    if not found:
        pytest.skip("The seed documents lie outside the repository; NEWSROOM_SHARED says where.")
    return found
