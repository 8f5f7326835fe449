"""Numbered pages whose cost does not grow: keys first from a covering index, one extra row instead of a count."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest

PER_PAGE = 20
LAST_PAGE = 100  # deeper reading is what the archive is for


@dataclass(frozen=True)
class Page:
    """One page of keys, newest first."""

    keys: list
    number: int
    has_older: bool

    @property
    def newer(self):
        return self.number - 1 if self.number > 1 else None

    @property
    def older(self):
        return self.number + 1 if self.has_older and self.number < LAST_PAGE else None

    @property
    def leads_to_archive(self):
        return self.has_older and self.number == LAST_PAGE


def page_of(request: HttpRequest, keys: Any, *, per_page: int = PER_PAGE) -> Page:
    """The page that `?page=` asks for, of `keys` (an ordered queryset of single values).

    Raises Http404 for what is no page from 1 to 100, and for a page beyond the last story.
    """
    wanted = request.GET.get("page", "1")
    if not (
        wanted.isascii()
        and wanted.isdecimal()
        and len(wanted) <= 3
        and 1 <= int(wanted) <= LAST_PAGE
    ):
        raise Http404("There is no such page.")
    number = int(wanted)
    start = (number - 1) * per_page
    found = list(keys[start : start + per_page + 1])
    if not found and number > 1:
        raise Http404("There is no such page.")
    return Page(list(dict.fromkeys(found[:per_page])), number, len(found) > per_page)
