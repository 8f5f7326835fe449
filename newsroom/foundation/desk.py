"""What every list and form of the desk shares: bounded searches, no filters but its own, and keys that are keys."""

from contextlib import ExitStack
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse

LONGEST_SEARCH, MOST_WORDS = 200, 12  # characters, words
EVERY_STORY = "articles.change_any_article"  # the right to open the stories of others


class LoggedRefusal(PermissionDenied):
    """403 for an act of which the logbook has a line already, so that the desk writes no second one."""


def is_key(value: object) -> bool:
    """Whether `value` can be the key of a row: a whole number that a database holds."""
    text = str(value)
    return text.isascii() and text.isdecimal() and len(text) < 19


def whole_number(text: str, otherwise: int = 0) -> int:
    """A number that a form sent, of at most nine digits; `otherwise` for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else otherwise


def offer_doubles(request: HttpRequest, row: Any) -> None:
    """Say of a row with a name that was just saved which others have that name, or look like it."""
    others = type(row).objects.told_apart().exclude(pk=row.pk)
    named = [*others.called(row.name)[:3], *others.alike(row.name)[:3]]
    if named:
        names = ", ".join(f"“{other}”" for other in named)
        messages.warning(
            request, f"There is also {names}. If that is the same, keep one of the two."
        )


def desk_page(
    request: HttpRequest,
    template: str,
    context: dict,
    *,
    model: type[models.Model],
    status: int = 200,
) -> TemplateResponse:
    """A screen of the desk that is no list or form of Django's, inside the frame of those. `model`: whose place in the
    desk it stands at."""
    frame = {**admin.site.each_context(request), "opts": model._meta}
    return TemplateResponse(request, template, frame | context, status=status)


class OnlyKeys:
    """The stock boxes ask the database for whatever was sent; text or a huge number there is a fault of ours."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [each for each in value if is_key(each)] or [""], attr)


class OneByName(OnlyKeys, AutocompleteSelect):
    pass


class SeveralByName(OnlyKeys, AutocompleteSelectMultiple):
    pass


class ByName:
    """Fields that find their row while one types (for forms and inline rows)."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = OneByName(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows, chosen from a list. A number that no column holds is no row, and no database is asked for it."""

    def clean(self, value):
        for key in value or ():
            if not is_key(key):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": key}
                )
        return super().clean(value)


class DeskAdmin(ByName, admin.ModelAdmin):
    """The base of every list and form on the desk."""

    show_full_result_count = False
    actions = None  # an act on many rows at once gets a step of its own, or none
    merge_kind = ""  # "tags" or "authors": what the lists of names offer to merge
    filters = frozenset()  # query parameters that are this list's own

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs.setdefault("form_class", RowsField)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def lookup_allowed(self, lookup, value, request):
        """Nothing but the filters shown: any other is a way to spell out what one may not see."""
        return lookup in self.filters

    def get_search_results(self, request, queryset, search_term):
        words = search_term[:LONGEST_SEARCH].split()[:MOST_WORDS]
        return super().get_search_results(request, queryset, " ".join(words))

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        # Django makes a copy on that word, also where none is offered
        if "_saveasnew" in request.POST:
            raise PermissionDenied("Nothing here is saved as a copy.")
        try:
            return self.look_and_save(request, object_id, form_url, extra_context)
        except (IntegrityError, ValidationError):
            # a colleague took the name or the address since the form was checked; the second check says so
            return self.look_and_save(request, object_id, form_url, extra_context)

    def look_and_save(self, request, object_id, form_url, extra_context):
        """Django's view without its transaction, which would hold the lock from the first look at the form on."""
        with ExitStack() as request.saving:
            return self._changeform_view(request, object_id, form_url, extra_context)

    def begin_saving(self, request) -> None:
        """From here on all that the form writes is one transaction, which ends with its view."""
        request.saving.enter_context(transaction.atomic())

    def save_model(self, request, obj, form, change):
        self.begin_saving(request)
        super().save_model(request, obj, form, change)

    def changelist_view(self, request, extra_context=None):
        may_merge = self.merge_kind and self.has_change_permission(request)
        context = {**(extra_context or {}), "may_merge": may_merge}
        return super().changelist_view(request, context)

    def get_object(self, request, object_id, from_field=None):
        """By the key alone: what cannot be one is no row, and an empty `_to_field` names no field."""
        return (
            super().get_object(request, object_id, from_field or None)
            if is_key(object_id)
            else None
        )

    def working_copies_with(self, row) -> list:
        """Stories of which only an unpublished text uses the row, so that no foreign key keeps it."""
        return []

    def get_deleted_objects(self, objs, request):
        """As Django's, with working copies. What stands in the way is named only to who may open every story, and is
        said on this page alone: a button that is missing would tell of a working copy to who may not see it."""
        deleted, counts, needed, in_the_way = super().get_deleted_objects(objs, request)
        copies = dict.fromkeys(story for row in objs for story in self.working_copies_with(row))
        in_the_way = [*in_the_way, *(f"Working copy of a story: {story}" for story in copies)]
        if in_the_way and not request.user.has_perm(EVERY_STORY):
            in_the_way = ["Stories or pages that use it"]
        # Of what stands in the way nothing would be deleted, so no right to it is lacking.
        return deleted, counts, set() if in_the_way else needed, in_the_way

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """Hidden and absent answer alike, and as the rest of the web does."""
        raise Http404("There is nothing here.")

    def view_on_site(self, row):
        has_address = hasattr(row, "get_absolute_url") and getattr(row, "slug", True)
        return row.get_absolute_url() if has_address else None
