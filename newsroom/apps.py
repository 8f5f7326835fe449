"""Where the roof joins the floors: the desk's admin site, and the roles that every database must hold."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate


class NewsroomConfig(AppConfig):
    name = "newsroom"

    def ready(self):
        # Imported here because models are not loaded before this moment.
        from articles.story import fixture_guard
        from newsroom import checks, roles  # noqa: F401
        from newsroom.login import record
        from newsroom.models import Page
        from newsroom.search import receivers

        fixture_guard.guard(Page)
        receivers.connect(self)
        record.connect()
        post_migrate.connect(roles.sync, sender=self, dispatch_uid="newsroom.roles")


class DeskConfig(AdminConfig):
    default_site = "newsroom.desk.Desk"
