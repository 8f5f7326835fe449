"""Read a date as a document states it: exactly, or not at all. A doubtful date is a question for the desk.

`read_date` gives one of three answers: exact (a day, perhaps a minute), ask (readable in two ways, or
incomplete), reject (no date). It never looks at the clock to fill anything in, and it understands the whole of what it
is given or nothing: what is neither day nor time nor zone (newsroom/interchange/date_parts.py) makes it a question.
"""

import re
import unicodedata
import zoneinfo
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

from articles.models.article import EARLIEST_YEAR
from newsroom.interchange.date_parts import OFFSET, Clock, Parts, parts_of

LONGEST = 1_000  # characters of what may be a date
NEVER_MEANT = {date(1970, 1, 1)}  # epoch zero: a fault in the source, not a day

RELATIVE = {
    "yesterday",
    "today",
    "tomorrow",
    "tonight",
    "ago",
    "last",
    "next",
    "this",
    "now",
    "вчера",
    "сегодня",
    "завтра",
    "назад",
    "bugun",
    "kecha",
    "ertaga",
    "бугун",
    "кеча",
    "эртага",
}
# Abbreviations that mean one zone only; each counts on days on which clocks there keep it: EST said in September is a
# question, and so is a time that a zone's clocks skip.
ABBREVIATIONS = {
    "est": "America/New_York",
    "edt": "America/New_York",
    "cdt": "America/Chicago",
    "mst": "America/Denver",
    "mdt": "America/Denver",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "cet": "Europe/Paris",
    "cest": "Europe/Paris",
    "eet": "Europe/Athens",
    "eest": "Europe/Athens",
    "msk": "Europe/Moscow",
    "jst": "Asia/Tokyo",
}
UNNAMED = {"uzt": "Asia/Tashkent"}  # the zone database has no abbreviation for it
IN_LATIN = {"мск": "msk"}
GREENWICH = {"utc", "gmt", "z"}
DOUBTFUL_ZONES = {
    "bst",
    "ist",
    "cst",
    "ast",
    "adt",
    "sst",
    "pkt",
    "wst",
    "amt",
    "ect",
    "gst",
    "act",
    "lst",
}

LABEL = re.compile(r"^(?:date|published|published on|posted)\s*:\s*", re.IGNORECASE)
UPDATED = re.compile(
    r"\s*(?:last )?(?:updated|modified|edited)(?:\s*+:)?+\s++(?=\S)", re.IGNORECASE
)
FROM_GREENWICH = re.compile(rf"(?:(?P<name>UTC|GMT)\s?)?(?P<offset>{OFFSET})", re.IGNORECASE)
CLOCKS_OF_DAY = timedelta(hours=-12), timedelta(hours=14)  # the zones that there are


@dataclass(frozen=True)
class Reading:
    """`verdict` is "exact", "ask" or "reject"; `day` and (when the minute is stated) `minute` only if exact.
    `besides`: what the line says of a later change, which is not when it was published."""

    verdict: str
    day: date | None = None
    minute: datetime | None = None  # with its zone
    why: str = ""
    besides: str = ""


class Doubt(Exception):
    def __init__(self, why, verdict="ask"):
        super().__init__(why)
        self.verdict = verdict


def read_date(value: str, *, zone: zoneinfo.ZoneInfo | None, today: date | None = None) -> Reading:
    """What `value` states. `zone` is the desk's, for times that name none; None when the desk has none."""
    latest_year = (today or datetime.now(UTC).date()).year + 1
    try:
        return read(value, zone, latest_year)
    except Doubt as doubt:
        return Reading(doubt.verdict, why=str(doubt))


def is_date_line(text: str) -> bool:
    """Whether a line is about a day and hardly anything else, whatever its label: "Дата: 24 сентября 2024, Москва"."""
    if len(text) > LONGEST:
        return False
    label, colon, rest = text.partition(":")
    parts = parts_of(
        unicodedata.normalize("NFKC", rest if colon and label.isalpha() else text).strip()
    )
    return parts.names_a_day and not parts.begins_strangely and len(parts.strangers) <= 2


