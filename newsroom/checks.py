"""System checks: settings that work, but should be known."""

import sqlite3

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.checks import Info, Tags, Warning, register
from django.db import connection

from newsroom import contrast
from newsroom.search import index

SEARCH_TABLE = "newsroom_searchentry"
WAL_RESET_FIXED = (3, 51, 3)  # https://sqlite.org/wal.html, "the WAL-reset bug": 3.7.0 to 3.51.2


@register(Tags.database)  # asked by migrate, and by `check --database default`
def sqlite_library(app_configs, databases=None, **kwargs):
    if (
        not databases
        or connection.vendor != "sqlite"
        or sqlite3.sqlite_version_info >= WAL_RESET_FIXED
    ):
        return []
    return [
        Info(
            f"This machine's SQLite library is {sqlite3.sqlite_version}. Versions before 3.51.3 can, very rarely, "
            "damage a WAL database when two processes write and checkpoint at the same instant.",
            hint="Keep backups, or use a newer SQLite or PostgreSQL (DATABASE_URL).",
            id="newsroom.I001",
        )
    ]


@register(Tags.database)
def search_index_is_whole(app_configs, databases=None, **kwargs):
    if (
        not databases
        or SEARCH_TABLE not in connection.introspection.table_names()
        or not index.missing().exists()
    ):
        return []
    return [
        Warning(
            "Published stories are missing from the search index, or stand in it as they were before.",
            hint="Run `manage.py search_reindex`. Readers can go on searching meanwhile.",
            id="newsroom.W004",
        )
    ]


@register("newsroom", deploy=True)
def site_address(app_configs, **kwargs):
    if settings.DEBUG or "127.0.0.1" not in settings.NEWSROOM_SITE_URL:
        return []
    return [
        Warning(
            "NEWSROOM_SITE_URL points at this machine: canonical links would lead readers nowhere.",
            hint="Set it to the address readers type, such as https://news.example.",
            id="newsroom.W001",
        )
    ]


@register("newsroom")
def colours_can_be_read(app_configs, **kwargs):
    return [
        Warning(
            sentence,
            hint="Change the token in the outlet’s brand.css (docs/brand.md).",
            id="newsroom.W002",
        )
        for sentence in contrast.failing()
    ]


@register("newsroom")
def own_pictures_are_there(app_configs, **kwargs):
    return [
        Warning(
            f"{name} is “{value}”, and no static file has that name.",
            hint="Put it below static/ in the folder that NEWSROOM_BRAND names.",
            id="newsroom.W003",
        )
        for name in ("NEWSROOM_LOGO", "NEWSROOM_ICON")
        if (value := getattr(settings, name)) and not finders.find(value)
    ]
