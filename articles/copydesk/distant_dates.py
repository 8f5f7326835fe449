"""A date after the moment at which readers get the story, or one long before it: often left over, or a slip."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from articles.copydesk.problem import WARN, Copy, Problem
from articles.models import Origin
from articles.story import snapshots

LONG_BEFORE = timedelta(days=7)


def check(copy: Copy) -> Iterator[Problem]:
    day, minute = copy["published_on"], copy["published_at"]
    if not day:
        return
    gate = copy.gate
    carried = datetime.fromisoformat(minute).replace(second=0, microsecond=0) if minute else None
    carried_day = date.fromisoformat(day)
    about = snapshots.day_or_minute_in_words(minute or day)
    if carried > gate if carried else carried_day > snapshots.local_day(gate):
        yield Problem(
            "date-ahead",
            WARN,
            "date_known",
            f"The story carries a date that is still to come when readers get it: {about}.",
            about=about,
        )
    # An import brings its own date, and a fixture its past.
    elif is_of_the_desk(copy.article) and carried_day < snapshots.local_day(gate - LONG_BEFORE):
        yield Problem(
            "date-long-before",
            WARN,
            "date_known",
            f"The story carries a date more than {LONG_BEFORE.days} days before readers get it: {about}. "
            "It will stand among the stories of that day.",
            about=about,
        )


def is_of_the_desk(article) -> bool:
    return article is not None and article.origin == Origin.DESK
