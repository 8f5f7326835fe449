"""The story's form: filled from a snapshot, saved as a snapshot. It writes nothing itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.utils import quote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html

from articles import workflow
from articles.admin.conflict import stale_response
from articles.admin.panel import panel_for
from articles.admin.screen import Screen
from articles.forms.fields import limit_stories, stories_widget, tags_widget
from articles.forms.story import ArticleForm, BylineForm
from articles.forms.transitions import STEPS
from articles.models import Act, Article, Byline, TagLink, UnsavedWork
from articles.pictures.thumbnails import desk_folder
from articles.reading import rendering
from articles.story import comparison, editing, fields, snapshots, unsaved
from articles.story.fields import Snapshot
from articles.story.rights import may_write
from articles.text.taken_out import taken_out
from authors.models import User, account_of
from newsroom.foundation.desk import ByName
from newsroom.foundation.text import line

# Fields whose box searches while one types, and what was typed into it and chosen from no list: in a field beside it.
SEARCHED = {
    "tags": ("tags_typed", "Tags", "articles.add_tag"),
    "related": ("related_typed", "Related stories", ""),
}
SOME_TOO_MANY = 20  # rows that are shown beyond the most, so that they can be taken out
LONGEST_TYPED = 200  # characters that are said again
FIRST_ACTS = (Act.SUBMIT, Act.PUBLISH, Act.SCHEDULE, Act.PUT_LIVE)  # the others stand under "More"


@dataclass
class OpenForm:
    """The story's form during one request, from what it shows to what became of it.

    Django makes the form, the rows of the byline and the page round them in hooks that share nothing but the request,
    and it answers a save in another hook than the one that saves. So this is the one thing of a story that travels on
    the request, as `request.open_form`: `get_form`, which Django asks first, puts it there, `save_related` sets its
    last two values; BylineInline, `get_formset_kwargs`, `render_change_form` and `response_change` read it.
    """

    snapshot: Snapshot | None  # what the form shows; None while the story is not there yet
    work: UnsavedWork | None  # what lies over it: unsaved work that was asked for
    rows: list[dict]  # of the byline, as the form opens with them
    began_at: datetime | None = None  # when the save began
    saved: editing.Saved | editing.Stale | None = None


def open_form(request: HttpRequest, article: Article | None) -> OpenForm:
    snapshot = snapshots.latest(article) if article else None
    work = None
    if request.method == "GET" and "unsaved" in request.GET:
        work = unsaved.one_of(account_of(request), request.GET["unsaved"], article)
    return OpenForm(snapshot, work, rows_of(snapshot, work))


def rows_of(snapshot: Snapshot | None, work: UnsavedWork | None) -> list[dict]:
    if work:
        return unsaved.byline_rows_of(work)
    if not snapshot:
        return []
    authors = snapshots.authors_by_slug(snapshot)
    return [row | {"author": authors.get(row["author"])} for row in snapshot["bylines"]]


class BylineInline(ByName, admin.TabularInline):
    """Rows of the byline. They show the snapshot and are written with it; none of them is a live row."""

    model = Byline
    form = BylineForm
    autocomplete_fields = ["author"]
    verbose_name = "name over the story"
    verbose_name_plural = "byline"
    max_num: int = 30  # or as many as the story has

    def get_max_num(self, request, obj=None, **kwargs):
        return max(self.max_num, len(request.open_form.rows))

    def get_formset(self, request, obj=None, **kwargs):
        # Django builds a row for each that a form claims to have, a thousand of them at the most.
        most = self.get_max_num(request, obj) + SOME_TOO_MANY
        limits = {"validate_max": True, "absolute_max": most}
        return super().get_formset(request, obj, **kwargs | limits)

    def get_queryset(self, request):
        return super().get_queryset(request).none()

    def get_extra(self, request, obj=None, **kwargs):
        return len(request.open_form.rows) or 1

    def has_change_permission(self, request, obj=None):
        return True  # the story's own right decides

    has_add_permission = has_delete_permission = has_change_permission


def typed_and_not_chosen(sent, name: str) -> str:
    """What stands in the search box of a field: words that chose nothing."""
    return line(sent.get(SEARCHED[name][0], ""))[:LONGEST_TYPED]


def said_of_what_was_not_chosen(sent, person: User):
    """A sentence for each box with such words, which no save stores."""
    for name, (_, label, right) in SEARCHED.items():
        if words := typed_and_not_chosen(sent, name):
            way = " or make it there with ＋" if right and person.has_perm(right) else ""
            yield f"“{words}” is not stored: it was typed under {label} and not chosen. Choose it from the list{way}."


def as_it_stands(snapshot: Snapshot) -> dict:
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


def rows_sent(formsets: Any) -> list[dict]:
    """The byline as the form sent it."""
    return [
        row.row()
        for formset in formsets
        for row in formset.forms
        if row.has_changed() and row not in formset.deleted_forms
    ]


def desk_form(base: type[ArticleForm], request: HttpRequest, opened: OpenForm) -> type[ArticleForm]:
    """The form that Django made for the admin, with what it shows and whom it may name to this person."""
    person, visible = account_of(request), Article.objects.named_to(account_of(request))

    class DeskForm(base):
        def __init__(self, *args, **kwargs):
            if opened.work:
                initial = kwargs.get("initial") or {}
                kwargs["initial"] = initial | unsaved.initial_of(opened.work)
            super().__init__(*args, snapshot=opened.snapshot, **kwargs)
            set_boxes(self.fields, person)
            limit_stories(self.fields, visible, opened.snapshot or snapshots.blank())
            keep_typed(self.fields, request.POST or request.GET)

    return DeskForm


def set_boxes(form_fields, person: User) -> None:
    """The boxes that search while one types."""
    if tags := form_fields.get("tags"):
        tags.widget = RelatedFieldWidgetWrapper(
            tags_widget(admin.site),
            TagLink._meta.get_field("tag").remote_field,  # pyright: ignore[reportArgumentType] - of a foreign key
            admin.site,
            can_add_related=person.has_perm("articles.add_tag"),
        )
        tags.widget.choices = tags.choices
    if related := form_fields.get("related"):
        related.widget = stories_widget(admin.site)


def keep_typed(form_fields, sent) -> None:
    """Words that were typed into such a box and chose nothing stand in it again."""
    for name in SEARCHED:
        words = typed_and_not_chosen(sent, name)
        if name in form_fields and words:
            widget = form_fields[name].widget
            getattr(widget, "widget", widget).attrs["data-typed"] = words


# --- saving


def save(
    form: ArticleForm, rows: list[dict], *, is_new: bool, by: User
) -> editing.Saved | editing.Stale:
    """Store what the form says, with these rows of the byline. A new story's row gets its key here."""
    snapshot = form.snapshot(rows)
    if not is_new:
        version = form.cleaned_data["base_version"] or 0
        return save_or_set_aside(form.instance, snapshot, version=version, by=by)
    saved = create_once(snapshot, form.cleaned_data.get("key"), by=by)
    made = saved.theirs.article if isinstance(saved, editing.Stale) else saved.article
    row = form.instance
    row.pk, row.version, row.headline = made.pk, made.version, made.headline
    return saved


