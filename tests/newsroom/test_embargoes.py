"""An embargo in a document is for the desk: never a headline, never text, and nothing goes live past it."""

import zoneinfo
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from articles import copydesk, workflow
from articles.models import Article
from articles.story import editing, snapshots
from newsroom.interchange.load import body_of
from newsroom.interchange.readers.plain_text import read_story
from tests.builders import a_draft, a_section

ZONE = zoneinfo.ZoneInfo("Asia/Tashkent")
LINES = [
    "EMBARGOED UNTIL 06:00 GMT, 4 MARCH 2026",
    "Embargoed till Monday noon",
    "EMBARGO: 4 March, 06:00",
    "UNDER EMBARGO UNTIL 4 MARCH",
    "*** STRICTLY EMBARGOED TO 0001 ***",
    "HOLD UNTIL 6 P.M.",
    "Hold for release until Wednesday",
    "NOT FOR PUBLICATION BEFORE 4 MARCH",
    "Strictly not for release until 4 March",
    "ЭМБАРГО ДО 4 МАРТА",
    "Не публиковать до 4 марта 06:00",
]
HEADLINES = [
    "Embargo on grain ends",
    "Hold until the flood passes, mayor says",
    "Embargoed grain reaches the port",
]
REST = "Bread costs more\n\nFlour is up.\n\nAda Baker\n\nAda Baker\n\nBio.\n\nView more articles from Ada Baker\n"


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("place", ["first", "after the date", "under the headline"])
def test_an_embargo_is_no_headline_and_no_text(line, place):
    before, after = {
        "first": (f"{line}\n\ndate 2026-03-04\n\n", REST),
        "after the date": (f"date 2026-03-04\n\n{line}\n\n", REST),
        "under the headline": (
            "date 2026-03-04\n\n",
            REST.replace("more\n\n", f"more\n\n{line}\n\n"),
        ),
    }[place]
    story = read_story(before + after, zone=ZONE)
    assert (story.headline, story.text) == ("Bread costs more", "Flour is up.")
    assert (story.embargo, story.published_on.isoformat()) == (line, "2026-03-04")
    assert line in " ".join(story.open_questions)
    assert any(found.field == "embargo" for found in story.receipt)


@pytest.mark.parametrize("headline", HEADLINES)
def test_news_of_an_embargo_is_a_headline(headline):
    story = read_story(REST.replace("Bread costs more", headline), zone=ZONE)
    assert (story.headline, story.embargo, story.open_questions) == (headline, "", [])


def test_an_embargo_with_the_text_on_its_line_stays_there_and_asks():
    line = "EMBARGOED UNTIL 06:00 GMT: " + "Flour is up again in three districts " * 6
    story = read_story(f"{line}\n\nMore text.\n", zone=ZONE)
    assert (story.headline, story.embargo) == (None, "")
    assert story.text.startswith("EMBARGOED")
    assert len(story.open_questions) == 1


WHOLE = {  # what a line says, and the moment that it states
    "EMBARGOED UNTIL 06:00 GMT, 4 MARCH 2026": "2026-03-04T06:00:00+00:00",
    "Embargoed until 25 September 2024 09:00 Asia/Tashkent": "2024-09-25T09:00:00+05:00",
    "Embargoed until 25 September 2024 09:00 UZT": "2024-09-25T09:00:00+05:00",
    "*** EMBARGO: 2024-09-25T09:00+05:00 ***": "2024-09-25T09:00:00+05:00",
    "Not for publication before 6 p.m. on Wednesday 4 March 2026.": "2026-03-04T18:00:00+05:00",
    "ЭМБАРГО ДО 4 марта 2026 06:00 МСК": "2026-03-04T06:00:00+03:00",
}
LEFT = {  # and why its moment is left to the desk
    "Embargoed until 25 September 2024 09:00 Tashkent": "“Tashkent” is no time zone that we know.",
    "Embargoed until 25 September 2024": "It names no time of day.",
    "Embargoed until 09/10/2024 09:00": "Day and month could be either way round.",
    "Embargoed until 25 September 2024 09:00, check against delivery": "“",
    "Embargoed until tomorrow 09:00": "It counts from a day that the document does not state.",
    "Embargoed until Tuesday 25 September 2024 09:00": "The weekday and the date disagree.",
    "EMBARGO: 4 March, 06:00": "It names no year.",
}


@pytest.mark.parametrize(("line", "moment"), WHOLE.items())
def test_the_moment_of_an_embargo_that_is_understood_to_its_end_is_said_in_words(line, moment):
    story = read_story(f"{line}\n\n{REST}", zone=ZONE)
    assert story.embargo_until.isoformat() == moment
    assert ("embargo until", moment) in [(found.field, found.value) for found in story.receipt]
    words = f"{story.embargo_until.astimezone(ZONE):%-d %B %Y, %H:%M}"
    assert [
        f"schedule it for {words} (Asia/Tashkent) or later." in question
        for question in story.open_questions
    ] == [True]
    assert words in body_of(story)
    assert (story.published_on, story.text) == (None, "Flour is up.")


@pytest.mark.parametrize(("line", "why"), LEFT.items())
def test_a_moment_that_is_not_understood_to_its_end_is_left_and_said_so(line, why):
    story = read_story(f"{line}\n\n{REST}", zone=ZONE)
    assert (story.embargo, story.embargo_until) == (line, None)
    assert [found.where for found in story.receipt if found.field == "embargo until"][0].startswith(
        f"not read: {why}"
    )
    assert f"Its moment is not read: {why}" in story.open_questions[0]


