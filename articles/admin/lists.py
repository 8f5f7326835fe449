"""The story list: columns, filters and paging whose cost stays the same at any number of stories."""

from datetime import timedelta
from typing import cast

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles import dashboard
from articles.models import Article, Byline, Origin, TagLink
from articles.models.article import ArticleQuerySet
from articles.models.gate import this_moment
from articles.pictures.thumbnails import small_picture
from articles.story.fields import not_for_lists
from authors.models import Author, account_of
from newsroom.foundation.desk import LONGEST_SEARCH, MOST_WORDS, OneByName, is_key
from newsroom.foundation.text import fold

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
        return [
            ("draft", "Draft"),
            ("in_review", "In review"),
            ("scheduled", "Scheduled"),
            ("live", "Live"),
            ("withdrawn", "Withdrawn"),
            ("spiked", "Spiked"),
        ]

    def queryset(self, request, queryset):
        now = this_moment()
        if self.value() == "live":
            return queryset.filter(status=Article.Status.PUBLISHED, live_from__lte=now)
        if self.value() == "scheduled":
            return queryset.filter(status=Article.Status.PUBLISHED, live_from__gt=now)
        # Without a gate: the index of what is at the desk holds no other stories.
        return queryset.filter(status=self.value(), live_from=None) if self.value() else queryset


class ChoiceFilter(admin.SimpleListFilter):
    """A filter that is a table: value → (words, conditions)."""

    conditions = {}

    def lookups(self, request, model_admin):
        return [(value, words) for value, (words, _) in self.conditions.items()]

    def queryset(self, request, queryset):
        found = self.conditions.get(self.value())
        return queryset.filter(found[1]) if found else queryset


class MissingFilter(ChoiceFilter):
    title = "what is missing or unknown"
    parameter_name = "missing"
    conditions = {
        "section": ("No section", Q(section=None)),
        "byline": ("No byline decision", Q(byline_decision="")),
        "date": ("No date decision", Q(date_decided=False)),
        "undated": ("Date not stated", Q(date_decided=True, published_on=None)),
        "unsigned": ("Byline not given", Q(byline_decision=Article.BylineDecision.NOT_GIVEN)),
        "headline": ("Headline by the desk", Q(headline_from=Article.HeadlineFrom.DESK)),
        "dek": ("No dek", Q(summary="")),
        "photo": ("No photo", Q(lead_photo=None)),
        "tags": ("No tags", ~Exists(TagLink.objects.filter(content_object=OuterRef("pk")))),
    }


class MineFilter(admin.SimpleListFilter):
    title = "whose"
    parameter_name = "mine"

    def lookups(self, request, model_admin):
        return [("yes", "My own")]

    def queryset(self, request, queryset):
        return (
            queryset.filter(created_by=account_of(request)) if self.value() == "yes" else queryset
        )


class OriginFilter(ChoiceFilter):
    title = "where it came from"
    parameter_name = "origin"
    conditions = {each.value: (each.label, Q(origin=each)) for each in (Origin.DESK, Origin.IMPORT)}


class LanguageFilter(ChoiceFilter):
    """Not a list of all languages there are: to find them would mean to read all stories."""

    title = "language"
    parameter_name = "language"
    conditions = {
        "own": ("The outlet’s own", Q(language=settings.LANGUAGE_CODE)),
        "other": ("Another", ~Q(language=settings.LANGUAGE_CODE)),
    }


class PeriodFilter(admin.SimpleListFilter):
    title, parameter_name, column = "last saved", "saved", "saved_at"
    days = {
        "today": ("In the last 24 hours", 1),
        "week": ("In the last 7 days", 7),
        "month": ("In the last 30 days", 30),
    }

    def lookups(self, request, model_admin):
        return [(value, words) for value, (words, _) in self.days.items()]

    def queryset(self, request, queryset):
        found = self.days.get(self.value() or "")
        if not found:
            return queryset
        return queryset.filter(**{f"{self.column}__gte": this_moment() - timedelta(days=found[1])})


