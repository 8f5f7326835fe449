"""Fill one database for the bench, and count there the queries of each page. Prints one line of JSON."""

import io
import json
import sys
import time

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.models import Group  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from articles.models import Article  # noqa: E402
from authors.models import User  # noqa: E402
from tests.bench import corpus  # noqa: E402


def main(size: int, pages: dict) -> dict:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    rate = 0.0
    if not Article.objects.exists():
        began = time.monotonic()
        with transaction.atomic():
            corpus.make(size)
        call_command("search_reindex", verbosity=0, stdout=io.StringIO())
        rate = size / (time.monotonic() - began)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    chief, made = User.objects.get_or_create(username="chief", defaults={"is_staff": True})
    if made:
        chief.groups.add(Group.objects.get(name="Chief editor"))
    client = Client()
    client.force_login(chief)
    middle = Article.objects.order_by("pk")[size // 2]
    facts = {
        "middle": middle.pk,
        "slug": middle.slug,
        "day": f"{middle.published_on:%Y/%m/%d}",
        "month": f"{middle.published_on:%Y/%m}",
        "last": max(1, min(100, size // corpus.SECTIONS // 20)),
    }
    addresses = {name: path.format(**facts) for name, path in pages.items()}
    queries = {}
    for name, address in addresses.items():
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        queries[name] = len(captured)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"
    return {"rate": rate, "queries": queries, "addresses": addresses, "cookie": cookie}


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), json.loads(sys.argv[2]))))
