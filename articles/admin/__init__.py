"""The desk's screens for stories and everything they are made of. Registered on the default admin site."""

from articles.admin import article, filing, front_page, logbook, photo  # noqa: F401
