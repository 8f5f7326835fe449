"""Autosave, unsaved work and presence on the story form: small answers in JSON for the form's script, and the same by
plain links and buttons without it."""

from django.contrib.auth.decorators import permission_required
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from articles.admin.history import between
from articles.admin.screen import Screen, story_screen
from articles.models import Article
from articles.story import presence, snapshots, unsaved
from articles.story.rights import may_type
from authors.models import account_of
from newsroom.foundation import database_file
from newsroom.foundation.desk import whole_number

A_MOMENT = 2  # seconds that an autosave waits for others who write


@require_POST
@story_screen(may_type)
def autosave(screen: Screen) -> HttpResponseBase:
    """Keep what was typed; or say of words that a browser kept whether they are saved, and write nothing."""
    fields = unsaved.fields_of(screen.request.POST)
    if "_ask" in screen.request.POST:
        is_saved = unsaved.is_in_a_revision(fields, screen.article, screen.person.pk)
        return JsonResponse({"is_saved": is_saved})
    return kept(screen, fields)


@require_POST
@permission_required("articles.add_article", raise_exception=True)
def autosave_new(request: HttpRequest) -> HttpResponseBase:
    """The first autosave of a new story makes its draft and tells the form where it now belongs."""
    fields = unsaved.fields_of(request.POST)
    key = unsaved.key_in(fields)
    if key is None:
        raise Http404("There is no such story.")
    if "_ask" in request.POST:
        made = Article.objects.filter(uid=key, created_by=account_of(request)).first()
        is_saved = made is not None and unsaved.is_in_a_revision(
            fields, made, account_of(request).pk
        )
        return JsonResponse({"is_saved": is_saved})
    try:
        with database_file.patience(A_MOMENT):
            article = unsaved.make_draft(account_of(request), key, fields)
    except IntegrityError:
        # The same request twice at once; or somebody else's key, which is nobody's business.
        article = get_object_or_404(Article, uid=key, created_by=account_of(request))
    # The form goes on from the draft just made.
    return kept(Screen(request, article), fields | {"base_version": ["1"]})


def kept(screen: Screen, fields: dict) -> JsonResponse:
    """The form's answer. `work` is null and `is_saved` true when a revision says all of it already."""
    request, article = screen.request, screen.article
    key = unsaved.key_in(fields) or unsaved.fallback_key(article.pk)
    turn = request.POST.get("turn", "")
    try:
        with database_file.patience(A_MOMENT):  # the browser has the words, and sends them again
            work = unsaved.keep(screen.person.pk, fields, article_id=article.pk, key=key, turn=turn)
    except unsaved.TooLong:
        return JsonResponse(
            {"error": "The text is too long to be kept. Save it, or cut it in two."}, status=413
        )
    kept_at = timezone.localtime(work.kept_at if work else None)
    return JsonResponse(
        {
            "kept_at": kept_at.strftime("%H:%M:%S"),
            "is_saved": work is None,
            "version": article.version,
            "address": screen.form_address,
            "token": get_token(request),
            "work": work.pk if work else None,
            "writer": unsaved.writer_token(screen.person, article=article, key=key),
        }
    )


def token(request: HttpRequest) -> HttpResponseBase:
    """A page that was opened before the login ended asks for a fresh token; another origin cannot read it."""
    return JsonResponse({"token": get_token(request), "person": account_of(request).pk})


@require_POST
@story_screen(may_type)
def here(screen: Screen) -> HttpResponseBase:
    """Note that this person has the story open, and say who else has, and who saved it since."""
    article = screen.article
    presence.note(article, screen.person)
    is_older = article.version > whole_number(screen.request.POST.get("version", ""))
    newer_by = str(article.saved_by or article.origin) if is_older else ""
    return JsonResponse(
        {"others": presence.others_at(article, screen.person), "newer_by": newer_by}
    )


@require_POST
def discard_new(request: HttpRequest) -> HttpResponseBase:
    """Throw away unsaved work in a story that is not there yet."""
    throw_away(request, None)
    return HttpResponseRedirect(reverse("admin:articles_article_add"))


@require_POST
@story_screen()
def discard(screen: Screen) -> HttpResponseBase:
    """Throw away unsaved work in this story."""
    throw_away(screen.request, screen.article)
    return screen.to_form()


def throw_away(request, article):
    """Asked for by a button of its own."""
    work = unsaved.one_of(account_of(request), request.POST.get("work", ""), article)
    if work is not None:
        work.delete()


@story_screen()
def compare(screen: Screen) -> HttpResponseBase:
    """What unsaved work would change in the newest version."""
    work = unsaved.one_of(screen.person, screen.request.GET.get("work", ""), screen.article)
    if work is None:
        raise Http404("There is no unsaved work.")
    latest = snapshots.latest(screen.article)
    context = {
        "title": f"Unsaved work in “{screen.article}”",
        "work": work,
        **between(latest, unsaved.as_snapshot(work, latest)),
    }
    return screen.show("compare_unsaved.html", context)
