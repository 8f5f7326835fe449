"""Addresses of our own pages, worked out once each: a page prints a hundred of them."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import http_date


@lru_cache(maxsize=20_000)
def path_to(name: str, *args) -> str:
    """`reverse()`, remembered. Only for names whose address follows from the arguments alone."""
    return reverse(name, args=args)


def lead_on(request: HttpRequest, to: Any, *, permanent: bool = True) -> HttpResponse:
    """A redirect to `to` (an address or a row that has one), with the query that came along: the page of a list, or
    what a campaign wrote behind the address. `permanent`: 301, else 302."""
    address = to if isinstance(to, str) else to.get_absolute_url()
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{address}?{query}" if query else address, permanent=permanent)


def last_changed(response: HttpResponse, moment: datetime | None) -> HttpResponse:
    """The response with `Last-Modified`, if the moment is known. It is told, and never asked back: a page is only
    called unchanged by its ETag, because a story that is withdrawn changes a list without a newer date in it."""
    if moment:
        response["Last-Modified"] = http_date(moment.timestamp())
    return response
