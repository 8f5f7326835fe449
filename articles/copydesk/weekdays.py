"""A weekday beside a date that falls on another day."""

import re
from collections.abc import Iterator
from datetime import date

from articles.copydesk.problem import WARN, Copy, Problem, sentence_around

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAY, MONTH = "|".join(DAYS), "|".join(MONTHS)
BEFORE = re.compile(
    rf"\b({DAY}),? (?:the )?(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?({MONTH})(?:,? (\d{{4}}))?\b"
)
AMERICAN = re.compile(rf"\b({DAY}),? ({MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?(?:, ?(\d{{4}}))?\b")


def check(copy: Copy) -> Iterator[Problem]:
    if not copy["language"].startswith("en"):
        return
    carried = copy["published_on"]
    for field, text in copy.prose:
        found = [(match, match[2], match[3]) for match in BEFORE.finditer(text)]
        found += [(match, match[3], match[2]) for match in AMERICAN.finditer(text)]
        for match, day, month in found:
            number = MONTHS.index(month) + 1
            year = int(match[4]) if match[4] else nearest_year(carried, number, int(day))
            true_day = weekday(year, number, int(day))
            if true_day and true_day != match[1]:
                yield Problem(
                    "weekday",
                    WARN,
                    field,
                    f"{day} {month} {year} is a {true_day}, not a {match[1]}.",
                    about=sentence_around(text, *match.span()),
                    suggestion=true_day,
                )


def nearest_year(carried: str | None, month: int, day: int) -> int | None:
    """The year in which that day is nearest to the day the story carries: "30 December" in a story of January."""
    if not carried:
        return None
    here = date.fromisoformat(carried)
    return min(
        (here.year - 1, here.year, here.year + 1),
        key=lambda year: abs((year - here.year) * 365 + (month - here.month) * 30 + day - here.day),
    )


def weekday(year, month, day) -> str | None:
    """None without a year, and for a date that does not exist (another matter)."""
    try:
        return DAYS[date(year, month, day).weekday()] if year else None
    except ValueError:
        return None
