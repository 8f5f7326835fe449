"""The page between a button and its act: one sentence saying what will happen, then one button that does it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from articles import workflow
from articles.forms import wall_time


class ActForm(forms.Form):
    """What an act asks for: nothing, unless it says more. `options()` are the act's keyword arguments."""

    def __init__(self, *args, article, **kwargs):
        super().__init__(*args, **kwargs)

    def options(self):
        return {}


class PublishForm(ActForm):
    """For the desk's own story without a date, the moment of going live is offered; for an import nothing is."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 2)
    date_it = forms.BooleanField(required=False, initial=True, label="Date the story with the moment it goes live")

    def __init__(self, *args, article, **kwargs):
        super().__init__(*args, article=article, initial={"version": article.version}, **kwargs)
        if article.date_decided or article.origin != "desk":
            del self.fields["date_it"]

    def options(self):
        return {"date_it": self.cleaned_data.get("date_it", False), "version": self.cleaned_data["version"]}


class ScheduleForm(PublishForm):
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    clock = forms.TimeField(label="Time", widget=forms.TimeInput(attrs={"type": "time"}))
    field_order = ["day", "clock", "date_it", "version"]

    def clean(self):
        data = super().clean()
        if data.get("day") and data.get("clock"):
            try:
                data["at"] = wall_time(data["day"], data["clock"])
            except ValidationError as error:
                self.add_error("clock", error)
        return data

    def options(self):
        return super().options() | {"at": self.cleaned_data["at"]}


class UnpublishForm(ActForm):
    why = forms.CharField(max_length=400, label="Why", help_text="For the logbook; readers do not see it.")

    def options(self):
        return {"why": self.cleaned_data["why"]}


STEPS = {
    "publish": (PublishForm, workflow.publish, "Readers see this story from the moment you press the button."),
    "schedule": (ScheduleForm, workflow.schedule, "Readers see nothing until the time you choose, then everything. "
                 "It can still be edited while it waits."),
    "pull_back": (ActForm, workflow.pull_back, "The story goes back to review. Readers never saw it."),
    "unpublish": (UnpublishForm, workflow.unpublish, "Readers get “not found” at its address, which stays reserved. "
                  "The story is a draft again."),
}  # fmt: skip


def act_view(model_admin, request, article, act):
    """GET shows the step; POST acts and goes back to the story. A refusal is shown in words and logged."""
    form_class, do, sentence = STEPS[act]
    move = workflow.MOVES[act]
    if not request.user.has_perm(move.right):
        if request.method == "POST":
            workflow.log_refusal(article, act, by=request.user, refused=workflow.Refused("No right to do this."))
        raise PermissionDenied
    form = form_class(request.POST if request.method == "POST" else None, article=article)
    refused = ()
    if request.method == "POST" and form.is_valid():
        try:
            do(article, by=request.user, **form.options())
        except workflow.Refused as refusal:
            workflow.log_refusal(article, act, by=request.user, refused=refusal)
            refused = refusal.reasons
        else:
            model_admin.message_user(request, told(article), messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
    elif request.method != "POST" and act in ("publish", "schedule"):
        refused = missing(article, form)
    context = {
        **model_admin.admin_site.each_context(request), "title": f"{move.verb.capitalize()} “{article}”",
        "article": article, "form": form, "sentence": sentence, "verb": move.verb, "refused": refused,
        "opts": model_admin.opts, "zone": timezone.get_default_timezone_name(),
    }  # fmt: skip
    return TemplateResponse(
        request, "admin/articles/article/act.html", context, status=422 if refused and form.is_bound else 200
    )


def missing(article, form) -> list[str]:
    """What stands in the way, before anyone presses; a date that the step itself offers does not."""
    if "date_it" in form.fields:
        article.date_decided = True
    return article.missing_to_go_live()


def told(article):
    """What happened, in a sentence with a link to it."""
    if article.is_live:
        return format_html('“{}” is live: <a href="{}">see it as readers do</a>.', article, article.get_absolute_url())
    if article.is_scheduled:
        when = date_format(timezone.localtime(article.live_from), "l j F Y, H:i")
        return f"“{article}” goes live on {when} ({timezone.get_default_timezone_name()})."
    return f"“{article}” is back: {article.get_status_display().lower()}. Readers do not see it."
