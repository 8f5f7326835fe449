"""Which addresses may stand in a link: web pages, mail, telephone and paths of this site, and nothing else."""

import re
import unicodedata
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError

LONGEST = 2000  # characters
HOST = re.compile(r"(?=.{1,253}\Z)[\w-]{1,63}(\.[\w-]{1,63})*\.?\Z")


def safe_href(value: str) -> str | None:
    """`value` as it may be printed in `href`, or None.

    Accepted are absolute http and https addresses with a plain host, `mailto:`, `tel:`, paths that begin with
    one slash, and `#fragments`. Control characters, backslashes, user names and look-alike dots are refused:
    browsers and people read them differently (WHATWG URL standard).
    """
    value = value.strip(" ")
    if not value or len(value) > LONGEST or "\\" in value:
        return None
    if any(unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") for char in value):
        return None
    if value.startswith("#"):
        return value
    if value.startswith("/"):
        return None if value.startswith("//") else value
    scheme, colon, rest = value.partition(":")
    scheme = scheme.lower()
    if not colon or not rest:
        return None
    if scheme in ("mailto", "tel"):
        return value if not rest.startswith("/") and " " not in rest else None
    if scheme not in ("http", "https") or not rest.startswith("//"):
        return None
    return value if has_plain_host(value) else None


def has_plain_host(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    if "@" in parts.netloc or unicodedata.normalize("NFKC", host) != host:
        return False
    return bool(HOST.match(host)) or (parts.netloc.startswith("[") and ":" in host)


def validate_link(value: str) -> None:
    if safe_href(value) is None:
        raise ValidationError("Type a web address that begins with https:// (or mailto:, or a path of this site).")
