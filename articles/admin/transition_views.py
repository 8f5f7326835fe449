"""The page between a button and its act: one sentence saying what will happen, then one button that does it."""

import zoneinfo

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from articles import workflow
from articles.forms.transitions import STEPS, form_for
from articles.front_page import curation
from articles.models.gate import this_moment
from articles.story import comparison, snapshots
from newsroom.foundation.local_time import zone_name

DONE = {  # what became of the story
    "submit": "is in review now.",
    "return_to_writer": "is a draft again, with your note for the writer.",
    "pull_back": "is in review again.",
    "unpublish": "is a draft again.",
    "restore": "is a draft again.",
    "spike": "is spiked: put aside, with its text locked.",
    "revive": "is a draft again.",
}
FOR_READERS = (
    "publish",
    "schedule",
    "put_live",
    "correct",
)  # steps that show what readers will meet


def act_view(model_admin, request, article, act):
    """GET shows the step; POST acts and goes back to the story. A refusal is shown in words and logged."""
    _, do, sentence = STEPS[act]
    move = workflow.MOVES[act]
    if not move.open_to(request.user, article):
        if request.method == "POST":
            workflow.log_refusal(
                article, act, by=request.user, refused=workflow.Refused("No right to do this.")
            )
            request.refusal_is_logged = True
        raise PermissionDenied
    posted = request.POST if request.method == "POST" else None
    form = form_for(article, act)(posted, article=article, person=request.user)
    refused = ()
    if posted is not None and form.is_valid():
        refused = carry_out(form, do, article, act, by=request.user)
        if refused is None:
            model_admin.message_user(request, told(article, act, request.user), messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
    elif posted is None:
        refused = in_the_way(article, act, form, by=request.user)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"{move.verb.capitalize()} “{article}”",
        "article": article,
        "form": form,
        "sentence": getattr(form, "sentence", sentence),
        "verb": move.verb,
        "refused": refused,
        "opts": model_admin.opts,
        "zone": timezone.get_default_timezone_name(),
        "moved_on": moved_on(form, article),
        "clocks": in_both_zones(this_moment(), request.user),
        **what_readers_meet(article, act, form),
    }
    status = 422 if posted is not None and (refused or form.errors) else 200
    return TemplateResponse(request, "admin/articles/article/act.html", context, status=status)


def moved_on(form, article) -> bool:
    """Whether the form that was sent is of an older version than the story has now."""
    return (
        form.is_bound
        and "version" in form.fields
        and form["version"].value() != str(article.version)
    )


def carry_out(form, do, article, act, *, by):
    """None when the act is done, else the sentences of the refusal."""
    try:
        form.do(article, by=by) if do is None else do(article, by=by, **form.options())
    except workflow.Refused as refusal:
        workflow.log_refusal(article, act, by=by, refused=refusal)
        article.refresh_from_db()
        return refusal.reasons
    return None


def in_the_way(article, act, form, *, by) -> list[str]:
    """What stands in the way, before anyone presses."""
    if not workflow.may(article, act, by):
        return [workflow.why_not(article, act)]
    return getattr(form, "in_the_way", [])


def what_readers_meet(article, act, form) -> dict:
    """The story as the step shows it: what changes, and how a card and a search result will look."""
    if act not in FOR_READERS:
        return {}
    wanted = snapshots.latest(article)
    context = {"wanted": snapshots.fill(type(article)(), wanted)}
    if act in ("publish", "schedule"):
        place = curation.place_of(article, form.sorted_at())
        context["place"] = f"If it went live now: {place}" if place and act == "schedule" else place
    elif article.has_working_copy:
        shown = snapshots.take(article)
        context["fields"] = comparison.field_changes(shown, wanted)
        context["passages"] = comparison.passages(shown["body"], wanted["body"])
    return context


def told(article, act, person):
    """What happened, in a sentence with a link to it."""
    if article.is_live:
        seen = format_html(
            '“{}” is live: <a href="{}">see it as readers do</a>.',
            article,
            article.get_absolute_url(),
        )
        if act == "publish" and person.has_perm("articles.arrange_page"):
            desk = reverse("admin:articles_arrangement_changelist")
            place = curation.place_of(article, article.sort_at)
            return format_html('{} {} <a href="{}">Arrange the front page</a>.', seen, place, desk)
        return seen
    if article.is_scheduled:
        return f"“{article}” goes live on {in_both_zones(article.live_from, person)}."
    if act == "withdraw":
        return (
            f"“{article}” is withdrawn. To see the proof: manage.py verify_withdrawal {article.pk}"
        )
    return f"“{article}” {DONE[act]} Readers do not see it."


def in_both_zones(moment, person=None) -> str:
    """ "Monday 16 September 2024, 18:00 Tashkent time, 15:00 yours"."""
    here = timezone.get_default_timezone()
    words = f"{date_format(moment.astimezone(here), 'l j F Y, H:i')} {zone_name()}"
    if person is not None and person.time_zone:
        theirs = moment.astimezone(zoneinfo.ZoneInfo(person.time_zone))
        same_day = theirs.date() == moment.astimezone(here).date()
        words += f", {date_format(theirs, 'H:i' if same_day else 'l H:i')} yours"
    return words
