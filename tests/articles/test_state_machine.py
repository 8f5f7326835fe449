"""A thousand random steps over the acts: no text is lost, no state is illegal, nothing bare is ever live."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from articles import workflow
from articles.models import Article
from articles.story import editing, public_history, snapshots
from articles.story.transitions import MOVES
from tests.builders import a_person, a_snapshot
from tests.sizes import sized

pytestmark = pytest.mark.django_db
EXAMPLES, STEPS = sized(20, 2), 50  # a thousand in all; a tenth of them here
LACKS = ["headline", "section", "byline_decision", "date"]


OPTIONS = {  # act: what it asks for
    "submit": lambda dice: {},
    "return_to_writer": lambda dice: {"note": "Who says so?"},
    "publish": lambda dice: {},
    "schedule": lambda dice: {"at": timezone.now() + timedelta(hours=2)},
    "pull_back": lambda dice: {},
    "put_live": lambda dice: {"kind": dice.choice(["small_fix", "update", ""]), "line": "News."},
    "correct": lambda dice: {"was": "Wrong", "now": "Right"},
    "unpublish": lambda dice: {"why": "x"},
    "withdraw": lambda dice: {"reason": "law"},
    "restore": lambda dice: {"why": "x"},
    "spike": lambda dice: {"why": "x"},
    "revive": lambda dice: {},
}
done = Counter()


class Newsroom(RuleBasedStateMachine):
    """One story, two chief editors, and a clock that goes on."""

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.clock = time_machine.travel(timezone.now(), tick=False)
        self.now = self.clock.start()
        self.chiefs = [a_person("Chief editor"), a_person("Chief editor")]
        self.count, self.typed = 0, {"Beginning"}
        self.story = editing.create(a_snapshot("Beginning"), by=self.chiefs[0])

    def teardown(self):
        self.clock.stop()
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def try_to(self, act, who, **options):
        """Do it; whether it is refused agrees with what the buttons say, but for what a text lacks."""
        self.now.shift(timedelta(seconds=1))
        may = workflow.may(self.story, act, self.chiefs[who])
        try:
            with transaction.atomic():
                getattr(workflow, act)(self.story, by=self.chiefs[who], **options)
        except workflow.Refused:
            self.story.refresh_from_db()
            return
        assert may, f"{act} was done though it was not offered"
        done[act] += 1

    @rule(seed=st.integers(0, 2**32))
    def step(self, seed):
        """One thing that happens at the desk: mostly what the buttons offer, now and then what they do not."""
        self.count += 1
        dice = Random(f"{seed} {self.count}")
        who, what = dice.randrange(2), dice.random()
        if what < 0.3:
            self.save(who, dice.choice([None, None, None, *LACKS]), stale=dice.random() < 0.2)
        elif what < 0.35:
            self.restore_a_version(who)
        elif what < 0.45:
            self.now.shift(timedelta(hours=dice.randint(1, 3)))
        else:
            offered = [act for act in OPTIONS if workflow.may(self.story, act, self.chiefs[who])]
            offered += [
                act
                for act in ("put_live", "correct", "publish", "return_to_writer")
                if act in offered
            ] * 3
            act = dice.choice(offered if offered and dice.random() < 0.85 else list(OPTIONS))
            self.try_to(act, who, **OPTIONS[act](dice))

    def save(self, who, lack, *, stale):
        text = f"Text number {self.count}"
        snapshot = snapshots.latest(self.story) | {"summary": text}
        snapshot |= {
            "headline": f"Headline {self.count}",
            "section": "economy",
            "byline_decision": "staff",
        }
        snapshot["date_decided"] = lack != "date"
        if lack in ("headline", "byline_decision"):
            snapshot[lack] = ""
        if lack == "section":
            snapshot[lack] = None
        version = self.story.version - 1 if stale else self.story.version
        answer = editing.save(self.story, snapshot, version=version, by=self.chiefs[who])
        assert isinstance(answer, editing.Stale) == (stale or self.story.status in editing.LOCKED)
        self.typed.add(text)
        self.story.refresh_from_db()

    def restore_a_version(self, who):
        version = self.story.revisions.order_by("pk").first()
        editing.save(
            self.story,
            version.snapshot,
            version=self.story.version,
            by=self.chiefs[who],
            kind="restored",
        )
        self.story.refresh_from_db()

    @invariant()
    def every_text_is_there(self):
        kept = {
            snapshot["summary"]
            for snapshot in self.story.revisions.values_list("snapshot", flat=True)
        }
        assert self.typed - {"Beginning"} <= kept

    @invariant()
    def nothing_bare_is_live(self):
        story = Article.objects.get(pk=self.story.pk)
        if story.status == Article.Status.PUBLISHED:
            assert story.headline
            assert story.section
            assert story.byline_decision
            assert story.date_decided
            assert story.live_from
        else:
            assert story.live_from is None

    @invariant()
    def readers_get_what_the_state_says(self):
        story = Article.objects.get(pk=self.story.pk)
        paths = list(story.addresses.values_list("path", "gone_at", "is_current"))
        for path, gone_at, is_current in paths:
            status = Client().get(path).status_code
            if story.is_live:
                assert status == (200 if is_current else 301)
            else:
                assert status == (410 if gone_at else 404)
        assert story.is_live == (public_history.seen_at(story, timezone.now()) is not None)

    @invariant()
    def the_row_says_what_its_version_says(self):
        story = Article.objects.get(pk=self.story.pk)
        shown = story.revisions.on_the_line().get(version=story.shown_version).snapshot
        assert (story.headline, story.summary) == (shown["headline"], shown["summary"])
        assert story.version == story.revisions.newest().version


@pytest.mark.full_size
def test_a_thousand_random_steps_lose_nothing_and_reach_no_illegal_state():
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        Newsroom,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            suppress_health_check=checks,
        ),
    )
    assert set(done) == set(MOVES), f"some act was never done: {done}"
