"""The admin site of the newsroom: its first page, each person's own settings, and forms that outlive a login."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from articles import dashboard
from articles.models import Act, LogLine
from articles.models.gate import this_moment
from articles.story import corrections, unsaved
from authors.models import User, account_of
from newsroom.foundation.desk import LoggedRefusal
from newsroom.login import browsers
from newsroom.login.forms import LoginForm, OwnPasswordForm
from newsroom.views import words_back

# What no form of the desk has: who sends it tries a back door. It is never read, and the attempt is written down.
GUARDED = {
    "status",
    "live_from",
    "published_at",
    "published_on",
    "updated_at",
    "shown_version",
    "is_published",
    "sort_at",
    "origin",
    "created_by",
}

ONCE_IN = timedelta(minutes=1)


def log_attempt(request, why):
    """One line a minute and reason: a script that goes on trying does not fill the logbook."""
    lately = LogLine.objects.filter(
        by=request.user, act=Act.REFUSED, why=why, at__gt=this_moment() - ONCE_IN
    )
    if lately.exists():
        return
    LogLine.objects.record(
        Act.REFUSED, by=request.user, why=why, details={"address": request.path[:300]}
    )


def too_many(response):
    """429 for a form that did not ask the hasher, and when it will again."""
    full = getattr((getattr(response, "context_data", None) or {}).get("form"), "full", None)
    if full:
        response.status_code = 429
        response["Retry-After"] = str(full.wait)
    return response


class PreferencesForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["time_zone", "keeps_unsaved"]
        widgets = {"time_zone": forms.TextInput(attrs={"list": "zones", "autocomplete": "off"})}


class Desk(admin.AdminSite):
    site_title = f"{settings.NEWSROOM_NAME} desk"
    site_header = f"{settings.NEWSROOM_NAME} desk"
    index_title = "The desk"
    index_template = "admin/desk.html"
    login_form = LoginForm
    enable_nav_sidebar = False  # the first page leads everywhere; lists and forms need the width
    empty_value_display = "–"  # pyright: ignore[reportAssignmentType] - so Django’s manual sets it

    def index(self, request, extra_context=None):
        person, context = account_of(request), {}
        if person.has_perm("articles.view_article"):
            context = {
                "cards": dashboard.cards_for(person),
                "attention": dashboard.attention_for(person),
            }
        may_correct = person.has_perm("articles.correct_article")
        context["asked"] = corrections.waiting_for(person) if may_correct else []
        return super().index(request, context | (extra_context or {}))

    def admin_view(self, view, cacheable=False):
        """As Django's; and a story form that comes after its login has ended is kept for who wrote it."""
        inner = super().admin_view(view, cacheable)

        def checked(request, *args, **kwargs):
            if request.method != "POST":
                return inner(request, *args, **kwargs)
            if not self.has_permission(request):
                if unsaved.park(request.POST) is None and unsaved.is_ours(request.POST):
                    return words_back(request)
                return inner(request, *args, **kwargs)
            forged = sorted(GUARDED & set(request.POST))
            if forged:
                log_attempt(request, f"The form carried {', '.join(forged)}.")
            try:
                return inner(request, *args, **kwargs)
            except LoggedRefusal:
                raise
            except (PermissionDenied, Http404):
                log_attempt(request, "Not allowed, or not there.")
                raise

        return checked

    def login(self, request, extra_context=None):
        """As Django's. Whoever has tried too often is told so with status 429, the browser of who got in is known."""
        response = super().login(request, extra_context)
        if (
            request.method == "POST"
            and response.status_code == 302
            and request.user.is_authenticated
        ):
            browsers.remember(request, response, request.user.get_username())
        return too_many(response)

    def password_change(self, request, extra_context=None):
        """As Django's, which has no place to name another form before 6.0. Every other login of the account ends."""
        request.current_app = self.name
        view = PasswordChangeView.as_view(
            form_class=OwnPasswordForm,
            success_url=reverse("admin:password_change_done", current_app=self.name),
            extra_context={**self.each_context(request), **(extra_context or {})},
        )
        return too_many(view(request))

    def get_urls(self):
        mine = path("my-desk/", self.admin_view(self.my_desk), name="my_desk")
        return [mine, *super().get_urls()]

    def my_desk(self, request):
        """What somebody sets for themselves: their own clock, and whether autosave keeps what they type."""
        form = PreferencesForm(request.POST or None, instance=request.user)
        if request.method == "POST" and form.is_valid():
            form.save()
            messages.success(request, "Your settings are saved.")
            return HttpResponseRedirect(reverse("admin:my_desk"))
        context = {**self.each_context(request), "title": "My desk", "form": form}
        return TemplateResponse(request, "admin/my_desk.html", context)
