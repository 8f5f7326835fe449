"""Merging on the desk: likely doubles side by side, and one step that shows what moves before it does."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from js_asset import Script

from articles.models import Article, Byline, Tag, TagLink
from articles.naming import merge as merge_names
from articles.naming import similar_names
from articles.workflow import Refused
from authors.models import Author, User
from newsroom.foundation.desk import EVERY_STORY, OneByName, desk_page, whole_number

KINDS = {
    "tags": (Tag, TagLink._meta.get_field("tag")),
    "authors": (Author, Byline._meta.get_field("author")),
}


def addresses(site: admin.AdminSite) -> list:
    """Where these screens stand. They belong to no list of rows, so newsroom/urls.py hangs them on the desk itself."""

    def at(route, view, name):
        return path(f"articles/article/{route}", site.admin_view(view), name=name)

    return [
        at("unknown-names/", unknown_names, "articles_unknown"),
        at("merge/<slug:kind>/", doubles, "articles_doubles"),
        at("merge/<slug:kind>/<int:pk>/", merge, "articles_merge"),
    ]


def kind_or_404(person: User, kind: str):
    """(model, the field of a story that names its rows), for somebody who may merge such names."""
    if kind not in KINDS:
        raise Http404("There is no such list.")
    model, field = KINDS[kind]
    if not person.has_perm(merge_names.RIGHTS[model]):
        raise PermissionDenied
    return model, field


def doubles(request, kind):
    """Names that look alike, as pairs."""
    model, _ = kind_or_404(request.user, kind)
    rows = list(model.objects.told_apart().alphabetical()[: similar_names.MOST_NAMES])
    context = {
        "title": f"Likely doubles among {kind}",
        "kind": kind,
        "pairs": similar_names.likely(rows),
    }
    return desk_page(request, "admin/articles/doubles.html", context, model=model)


def unknown_names(request):
    """Names that came with imports, each with the authors who may be meant. POST says of one (`author`, its key) that
    it is somebody new."""
    model, _ = kind_or_404(request.user, "authors")
    if request.method == "POST":
        row = get_object_or_404(model, pk=whole_number(request.POST.get("author", "")))
        try:
            merge_names.accept(row, by=request.user)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"“{row.name}” is an author of yours now.")
        return HttpResponseRedirect(request.path)
    stories = Article.objects.named_to(request.user)
    context = {
        "title": "Unknown names of imports",
        "rows": similar_names.unknown_names(model.objects, stories),
        "most": similar_names.MOST_UNKNOWN,
    }
    return desk_page(request, "admin/articles/unknown_names.html", context, model=model)


def merge(request, kind, pk):
    """GET with `into` shows what would move; POST does it."""
    model, field = kind_or_404(request.user, kind)
    old = get_object_or_404(model.objects.told_apart(), pk=pk)
    form = form_for(model, field, old, request.POST if request.method == "POST" else request.GET)
    kept = form.cleaned_data.get("into") if form.is_valid() else None
    if request.method == "POST" and kept:
        try:
            merge_names.merge(old, kept, by=request.user)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            said = f"“{old.name}” is “{kept.name}” now. Its address leads there."
            messages.success(request, said)
            app, name = model._meta.app_label, model._meta.model_name
            return HttpResponseRedirect(reverse(f"admin:{app}_{name}_change", args=[kept.pk]))
    context = {
        "title": f"Merge “{old}”",
        "kind": kind,
        "old": old,
        "kept": kept,
        "form": form,
        "media": form.media,
        "preview": merge_names.preview(old, kept, person=request.user) if kept else None,
        "sees_all": request.user.has_perm(EVERY_STORY),
    }
    status = 422 if request.POST else 200
    return desk_page(request, "admin/articles/merge.html", context, model=model, status=status)


def form_for(model, field, old, sent):
    class MergeForm(forms.Form):
        into = forms.ModelChoiceField(
            model.objects.told_apart().exclude(pk=old.pk),
            widget=OneByName(field, admin.site),
            label="Merge into",
        )

        class Media:
            js = [Script("newsroom/desk/labels.js", type="module")]

    return MergeForm(sent if "into" in sent else None)
