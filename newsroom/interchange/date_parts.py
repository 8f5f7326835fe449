"""What the words of a date consist of: days, months, clocks, zones, strangers. Every character belongs to something.

Only the form is looked at here; what it means, and whether it is a date at all, newsroom/interchange/dates.py says.
"""

import re
from dataclasses import dataclass, field

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan январь января yanvar январ",
            "february feb февраль февраля fevral феврал",
            "march mar март марта mart",
            "april apr апрель апреля aprel апрел",
            "may май мая",
            "june jun июнь июня iyun июн",
            "july jul июль июля iyul июл",
            "august aug август августа avgust",
            "september sept sep сентябрь сентября sentabr sentyabr сентябр",
            "october oct октябрь октября oktabr oktyabr октябр",
            "november nov ноябрь ноября noyabr ноябр",
            "december dec декабрь декабря dekabr декабр",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon понедельник dushanba душанба",
            "tuesday tue tues вторник seshanba сешанба",
            "wednesday wed среда chorshanba чоршанба",
            "thursday thu thur thurs четверг payshanba пайшанба",
            "friday fri пятница juma жума",
            "saturday sat суббота shanba шанба",
            "sunday sun воскресенье yakshanba якшанба",
        )
    )
    for name in names.split()
}
FILLERS = {
    "of",
    "the",
    "at",
    "on",
    "hours",
    "hrs",
    "yil",
    "yili",
    "kuni",
    "soat",
    "йил",
    "йили",
    "куни",
    "соат",
    "г",
    "год",
    "года",
    "го",
    "в",
}

OFFSET = r"[+\-−]\d{1,2}(?::?\d{2})?(?!\d)"
TOKEN = re.compile(
    rf"""
    (?P<half>(?P<hour_12>\d{{1,2}})(?:[:.](?P<minute_12>\d{{2}})(?::(?P<second_12>\d{{2}}))?)?
        \s?(?P<letter>[ap])(?:\.\s?m\.|\.m|m)(?![^\W_]))
    | (?P<clock>(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?::(?P<second>\d{{2}})(?:[.,]\d{{1,9}})?)?(?![\d:]))
    | (?P<iso>\d{{4}}(?P<mark>[-/])\d{{1,2}}(?P=mark)\d{{1,2}}(?!\d|[-/.]\d))
    | (?P<numeric>\d{{1,2}}(?P<dot>[./-])\d{{1,2}}(?P=dot)(?:\d{{4}}|\d{{2}})(?!\d|[-/.]\d))
    | (?P<dotted>(?P<hour_24>\d{{1,2}})\.(?P<minute_24>\d{{2}})(?!\d|[.:]\d))
    | (?P<number>(?P<figures>\d+)(?:(?:st|nd|rd|th)(?![^\W_])|-(?=[^\W\d_]))?)
    | (?P<joint>T(?=\d))
    | (?P<word>[^\W\d_]+(?:['’ʻʼ‘`][^\W\d_]+)*)
    | (?P<blank>[\s,.]+)
    | (?P<stranger>{OFFSET}|.)
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
ZONE = re.compile(
    r"\s*(?P<open>\()?"
    rf"(?P<zone>(?:UTC|GMT)\s?{OFFSET}|[A-Za-z]+(?:/[A-Za-z0-9_+\-]+)+|{OFFSET}|[^\W\d_]+)"
    r"(?(open)\))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Clock:
    """A time of day as it is written. `half`: "a", "p", or "" for 24 hours; `zone`: "" when none stands behind it;
    `is_joined`: by a T to its day, as ISO 8601 does."""

    hour: int
    minute: int
    second: int
    half: str
    zone: str
    is_joined: bool


@dataclass
class Parts:
    words: list[str] = field(default_factory=list)  # in small letters
    months: list[int] = field(default_factory=list)
    weekdays: list[int] = field(default_factory=list)  # Monday is 0
    numbers: list[int] = field(default_factory=list)
    # "2024-09-24" (group `iso`) and "24.09.2024" (`numeric`)
    days: list[re.Match] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    begins_strangely: bool = False

    @property
    def names_a_day(self) -> bool:
        return bool(
            self.days or (self.months and any(1 <= number <= 31 for number in self.numbers))
        )


def parts_of(text: str) -> Parts:
    parts, at, before = Parts(), 0, ""
    while at < len(text):
        match = TOKEN.match(text, at)
        assert match  # its last group takes any sign
        kind, at = match.lastgroup or "", match.end()
        if kind in ("half", "clock", "dotted"):
            zone = zone_at(text, at)
            at = zone.end() if zone else at
            parts.clocks.append(
                clock_of(match, zone["zone"] if zone else "", is_joined=before == "joint")
            )
        else:
            sort_into(parts, kind, match, before)
        before = kind
    return parts


def zone_at(text: str, at: int) -> re.Match | None:
    """The zone right behind a clock; a month, a weekday or "of" there is none."""
    match = ZONE.match(text, at)
    known = MONTHS.keys() | WEEKDAYS.keys() | FILLERS
    return match if match and (match["open"] or match["zone"].casefold() not in known) else None


def clock_of(match: re.Match, zone: str, *, is_joined: bool) -> Clock:
    hour, minute, second = (
        int(
            match[f"{name}_12"]
            or match[name]
            or (match[f"{name}_24"] if name != "second" else 0)
            or 0
        )
        for name in ("hour", "minute", "second")
    )
    return Clock(hour, minute, second, (match["letter"] or "").casefold(), zone, is_joined)


def sort_into(parts: Parts, kind: str, match: re.Match, before: str) -> None:
    text, word = match[0], match[0].casefold()
    if kind == "word":
        parts.words.append(word)
    if kind in ("iso", "numeric"):
        parts.days.append(match)
    elif kind == "number":
        parts.numbers.append(int(match["figures"]) if len(text) < 20 else 10**20)
    elif word in MONTHS:
        parts.months.append(MONTHS[word])
    elif word in WEEKDAYS:
        parts.weekdays.append(WEEKDAYS[word])
    elif not (
        kind == "blank"
        or (kind == "word" and word in FILLERS)
        or (kind == "joint" and before == "iso")
    ):
        parts.begins_strangely = parts.begins_strangely or not before
        parts.strangers.append(text)
