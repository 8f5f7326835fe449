"""B7: a clock that is set back hides nothing that readers have seen, on any surface."""

import ast
from datetime import UTC, datetime, timedelta

import pytest

from articles import workflow
from articles.front_page import arranging, layouts
from articles.models import Breaking, gate
from articles.story import public_history
from tests.builders import a_draft, a_story, an_author, in_state
from tests.test_architecture import module_of, sources

pytestmark = pytest.mark.django_db
TWELVE = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
AN_HOUR = timedelta(hours=1)
SURFACES = {
    "/": "Loaves",
    "/sections/economy/": "Loaves",
    "/tags/food/": "Loaves",
    "/authors/ada-baker/": "Loaves",
    "/archive/2026/03/04/": "Loaves",
    "/archive/": "2026",
    "/search/?q=loaves": "Loaves",
    "/articles/loaves/": "Loaves",
    "/feeds/latest.rss": "Loaves",
    "/tags/food/feed.json": "Loaves",
    "/sitemaps/2026-03.xml": "/articles/loaves/",
    "/news-sitemap.xml": "/articles/loaves/",
    "/api/v1/articles": "Loaves",
    "/api/v1/articles/loaves": "Loaves",
}
FACTS = {"by": None, "tags": ["food"], "date": "2026-03-04T11:55:00+00:00"}


def facts():
    return FACTS | {"by": [an_author("Ada Baker")]}


def missing(client):
    return [
        address
        for address, word in SURFACES.items()
        if word not in client.get(address).content.decode()
    ]


def a_new_process():
    gate.this_moment.latest = None


@pytest.fixture(autouse=True)
def moments(monkeypatch, tmp_path):
    """Where moments are kept, for the processes of one test."""
    monkeypatch.setattr(gate.Clock, "file", lambda clock: tmp_path / "latest-moment")
    return tmp_path / "latest-moment"


def test_what_was_published_stays_public_when_the_clock_is_set_back(client, time_machine):
    time_machine.move_to(TWELVE, tick=False)
    a_story("Loaves", **facts())
    assert missing(client) == []
    time_machine.move_to(TWELVE - AN_HOUR, tick=False)
    assert missing(client) == []
    a_new_process()
    assert missing(client) == [], "the logbook knows how late it was"


def test_what_came_by_its_schedule_stays_public_too(client, time_machine):
    time_machine.move_to(TWELVE - AN_HOUR, tick=False)
    a_story("Loaves", at=TWELVE - timedelta(minutes=1), **facts())
    assert len(missing(client)) == len(SURFACES)
    time_machine.move_to(TWELVE, tick=False)
    assert missing(client) == []
    time_machine.move_to(TWELVE - AN_HOUR, tick=False)
    assert missing(client) == []


def test_what_came_by_its_schedule_stays_public_after_a_restart_with_no_act_between(
    client, time_machine, moments
):
    time_machine.move_to(TWELVE - AN_HOUR, tick=False)
    a_story("Loaves", at=TWELVE, **facts())
    time_machine.move_to(TWELVE + timedelta(seconds=1), tick=False)
    assert missing(client) == []
    for _ in range(2):
        a_new_process()
        time_machine.move_to(TWELVE - AN_HOUR, tick=False)
        assert missing(client) == []
    moments.unlink()
    a_new_process()
    assert len(missing(client)) == len(SURFACES), "the twin: nobody kept the moment"


def test_a_process_that_answered_nobody_meanwhile_learns_of_it_too(client, time_machine):
    time_machine.move_to(TWELVE - AN_HOUR, tick=False)
    a_story("Loaves", at=TWELVE, **facts())
    client.get("/")
    idle = gate.this_moment.latest
    time_machine.move_to(TWELVE + timedelta(seconds=1), tick=False)
    client.get("/")
    gate.this_moment.latest = idle
    time_machine.move_to(TWELVE - AN_HOUR + timedelta(minutes=5), tick=False)
    assert missing(client) == []


def test_moments_are_kept_once_a_minute_and_by_no_row(
    client, time_machine, monkeypatch, django_assert_num_queries
):
    kept, keep = [], gate.Clock.write_down
    monkeypatch.setattr(
        gate.Clock, "write_down", lambda clock, now: (kept.append(now), keep(clock, now))
    )
    time_machine.move_to(TWELVE, tick=False)
    a_new_process()
    for second in range(120):
        time_machine.move_to(TWELVE + timedelta(seconds=second), tick=False)
        with django_assert_num_queries(0 if second else 1):
            gate.this_moment()
    assert kept == [TWELVE, TWELVE + timedelta(minutes=1)]


def test_a_folder_that_cannot_be_written_keeps_no_reader_out(
    client, time_machine, monkeypatch, moments
):
    monkeypatch.setattr(gate.Clock, "file", lambda clock: moments / "no such folder")
    time_machine.move_to(TWELVE, tick=False)
    a_story("Loaves", **facts())
    a_new_process()
    assert missing(client) == []


def test_without_the_clock_of_the_gate_the_story_is_gone(client, time_machine, monkeypatch):
    """The twin: what the machine's clock alone does."""
    time_machine.move_to(TWELVE, tick=False)
    a_story("Loaves", **facts())
    monkeypatch.setattr(gate, "MOST_BACK", timedelta(0))
    time_machine.move_to(TWELVE - AN_HOUR, tick=False)
    assert len(missing(client)) == len(SURFACES)


