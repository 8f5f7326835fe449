"""Move a story from one status to the next: the only code that writes Article.status and Article.live_from.

Every act takes `by=`, checks that person's right itself, runs in one transaction with a lock on the row,
writes the logbook and announces the change after commit; `take` alone moves nothing, and so announces nothing. It
returns the story it was given, brought up to date. A missing right is logged here (`moving`), every other refusal by
whoever catches `Refused`, with `log_refusal`, which writes none twice.
Which act is legal when, and for whom: articles/story/transitions.py.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from articles import accounts, copydesk
from articles.models import Act, Address, Article, Correction, LogLine, Revision
from articles.models.gate import this_moment
from articles.models.logbook import refusal_of
from articles.reading import archive, related
from articles.signals import article_changed, article_settled, texts_read
from articles.story import (
    addresses,
    comparison,
    corrections,
    editing,
    photo_visibility,
    preview,
    snapshot_references,
    snapshots,
    supplied,
)
from articles.story.supplied import StoryDate
from articles.story.transitions import MOVES, Refused, may, why_not, writers_of
from authors.models import User
from newsroom.foundation.remembered import LONG
from newsroom.foundation.text import is_blank

__all__ = [
    "MOVES",
    "Refused",
    "StoryDate",
    "correct",
    "log_refusal",
    "may",
    "publish",
    "pull_back",
    "put_live",
    "restore",
    "return_to_writer",
    "revive",
    "schedule",
    "spike",
    "submit",
    "take",
    "unpublish",
    "why_not",
    "withdraw",
]


WRITTEN_AS: dict[str, str] = {  # the kind of the version that the act makes
    Act.PUBLISH: Revision.Kind.PUBLISHED,
    Act.SCHEDULE: Revision.Kind.SCHEDULED,
    Act.PULL_BACK: Revision.Kind.PULLED_BACK,
    Act.UNPUBLISH: Revision.Kind.UNPUBLISHED,
    Act.WITHDRAW: Revision.Kind.WITHDRAWN,
}


def submit(article: Article, *, by: User, note: str = "", wanted_by: str = "") -> Article:
    """The writer asks for a reader. `note` and `wanted_by` (in the writer's words) stand in the logbook."""
    why = " ".join(part for part in (note, f"(wanted by {wanted_by})" if wanted_by else "") if part)
    with moving(article, Act.SUBMIT, by=by, why=why):
        pass
    return article


def return_to_writer(article: Article, *, by: User, note: str) -> Article:
    """Back to the writer, with what is missing; the writer sees the note on the story."""
    if is_blank(note):
        raise Refused("Say what is missing, so that the writer can go on.")
    with moving(article, Act.RETURN_TO_WRITER, by=by, why=note):
        pass
    return article


def take(article: Article, *, by: User) -> Article:
    """Show colleagues who reads a story in review. A sign, not a lock: anybody may take it over."""
    with transaction.atomic():
        story = Article.objects.select_for_update().get(pk=article.pk)
        if story.status != Article.Status.IN_REVIEW or not by.has_perm("articles.return_article"):
            raise Refused("Only a story in review is taken, by somebody who may return it.")
        Article.objects.filter(pk=story.pk).update(taken_by=by)
        LogLine.objects.record(
            Act.TAKE, article=story, by=by, from_status=story.status, to_status=story.status
        )
    article.refresh_from_db()
    return article


def publish(
    article: Article,
    *,
    by: User,
    story_date: str = StoryDate.KEEP,
    version: int | None = None,
    passing: dict[str, str] | None = None,
) -> Article:
    """Readers see the story from this moment on.

    `version`: what was read before deciding; a story that has moved on since is refused.
    `story_date`: which date a story gets for which none is decided (`StoryDate`): "this_act" is offered for the desk's
    stories, never for an import.
    `passing`: {fingerprint: reason} of findings that block and are let through (copydesk/).
    """
    return go_live(
        article,
        Act.PUBLISH,
        by=by,
        at=this_moment(),
        story_date=story_date,
        version=version,
        passing=passing,
    )


def schedule(
    article: Article,
    *,
    by: User,
    at: datetime,
    story_date: str = StoryDate.KEEP,
    version: int | None = None,
    passing: dict[str, str] | None = None,
) -> Article:
    """Readers see the story from `at` on; nothing has to run for that, and it can be edited while it waits."""
    if at <= this_moment():
        raise Refused("That time is over. Choose one that is still to come, or publish now.")
    return go_live(
        article,
        Act.SCHEDULE,
        by=by,
        at=at,
        story_date=story_date,
        version=version,
        passing=passing,
    )


def go_live(
    article: Article,
    act: str,
    *,
    by: User,
    at: datetime,
    story_date: str,
    version: int | None,
    passing: dict[str, str] | None,
) -> Article:
    with moving(article, act, by=by, version=version) as move:
        # What the act supplies ends with it: articles/story/supplied.py
        story, given = move.story, move.details
        refuse_single_eyes(story, by)
        if StoryDate(story_date) != StoryDate.KEEP and not story.date_decided:
            given["dated"] = supplied.date_for(story, story_date, at)
            if not given["dated"]:
                raise Refused(
                    "Readers never saw this story under a date; there is none to give back."
                )
            story.published_on, story.published_at = supplied.columns_of(given["dated"])
            story.date_decided = True
        missing = story.missing_to_go_live()
        if missing:
            raise Refused(*missing)
        snapshot = snapshots.of_row(story)
        copydesk.let_through(story, snapshot, by=by, passing=passing, at=at)
        story.live_from = at
        given["wished"] = story.slug
        given["addressed"] = story.slug = addresses.claim(story)
        if act == Act.PUBLISH:
            addresses.reopen(story)
        snapshots.derive(story)
        story.version += 1
        story.shown_version = story.version
        editing.add_revision(story, snapshots.of_row(story), by=by, kind=WRITTEN_AS[act])
    return article


def put_live(
    article: Article,
    *,
    by: User,
    kind: str = "",
    line: str = "",
    version: int | None = None,
    passing: dict[str, str] | None = None,
) -> Article:
    """Readers see the working copy from now on. `kind`: "small_fix" (no reader was misled; nothing is announced) or
    "update" (`line` tells readers what is new). A mistake is put right with `correct`. Into a story that still waits
    for its time the change goes without a kind: no reader saw the other text.
    """
    with moving(article, Act.PUT_LIVE, by=by, why=line, version=version) as move:
        story = move.story
        move.details["kind"] = kind
        waits = story.is_scheduled
        if not waits and kind not in (Revision.Kind.SMALL_FIX, Correction.Kind.UPDATE):
            raise Refused(
                "Say what kind of change it is: a small fix or an update. A mistake is put right by “correct”."
            )
        if not waits and kind == Correction.Kind.UPDATE and is_blank(line):
            raise Refused("Write the line that tells readers what is new.")
        before = corrections.revision_shown(story)
        after = show_working_copy(
            story, by=by, kind="" if waits else kind, note=line, passing=passing
        )
        if kind == Correction.Kind.UPDATE and not waits:
            story.updated_at = this_moment()
            corrections.add(
                story, by=by, kind=Correction.Kind.UPDATE, text=line, before=before, after=after
            )
    return article


def correct(
    article: Article,
    *,
    by: User,
    kind: str = Correction.Kind.CORRECTION,
    text: str = "",
    was: str = "",
    now: str = "",
    shown_at: str = "foot",
    reported_by: str = "",
    agreed_with: User | None = None,
    answers: Correction | None = None,
    with_working_copy: bool = True,
    version: int | None = None,
    passing: dict[str, str] | None = None,
    looked_at: Sequence[str] = (),
) -> Article:
    """Tell readers what was wrong and what is right, for good, and put the working copy live with it (if there is
    one, and if `with_working_copy`).

    `kind`: correction, clarification, editors_note or retraction (for which `agreed_with` is who, as `by`
    says, agrees; that person is asked and answers under their own login: `corrections.answer`).
    `shown_at`: "top" when the headline or the main fact was wrong, else "foot". `answers`: the record that was wrong.
    `looked_at`: in sentences, where the text does not say what the record says, and `by` says that it is as it should
    be; a fact of the logbook.
    """
    with moving(article, Act.CORRECT, by=by, why=text or now, version=version) as move:
        story = move.story
        move.details["kind"] = kind
        if agreed_with:
            move.details["said_to_agree"] = str(agreed_with)
        if looked_at:
            move.details["looked_at"] = list(looked_at)
        corrections.check(
            story, by=by, kind=kind, text=text, was=was, now=now, agreed_with=agreed_with
        )
        before = corrections.revision_shown(story)
        after = before
        if with_working_copy and story.has_working_copy:
            after = show_working_copy(story, by=by, kind=kind, note=text or now, passing=passing)
        story.updated_at = this_moment()
        corrections.add(
            story,
            by=by,
            kind=kind,
            text=text,
            was=was,
            now=now,
            shown_at=shown_at,
            reported_by=reported_by,
            agreed_with=agreed_with,
            answers=answers,
            before=before,
            after=after,
        )
    return article


def show_working_copy(
    story: Article, *, by: User, kind: str, note: str, passing: dict[str, str] | None
) -> Revision:
    """Make the row say what the newest revision says, if that may stand; the address stays. Returns what went out."""
    refuse_single_eyes(story, by)
    shown = snapshots.of_row(story)
    wanted = snapshot_references.hold_names(snapshots.latest(story))
    wanted["slug"] = wanted["slug"] or story.slug
    missing = snapshots.fill(story, wanted).missing_to_go_live(has_names=bool(wanted["bylines"]))
    if missing:
        raise Refused(*missing)
    assert story.live_from  # the table holds that a published story has it
    copydesk.let_through(
        story, wanted, by=by, passing=passing, at=max(story.live_from, this_moment())
    )
    snapshots.apply(story, wanted)
    story.slug = addresses.claim(story)
    story.version += 1
    story.shown_version = story.version
    return editing.add_revision(
        story,
        snapshots.of_row(story),
        by=by,
        kind=kind or Revision.Kind.PUT_LIVE,
        note=note[:300],
        before=shown,
    )


def refuse_single_eyes(story: Article, by: User) -> None:
    """A story that was withdrawn and restored needs a second person; any other, when the outlet wants it so. An account
    that the first person made, or gave its rights or password, in the meantime is no second person."""
    gone_at = (
        story.addresses.aggregate(at=Max("gone_at"))["at"] if story.live_from is None else None
    )
    if gone_at:
        restored_by = (
            story.log_lines.filter(act=Act.RESTORE)
            .newest_first()
            .values_list("by", flat=True)
            .first()
        )
        if restored_by == by.pk:
            raise Refused(
                "You restored this story after its withdrawal. A second person publishes it."
            )
        if restored_by and accounts.are_one_hand(by.pk, restored_by, since=gone_at):
            raise Refused(
                "Your account and the one that restored this story do not count as two people: since the withdrawal "
                "one of them was made, or given rights or a password, by the other. Somebody else publishes it."
            )
    if settings.NEWSROOM_SECOND_PAIR_OF_EYES:
        writers = writers_of(story)
        if by.pk in writers:
            raise Refused(
                "Nobody publishes their own story here. Ask a colleague to read it and publish it."
            )
        if any(accounts.are_one_hand(by.pk, writer, since=story.created_at) for writer in writers):
            raise Refused(
                "Your account and the writer’s do not count as two people: since the story was begun one of them was "
                "made, or given rights or a password, by the other. Ask another colleague to publish it."
            )


def pull_back(article: Article, *, by: User) -> Article:
    """A story that waits for its time goes back to review; readers never saw it."""
    with moving(article, Act.PULL_BACK, by=by) as move:
        return_to_desk(move.story, Act.PULL_BACK, by=by)
    return article


def unpublish(article: Article, *, by: User, why: str) -> Article:
    """Readers get 404; the story is a draft again and keeps its address for later. Its preview links end for good."""
    with moving(article, Act.UNPUBLISH, by=by, why=why) as move:
        # It was live, if only by its schedule, and ended any withdrawal.
        addresses.reopen(move.story)
        return_to_desk(move.story, Act.UNPUBLISH, by=by)
        move.details["previews_ended"] = preview.end_all(move.story)
    return article


def withdraw(
    article: Article, *, by: User, reason: str, wording: str = "", show_title: bool = False
) -> Article:
    """Take a story away for good: 410 at every address it ever had, gone from every list, its text locked, its
    pictures off the disk when nobody else uses them, its preview links ended.

    What is retracted in public so is one person's act, for withdrawing may not wait for anybody: the record names
    nobody as agreeing, and the step and the desk say so. `correct` makes a retraction on which two agree.
    """
    why = f"{reason}: {wording}" if wording else reason
    with moving(article, Act.WITHDRAW, by=by, why=why) as move:
        story = move.story
        addresses.close(story, reason=reason, wording=wording, show_title=show_title)
        return_to_desk(story, Act.WITHDRAW, by=by)
        move.details["previews_ended"] = preview.end_all(story)
        if reason == Address.Reason.RETRACTED and show_title and wording:
            corrections.add(
                story, by=by, kind=Correction.Kind.RETRACTION, text=wording, shown_at="top"
            )
    return article


def restore(article: Article, *, by: User, why: str) -> Article:
    """A withdrawn story becomes a draft again; its addresses answer 410 until a second person publishes it."""
    with moving(article, Act.RESTORE, by=by, why=why):
        pass
    return article


def spike(article: Article, *, by: User, why: str) -> Article:
    """Put a story aside that will not run. Nothing is deleted: it can be revived. Its preview links end for good."""
    with moving(article, Act.SPIKE, by=by, why=why) as move:
        move.details["previews_ended"] = preview.end_all(move.story)
    return article


def revive(article: Article, *, by: User) -> Article:
    """A spiked story is a draft again."""
    with moving(article, Act.REVIVE, by=by):
        pass
    return article


def return_to_desk(story: Article, act: str, *, by: User) -> None:
    """Hide the story, let its row follow the newest revision again, working copy included, and take back what going
    live had supplied. A form that was open before meets that as somebody else's save."""
    addresses.release(story, seen=supplied.seen_slugs(story))
    before = snapshot_references.hold_names(snapshots.latest(story))
    wanted = supplied.taken_back(story, before).copy()
    took_back = wanted != before
    wanted["slug"] = wanted["slug"] or addresses.current_slug(story)
    story.live_from = None
    story.version += int(took_back)
    story.shown_version = story.version
    snapshots.apply(story, wanted)
    if took_back:
        editing.add_revision(
            story, snapshots.of_row(story), by=by, kind=WRITTEN_AS[act], before=before
        )


@dataclass
class OpenMove:
    """An act that is under way: the story, locked, and what the logbook's line says beside what every line says."""

    story: Article
    details: dict = field(default_factory=dict)


@contextmanager
def moving(
    article: Article,
    act: str,
    *,
    by: User,
    why: str = "",
    version: int | None = None,
) -> Iterator[OpenMove]:
    """Lock the story, check the right and the move, let the act do its part, then write, log and announce.

    `article` itself is brought up to date afterwards, so that the caller goes on with the truth.
    """
    move = MOVES[act]
    if not move.is_right_of(by, article):
        refused = Refused(
            f"You may not {move.verb} {'this' if move.own else 'a'} story. Ask an editor."
        )
        log_refusal(article, act, by=by, refused=refused)
        raise refused
    get_ready(article)
    with transaction.atomic():
        story = Article.objects.select_for_update().get(pk=article.pk)
        if reason := why_not(story, act):
            raise Refused(reason)
        if version not in (None, story.version):
            raise Refused("The story was changed since you opened this page. Read it again first.")
        was = facts(story)
        status, day, photos = story.status, story.published_on, photo_visibility.shown_by(story)
        story.status = move.end
        if story.status != Article.Status.IN_REVIEW:
            story.taken_by = None
        underway = OpenMove(story)
        yield underway
        story.save()
        snapshots.refresh_links(story)
        archive.refresh(day, story.published_on)
        if story.status == Article.Status.PUBLISHED:
            related.refresh(story)
        article_settled.send(Article, article=story)
        moment = story.live_from.isoformat() if story.live_from else None
        LogLine.objects.record(
            act,
            article=story,
            by=by,
            from_status=status,
            to_status=story.status,
            why=why[:500],
            details={"version": story.version, "shown": story.shown_version, "live_from": moment}
            | underway.details,
        )
        now = facts(story)
        photo_visibility.sync_after_commit(story, photos | photo_visibility.shown_by(story))
        transaction.on_commit(
            lambda: article_changed.send(Article, article=story, act=act, was=was, now=now)
        )
    article.refresh_from_db()


def get_ready(article: Article) -> None:
    """What an act will ask of a long text, before its lock (newsroom/foundation/remembered.py)."""
    if len(article.body) < LONG and not article.has_working_copy:
        return
    snapshot, newest = snapshots.of_row(article), snapshots.newest(article)
    for each in (snapshot, newest):
        snapshots.get_ready(each)
        copydesk.read(each)
    comparison.size(snapshot, newest)
    texts_read.send(Article, snapshots=[snapshot, newest])


def facts(story: Article) -> dict:
    return {name: getattr(story, name) for name in ("status", "live_from", "slug", "version")}


def log_refusal(article: Article, act: str, *, by: User, refused: Refused) -> None:
    """One line for an act (`Act`, `Tried`) that was refused; called after the rollback by whoever caught it."""
    if refused.is_logged or article.pk is None:
        return
    refused.is_logged = True
    LogLine.objects.record(
        refusal_of(act),
        article=article,
        by=by,
        from_status=article.status,
        to_status=article.status,
        why=str(refused)[:500],
    )
