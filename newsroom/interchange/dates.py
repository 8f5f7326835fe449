"""Read a date as a document states it: exactly, or not at all. A doubtful date is a question for the desk.

`read_date` gives one of three answers: exact (a day, perhaps a minute), ask (readable in two ways, or
incomplete), reject (no date). It never looks at the clock to fill anything in.
"""

import re
import unicodedata
import zoneinfo
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from articles.models.article import EARLIEST_YEAR

NEVER_MEANT = {date(1970, 1, 1)}  # epoch zero: a fault in the source, not a day

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan январь января yanvar январ", "february feb февраль февраля fevral феврал",
            "march mar март марта mart", "april apr апрель апреля aprel апрел", "may май мая",
            "june jun июнь июня iyun июн", "july jul июль июля iyul июл", "august aug август августа avgust",
            "september sept sep сентябрь сентября sentabr sentyabr сентябр",
            "october oct октябрь октября oktabr oktyabr октябр",
            "november nov ноябрь ноября noyabr ноябр", "december dec декабрь декабря dekabr декабр",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate((
        "monday mon понедельник dushanba душанба", "tuesday tue tues вторник seshanba сешанба",
        "wednesday wed среда chorshanba чоршанба", "thursday thu thur thurs четверг payshanba пайшанба",
        "friday fri пятница juma жума", "saturday sat суббота shanba шанба",
        "sunday sun воскресенье yakshanba якшанба",
    ))
    for name in names.split()
}  # fmt: skip
FILLERS = {
    "of",
    "the",
    "at",
    "on",
    "yil",
    "yili",
    "йил",
    "йили",
    "г",
    "год",
    "года",
    "в",
    "soat",
    "соат",
    "hours",
    "hrs",
}
RELATIVE = {
    "yesterday", "today", "tomorrow", "tonight", "ago", "last", "next", "this", "now",
    "вчера", "сегодня", "завтра", "назад", "bugun", "kecha", "ertaga", "бугун", "кеча", "эртага",
}  # fmt: skip
# Offsets in hours of abbreviations that mean one zone only. BST, CST, IST and their like mean several.
ZONES = {
    "utc": 0, "gmt": 0, "z": 0, "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3, "uzt": 5, "jst": 9,
}  # fmt: skip
DOUBTFUL_ZONES = {"bst", "ist", "cst", "ast", "adt", "sst", "pkt", "wst", "amt", "ect", "gst", "act", "lst"}

LABEL = re.compile(r"^(?:date|published|published on|posted)\s*:\s*", re.IGNORECASE)
ISO = re.compile(
    r"(?P<year>\d{4})(?P<mark>[-/])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
    r"(?:[T ,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2}|[A-Za-z_]+(?:/[A-Za-z_]+)*)?)?\Z"
)
NUMERIC = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})\Z")
CLOCK = re.compile(
    r"(?<![\d.:/-])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?(?::(?P<second>\d{2}))?\s*"
    r"(?P<half>a\.?m\.?|p\.?m\.?)?(?![\w:])(?:\s*(?P<zone>[A-Z]{2,5}\b|[+-]\d{2}:?\d{2}))?",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W\d_]+|\d+", re.UNICODE)


@dataclass(frozen=True)
class Reading:
    """`verdict` is "exact", "ask" or "reject"; `day` and (when the minute is stated) `minute` only if exact."""

    verdict: str
    day: date | None = None
    minute: datetime | None = None  # with its zone
    why: str = ""


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


def read(value: str, zone, latest_year: int) -> Reading:
    if any(unicodedata.category(char) == "Cc" for char in value):
        raise Doubt("It contains control characters.", "reject")
    text = unicodedata.normalize("NFKC", value).strip()
    text = LABEL.sub("", text).split("|")[0].strip().rstrip(".,; ")
    if iso := ISO.match(text):
        day = real_day(int(iso["year"]), int(iso["month"]), int(iso["day"]), latest_year)
        return with_time(day, iso["hour"], iso["minute"], iso["second"], None, iso["zone"], zone)
    if numeric := NUMERIC.match(text):
        return Reading("exact", numeric_day(numeric, latest_year))
    return read_words(text, zone, latest_year)


def numeric_day(match, latest_year: int) -> date:
    first, second, year = int(match[1]), int(match[3]), match[4]
    if len(year) == 2:
        raise Doubt("The year has two digits only.")
    if first <= 12 and second <= 12 and first != second:
        raise Doubt("Day and month could be either way round.")
    day, month = (first, second) if second <= 12 else (second, first)
    return real_day(int(year), month, day, latest_year)


