from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Stories"

    def ready(self):
        # Imported here because models are not loaded before this moment.
        from django.db.models.signals import post_delete

        from articles import accounts
        from articles.models import Photo
        from articles.story import fixture_guard, photo_visibility
        from authors.signals import account_changed

        fixture_guard.watch()
        account_changed.connect(accounts.write_down, dispatch_uid="accounts-in-the-logbook")
        post_delete.connect(photo_visibility.forget_files, sender=Photo, dispatch_uid="photo-files")