def test_nothing_comes_early_while_the_clock_catches_up(client, chief, time_machine):
    time_machine.move_to(TWELVE, tick=False)
    a_story("Milk", at=TWELVE + timedelta(minutes=5))
    client.get("/")
    time_machine.move_to(TWELVE - AN_HOUR, tick=False)
    assert client.get("/articles/milk/").status_code == 404
    with pytest.raises(workflow.Refused, match="That time is over"):
        workflow.schedule(a_draft("Salt"), by=chief, at=TWELVE - timedelta(minutes=30))
    time_machine.move_to(TWELVE + timedelta(minutes=4, seconds=59), tick=False)
    assert client.get("/articles/milk/").status_code == 404
    time_machine.move_to(TWELVE + timedelta(minutes=5), tick=False)
    assert client.get("/articles/milk/").status_code == 200


# Who asks the machine, and why that decides nothing of what readers see or an act finds.
MACHINE = {
    "articles.story.editing": "when a revision was made; versions have an order of their own",
    "articles.forms.story": "the year after this one",
    "articles.models.gate": "the clock of the gate itself",
    "articles.admin.article": "when a save began, compared with when words were kept (articles.story.unsaved)",
    "articles.story.presence": "who is here, in seconds",
    "articles.story.unsaved": "how old a form is, and what of it was kept last",
    "authors.signals": "when somebody left",
    "newsroom.feeds.notices": "the end of a notice, in months",
    "newsroom.interchange.dates": "the year after this one",
    "newsroom.login.record": "a window of minutes",
    "newsroom.login.throttle": "a window of minutes",
    # The day of the outlet's wall, which begins again when the clock is set back over midnight:
    "articles.admin.photo_filters": "rights that end",
    "articles.models.photo": "rights that end",
    "newsroom.management.commands.photo_rights": "rights that end",
    "articles.templatetags.cards": "“today”",
    "articles.templatetags.newsprint": "“today”",
    "articles.views.story": "how old a story is, in months",
    "newsroom.outlet": "the end of the masthead's day",
    "newsroom.templatetags.chrome": "the masthead's day",
}


def asks_the_machine(tree) -> bool:
    """Whether code calls for the time, however many lines it takes to: `timezone.now()`, `localdate()` of no moment,
    `datetime.now(…)`, `date.today()`, the database's `Now()`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in ("now", "utcnow", "today", "Now", "TransactionNow"):
                return True
            if name in ("localdate", "localtime") and not node.args:
                return True
    return False


def test_no_other_code_asks_the_machine_for_the_time():
    asks = {
        module_of(file)
        for file in sources()
        if asks_the_machine(ast.parse(file.read_text("utf-8")))
    }
    assert asks == set(MACHINE), "whoever decides by the time asks articles.models.gate"
    assert asks_the_machine(ast.parse("now = timezone.now(\n)\nwhile start <= now:\n    pass"))


@pytest.mark.parametrize("act", ["withdraw", "unpublish"])
def test_an_act_knows_what_readers_saw_before_the_clock_was_set_back(
    client, chief, time_machine, act
):
    """It found that nobody ever saw the story, and gave its address away."""
    time_machine.move_to(TWELVE - AN_HOUR, tick=False)
    story = a_story("Loaves", at=TWELVE - timedelta(minutes=1))
    time_machine.move_to(TWELVE, tick=False)
    assert client.get("/articles/loaves/").status_code == 200
    time_machine.move_to(TWELVE - AN_HOUR / 2, tick=False)
    story.refresh_from_db()
    assert public_history.was_ever_seen(story)
    reason = {"reason": "legal"} if act == "withdraw" else {"why": "A name."}
    getattr(workflow, act)(story, by=chief, **reason)
    story.refresh_from_db()
    assert public_history.was_ever_seen(story), "nor is it forgotten afterwards"
    assert story.addresses.filter(path="/articles/loaves/").exists()


def test_a_strip_that_was_put_up_before_can_be_taken_down(editor, time_machine):
    time_machine.move_to(TWELVE, tick=False)
    strip = arranging.put_up("Bread is out.", by=editor)
    time_machine.move_to(TWELVE - AN_HOUR, tick=False)
    arranging.take_down(strip, by=editor)
    assert not Breaking.objects.filter(ends_at__gt=TWELVE).exists()


def test_one_clock_decides_the_front_page(time_machine):
    slot = {"story": "x", "from": TWELVE.isoformat(), "until": ""}
    time_machine.move_to(TWELVE, tick=False)
    assert layouts.due({"slots": [slot]}) == [slot]
    time_machine.move_to(TWELVE - AN_HOUR, tick=False)
    assert layouts.due({"slots": [slot]}) == [slot]
    assert layouts.changes_at({"slots": [slot]}) is None


def test_what_was_hidden_stays_hidden(client, time_machine):
    time_machine.move_to(TWELVE, tick=False)
    for state in ("unpublished", "withdrawn", "pulled back"):
        in_state(state, f"Story {state}")
    time_machine.move_to(TWELVE - AN_HOUR, tick=False)
    assert "Story" not in client.get("/").content.decode()


def test_a_clock_that_was_days_ahead_is_not_believed(client, chief, time_machine):
    time_machine.move_to(TWELVE + timedelta(days=300), tick=False)
    client.get("/")
    time_machine.move_to(TWELVE, tick=False)
    story = workflow.schedule(a_draft("Salt"), by=chief, at=TWELVE + AN_HOUR)
    for process in ("the same", "a new one"):
        assert client.get(story.get_absolute_url()).status_code == 404, process
        a_new_process()
