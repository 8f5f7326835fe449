"""One page for everyone: public requests never meet a session, a login or a message, and say so in their headers."""

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import DisallowedHost, SuspiciousOperation
from django.db import OperationalError, connection
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils import translation
from django.utils.cache import get_conditional_response, set_response_etag

from articles.models.gate import this_moment
from newsroom.foundation import database_file
from newsroom.foundation.public_request import PublicRequest

DESK = "admin/"
READ = frozenset(  # the headers that may change a public answer: each is part of what caches tell answers apart by
    (
        "HTTP_HOST",
        "HTTP_ORIGIN",
        "HTTP_ACCEPT_ENCODING",
        "HTTP_IF_NONE_MATCH",
        "HTTP_IF_MODIFIED_SINCE",
        "HTTP_RANGE",
    )
)
LONGEST_PORT = 5  # digits
HEALTH = ("/healthz", "/readyz")
SAID_BY_PROXIES = frozenset(("HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_FOR"))


def is_desk(request: HttpRequest) -> bool:
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


def health_questions_middleware(get_response):
    """A load balancer asks by number and without HTTPS: whatever name it uses is ours (`SECURE_REDIRECT_EXEMPT` is for
    the rest). The two answers are the same for every name."""

    def middleware(request):
        if request.path_info in HEALTH:
            request.META["HTTP_HOST"] = settings.ALLOWED_HOSTS[0].lstrip(".")
        return get_response(request)

    return middleware


def database_file_middleware(get_response):
    """While the file of the database is not the one that is open, nobody is served from it, nor from memory of it; and
    no connection is opened, for SQLite would make an empty database where none lies."""

    def middleware(request):
        if request.path_info not in HEALTH and (trouble := database_file.trouble_of(connection)):
            raise OperationalError(trouble)
        return get_response(request)

    return middleware


def nothing_else_counts_middleware(get_response):
    """A public answer follows from its address. Django and the libraries around it read more of a request than anyone
    remembers (a broken cookie is answered with a new one), so what public pages must not read is taken away before
    anything can: every header but those in `READ`, and those of our own proxies. What Django reads before any
    middleware is taken away in newsroom/wsgi.py."""

    def middleware(request):
        if request.META["SCRIPT_NAME"]:
            raise SuspiciousOperation(
                "The newsroom has a host of its own: no part of its address is a prefix."
            )
        if is_desk(request):
            return get_response(request)
        believed = READ | SAID_BY_PROXIES if settings.NEWSROOM_PROXIES else READ
        for name in [
            name for name in request.META if name.startswith("HTTP_") and name not in believed
        ]:
            del request.META[name]
        return get_response(request)

    return middleware


def desk_language_middleware(get_response):
    """The desk speaks English: its sentences are not translated yet, and half of a page in each language helps nobody.
    A preview of a public page is in the language readers get (articles/views/preview.py)."""

    def middleware(request):
        if not is_desk(request):
            return get_response(request)
        with translation.override("en"):
            return get_response(request)

    return middleware


def possible_request_middleware(get_response):
    """Refuse a Host header whose port cannot exist (Django checks the name and lets any digits pass, and Python reads
    no number of more than 4,300), and an address with a zero byte, which no database can look for."""

    def middleware(request):
        port = request.META.get("HTTP_HOST", "").rpartition(":")[2]
        if port.isdecimal() and (len(port) > LONGEST_PORT or int(port) > 65535):
            raise DisallowedHost("The Host header names a port that cannot exist.")
        if "\0" in request.path or (
            not reads_anything(request) and "%00" in request.META.get("QUERY_STRING", "")
        ):
            raise SuspiciousOperation("The address carries a zero byte.")
        return get_response(request)

    return middleware


def reads_anything(request) -> bool:
    """Where anything may be typed, and is read as words or answered with a sentence."""
    return request.path.startswith((f"{get_script_prefix()}search/", f"{get_script_prefix()}api/"))


def who_may_embed(request) -> str:
    """Public pictures stand in feed readers, in link cards and on partners' pages; everything else is for our own."""
    return "cross-origin" if request.path.startswith(settings.MEDIA_URL) else "same-origin"


class PublicHeadersMiddleware:
    """How long a page may be kept, and that the desk's pages may not be kept at all."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", who_may_embed(request))
        if not settings.NEWSROOM_AI_TRAINING:
            response.headers.setdefault("tdm-reservation", "1")
            if settings.NEWSROOM_AI_POLICY:
                response.headers.setdefault("tdm-policy", settings.NEWSROOM_AI_POLICY)
        if is_desk(request):
            response.headers["Cache-Control"] = "no-store, private"
            response.headers.setdefault("X-Robots-Tag", "noindex")
        elif response.status_code == 200:
            response.headers.setdefault("Cache-Control", f"public, max-age={self.age_of(request)}")
        else:
            response.headers.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
        return response

    @staticmethod
    def age_of(request: PublicRequest) -> int:
        """Seconds for which anyone may keep the page: less when the chrome or the page itself becomes another
        before."""
        moments = (
            getattr(getattr(request, "outlet", None), "changes_at", None),
            getattr(request, "changes_at", None),
        )
        changes_at = min(filter(None, moments), default=None)
        left = (
            (changes_at - this_moment()).total_seconds()
            if changes_at
            else settings.NEWSROOM_PAGE_AGE
        )
        return max(0, min(settings.NEWSROOM_PAGE_AGE, int(left)))


def unchanged_page_middleware(get_response):
    """Whoever has kept a public page and asks whether it is still the same gets "304", not the page again."""

    def middleware(request):
        response = get_response(request)
        is_kept = response.status_code == 200 and "no-store" not in response.get(
            "Cache-Control", ""
        )
        if is_desk(request) or response.streaming or not is_kept:
            return response
        set_response_etag(response)
        return get_conditional_response(request, etag=response["ETag"], response=response)

    return middleware
