"""The plain-text form: what is recognised, what stays in the text, and that every letter survives."""

import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.interchange.readers.plain_text import read_story
from newsroom.interchange.story import Unreadable, working_headline

ZONE = zoneinfo.ZoneInfo("Asia/Tashkent")
WHOLE = """date 2026-03-04

Bread costs more

Bakers in the town have raised prices.

They blame flour, “which doubled”.

Ada Baker

Ada Baker

Ada Baker writes about food.

View more articles fromAda Baker
"""


def found(story):
    return {line.field: (line.value, line.where) for line in story.receipt}


def test_a_whole_document():
    story = read_story(WHOLE, zone=ZONE)
    assert story.published_on.isoformat() == "2026-03-04"
    assert story.headline == "Bread costs more"
    assert (
        story.text == "Bakers in the town have raised prices.\n\nThey blame flour, “which doubled”."
    )
    (signature,) = story.signatures
    assert (signature.name, signature.bio, signature.role) == (
        "Ada Baker",
        "Ada Baker writes about food.",
        "writer",
    )
    assert found(story)["date"] == ("2026-03-04", "line 1")
    assert found(story)["headline"] == ("Bread costs more", "line 3")
    assert found(story)["byline"] == ("Ada Baker", "lines 9–11")
    assert found(story)["text"][1] == "lines 5–7"


@pytest.mark.parametrize(
    "start",
    [
        " date 2026-03-04 Bakers met.",
        "Date: 2026-03-04\nBakers met.",
        "\ufeffdate 2026-03-04\n\nBakers met.",
    ],
)
def test_a_date_alone_or_glued_to_the_text(start):
    story = read_story(start + "\n\nMore.", zone=ZONE)
    assert story.published_on.isoformat() == "2026-03-04"
    assert story.text == "Bakers met.\n\nMore."


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("date 09/10/2024", "either way round"),
        ("date yesterday", "counts from"),
        ("date 2026-02-30", "no such day"),
    ],
)
def test_a_doubtful_date_stays_in_the_text_and_the_receipt_asks(line, words):
    story = read_story(f"{line}\n\nBakers met in town.", zone=ZONE)
    assert story.published_on is None
    assert words in found(story)["date"][1]
    assert line in (story.text + (story.headline or ""))


def test_a_date_in_words_stands_on_a_line_of_its_own():
    assert (
        read_story("date September 24, 2024\n\nText here.", zone=ZONE).published_on.isoformat()
        == "2024-09-24"
    )
    assert read_story("Date palms are in bloom.\n\nText here.", zone=ZONE).published_on is None


def test_what_is_missing_is_said():
    story = read_story("Bakers met in the town hall on a cold day.\n\nThey talked.", zone=ZONE)
    assert (story.headline, story.signatures, story.published_on) == (None, [], None)
    assert {name for name, (_, where) in found(story).items() if where == "missing"} == {
        "date",
        "headline",
        "byline",
    }


def test_an_abbreviation_at_the_end_makes_no_sentence_of_a_headline():
    assert (
        read_story("A deal with the U.S.\n\nText here.", zone=ZONE).headline
        == "A deal with the U.S."
    )
    assert read_story("A short sentence.\n\nText here.", zone=ZONE).headline is None


@pytest.mark.parametrize(
    ("block", "name", "bio"),
    [
        (
            "Ada Baker\nAda Baker\nWrites.\nView more articles from Ada Baker",
            "Ada Baker",
            "Writes.",
        ),
        ("Ada Baker\n\nWrites.\n\nView more articles fromAda Baker", "Ada Baker", "Writes."),
        ("View more articles from Ada Baker", "Ada Baker", ""),
        ("Ada Baker\n\nAda Baker\n\nWrites.", "Ada Baker", "Writes."),
        ("Ada Baker\n\nAda Baker", "Ada Baker", ""),
    ],
)
def test_the_author_block_in_its_forms(block, name, bio):
    story = read_story(f"Headline here\n\nSome text stands here.\n\n{block}", zone=ZONE)
    assert [(each.name, each.bio) for each in story.signatures] == [(name, bio)]
    assert story.text == "Some text stands here."


def test_a_name_alone_at_the_end_is_not_taken_for_the_author():
    story = read_story("Headline here\n\nThe winner of the race is\n\nAda Baker", zone=ZONE)
    assert story.signatures == []
    assert story.text.endswith("Ada Baker")


def test_a_byline_under_the_headline():
    story = read_story("Headline here\n\nBy Ada Baker\n\nText.", zone=ZONE)
    assert [each.name for each in story.signatures] == ["Ada Baker"]
    assert (
        read_story("Headline here\n\nBy 2030 all will change.\n\nText.", zone=ZONE).signatures == []
    )


@pytest.mark.parametrize("gap", ["\n\n", "\n", "\n\u200b\n"])
def test_a_byline_on_the_very_next_line_is_no_part_of_the_headline(gap):
    story = read_story(
        f"Prices by the numbers\nBy Malika Tosheva{gap}Text one.\n\nText two.", zone=ZONE
    )
    assert (story.headline, [each.name for each in story.signatures]) == (
        "Prices by the numbers",
        ["Malika Tosheva"],
    )
    assert story.text == "Text one.\n\nText two."


