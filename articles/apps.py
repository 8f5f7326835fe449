from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Stories"

    def ready(self):
        # Imported here because models are not loaded before this moment.
        from django.db.models.signals import post_delete

        from articles import accounts, lasting
        from articles.models import Photo
        from articles.pictures import visibility
        from authors.signals import account_changed

        lasting.watch()
        account_changed.connect(accounts.write_down, dispatch_uid="accounts-in-the-logbook")
        post_delete.connect(visibility.forget_files, sender=Photo, dispatch_uid="photo-files")
