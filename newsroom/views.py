"""The front page, the answers to "are you well?", and the error pages."""

import re
import sys

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.urls import resolve
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from articles.front_page.curation import front_page
from articles.models import Article
from articles.reading import rendering
from articles.story import unsaved
from articles.text import body
from newsroom import lost_parts, outages, readiness
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


def front(request: PublicRequest) -> HttpResponseBase:
    request.outlet = Outlet()
    front = front_page(request.outlet.sections)
    request.changes_at = min(filter(None, [front.changes_at, midnight()]))
    return render(request, "newsroom/front.html", {"front": front, "here": "front"})


def edition(request: PublicRequest, language: str) -> HttpResponseBase:
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


def about(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A page that the outlet writes about itself."""
    page = get_object_or_404(Page.objects.public(), slug=slug)
    text = rendering.public_text(page.body, {})
    return render(request, "newsroom/page.html", {"about": page, "text": text, "here": "about"})


def about_us(request: HttpRequest) -> HttpResponseBase:
    """Who publishes this, in words: the outlet's pages about itself, its feeds, and what it allows."""
    pages = Page.objects.public().defer("body").order_by("order", "folded")
    notices = [path_to(name) for name in ("sitemap", "news-sitemap", "robots", "trust")]
    context = {"pages": pages, "notices": notices, "formats": FORMATS.values(), "here": "about"}
    return render(request, "newsroom/about.html", context)


@never_cache
def healthz(request: HttpRequest) -> HttpResponseBase:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> HttpResponseBase:
    """The process can answer: database, disk and static files are there (newsroom/readiness.py)."""
    problems = readiness.problems()
    return HttpResponse(
        "\n".join(problems or ["ok"]) + "\n",
        content_type="text/plain",
        status=503 if problems else 200,
    )


def nothing_here(request: HttpRequest, rest: str) -> HttpResponseBase:
    raise Http404("There is nothing here.")


def page_not_found(request, exception):
    """A hidden story and an unknown one answer alike."""
    if request.path.startswith(path_to("api:start")):
        return JsonResponse({"error": "There is nothing at this address."}, status=404)
    if address := in_small_letters(request):
        return lead_on(request, address)
    if is_desk(request):
        return plain_error(request, 404, "Not found", "It may have moved, or you may not see it.")
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
    """A refusal as a page that asks nobody: for readers in the outlet's language and look, at the desk in English and
    with the way back to the desk. Programs that ask the API get it as JSON."""
    if request.path.startswith(path_to("api:start")):
        with translation.override("en"):
            return JsonResponse({"error": f"{title}: {advice}"}, status=status)
    at_desk = is_desk(request)
    template = "newsroom/plain_error.html" if at_desk else "newsroom/refused.html"
    said = {"title": title, "advice": advice}
    if not at_desk:
        said |= {"outlet": settings.NEWSROOM_NAME, "sheets": stylesheets()}
    return HttpResponse(outages.in_words(template, said, is_desk=at_desk), status=status)


def stylesheets() -> list[str]:
    """The addresses of the readers' stylesheets; [] when the static files are gone."""
    try:
        return [static(sheet) for sheet in Outlet().stylesheets]
    except ValueError:
        return []


def bad_request(request, exception=None):
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return too_much(request)
    title = _("That request could not be understood")
    return plain_error(request, 400, title, _("Check the address and try again."))


def too_much(request: HttpRequest, advice: str = "") -> HttpResponseBase:
    advice = advice or _(
        "Nothing of it was taken. Send less at once: fewer files, or a shorter text."
    )
    return plain_error(request, 413, _("That is too much at once"), advice)


def of_unknown_length(request: HttpRequest) -> HttpResponseBase:
    """411. Readers are never asked: what public pages do not read is taken away before (newsroom/middleware.py)."""
    advice = "The form does not say how long it is. Send it again."
    return plain_error(request, 411, "How long is it?", advice)


def not_allowed(request: HttpRequest, methods: str) -> HttpResponseBase:
    """405 in words. `methods`: what the address does take, as the header `Allow` says it."""
    if is_desk(request):
        title = "Nothing was done"
        advice = "This address acts only when its button is pressed. Go back to the page with the button."
    else:
        title = _("Nothing can be sent to this address")
        advice = _("Nothing was taken. This page can only be read.")
    answer = plain_error(request, 405, title, advice)
    answer["Allow"] = methods
    return answer


def forbidden(request, exception=None):
    advice = (
        "Your account may not do this. Ask an editor."
        if is_desk(request)
        else _("This page is not open to readers.")
    )
    return plain_error(request, 403, _("Not allowed"), advice)


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


def words_back(request: HttpRequest) -> HttpResponseBase:
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
    if request is not None and (trouble := lost_parts.part_that_is_gone(sys.exc_info()[1])):
        return outages.unavailable(request, trouble, is_desk=is_desk(request))
    at_desk = request is not None and is_desk(request)
    return HttpResponse(outages.in_words("500.html", {}, is_desk=at_desk), status=500)
