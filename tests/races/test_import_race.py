"""Two imports that bring one new name at the same moment: one page waits for an answer, and both stories are its."""

import contextlib
import threading

import pytest
from django.db import connection

from articles.models import Byline
from authors.models import Author
from newsroom.interchange import load

pytestmark = pytest.mark.django_db(transaction=True)
DOCUMENT = (
    "Bread costs more\n\nFlour is up {number} times.\n\n"
    "Ada Baker\n\nAda Baker\n\nBio.\n\nView more articles from Ada Baker\n"
)


@pytest.mark.parametrize("defence", [True, False], ids=["defence", "twin"])
def test_one_new_name_makes_one_waiting_page(defence, monkeypatch):
    if not defence:
        if connection.vendor == "sqlite":
            pytest.skip("On SQLite a transaction is alone anyway.")
        monkeypatch.setattr(load, "lock_authors", lambda story: None)
    barrier, real, failed = threading.Barrier(2), load.who_signs, []

    def together(story):
        """Both have looked before either writes, if nothing keeps them from it."""
        found = real(story)
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(timeout=1)
        return found

    monkeypatch.setattr(load, "who_signs", together)

    def take(number):
        try:
            load.load(f"{number}.txt", DOCUMENT.format(number=number).encode(), load.Filing())
        except Exception as problem:
            failed.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=[number]) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert Byline.objects.count() == 2
    assert Author.objects.count() == (1 if defence else 2)
