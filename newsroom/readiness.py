"""Is this process fit to answer readers and the desk? What is missing, in words that reveal nothing."""

import tempfile
from functools import lru_cache

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from articles.models import Article
from newsroom.foundation import database_file


@lru_cache(maxsize=1)
def migrations() -> frozenset[tuple[str, str]]:
    """(app, name) of those that this code brings."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


@lru_cache(maxsize=1)
def tables() -> frozenset[str]:
    return frozenset(connection.introspection.django_table_names(include_views=False))


def problems() -> list[str]:
    """Sentences; none when all is well."""
    return [sentence for sentence in (database(), disk(), static_files()) if sentence]


def database() -> str:
    if trouble := database_file.trouble_of(connection):
        return trouble
    if database_file.path_of(connection) and not connection.in_atomic_block:
        connection.close()  # what an open one remembers may not be what the disk has
    try:
        if tables() - set(connection.introspection.table_names()):
            return "The database lacks tables. Run `manage.py migrate`."
        recorder = MigrationRecorder(connection)  # pyright: ignore[reportArgumentType] - it stands for one
        if migrations() - set(recorder.applied_migrations()):
            return "The database is older than the program. Run `manage.py migrate`."
        # of a damaged file not even one can be read
        Article.objects.newest_first().values_list("pk").first()
    except Error:  # also of a connection that was closed, which is no DatabaseError
        return "The database does not answer."
    return ""


def disk() -> str:
    try:
        with tempfile.TemporaryFile(dir=settings.VAR_DIR) as file:
            file.write(b"ok" * 4096)
            file.flush()
    except OSError:
        return "The folder for data cannot be written, or its disk is full."
    return ""


def static_files() -> str:
    """The list of hashed names is read once, when the process starts."""
    if not settings.NEWSROOM_MANIFEST:
        return ""
    is_there = staticfiles_storage.manifest_storage.exists(staticfiles_storage.manifest_name)
    if staticfiles_storage.hashed_files and is_there:
        return ""
    return "Static files are missing. Run `manage.py collectstatic` and start again."
