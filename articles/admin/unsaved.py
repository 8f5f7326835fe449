"""Autosave, unsaved work and presence on the story form: small answers in JSON for the form's script, and the same by
plain links and buttons without it."""

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from articles.admin.history import between
from articles.admin.screen import story_or_404
from articles.models import Article
from articles.story import presence, snapshots, unsaved
from newsroom.foundation import database_file
from newsroom.foundation.desk import whole_number

A_MOMENT = 2  # seconds that an autosave waits for others who write


class StoryUnsaved:
    """Part of the story's admin."""

    def autosave_view(self, request, object_id):
        article = self.writable_or_refused(request, object_id)
        fields = unsaved.fields_of(request.POST)
        if "_ask" in request.POST:  # about words that a browser kept: nothing is written
            return JsonResponse(
                {"is_saved": unsaved.is_in_a_revision(fields, article, request.user.pk)}
            )
        return self.kept(request, article, fields)

    def autosave_new_view(self, request):
        """The first autosave of a new story makes its draft and tells the form where it now belongs."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_add_permission(request):
            raise PermissionDenied
        fields = unsaved.fields_of(request.POST)
        key = unsaved.key_in(fields)
        if key is None:
            raise Http404("There is no such story.")
        if "_ask" in request.POST:
            made = Article.objects.filter(uid=key, created_by=request.user).first()
            is_saved = made is not None and unsaved.is_in_a_revision(fields, made, request.user.pk)
            return JsonResponse({"is_saved": is_saved})
        try:
            with database_file.patience(A_MOMENT):
                article = unsaved.make_draft(request.user, key, fields)
        except (
            IntegrityError
        ):  # the same request twice at once; or somebody else's key, which is nobody's business
            article = get_object_or_404(Article, uid=key, created_by=request.user)
        return self.kept(
            request, article, fields | {"base_version": ["1"]}
        )  # it goes on from the draft just made

    def kept(self, request, article, fields):
        """The form's answer. `work` is null and `is_saved` true when a revision says all of it already."""
        key = unsaved.key_in(fields, otherwise=unsaved.fallback_key(article.pk))
        turn = request.POST.get("turn", "")
        try:
            with database_file.patience(
                A_MOMENT
            ):  # the browser has the words, and sends them again
                work = unsaved.keep(
                    request.user.pk, fields, article_id=article.pk, key=key, turn=turn
                )
        except unsaved.TooLong:
            return JsonResponse(
                {"error": "The text is too long to be kept. Save it, or cut it in two."}, status=413
            )
        address = reverse("admin:articles_article_change", args=[quote(article.pk)])
        kept_at = timezone.localtime(work.kept_at if work else None)
        return JsonResponse(
            {
                "kept_at": kept_at.strftime("%H:%M:%S"),
                "is_saved": work is None,
                "version": article.version,
                "address": address,
                "token": get_token(request),
                "work": work.pk if work else None,
                "writer": unsaved.writer_token(request.user, article=article, key=key),
            }
        )

    def token_view(self, request):
        """A page that was opened before the login ended asks for a fresh token; another origin cannot read it."""
        return JsonResponse({"token": get_token(request), "person": request.user.pk})

    def here_view(self, request, object_id):
        article = self.writable_or_refused(request, object_id)
        presence.note(article, request.user)
        newer = (
            str(article.saved_by or article.origin)
            if article.version > whole_number(request.POST.get("version", ""))
            else ""
        )
        return JsonResponse(
            {"others": presence.others_at(article, request.user), "newer_by": newer}
        )

    def discard_view(self, request, object_id=None):
        """Throw unsaved work away: asked for by a button of its own."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        article = story_or_404(request.user, object_id) if object_id else None
        work = unsaved.one_of(request.user, request.POST.get("work", ""), article)
        if work is not None:
            work.delete()
        name, args = ("change", [quote(article.pk)]) if article else ("add", [])
        return HttpResponseRedirect(reverse(f"admin:articles_article_{name}", args=args))

    def compare_unsaved_view(self, request, object_id):
        article = story_or_404(request.user, object_id)
        work = unsaved.one_of(request.user, request.GET.get("work", ""), article)
        if work is None:
            raise Http404("There is no unsaved work.")
        latest = snapshots.latest(article)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Unsaved work in “{article}”",
            "opts": self.opts,
            "article": article,
            "work": work,
            **between(latest, unsaved.as_snapshot(work, latest)),
        }
        return TemplateResponse(request, "admin/articles/article/compare_unsaved.html", context)

    def writable_or_refused(self, request, object_id):
        if request.method != "POST":
            raise Http404("This answers to POST alone.")
        article = story_or_404(request.user, object_id)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        return article
