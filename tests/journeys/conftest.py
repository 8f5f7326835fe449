"""A real browser against a real server, with an ear on its console and on every request it makes."""

import contextlib

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection
from django.test import Client

from tests import tools

SIZES = {"phone": (390, 844), "desktop": (1280, 900), "smallest": (320, 640)}  # pixels


def pytest_collection_modifyitems(items):
    for item in items:
        if "journeys" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | {
        "executable_path": tools.headless_browser(),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-sync",
            "--no-first-run",
        ],
    }


@pytest.fixture(autouse=True)
def sqlite_only(request):
    if "live_server" in request.fixturenames and connection.vendor != "sqlite":
        pytest.skip("Browser tests run on SQLite only.")


@pytest.fixture
def open_browser(browser, live_server, settings):
    """`open_browser(size, theme)` gives a page whose troubles land in `page.troubles` and requests in `page.asked`."""
    settings.NEWSROOM_SITE_URL = live_server.url
    with contextlib.ExitStack() as stack:

        def opened(size="desktop", theme="light", **options):
            viewport = dict(zip(("width", "height"), SIZES[size], strict=True))
            context = browser.new_context(
                viewport=viewport, color_scheme=theme, base_url=live_server.url, **options
            )
            stack.callback(context.close)
            page = context.new_page()
            page.troubles, page.asked, page.dialogs = [], [], []
            page.on(
                "console",
                lambda said: (
                    page.troubles.append(said.text) if said.type in ("error", "warning") else None
                ),
            )
            page.on("pageerror", lambda error: page.troubles.append(str(error)))
            page.on("request", lambda request: page.asked.append(request.url))
            page.on(
                "dialog", lambda dialog: (page.dialogs.append(dialog.message), dialog.dismiss())
            )
            return page

        yield opened


@pytest.fixture
def axe():
    def violations(page):
        found = Axe().run(page).response["violations"]
        return [(each["id"], [node["html"][:160] for node in each["nodes"]][:3]) for each in found]

    return violations


@pytest.fixture
def logged_in(open_browser, live_server):
    """A browser at the desk: `logged_in(person)`, whose password is set on the way. The login itself has tests of
    its own; here its cookie is given."""

    def opened(person, **options):
        person.set_password("a long password")
        person.save()
        page = open_browser(**options)
        client = Client()
        client.force_login(person)
        cookie = {
            "name": settings.SESSION_COOKIE_NAME,
            "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        }
        page.context.add_cookies([cookie | {"url": live_server.url}])
        return page

    return opened
