"""The index keeps step with the stories, holds nothing that is hidden, and takes any characters."""

import random
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles import workflow
from articles.models import Article
from articles.story import editing, snapshots
from newsroom.checks import search_index_is_whole
from newsroom.search import index
from newsroom.search.backends import engine
from newsroom.search.find import best, question_of
from newsroom.search.models import SearchEntry, Spelling
from newsroom.search.query import read
from newsroom.search.question import EVERY_STORY, Question, rank
from tests.builders import HIDDEN, a_story, an_author, in_state
from tests.samples import cases
from tests.sizes import some

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", HIDDEN)
def test_hidden_stories_are_not_found_and_their_words_not_offered(page, chief, state):
    """The twin is the live story: were it hidden too, the test could not fail."""
    in_state(
        state,
        "Mackerel",
        tags=["herring"],
        by=[an_author("Ann Anchovy")],
        body="<p>Sardine sardine</p>",
    )
    live = a_story("Turbot", body="<p>Halibut halibut</p>")
    for word in (
        "mackerel",
        "mackrel",
        "sardine",
        "sardin",
        "herring",
        "anchovy",
        "tag:herring",
        "author:anchovy",
    ):
        assert "Nothing found for" in page(f"/search/?q={word}")
    assert "Showing results for “halibut”" in page("/search/?q=halibit")
    workflow.withdraw(live, by=chief, reason="rights")
    assert "Nothing found for" in page("/search/?q=halibit")


def test_a_story_that_waits_is_found_from_its_minute_on(found, time_machine):
    a_story("Later", at=timezone.now() + timedelta(hours=1))
    assert found("later") == []
    time_machine.move_to(timezone.now() + timedelta(minutes=61))
    assert found("later") == ["Later"]


