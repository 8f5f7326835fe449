"""The importer understands a line to its end or asks: no part of it is taken, and no letter moves by guess."""

import zoneinfo
from collections import Counter
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsroom.interchange.date_parts import FILLERS, MONTHS, WEEKDAYS
from newsroom.interchange.dates import ABBREVIATIONS, read_date
from newsroom.interchange.readers.plain_text import read_story
from newsroom.interchange.story import Unreadable

TASHKENT = zoneinfo.ZoneInfo("Asia/Tashkent")
TODAY = date(2026, 6, 1)
TEXT = "Bread costs more\n\nBakers met in the hall.\n\nThey talked of flour."


def reading(value):
    found = read_date(value, zone=TASHKENT, today=TODAY)
    if found.verdict != "exact":
        assert (found.day, found.minute) == (None, None)
        return found.verdict
    return (found.minute or found.day).isoformat()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        # zones that name one time, and zones that do not, or not on that day
        ("2024-09-24 12:30 МСК", "2024-09-24T12:30:00+03:00"),
        ("2012-05-05 12:30 MSK", "2012-05-05T12:30:00+04:00"),
        ("24.09.2024 12:30 Europe/Paris", "2024-09-24T12:30:00+02:00"),
        ("2024-09-24 12:30 GMT+5", "2024-09-24T12:30:00+05:00"),
        ("2024-09-24 12:30 (UTC +05:30)", "2024-09-24T12:30:00+05:30"),
        ("2024-09-24 12:30+05", "2024-09-24T12:30:00+05:00"),
        ("2024-09-24 12:30 −04:00", "2024-09-24T12:30:00-04:00"),
        ("January 9, 2024 5 pm EST", "2024-01-09T17:00:00-05:00"),
        ("September 24, 2024 5 pm EST", "ask"),
        ("January 9, 2024 5 pm EDT", "ask"),
        ("2024-07-01 12:00 CET", "ask"),
        ("2024-01-09 12:00 CEST", "ask"),
        ("2024-09-24 12:30 Moscow time", "ask"),
        ("2024-09-24 12:30 Pacific Time", "ask"),
        ("2024-09-24 12:30 Etc/GMT+5", "ask"),
        ("2024-09-24 12:30 Poland", "ask"),
        ("2024-09-24 12:30 Europe/Nowhere", "ask"),
        ("2024-09-24 12:30 right/UTC", "ask"),
        ("2024-09-24 12:30 +5", "ask"),
        ("2024-09-24 12:30 EDT EST", "ask"),
        ("12:30, 24 September 2024 EDT", "ask"),
        # hours that never were, that were twice, and that belong to two days
        ("2024-03-31 02:30 Europe/Paris", "reject"),
        ("2024-03-10 02:30 EST", "reject"),
        ("2024-10-27 02:30 CET", "2024-10-27T02:30:00+01:00"),
        ("2024-10-27 02:30 CEST", "2024-10-27T02:30:00+02:00"),
        ("2024-11-03 01:30 EDT", "2024-11-03T01:30:00-04:00"),
        ("2024-10-27 02:30 Europe/Paris", "ask"),
        ("2024-09-24 24:00", "ask"),
        ("2024-09-24T24:00:00Z", "ask"),
        ("2024-09-24 24:01", "reject"),
        ("2024-09-24 25:00", "reject"),
        ("2024-09-24 13:00 p.m.", "reject"),
        # a span, or a zone
        ("2024-09-24 09:00-10:00", "ask"),
        ("2024-09-24 09:00-18:00", "reject"),
        ("2024-09-24T03:00-04:00", "2024-09-24T03:00:00-04:00"),
        ("2024-09-24 12:30 – 13:30", "ask"),
        ("2024-09-24 12:30 13:30", "ask"),
        # years of two digits, weekdays, several days
        ("24.09.24", "ask"),
        ("24 September 24", "ask"),
        ("September 24, '24", "ask"),
        ("Monday 2024-09-24", "ask"),
        ("Tuesday 2024-09-24", "2024-09-24"),
        ("Tue, Wed 24.09.2024", "ask"),
        ("2024-09-24 2024-09-25", "ask"),
        ("2024-09-24 25 September 2024", "ask"),
        ("5-6 September 2024", "ask"),
        ("2024-09-24, 2024-10-01", "ask"),
        ("September 24, 2024 3", "ask"),
        ("2024-09-24 3", "ask"),
        # the rest of a line counts as much as its beginning
        ("September 24, 2024 | Moscow", "ask"),
        ("September 24, 2024 | Updated: soon", "reject"),
        ("September 24, 2024 | Updated September 26, 2024, 5 p.m.", "2024-09-24"),
        ("2024-09-24, Tashkent", "ask"),
        ("2024-09-24 (draft)", "ask"),
        ("2024-09-24?", "ask"),
        ("approx. 2024-09-24", "ask"),
        ("24 сентября 2024 года в 12.30", "2024-09-24T12:30:00+05:00"),
        ("2024-yil 24-sentabr kuni soat 12:30", "2024-09-24T12:30:00+05:00"),
        ("Tue Sep 24 12:30:00 EDT 2024", "2024-09-24T12:30:00-04:00"),
        ("12:30 Sep 24, 2024", "2024-09-24T12:30:00+05:00"),
        ("24th of September, 2024", "2024-09-24"),
    ],
)
def test_a_date_is_read_to_its_end_or_not_at_all(value, expected):
    assert reading(value) == expected


