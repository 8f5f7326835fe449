"""Addresses of our own pages, worked out once each: a page prints a hundred of them."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=20_000)
def path_to(name: str, *args) -> str:
    """`reverse()`, remembered. Only for names whose address follows from the arguments alone."""
    return reverse(name, args=args)
