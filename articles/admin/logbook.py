"""The logbook, to be read. Nobody adds, changes or deletes a line."""

from django.contrib import admin

from articles.models import LogLine
from authors.desk import DeskAdmin


@admin.register(LogLine)
class LogLineAdmin(DeskAdmin):
    list_display = ["at", "by_name", "act", "article", "from_status", "to_status", "why"]
    list_select_related = ["article"]
    ordering = ["-at", "-pk"]
    list_per_page = 50

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    has_delete_permission = has_change_permission
