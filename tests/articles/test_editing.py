"""No word is lost: every save is a revision, and a stale save is refused whatever it changes."""

import threading

import pytest
from django.db import connection, connections

from articles.models import Article
from articles.story import editing, snapshots
from tests.builders import a_draft, a_section, a_snapshot, a_story, an_author

ROUNDS, WRITERS = 6, 8


@pytest.mark.django_db
def test_every_save_is_a_revision_and_the_draft_follows():
    draft = a_draft("One")
    saved = editing.save(draft, a_snapshot("Two"), version=1)
    assert isinstance(saved, editing.Saved)
    draft.refresh_from_db()
    assert (draft.headline, draft.version) == ("Two", 2)
    assert [revision.snapshot["headline"] for revision in draft.revisions.order_by("version")] == [
        "One",
        "Two",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change", [{"headline": "Mine"}, {"tags": ["mine"]}, {"by": ["Mine"]}, {"dateline": "Mine"}]
)
def test_a_stale_save_changes_nothing_and_is_kept_beside_the_line(change):
    draft = a_draft("Base", by=[an_author()])
    editing.save(draft, a_snapshot("Theirs"), version=1)
    answer = editing.save(draft, a_snapshot(**{"headline": "Base"} | change), version=1)
    assert isinstance(answer, editing.Stale)
    assert answer.theirs.version == 2
    draft.refresh_from_db()
    assert (draft.headline, draft.version, draft.revisions.on_the_line().count()) == (
        "Theirs",
        2,
        2,
    )
    assert (answer.mine.version, answer.mine.aside, answer.base.version) == (1, 1, 1)
    assert snapshots.latest(draft)["headline"] == "Theirs"


@pytest.mark.django_db
def test_saving_without_a_change_makes_no_revision():
    draft = a_draft("Same")
    saved = editing.save(draft, snapshots.latest(draft), version=1)
    assert not saved.changed
    draft.refresh_from_db()
    assert (draft.version, draft.revisions.count()) == (1, 1)


@pytest.mark.django_db
def test_editing_a_live_story_leaves_what_readers_see_alone(client, editor):
    story = a_story("Before", tags=["old"], by=[an_author("Old Name")])
    a_section("Elsewhere")
    before = client.get(story.get_absolute_url()).content
    changed = a_snapshot(
        "After", tags=["new"], by=["New Name"], body="<p>Other words.</p>", section="Elsewhere"
    )
    saved = editing.save(story, changed, version=story.version, by=editor)
    assert saved.is_working_copy
    assert client.get(story.get_absolute_url()).content == before
    assert snapshots.latest(story)["headline"] == "After"


def race(story, save):
    """WRITERS threads save the same version at once; returns how many believed that they had won."""
    barrier, wins = threading.Barrier(WRITERS), []

    def write(number):
        try:
            mine = a_text(number)
            barrier.wait()
            if isinstance(save(story, mine), editing.Saved):
                wins.append(number)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(wins)


def a_text(number):
    return snapshots.ordered({"headline": f"Writer {number}", "body": "<p>x</p>"})


def without_version_check(story, snapshot):
    """The twin's save: it takes whatever version is current, as an ordinary admin does."""
    while True:
        now = Article.objects.values_list("version", flat=True).get(pk=story.pk)
        answer = editing.save(story, snapshot, version=now)
        if isinstance(answer, editing.Saved):
            return answer


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("defence", [True, False], ids=["defence", "twin"])
def test_a1_of_many_saves_at_once_one_wins(defence):
    lost = 0
    for _ in range(ROUNDS):
        draft = a_draft("Base")
        if defence:
            wins = race(draft, lambda story, snapshot: editing.save(story, snapshot, version=1))
        else:
            wins = race(draft, without_version_check)
        lost += wins - 1  # everybody who won but the last was overwritten
    assert (lost == 0) if defence else (lost > 0)


@pytest.mark.django_db
def test_the_database_settings_that_keep_words_safe_are_in_force():
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's own settings")
    with connection.cursor() as cursor:
        values = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("synchronous", "foreign_keys", "journal_mode")
        }
    assert values == {"synchronous": 2, "foreign_keys": 1, "journal_mode": "wal"}
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert connection.settings_dict["OPTIONS"]["timeout"] >= 5
