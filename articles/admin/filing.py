"""Sections and tags on the desk. An address that is changed leads on from the old one: links to it are out there."""

from django.contrib import admin
from django.db.models import Exists, OuterRef
from taggit.models import Tag as TaggitTag

from articles.front_page import arranging
from articles.models import Act, Article, Event, LogLine, Section, Series, Tag, TagLink
from articles.story import snapshots
from newsroom.foundation.desk import DeskAdmin, offer_doubles
from newsroom.foundation.text import fold

admin.site.unregister(TaggitTag)  # ours is below


class FilingAdmin(DeskAdmin):
    search_fields = ["folded", "slug"]
    ordering = ["folded"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "name" in form.changed_data:
            offer_doubles(request, obj)


class RenamedAdmin(FilingAdmin):
    """For names whose address may change: the old one answers with 301 for ever
    (newsroom/foundation/former_names.py)."""

    def save_model(self, request, obj, form, change):
        before = form.initial.get("slug", "")
        obj.slug = obj.slug or before  # emptied, it stays what it was
        old = before if obj.slug != before else ""
        super().save_model(request, obj, form, change)
        if old:
            self.address_changed(old, obj.slug)
            LogLine.objects.record(
                Act(f"new address of {obj._meta.verbose_name}"),
                by=request.user,
                why=f"{old} → {obj.slug}",
            )

    def address_changed(self, old, new):
        """For what else goes by the address."""


class OnceAdmin(FilingAdmin):
    """For names whose address is set once."""

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []


def names_of(row) -> set[str]:
    """The addresses by which a snapshot may call it."""
    return {row.slug, *row.aliases.values_list("slug", flat=True)}


@admin.register(Section)
class SectionAdmin(RenamedAdmin):
    list_display = ["name", "slug", "order", "description"]
    fields = ["name", "description", "order", "slug"]
    ordering = ["order", "folded"]

    def address_changed(self, old, new):
        arranging.section_moved(old, new)


class InUseFilter(admin.SimpleListFilter):
    """Topics that no story carries, live or not, of those that may be named to who asks. One that only a working copy
    has counts as unused and stays: it cannot be deleted."""

    title = "use"
    parameter_name = "used"

    def lookups(self, request, model_admin):
        return [("yes", "On some story"), ("no", "Unused")]

    def queryset(self, request, queryset):
        stories = Article.objects.named_to(request.user)
        is_used = Exists(TagLink.objects.filter(tag=OuterRef("pk"), content_object__in=stories))
        wanted = {"yes": is_used, "no": ~is_used}.get(self.value() or "")
        return queryset if wanted is None else queryset.filter(wanted)


@admin.register(Tag)
class TagAdmin(RenamedAdmin):
    list_display = ["name", "slug", "description"]
    fields = ["name", "description", "slug"]
    change_list_template = "admin/articles/names_list.html"
    change_form_template = "admin/articles/name_form.html"
    merge_kind = "tags"
    list_filter = [InUseFilter]
    filters = frozenset({"used"})

    def working_copies_with(self, row):
        return snapshots.working_copies(lambda each: names_of(row) & set(each["tags"]))

    def get_search_results(self, request, queryset, search_term):
        from_any_spelling = fold(search_term[:100])
        return super().get_search_results(request, queryset, from_any_spelling)


@admin.register(Event)
class EventAdmin(OnceAdmin):
    list_display = ["name", "description"]
    fields = ["name", "description"]
    view_on_site = False  # pyright: ignore[reportAssignmentType] - Django takes a function or a word

    def working_copies_with(self, row):
        return snapshots.working_copies(lambda each: row.slug == each.get("event"))


@admin.register(Series)
class SeriesAdmin(OnceAdmin):
    list_display = ["name", "slug", "description"]
    fields = ["name", "description", "slug"]

    def working_copies_with(self, row):
        return snapshots.working_copies(lambda each: row.slug == each.get("series"))
