"""Editors who publish the front page at the same moment: one wins, the others are told, and no layout is lost."""

import threading

import pytest
from django.db import connection

from articles.front_page import arranging
from articles.models import Arrangement, ArrangementVersion
from tests.builders import a_person

EDITORS = 8
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.files]


def race(people):
    answers, barrier = [], threading.Barrier(len(people))

    def publish(number, person):
        try:
            barrier.wait()
            layout = {"slots": [{"zone": "lead", "headline": f"Layout {number}"}]}
            answers.append(arranging.save("front", layout, version=1, by=person, publish=True))
        finally:
            connection.close()

    threads = [threading.Thread(target=publish, args=pair) for pair in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.parametrize("defence", [True, False], ids=["defence", "twin"])
def test_of_editors_who_publish_at_once_one_wins(defence, monkeypatch):
    people = [a_person("Editor") for _ in range(EDITORS)]
    arranging.save("front", {}, version=0, by=people[0])
    if not defence:
        monkeypatch.setattr(arranging, "is_overtaken", lambda row, version: False)
    answers = race(people)
    won = [answer for answer in answers if isinstance(answer, ArrangementVersion)]
    assert len(answers) == EDITORS
    if not defence:
        assert len(won) > 1  # each believed that the page is theirs
        return
    assert len(won) == 1
    assert Arrangement.objects.get().shown == won[0].layout
    told = {answer.theirs.version for answer in answers if isinstance(answer, arranging.Overtaken)}
    assert told == {2}
