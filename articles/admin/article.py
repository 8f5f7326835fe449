"""The story on the desk: its list, its form, and the buttons that lead to the acts of workflow.py."""

from csp.constants import NONCE
from csp.decorators import csp_update
from django.contrib import admin, messages
from django.contrib.admin.utils import quote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from js_asset import Media, Script

from articles import editing, snapshots, workflow
from articles.admin.acts import act_view
from articles.admin.lists import LIST_FILTERS, BoundedPaginator, StoryColumns
from articles.forms import ArticleForm, BylineForm, tags_widget
from articles.models import Article, Byline, TagLink
from authors.desk import ByName, DeskAdmin

# The <style> that the editor (Tiptap) adds once; its hash is allowed on this form alone.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"
ACT_BUTTONS = ("publish", "schedule", "pull_back", "unpublish")


class BylineInline(ByName, admin.TabularInline):
    """Rows of the byline. They show the snapshot and are written with it; none of them is a live row."""

    model = Byline
    form = BylineForm
    autocomplete_fields = ["author"]
    verbose_name = "name over the story"
    verbose_name_plural = "byline"
    max_num = 30

    def get_queryset(self, request):
        return super().get_queryset(request).none()

    def get_extra(self, request, obj=None, **kwargs):
        return len(getattr(obj, "desk_snapshot", {"bylines": ()})["bylines"]) or 1

    def has_change_permission(self, request, obj=None):
        return True  # the story's own right decides

    has_add_permission = has_delete_permission = has_change_permission


