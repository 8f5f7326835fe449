"""One page for everyone: public requests never meet a session, a login or a message, and say so in their headers."""

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import DisallowedHost
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


def possible_host_middleware(get_response):
    """Refuse a Host header whose port cannot exist; Django checks the name and lets any digits pass."""

    def middleware(request):
        port = request.META.get("HTTP_HOST", "").rpartition(":")[2]
        if port.isdecimal() and int(port) > 65535:
            raise DisallowedHost("The Host header names a port that cannot exist.")
        return get_response(request)

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
