"""Preview on the desk: the form as it stands, unsaved, on the public page; and links for people without a login."""

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html

from articles.admin.screen import may_write, story_or_404
from articles.models import SharedPreview
from articles.pictures.thumbnails import desk_folder
from articles.story import preview
from articles.views.preview import story_as_readers_would


class StoryPreview:
    """Part of the story's admin."""

    def preview_view(self, request, object_id=None):
        """POST: the typed form on the story page, saved nowhere. What is not valid is said, with status 422."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        article = story_or_404(request.user, object_id) if object_id else None
        allowed = may_write(request.user, article) if article else self.has_add_permission(request)
        if not allowed:
            raise PermissionDenied
        form = self.get_form(request, article, change=article is not None)(
            request.POST, instance=article
        )
        formsets, _ = self._create_formsets(
            request, article or form.instance, change=article is not None
        )
        if not (form.is_valid() and all(formset.is_valid() for formset in formsets)):
            faults = [
                (form[name].label if name in form.fields else "", text)
                for name, texts in form.errors.items()
                for text in texts
            ]
            faults += [
                ("Byline", text)
                for formset in formsets
                for row in formset.errors
                for texts in row.values()
                for text in texts
            ]
            context = {"title": "This cannot be previewed yet", "faults": faults}
            return render(
                request, "admin/articles/article/preview_faults.html", context, status=422
            )
        return story_as_readers_would(
            request,
            form.snapshot(self.typed_rows(formsets)),
            article=article,
            photo_folder=desk_folder,
            notice="Preview of what you are typing. Nothing is saved by looking.",
        )

    def share_view(self, request, object_id):
        article = story_or_404(request.user, object_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not may_write(request.user, article):
            raise PermissionDenied
        try:
            link = preview.share(article, article.revisions.newest(), by=request.user)
        except preview.EnoughLinks as refused:
            self.message_user(request, str(refused), messages.ERROR)
            return back_to(article)
        address = settings.NEWSROOM_SITE_URL + reverse(
            "shared-preview", args=[preview.token_of(link)]
        )
        text = format_html(
            'This link shows version {} for seven days: <a href="{}">{}</a>',
            link.revision.version,
            address,
            address,
        )
        self.message_user(request, text, messages.SUCCESS)
        return back_to(article)

    def revoke_view(self, request, object_id, link_id):
        article = story_or_404(request.user, object_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not may_write(request.user, article):
            raise PermissionDenied
        link = get_object_or_404(
            SharedPreview.objects.select_related("article"), pk=link_id, article=article
        )
        if link.revoked_at:
            raise Http404("That link has ended already.")
        preview.revoke(link, by=request.user)
        self.message_user(request, "The link shows nothing any more.", messages.SUCCESS)
        return back_to(article)


def back_to(article):
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[quote(article.pk)]))
