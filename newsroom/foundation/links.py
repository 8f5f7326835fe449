"""Which addresses may stand in a link, and what is meant by one that is not written whole.

Web pages, mail, telephone and paths of this site are links, and nothing else is. The body editor asks by the same
rule, in the browser's language (articles/static/articles/desk/editor/link_rule.js); a test holds the two together.
"""

import re
import unicodedata
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError

LONGEST = 2000  # characters
LONGEST_HOST, LONGEST_LABEL = 253, 63  # characters (RFC 1035)
# Signs that nobody sees and no address needs: zero-width space, soft hyphen, word joiner, marks of order and direction.
UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
# letters of Persian and Indian words hang on them
JOINERS = {"\u200c": "%E2%80%8C", "\u200d": "%E2%80%8D"}
SPACES = "\u0009\u000a\u000b\u000c\u000d\u0020\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
SPACE = re.compile(f"[{SPACES}]")
AROUND = "".join(sign for sign in map(chr, range(0x3001)) if SPACE.match(sign))
# What browsers encode in an address themselves; anything else stays as it was written.
ENCODED = re.compile(f'["<>\u200c\u200d]|[{SPACES}]')
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(.*)\Z", re.IGNORECASE | re.DOTALL)
MAIL = re.compile(
    r"[^\s@:/?#<>\"(),;\[\]\\]{1,64}@(?:[\w-]{1,63}\.)+[^\W\d_]{2,63}(?:\?.*)?\Z", re.DOTALL
)
TELEPHONE = re.compile(rf"\+[\d().{SPACES}\u2010-\u2013-]{{7,40}}\Z")
# "example.com", "www.example.com:8080/story": letters behind the last dot, as every domain of the web has them.
BARE_HOST = re.compile(
    r"((?:[\w-]{1,63}\.)+(?:[^\W\d_]{2,63}|xn--[a-z0-9-]{1,59}))\.?(?::\d{1,5})?(?=[/?#]|\Z)",
    re.IGNORECASE,
)
FILE = re.compile(
    r"\.(?:html?|php\d?|aspx?|jsp|pdf|docx?|xlsx?|pptx?|txt|rtf|od[st]|jpe?g|png|gif|webp|svg|mp[34]|csv|"
    r"xml|json|js|css|zip)\Z",
    re.IGNORECASE,
)
# Typed or pasted twice; a dot behind the host, which ended the sentence that the address was copied from.
TWICE = re.compile(r"(?:https?://)+(?=https?://)", re.IGNORECASE)
DOT_BEHIND_HOST = re.compile(r"(https?://[^/?#:\[\]@]*[^/?#:\[\]@.])\.(?=[/?#:]|\Z)", re.IGNORECASE)
DESK = re.compile(
    r"(?:https?://[^/?#]*)/admin/(?:articles|authors|newsroom|login|my-desk)(?:[/?#]|\Z)|/admin(?:[/?#]|\Z)",
    re.IGNORECASE,
)

NOTHING = "Type an address."
TOO_LONG = f"An address has at most {LONGEST} characters."
BACKSLASH = "An address has no backslash: write / instead."
CONTROL = "There is a line break or another sign in the address that nobody sees. Type it anew."
OTHER_HOST = "Begin with https://, or with one / for a page of this site."
NO_SCHEME = "Begin with https:// (or mailto:, tel:, or / for a page of this site)."
NO_HOST = "There is no web site in this address: it begins like https://example.com/."
OF_THE_DESK = "That is a page of the desk, which readers cannot open: link the page that they see."
NO_MAIL = "Behind mailto: stands a mail address."
NO_TELEPHONE = "Behind tel: stands a number, as in tel:+998711234567."


class NoLink(ValueError):
    """`value` cannot be a link. The message is the reason, in words for the person who typed it."""