@pytest.mark.django_db
def test_a_story_is_not_published_by_an_import_when_its_embargo_is_over_either(tmp_path, editor):
    """That it is over by the clock of this machine is no answer of a person."""
    a_section("Economy")
    (tmp_path / "one.txt").write_text(
        f"Embargoed until 25 September 2024 09:00 UZT\n\ndate 2024-09-25\n\n{REST}", "utf-8"
    )
    call_command(
        "import_stories",
        str(tmp_path),
        publish=True,
        by="editor",
        section="Economy",
        stdout=StringIO(),
    )
    held = Article.objects.get()
    assert (held.status, held.live_from) == ("draft", None)
    assert (
        "not before 25 September 2024, 09:00 by the desk’s clock" in snapshots.latest(held)["body"]
    )
    with pytest.raises(workflow.Refused, match="A note for colleagues"):
        workflow.publish(held, by=editor)


@pytest.mark.django_db
def test_nobody_publishes_past_an_embargo(tmp_path, editor):
    a_section("Economy")
    for number, before in enumerate(("EMBARGOED UNTIL 6 P.M.\n\n", "")):
        text = REST.replace("Flour", "<Flour>" if before else "Flour")
        (tmp_path / f"{number}.txt").write_text(f"{before}date 2026-03-04\n\n{text}", "utf-8")
    out = StringIO()
    call_command(
        "import_stories", str(tmp_path), publish=True, by="editor", section="Economy", stdout=out
    )
    held, free = Article.objects.order_by("status")
    assert "1 published." in out.getvalue()
    assert "look whether it may go out" in out.getvalue()
    assert [held.status, free.status, held.headline] == ["draft", "published", "Bread costs more"]
    assert "EMBARGOED" not in held.body_text
    problems = copydesk.open_problems(snapshots.latest(held), held)
    assert "A note for colleagues still stands in the text: “EMBARGOED UNTIL 6 P.M.”." in [
        problem.message for problem in problems
    ]
    with pytest.raises(workflow.Refused, match="A note for colleagues"):
        workflow.publish(held, by=editor)


# --- once somebody has taken the note out


def without_its_note(tmp_path, line: str) -> Article:
    """The draft of a document that begins with this line, from which the desk has taken the note."""
    (tmp_path / "one.txt").write_text(f"{line}\n\ndate 2024-09-25\n\n{REST}", "utf-8")
    call_command("import_stories", str(tmp_path), section="Economy", stdout=StringIO())
    story = Article.objects.get()
    wanted = snapshots.latest(story)
    editing.save(
        story,
        wanted | {"body": wanted["body"].partition("</p>")[2]},
        version=story.version,
    )
    story.refresh_from_db()
    return story


def asked(story, at=None) -> list[str]:
    problems = copydesk.open_problems(snapshots.latest(story), story, at)
    return [problem.message for problem in problems if problem.rule == "embargo"]


MOMENT = (datetime.now(ZONE) + timedelta(days=30)).replace(
    hour=9, minute=0, second=0, microsecond=0
)
LINE = f"Embargoed until {MOMENT:%-d %B %Y} 09:00 UZT"
ASKS = f"The document that was imported asks not to publish before {MOMENT:%-d %B %Y}, 09:00"


@pytest.mark.django_db
def test_going_out_before_the_embargo_is_named_when_its_note_is_gone(tmp_path):
    a_section("Economy")
    story = without_its_note(tmp_path, LINE)
    assert "A note for colleagues" not in str(
        copydesk.open_problems(snapshots.latest(story), story)
    )
    assert [words.startswith(ASKS) for words in asked(story)] == [True]
    assert len(asked(story, MOMENT - timedelta(minutes=1))) == 1
    assert asked(story, MOMENT) == []


@pytest.mark.django_db
def test_an_embargo_is_said_once_while_its_note_stands(tmp_path):
    a_section("Economy")
    story = without_its_note(tmp_path, LINE)
    first = story.revisions.get(version=1)
    assert not [
        problem
        for problem in copydesk.look_over(first.snapshot, story)
        if problem.rule == "embargo"
    ]


@pytest.mark.django_db
def test_an_embargo_that_is_over_or_was_not_read_asks_nothing(tmp_path):
    a_section("Economy")
    over = without_its_note(tmp_path, "Embargoed until 25 September 2024 09:00 UZT")
    assert asked(over) == []
    assert asked(over, datetime(2024, 9, 24, tzinfo=UTC)) != []


@pytest.mark.django_db
def test_an_embargo_without_a_moment_and_a_story_of_the_desk_ask_nothing(tmp_path):
    a_section("Economy")
    assert asked(without_its_note(tmp_path, "EMBARGOED UNTIL 6 P.M.")) == []
    assert asked(a_draft("Bread")) == []


@pytest.mark.django_db
def test_the_steps_name_the_embargo_and_scheduling_for_its_moment_does_not(tmp_path, desk, editor):
    a_section("Economy")
    story = without_its_note(tmp_path, LINE)
    browser, step = desk(editor), f"/admin/articles/article/{story.pk}/act/"
    assert ASKS in browser.get(f"{step}publish/").content.decode()
    refused = browser.post(f"{step}publish/", {"version": story.version})
    assert refused.status_code == 422
    assert ASKS in refused.content.decode()
    on_time = {"day": MOMENT.date().isoformat(), "clock": "09:00", "version": story.version}
    assert ASKS in browser.post(f"{step}schedule/", on_time | {"clock": "08:59"}).content.decode()
    assert ASKS not in browser.post(f"{step}schedule/", on_time).content.decode()
