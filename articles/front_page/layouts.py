"""What a layout of a page says at a moment.

A `Layout` has slots, which say where they stand and what, and the order of the bands. Zones: lead, sublinks, second,
opinion, and "band:" with a section's slug. Slots of a zone stand in their order; a zone with fewer is filled
automatically. Of the slots of the lead the first that is due and live stands; the others wait behind it.
"""

from datetime import datetime

from articles.models import Arrangement, Article
from articles.models.arrangement import Layout, Slot, empty_layout
from articles.models.gate import this_moment

SIZES = {"lead": 1, "sublinks": 2, "second": 3, "opinion": 4}  # places of a zone
IN_BAND = 4


def zone_size(zone: str) -> int:
    return SIZES.get(zone, IN_BAND)


def shown_layout(page: str) -> Layout:
    """What readers get on "front", or "section/" and a slug."""
    return (
        Arrangement.objects.filter(page=page).values_list("shown", flat=True).first()
        or empty_layout()
    )


def times(slot: Slot) -> tuple[datetime | None, datetime | None]:
    """(from, until)"""
    begins, ends = (
        datetime.fromisoformat(each) if each else None for each in (slot["from"], slot["until"])
    )
    return begins, ends


def is_in_force(slot: Slot, at: datetime) -> bool:
    begins, ends = times(slot)
    return not (begins and begins > at) and not (ends and ends <= at)


def due(layout: Layout) -> list[Slot]:
    """The slots that pin a story at this moment, from the top down."""
    now = this_moment()
    return [slot for slot in layout["slots"] if slot["story"] and is_in_force(slot, now)]


def changes_at(layout: Layout) -> datetime | None:
    """When the next slot begins or ends; None when none will."""
    now = this_moment()
    return min(
        (each for slot in layout["slots"] for each in times(slot) if each and each > now),
        default=None,
    )


def photos_in_slots() -> set[str]:
    """The hashes of the photos of slots that readers may be looking at: their stories are live."""
    slots = [
        slot
        for layout in Arrangement.objects.values_list("shown", flat=True)
        for slot in due(layout)
    ]
    with_photo = [slot for slot in slots if slot["photo"]]
    live = Article.objects.live().filter(uid__in={slot["story"] for slot in with_photo})
    seen = {str(uid) for uid in live.values_list("uid", flat=True)} if with_photo else set()
    return {slot["photo"] for slot in with_photo if slot["story"] in seen}