def completed(value: str) -> str:
    """`value` as it may be printed in `href`: completed and encoded where it is plain what is meant.

    Accepted are absolute http and https addresses with a plain host, `mailto:`, `tel:`, paths that begin with
    one slash, and `#fragments`; a bare web address gets https://, a bare mail address and a telephone number their
    scheme. Control characters, backslashes, user names and look-alike dots are refused: browsers and people read them
    differently (WHATWG URL standard). Completing twice changes nothing. Raises `NoLink`.
    """
    value = UNSEEN.sub("", value).strip(AROUND)
    if value.startswith("<") and value.endswith(">"):
        value = value[1:-1].strip(AROUND)  # as mail programs set an address apart
    if not value:
        raise NoLink(NOTHING)
    if len(value) > LONGEST:
        raise NoLink(TOO_LONG)
    if "\\" in value:
        raise NoLink(BACKSLASH)
    if any(unicodedata.category(char) in ("Cc", "Zl", "Zp") for char in value):
        raise NoLink(CONTROL)
    found = with_scheme(in_one_form(value))
    if len(found) > LONGEST:
        raise NoLink(TOO_LONG)
    if any(unicodedata.category(char) == "Cf" for char in found):
        raise NoLink(CONTROL)
    return found


def in_one_form(value: str) -> str:
    """A web address with one scheme, and without a dot behind its host."""
    twice = TWICE.match(value)
    value = value[twice.end() :] if twice else value
    dotted = DOT_BEHIND_HOST.match(value)
    return dotted[1] + value[dotted.end() :] if dotted else value


def with_scheme(value: str) -> str:
    if value.startswith("#"):
        return encoded(value)
    if DESK.match(value):
        raise NoLink(OF_THE_DESK)
    if value.startswith("/"):
        if value.startswith("//"):
            raise NoLink(OTHER_HOST)
        return encoded(value)
    if host := BARE_HOST.match(value):
        if FILE.search(host[1]):
            raise NoLink(OTHER_HOST)
        return with_scheme(in_one_form(f"https://{value}"))
    if MAIL.match(value):
        return encoded(f"mailto:{value}")
    if TELEPHONE.match(value):
        return f"tel:{dialled(value)}"
    parts = SCHEME.match(value)
    written, rest = (parts[1], parts[2]) if parts else ("", "")
    scheme = written.lower()
    if scheme == "mailto":
        return f"{written}:{mail(rest)}"
    if scheme == "tel":
        return f"{written}:{telephone(rest)}"
    if scheme not in ("http", "https"):
        raise NoLink(NO_SCHEME)
    if not rest.startswith("//") or not has_plain_host(value):
        raise NoLink(NO_HOST)
    return encoded(value)


def mail(rest: str) -> str:
    """What stands behind `mailto:`: addresses, then what the mail shall say."""
    rest = rest.strip(AROUND)
    people, sign, says = rest.partition("?")
    people = SPACE.sub("", people)
    if not rest or people.startswith("/"):
        raise NoLink(NO_MAIL)
    return encoded(people + sign + says)


def telephone(rest: str) -> str:
    number = dialled(rest)
    if not number or number.startswith("/"):
        raise NoLink(NO_TELEPHONE)
    return encoded(number)


def dialled(number: str) -> str:
    """Without spaces, and with the hyphen that RFC 3966 knows."""
    return re.sub("[\u2010-\u2013]", "-", SPACE.sub("", number))


def encoded(address: str) -> str:
    return ENCODED.sub(encoded_sign, address)


def encoded_sign(found: re.Match) -> str:
    sign = found[0]
    return JOINERS.get(sign) or ("%20" if SPACE.match(sign) else f"%{ord(sign):02X}")


def safe_href(value: str) -> str | None:
    """`completed(value)`, or None when it cannot be a link."""
    try:
        return completed(value)
    except NoLink:
        return None


def has_plain_host(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    if (
        host in ("http", "https")
        or "@" in parts.netloc
        or unicodedata.normalize("NFKC", host) != host
    ):
        return False
    if parts.netloc.startswith("["):
        return ":" in host
    labels = host.removesuffix(".").split(".")
    return len(host) <= LONGEST_HOST and all(is_label(label) for label in labels)


def is_label(label: str) -> bool:
    """Letters and digits of any script, with the signs that are written above and below them."""
    return 0 < len(label) <= LONGEST_LABEL and all(
        char.isalnum() or char in "-_" or unicodedata.category(char) in ("Mn", "Mc")
        for char in label
    )


def validate_link(value: str) -> None:
    try:
        completed(value)
    except NoLink as refused:
        raise ValidationError(str(refused)) from None
