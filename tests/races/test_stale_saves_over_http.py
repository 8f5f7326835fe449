"""A1: two hundred people save one story at the same moment, through the real server."""

import http.client
import threading
from urllib.parse import urlencode

import pytest
from django.db import connection

from tests.races.forms import sent_by_the_desk
from tests.serving import run
from tests.sizes import sized

pytestmark = [pytest.mark.full_size, pytest.mark.django_db(databases=[])]
WRITERS = sized(200, 20)


def save(port, made, number, barrier, answers):
    """One writer: opened version 1, typed own words, presses Save with all the others."""
    words = f"The words of writer {number}, all of them."
    form, headers = sent_by_the_desk(made, summary=words, body="<p>Bread.</p>", base_version=1)
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    barrier.wait()
    link.request(
        "POST", f"/admin/articles/article/{made['story']}/change/", urlencode(form), headers
    )
    answer = link.getresponse()
    answers[number] = (answer.status, words in answer.read().decode())


@pytest.mark.parametrize("defence", [True, False], ids=["defence", "twin"])
def test_a1_of_two_hundred_saves_at_once_one_wins(own_database, server, figure, defence):
    made = run(own_database, "-m", "tests.races.desk", "begin")
    port = server("newsroom.wsgi:application" if defence else "tests.races.unchecked:application")
    barrier, answers = threading.Barrier(WRITERS), {}
    writers = [
        threading.Thread(target=save, args=(port, made, number, barrier, answers))
        for number in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    statuses = [status for status, _ in answers.values()]
    told = run(own_database, "-m", "tests.races.desk", "report")
    kept = {*told["line"], *told["aside"]}
    lost = [
        number
        for number in range(WRITERS)
        if f"The words of writer {number}, all of them." not in kept
    ]
    # they believed that their words stand; only the last one's do
    overwritten = statuses.count(302) - 1
    assert [status for status in statuses if status >= 500] == []
    figure(
        f"{WRITERS} simultaneous saves over HTTP ({connection.vendor}): {statuses.count(302)} told that it is saved, "
        f"{statuses.count(409)} times 409, {len(lost)} texts lost, {overwritten} overwritten without a word"
    )
    if not defence:
        assert overwritten > 0
        return
    assert (statuses.count(302), statuses.count(409), lost, overwritten) == (1, WRITERS - 1, [], 0)
    assert all(own_words for status, own_words in answers.values() if status == 409)
    assert (len(told["line"]), len(told["aside"])) == (2, WRITERS - 1)
