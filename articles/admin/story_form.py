"""The story's form: filled from a snapshot, saved as a snapshot. It writes nothing itself."""

from urllib.parse import urlencode

from csp.constants import NONCE
from csp.decorators import csp_update
from django.contrib import admin, messages
from django.contrib.admin.utils import quote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.views.decorators.csrf import csrf_protect
from js_asset import Media

from articles import workflow
from articles.admin.conflict import stale_response
from articles.admin.panel import panel_for
from articles.admin.screen import Screen, may_write, story_or_404
from articles.forms.fields import limit_stories, stories_widget, tags_widget
from articles.forms.story import EDITOR_STYLE, BylineForm
from articles.forms.transitions import STEPS
from articles.models import Article, Byline, TagLink
from articles.pictures.thumbnails import desk_folder
from articles.reading import rendering
from articles.story import comparison, editing, fields, snapshots, unsaved
from articles.text.taken_out import taken_out
from newsroom.foundation.desk import ByName
from newsroom.foundation.text import line

# Fields whose box searches while one types, and what was typed into it and chosen from no list: in a field beside it.
SEARCHED = {
    "tags": ("tags_typed", "Tags", "articles.add_tag"),
    "related": ("related_typed", "Related stories", ""),
}
LONGEST_TYPED = 200  # characters that are said again
FIRST_ACTS = ("submit", "publish", "schedule", "put_live")  # the others stand under "More"


class BylineInline(ByName, admin.TabularInline):
    """Rows of the byline. They show the snapshot and are written with it; none of them is a live row."""

    model = Byline
    form = BylineForm
    autocomplete_fields = ["author"]
    verbose_name = "name over the story"
    verbose_name_plural = "byline"
    max_num = 30  # or as many as the story has

    def get_max_num(self, request, obj=None, **kwargs):
        return max(self.max_num, len(shown_rows(request, obj)))

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, **kwargs | {"validate_max": True})

    def get_queryset(self, request):
        return super().get_queryset(request).none()

    def get_extra(self, request, obj=None, **kwargs):
        return len(shown_rows(request, obj)) or 1

    def has_change_permission(self, request, obj=None):
        return True  # the story's own right decides

    has_add_permission = has_delete_permission = has_change_permission


def shown_rows(request, obj) -> list[dict]:
    """The byline's rows as the form opens with them, worked out once for a request."""
    if not hasattr(request, "byline_rows"):
        request.byline_rows = work_out_rows(request, obj)
    return request.byline_rows


def work_out_rows(request, obj) -> list[dict]:
    work = getattr(request, "restored_work", None)
    if work:
        return unsaved.byline_rows_of(work)
    snapshot = getattr(obj, "desk_snapshot", None)
    if not snapshot:
        return []
    authors = snapshots.authors_by_slug(snapshot)
    return [row | {"author": authors.get(row["author"])} for row in snapshot["bylines"]]


def typed_and_not_chosen(sent, name: str) -> str:
    """What stands in the search box of a field: words that chose nothing."""
    return line(sent.get(SEARCHED[name][0], ""))[:LONGEST_TYPED]


def said_of_what_was_not_chosen(sent, person):
    """A sentence for each box with such words, which no save stores."""
    for name, (_, label, right) in SEARCHED.items():
        if words := typed_and_not_chosen(sent, name):
            way = " or make it there with ＋" if right and person.has_perm(right) else ""
            yield f"“{words}” is not stored: it was typed under {label} and not chosen. Choose it from the list{way}."


def as_it_stands(snapshot: dict) -> dict:
    """The story for somebody who may look at it and not change it: the text as text, the facts in words."""
    photos = rendering.photos_for(snapshot["body"])
    for photo in photos.values():
        photo.private_folder = desk_folder(photo)
    facts = [
        (label, comparison.in_words(name, snapshot[name]))
        for name, label in fields.compared().items()
    ]
    return {
        "text": rendering.public_text(snapshot["body"], photos),
        "facts": [(label, words) for label, words in facts if words],
    }


def rows_sent(formsets) -> list[dict]:
    """The byline as the form sent it."""
    return [
        row.row()
        for formset in formsets
        for row in formset.forms
        if row.has_changed() and row not in formset.deleted_forms
    ]


