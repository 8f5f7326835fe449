"""Sections and tags on the desk. An address is set once: links to it are out in the world."""

from django.contrib import admin
from taggit.models import Tag as TaggitTag

from articles import snapshots
from articles.models import Section, Tag
from authors.desk import DeskAdmin
from authors.text import fold

admin.site.unregister(TaggitTag)  # ours is below


class FilingAdmin(DeskAdmin):
    search_fields = ["folded", "slug"]
    ordering = ["folded"]

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []


@admin.register(Section)
class SectionAdmin(FilingAdmin):
    list_display = ["name", "slug", "order", "description"]
    fields = ["name", "description", "order", "slug"]
    ordering = ["order", "folded"]


@admin.register(Tag)
class TagAdmin(FilingAdmin):
    list_display = ["name", "slug", "description"]
    fields = ["name", "description", "slug"]

    def has_delete_permission(self, request, obj=None):
        free = obj is None or not snapshots.working_copies(lambda each: obj.slug in each["tags"])
        return free and super().has_delete_permission(request, obj)

    def get_search_results(self, request, queryset, search_term):
        from_any_spelling = fold(search_term[:100])
        return super().get_search_results(request, queryset, from_any_spelling)
