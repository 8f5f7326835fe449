"""The tables of the outlet: its own here, those of the search and of the login in their rooms."""

from newsroom.login.models import Tries
from newsroom.models.import_record import ImportRecord
from newsroom.models.page import Page, PageQuerySet
from newsroom.search.models import NameWord, SearchEntry, Spelling

__all__ = ["ImportRecord", "NameWord", "Page", "PageQuerySet", "SearchEntry", "Spelling", "Tries"]