def begins_with_date(text: str) -> bool:
    """Whether its first words name a day, whatever follows."""
    parts = parts_of(unicodedata.normalize("NFKC", text[:40]))
    return not parts.begins_strangely and (parts.names_a_day or text[:1].isdecimal())


def read(value: str, zone, latest_year: int) -> Reading:
    if len(value) > LONGEST:
        raise Doubt(f"It is longer than {LONGEST} characters.", "reject")
    if any(unicodedata.category(char) == "Cc" for char in value):
        raise Doubt("It contains control characters.", "reject")
    text, *others = LABEL.sub("", unicodedata.normalize("NFKC", value).strip()).split("|")
    found = reading_of(text, zone, latest_year)
    for other in others:
        label = UPDATED.match(other)
        if not label:
            raise Doubt("What stands behind “|” is not when it was changed.")
        reading_of(other[label.end() :], zone, latest_year)
    return Reading("exact", found.day, found.minute, besides="|".join(others).strip())


def reading_of(text: str, zone, latest_year: int) -> Reading:
    """Raises `Doubt` unless every word of `text` belongs to one day, and perhaps one time of it."""
    text = text.strip().rstrip(".,; ")
    parts = parts_of(text)
    if RELATIVE & set(parts.words):
        raise Doubt("It counts from a day that the document does not state.")
    if len(parts.days) + bool(parts.months) > 1:
        raise Doubt("It names more than one day.")
    if parts.months:
        day = day_in_words(parts, latest_year)
    elif parts.days:
        day = day_in_figures(parts.days[0], latest_year)
        if parts.numbers:
            raise Doubt(f"“{parts.numbers[0]}” is not part of a date.")
    else:
        refuse_without_day(text, parts)
    if parts.strangers:
        raise Doubt(f"“{parts.strangers[0]}” is not part of a date.")
    if any(weekday != day.weekday() for weekday in parts.weekdays):
        raise Doubt("The weekday and the date disagree.")
    if len(parts.clocks) > 1:
        raise Doubt("It names more than one time of day.")
    return Reading("exact", day, moment(day, parts.clocks[0], zone) if parts.clocks else None)


def day_in_figures(match: re.Match, latest_year: int) -> date:
    if match["iso"]:
        year, month, day = map(int, match["iso"].split(match["mark"]))
        return real_day(year, month, day, latest_year)
    first, second, year = match["numeric"].split(match["dot"])
    if len(year) == 2:
        raise Doubt("The year has two digits only.")
    first, second = int(first), int(second)
    if first <= 12 and second <= 12 and first != second:
        raise Doubt("Day and month could be either way round.")
    day, month = (first, second) if second <= 12 else (second, first)
    return real_day(int(year), month, day, latest_year)


def day_in_words(parts: Parts, latest_year: int) -> date:
    """A month's name, a day, a year."""
    years = [number for number in parts.numbers if number > 31]
    days = [number for number in parts.numbers if 1 <= number <= 31]
    if len(parts.months) > 1 or len(days) > 1 or len(years) > 1:
        raise Doubt("It names more than one day.")
    if not days:
        raise Doubt("It names no day of the month.")
    if not years or not 1000 <= years[0] <= 9999:
        raise Doubt("It names no year.")
    if len(parts.numbers) > 2:
        raise Doubt("It has a number that is not part of a date.")
    return real_day(years[0], parts.months[0], days[0], latest_year)


def refuse_without_day(text: str, parts: Parts):
    year = any(EARLIEST_YEAR <= number <= 2700 for number in parts.numbers)
    if re.fullmatch(r"Q[1-4]\W*\d{4}", text, re.IGNORECASE) or parts.weekdays:
        raise Doubt("It is not a single day.")
    day = any(1 <= number <= 31 for number in parts.numbers)
    if year and day and parts.words and not re.search(r"\d\.\d+\.\d", text):
        raise Doubt("The name of the month is in a language that is not set up.")
    raise Doubt("It is not a date.", "reject")


