"""Figures: what a check and a word diff of a long story cost."""

import random
import time

import pytest

from articles import copydesk
from articles.story import comparison, snapshots

pytestmark = [pytest.mark.full_size, pytest.mark.django_db]
WORDS, ROUNDS = 2_500, 20


def a_long_story(dice):
    known = ["bread", "flour", "oven", "market", "price", "baker", "loaf", "town", "street", "mill"]
    words = [dice.choice(known) + "abcdefghij"[number % 10] for number in range(WORDS)]
    paragraphs = [
        " ".join(words[start : start + 50]).capitalize() + "." for start in range(0, WORDS, 50)
    ]
    return snapshots.ordered(
        {
            "headline": "A long story",
            "summary": "Long.",
            "tags": ["food"],
            "section": "economy",
            "date_decided": True,
            "byline_decision": "staff",
            "published_on": "2026-03-04",
            "body": "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs),
        }
    )


def milliseconds(work) -> float:
    began = time.process_time()
    for _ in range(ROUNDS):
        work()
    return (time.process_time() - began) * 1000 / ROUNDS


def test_checks_and_the_diff_of_a_long_story_cost_milliseconds(figure):
    dice = random.Random(3)
    story = a_long_story(dice)
    changed = story | {"body": story["body"].replace("bread", "toast", 40)}
    assert copydesk.look_over(story) == []
    came, went = comparison.size(story, changed)
    assert came == went == 40
    checks = milliseconds(lambda: copydesk.look_over(story))
    diff = milliseconds(lambda: comparison.passages(story["body"], changed["body"]))
    figure(
        f"{WORDS:,} words: all checks {checks:.1f} ms, word diff {diff:.1f} ms of processor time"
    )
