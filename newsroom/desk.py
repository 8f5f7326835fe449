"""The admin site of the newsroom."""

from django.conf import settings
from django.contrib import admin


class Desk(admin.AdminSite):
    site_title = f"{settings.NEWSROOM_NAME} desk"
    site_header = f"{settings.NEWSROOM_NAME} desk"
    index_title = "What would you like to do?"
    enable_nav_sidebar = True
    empty_value_display = "–"
