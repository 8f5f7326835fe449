"""Arrange the front page and the tops of the sections: drafts, published versions, and the breaking strip.

Every save is a version that stays. A save names the version it began from; when a colleague was faster it comes back
as `Overtaken` and nothing is written. Only a published version is what readers get.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Greatest
from django.utils import timezone

from articles.models import Act, Arrangement, ArrangementVersion, Article, Breaking, LogLine
from articles.models.arrangement import FRONT, SECTION, Layout, Slot
from articles.models.gate import this_moment
from articles.story.snapshots import uids
from articles.story.transitions import Refused
from authors.models import User
from newsroom.foundation.text import line as one_line
from newsroom.foundation.text import normalise, prose

RIGHT = "articles.arrange_page"
BREAKING_LASTS = timedelta(hours=3)  # unless the desk says otherwise
LONGEST_BREAKING = timedelta(days=2)
LONGEST_LINE = Breaking._meta.get_field("text").max_length  # characters


@dataclass(frozen=True)
class Overtaken:
    """Somebody saved since: `theirs` is the newest version of the page."""

    theirs: ArrangementVersion


def ordered(layout: Mapping[str, Any]) -> Layout:
    """`layout` with every key present and its texts normalised: two equal pages are equal dicts."""
    slots = [slot_in_order(slot) for slot in layout.get("slots", ())]
    return {"slots": slots, "bands": list(dict.fromkeys(layout.get("bands", ())))}


def slot_in_order(slot: Mapping[str, Any]) -> Slot:
    def text(name: str) -> str:
        return normalise(str(slot.get(name) or ""))

    begins, ends = text("from"), text("until")
    return {
        "zone": text("zone"),
        "story": next(uids([text("story")]), ""),
        "auto": text("auto"),
        "headline": one_line(text("headline")),
        "dek": prose(text("dek")),
        "photo": text("photo"),
        "from": begins if is_moment(begins) else "",
        "until": ends if is_moment(ends) else "",
        "is_sponsored": bool(slot.get("is_sponsored")),
    }


def is_moment(text: str) -> bool:
    try:
        return timezone.is_aware(datetime.fromisoformat(text))
    except ValueError:
        return False


def save(
    page: str,
    layout: Mapping[str, Any],
    *,
    version: int,
    by: User,
    publish: bool = False,
    note: str = "",
) -> ArrangementVersion | Overtaken:
    """Add a version on top of `version`; returns it, or `Overtaken`. With `publish` readers get it at once."""
    if not by.has_perm(RIGHT):
        raise Refused("You may not arrange pages. Ask an editor.")
    with transaction.atomic():
        Arrangement.objects.get_or_create(page=page)
        row = Arrangement.objects.select_for_update().get(page=page)
        if is_overtaken(row, version):
            return Overtaken(row.versions.order_by("-version").first())
        row.version += 1
        made = ArrangementVersion.objects.create(
            arrangement=row,
            version=row.version,
            layout=ordered(layout),
            is_published=publish,
            note=line(note, 200),
            made_at=this_moment(),
            made_by=by,
        )
        if publish:
            row.shown, row.shown_version = made.layout, made.version
        row.save()
        act = Act.PUBLISH_PAGE if publish else Act.SAVE_PAGE
        LogLine.objects.record(
            act, by=by, why=made.note, details={"page": page, "version": made.version}
        )
    return made


def line(text: str, most: int | None = None) -> str:
    """Typed text as one line, cut to `most` characters."""
    return one_line(text)[:most]


def is_overtaken(row: Arrangement, version: int) -> bool:
    """Whether somebody has saved since `version`. The caller holds the row's lock."""
    return row.version != version


def restore(page: str, number: int, *, version: int, by: User) -> ArrangementVersion | Overtaken:
    """An old version as a new draft; publishing it is another step."""
    old = ArrangementVersion.objects.get(arrangement__page=page, version=number)
    return save(page, old.layout, version=version, by=by, note=f"Restored from version {number}")


def put_up(
    text: str, *, by: User, article: Article | None = None, ends_at: datetime | None = None
) -> Breaking:
    """Put a line above every page. Without `ends_at` it comes down after three hours."""
    if not by.has_perm(RIGHT):
        raise Refused("You may not put up the breaking strip. Ask an editor.")
    now = this_moment()
    ends_at = ends_at or now + BREAKING_LASTS
    if not now < ends_at <= now + LONGEST_BREAKING:
        raise Refused("Say when it ends: a time to come, within two days.")
    text = line(text, LONGEST_LINE)
    if not text:
        raise Refused("Write the line.")
    if article is not None and not article.is_live:
        raise Refused("Readers do not see that story: the line would lead nowhere.")
    with transaction.atomic():
        # Whoever holds the front page's row puts up the strip: two editors at once make one after the other.
        Arrangement.objects.get_or_create(page=FRONT)
        Arrangement.objects.select_for_update().get(page=FRONT)
        end_all(now)
        made = Breaking.objects.create(
            text=text, article=article, starts_at=now, ends_at=ends_at, made_by=by
        )
        LogLine.objects.record(Act.PUT_UP_BREAKING, article=article, by=by, why=text)
    return made


def end_all(now) -> None:
    """Every line that is up, or that would come back with its story, ends at this moment."""
    Breaking.objects.filter(ends_at__gt=now).update(ends_at=Greatest("starts_at", Value(now)))


def take_down(strip: Breaking, *, by: User) -> None:
    """The line goes at this moment."""
    if not by.has_perm(RIGHT):
        raise Refused("You may not take down the breaking strip. Ask an editor.")
    with transaction.atomic():
        now = this_moment()
        if Breaking.objects.filter(pk=strip.pk, ends_at__gt=now).update(ends_at=now):
            LogLine.objects.record(
                Act.TAKE_DOWN_BREAKING, article=strip.article, by=by, why=strip.text
            )


def section_moved(old: str, new: str) -> None:
    """A section has another address: its own page and the bands of the front page go with it."""
    Arrangement.objects.filter(page=f"{SECTION}{old}").update(page=f"{SECTION}{new}")
    for row in Arrangement.objects.select_for_update().filter(page=FRONT):
        if old in row.shown.get("bands", ()):
            row.shown["bands"] = [new if each == old else each for each in row.shown["bands"]]
            row.save(update_fields=["shown"])
