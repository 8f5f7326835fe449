"""What going live supplied to a story, its date and its address, and that both end when the act is undone.

Which they were stands in the logbook, in the line of the act that supplied them: `details` has "dated" (the minute, as
ISO 8601), "addressed" (the slug that was claimed) and "wished" (what the draft had wished for before). A date that a
person typed, or an import found, is in no such line and stays. One that readers saw before, and that an act gave back,
is the act's as well ("dated" has a day alone where that is all that was known).
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import TextChoices

from articles.models import Act, Article
from articles.story import public_history, snapshots
from articles.story.fields import Snapshot

SUPPLIERS = (Act.PUBLISH, Act.SCHEDULE)


class StoryDate(TextChoices):
    """Which date an act gives to a story for which none is decided."""

    KEEP = "keep", "Leave its date open"
    THIS_ACT = "this_act", "Date the story with the moment it goes live"
    AS_BEFORE = "as_before", "Give it back the date under which readers saw it"


def lines_of(article: Article) -> list[dict]:
    """The details of every act that made the story live or was to do so, oldest first."""
    return list(
        article.log_lines.filter(act__in=SUPPLIERS)
        .order_by("at", "pk")
        .values_list("details", flat=True)
    )


def is_supplied(snapshot: Snapshot, lines: list[dict]) -> bool:
    """Whether an act gave the snapshot its date."""
    dates = [columns_of(line["dated"]) for line in lines if line.get("dated")]
    carried = date_in(snapshot)
    return bool(carried) and columns_of(carried) in dates


def last_date_of(article: Article) -> str:
    """The minute that the last act to date the story gave it, ISO 8601; "" if none did."""
    return next((line["dated"] for line in reversed(lines_of(article)) if line.get("dated")), "")


def last_seen_date_of(article: Article) -> str:
    """The date under which readers saw the story last, a minute or a day in ISO 8601; "" when they never saw it, or
    saw none."""
    seen = public_history.spans(article)
    if not seen:
        return ""
    shown = article.revisions.on_the_line().filter(version=seen[-1].version).first()
    return date_in(shown.snapshot) if shown else ""


def date_for(article: Article, story_date: str, at: datetime) -> str:
    """The date, ISO 8601, of a story that goes live at that moment; "" when it is to have the one under which readers
    saw it, and there is none."""
    if story_date == StoryDate.AS_BEFORE:
        return last_seen_date_of(article)
    return at.replace(second=0, microsecond=0).isoformat()


def date_in(snapshot: Mapping[str, Any]) -> str:
    return snapshot.get("published_at") or snapshot.get("published_on") or ""


def columns_of(value: str) -> tuple[date, datetime | None]:
    """(published_on, published_at) of a minute or a day in ISO 8601."""
    if "T" not in value:
        return date.fromisoformat(value), None
    minute = datetime.fromisoformat(value)
    return snapshots.local_day(minute), minute


def seen_slugs(article: Article) -> list[str]:
    """Under which addresses readers could see the story, oldest first."""
    versions = [span.version for span in public_history.spans(article)]
    found = (
        article.revisions.on_the_line()
        .filter(version__in=versions)
        .values_list("version", "snapshot")
    )
    slugs = {version: snapshot.get("slug", "") for version, snapshot in found}
    return [slugs[version] for version in versions if slugs.get(version)]


def taken_back(article: Article, snapshot: Snapshot) -> Snapshot:
    """`snapshot` without what the acts supplied: the date, and an address at which readers never saw the story."""
    lines = lines_of(article)
    if not lines:
        return snapshot
    result = snapshot.copy()
    if is_supplied(snapshot, lines):
        result["published_on"] = result["published_at"] = None
        result["date_decided"] = False
    if snapshot["slug"] not in seen_slugs(article):
        claims = [
            line for line in lines if snapshot["slug"] and line.get("addressed") == snapshot["slug"]
        ]
        result["slug"] = claims[-1]["wished"] if claims else snapshot["slug"]
    return result


def as_of_today(article: Article, snapshot: Snapshot) -> Snapshot:
    """A version of the past as it can stand now: nothing comes back that an act supplied and that ended with it. While
    the story is live, or waits for its time, its date and its address last as long as that does."""
    result = taken_back(article, snapshot).copy()
    if article.status != Article.Status.PUBLISHED:
        return result
    if not result["date_decided"]:
        day, minute = article.published_on, article.published_at
        result["published_on"] = day.isoformat() if day else None
        result["published_at"] = minute.isoformat() if minute else None
        result["date_decided"] = article.date_decided
    result["slug"] = result["slug"] or article.slug
    return result
