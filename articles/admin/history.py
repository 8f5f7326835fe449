"""The story's history on the desk: its versions, what changed between two, restoring one, and what readers saw."""

from datetime import date, time

from django.contrib import messages
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from articles.admin.conflict import stale_response
from articles.models import Article
from articles.pictures.thumbnails import desk_folder
from articles.reading import rendering
from articles.story import comparison, editing, public_history, snapshots, supplied
from newsroom.foundation.desk import whole_number
from newsroom.foundation.local_time import wall_time
from newsroom.foundation.pagination import page_of

LINES = 30  # of the logbook, beside the versions


class StoryHistory:
    """Part of the story's admin. Every view asks for the right to the story itself."""

    def history_view(self, request, object_id, extra_context=None):
        article = self.visible_or_404(request, object_id)
        page = page_of(
            request, article.revisions.order_by("-version", "-aside").values_list("pk", flat=True)
        )
        found = (
            article.revisions.filter(pk__in=page.keys).select_related("made_by").defer("snapshot")
        )
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of “{article}”",
            "object": article,
            "opts": self.opts,
            "revisions": sorted(found, key=lambda each: (-each.version, -each.aside)),
            "shown": str(article.shown_version)
            if article.status == Article.Status.PUBLISHED
            else "",
            "newer": page.newer,
            "older": page.older,
            "zone": timezone.get_default_timezone_name(),
            "may_restore": self.may_write(request, article),
            "lines": article.log_lines.newest_first()[:LINES],
        }
        return TemplateResponse(request, "admin/articles/article/object_history.html", context)

    def compare_view(self, request, object_id):
        article = self.visible_or_404(request, object_id)
        before, after = (
            self.revision_named(article, request.GET.get(name, "")) for name in ("from", "to")
        )
        context = {
            **self.admin_site.each_context(request),
            "title": f"Compare “{article}”",
            "opts": self.opts,
            "article": article,
            "before": before,
            "after": after,
            **between(before.snapshot, after.snapshot),
        }
        return TemplateResponse(request, "admin/articles/article/compare.html", context)

    @staticmethod
    def revision_named(article, name):
        """ "7", or "7.2" for the second text that was set aside beside version 7."""
        version, _, aside = name.partition(".")
        if not (
            version.isdecimal() and (aside or "0").isdecimal() and len(name) < 15 and name.isascii()
        ):
            raise Http404("There is no such version.")
        found = (
            article.revisions.select_related("made_by")
            .filter(version=int(version), aside=int(aside or 0))
            .first()
        )
        if found is None:
            raise Http404("There is no such version.")
        return found

    def restore_version_view(self, request, object_id, revision_id):
        """A version of the past becomes the newest: a draft's text, or a live story's working copy. Never public."""
        article = self.visible_or_404(request, object_id)
        revision = article.revisions.select_related("made_by").filter(pk=revision_id).first()
        if revision is None:
            raise Http404("There is no such version.")
        if not self.may_write(request, article):
            raise PermissionDenied
        if request.method == "POST":
            version = whole_number(request.POST.get("version", ""))
            saved = editing.restore(article, revision, version=version, by=request.user)
            if isinstance(saved, editing.Stale):
                return stale_response(self, request, article, saved)
            self.message_user(
                request, f"Version {revision.name} of “{article}” is restored.", messages.SUCCESS
            )
            return HttpResponseRedirect(
                reverse("admin:articles_article_change", args=[quote(article.pk)])
            )
        context = {
            **self.admin_site.each_context(request),
            "title": f"Restore a version of “{article}”",
            "opts": self.opts,
            "article": article,
            "revision": revision,
            **between(
                snapshots.latest(article),
                supplied.as_of_today(article, snapshots.ordered(revision.snapshot)),
            ),
        }
        return TemplateResponse(request, "admin/articles/article/restore_version.html", context)

    def seen_view(self, request, object_id):
        """What readers saw at a moment of the outlet's clock."""
        article = self.visible_or_404(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": "What readers saw",
            "opts": self.opts,
            "article": article,
            "spans": public_history.spans(article),
            "zone": timezone.get_default_timezone_name(),
        }
        try:
            day = date.fromisoformat(request.GET.get("day", ""))
            moment = wall_time(
                day, time.fromisoformat(request.GET.get("clock", "")), which="second"
            )
        except (ValueError, ValidationError):
            context["error"] = "Choose a day and a time."
        else:
            revision = public_history.seen_at(article, moment)
            context |= {"moment": timezone.localtime(moment), "revision": revision}
            if revision:
                snapshot = snapshots.ordered(revision.snapshot)
                context["story"] = snapshots.fill(Article(), snapshot)
                photos = rendering.photos_for(snapshot["body"])
                for photo in photos.values():
                    photo.private_folder = desk_folder(photo)
                context["text"] = rendering.public_text(snapshot["body"], photos)
                context["bylines"] = comparison.in_words("bylines", snapshot["bylines"])
                context["tags"] = comparison.in_words("tags", snapshot["tags"])
        return TemplateResponse(request, "admin/articles/article/seen.html", context)


def between(before: dict, after: dict) -> dict:
    """What the comparison's template prints."""
    before, after = snapshots.ordered(before), snapshots.ordered(after)
    return {
        "fields": comparison.field_changes(before, after),
        "passages": comparison.passages(before["body"], after["body"]),
    }
