"""Acts on many stories at once: a page that says what will happen, then a line for each story saying what did."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from articles import copydesk, workflow
from articles.forms.transitions import SubmitForm, WhenForm, WhyForm, may_be_dated
from articles.models import Act, Article, Section, Tag
from articles.models.logbook import Tried
from articles.models.tag import MOST_TAGS
from articles.story import editing, snapshots, supplied
from articles.story.rights import may_write
from articles.story.supplied import StoryDate
from authors.models import User, account_of
from newsroom.foundation.desk import LoggedRefusal, desk_page, is_key, whole_number

MOST = 50  # stories in one go


class TagForm(forms.Form):
    tag = forms.ModelChoiceField(Tag.objects.alphabetical(), label="Tag")


class SectionForm(forms.Form):
    section = forms.ModelChoiceField(Section.objects.in_order(), label="Section")


class NoteOnlyForm(forms.Form):
    note = SubmitForm.base_fields["note"]


class ReasonForm(forms.Form):
    why = WhyForm.base_fields["why"]


def date_of_those_without() -> forms.BooleanField:
    return forms.BooleanField(
        required=False,
        initial=True,
        label=f"{StoryDate.THIS_ACT.label}, if it has none",
        help_text="Of the stories that were begun at the desk. What an import left open stays a question of its own.",
    )


def date_of_those_seen_before() -> forms.BooleanField:
    return forms.BooleanField(
        required=False,
        label=f"{StoryDate.AS_BEFORE.label}, if it has none now",
        help_text="Of the stories that were public before. Unticked, these are dated like the others.",
    )


class GoLiveForm(forms.Form):
    date_it = date_of_those_without()
    date_back = date_of_those_seen_before()


class GoLiveAtForm(WhenForm):
    date_it = date_of_those_without()
    date_back = date_of_those_seen_before()


@dataclass(frozen=True)
class Batch:
    """An act on many stories. `do(article, version, person, data)` returns a sentence or raises `Refused`."""

    label: str
    right: str
    sentence: str
    form: type[forms.Form]
    do: Callable[[Article, int, User, dict], str]


def submit(article, version, person: User, data):
    workflow.submit(article, by=person, **data)
    return "In review now."


def publish(article, version, person: User, data):
    refuse_what_is_elsewhere(article, Act.PUBLISH)
    story_date = date_given(article, data)
    refuse_open_questions(article, is_dated=story_date != StoryDate.KEEP)
    workflow.publish(article, by=person, version=version, story_date=story_date)
    return f"Live now{DATED_WITH[story_date].format('this minute')}."


DATED_WITH = {
    StoryDate.KEEP: "",
    StoryDate.THIS_ACT: ", with {} as its date",
    StoryDate.AS_BEFORE: ", with the date under which readers saw it before",
}


def date_given(article, data) -> StoryDate:
    if not may_be_dated(article):
        return StoryDate.KEEP
    if data["date_back"] and supplied.last_seen_date_of(article):
        return StoryDate.AS_BEFORE
    return StoryDate.THIS_ACT if data["date_it"] else StoryDate.KEEP


def date_to_give_back(article) -> str:
    """The date under which readers saw a story that has none now, in words; "" when there is none to give back."""
    seen = supplied.last_seen_date_of(article) if may_be_dated(article) else ""
    return snapshots.day_or_minute_in_words(seen)


def refuse_what_is_elsewhere(article, act):
    if reason := workflow.why_not(article, act):
        raise workflow.Refused(reason)


def schedule(article, version, person: User, data):
    refuse_what_is_elsewhere(article, Act.SCHEDULE)
    story_date = date_given(article, data)
    refuse_open_questions(article, data["at"], is_dated=story_date != StoryDate.KEEP)
    workflow.schedule(article, by=person, version=version, at=data["at"], story_date=story_date)
    return f"Scheduled{DATED_WITH[story_date].format('that minute')}."


def unpublish(article, version, person: User, data):
    workflow.unpublish(article, by=person, why=data["why"])
    return "A draft again; readers get “not found”."


def refuse_open_questions(article, at=None, *, is_dated):
    if reason := open_questions(article, at, is_dated=is_dated):
        raise workflow.Refused(reason)


def open_questions(article, at=None, *, is_dated) -> str:
    """What one would be asked on the story's own step is not waved through in a batch; "" when nothing is. `is_dated`:
    the act gives the story its date."""
    problems = copydesk.open_problems(snapshots.latest(article), article, at)
    problems = [problem for problem in problems if not (is_dated and problem.field == "date_known")]
    if not problems:
        return ""
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return f"The checks have questions: publish it from its own page. {problems[0].message}{more}"


def rewritten(article, version, person: User, **changes):
    if version < 0:
        raise workflow.Refused("The page did not say which version it showed. Choose it again.")
    saved = editing.save(article, snapshots.latest(article) | changes, version=version, by=person)
    if isinstance(saved, editing.Stale):
        raise workflow.Refused(saved.why or "Somebody saved it meanwhile; nothing was changed.")
    if not saved.changed:
        return "It was so already."
    return (
        "Saved as a working copy; readers see it when somebody puts it live."
        if saved.is_working_copy
        else "Saved."
    )


def add_tag(article, version, person: User, data):
    tags = snapshots.latest(article)["tags"]
    if len(tags) >= MOST_TAGS:
        raise workflow.Refused(f"It has {len(tags)} tags already; {MOST_TAGS} is the most.")
    return rewritten(
        article,
        version,
        person,
        tags=[*tags, *([] if data["tag"].slug in tags else [data["tag"].slug])],
    )


def remove_tag(article, version, person: User, data):
    tags = snapshots.latest(article)["tags"]
    return rewritten(
        article, version, person, tags=[slug for slug in tags if slug != data["tag"].slug]
    )


def change_section(article, version, person: User, data):
    return rewritten(article, version, person, section=data["section"].slug)


WRITE = "articles.change_article"
BATCHES = {
    Act.SUBMIT: Batch(
        "Submit", "articles.submit_article", "These stories go to review.", NoteOnlyForm, submit
    ),
    Act.PUBLISH: Batch(
        "Publish",
        "articles.publish_article",
        "Readers see these stories from the moment you press the button.",
        GoLiveForm,
        publish,
    ),
    Act.SCHEDULE: Batch(
        "Schedule",
        "articles.publish_article",
        "Readers see these stories from the time you choose.",
        GoLiveAtForm,
        schedule,
    ),
    Act.UNPUBLISH: Batch(
        "Unpublish",
        "articles.unpublish_article",
        "Readers get “not found” at the addresses of these stories.",
        ReasonForm,
        unpublish,
    ),
    Tried.ADD_TAG: Batch(
        "Add a tag", WRITE, "These stories get the tag you choose.", TagForm, add_tag
    ),
    Tried.REMOVE_TAG: Batch(
        "Remove a tag", WRITE, "These stories lose the tag you choose.", TagForm, remove_tag
    ),
    Tried.CHANGE_SECTION: Batch(
        "Change the section",
        WRITE,
        "These stories move to the section you choose.",
        SectionForm,
        change_section,
    ),
}


def offered_to(person: User) -> dict:
    """The list's menu of acts, as `ModelAdmin.get_actions` gives it."""
    return {
        name: (choose, name, batch.label)
        for name, batch in BATCHES.items()
        if person.has_perm(batch.right)
    }


