"""The logbook, to be read. Nobody adds, changes or deletes a line."""

from django.contrib import admin
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html

from articles.admin.lists import BoundedPaginator, PeriodFilter
from articles.models import Act, Article, LogLine
from articles.models.logbook import refusal_of
from newsroom.foundation.desk import EVERY_STORY, LONGEST_SEARCH, MOST_WORDS, DeskAdmin


class ActFilter(admin.SimpleListFilter):
    title = "act"
    parameter_name = "act"

    def lookups(self, request, model_admin):
        return Act.choices

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        if self.value() == Act.REFUSED:
            return queryset.filter(Q(act=Act.REFUSED) | Q(act__endswith=refusal_of("")))
        return queryset.filter(act=self.value())


class WhenFilter(PeriodFilter):
    title, parameter_name, column = "when", "period", "at"


@admin.register(LogLine)
class LogLineAdmin(DeskAdmin):
    list_display = ["at", "by_name", "what", "story", "moved", "why"]
    list_display_links = ["at"]
    list_filter = [ActFilter, WhenFilter]
    filters = frozenset({"act", "period"})
    list_select_related = ["article"]
    search_fields = ["by_name"]
    search_help_text = "A person, or words of a reason or a headline."
    ordering = ["-at", "-pk"]
    list_per_page = 50
    paginator = BoundedPaginator
    fields = ["at", "by_name", "what", "story", "moved", "why", "details"]

    def get_queryset(self, request):
        """Without the lines of stories that who reads may not open."""
        lines = super().get_queryset(request)
        if request.user.has_perm(EVERY_STORY):
            return lines
        return lines.filter(Q(article=None) | Q(article__in=Article.objects.open_to(request.user)))

    def get_search_results(self, request, queryset, search_term):
        words = search_term[:LONGEST_SEARCH].split()[:MOST_WORDS]
        for word in words:
            found = (
                Q(by_name__icontains=word)
                | Q(why__icontains=word)
                | Q(article__headline__icontains=word)
            )
            queryset = queryset.filter(found)
        return queryset, False

    @admin.display(description="What", ordering="act")
    def what(self, line):
        return line.act_in_words

    @admin.display(description="Story")
    def story(self, line):
        if line.article is None:
            return ""
        address = reverse("admin:articles_article_history", args=[line.article.pk])
        return format_html('<a href="{}">{}</a>', address, line.article)

    @admin.display(description="Moved")
    def moved(self, line):
        if line.from_status == line.to_status:
            return ""
        return " → ".join(
            part.replace("_", " ") for part in (line.from_status, line.to_status) if part
        )

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    has_delete_permission = has_change_permission
