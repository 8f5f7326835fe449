"""Run as a program in a newsroom of its own: makes one of everything, and prints the address of every public route."""

import json

import django

django.setup()

from tests.newsroom.test_rights_table import World, routes  # noqa: E402

NEEDS_MORE = (  # than World has: they answer 404
    "<edition:language>/",
    "archive/undated/",
    "preview/<str:token>/photos/",
    ".well-known/security.txt",
)

if __name__ == "__main__":
    world = World()
    public = [route for route in routes() if not route.startswith("admin/")]
    print(json.dumps({route: world.path(route, world.hidden) for route in public}))
