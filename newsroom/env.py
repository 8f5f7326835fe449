"""Read the settings that the environment gives, and refuse nonsense in a sentence that says what to set."""

import os
import tempfile
import warnings
import zoneinfo
from pathlib import Path
from urllib.parse import urlsplit

import environ

TRUST = ("member", "belongto", "control", "controlledby", "social", "vendor", "customer")
SHORTEST_KEY, FEWEST_SIGNS = 50, 10
SHORTEST_FORMER_KEY = 40
LONGEST_NUMBER = 10  # digits
PATIENCE = 5  # seconds for a database on another machine that does not answer
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
    is_number = value.isascii() and value.isdecimal() and len(value) <= LONGEST_NUMBER
    if not is_number or int(value) < least:
        raise CannotStart(f"{name} is “{value[:50]}”. Set it to a whole number, {least} or more.")
    return int(value)


def names(name: str) -> list[str]:
    return [part.strip() for part in text(name).split(",") if part.strip()]


def chosen(name: str, choices: tuple[str, ...]) -> tuple[str, ...]:
    """Some of `choices`, separated by commas; left out, all of them; `none` for none."""
    value = names(name) or list(choices)
    unknown = [each for each in value if each not in choices and value != ["none"]]
    if unknown:
        raise CannotStart(
            f"{name} names “{unknown[0]}”. Choose from {', '.join(choices)}, or set it to none."
        )
    return tuple(each for each in choices if each in value)


def language(name: str, default: str, known: tuple[str, ...]) -> str:
    """A language in which every word of the public pages exists."""
    value = text(name, default)
    if value not in known:
        raise CannotStart(f"{name} is “{value}”. Set it to one of {', '.join(known)}.")
    return value


def editions(name: str, first: str, known: tuple[str, ...]) -> list[str]:
    """The languages an outlet writes in, its own first."""
    value = names(name) or [first]
    if value[0] != first:
        raise CannotStart(
            f"{name} begins with “{value[0]}”. Begin it with {first}, the language of the outlet."
        )
    unknown = [each for each in value if each not in known]
    if unknown:
        raise CannotStart(f"{name} names “{unknown[0]}”. Choose from {', '.join(known)}.")
    return list(dict.fromkeys(value))


def trust_lines(name: str) -> list[tuple[str, str]]:
    """[(attribute, address)] of "member=https://…;social=https://…", as trust.txt writes them."""
    pairs = []
    for part in filter(None, map(str.strip, text(name).split(";"))):
        attribute, _, value = part.partition("=")
        if attribute not in TRUST or urlsplit(value).scheme not in ("http", "https"):
            raise CannotStart(
                f"{name} says “{attribute}={value}”. Write {'=, '.join(TRUST)}= and an address."
            )
        pairs.append((attribute, value))
    return pairs


def zone(name: str, default: str) -> str:
    value = text(name, default)
    try:
        zoneinfo.ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise CannotStart(
            f"{name} is “{value}”. Set it to a time zone such as Asia/Tashkent."
        ) from None
    return value


def secret_key(name: str, *, debug: bool) -> str:
    value = text(name)
    if debug:
        return value or "for-development-on-this-machine-only"
    problem = weakness_of(value)
    if problem:
        raise CannotStart(
            f"{name} {problem}. Set it to a random text of 50 characters or more that nobody else knows."
        )
    return value


def weakness_of(key: str) -> str:
    """What keeps a key from being secret, or "". The same as Django's check W009, which nobody has to run."""
    if not key:
        return "is not set"
    if len(key) < SHORTEST_KEY:
        return "is too short"
    if len(set(key)) < FEWEST_SIGNS:
        return "repeats a few signs"
    return "is one that Django made for development" if key.startswith("django-insecure-") else ""


def former_keys(name: str, *, debug: bool) -> list[str]:
    """Keys from before a change, the newest first: what they signed goes on being good. They may be as short as keys
    once were."""
    value = names(name)
    if not debug and any(len(key) < SHORTEST_FORMER_KEY for key in value):
        least = SHORTEST_FORMER_KEY
        raise CannotStart(
            f"{name} names a key of fewer than {least} characters. Name whole keys, with commas."
        )
    return value


def hosts(name: str, *, debug: bool) -> list[str]:
    value = names(name) or (["127.0.0.1", "localhost", "[::1]"] if debug else [])
    if not value:
        raise CannotStart(
            f"{name} is not set. Set it to the site's own host names, separated by commas."
        )
    if not debug and any("*" in host for host in value):
        raise CannotStart(
            f"{name} contains “*”, which would let anyone speak in the site's name. List the names."
        )
    return value


def site_url(name: str, default: str, *, https: bool) -> str:
    """The address readers type, without a slash at its end: every absolute link starts with it."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise CannotStart(
            f"{name} is “{value}”. Set it to an address such as https://news.example."
        )
    if https and parts.scheme != "https":
        raise CannotStart(f"{name} is “{value}”, but NEWSROOM_HTTPS is on. Begin it with https://.")
    return value


def web_address(name: str) -> str:
    """An address on the web, or "" when none is set."""
    value = text(name)
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise CannotStart(
            f"{name} is “{value}”. Set it to an address such as https://hub.example/, or leave it out."
        )
    return value


def contact(name: str) -> str:
    """A way to reach somebody, as an address that programs understand; "" when none is set."""
    value = text(name)
    if value and not value.startswith(("mailto:", "https://", "tel:")):
        raise CannotStart(f"{name} is “{value}”. Begin it with mailto:, https:// or tel:.")
    return value


def writable_folder(name: str, default: Path) -> Path:
    """A folder for what is written at run time; made when it is not there yet."""
    path = Path(text(name) or default).resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            return path
    except OSError as error:
        raise CannotStart(
            f"{name} is “{path}”, which cannot be written ({error.strerror}). Set it to a folder of the account that "
            "runs the newsroom, or give that account its rights."
        ) from None


def own_folder(name: str) -> Path | None:
    """A folder of the outlet's own that must be there when it is named."""
    if not (value := text(name)):
        return None
    path = Path(value).resolve()
    if not path.is_dir():
        raise CannotStart(f"{name} is “{value}”, and no such folder is there.")
    return path


def database(name: str, *, var: Path) -> dict:
    """SQLite under `var` unless the environment names PostgreSQL."""
    url = text(name)
    if not url:
        return sqlite(var / "newsroom.sqlite3")
    try:
        # what it warns of is said below, in our words
        with warnings.catch_warnings(action="ignore"):
            config = environ.Env.db_url_config(url)
    except ValueError:
        config = {}
    engine = config.get("ENGINE", "")
    if engine.endswith("sqlite3") and config.get("NAME"):
        return sqlite(Path(config["NAME"]))
    if not engine.endswith("postgresql") or not config.get("NAME"):
        raise CannotStart(
            f"{name} names no database. Set it like postgres://user:password@host/name, or leave it out."
        )
    options = {"connect_timeout": PATIENCE} | config.get("OPTIONS", {})
    return config | {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}


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