def save_or_set_aside(article, snapshot, *, version, by: User):
    """A text whose writer may no longer change the story (it was published meanwhile) is kept all the same."""
    if article.status in editing.LOCKED or may_write(by, article):
        return editing.save(article, snapshot, version=version, by=by)
    snapshot = snapshots.get_ready(snapshot)
    why = f"“{article}” was published while you were writing; an editor puts changes of it live."
    with transaction.atomic():
        story = Article.objects.select_for_update().get(pk=article.pk)
        return editing.set_aside(story, snapshot, version=version, by=by, why=why)


def create_once(snapshot, key, *, by: User):
    """A new draft; a form that is sent twice, or that autosave was faster than, saves into the one it made."""
    try:
        return editing.Saved(editing.create(snapshot, by=by, uid=key), is_working_copy=False)
    except IntegrityError:
        made = Article.objects.filter(uid=key, created_by=by).first()
        if made is None:
            return editing.Saved(editing.create(snapshot, by=by), is_working_copy=False)
        return editing.save(made, snapshot, version=1, by=by)


# --- afterwards


def answer(screen: Screen, opened: OpenForm) -> HttpResponseBase:
    """Where a save leads: to the two texts when somebody saved first, to an act's step, or back."""
    request, article = screen.request, screen.article
    # The words are in a revision now, on the line or beside it; those of other forms stay.
    key = unsaved.key_in(unsaved.fields_of(request.POST)) or unsaved.fallback_key(article.pk)
    turn = request.POST.get("turn", "")
    unsaved.settle(screen.person, key, article, turn=turn, since=opened.began_at)
    if isinstance(opened.saved, editing.Stale):
        article.refresh_from_db()
        return stale_response(screen, opened.saved)
    for said in taken_out(request.POST.get("body", "")):
        screen.say(said, messages.WARNING)
    for said in said_of_what_was_not_chosen(request.POST, screen.person):
        screen.say(said, messages.WARNING)
    for act in STEPS:
        if f"_{act}" in request.POST:
            address = reverse("admin:articles_article_act", args=[quote(article.pk), act])
            return HttpResponseRedirect(address)
    assert opened.saved  # `save_related` went before
    screen.say(format_html(sentence_for(opened.saved), article))
    return HttpResponseRedirect(address_after(screen))