def test_the_index_is_written_with_the_story_or_not_at_all(found, chief, monkeypatch):
    story = a_story("Bread", body="<p>Rye</p>")
    monkeypatch.setattr("articles.workflow.LogLine.objects.record", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        workflow.unpublish(story, by=chief, why="x")
    monkeypatch.undo()
    assert found("rye") == ["Bread"]
    workflow.unpublish(story, by=chief, why="x")
    assert found("rye") == []
    assert not SearchEntry.objects.exists()


def test_another_date_moves_the_story(found, chief):
    old, new = a_story("Old", date="2026-03-01"), a_story("New", date="2026-03-02")
    snapshot = snapshots.latest(old) | {"published_on": "2026-03-03", "body": "<p>Rye</p>"}
    editing.save(old, snapshot, version=old.version, by=chief)
    old.refresh_from_db()
    workflow.put_live(old, by=chief, kind="small_fix")
    assert found("", section="economy") == ["Old", "New"]
    assert found("rye") == ["Old"]
    assert engine().drop_orphans() == 0
    assert new.is_live


@pytest.mark.django_db(transaction=True)
def test_a_flushed_database_leaves_no_words_behind():
    """The engine's own table is no model. Words of stories that are gone would stand in the way of others' pages."""
    a_story("Bread")
    call_command("flush", interactive=False)
    assert engine().newest(Question((EVERY_STORY,)), timezone.now(), 10) == []
    assert engine().drop_orphans() == 0


def test_reindexing_fills_in_takes_out_and_says_so(found, capsys):
    for number in range(3):
        a_story(f"Bread {number}")
    index.drop(Article.objects.filter(headline="Bread 1").values_list("pk", flat=True))
    Article.objects.filter(headline="Bread 2").update(shown_version=7)
    assert found("bread") == ["Bread 2", "Bread 0"]
    assert index.missing().count() == 2
    call_command("search_reindex", "--dry-run")
    assert "2 stories would be written, 0 would be taken out." in capsys.readouterr().out
    call_command("search_reindex")
    assert "2 stories written, 0 taken out, " in capsys.readouterr().out
    assert found("bread") == ["Bread 2", "Bread 1", "Bread 0"]
    assert not index.missing().exists()
    Article.objects.filter(headline="Bread 0").update(status="withdrawn", live_from=None)
    call_command("search_reindex", "--again")
    assert "2 stories written, 1 taken out, 0 left-overs cleared." in capsys.readouterr().out


def test_reindexing_that_was_stopped_goes_on_and_readers_search_meanwhile(
    found, capsys, monkeypatch
):
    for number in range(4):
        a_story(f"Bread {number}")
    keys = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    index.drop(keys)
    assert found("bread") == []
    monkeypatch.setattr("newsroom.management.commands.search_reindex.STEP", 1)
    real, written, seen = index.write, [], []

    def stopped_after_two(articles):
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(real(articles))
        seen.append(len(found("bread")))
        return 1

    monkeypatch.setattr(index, "write", stopped_after_two)
    with pytest.raises(KeyboardInterrupt):
        call_command("search_reindex")
    assert seen == [1, 2], "what is written is found at once"
    assert f"2 of 4 … (up to key {keys[1]})" in capsys.readouterr().out
    monkeypatch.setattr(index, "write", real)
    call_command("search_reindex")
    assert "2 stories written" in capsys.readouterr().out
    seen.clear()
    monkeypatch.setattr(
        index, "write", lambda articles: (seen.append(len(found("bread"))), real(articles))[1]
    )
    call_command("search_reindex", "--again", "--from-key", str(keys[0]))
    assert "3 stories written" in capsys.readouterr().out
    assert seen == [4, 4, 4], "while everything is written again nothing is missing"


def test_a_missing_story_is_a_warning_of_the_checks():
    a_story("Bread")
    assert search_index_is_whole(None, databases=["default"]) == []
    SearchEntry.objects.all().delete()
    assert [each.id for each in search_index_is_whole(None, databases=["default"])] == [
        "newsroom.W004"
    ]


ENGINES_OWN = [
    "AND",
    "OR NOT",
    "NEAR(a b)",
    "a NEAR/2 b",
    "title:bread",
    "bread*",
    "^bread",
    '"',
    '""',
    "'",
    "a'b",
    "(",
    ")",
    "bread OR",
    "- -",
    "-",
    "--bread",
    "{title} : x",
    "col:",
    "author:",
    'author:""',
    "tag:-",
    "before:",
    "after:",
    "&",
    "|",
    "!",
    "<->",
    "bread & !tea",
    "a:b:c",
    "\\",
    "bread\\",
    "%",
    "_",
    "all_",
    "r_bread",
    "s_1",
    ":*",
    "a <2> b",
    "-author:x",
    'author:"',
    "section:'; DROP TABLE x",
    "NULL",
    "\x00",
    "𝕓𝕣𝕖𝕒𝕕",
    "北京",
    "🍞",
]


@pytest.mark.parametrize("typed", ENGINES_OWN)
def test_no_engine_s_syntax_is_ever_an_error(client, typed):
    a_story("Bread")
    for sort in ("newest", "best", "oldest"):
        assert client.get("/search/", {"q": typed, "sort": sort}).status_code == 200
    assert (
        client.get(
            "/search/", {"q": "bread", "author": typed, "from": typed, "section": typed}
        ).status_code
        == 200
    )


@pytest.mark.full_size
@pytest.mark.parametrize("case", some(cases("unicode"), 5))
def test_a_story_with_any_characters_can_be_indexed_and_others_still_found(found, case):
    a_story(f"x {case['value']}"[:250], body=f"<p>Rye {case['value']}</p>")
    a_story("Bread")
    assert "Bread" in found("bread")


def test_marks_of_the_index_are_no_words(found):
    a_story("Bread")
    assert found("all_") == found("k_news") == []


def test_a_search_asks_few_queries(client, django_assert_num_queries):
    for number in range(3):
        a_story(f"Bread {number}", by=[an_author()], tags=["trade"])
        with django_assert_num_queries(5):
            client.get("/search/?q=bread+trade")
        with django_assert_num_queries(5):
            client.get("/search/?q=bread+trade&sort=best")


def test_somebody_who_has_not_asked_is_offered_topics(page):
    a_story("Bread", tags=["Grain"])
    in_state("draft", "Hidden", tags=["Secret"])
    html = page("/search/")
    assert (
        'Recent topics</h2><ul class="tags" role="list"><li><a href="/tags/grain/">Grain</a>'
        in html
    )
    assert "Secret" not in html


def test_suggestions_know_every_word_of_a_name(client):
    a_story("Bread", by=[an_author("Jane van Doe")], tags=["World grain"])

    def names(typed):
        return [
            each["name"] for each in client.get("/search/suggest/", {"q": typed}).json()["found"]
        ]

    assert names("do") == names("van d") == names("doe ja") == ["Jane van Doe"]
    assert names("gra") == ["World grain"]
    assert names("zz") == []


@pytest.mark.parametrize(
    "state", ["scheduled", "withdrawn", "unpublished", "restored", "pulled back"]
)
def test_a_live_word_does_not_vouch_for_a_hidden_one_with_the_same_stem(page, state):
    a_story("They resign today")
    in_state(state, "Secret resignation planned")
    assert "resignation" not in page("/search/?q=resignatin").lower()
    a_story("A resignation")
    assert "Showing results for “resignation”" in page("/search/?q=resignatin")


def test_a_withdrawn_story_leaves_no_word_behind(chief):
    a_story("Bread affair")
    story = a_story("Zorbanak affair", body="<p>quixotry quixotry</p>")
    assert Spelling.objects.filter(plain__in=["zorbanak", "quixotry"]).exists()
    workflow.withdraw(story, by=chief, reason="law")
    assert not Spelling.objects.filter(plain__in=["zorbanak", "quixotry"]).exists()
    assert Spelling.objects.filter(plain="affair").exists()


def test_a_dump_carries_no_index_and_a_load_makes_one(found, tmp_path):
    a_story("Bread", by=[an_author("Jane Doe")], tags=["Grain"])
    file = tmp_path / "dump.json"
    call_command("dumpdata", "authors", "articles", "newsroom", output=str(file))
    assert "newsroom.searchentry" not in file.read_text()
    call_command("loaddata", str(file), verbosity=0)
    assert found("bread") == found("author:doe") == ["Bread"]


@pytest.mark.parametrize(
    "typed",
    [
        "bread",
        "bread salt",
        '"bread and salt"',
        "bread -zander",
        'bread -"milk and bread"',
        "author:baker bread",
        "хлеб",
    ],
)
def test_both_engines_rank_by_one_formula(typed):
    """PostgreSQL reckons it itself, SQLite asks us to: the scores of each story must be those of the formula."""
    ada, said = an_author("Ada Baker"), random.Random(4)
    for number in range(12):
        words = said.choices(
            ["bread", "salt", "milk", "and", "bread and salt", "хлеб", "tea"],
            k=said.randrange(3, 400),
        )
        a_story(
            " ".join(said.choices(["Bread", "Tea", "Salt", "Milk"], k=3)),
            summary=said.choice(["", "Bread bread bread", "Salt"]),
            body=f"<p>{' '.join(words)}</p>",
            by=[ada] if number % 2 else (),
            language="ru" if number % 3 == 0 else "en",
        )
    question = question_of(read({"q": typed}))
    scores = engine().best(question, timezone.now(), 200, 200)
    expected = {}
    for article in index.published():
        words = index.words_for(article)
        counts = [[column.count(each) for column in words.columns] for each in question.tokens]
        expected[words.place] = rank(counts, sum(map(len, words.columns)))
    assert scores
    assert scores == pytest.approx({place: expected[place] for place in scores}, rel=1e-5)
    assert best(question, timezone.now()) == sorted(
        scores, key=lambda place: (-float(f"{expected[place]:.5g}"), -place)
    )


def test_what_is_not_wanted_is_in_no_best_match(found):
    a_story("Bread one", body="<p>Salt and bread</p>")
    a_story("Bread two", body="<p>Milk and bread</p>")
    assert found("bread -salt", sort="best") == found("bread -salt") == ["Bread two"]
    assert found('"bread one" -salt', sort="best") == []
    assert found('bread -"salt and"', sort="best") == ["Bread two"]