GOOD = [
    "date 2024-09-24",
    "Date: 2024-09-24 12:30",
    "date 2024-09-24T12:30+05:00",
    "Published: September 24, 2024",
    "date 24 сентября 2024 года",
    "date 24.09.2024 12:30 GMT+5",
    "date 2024-09-24 12:30 Europe/Paris",
]
SUFFIXES = [
    "Moscow time",
    "МСК",
    "Pacific Time",
    "Pacific Time.",
    "Etc/GMT+5",
    "EST",
    "local time",
    "Tashkent",
    "Moscow time.",
    "(draft)",
    "to 2024-09-26",
    "– 26",
    "| 12:30",
    "Evening edition",
    "Evening edition.",
    "Updated.",
    "Bakers met.",
    "Bakers agree on bread",
    "Bread is dear!",
    "By Jane Doe",
    "PM",
    "24:00",
    "2024",
    "Monday",
    "?",
    "#1",
    "AD",
    "12:30",
    "Z",
]
KNOWN = set("0123456789:.,;+-−/|()TZ ") | set("apm")
TIME_WORDS = (
    FILLERS
    | WEEKDAYS.keys()
    | MONTHS.keys()
    | ABBREVIATIONS.keys()
    | {"мск", "utc", "gmt", "z", "updated", "europe", "paris"}
)


def letters_of(text):
    return Counter("".join(text.split()))


def check_document(line, rest):
    """Reads the document, and gives the story when its date was taken."""
    document = f"{line}\n\n{rest}"
    story = read_story(document, zone=TASHKENT)
    kept = "\n".join([story.headline or "", story.text])
    if story.published_on is None:
        assert letters_of(kept) == letters_of(document)
        assert line.strip() in story.text
        assert story.headline is None
        # no word of the date's line
        assert story.working_headline == "Bread costs more" or len(line) > 150
        assert any(
            found.field == "date" and found.where.endswith("stays in the text.")
            for found in story.receipt
        )
        return None
    taken = letters_of(document) - letters_of(kept)
    assert letters_of(kept) <= letters_of(document)
    assert story.headline in (None, rest.split("\n")[0])  # never words of the date's line
    return story, taken


