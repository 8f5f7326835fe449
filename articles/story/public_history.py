"""What readers could see of a story, and when: read from the logbook, which every act writes."""

from dataclasses import dataclass
from datetime import datetime

from articles.models import Article, Revision
from articles.models.gate import this_moment


@dataclass(frozen=True)
class Span:
    """Readers saw `version` from `start` until `end` (None: they still do)."""

    version: int
    start: datetime
    end: datetime | None


def spans(article: Article) -> list[Span]:
    """Every time the story was live, oldest first. Times are UTC."""
    now = this_moment()
    acts: list[tuple[datetime, str, dict]] = [
        (line.at, line.to_status, line.details)
        for line in article.log_lines.order_by("at", "pk")
        if "live_from" in line.details and "version" in line.details
    ]
    # a fixture that was made without its logbook
    if not acts and article.status == Article.Status.PUBLISHED and article.live_from:
        acts = [(article.live_from, article.status, {"live_from": article.live_from.isoformat()})]
    found = []
    for number, (at, status, details) in enumerate(acts):
        if status != Article.Status.PUBLISHED or not details["live_from"]:
            continue
        start = max(at, datetime.fromisoformat(details["live_from"]))
        end = acts[number + 1][0] if number + 1 < len(acts) else None
        # Equal moments: the gate's clock stood still in between, and readers saw it all the same.
        if start <= now if end is None else start <= end:
            version = details.get("shown") or details.get("version") or article.shown_version
            found.append(Span(version, start, end))
    return found


def was_ever_seen(article: Article) -> bool:
    return bool(spans(article))


def seen_at(article: Article, moment: datetime) -> Revision | None:
    """What readers saw at that moment, or None when the story was not public."""
    for span in spans(article):
        if span.start <= moment and (span.end is None or moment < span.end):
            return article.revisions.on_the_line().filter(version=span.version).first()
    return None