def sentence_for(saved: editing.Saved) -> str:
    if not saved.changed:
        return "“{}” is saved: all that you typed was in it already."
    if saved.is_working_copy:
        return "A working copy of “{}” is saved. Readers go on seeing the published version."
    return "“{}” is saved. Readers do not see it."


def address_after(screen: Screen) -> str:
    """The list, or the form again with what was typed into its boxes and not chosen."""
    sent = screen.request.POST
    if "_list" in sent:
        return reverse("admin:articles_article_changelist")
    typed = {SEARCHED[each][0]: typed_and_not_chosen(sent, each) for each in SEARCHED}
    again = urlencode({each: words for each, words in typed.items() if words})
    return f"{screen.form_address}?{again}" if again else screen.form_address


# --- the page round the form


def page_context(
    request: HttpRequest,
    article: Article | None,
    opened: OpenForm,
    form: ArticleForm,
    *,
    editable: bool,
) -> dict:
    """What the page prints beside Django's own. `editable`: whether the form can be saved."""
    person = account_of(request)
    acts = [act for act in STEPS if is_offered(act, article, person)]
    named = [(act, workflow.MOVES[act].verb.capitalize()) for act in acts]
    key = form["key"].value()
    return {
        "show_save": False,
        "show_save_and_continue": False,
        "show_save_and_add_another": False,
        "show_delete_link": False,
        "show_desk_save": editable,
        "story": article,
        "may_be_taken": editable and article is not None and may_be_taken(article, person),
        "acts": [(act, verb) for act, verb in named if act in FIRST_ACTS],
        "more_acts": [(act, verb) for act, verb in named if act not in FIRST_ACTS],
        **panel_for(person, article, opened, editable=editable, key=key),
    }


def may_be_taken(article: Article, person: User) -> bool:
    """Whether this person may show colleagues that they read it now, and has not yet."""
    return (
        article.status == Article.Status.IN_REVIEW
        and person.has_perm("articles.return_article")
        and article.taken_by != person
    )


def is_offered(act: str, article: Article | None, person: User) -> bool:
    if article is not None:
        return workflow.may(article, act, person)
    return act in (Act.SUBMIT, Act.PUBLISH, Act.SCHEDULE) and person.has_perm(
        workflow.MOVES[act].right
    )
