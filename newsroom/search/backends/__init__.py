"""The engines, by Django's name of the database. Each knows how to keep words, to drop them and to find places.

An engine takes a `Question` as every engine understands it and answers with places (newsroom/search/models.py), never
with stories: which of those readers may see, the caller asks the gate.
"""

from types import ModuleType

from django.db import connection

from newsroom.search.backends import postgres, sqlite

TABLE = sqlite.TABLE  # of both: newsroom/migrations/0002_search_words.py makes it
ENGINES = {"sqlite": sqlite, "postgresql": postgres}


def engine() -> ModuleType:
    return ENGINES[connection.vendor]
