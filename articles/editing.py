"""Save what the desk wrote: every save is a revision of the whole story, and a stale one is refused."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from articles import snapshots
from articles.models import Article, LogLine, Revision

FOLLOWS_THE_DESK = (Article.Status.DRAFT, Article.Status.IN_REVIEW)
LOCKED = (Article.Status.WITHDRAWN, Article.Status.SPIKED)


@dataclass(frozen=True)
class Saved:
    """The save is in. `is_working_copy`: readers still see an older version."""

    article: Article
    is_working_copy: bool
    changed: bool = True


@dataclass(frozen=True)
class Stale:
    """Nothing was written: the story has moved on. `theirs` is the newest revision, `why` a sentence for a lock."""

    theirs: Revision
    why: str = ""


class TextLocked(Exception):
    """A withdrawn or spiked story is not edited; it is restored first."""


def create(snapshot: dict, *, by=None, origin: str = "desk", kind: str = "saved", note: str = "") -> Article:
    """A new draft. `by` is the person, or None with an `origin` that says where it came from."""
    with transaction.atomic():
        article = Article(version=1, shown_version=1, origin=origin, created_by=by, saved_by=by)
        snapshot = snapshots.ordered(snapshot)
        snapshots.fill(article, snapshot).save()
        snapshots.write_bylines(article, snapshot)
        snapshots.write_tags(article, snapshot["tags"])
        snapshots.refresh_links(article)
        add_revision(article, snapshot, by=by, origin=origin, kind=kind, note=note)
        LogLine.objects.record("create", article=article, by=by, origin=origin, to_status=article.status)
    return article


def save(article: Article, snapshot: dict, *, version: int, by=None, origin="desk", kind="saved", note=""):
    """Add a revision on top of `version`; returns `Saved`, or `Stale` when somebody else was first.

    A draft's row follows its newest revision. A published story's row stays as it is: the save makes a
    working copy that readers see only after somebody puts it live. Raises `TextLocked`.
    """
    with transaction.atomic():
        mine = Article.objects.filter(pk=article.pk, version=version)
        if not mine.update(version=version + 1):  # also takes the row's lock
            return Stale(article.revisions.order_by("-version").first())
        article = Article.objects.get(pk=article.pk)
        if article.status in LOCKED:
            transaction.set_rollback(True)
            raise TextLocked(f"“{article}” is {article.get_status_display().lower()}; its text is locked.")
        snapshot = snapshots.ordered(snapshot)
        if snapshot == snapshots.latest(article):
            transaction.set_rollback(True)
            article.version = version
            return Saved(article, article.has_working_copy, changed=False)
        follows = article.status in FOLLOWS_THE_DESK
        article.saved_at, article.saved_by = timezone.now(), by
        if follows:
            article.shown_version = article.version
            snapshots.apply(article, snapshot)
        else:
            article.save(update_fields=["saved_at", "saved_by"])
        add_revision(article, snapshot, by=by, origin=origin, kind=kind, note=note)
    return Saved(article, is_working_copy=not follows)


def add_revision(article: Article, snapshot: dict, *, by, kind: str, origin: str = "desk", note: str = "") -> Revision:
    """The revision that belongs to `article.version`, inside the caller's transaction."""
    return Revision.objects.create(
        article=article, version=article.version, snapshot=snapshot,
        kind=kind, made_at=timezone.now(), made_by=by, origin=origin, note=note,
    )  # fmt: skip
