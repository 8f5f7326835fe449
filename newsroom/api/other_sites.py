"""Pages of other sites that read the API in a browser: those whose origins `NEWSROOM_CORS` names, and no others."""

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers

from newsroom.foundation.paths import path_to

HEADERS = "Accept, If-None-Match, If-Modified-Since"  # that such a page may send
ASKED_ONCE = 24 * 60 * 60  # seconds for which a browser keeps the answer to its question


def open_to_them(request, response) -> None:
    """Let the page that asked read the answer, if its origin may."""
    allowed, origin = settings.NEWSROOM_CORS, request.headers.get("Origin", "")
    if "*" in allowed or origin in allowed:
        response["Access-Control-Allow-Origin"] = "*" if "*" in allowed else origin
        response["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
    if allowed and "*" not in allowed:
        patch_vary_headers(response, ("Origin",))


def preflight(request) -> HttpResponse | None:
    """The answer to a browser that asks first (OPTIONS) whether a page may send a header of its own choice; None when
    it may not."""
    response = HttpResponse(status=204)
    open_to_them(request, response)
    if not response.has_header("Access-Control-Allow-Origin"):
        return None
    response["Access-Control-Allow-Methods"] = "GET, HEAD"
    response["Access-Control-Allow-Headers"] = HEADERS
    response["Access-Control-Max-Age"] = str(ASKED_ONCE)
    return response


def other_sites_middleware(get_response):
    """Stands round everything that answers for the API: its errors and "304" are read by those pages too."""

    def middleware(request):
        if not request.path.startswith(path_to("api:start")):
            return get_response(request)
        answer = preflight(request) if request.method == "OPTIONS" else None
        if answer is None:
            answer = get_response(request)
            open_to_them(request, answer)
        return answer

    return middleware