@require_POST
def together(request: HttpRequest, action: str) -> HttpResponseBase:
    """With stories and what the batch asks for: does it, one story at a time, and says what happened."""
    batch = BATCHES.get(action)
    if batch is None:
        raise Http404("There is no such act.")
    stories = chosen(request)
    if not request.user.has_perm(batch.right):
        for article in stories:
            refused = workflow.Refused("No right to do this.")
            workflow.log_refusal(article, action, by=account_of(request), refused=refused)
        raise LoggedRefusal if stories else PermissionDenied
    form = batch.form(request.POST)
    if not form.is_valid():
        return confirm(request, action, stories, form)
    results = [one_of_many(request, article, action, form) for article in stories]
    context = {"results": results, "done": sum(ok for _, ok, _ in results)}
    return page(request, action, context)


def chosen(request) -> list[Article]:
    keys = [key for key in request.POST.getlist("_selected_action") if is_key(key)][:MOST]
    stories = Article.objects.open_to(account_of(request))
    return list(stories.filter(pk__in=keys).order_by("-saved_at", "-pk"))


def one_of_many(request, article, action, form):
    """(story, whether it was done, a sentence)."""
    batch = BATCHES[action]
    if batch.right == WRITE and not may_write(account_of(request), article):
        return article, False, "You may not change this story."
    version = whole_number(request.POST.get(f"version_{article.pk}", ""), otherwise=-1)
    try:
        return article, True, batch.do(article, version, account_of(request), form.cleaned_data)
    except workflow.Refused as refused:
        workflow.log_refusal(article, action, by=account_of(request), refused=refused)
        return article, False, str(refused)


def choose(model_admin, request, queryset):
    """What the list's own action menu leads to: the page that asks. Nothing is done yet."""
    action = request.POST["action"]
    stories = queryset[: MOST + 1]
    if len(stories) > MOST:
        messages.warning(request, f"Only the first {MOST} stories are taken in one go.")
    return confirm(request, action, list(stories[:MOST]), BATCHES[action].form())


def confirm(request, action, stories, form):
    """The page that asks: which stories the act will be done to, and which are left out and why."""
    reasons = [(story, left_out(account_of(request), action, story)) for story in stories]
    open_to_act = [story for story, why in reasons if not why]
    seen_before = {}
    if "date_back" in form.fields:
        seen_before = {story: date_to_give_back(story) for story in open_to_act}
        if not any(seen_before.values()):
            del form.fields["date_back"]
    context = {
        "stories": [(story, seen_before.get(story, "")) for story in open_to_act],
        "left_out": [pair for pair in reasons if pair[1]],
        "form": form,
    }
    return page(request, action, context | {"left_out_count": len(context["left_out"])})


def left_out(person: User, action, article) -> str:
    """Why the act cannot be done to this story as it is, in an editor's words; "" when it can."""
    if action not in workflow.MOVES:
        return "" if may_write(person, article) else "You may not change this story."
    if not workflow.MOVES[action].is_right_of(person, article):
        return "You may not do this to it."
    reason = workflow.why_not(article, action)
    if reason or action not in (Act.PUBLISH, Act.SCHEDULE):
        return reason
    wanted = snapshots.latest(article)
    is_dated = may_be_dated(article)  # as far as the box stays ticked
    filled = snapshots.fill(Article(), wanted)
    filled.date_decided = filled.date_decided or is_dated
    return " ".join(filled.missing_to_go_live(has_names=bool(wanted["bylines"]))) or open_questions(
        article, is_dated=is_dated
    )


def page(request, action, context):
    batch = BATCHES[action]
    context = {"title": batch.label, "batch": batch, "action": action, **context}
    return desk_page(request, "admin/articles/article/together.html", context, model=Article)