@pytest.mark.parametrize("prefix", GOOD)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_stands_behind_a_good_date_is_understood_or_asked_about(prefix, suffix):
    line = f"{prefix} {suffix}"
    result = check_document(line, TEXT)
    if result is None:
        return
    story, taken = result
    # the documented form: the day in front of the first sentence
    if suffix in ("Bakers met.", "Bread is dear!"):
        assert story.text.startswith(f"{suffix}\n\n")
        assert taken == letters_of(prefix)
        return
    assert taken == letters_of(line)
    assert suffix.casefold() in {"мск", "pm", "z", "12:30"}, suffix


WORDS = [
    *SUFFIXES,
    "and",
    "September",
    "24",
    "2024",
    "2024-09-25",
    "Tuesday",
    "UTC+5",
    "-05:00",
    ",",
    ".",
    "a.m.",
    "|",
    "Updated:",
    "Europe/Paris",
    "The",
    "mayor",
    "said",
    "so.",
    "в",
    "г.",
    "(",
    ")",
    "“",
    "5",
]
ANY_SUFFIX = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(
        lambda words: " " + " ".join(words)
    ),
)


@settings(max_examples=150, deadline=None)
@given(prefix=st.sampled_from(GOOD), suffix=ANY_SUFFIX)
@example(prefix="date 2024-09-24", suffix=" Noon.")
@example(prefix="date 2024-09-24 12:30", suffix="-13:00")
@example(prefix="date 2024-09-24", suffix="\u2028Bakers")
def test_any_words_behind_a_good_date_are_kept_whole(prefix, suffix):
    line = f"{prefix}{suffix}".strip(" \t")
    try:
        result = check_document(line, TEXT)
    except Unreadable:
        return
    if result is None:
        return
    story, taken = result
    # only a whole first sentence stays behind, and it begins the text
    if taken != letters_of(line):
        rest = line[len(prefix) :].strip()
        assert taken == letters_of(prefix)
        assert story.text.startswith(rest)
        assert rest.rstrip("”’\"'»)]").endswith(
            (".", "!", "?", "…", "。", "！", "？", "।", "۔", "؟")
        )
        assert not rest.lstrip("“‘\"'«„")[0].islower()
        return
    words = "".join(char if char.isalpha() else " " for char in suffix).casefold().split()
    assert all(char in KNOWN or char.isalpha() or char.isspace() for char in suffix), suffix
    assert set(words) <= TIME_WORDS | set("apmt") | {"am", "pm"}, suffix


@pytest.mark.parametrize(
    "sentence",
    [
        "Bakers met in Washington on 13 September.",
        "Central Asian leaders met in Astana on Monday to talk of water.",
        "“We are ready,” the mayor said of the winter.",
        "Monday was quiet in the markets of the capital.",
        "Пекари встретились в городе.",
        "Bread is dear, and nobody in the market knows why!",
    ],
)
def test_a_day_in_front_of_the_first_sentence_is_taken_and_the_sentence_begins_the_text(sentence):
    story = read_story(f"date 2024-09-16 {sentence}\n\nMore of it.", zone=TASHKENT)
    assert (str(story.published_on), story.headline) == ("2024-09-16", None)
    assert story.text == f"{sentence}\n\nMore of it."


def test_a_sentence_may_go_on_in_the_next_line():
    story = read_story(
        "date 2024-09-16 Bakers met in the hall\nand talked of flour.\n\nMore.", zone=TASHKENT
    )
    assert (str(story.published_on), story.text) == (
        "2024-09-16",
        "Bakers met in the hall\nand talked of flour.\n\nMore.",
    )


@pytest.mark.parametrize(
    "line",
    [
        "September 24, 2024",
        "Tuesday, 24 September 2024, Moscow time",
        "Дата: 24 сентября 2024",
        "2024-09-24 12:30 МСК",
    ],
)
def test_a_date_that_nothing_calls_the_storys_is_neither_its_date_nor_its_headline(line):
    story = read_story(f"{line}\n\n{TEXT}", zone=TASHKENT)
    assert (story.published_on, story.headline) == (None, None)
    assert story.text.startswith(line)
    assert any(
        found.field == "date" and "left to the desk" in found.where for found in story.receipt
    )


