"""The front page, the answers to "are you well?", and the error pages."""

import re
import sys

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFilesSent
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import resolve
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from articles.front_page.curation import front_page
from articles.models import Article
from articles.reading import rendering
from articles.story import unsaved
from articles.text import body
from newsroom import missing_parts, outages, readiness
from newsroom.feeds.formats import FORMATS
from newsroom.foundation import languages
from newsroom.foundation.pagination import page_of
from newsroom.foundation.paths import lead_on, path_to
from newsroom.foundation.public_request import PublicRequest
from newsroom.middleware import DESK, is_desk
from newsroom.models import Page
from newsroom.outlet import Outlet, midnight

LATEST_ON_404, SHORTEST_WORD = 5, 3
KINDS_OF_ADDRESS = {"articles", "sections", "series", "tags", "authors", "archive", "about"}


def front(request: PublicRequest):
    request.outlet = Outlet()
    front = front_page(request.outlet.sections)
    request.changes_at = min(filter(None, [front.changes_at, midnight()]))
    return render(request, "newsroom/front.html", {"front": front, "here": "front"})


def edition(request: PublicRequest, language: str):
    """The newest stories in one of the outlet's further languages, in a chrome of that language."""
    page = page_of(
        request,
        Article.objects.live()
        .filter(language=language)
        .newest_first()
        .values_list("pk", flat=True),
    )
    context = {
        "page": page,
        "stories": Article.objects.cards(page.keys),
        "here": f"edition {language}",
        "language_name": languages.name_of(language),
        "direction": languages.direction(language),
    }
    request.changes_at = midnight()
    with translation.override(languages.interface_for(language) or settings.LANGUAGE_CODE):
        return render(request, "newsroom/edition.html", context)


def about(request, slug):
    """A page that the outlet writes about itself."""
    page = get_object_or_404(Page.objects.public(), slug=slug)
    text = rendering.public_text(page.body, {})
    return render(request, "newsroom/page.html", {"about": page, "text": text, "here": "about"})


def about_us(request):
    """Who publishes this, in words: the outlet's pages about itself, its feeds, and what it allows."""
    pages = Page.objects.public().defer("body").order_by("order", "folded")
    notices = [path_to(name) for name in ("sitemap", "news-sitemap", "robots", "trust")]
    context = {"pages": pages, "notices": notices, "formats": FORMATS.values(), "here": "about"}
    return render(request, "newsroom/about.html", context)


@never_cache
def healthz(request):
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(request):
    """The process can answer: database, disk and static files are there (newsroom/readiness.py)."""
    problems = readiness.problems()
    return HttpResponse(
        "\n".join(problems or ["ok"]) + "\n",
        content_type="text/plain",
        status=503 if problems else 200,
    )


def nothing_here(request, rest):
    raise Http404("There is nothing here.")


def page_not_found(request, exception):
    """A hidden story and an unknown one answer alike."""
    if request.path.startswith(path_to("api:start")):
        return JsonResponse({"error": "There is nothing at this address."}, status=404)
    if address := in_small_letters(request):
        return lead_on(request, address)
    if is_desk(request):
        return render(
            request,
            "newsroom/plain_error.html",
            {"title": "Not found", "advice": "It may have moved, or you may not see it."},
            status=404,
        )
    latest = Article.objects.newest_lines(LATEST_ON_404)
    return render(
        request,
        "newsroom/404.html",
        {"words": words_in_address(request.path), "latest": latest},
        status=404,
    )


def in_small_letters(request) -> str:
    """The address in small letters, if it was written in others and leads somewhere that way, else "". Addresses of
    ours have small letters only; a newspaper, a slide or a phone that starts words with a capital has others."""
    address = request.path_info.lower()
    if address == request.path_info or address.startswith(f"/{DESK}"):
        return ""
    try:
        view, args, kwargs = resolve(address)
        answer = view(request, *args, **kwargs)
    except (Http404, PermissionDenied):
        return ""
    return address if answer.status_code in (200, 301, 410) else ""


def words_in_address(address: str) -> str:
    """What an address that leads nowhere may have been about: its words, without the part that every address of its
    kind begins with and without the shortest, which few headlines share."""
    first, *rest = address.strip("/").split("/")
    parts = rest if first in KINDS_OF_ADDRESS and any(rest) else [first, *rest]
    words = re.split(r"[-_\s/.]+", "/".join(parts))
    return " ".join([word for word in words if len(word) >= SHORTEST_WORD] or words).strip()[:100]


def plain_error(request, status, title, advice):
    return render(
        request, "newsroom/plain_error.html", {"title": title, "advice": advice}, status=status
    )


def bad_request(request, exception=None):
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return too_much(request)
    return HttpResponse(
        gettext("That request could not be understood. Check the address and try again.") + "\n",
        content_type="text/plain",
        status=400,
    )


def too_much(request, advice=""):
    advice = advice or "Nothing of it was taken. Send less at once: fewer files, or a shorter text."
    return plain_error(request, 413, "That is too much at once", advice)


def forbidden(request, exception=None):
    return plain_error(request, 403, "Not allowed", "Your account may not do this. Ask an editor.")


def csrf_failure(request, reason=""):
    """A form whose token ended with its login: what was typed is kept for who typed it, and offered back."""
    if is_desk(request) and unsaved.park(request.POST):
        return plain_error(
            request,
            403,
            "Your words are kept",
            "Your login ended while you were writing. Log in and open the story: what you typed is offered back there.",
        )
    if is_desk(request) and unsaved.is_ours(request.POST):
        return words_back(request)
    return plain_error(
        request,
        403,
        "The form has expired",
        "Go back, copy what you wrote, reload the page and send it again. Cookies must be allowed at the desk.",
    )


def words_back(request):
    """403 for a form of ours that cannot be kept, above all because its login was ended on purpose, or long ago.
    Nothing is stored in anybody's name, and what was typed stands on the page, to be copied."""
    texts = unsaved.texts_of(unsaved.fields_of(request.POST))
    texts["body"] = body.plain_text(texts.get("body", ""))
    labels = outages.labels_of(Article)
    named = [(label, texts[name]) for name, label in labels.items() if texts.get(name)]
    context = {"outlet": settings.NEWSROOM_NAME, "texts": named}
    response = render(request, "newsroom/words_back.html", context, status=403)
    response["Cache-Control"] = "no-store, private"
    return response


def server_error(request):
    """Static words: no database, no base.html, nothing that can fail. Called while the fault is being handled."""
    if request is not None and (trouble := missing_parts.part_that_is_gone(sys.exc_info()[1])):
        return outages.unavailable(request, trouble, is_desk=is_desk(request))
    at_desk = request is not None and is_desk(request)
    return HttpResponse(outages.in_words("500.html", {}, is_desk=at_desk), status=500)
