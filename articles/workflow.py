"""Move a story from one status to the next: the only code that writes Article.status and Article.live_from.

Every act takes `by=`, checks that person's right itself, runs in one transaction with a lock on the row,
writes the logbook and announces the change after commit. Whoever catches `Refused` logs it with `log_refusal`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from articles import addresses, archive, editing, snapshots
from articles.models import Article, LogLine
from articles.signals import article_changed

Status = Article.Status


class Refused(Exception):
    """The act did not happen. `reasons` are sentences for the person who tried."""

    def __init__(self, *reasons: str):
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Move:
    """A legal move: from which statuses, to which, and the right it takes."""

    verb: str
    right: str
    start: tuple[str, ...]
    end: str


MOVES = {
    "publish": Move("publish", "articles.publish_article", (Status.DRAFT, Status.IN_REVIEW), Status.PUBLISHED),
    "schedule": Move("schedule", "articles.publish_article", (Status.DRAFT, Status.IN_REVIEW), Status.PUBLISHED),
    "pull_back": Move("pull back", "articles.publish_article", (Status.PUBLISHED,), Status.IN_REVIEW),
    "unpublish": Move("unpublish", "articles.unpublish_article", (Status.PUBLISHED,), Status.DRAFT),
    "withdraw": Move(
        "withdraw",
        "articles.withdraw_article",
        (Status.PUBLISHED, Status.DRAFT, Status.IN_REVIEW),
        Status.WITHDRAWN,
    ),
    "restore": Move("restore", "articles.withdraw_article", (Status.WITHDRAWN,), Status.DRAFT),
}


def may(article: Article, act: str, by) -> bool:
    """Whether the act would be legal for this story and person now: what a button asks before it shows itself."""
    move = MOVES[act]
    if article.status not in move.start or not by.has_perm(move.right):
        return False
    return {
        "pull_back": article.is_scheduled,
        "unpublish": article.is_live,
        "withdraw": article.addresses.exists(),
    }.get(act, True)


def publish(article: Article, *, by, date_it: bool = False, version: int | None = None) -> Article:
    """Readers see the story from this moment on.

    `version`: what was read before deciding; a story that has moved on since is refused.
    `date_it`: the story's own date becomes this minute (offered for the desk's stories, never for an import).
    """
    return go_live(article, "publish", by=by, at=timezone.now(), date_it=date_it, version=version)


def schedule(article: Article, *, by, at: datetime, date_it: bool = False, version: int | None = None) -> Article:
    """Readers see the story from `at` on; nothing has to run for that, and it can be edited while it waits."""
    if at <= timezone.now():
        raise Refused("That time is over. Choose one that is still to come, or publish now.")
    return go_live(article, "schedule", by=by, at=at, date_it=date_it, version=version)


def go_live(article: Article, act: str, *, by, at: datetime, date_it: bool, version: int | None) -> Article:
    with moving(article, act, by=by) as story:
        if version not in (None, story.version):
            raise Refused("The story was changed since you opened this page. Read it again first.")
        if date_it and not story.date_decided:
            story.published_at = at.replace(second=0, microsecond=0)
            story.published_on = snapshots.local_day(at)
            story.date_decided = True
        missing = story.missing_to_go_live()
        if missing:
            raise Refused(*missing)
        story.live_from = at
        story.slug = addresses.claim(story)
        if act == "publish":
            addresses.reopen(story)
        snapshots.derive(story)
        story.version += 1
        story.shown_version = story.version
        story.save()
        editing.add_revision(story, snapshots.take(story), by=by, kind="published")
    return story


def pull_back(article: Article, *, by) -> Article:
    """A story that waits for its time goes back to review; readers never saw it."""
    with moving(article, "pull_back", by=by) as story:
        if story.live_from <= timezone.now():
            raise Refused("It is live already. Unpublish it instead.")
        return_to_desk(story)
    return story


def unpublish(article: Article, *, by, why: str) -> Article:
    """Readers get 404; the story is a draft again and keeps its address for later."""
    with moving(article, "unpublish", by=by, why=why) as story:
        if story.live_from > timezone.now():
            raise Refused("It is not live yet. Pull it back instead.")
        addresses.reopen(story)  # it was live, if only by its schedule, and ended any withdrawal
        return_to_desk(story)
    return story


def withdraw(article: Article, *, by, reason: str, wording: str = "", show_title: bool = False) -> Article:
    """Take a story away for good: 410 at every address it ever had, gone from every list, its text locked."""
    with moving(article, "withdraw", by=by, why=f"{reason}: {wording}" if wording else reason) as story:
        if not story.addresses.exists():
            raise Refused("Readers never saw this story; there is nothing to withdraw.")
        addresses.close(story, reason=reason, wording=wording, show_title=show_title)
        return_to_desk(story)
    return story


def restore(article: Article, *, by, why: str) -> Article:
    """A withdrawn story becomes a draft again; its addresses answer 410 until it is published."""
    with moving(article, "restore", by=by, why=why):
        pass
    return article


def return_to_desk(story: Article) -> None:
    """Hide the story and let its row follow the newest revision again, working copy included."""
    story.live_from = None
    story.shown_version = story.version
    snapshots.apply(story, snapshots.latest(story))


@contextmanager
def moving(article: Article, act: str, *, by, why: str = "") -> Iterator[Article]:
    """Lock the story, check the right and the move, let the act do its part, then write, log and announce.

    `article` itself is brought up to date afterwards, so that the caller goes on with the truth.
    """
    move = MOVES[act]
    if not by.has_perm(move.right):
        raise Refused(f"You may not {move.verb} a story. Ask an editor.")
    with transaction.atomic():
        story = Article.objects.select_for_update().get(pk=article.pk)
        if story.status not in move.start:
            raise Refused(f"A story that is {story.get_status_display().lower()} cannot be moved that way.")
        was = facts(story)
        status, day = story.status, story.published_on
        story.status = move.end
        yield story
        story.save()
        snapshots.refresh_links(story)
        archive.refresh(day, story.published_on)
        LogLine.objects.record(
            act, article=story, by=by, from_status=status, to_status=story.status, why=why,
            details={"version": story.version, "live_from": story.live_from.isoformat() if story.live_from else None},
        )  # fmt: skip
        now = facts(story)
        transaction.on_commit(lambda: article_changed.send(Article, article=story, act=act, was=was, now=now))
    article.refresh_from_db()


def facts(story: Article) -> dict:
    return {name: getattr(story, name) for name in ("status", "live_from", "slug", "version")}


def log_refusal(article: Article, act: str, *, by, refused: Refused) -> None:
    """One line for an act that was refused; called after the rollback by whoever caught it."""
    LogLine.objects.record(
        f"{act} refused", article=article, by=by,
        from_status=article.status, to_status=article.status, why=str(refused)[:500],
    )  # fmt: skip
