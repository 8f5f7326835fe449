"""Forty guesses at one account at the same moment: ten reach the hasher."""

import threading
import time

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client

from newsroom.login import forms, throttle
from newsroom.models import Tries
from tests.builders import a_person

GUESSES = 40
pytestmark = pytest.mark.django_db(transaction=True)


def counted_afterwards(limits):
    """As a count does that is read first and written when the guess is over."""
    throttle.refuse_full(Tries.objects.filter(key__in=limits), limits, time.time())
    time.sleep(0.5)


@pytest.mark.parametrize("defence", [True, False], ids=["defence", "twin"])
def test_of_forty_guesses_at_once_ten_reach_the_hasher(defence, monkeypatch):
    asked, answers, real = [], [], MD5PasswordHasher.encode
    a_person("Reporter", username="anna", password="a right long password")
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, *args: asked.append(1) or real(self, *args)
    )
    if not defence:
        monkeypatch.setattr(forms.throttle, "acquire", counted_afterwards)
    barrier = threading.Barrier(GUESSES)

    def guess(number):
        try:
            barrier.wait()
            form = {"username": "anna", "password": f"guess {number}"}
            answers.append(
                Client().post("/admin/login/", form, REMOTE_ADDR=f"203.0.113.{number}").status_code
            )
        finally:
            connection.close()

    threads = [threading.Thread(target=guess, args=[number]) for number in range(GUESSES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == GUESSES
    if not defence:
        assert len(asked) > throttle.PER_ACCOUNT
        return
    assert len(asked) == throttle.PER_ACCOUNT
    assert sorted(answers) == [200] * 10 + [429] * 30
