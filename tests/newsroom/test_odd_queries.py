"""Nothing that an address carries behind its "?" is an error page at the desk: not what Django's admin reads there for
itself, not a filter's value, not a field's first value, not our own."""

import random
from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client

from authors.models import User
from tests.newsroom.test_rights_table import World, routes, variants
from tests.sizes import FULL

pytestmark = [pytest.mark.django_db, pytest.mark.files]

OF_DJANGO = [
    "_to_field",
    "_popup",
    "_changelist_filters",
    "_source_model",
    "_facets",
    "p",
    "o",
    "all",
    "e",
    "q",
    "next",
    "term",
    "page",
]
OUR_OWN = [
    "from",
    "to",
    "day",
    "clock",
    "work",
    "unsaved",
    "into",
    "pk",
    "hash",
    "version",
    "author",
    "state",
    "rights",
    "made",
    "used",
    "act",
    "period",
    "status",
    "missing",
    "mine",
    "origin",
    "saved",
    "language",
    "token",
    "section__id__exact",
    "section__isnull",
    "story_type__exact",
    "has_left__exact",
    "groups__id__exact",
    "is_active__exact",
    "pk__in",
    "id__exact",
    "headline__regex",
]
VALUES = [
    "",
    "x",
    "id",
    "-1",
    "0",
    "1.5",
    "٣",
    "9" * 30,
    "%",
    "a,b",
    "2024-02-30",
    "99:99",
    "\\",
    "'",
]
SOME, IN_FULL = 300, 20_000
BOX = "/admin/autocomplete/?app_label=articles&model_name=byline&field_name=author"


def desk_paths(world) -> list[str]:
    return [
        world.path(variant, world.hidden).partition("?")[0]
        for route in routes()
        if route.startswith("admin/") and "logout" not in route
        for variant in variants(route)
    ]


def asked(paths) -> list[tuple]:
    """(address, name, value): of all there are some, the same ones every day."""
    fields = sorted(
        {field.name for model in admin.site._registry for field in model._meta.get_fields()}
    )
    pairs = [(path, name) for path in paths for name in [*OF_DJANGO, *OUR_OWN]]
    pairs += [(path, name) for path in paths if path.endswith("/add/") for name in fields]
    pairs += [(BOX, name) for name in ("term", "page", "_to_field")]
    everything = [(*pair, value) for pair in pairs for value in VALUES]
    return random.Random(6).sample(everything, IN_FULL if FULL else SOME)


def test_nonsense_behind_the_question_mark_is_never_an_error_page():
    world = World()
    browser = Client(raise_request_exception=False)
    browser.force_login(User.objects.create_superuser("root"))
    paths, wrong = desk_paths(world), []
    on_forms = [
        path for path in paths if path.endswith(("/change/", "/delete/", "/add/", "/history/"))
    ]
    pairs = [
        (path, name, value)
        for path in on_forms
        for name in ("_to_field", "_popup")
        for value in ("", "x")
    ]
    for address, name, value in [*pairs, *asked(paths)]:
        query = ("&" if "?" in address else "?") + urlencode({name: value})
        with transaction.atomic():
            answer = browser.get(address + query)
            transaction.set_rollback(True)
        if answer.status_code >= 500:
            wrong.append((address, name, value))
    assert wrong == []
