"""The story list: columns, filters and paging whose cost stays the same at any number of stories."""

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html

from articles.models import Article, Byline
from authors.desk import LONGEST_SEARCH, MOST_WORDS
from authors.text import fold

MOST = 1000  # stories that the list pages through; beyond that, filters and the search find them


class BoundedPaginator(Paginator):
    """Counts to a bound instead of over the whole archive."""

    @cached_property
    def count(self):
        return self.object_list.order_by()[:MOST].count()


class StatusFilter(admin.SimpleListFilter):
    title = "status"
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return [("draft", "Draft"), ("in_review", "In review"), ("scheduled", "Scheduled"), ("live", "Live"),
                ("withdrawn", "Withdrawn"), ("spiked", "Spiked")]  # fmt: skip

    def queryset(self, request, queryset):
        now = timezone.now()
        if self.value() == "live":
            return queryset.filter(status="published", live_from__lte=now)
        if self.value() == "scheduled":
            return queryset.filter(status="published", live_from__gt=now)
        return queryset.filter(status=self.value()) if self.value() else queryset


class MissingFilter(admin.SimpleListFilter):
    title = "what is missing"
    parameter_name = "missing"
    conditions = {
        "section": {"section__isnull": True},
        "byline": {"byline_decision": ""},
        "date": {"date_decided": False},
        "headline": {"headline_from": "desk"},
    }

    def lookups(self, request, model_admin):
        return [("section", "No section"), ("byline", "No byline decision"), ("date", "No date decision"),
                ("headline", "Headline by the desk")]  # fmt: skip

    def queryset(self, request, queryset):
        return queryset.filter(**self.conditions[self.value()]) if self.value() in self.conditions else queryset


LIST_FILTERS = [StatusFilter, "section", MissingFilter, "story_type"]


class StoryColumns:
    """What the list shows of a story, with every join declared."""

    list_display = ["headline_and_section", "state", "names", "date_it_carries", "last_saved"]
    list_display_links = ["headline_and_section"]
    list_select_related = ["section", "saved_by"]
    ordering = ["-saved_at", "-pk"]
    filters = frozenset({"status", "missing", "section__id__exact", "section__isnull", "story_type__exact"})

    def get_list_queryset(self, queryset):
        rows = Byline.objects.select_related("author").order_by("order")
        return queryset.defer(*Article.LONG_TEXTS).prefetch_related(Prefetch("bylines", rows))

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        changelist.result_list = self.get_list_queryset(changelist.result_list)
        return changelist

    def get_search_results(self, request, queryset, search_term):
        for word in fold(search_term[:LONGEST_SEARCH]).split()[:MOST_WORDS]:
            queryset = queryset.filter(search_text__contains=word)
        return queryset, False

    @admin.display(description="Story", ordering="headline")
    def headline_and_section(self, story):
        return format_html(
            '<span class="story-headline">{}</span><span class="story-section">{}</span>',
            story, story.section or "No section",
        )  # fmt: skip

    @admin.display(description="Status", ordering="status")
    def state(self, story):
        return format_html('<span class="state state--{}">{}</span>', *state_of(story))

    @admin.display(description="Byline")
    def names(self, story):
        if story.byline_decision in ("staff", "not_given"):
            return {"staff": "Newsroom staff", "not_given": "Not given"}[story.byline_decision]
        return ", ".join(row.printed_name for row in story.bylines.all()) or "Not decided"

    @admin.display(description="Date it carries", ordering="sort_at")
    def date_it_carries(self, story):
        if story.published_at:
            return timezone.localtime(story.published_at).strftime("%-d %b %Y, %H:%M")
        if story.published_on:
            return story.published_on.strftime("%-d %b %Y")
        return "Not stated" if story.date_decided else "Not decided"

    @admin.display(description="Last saved", ordering="saved_at")
    def last_saved(self, story):
        return f"{timezone.localtime(story.saved_at):%-d %b %Y, %H:%M} by {story.saved_by or story.origin}"


def state_of(story) -> tuple[str, str]:
    """A class and words for where the story is: colour never stands alone."""
    if story.is_scheduled:
        return "scheduled", f"Goes live {timezone.localtime(story.live_from):%-d %b %Y, %H:%M}"
    if story.is_live:
        words = "Live, with a working copy" if story.has_working_copy else "Live"
        return "live", words
    return story.status, story.get_status_display()