def real_day(year: int, month: int, day: int, latest_year: int) -> date:
    if year == 0 or (year, month, day) == (1, 1, 1):
        raise Doubt("It stands for “no date”.", "reject")
    try:
        found = date(year, month, day)
    except ValueError:
        raise Doubt("There is no such day.", "reject") from None
    if found in NEVER_MEANT:
        raise Doubt("1 January 1970 is what broken software writes.", "reject")
    if not EARLIEST_YEAR <= year <= latest_year:
        raise Doubt("The year is of another calendar, or a slip.")
    return found


def moment(day: date, clock: Clock, desk_zone) -> datetime:
    hour = clock.hour
    if clock.half:
        if not 1 <= hour <= 12:
            raise Doubt("There is no such time.", "reject")
        hour = hour % 12 + (12 if clock.half == "p" else 0)
    if (hour, clock.minute, clock.second) == (24, 0, 0):
        raise Doubt("24:00 is the end of one day and the beginning of the next.")
    try:
        wall = datetime(day.year, day.month, day.day, hour, clock.minute, clock.second)
    except ValueError:
        raise Doubt("There is no such time.", "reject") from None
    zone, kept = named_zone(clock, desk_zone)
    return at_wall_time(wall, zone, kept)


def named_zone(clock: Clock, desk_zone) -> tuple:
    """(the zone, the abbreviation that its clocks must keep at that moment or "")"""
    name, key = clock.zone, clock.zone.casefold()
    key = IN_LATIN.get(key, key)
    if not name:
        if desk_zone is None:
            raise Doubt("It names no time zone, and the desk has set none.")
        return desk_zone, ""
    if key in DOUBTFUL_ZONES:
        raise Doubt(f"{name} is the name of several time zones.")
    if key in GREENWICH:
        return UTC, ""
    if key in ABBREVIATIONS:
        return zoneinfo.ZoneInfo(ABBREVIATIONS[key]), key.upper()
    if key in UNNAMED:
        return zoneinfo.ZoneInfo(UNNAMED[key]), ""
    if offset := FROM_GREENWICH.fullmatch(name):
        return from_greenwich(offset, clock), ""
    if key.startswith("etc/"):
        raise Doubt(f"{name} counts the other way round than most who write it mean.")
    if "/" in name and name in zone_names():
        return zoneinfo.ZoneInfo(name), ""
    raise Doubt(f"“{name}” is no time zone that we know.")


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def from_greenwich(match: re.Match, clock: Clock) -> timezone:
    sign, figures = match["offset"][0], match["offset"][1:].replace(":", "")
    hours, minutes = (
        (int(figures), 0) if len(figures) <= 2 else (int(figures[:-2]), int(figures[-2:]))
    )
    span = timedelta(hours=hours, minutes=minutes) * (1 if sign == "+" else -1)
    if not match["name"] and len(figures) == 1:
        raise Doubt(f"“{match['offset']}” may be a zone, or something else.")
    if minutes > 59 or not CLOCKS_OF_DAY[0] <= span <= CLOCKS_OF_DAY[1]:
        raise Doubt("There is no such time zone.", "reject")
    if (
        sign != "+"
        and not match["name"]
        and not clock.is_joined
        and (hours, minutes) > (clock.hour, clock.minute)
    ):
        raise Doubt("It may be the time from one hour to another, or a time and its zone.")
    return timezone(span)


def at_wall_time(wall: datetime, zone, kept: str = "") -> datetime:
    """`wall` in `zone`, unless the clocks skip it or show it twice on that day. `kept`: the abbreviation of the time
    that they keep then, which also says which of two equal hours is meant."""
    both = [wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
    real = [
        each for each in both if each.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall
    ]
    if not real:
        raise Doubt("The clocks skip that time on that day.", "reject")
    meant = [each for each in real if not kept or each.tzname() == kept]
    if not meant:
        raise Doubt(f"The clocks there keep {real[0].tzname()} on that day, not {kept}.")
    if len({each.utcoffset() for each in meant}) > 1:
        raise Doubt("The clocks show that time twice on that day.")
    return meant[0]
