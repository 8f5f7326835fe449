"""People on the desk: who signs, and who logs in."""

from copy import copy
from functools import partial
from typing import cast

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from js_asset import Script

from authors.models import Author, User, account_of
from authors.signals import AccountAct, account_changed
from newsroom.foundation import languages
from newsroom.foundation.desk import DeskAdmin, offer_doubles
from newsroom.foundation.text import fold

admin.site.unregister(Group)  # the four roles are the product's; see newsroom/roles.py


WORDS = {
    "username": "username",
    "name": "name",
    "email": "e-mail",
    "is_active": "active",
    "is_staff": "may log in to the desk",
    "is_superuser": "superuser",
    "roles": "role",
    "rights": "single rights",
}
# what somebody may do follows from these
GIVEN = ("is_active", "is_staff", "is_superuser", "roles", "rights")


def facts_of(user: User) -> dict:
    """What the logbook compares of an account, for people to read."""
    return {
        "username": user.username,
        "name": user.get_full_name(),
        "email": user.email,
        "is_active": "yes" if user.is_active else "no",
        "is_staff": "yes" if user.is_staff else "no",
        "is_superuser": "yes" if user.is_superuser else "no",
        "roles": ", ".join(user.groups.order_by("name").values_list("name", flat=True)),
        "rights": ", ".join(
            user.user_permissions.order_by("codename").values_list("codename", flat=True)
        ),
    }


def in_words(before: dict, after: dict) -> str:
    return "; ".join(
        f"{WORDS[name]} {before[name] or 'none'} → {after[name] or 'none'}"
        for name in WORDS
        if before[name] != after[name]
    )


def log_act(account: User, by: User, act: AccountAct, why: str, *, gives: bool) -> None:
    account_changed.send(User, account=account, by=by, act=act, why=why, gives=gives)


class PasswordForm(AdminPasswordChangeForm):
    """Django's, for somebody else's password. The hash is worked out before the database is locked."""

    def __init__(self, user, *args, by: User, **kwargs):
        self.by = by
        super().__init__(user, *args, **kwargs)

    def save(self, commit=True):
        account = cast(User, super().save(commit=False))
        if commit:
            with transaction.atomic():
                account.save(update_fields=["password"])
                log_act(
                    account,
                    self.by,
                    AccountAct.SET_PASSWORD,
                    f"The password of {account.username} was set.",
                    gives=True,
                )
        return account


@admin.register(User)
class AccountAdmin(DeskAdmin, UserAdmin):
    """Without superuser and single rights: a role says what somebody may do, and nobody makes a superuser here.

    Whatever is done here to an account is in the logbook, in the same transaction: no rule of two people holds where
    one of them can make the other unseen. Hashing takes long, so no transaction begins before it is done.
    """

    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Person", {"fields": ["first_name", "last_name", "email"]}),
        ("Role", {"fields": ["is_active", "is_staff", "groups"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "classes": ["wide"],
                "fields": ["username", "usable_password", "password1", "password2"],
            },
        )
    ]
    list_display = ["username", "first_name", "last_name", "is_active", "roles"]
    list_filter = ["is_active", "groups"]
    filters = frozenset({"is_active__exact", "groups__id__exact"})
    view_on_site = False  # pyright: ignore[reportAssignmentType] - Django takes a function or a word

    def get_queryset(self, request):
        accounts = super().get_queryset(request).prefetch_related("groups")
        return accounts if request.user.is_superuser else accounts.filter(is_superuser=False)

    @method_decorator(sensitive_post_parameters())
    def add_view(self, request, form_url="", extra_context=None):
        # Django would hold the lock while it hashes
        return self._add_view(request, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        """Nothing: `save_related` writes the account, with its roles and its line."""

    def save_related(self, request, form, formsets, change):
        account = form.instance
        with transaction.atomic():
            if change:
                self.write_changes(account, form, by=account_of(request))
            else:
                account.save()
                form.save_m2m()
                made_as = facts_of(account)["roles"]
                roles = f" as {made_as}" if made_as else ""
                log_act(
                    account,
                    account_of(request),
                    AccountAct.MAKE,
                    f"{account.username} was made{roles}.",
                    gives=True,
                )

    @staticmethod
    def write_changes(account: User, form, *, by: User) -> None:
        """The form's own columns: a password that was set in the meantime stays."""
        row = User.objects.select_for_update().filter(pk=account.pk).first()
        if row is None:
            raise Http404("This account was deleted in the meantime.")
        before = facts_of(row)
        columns = {field.name for field in User._meta.concrete_fields} & set(form.fields) - {
            "password"
        }
        account.save(update_fields=columns)
        form.save_m2m()
        after = facts_of(User.objects.get(pk=account.pk))
        if before != after:
            gives = any(before[name] != after[name] for name in GIVEN)
            log_act(
                account,
                by,
                AccountAct.CHANGE,
                f"{account.username}: {in_words(before, after)}.",
                gives=gives,
            )

    def user_change_password(self, request, id, form_url=""):
        mine = copy(self)  # for this request: Django hands the form no request
        mine.change_password_form = partial(PasswordForm, by=account_of(request))
        return super(AccountAdmin, mine).user_change_password(request, id, form_url)

    def delete_model(self, request, obj):
        with transaction.atomic():
            log_act(
                obj,
                account_of(request),
                AccountAct.DELETE,
                f"{obj.username} was deleted.",
                gives=False,
            )
            super().delete_model(request, obj)

    @admin.display(description="Role")
    def roles(self, user):
        return ", ".join(group.name for group in user.groups.all())


class AuthorForm(forms.ModelForm):
    languages = forms.MultipleChoiceField(
        choices=languages.CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Which somebody works in. Readers see them on the author page.",
    )

    class Meta:
        widgets = {"bio": forms.Textarea(attrs={"rows": 6, "data-counted": ""})}

    def clean_portrait(self):
        photo = self.cleaned_data["portrait"]
        if photo is not None and not photo.is_ready:
            raise ValidationError(
                "That photo waits for its description or its credit. Complete it in the library first."
            )
        return photo


@admin.register(Author)
class AuthorAdmin(DeskAdmin):
    form = AuthorForm
    list_display = ["name", "role", "has_left"]
    list_filter = ["has_left"]
    filters = frozenset({"has_left__exact"})
    change_list_template = "admin/articles/names_list.html"
    change_form_template = "admin/articles/name_form.html"
    merge_kind = "authors"
    search_fields = ["folded", "name"]
    ordering = ["folded"]
    raw_id_fields = ["portrait"]
    autocomplete_fields = ["account"]
    fields = [
        "name",
        "role",
        "bio",
        "languages",
        "portrait",
        "website",
        "contact_email",
        "account",
        "has_left",
        "slug",
    ]

    class Media:
        js = [
            Script(f"{name}.js", type="module")
            for name in (
                "newsroom/desk/labels",
                "newsroom/desk/counted",
                "articles/desk/photo_field",
            )
        ]

    def save_model(self, request, obj, form, change):
        obj.is_unknown = False  # whoever saves the page has looked at it
        obj.slug = obj.slug or form.initial.get("slug", "")  # emptied, it stays what it was
        super().save_model(request, obj, form, change)
        if "name" in form.changed_data:
            offer_doubles(request, obj)

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset.told_apart(), fold(search_term[:100]))
