"""The story's history on the desk: its versions, what changed between two, restoring one, and what readers saw."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import timezone

from articles.admin.conflict import stale_response
from articles.admin.screen import Screen, story_screen
from articles.models import Article
from articles.pictures.thumbnails import desk_folder
from articles.reading import rendering
from articles.story import comparison, editing, public_history, snapshots, supplied
from articles.story.fields import Snapshot
from articles.story.rights import may_write
from newsroom.foundation.desk import whole_number
from newsroom.foundation.local_time import wall_time
from newsroom.foundation.pagination import page_of

LINES = 30  # of the logbook, beside the versions


@story_screen()
def versions(screen: Screen) -> HttpResponseBase:
    """Every version of the story, a page at a time, beside the newest lines of its logbook."""
    article = screen.article
    page = page_of(
        screen.request,
        article.revisions.order_by("-version", "-aside").values_list("pk", flat=True),
    )
    found = article.revisions.filter(pk__in=page.keys).select_related("made_by").defer("snapshot")
    is_published = article.status == Article.Status.PUBLISHED
    context = {
        "title": f"History of “{article}”",
        "object": article,
        "revisions": sorted(found, key=lambda each: (-each.version, -each.aside)),
        "shown": str(article.shown_version) if is_published else "",
        "newer": page.newer,
        "older": page.older,
        "zone": timezone.get_default_timezone_name(),
        "may_restore": screen.may_write,
        "lines": article.log_lines.newest_first()[:LINES],
    }
    return screen.show("object_history.html", context)


@story_screen()
def compare(screen: Screen) -> HttpResponseBase:
    """What changed from one version to another."""
    asked = screen.request.GET
    before, after = (
        revision_or_404(screen.article, asked.get(name, "")) for name in ("from", "to")
    )
    context = {
        "title": f"Compare “{screen.article}”",
        "before": before,
        "after": after,
        **between(before.snapshot, after.snapshot),
    }
    return screen.show("compare.html", context)


def revision_or_404(article: Article, name: str):
    """ "7", or "7.2" for the second text that was set aside beside version 7."""
    version, _, aside = name.partition(".")
    if not (
        version.isdecimal() and (aside or "0").isdecimal() and len(name) < 15 and name.isascii()
    ):
        raise Http404("There is no such version.")
    found = (
        article.revisions.select_related("made_by")
        .filter(version=int(version), aside=int(aside or 0))
        .first()
    )
    if found is None:
        raise Http404("There is no such version.")
    return found


@story_screen(may_write)
def restore_version(screen: Screen, revision_id: int) -> HttpResponseBase:
    """A version of the past becomes the newest: a draft's text, or a live story's working copy. Never public."""
    article = screen.article
    revision = article.revisions.select_related("made_by").filter(pk=revision_id).first()
    if revision is None:
        raise Http404("There is no such version.")
    if screen.request.method == "POST":
        version = whole_number(screen.request.POST.get("version", ""))
        saved = editing.restore(article, revision, version=version, by=screen.person)
        if isinstance(saved, editing.Stale):
            return stale_response(screen, saved)
        screen.say(f"Version {revision.name} of “{article}” is restored.")
        return screen.to_form()
    wanted = supplied.as_of_today(article, snapshots.ordered(revision.snapshot))
    context = {
        "title": f"Restore a version of “{article}”",
        "revision": revision,
        **between(snapshots.latest(article), wanted),
    }
    return screen.show("restore_version.html", context)


@story_screen()
def seen(screen: Screen) -> HttpResponseBase:
    """What readers saw at a moment of the outlet's clock."""
    context = {
        "title": "What readers saw",
        "spans": public_history.spans(screen.article),
        "zone": timezone.get_default_timezone_name(),
    }
    asked = screen.request.GET
    try:
        day = date.fromisoformat(asked.get("day", ""))
        moment = wall_time(day, time.fromisoformat(asked.get("clock", "")), which="second")
    except (ValueError, ValidationError):
        context["error"] = "Choose a day and a time."
    else:
        revision = public_history.seen_at(screen.article, moment)
        context |= {"moment": timezone.localtime(moment), "revision": revision}
        if revision:
            context |= as_printed(snapshots.ordered(revision.snapshot))
    return screen.show("seen.html", context)


def as_printed(snapshot: Snapshot) -> dict:
    """The text of a version with its pictures, and what stood over and under it."""
    photos = rendering.photos_for(snapshot["body"])
    for photo in photos.values():
        photo.private_folder = desk_folder(photo)
    return {
        "story": snapshots.fill(Article(), snapshot),
        "text": rendering.public_text(snapshot["body"], photos),
        "bylines": comparison.in_words("bylines", snapshot["bylines"]),
        "tags": comparison.in_words("tags", snapshot["tags"]),
    }


def between(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict:
    """What the comparison's template prints."""
    before, after = snapshots.ordered(before), snapshots.ordered(after)
    return {
        "fields": comparison.field_changes(before, after),
        "passages": comparison.passages(before["body"], after["body"]),
    }
