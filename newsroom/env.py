"""Read the settings that the environment gives, and refuse nonsense in a sentence that says what to set."""

import os
import warnings
import zoneinfo
from pathlib import Path
from urllib.parse import urlsplit

import environ

ON = {"1", "on", "true", "yes"}
OFF = {"0", "off", "false", "no", ""}


class CannotStart(SystemExit):
    """A wrong or missing setting. Its text is printed alone, without a traceback, and the exit code is 1."""

    def __init__(self, sentence: str):
        super().__init__(f"Newsroom cannot start. {sentence}")


def read_file(path: Path) -> None:
    """Add what a `.env` file says to the environment; what the environment already says wins."""
    if path.is_file():
        environ.Env.read_env(path)


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool) -> bool:
    value = text(name, "on" if default else "off").lower()
    if value in ON:
        return True
    if value in OFF:
        return False
    raise CannotStart(f"{name} is “{value}”. Set it to on or off.")


def number(name: str, default: int, *, least: int = 0) -> int:
    value = text(name, str(default))
    if not value.isascii() or not value.isdecimal() or int(value) < least:
        raise CannotStart(f"{name} is “{value}”. Set it to a whole number, {least} or more.")
    return int(value)


def names(name: str) -> list[str]:
    return [part.strip() for part in text(name).split(",") if part.strip()]


def zone(name: str, default: str) -> str:
    value = text(name, default)
    try:
        zoneinfo.ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise CannotStart(f"{name} is “{value}”. Set it to a time zone such as Asia/Tashkent.") from None
    return value


def secret_key(name: str, *, debug: bool) -> str:
    value = text(name)
    if value and (debug or len(value) >= 40):
        return value
    if debug:
        return "for-development-on-this-machine-only"
    problem = "is not set" if not value else "is too short"
    raise CannotStart(f"{name} {problem}. Set it to a random text of at least 50 characters that nobody else knows.")


def hosts(name: str, *, debug: bool) -> list[str]:
    value = names(name) or (["127.0.0.1", "localhost", "[::1]"] if debug else [])
    if not value:
        raise CannotStart(f"{name} is not set. Set it to the site's own host names, separated by commas.")
    if not debug and any("*" in host for host in value):
        raise CannotStart(f"{name} contains “*”, which would let anyone speak in the site's name. List the names.")
    return value


def site_url(name: str, default: str, *, https: bool) -> str:
    """The address readers type, without a slash at its end: every absolute link starts with it."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise CannotStart(f"{name} is “{value}”. Set it to an address such as https://news.example.")
    if https and parts.scheme != "https":
        raise CannotStart(f"{name} is “{value}”, but NEWSROOM_HTTPS is on. Begin it with https://.")
    return value


def folder(name: str, default: Path) -> Path:
    return Path(text(name) or default).resolve()


def database(name: str, *, var: Path) -> dict:
    """SQLite under `var` unless the environment names PostgreSQL."""
    url = text(name)
    if not url:
        return sqlite(var / "newsroom.sqlite3")
    try:
        with warnings.catch_warnings(action="ignore"):  # what it warns of is said below, in our words
            config = environ.Env.db_url_config(url)
    except ValueError:
        config = {}
    engine = config.get("ENGINE", "")
    if engine.endswith("sqlite3") and config.get("NAME"):
        return sqlite(Path(config["NAME"]))
    if not engine.endswith("postgresql") or not config.get("NAME"):
        raise CannotStart(f"{name} names no database. Set it like postgres://user:password@host/name, or leave it out.")
    return config | {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}


def sqlite(path: Path) -> dict:
    """WAL lets readers read while one writes; IMMEDIATE makes writers queue instead of failing half-way;
    FULL survives a power cut. Django switches foreign keys on by itself."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,  # seconds a writer waits for its turn
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;",
        },
        "TEST": {"NAME": path.with_name("test.sqlite3")},
    }