def read_words(text: str, zone, latest_year: int) -> Reading:
    """A date in words: a month's name, a day, a year; perhaps a weekday and a time."""
    words = [word.casefold() for word in WORD.findall(text)]
    if RELATIVE & set(words):
        raise Doubt("It counts from a day that the document does not state.")
    months = [MONTHS[word] for word in words if word in MONTHS]
    if not months:
        refuse_without_month(text, words)
    clock, rest = take_clock(text)
    numbers = [int(word) for word in WORD.findall(rest) if word.isdecimal()]
    years = [number for number in numbers if number > 31]
    days = [number for number in numbers if 1 <= number <= 31]
    if len(months) > 1 or len(days) > 1 or len(years) > 1:
        raise Doubt("It names more than one day.")
    if not days:
        raise Doubt("It names no day of the month.")
    if not years or years[0] < 1000:
        raise Doubt("It names no year.")
    refuse_strangers(rest)
    day = real_day(years[0], months[0], days[0], latest_year)
    stated = [WEEKDAYS[word] for word in words if word in WEEKDAYS]
    if stated and stated[0] != day.weekday():
        raise Doubt("The weekday and the date disagree.")
    if clock is None:
        return Reading("exact", day)
    return with_time(day, clock["hour"], clock["minute"], clock["second"], clock["half"], clock["zone"], zone)


def refuse_without_month(text: str, words: list[str]):
    numbers = [word for word in words if word.isdecimal()]
    year = any(len(number) == 4 and EARLIEST_YEAR <= int(number) <= 2700 for number in numbers)
    letters = [word for word in words if not word.isdecimal()]
    if re.fullmatch(r"Q[1-4]\W*\d{4}", text, re.IGNORECASE) or set(words) & set(WEEKDAYS):
        raise Doubt("It is not a single day.")
    day = any(1 <= int(number) <= 31 for number in numbers if len(number) <= 2)
    if year and day and letters and not re.search(r"\d\.\d+\.\d", text):
        raise Doubt("The name of the month is in a language that is not set up.")
    raise Doubt("It is not a date.", "reject")


def refuse_strangers(rest: str):
    known = MONTHS.keys() | WEEKDAYS.keys() | FILLERS | {"st", "nd", "rd", "th"}
    strange = [word for word in WORD.findall(rest) if not word.isdecimal() and word.casefold() not in known]
    if strange:
        raise Doubt(f"“{strange[0]}” is not part of a date.")


def take_clock(text: str):
    """The first time of day in `text` and what is left without it. A bare number is no time."""
    for match in CLOCK.finditer(text):
        if match["minute"] or match["half"]:
            zone = match["zone"]
            if zone and zone.casefold() in MONTHS.keys() | WEEKDAYS.keys() | FILLERS:
                continue
            return match, text[: match.start()] + " " + text[match.end() :]
    return None, text


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


def with_time(day: date, hour, minute, second, half, zone_name, desk_zone) -> Reading:
    if hour is None:
        return Reading("exact", day)
    hour, minute, second = int(hour), int(minute or 0), int(second or 0)
    if half:
        if not 1 <= hour <= 12:
            raise Doubt("There is no such time.", "reject")
        hour = hour % 12 + (12 if half.casefold().startswith("p") else 0)
    try:
        wall = datetime(day.year, day.month, day.day, hour, minute, second)
    except ValueError:
        raise Doubt("There is no such time.", "reject") from None
    return Reading("exact", day, at_wall_time(wall, named_zone(zone_name, desk_zone)))


def named_zone(name: str | None, desk_zone):
    if not name:
        if desk_zone is None:
            raise Doubt("It names no time zone, and the desk has set none.")
        return desk_zone
    key = name.casefold()
    if key in DOUBTFUL_ZONES:
        raise Doubt(f"{name} is the name of several time zones.")
    if key in ZONES:
        return timezone(timedelta(hours=ZONES[key]))
    if offset := re.fullmatch(r"([+-])(\d{2}):?(\d{2})", name):
        span = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
        if span > timedelta(hours=14) or int(offset[3]) > 59:
            raise Doubt("There is no such time zone.", "reject")
        return timezone(span if offset[1] == "+" else -span)
    try:
        return zoneinfo.ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise Doubt(f"“{name}” is no time zone that we know.") from None


def at_wall_time(wall: datetime, zone) -> datetime:
    """`wall` in `zone`, unless the clocks skip it or show it twice on that day."""
    early, late = wall.replace(tzinfo=zone, fold=0), wall.replace(tzinfo=zone, fold=1)
    if early.utcoffset() != late.utcoffset():
        there_and_back = early.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
        if there_and_back != wall:
            raise Doubt("The clocks skip that time on that day.", "reject")
        raise Doubt("The clocks show that time twice on that day.")
    return early
