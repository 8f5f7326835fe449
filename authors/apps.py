from django.apps import AppConfig


class AuthorsConfig(AppConfig):
    name = "authors"

    def ready(self):
        # Imported here because models are not loaded before this moment.
        from django.contrib.auth.signals import user_logged_out
        from django.db.backends.signals import connection_created
        from django.db.models.signals import pre_save

        from authors import signals
        from newsroom.foundation import database_file

        database_file.look()
        connection_created.connect(database_file.guard, dispatch_uid="database-file")
        user_logged_out.connect(signals.remember_the_end, dispatch_uid="logged-out-at")
        pre_save.connect(signals.refuse_too_long, dispatch_uid="too-long-in-a-fixture")
