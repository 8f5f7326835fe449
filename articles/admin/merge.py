"""Merging on the desk: likely doubles side by side, and one step that shows what moves before it does."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from articles.models import Article, Byline, Tag, TagLink
from articles.naming import merge as merge_names
from articles.naming import similar_names
from articles.workflow import Refused
from authors.models import Author
from newsroom.foundation.desk import EVERY_STORY, OneByName, whole_number

KINDS = {
    "tags": (Tag, TagLink._meta.get_field("tag")),
    "authors": (Author, Byline._meta.get_field("author")),
}


class NameMerge:
    """Part of the story's admin: the acts that change many stories at once live with the stories."""

    def merge_urls(self):
        return [
            path(
                "unknown-names/",
                self.admin_site.admin_view(self.unknown_view),
                name="articles_unknown",
            ),
            path(
                "merge/<slug:kind>/",
                self.admin_site.admin_view(self.doubles_view),
                name="articles_doubles",
            ),
            path(
                "merge/<slug:kind>/<int:pk>/",
                self.admin_site.admin_view(self.name_merge_view),
                name="articles_merge",
            ),
        ]

    @staticmethod
    def model_for(request, kind):
        if kind not in KINDS:
            raise Http404("There is no such list.")
        model, field = KINDS[kind]
        if not request.user.has_perm(merge_names.RIGHTS[model]):
            raise PermissionDenied
        return model, field

    def doubles_view(self, request, kind):
        """Names that look alike, as pairs."""
        model, _ = self.model_for(request, kind)
        rows = list(model.objects.told_apart().alphabetical()[: similar_names.MOST_NAMES])
        context = {
            **self.admin_site.each_context(request),
            "title": f"Likely doubles among {kind}",
            "kind": kind,
            "pairs": similar_names.likely(rows),
            "opts": model._meta,
        }
        return TemplateResponse(request, "admin/articles/doubles.html", context)

    def unknown_view(self, request):
        """Names that came with imports, each with the authors who may be meant. POST says of one (`author`, its key)
        that it is somebody new."""
        model, _ = self.model_for(request, "authors")
        if request.method == "POST":
            row = get_object_or_404(model, pk=whole_number(request.POST.get("author", "")))
            try:
                merge_names.accept(row, by=request.user)
            except Refused as refused:
                messages.error(request, str(refused))
            else:
                messages.success(request, f"“{row.name}” is an author of yours now.")
            return HttpResponseRedirect(request.path)
        context = {
            **self.admin_site.each_context(request),
            "title": "Unknown names of imports",
            "opts": model._meta,
            "rows": similar_names.unknown_names(
                model.objects, Article.objects.named_to(request.user)
            ),
            "most": similar_names.MOST_UNKNOWN,
        }
        return TemplateResponse(request, "admin/articles/unknown_names.html", context)

    def name_merge_view(self, request, kind, pk):
        """GET with `into` shows what would move; POST does it."""
        model, field = self.model_for(request, kind)
        old = get_object_or_404(model.objects.told_apart(), pk=pk)
        form = self.merge_form(
            model, field, old, request.POST if request.method == "POST" else request.GET
        )
        kept = form.cleaned_data.get("into") if form.is_valid() else None
        if request.method == "POST" and kept:
            try:
                merge_names.merge(old, kept, by=request.user)
            except Refused as refused:
                messages.error(request, str(refused))
            else:
                messages.success(
                    request, f"“{old.name}” is “{kept.name}” now. Its address leads there."
                )
                app, name = model._meta.app_label, model._meta.model_name
                return HttpResponseRedirect(reverse(f"admin:{app}_{name}_change", args=[kept.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": f"Merge “{old}”",
            "kind": kind,
            "old": old,
            "kept": kept,
            "form": form,
            "opts": model._meta,
            "media": self.media + form.media,
            "preview": merge_names.preview(old, kept, person=request.user) if kept else None,
            "sees_all": request.user.has_perm(EVERY_STORY),
        }
        return TemplateResponse(
            request, "admin/articles/merge.html", context, status=422 if request.POST else 200
        )

    def merge_form(self, model, field, old, data):
        class MergeForm(forms.Form):
            into = forms.ModelChoiceField(
                model.objects.told_apart().exclude(pk=old.pk),
                widget=OneByName(field, self.admin_site),
                label="Merge into",
            )

        return MergeForm(data if "into" in data else None)
