"""Save what the desk wrote: every save is a revision of the whole story, and a stale one is refused."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from articles.models import Act, Article, LogLine, Origin, Revision
from articles.story import comparison, photo_visibility, snapshot_references, snapshots, supplied
from articles.story.fields import Snapshot
from articles.text import body_parts, units
from authors.models import User

FOLLOWS_THE_DESK = (Article.Status.DRAFT, Article.Status.IN_REVIEW)
LOCKED = (Article.Status.WITHDRAWN, Article.Status.SPIKED)


# Texts of one person that were set aside last, in which the same one is looked for.
MOST_COMPARED = 10


@dataclass(frozen=True)
class Saved:
    """The save is in. `is_working_copy`: readers still see an older version."""

    article: Article
    is_working_copy: bool
    changed: bool = True


@dataclass(frozen=True)
class Stale:
    """The story is as it was: it has moved on since `base`. `theirs` is the newest revision; `mine` is the text that
    was not saved, kept as a revision beside the line. `why` is a sentence when the story's text is locked."""

    theirs: Revision
    mine: Revision
    base: Revision | None = None
    why: str = ""


def create(
    snapshot: Mapping[str, Any],
    *,
    by: User | None = None,
    origin: str = Origin.DESK,
    kind: str = Revision.Kind.SAVED,
    note: str = "",
    uid: uuid.UUID | None = None,
) -> Article:
    """A new draft. `by` is the person, or None with an `origin` that says where it came from.

    `uid`: the identity the story will have; raises IntegrityError when there is one with it.
    """
    snapshot = snapshots.get_ready(snapshot)
    with transaction.atomic():
        article = Article(version=1, shown_version=1, origin=origin, created_by=by, saved_by=by)
        article.uid = uid or article.uid
        snapshot = snapshot_references.hold_names(snapshot)
        snapshots.fill(article, snapshot).save()
        snapshots.write_bylines(article, snapshot)
        snapshots.write_tags(article, snapshot["tags"])
        snapshots.write_photo_uses(article, body_parts.photos_in(snapshot["body"]))
        snapshots.refresh_links(article)
        add_revision(article, snapshot, by=by, origin=origin, kind=kind, note=note)
        photo_visibility.sync_hashes(set(snapshots.photos_of(snapshot)))
        LogLine.objects.record(
            Act.CREATE, article=article, by=by, origin=origin, to_status=article.status
        )
    return article


def save(
    article: Article,
    snapshot: Mapping[str, Any],
    *,
    version: int,
    by: User | None = None,
    origin: str = Origin.DESK,
    kind: str = Revision.Kind.SAVED,
    note: str = "",
) -> Saved | Stale:
    """Add a revision on top of `version`; returns `Saved`, or `Stale` when somebody else was first or when the
    story's text is locked (withdrawn, spiked). A text that is not saved is set aside, whole.

    A draft's row follows its newest revision. A published story's row stays as it is: the save makes a
    working copy that readers see only after somebody puts it live.
    """
    # All that takes long for a long text, before the lock. The newest revision is that of `version`, or this is stale.
    snapshot, newest = snapshots.get_ready(snapshot), snapshots.newest(article)
    size = comparison.size(newest, snapshot)
    units.reads_the_same(snapshot["body"], newest["body"])
    with transaction.atomic():
        story = Article.objects.select_for_update().get(pk=article.pk)
        snapshot = snapshot_references.hold_names(snapshot)
        if is_stale(story, version):
            return set_aside(story, snapshot, version=version, by=by, origin=origin)
        if story.status in LOCKED:
            why = f"“{story}” is {story.get_status_display().lower()}; its text is locked."
            return set_aside(story, snapshot, version=version, by=by, origin=origin, why=why)
        before = snapshot_references.with_current_names(newest)
        if says_the_same(snapshot, before):
            return Saved(story, story.has_working_copy, changed=False)
        follows = story.status in FOLLOWS_THE_DESK
        story.version += 1
        story.saved_at, story.saved_by = timezone.now(), by
        if follows:
            story.shown_version = story.version
            snapshots.apply(story, snapshot)
        else:
            story.save(update_fields=["version", "saved_at", "saved_by"])
        add_revision(story, snapshot, by=by, origin=origin, kind=kind, note=note, size=size)
        photo_visibility.sync_hashes(
            set(snapshots.photos_of(before)) ^ set(snapshots.photos_of(snapshot))
        )
    return Saved(story, is_working_copy=not follows)


def restore(article: Article, revision: Revision, *, version: int, by: User) -> Saved | Stale:
    """A version of the past becomes the newest, as it can stand now (articles/story/supplied.py); answers as
    `save` does."""
    snapshot = supplied.as_of_today(article, snapshots.ordered(revision.snapshot))
    return save(
        article,
        snapshot,
        version=version,
        by=by,
        kind=Revision.Kind.RESTORED,
        note=f"version {revision.name}",
    )


def says_the_same(snapshot: Snapshot, before: Snapshot) -> bool:
    """Whether nothing was typed or chosen: the editor's own way of writing a text is no change."""
    if snapshot == before:
        return True
    return snapshot | {"body": before["body"]} == before and units.reads_the_same(
        snapshot["body"], before["body"]
    )


def is_stale(story: Article, version: int) -> bool:
    """Whether somebody has saved since `version`. The caller holds the row's lock."""
    return story.version != version


def add_revision(
    article: Article,
    snapshot: Snapshot,
    *,
    by: User | None,
    kind: str,
    origin: str = Origin.DESK,
    note: str = "",
    before: Snapshot | None = None,
    size: tuple[int, int] = (0, 0),
) -> Revision:
    """The revision that belongs to `article.version`, inside the caller's transaction. `before`: the snapshot it
    follows, against which its size is counted, if that has not been done."""
    came, went = comparison.size(before, snapshot) if before else size
    return Revision.objects.create(
        article=article,
        version=article.version,
        snapshot=snapshot,
        words_added=came,
        words_removed=went,
        kind=kind,
        made_at=timezone.now(),
        made_by=by,
        origin=origin,
        note=note,
    )


def set_aside(
    story: Article,
    snapshot: Snapshot,
    *,
    version: int,
    by: User | None,
    origin: str = Origin.DESK,
    why: str = "",
    kind: str = Revision.Kind.SET_ASIDE,
) -> Stale:
    """Keep a text that was not saved. Sent twice, it is kept once."""
    theirs = story.revisions.newest()
    beside = story.revisions.filter(version=version)
    base = beside.on_the_line().first()
    kept = beside.exclude(aside=0)
    own = kept.filter(made_by=by).order_by("-aside")[:MOST_COMPARED]
    mine = next((each for each in own if each.snapshot == snapshot), None)
    if mine is None:
        mine = Revision.objects.create(
            article=story,
            version=version,
            aside=(kept.aggregate(most=Max("aside"))["most"] or 0) + 1,
            snapshot=snapshot,
            kind=kind,
            made_at=timezone.now(),
            made_by=by,
            origin=origin,
        )
    return Stale(theirs, mine, base, why)