@pytest.mark.parametrize(
    "headline",
    ["Court rules on attack of 11 September 2001", "May brings rain", "Bread: 24 loaves a day"],
)
def test_a_headline_that_names_a_day_is_still_a_headline(headline):
    assert read_story(f"{headline}\n\nText here.\n\nMore.", zone=TASHKENT).headline == headline


def test_when_a_story_was_changed_is_told_and_not_taken_over():
    story = read_story(
        f"Published: September 24, 2024 | Updated: September 26, 2024\n\n{TEXT}", zone=TASHKENT
    )
    assert str(story.published_on) == "2024-09-24"
    (found,) = [found for found in story.receipt if found.field == "later date"]
    assert (found.value, found.where) == ("Updated: September 26, 2024", "line 1, not taken over")


@pytest.mark.parametrize(
    "line",
    [
        "By Friday",
        "By Friday Night",
        "By Late September",
        "By Reuters",
        "By Jane Doe | Trade desk",
        "By Jane Doe With John Roe",
        "By Jane Doe, Trade Editor",
        "By Jane Doe (Tashkent)",
        "By Jane Doe in Tashkent",
        "By Jane Doe #1",
        "By Jane Doe – Paris",
        "By Jane Doe & Co",
        "By Jane Doe.",
    ],
)
def test_a_line_that_is_more_or_less_than_one_persons_name_stays_in_the_text(line):
    story = read_story(f"Prices fall\n\n{line}\n\nText.", zone=TASHKENT)
    assert (story.signatures, story.text) == ([], f"{line}\n\nText.")


@pytest.mark.parametrize(
    "name",
    [
        "Jane Doe",
        "J. Doe",
        "Anne-Marie O’Neill",
        "Акмалхўжа Мавлонов",
        "Ludwig van Beethoven",
        "JANE DOE",
    ],
)
def test_a_name_is_a_name(name):
    story = read_story(f"Prices fall\n\nBy {name}\n\nText.", zone=TASHKENT)
    assert ([each.name for each in story.signatures], story.text) == ([name], "Text.")


def test_a_byline_without_a_headline_is_no_headline():
    story = read_story(f"By Jane Doe\n\n{TEXT}", zone=TASHKENT)
    assert (story.headline, story.signatures, story.is_byline_sure) == (None, [], False)
    assert story.text.startswith("By Jane Doe\n\n")


def test_names_that_only_look_alike_do_not_swallow_a_line():
    story = read_story(
        "Prices fall\n\nBy Азиз Мэров\n\nText.\n\nView more articles from Азиз Меров", zone=TASHKENT
    )
    assert not story.is_byline_sure
    assert story.text == "By Азиз Мэров\n\nText."


def test_a_last_sentence_with_the_authors_name_is_no_credit_line():
    story = read_story(
        "Prices fall\n\nText.\n\nThe prize went to Ada Baker\n\nAda Baker\n\nAda Baker\n\nBio.",
        zone=TASHKENT,
    )
    assert [(each.name, each.shown) for each in story.signatures] == [("Ada Baker", "")]
    assert story.text.endswith("The prize went to Ada Baker")


def test_two_author_blocks_leave_the_byline_open():
    block = "{0}\n\n{0}\n\nBio.\n\nView more articles from {0}"
    story = read_story(
        f"Prices fall\n\nText.\n\n{block.format('Ada Baker')}\n\n{block.format('Ben Cook')}",
        zone=TASHKENT,
    )
    assert ([each.name for each in story.signatures], story.is_byline_sure) == (["Ben Cook"], False)
    assert story.text.endswith("View more articles from Ada Baker")


def test_a_refrain_is_nobodys_name():
    story = read_story("A song\n\nText of it.\n\nlet it be\n\nlet it be", zone=TASHKENT)
    assert (story.signatures, story.text.count("let it be")) == ([], 2)