@admin.register(Article)
class ArticleAdmin(StoryColumns, DeskAdmin):
    form = ArticleForm
    inlines = [BylineInline]
    raw_id_fields = ["lead_photo"]
    list_filter = LIST_FILTERS
    list_per_page = 50
    paginator = BoundedPaginator
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["headline"]
    search_help_text = "Words of the headline, the dek or the text."
    save_on_top = False
    fieldsets = [
        (None, {"fields": ["headline", "headline_from", "summary", "body", "base_version"]}),
        ("Who signs", {"fields": ["byline_decision", "place", "outlet"]}),
        ("Date", {"fields": ["date_known", ("published_day", "published_time")],
                  "description": "A date that nobody knows stays unknown. Times are the outlet’s."}),
        ("Filing", {"fields": ["section", "tags", "story_type", "language"]}),
        ("Photo", {"fields": ["lead_photo", "lead_caption"]}),
        ("For readers who ask", {"fields": ["how_reported", "source_note"]}),
        ("Search and address", {"classes": ["collapse"], "fields": ["search_title", "search_description", "slug"]}),
    ]  # fmt: skip

    class Media:
        js = [Script("newsroom/desk/labels.js", type="module")]

    # --- who may

    def get_queryset(self, request):
        stories = super().get_queryset(request)
        if request.user.has_perm("articles.change_any_article"):
            return stories
        return stories.filter(created_by=request.user)

    def has_change_permission(self, request, obj=None):
        if not super().has_change_permission(request, obj):
            return False
        if obj is None:
            return True
        may = obj.created_by_id == request.user.pk or request.user.has_perm("articles.change_any_article")
        # A form that was opened before the text was locked is let in, so that its words can be given back.
        return may and (obj.status not in editing.LOCKED or request.method == "POST")

    def has_delete_permission(self, request, obj=None):
        return False  # a story is unpublished, withdrawn or spiked; it is never deleted

    # --- the form: filled from a snapshot, saved as a snapshot

    def get_object(self, request, object_id, from_field=None):
        article = super().get_object(request, object_id, from_field)
        if article is not None:
            article.desk_snapshot = snapshots.latest(article)
        return article

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        snapshot = getattr(obj, "desk_snapshot", None)
        site = self.admin_site

        class DeskForm(form):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, snapshot=snapshot, **kwargs)
                if "tags" in self.fields:
                    self.fields["tags"].widget = RelatedFieldWidgetWrapper(
                        tags_widget(site), TagLink._meta.get_field("tag").remote_field, site,
                        can_add_related=request.user.has_perm("articles.add_tag"),
                    )  # fmt: skip
                    self.fields["tags"].widget.choices = self.fields["tags"].choices

        return DeskForm

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        snapshot = getattr(obj, "desk_snapshot", None)
        if snapshot and request.method != "POST":
            authors = snapshots.authors_by_slug(snapshot)
            kwargs["initial"] = [row | {"author": authors.get(row["author"])} for row in snapshot["bylines"]]
        return kwargs

    def save_model(self, request, obj, form, change):
        """Nothing: `save_related` has the whole story."""

    def save_related(self, request, form, formsets, change):
        rows = [row.row() for formset in formsets for row in formset.forms if self.counts(formset, row)]
        snapshot = form.snapshot(rows)
        if not change:
            made = editing.create(snapshot, by=request.user)
            form.instance.pk, form.instance.version = made.pk, made.version
            form.instance.headline = made.headline
            request.saved = editing.Saved(made, is_working_copy=False)
            return
        request.typed = snapshot
        try:
            request.saved = editing.save(
                form.instance, snapshot, version=form.cleaned_data["base_version"] or 0, by=request.user
            )
        except editing.TextLocked as locked:
            request.saved = editing.Stale(form.instance.revisions.order_by("-version").first(), why=str(locked))

    @staticmethod
    def counts(formset, row):
        return row.has_changed() and row not in formset.deleted_forms

    def construct_change_message(self, request, form, formsets, add=False):
        return ""

    def log_addition(self, request, obj, message):
        """The logbook and the revisions say it; Django's own log would say it a second time."""

    log_change = log_addition

    # --- afterwards

    def response_add(self, request, obj, post_url_continue=None):
        return self.after_save(request, obj)

    def response_change(self, request, obj):
        if isinstance(request.saved, editing.Stale):
            return self.stale(request, obj)
        return self.after_save(request, obj)

    def after_save(self, request, obj):
        for act in ACT_BUTTONS:
            if f"_{act}" in request.POST:
                return HttpResponseRedirect(reverse("admin:articles_article_act", args=[quote(obj.pk), act]))
        saved = request.saved
        if not saved.changed:
            text = "“{}” had no changes; nothing new was saved."
        elif saved.is_working_copy:
            text = "A working copy of “{}” is saved. Readers go on seeing the published version."
        else:
            text = "“{}” is saved. Readers do not see it."
        self.message_user(request, format_html(text, obj), messages.SUCCESS)
        name = "changelist" if "_list" in request.POST else "change"
        args = [] if name == "changelist" else [quote(obj.pk)]
        return HttpResponseRedirect(reverse(f"admin:articles_article_{name}", args=args))

    def stale(self, request, obj):
        """409: somebody saved first. What was typed is printed whole, so that no word is lost."""
        context = {
            **self.admin_site.each_context(request), "title": "Somebody else saved this story first",
            "article": obj, "theirs": request.saved.theirs, "why": request.saved.why,
            "typed": request.typed, "opts": self.opts,
        }  # fmt: skip
        return TemplateResponse(request, "admin/articles/article/stale.html", context, status=409)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        editable = self.has_change_permission(request, obj) if change else self.has_add_permission(request)
        context |= {
            "show_save": False, "show_save_and_continue": False, "show_save_and_add_another": False,
            "show_delete_link": False, "show_desk_save": editable,
            "story": obj,
            "acts": [(act, workflow.MOVES[act].verb.capitalize()) for act in ACT_BUTTONS
                     if (workflow.may(obj, act, request.user) if obj else
                         act in ("publish", "schedule") and request.user.has_perm(workflow.MOVES[act].right))],
            "missing": obj.missing_to_go_live() if obj and obj.status in editing.FOLLOWS_THE_DESK else [],
            "import_record": getattr(obj, "import_record", None) if obj else None,
            "media": Media.from_media(context["media"], nonce=request.csp_nonce),
        }  # fmt: skip
        return super().render_change_form(request, context, add, change, form_url, obj)

    @method_decorator(csp_update({"script-src": [NONCE], "style-src": [EDITOR_STYLE]}))
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        return super().changeform_view(request, object_id, form_url, extra_context)

    view_on_site = True

    def get_view_on_site_url(self, obj=None):
        return obj.get_absolute_url() if obj is not None and obj.is_live else None

    def get_urls(self):
        act = path(
            "<path:object_id>/act/<slug:act>/",
            self.admin_site.admin_view(self.act_view),
            name="articles_article_act",
        )
        return [act, *super().get_urls()]

    def act_view(self, request, object_id, act):
        article = self.get_object(request, object_id)
        if article is None or act not in ACT_BUTTONS or not self.has_view_or_change_permission(request, article):
            raise Http404("There is no such story or act.")
        return act_view(self, request, article, act)
