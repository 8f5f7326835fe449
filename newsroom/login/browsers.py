"""Browsers in which somebody has logged in before: whoever fills an account's tries does not lock its owner out there.

The cookie is signed, sent to the desk alone, and lets nobody in. It says a number of the browser's own and whose
accounts were used in it, as hashes; it gives a count of tries of its own, beside the one that everybody shares.
"""

import hashlib
import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

NAME = "__Secure-browser" if settings.NEWSROOM_HTTPS else "browser"
SALT = "newsroom.browser"
LASTS = 180 * 24 * 3600  # seconds after the last login
MOST_PEOPLE = 8  # who share one browser


def digest(username: str) -> str:
    return hashlib.sha256(username.encode()).hexdigest()[:32]


def said_by(request) -> dict:
    """{"id", "people"} of the browser's cookie; nothing for none, for a forged one and for one that is too old."""
    try:
        said = signing.loads(request.COOKIES.get(NAME, ""), salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return {}
    return said


def known(request: HttpRequest, username: str) -> str:
    """The browser's number, if somebody has logged in to this account there; else ""."""
    said = said_by(request)
    return said["id"] if digest(username) in said.get("people", ()) else ""


def remember(request: HttpRequest, response: HttpResponse, username: str) -> None:
    said = said_by(request)
    people = [
        digest(username),
        *(each for each in said.get("people", ()) if each != digest(username)),
    ]
    value = {"id": said.get("id") or secrets.token_hex(16), "people": people[:MOST_PEOPLE]}
    response.set_cookie(
        NAME,
        signing.dumps(value, salt=SALT),
        max_age=LASTS,
        path=reverse("admin:index"),
        secure=settings.NEWSROOM_HTTPS,
        httponly=True,
        samesite="Strict",
    )
