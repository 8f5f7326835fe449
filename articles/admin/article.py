"""The story on the desk: its rights, its addresses, and the parts its screens are made of."""

from typing import cast

from csp.constants import NONCE
from csp.decorators import csp_update
from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect
from js_asset import Media, Script

from articles.admin import (
    bulk_actions,
    conflict,
    history,
    lists,
    preview,
    story_form,
    transition_views,
    unsaved,
)
from articles.admin.screen import Screen
from articles.admin.story_form import BylineInline
from articles.forms.story import EDITOR_STYLE, ArticleForm
from articles.models import Article
from articles.story.rights import may_type, may_write
from authors.models import account_of
from newsroom.foundation.desk import DeskAdmin, is_key


def is_choosing(request) -> bool:
    """Whether a box that searches while one types asks, not a list or a form of stories."""
    return bool(request.resolver_match) and request.resolver_match.url_name == "autocomplete"


@admin.register(Article)
class ArticleAdmin(DeskAdmin):
    form = ArticleForm
    inlines = [BylineInline]
    raw_id_fields = ["lead_photo"]
    autocomplete_fields = ["event", "series", "translation_of"]
    list_display = lists.COLUMNS
    list_display_links = [lists.headline_and_section]
    list_select_related = ["section", "saved_by", "lead_photo"]
    list_filter = lists.LIST_FILTERS
    filters = lists.OWN_PARAMETERS
    ordering = ["-saved_at", "-pk"]
    list_per_page = 50
    paginator = lists.BoundedPaginator
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["headline"]
    search_help_text = "Words of the headline, the dek or the text."
    save_on_top = False
    view_on_site = True  # pyright: ignore[reportAssignmentType] - Django takes a function or a word
    fieldsets = [
        (None, {"fields": ["headline", "headline_from", "summary", "body", "base_version", "key"]}),
        ("Who signs", {"fields": ["byline_decision", "dateline", "source_outlet"]}),
        ("Photo", {"fields": ["lead_photo", "lead_caption"]}),
        ("Filing", {"fields": ["section", "tags", "story_type", "language", "translation_of"]}),
        (
            "Date",
            {
                "fields": ["date_known", ("published_day", "published_time")],
                "description": "A date that nobody knows stays unknown. Times are the outlet’s.",
            },
        ),
        ("For readers who ask", {"fields": ["how_reported", "source_note"]}),
        ("What it belongs to", {"fields": ["event", ("series", "series_part"), "related"]}),
        (
            "Search and address",
            {"classes": ["collapse"], "fields": ["search_title", "search_description", "slug"]},
        ),
    ]

    class Media:
        js = [
            Script(f"{name}.js", type="module")
            for name in (
                "newsroom/desk/labels",
                "articles/desk/not_chosen",
                "articles/desk/autosave",
                "articles/desk/length",
                "articles/desk/photo_field",
                "articles/desk/preview",
                "articles/desk/keys",
            )
        ]

    # --- who may

    def get_queryset(self, request):
        stories = super().get_queryset(request)
        # Whoever may only change their own still links to whatever readers can see.
        return (
            stories.named_to(request.user)
            if is_choosing(request)
            else stories.open_to(request.user)
        )

    def get_ordering(self, request):
        """Not by the last save where one chooses: a working copy of somebody else's story would move it up."""
        return ["-pk"] if is_choosing(request) else super().get_ordering(request)

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return super().has_change_permission(request)
        # A form that was opened before the text was closed to its writer is let in, so that its words are kept.
        may = may_type if request.method == "POST" else may_write
        return may(account_of(request), obj)

    def has_delete_permission(self, request, obj=None):
        return False  # a story is unpublished, withdrawn or spiked; it is never deleted

    def get_view_on_site_url(self, obj=None):
        return obj.get_absolute_url() if obj is not None and obj.is_live else None

    # --- the list

    def changelist_view(self, request, extra_context=None):
        context = {"tabs": lists.tabs_for(request), **(extra_context or {})}
        return super().changelist_view(request, context)

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        changelist.result_list = lists.with_columns(changelist.result_list)
        return changelist

    def get_search_results(self, request, queryset, search_term):
        return lists.found_by(search_term, queryset), False

    def get_actions(self, request, action_location=None):
        """`action_location`: from Django 6.1 on, the list or the form of one story, which has acts of its own."""
        is_list = action_location is None or action_location.name == "CHANGE_LIST"
        if "_popup" in request.GET or not is_list:
            return {}
        return bulk_actions.offered_to(request.user)

    def response_action(self, request, queryset, action_location=None):
        if not all(is_key(key) for key in request.POST.getlist("_selected_action")):
            # No box of the list says such a thing.
            return HttpResponseRedirect(request.get_full_path())
        where = {} if action_location is None else {"action_location": action_location}
        return super().response_action(request, queryset, **where)

    # --- addresses

    def get_urls(self):
        def at(route, view, name):
            return path(route, self.admin_site.admin_view(view), name=f"articles_article_{name}")

        return [
            at("add/autosave/", unsaved.autosave_new, "autosave_new"),
            at("add/preview/", preview.new_story, "preview_new"),
            at("add/discard/", unsaved.discard_new, "discard_new"),
            at("token/", unsaved.token, "token"),
            at("together/<slug:action>/", bulk_actions.together, "together"),
            at("<path:object_id>/act/<slug:act>/", transition_views.step, "act"),
            at("<path:object_id>/agree/<int:record_id>/", transition_views.agree, "agree"),
            at("<path:object_id>/take/", transition_views.take, "take"),
            at("<path:object_id>/autosave/", unsaved.autosave, "autosave"),
            at("<path:object_id>/here/", unsaved.here, "here"),
            at("<path:object_id>/discard/", unsaved.discard, "discard"),
            at("<path:object_id>/unsaved/", unsaved.compare, "compare_unsaved"),
            at("<path:object_id>/preview/", preview.story, "preview"),
            at("<path:object_id>/share/", preview.share, "share"),
            at("<path:object_id>/share/<int:link_id>/revoke/", preview.revoke, "revoke"),
            at("<path:object_id>/compare/", history.compare, "compare"),
            at("<path:object_id>/seen/", history.seen, "seen"),
            at("<path:object_id>/merge/<int:revision_id>/", conflict.merge, "merge"),
            at(
                "<path:object_id>/restore/<int:revision_id>/",
                history.restore_version,
                "restore_version",
            ),
            *super().get_urls(),
        ]

    def history_view(self, request, object_id, extra_context=None):
        return history.versions(request, object_id)

    # --- the form: it shows a snapshot and is stored as one, and writes no row itself

    def get_form(self, request, obj=None, change=False, **kwargs):
        request.open_form = story_form.open_form(request, obj)
        base = cast(type[ArticleForm], super().get_form(request, obj, change=change, **kwargs))
        return story_form.desk_form(base, request, request.open_form)

    def get_changeform_initial_data(self, request):
        """No story is named by an address that somebody made up."""
        initial = super().get_changeform_initial_data(request)
        return {
            name: value
            for name, value in initial.items()
            if name not in ("related", "translation_of")
        }

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if request.method == "POST":
            return kwargs
        return kwargs | {"initial": request.open_form.rows}

    def save_model(self, request, obj, form, change):
        """Nothing: `save_related` has the whole story."""

    def save_related(self, request, form, formsets, change):
        opened = request.open_form
        opened.began_at = timezone.now()
        opened.saved = story_form.save(
            cast(ArticleForm, form),
            story_form.rows_sent(formsets),
            is_new=not change,
            by=account_of(request),
        )

    def construct_change_message(self, request, form, formsets, add=False):
        return ""

    def log_addition(self, request, obj, message):
        """The logbook and the revisions say it; Django's own log would say it a second time."""

    log_change = log_addition  # pyright: ignore[reportAssignmentType] - the third name differs, and nobody uses it

    def response_add(self, request, obj, post_url_continue=None):
        return self.response_change(request, obj)

    def response_change(self, request, obj):
        return story_form.answer(Screen(request, obj), request.open_form)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        opened, form = request.open_form, context["adminform"].form
        editable = may_write(account_of(request), obj) if obj else self.has_add_permission(request)
        if change and not self.has_change_permission(request, obj):
            context = {**context, "read_only": True, **story_form.as_it_stands(opened.snapshot)}
        page = story_form.page_context(request, obj, opened, form, editable=editable)
        media = Media.from_media(context["media"], nonce=request.csp_nonce)
        context = {**context, **page, "media": media}
        return super().render_change_form(request, context, add, change, form_url, obj)

    @method_decorator(csrf_protect)
    @method_decorator(csp_update({"script-src": [NONCE], "style-src": [EDITOR_STYLE]}))
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        return super().changeform_view(request, object_id, form_url, extra_context)
