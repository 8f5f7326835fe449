from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Stories"

    def ready(self):
        # Imported here because models are not loaded before this moment.
        from articles import lasting

        lasting.watch()
