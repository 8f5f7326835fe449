"""A date is read exactly, asked about, or rejected. Never guessed, never today."""

import zoneinfo
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.interchange.dates import read_date
from tests.samples import cases

TASHKENT = zoneinfo.ZoneInfo("Asia/Tashkent")
TODAY = date(2026, 6, 1)


def reading(value, zone=TASHKENT):
    found = read_date(value, zone=zone, today=TODAY)
    if found.verdict != "exact":
        assert found.why
        assert found.day is found.minute is None
        return found.verdict
    return found.minute.isoformat() if found.minute else found.day.isoformat()


@pytest.mark.parametrize(
    "case", [case for case in cases("dates") if case.values[0]["expect"] != "clock"]
)
def test_dates_are_read_as_they_must_be(case):
    zone = None if "no desk zone" in case["note"] else TASHKENT
    assert reading(case["value"], zone) == case["expect"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("24 сентября 2024 г.", "2024-09-24"),
        ("24.09.2024", "2024-09-24"),
        ("Tue, 24 Sep 2024 12:30:00 GMT", "2024-09-24T12:30:00+00:00"),
        ("May 24, 2024 at 5:00 p.m.", "2024-05-24T17:00:00+05:00"),
        ("Monday, September 24, 2024", "ask"),
        ("2024-03-31 02:30 Europe/Paris", "reject"),
        ("03.04.2024", "ask"),
        ("24/09/24", "ask"),
        ("Version 2", "reject"),
        ("2028-01-01", "ask"),
    ],
)
def test_dates_in_other_clothes(value, expected):
    assert reading(value) == expected


@given(st.text(max_size=60))
def test_no_text_is_ever_read_as_today_unless_it_says_so(text):
    found = read_date(text, zone=TASHKENT, today=TODAY)
    assert found.day != TODAY or "2026" in text


@given(st.dates(date(1605, 1, 1), date(2027, 12, 31)))
def test_every_iso_day_is_read_back(day):
    assert read_date(day.isoformat(), zone=TASHKENT, today=TODAY).verdict == (
        "reject" if day == date(1970, 1, 1) else "exact"
    )