@pytest.mark.parametrize(
    "text",
    [
        "They heard it sung\nby Ada Baker\nin the hall.\n\nText.",  # a line that was cut in the middle
        "Prices by the numbers\nBy Friday the queues had gone.\n\nText.",
        "Bakers met on Friday.\nBy Ada Baker\n\nText.",
        "By the numbers\nBy Ada Baker",
    ],
)
def test_a_line_by_somebody_elsewhere_stays_in_the_text(text):
    story = read_story(text, zone=ZONE)
    assert story.signatures == []
    assert "".join(story.text.split()) == "".join(text.split())


def test_a_credit_line_is_kept_word_for_word():
    story = read_story(
        "Headline here\n\nText.\n\nRetold from a report by Ada Baker\n\nAda Baker\n\nBio.\n\n"
        "View more articles from Ada Baker",
        zone=ZONE,
    )
    (signature,) = story.signatures
    assert (signature.shown, signature.role) == ("Retold from a report by Ada Baker", "source")


def test_lines_without_gaps_are_paragraphs_and_wrapped_lines_are_not():
    assert (
        read_story("First one.\nSecond one.\nThird one.", zone=ZONE).text
        == "First one.\n\nSecond one.\n\nThird one."
    )
    assert read_story("First\nwrapped.\n\nSecond.", zone=ZONE).text == "First\nwrapped.\n\nSecond."


@pytest.mark.parametrize("document", ["", " \n\t\n", "\ufeff"])
def test_an_empty_document_is_refused(document):
    with pytest.raises(Unreadable, match="empty"):
        read_story(document, zone=ZONE)


def test_a_working_headline_is_the_first_sentence_cut_at_a_word():
    assert (
        working_headline("Bakers met the U.S. envoy Dr. Crumb. They ate.")
        == "Bakers met the U.S. envoy Dr. Crumb"
    )
    long = working_headline("word " * 60)
    assert len(long) <= 100
    assert long.endswith("word…")
    assert working_headline("x" * 300) == "x" * 99 + "…"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=400))
def test_no_letter_is_lost_or_added(text):
    try:
        story = read_story(text, zone=ZONE)
    except Unreadable:
        return
    parts = "".join(
        [story.headline or "", story.text, *(each.bio + each.shown for each in story.signatures)]
    )
    if not story.signatures and story.published_on is None:
        assert "".join(parts.split()) == "".join(text.removeprefix("\ufeff").split())


@pytest.mark.parametrize(
    ("line", "minute"),
    [
        ("Date: 2024-09-16 22:30 UTC", "2024-09-16T22:30:00+00:00"),
        ("date 2024-09-16 22:30 +03:00", "2024-09-16T22:30:00+03:00"),
        ("date 2024-09-16T22:30", "2024-09-16T22:30:00+05:00"),
    ],
)
def test_a_zone_behind_the_time_belongs_to_it(line, minute):
    story = read_story(f"{line}\n\nBread costs more\n\nText.", zone=ZONE)
    assert story.published_at.isoformat() == minute
    assert story.headline == "Bread costs more"


@pytest.mark.parametrize(
    "line",
    [
        "date 2024-09-16 10:30 PM maybe",
        "Date: 2024-09-16 to 2024-09-18",
        "date 2024-09-16 – 18",
        "Date: Monday 5 May 2024",
    ],
)
def test_a_line_that_goes_on_about_the_date_is_left_to_the_desk(line):
    story = read_story(f"{line}\n\nBread costs more.\n\nText.", zone=ZONE)
    assert (story.published_on, story.headline) == (None, None)
    assert line in story.text


def test_a_sentence_that_begins_with_by_is_nobodys_name():
    story = read_story(
        "Prices fall\n\nBy Friday the queues had gone.\n\nNobody was hurt.", zone=ZONE
    )
    assert story.signatures == []
    assert "By Friday the queues had gone." in story.text


def test_two_people_in_one_line_are_left_to_the_desk():
    story = read_story("Prices fall\n\nBy Jane Doe and John Smith\n\nText.", zone=ZONE)
    assert story.signatures == []
    assert "By Jane Doe and John Smith" in story.text


def test_a_name_above_the_whole_story_makes_no_bio_of_it():
    text = "\n\n".join(f"Paragraph number {number}." for number in range(9))
    story = read_story(
        f"Prices fall\n\nJane Doe\n\n{text}\n\nView more articles from Jane Doe", zone=ZONE
    )
    assert [(each.name, each.bio) for each in story.signatures] == [("Jane Doe", "")]
    assert "Paragraph number 8." in story.text


def test_the_same_name_in_two_places_is_one_and_two_names_are_a_question():
    same = read_story(
        "Prices fall\n\nBy Jane Doe\n\nText.\n\nView more articles from Jane Doe", zone=ZONE
    )
    assert ([each.name for each in same.signatures], same.text, same.is_byline_sure) == (
        ["Jane Doe"],
        "Text.",
        True,
    )
    other = read_story(
        "Prices fall\n\nBy Jane Doe\n\nText.\n\nView more articles from John Smith", zone=ZONE
    )
    assert not other.is_byline_sure
    assert "By Jane Doe" in other.text


@pytest.mark.parametrize(
    "first", ["“We are ready,” he said. “Prices will fall.”", "The shops close. (They open later.)"]
)
def test_a_quoted_sentence_is_no_headline(first):
    assert read_story(f"{first}\n\nText.", zone=ZONE).headline is None