class StoryForm:
    """Part of the story's admin."""

    def get_object(self, request, object_id, from_field=None):
        article = super().get_object(request, object_id, from_field)
        if article is not None:
            article.desk_snapshot = snapshots.latest(article)
        return article

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        snapshot = getattr(obj, "desk_snapshot", None)
        work = getattr(request, "restored_work", None)
        site, visible = self.admin_site, Article.objects.named_to(request.user)

        class DeskForm(form):
            def __init__(self, *args, **kwargs):
                if work:
                    kwargs["initial"] = (kwargs.get("initial") or {}) | unsaved.initial_of(work)
                super().__init__(*args, snapshot=snapshot, **kwargs)
                if "tags" in self.fields:
                    self.fields["tags"].widget = RelatedFieldWidgetWrapper(
                        tags_widget(site),
                        TagLink._meta.get_field("tag").remote_field,
                        site,
                        can_add_related=request.user.has_perm("articles.add_tag"),
                    )
                    self.fields["tags"].widget.choices = self.fields["tags"].choices
                if "related" in self.fields:
                    self.fields["related"].widget = stories_widget(site)
                limit_stories(self.fields, visible, snapshot or snapshots.blank())
                for name in SEARCHED:
                    if name in self.fields and (
                        words := typed_and_not_chosen(request.POST or request.GET, name)
                    ):
                        widget = self.fields[name].widget
                        getattr(widget, "widget", widget).attrs["data-typed"] = words

        return DeskForm

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
        if request.method != "POST":
            kwargs["initial"] = shown_rows(request, obj)
        return kwargs

    def save_model(self, request, obj, form, change):
        """Nothing: `save_related` has the whole story."""

    def save_related(self, request, form, formsets, change):
        snapshot = form.snapshot(rows_sent(formsets))
        request.save_began = timezone.now()
        if change:
            version = form.cleaned_data["base_version"] or 0
            request.saved = self.save_or_set_aside(request, form.instance, snapshot, version)
        else:
            request.saved = self.create_once(
                snapshot, form.cleaned_data.get("key"), by=request.user
            )
            made = (
                request.saved.theirs.article
                if isinstance(request.saved, editing.Stale)
                else request.saved.article
            )
            form.instance.pk, form.instance.version, form.instance.headline = (
                made.pk,
                made.version,
                made.headline,
            )

    @staticmethod
    def key_of(request, pk):
        return unsaved.key_in(unsaved.fields_of(request.POST), otherwise=unsaved.fallback_key(pk))

    def save_or_set_aside(self, request, article, snapshot, version):
        """A text whose writer may no longer change the story (it was published meanwhile) is kept all the same."""
        if article.status in editing.LOCKED or may_write(request.user, article):
            return editing.save(article, snapshot, version=version, by=request.user)
        snapshot = snapshots.get_ready(snapshot)
        why = (
            f"“{article}” was published while you were writing; an editor puts changes of it live."
        )
        with transaction.atomic():
            story = Article.objects.select_for_update().get(pk=article.pk)
            return editing.set_aside(story, snapshot, version=version, by=request.user, why=why)

    @staticmethod
    def create_once(snapshot, key, *, by):
        """A new draft; a form that is sent twice, or that autosave was faster than, saves into the one it made."""
        try:
            return editing.Saved(editing.create(snapshot, by=by, uid=key), is_working_copy=False)
        except IntegrityError:
            made = Article.objects.filter(uid=key, created_by=by).first()
            if made is None:
                return editing.Saved(editing.create(snapshot, by=by), is_working_copy=False)
            return editing.save(made, snapshot, version=1, by=by)

    def construct_change_message(self, request, form, formsets, add=False):
        return ""

    def log_addition(self, request, obj, message):
        """The logbook and the revisions say it; Django's own log would say it a second time."""

    log_change = log_addition

    # --- afterwards

    def response_add(self, request, obj, post_url_continue=None):
        return self.response_change(request, obj)

    def response_change(self, request, obj):
        # The words are in a revision now, on the line or beside it; those of other forms stay.
        key, turn = self.key_of(request, obj.pk), request.POST.get("turn", "")
        unsaved.settle(request.user, key, obj, turn=turn, since=request.save_began)
        if isinstance(request.saved, editing.Stale):
            obj.refresh_from_db()
            return stale_response(Screen(request, obj), request.saved)
        return self.after_save(request, obj)

    def after_save(self, request, obj):
        for said in taken_out(request.POST.get("body", "")):
            self.message_user(request, said, messages.WARNING)
        for said in said_of_what_was_not_chosen(request.POST, request.user):
            self.message_user(request, said, messages.WARNING)
        for act in STEPS:
            if f"_{act}" in request.POST:
                return HttpResponseRedirect(
                    reverse("admin:articles_article_act", args=[quote(obj.pk), act])
                )
        saved = request.saved
        if not saved.changed:
            text = "“{}” is saved: all that you typed was in it already."
        elif saved.is_working_copy:
            text = "A working copy of “{}” is saved. Readers go on seeing the published version."
        else:
            text = "“{}” is saved. Readers do not see it."
        self.message_user(request, format_html(text, obj), messages.SUCCESS)
        name = "changelist" if "_list" in request.POST else "change"
        args = [] if name == "changelist" else [quote(obj.pk)]
        address = reverse(f"admin:articles_article_{name}", args=args)
        typed = {SEARCHED[each][0]: typed_and_not_chosen(request.POST, each) for each in SEARCHED}
        again = urlencode({each: words for each, words in typed.items() if words and args})
        return HttpResponseRedirect(f"{address}?{again}" if again else address)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        editable = may_write(request.user, obj) if change else self.has_add_permission(request)
        if change and not self.has_change_permission(request, obj):
            context |= {"read_only": True, **as_it_stands(obj.desk_snapshot)}
        acts = [act for act in STEPS if self.is_offered(act, obj, request.user)]
        context |= {
            "show_save": False,
            "show_save_and_continue": False,
            "show_save_and_add_another": False,
            "show_delete_link": False,
            "show_desk_save": editable,
            "story": obj,
            "acts": [
                (act, workflow.MOVES[act].verb.capitalize()) for act in acts if act in FIRST_ACTS
            ],
            "more_acts": [
                (act, workflow.MOVES[act].verb.capitalize())
                for act in acts
                if act not in FIRST_ACTS
            ],
            "media": Media.from_media(context["media"], nonce=request.csp_nonce),
            **panel_for(
                request, obj, editable=editable, key=context["adminform"].form["key"].value()
            ),
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    @staticmethod
    def is_offered(act, obj, person) -> bool:
        if obj is not None:
            return workflow.may(obj, act, person)
        return act in ("submit", "publish", "schedule") and person.has_perm(
            workflow.MOVES[act].right
        )

    @method_decorator(csrf_protect)
    @method_decorator(csp_update({"script-src": [NONCE], "style-src": [EDITOR_STYLE]}))
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "GET" and "unsaved" in request.GET:
            article = story_or_404(request.user, object_id) if object_id else None
            request.restored_work = unsaved.one_of(request.user, request.GET["unsaved"], article)
        return super().changeform_view(request, object_id, form_url, extra_context)
