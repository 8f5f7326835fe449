"""The page between a button and its act: one sentence saying what will happen, then one button that does it. Beside it
two acts without a page: taking a story in review, and the answer to a retraction."""

import zoneinfo
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from articles import workflow
from articles.admin.screen import Screen, story_screen
from articles.forms.transitions import STEPS, form_for
from articles.front_page import curation
from articles.models import Act
from articles.models.gate import this_moment
from articles.models.logbook import Tried
from articles.story import comparison, corrections, snapshots
from authors.models import User
from newsroom.foundation.local_time import zone_name

DONE = {  # what became of the story
    Act.SUBMIT: "is in review now.",
    Act.RETURN_TO_WRITER: "is a draft again, with your note for the writer.",
    Act.PULL_BACK: "is in review again.",
    Act.UNPUBLISH: "is a draft again.",
    Act.RESTORE: "is a draft again.",
    Act.SPIKE: "is spiked: put aside, with its text locked.",
    Act.REVIVE: "is a draft again.",
}
# steps that show what readers will meet
FOR_READERS = (Act.PUBLISH, Act.SCHEDULE, Act.PUT_LIVE, Act.CORRECT)


@story_screen()
def step(screen: Screen, act: str) -> HttpResponseBase:
    """GET shows the step; POST acts and goes back to the story. A refusal is shown in words and logged."""
    if act not in STEPS:
        raise Http404("There is no such act.")
    request, article, person = screen.request, screen.article, screen.person
    posted = request.POST if request.method == "POST" else None
    if not workflow.MOVES[act].is_right_of(person, article):
        if posted is not None:
            screen.refuse(act, workflow.Refused("No right to do this."))
        raise PermissionDenied
    form = form_for(article, act)(posted, article=article, person=person)
    refused = ()
    if posted is None:
        refused = in_the_way(article, act, form, by=person)
    elif form.is_valid():
        refused = carry_out(form, article, act, by=person)
        if refused is None:
            screen.say(told(article, act, person))
            return screen.to_form()
    status = 422 if posted is not None and (refused or form.errors) else 200
    return step_page(screen, act, form, refused, status=status)


def step_page(screen, act, form, refused, *, status):
    """The step, with what stands in its way and what readers will meet."""
    article, move = screen.article, workflow.MOVES[act]
    _, _, sentence = STEPS[act]
    context = {
        "title": f"{move.verb.capitalize()} “{article}”",
        "form": form,
        "sentence": getattr(form, "sentence", sentence),
        "verb": move.verb,
        "refused": refused,
        "zone": timezone.get_default_timezone_name(),
        "moved_on": moved_on(form, article),
        "clocks": in_both_zones(this_moment(), screen.person),
        **what_readers_meet(article, act, form),
    }
    return screen.show("act.html", context, status=status)


@require_POST
@story_screen()
def take(screen: Screen) -> HttpResponseBase:
    """ "Take it": colleagues see who reads a story in review."""
    try:
        workflow.take(screen.article, by=screen.person)
    except workflow.Refused as refused:
        screen.refuse(Act.TAKE, refused)
    return screen.to_form()


@require_POST
@story_screen()
def agree(screen: Screen, record_id: int) -> HttpResponseBase:
    """The colleague who is said to agree with a retraction says so, or says no: under their own login, once."""
    article = screen.article
    records = article.corrections.select_related("article", "made_by")
    record = get_object_or_404(records, pk=record_id)
    agrees = screen.request.POST.get("agrees") == "yes"
    try:
        said = corrections.answer(record, by=screen.person, agrees=agrees)
    except workflow.Refused as refused:
        screen.refuse(Tried.AGREE, refused)
    words = "you agreed" if said.agrees else "you did not agree"
    screen.say(
        f"The logbook says that {words}. The retraction of “{article}” is public either way."
    )
    return HttpResponseRedirect(reverse("admin:index"))


def moved_on(form, article) -> bool:
    """Whether the form that was sent is of an older version than the story has now."""
    return (
        form.is_bound
        and "version" in form.fields
        and form["version"].value() != str(article.version)
    )


def carry_out(form, article, act, *, by: User):
    """None when the act is done, else the sentences of the refusal."""
    _, do, _ = STEPS[act]
    try:
        form.do(article, by=by) if do is None else do(article, by=by, **form.options())
    except workflow.Refused as refusal:
        workflow.log_refusal(article, act, by=by, refused=refusal)
        article.refresh_from_db()
        return refusal.reasons
    return None


def in_the_way(article, act, form, *, by: User) -> list[str]:
    """What stands in the way, before anyone presses."""
    if not workflow.may(article, act, by):
        return [workflow.why_not(article, act)]
    return getattr(form, "in_the_way", [])


def what_readers_meet(article, act, form) -> dict:
    """The story as the step shows it: what changes, and how a card and a search result will look."""
    if act not in FOR_READERS:
        return {}
    wanted = snapshots.latest(article)
    context: dict[str, object] = {"wanted": snapshots.fill(type(article)(), wanted)}
    if act in (Act.PUBLISH, Act.SCHEDULE):
        standing = curation.standing_of(article, form.sorted_at())
        context["standing"] = (
            f"If it went live now: {standing}" if standing and act == Act.SCHEDULE else standing
        )
    elif article.has_working_copy:
        shown = snapshots.of_row(article)
        context["fields"] = comparison.field_changes(shown, wanted)
        context["passages"] = comparison.passages(shown["body"], wanted["body"])
    return context


def told(article, act, person: User):
    """What happened, in a sentence with a link to it."""
    if article.is_live:
        seen = format_html(
            '“{}” is live: <a href="{}">see it as readers do</a>.',
            article,
            article.get_absolute_url(),
        )
        if act == Act.PUBLISH and person.has_perm("articles.arrange_page"):
            desk = reverse("admin:articles_arrangement_changelist")
            standing = curation.standing_of(article, article.sort_at)
            return format_html(
                '{} {} <a href="{}">Arrange the front page</a>.', seen, standing, desk
            )
        return seen
    if article.is_scheduled:
        return f"“{article}” goes live on {in_both_zones(article.live_from, person)}."
    if act == Act.WITHDRAW:
        return (
            f"“{article}” is withdrawn. To see the proof: manage.py verify_withdrawal {article.pk}"
        )
    return f"“{article}” {DONE[act]} Readers do not see it."


def in_both_zones(moment: datetime, person: User | None = None) -> str:
    """ "Monday 16 September 2024, 18:00 Tashkent time, 15:00 yours"."""
    here = timezone.get_default_timezone()
    words = f"{date_format(moment.astimezone(here), 'l j F Y, H:i')} {zone_name()}"
    if person is not None and person.time_zone:
        theirs = moment.astimezone(zoneinfo.ZoneInfo(person.time_zone))
        same_day = theirs.date() == moment.astimezone(here).date()
        words += f", {date_format(theirs, 'H:i' if same_day else 'l H:i')} yours"
    return words
