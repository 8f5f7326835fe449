"""One page for everyone: public requests never meet a session, a login or a message, and say so in their headers."""

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import DisallowedHost, SuspiciousOperation
from django.http import HttpResponseNotAllowed
from django.urls import get_script_prefix

DESK = "admin/"


def is_desk(request) -> bool:
    return request.path.startswith(get_script_prefix() + DESK)


class DeskOnly:
    """Do what the Django middleware beside this class does, but only at the desk."""

    def __call__(self, request):
        return super().__call__(request) if is_desk(request) else self.get_response(request)


class DeskSessionMiddleware(DeskOnly, SessionMiddleware):
    pass


class DeskAuthenticationMiddleware(DeskOnly, AuthenticationMiddleware):
    pass


class DeskMessageMiddleware(DeskOnly, MessageMiddleware):
    pass


def possible_request_middleware(get_response):
    """Refuse a Host header whose port cannot exist (Django checks the name and lets any digits pass), and an address
    with a zero byte, which no database can look for."""

    def middleware(request):
        port = request.META.get("HTTP_HOST", "").rpartition(":")[2]
        if port.isdecimal() and int(port) > 65535:
            raise DisallowedHost("The Host header names a port that cannot exist.")
        if "\0" in request.path or (is_desk(request) and "%00" in request.META.get("QUERY_STRING", "")):
            raise SuspiciousOperation("The address carries a zero byte.")
        return get_response(request)

    return middleware


def known_methods_middleware(get_response):
    """Readers read, the desk reads and posts; nothing here answers to any other method."""

    def middleware(request):
        allowed = ["GET", "HEAD", "POST"] if is_desk(request) else ["GET", "HEAD"]
        return get_response(request) if request.method in allowed else HttpResponseNotAllowed(allowed)

    return middleware


class PublicHeadersMiddleware:
    """How long a page may be kept, and that the desk's pages may not be kept at all."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if is_desk(request):
            response.headers["Cache-Control"] = "no-store, private"
            response.headers.setdefault("X-Robots-Tag", "noindex")
        elif response.status_code == 200:
            response.headers.setdefault("Cache-Control", f"public, max-age={settings.NEWSROOM_PAGE_AGE}")
        else:
            response.headers.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
        return response