class AuthorFilter(admin.SimpleListFilter):
    """Chosen in a box that searches while one types: a list of all authors would be too long."""

    title = "author"
    parameter_name = "author"
    template = "admin/articles/article/author_filter.html"

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        widget = OneByName(
            Byline._meta.get_field("author"),  # pyright: ignore[reportArgumentType] - the stub asks for a field’s `rel`
            model_admin.admin_site,
            attrs={"id": "author-filter"},
        )
        self.field = forms.ModelChoiceField(Author.objects.all(), widget=widget, required=False)
        self.kept = [
            (name, value) for name, value in request.GET.items() if name not in ("author", "p")
        ]

    def lookups(self, request, model_admin):
        return [("", "")]

    def choices(self, changelist):
        widget = cast(OneByName, self.field.widget)
        return [
            {
                "box": widget.render("author", self.value() or ""),
                "media": widget.media,
                "kept": self.kept,
            }
        ]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        key = self.value() if is_key(self.value()) else 0
        return queryset.filter(Exists(Byline.objects.filter(article=OuterRef("pk"), author=key)))


LIST_FILTERS = [
    StatusFilter,
    "section",
    AuthorFilter,
    MissingFilter,
    MineFilter,
    PeriodFilter,
    OriginFilter,
    "story_type",
    LanguageFilter,
]
# Query parameters that are this list's own.
OWN_PARAMETERS = frozenset(
    {
        "status",
        "missing",
        "mine",
        "origin",
        "saved",
        "author",
        "section__id__exact",
        "section__isnull",
        "story_type__exact",
        "language",
    }
)


TABS = [
    ("mine", "Mine", "mine=yes"),
    ("in_review", "In review", "status=in_review"),
    ("scheduled", "Scheduled", "status=scheduled"),
    ("live", "Live", "status=live"),
    ("withdrawn", "Withdrawn", "status=withdrawn"),
]


def tabs_for(request: HttpRequest) -> list[tuple]:
    """(address, words, how many stories, whether it is the one shown) of each tab."""
    counts = dashboard.tab_counts(account_of(request))
    return [
        (f"?{query}", words, counts[name], is_tab(request, query)) for name, words, query in TABS
    ]


def is_tab(request, query: str) -> bool:
    name, _, value = query.partition("=")
    return request.GET.get(name) == value


@admin.display(description="Photo")
def picture(story):
    return small_picture(story.lead_photo, "1x1", "thumbnail-small") if story.lead_photo else ""


@admin.display(description="On the site")
def on_the_site(story):
    if not story.is_live:
        return ""
    return format_html(
        '<a href="{}">View<span class="visually-hidden"> {}</span></a>',
        story.get_absolute_url(),
        story,
    )


@admin.display(description="Story", ordering="headline")
def headline_and_section(story: Article) -> SafeString:
    return format_html(
        '<span class="story-headline">{}</span><span class="story-section">{}</span>',
        story,
        story.section or "No section",
    )


@admin.display(description="Status", ordering="status")
def state(story):
    return format_html('<span class="state state--{}">{}</span>', *story.state)


@admin.display(description="Byline")
def names(story):
    if story.byline_decision in ("staff", "not_given"):
        return {"staff": "Newsroom staff", "not_given": "Not given"}[story.byline_decision]
    signed = ", ".join(row.printed_name for row in story.bylines.all())
    if story.byline_decision:
        return signed or "Not decided"
    return f"Not decided ({signed}?)" if signed else "Not decided"


@admin.display(description="Date it carries", ordering="sort_at")
def date_it_carries(story):
    if story.published_at:
        return timezone.localtime(story.published_at).strftime("%-d %b %Y, %H:%M")
    if story.published_on:
        return story.published_on.strftime("%-d %b %Y")
    return "Not stated" if story.date_decided else "Not decided"


@admin.display(description="Last saved", ordering="saved_at")
def last_saved(story):
    return (
        f"{timezone.localtime(story.saved_at):%-d %b %Y, %H:%M} by {story.saved_by or story.origin}"
    )


COLUMNS = [
    picture,
    headline_and_section,
    state,
    names,
    date_it_carries,
    last_saved,
    on_the_site,
]


def with_columns(stories: ArticleQuerySet) -> ArticleQuerySet:
    """The rows with all that the columns print of them, in a fixed number of queries."""
    rows = Byline.objects.select_related("author").order_by("order")
    return stories.defer(*not_for_lists()).prefetch_related(Prefetch("bylines", rows))


def found_by(words: str, stories: ArticleQuerySet) -> ArticleQuerySet:
    """The stories that have each of the words."""
    for word in fold(words[:LONGEST_SEARCH]).split()[:MOST_WORDS]:
        stories = stories.filter(search_text__contains=word)
    return stories
