"""People on the desk: who signs, and who logs in."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from js_asset import Script

from authors import languages
from authors.desk import DeskAdmin, offer_doubles
from authors.models import Author, User
from authors.text import fold

admin.site.unregister(Group)  # the four roles are the product's; see newsroom/roles.py


@admin.register(User)
class AccountAdmin(DeskAdmin, UserAdmin):
    """Without superuser and single rights: a role says what somebody may do, and nobody makes a superuser here."""

    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Person", {"fields": ["first_name", "last_name", "email"]}),
        ("Role", {"fields": ["is_active", "is_staff", "groups"]}),
    ]
    add_fieldsets = [(None, {"classes": ["wide"], "fields": ["username", "usable_password", "password1", "password2"]})]
    list_display = ["username", "first_name", "last_name", "is_active", "roles"]
    list_filter = ["is_active", "groups"]
    filters = frozenset({"is_active__exact", "groups__id__exact"})
    view_on_site = False

    def get_queryset(self, request):
        accounts = super().get_queryset(request).prefetch_related("groups")
        return accounts if request.user.is_superuser else accounts.filter(is_superuser=False)

    @admin.display(description="Role")
    def roles(self, user):
        return ", ".join(group.name for group in user.groups.all())


class AuthorForm(forms.ModelForm):
    languages = forms.MultipleChoiceField(
        choices=languages.CHOICES, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Which somebody works in. Readers see them on the author page.",
    )  # fmt: skip

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
    fields = ["name", "role", "bio", "languages", "portrait", "website", "contact_email", "account", "has_left", "slug"]

    class Media:
        js = [
            Script(f"{name}.js", type="module")
            for name in ("newsroom/desk/labels", "newsroom/desk/counted", "articles/desk/photo_field")
        ]

    def save_model(self, request, obj, form, change):
        obj.is_unknown = False  # whoever saves the page has looked at it
        obj.slug = obj.slug or form.initial.get("slug", "")  # emptied, it stays what it was
        super().save_model(request, obj, form, change)
        if "name" in form.changed_data:
            offer_doubles(request, obj)

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset.told_apart(), fold(search_term[:100]))
