"""The front page, the answers to "are you well?", and the error pages."""

from django.db import connection
from django.db.utils import Error as DatabaseError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.cache import never_cache

from articles import unsaved
from articles.curation import front_page
from articles.models import Article
from newsroom.middleware import is_desk
from newsroom.outlet import Outlet

LATEST_ON_404 = 5


def front(request):
    outlet = Outlet()
    return render(
        request, "newsroom/front.html", {"outlet": outlet, "front": front_page(outlet.sections), "here": "front"}
    )


def favicon(request):
    """Browsers ask for this name whatever a page says."""
    return redirect(static("newsroom/img/icon.svg"), permanent=False)


@never_cache
def healthz(request):
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(request):
    """The process answers and reaches its database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("The database does not answer.\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


def nothing_here(request, rest):
    raise Http404("There is nothing here.")


def page_not_found(request, exception):
    """A hidden story and an unknown one answer alike."""
    if is_desk(request):
        return render(
            request,
            "newsroom/plain_error.html",
            {"title": "Not found", "advice": "It may have moved, or you may not see it."},
            status=404,
        )
    words = " ".join(request.path.replace("-", " ").replace("_", " ").split("/")).strip()[:100]
    latest = Article.objects.newest_lines(LATEST_ON_404)
    return render(request, "newsroom/404.html", {"words": words, "latest": latest}, status=404)


def plain_error(request, status, title, advice):
    return render(request, "newsroom/plain_error.html", {"title": title, "advice": advice}, status=status)


def bad_request(request, exception=None):
    return HttpResponse(
        "That request could not be understood. Check the address and try again.\n",
        content_type="text/plain",
        status=400,
    )


def forbidden(request, exception=None):
    return plain_error(request, 403, "Not allowed", "Your account may not do this. Ask an editor.")


def csrf_failure(request, reason=""):
    """A form whose token ended with its login: what was typed is kept for who typed it, and offered back."""
    if is_desk(request) and unsaved.park(request.POST):
        return plain_error(
            request, 403, "Your words are kept",
            "Your login ended while you were writing. Log in and open the story: what you typed is offered back there.",
        )  # fmt: skip
    return plain_error(
        request, 403, "The form has expired",
        "Go back, copy what you wrote, reload the page and send it again. Cookies must be allowed at the desk.",
    )  # fmt: skip


def server_error(request):
    """Static words: no database, no base.html, nothing that can fail."""
    return HttpResponse(render_to_string("500.html"), status=500)
