"""What stands on the front page and at the top of a section: what the desk pinned, and the newest everywhere else.

articles/front_page/layouts.py says what a layout is. A pinned story stands there while readers may see it and its time
runs.
Whatever ends that, its slot is automatic again at the same moment, because the page is worked out when it is asked
for. A story stands once, at its highest place.
"""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db.models import Q

from articles.front_page.layouts import (
    IN_BAND,
    SIZES,
    changes_at,
    due,
    is_in_force,
    shown_layout,
    zone_size,
)
from articles.models import Article, Photo, Section
from articles.models.arrangement import FRONT, SECTION, Layout, Slot
from articles.models.article import UNDATED
from articles.models.card import Card, CardPhoto, Person, with_photos
from articles.models.gate import this_moment
from authors.models import Author

NEWEST = 200  # stories looked at
MORE_ON, SECONDS, LATEST, RECENT = SIZES["sublinks"], SIZES["second"], 8, 6
NOT_NEWS = (Article.Type.OPINION, Article.Type.SPONSORED)  # never chosen for the top by being new


@dataclass
class Band:
    section: Section
    stories: list[Card]


@dataclass
class FrontPage:
    lead: Card | None = None
    more_on: list[Card] = field(default_factory=list)  # lines under the lead
    second: list[Card] = field(default_factory=list)
    latest: list[Card] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    opinion: list[Card] = field(default_factory=list)
    faces: dict[str, Person] = field(default_factory=dict)  # who signs the opinions, by address
    recent: list[Card] = field(default_factory=list)
    changes_at: datetime | None = None  # when a slot begins or ends next

    @property
    def stories(self) -> list[Card]:
        """Everything on the page but the lines under the lead, from the top."""
        bands = (story for band in self.bands for story in band.stories)
        return [
            *filter(None, [self.lead]),
            *self.second,
            *self.latest,
            *bands,
            *self.opinion,
            *self.recent,
        ]

    @property
    def is_empty(self):
        return not (self.lead or self.second or self.bands or self.opinion or self.recent)


@dataclass(frozen=True)
class Row:
    """A live story as far as its place is worked out."""

    pk: int
    uid: str
    section: int
    story_type: str
    is_dated: bool


COLUMNS = ("pk", "uid", "section_id", "story_type")


def columns(stories):
    return stories.annotate(is_dated=Q(sort_at__gt=UNDATED))


def row_of(pk, uid, section, story_type, is_dated) -> Row:
    return Row(pk, str(uid), section, story_type, bool(is_dated))


def rows_of(stories) -> list[Row]:
    return [row_of(*row) for row in columns(stories).values_list(*COLUMNS, "is_dated")]


@dataclass(frozen=True)
class Place:
    """A place in a zone: of the story that is pinned to it, or of the newest one of a section (its address), or of the
    newest that fits the zone."""

    row: Row | None = None
    section: str = ""


class Builder:
    """Gives every story one place. Pinned stories have theirs before anything is chosen automatically."""

    def __init__(self, sections, layout: Layout, newcomer: "Newcomer | None" = None):
        self.sections = {section.slug: section.pk for section in sections}
        self.bands, self.named_bands = bands_in_order(sections, layout), set(layout["bands"])
        now = this_moment()
        self.live = Article.objects.live(now)
        # the other languages have front pages of their own
        if len(settings.NEWSROOM_LANGUAGES) > 1:
            self.live = self.live.filter(language=settings.LANGUAGE_CODE)
        self.newest = rows_of(self.live.newest_first()[:NEWEST])
        printed = [*SIZES, *(band_of(section) for section in self.bands)]
        slots = {
            zone: [slot for slot in layout["slots"] if slot["zone"] == zone] for zone in printed
        }
        wanted = {
            slot["story"] for zone in printed for slot in slots[zone] if is_in_force(slot, now)
        }
        known = {row.uid: row for row in self.newest} | self.read_what_is_missing(slots, wanted)
        if newcomer and self.has_room_for(newcomer):
            self.take_in(newcomer)
            known[newcomer.row.uid] = newcomer.row
        self.zones: dict[str, list[Place]] = {}
        self.pinned: dict[int, Slot] = {}
        self.pin(slots, known, now)
        self.used = set(self.pinned)

    def pin(self, slots: dict[str, list[Slot]], known: dict[str, Row], now: datetime) -> None:
        """Give the stories of the slots their places; a slot whose story is not there leaves it to its section."""
        for zone, of_zone in slots.items():
            for slot in of_zone:
                row = known.get(slot["story"]) if is_in_force(slot, now) else None
                if row and row.pk not in self.pinned and not self.is_full(zone):
                    self.pinned[row.pk] = slot
                    self.zones.setdefault(zone, []).append(Place(row))
                elif zone != "lead":  # a lead that is gone or not due makes room for the next one
                    self.zones.setdefault(zone, []).append(Place(section=slot["auto"]))
        if slots["lead"] and not self.zones.get("lead"):
            self.zones["lead"] = [Place(section=slots["lead"][0]["auto"])]

    def is_full(self, zone):
        return len(self.zones.get(zone, ())) >= zone_size(zone)

    def has_room_for(self, newcomer: "Newcomer") -> bool:
        return len(settings.NEWSROOM_LANGUAGES) < 2 or newcomer.language == settings.LANGUAGE_CODE

    def take_in(self, newcomer: "Newcomer") -> None:
        """Count a story among the live ones that readers do not see yet: where would it stand? One query more."""
        row, rows = newcomer.row, [each for each in self.newest if each.pk != newcomer.row.pk]
        moments = dict(
            self.live.filter(pk__in=[each.pk for each in rows]).values_list("pk", "sort_at")
        )
        older = (
            at
            for at, each in enumerate(rows)
            if (moments[each.pk], each.pk) < (newcomer.sort_at, row.pk)
        )
        index = next(older, len(rows))
        # The newest of the paper are looked at, and the newest of sections that have none among these.
        if index < NEWEST or any(each.section == row.section for each in rows[NEWEST:]):
            self.newest = [*rows[:index], row, *rows[index:]]

    def read_what_is_missing(self, slots, wanted) -> dict[str, Row]:
        """Pinned stories that are older than the newest of the paper, and the newest of sections that the desk named
        and that have none among them. One query, and only when there are such."""
        absent = wanted - {row.uid for row in self.newest} - {""}
        named = {slot["auto"] for zone in slots.values() for slot in zone} | self.named_bands
        here = {row.section for row in self.newest}
        missing = [key for slug, key in self.sections.items() if slug in named and key not in here]
        if not absent and not (missing and len(self.newest) == NEWEST):
            return {}
        parts = [self.live.filter(uid__in=absent)] if absent else []
        for key in missing:
            window = self.live.filter(section=key).newest_first().values("pk")[: 2 * IN_BAND]
            parts.append(self.live.filter(pk__in=window))
        parts = [
            columns(part.order_by()).values_list(*COLUMNS, "is_dated", "sort_at") for part in parts
        ]
        found = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
        rows = [
            row_of(*row)
            for *row, _ in sorted(found, key=lambda row: (row[-1], row[0]), reverse=True)
        ]
        self.newest += [row for row in rows if row.uid not in absent]
        return {row.uid: row for row in rows if row.uid in absent}

    def choose(self, allowed=lambda row: True):
        """The newest story that stands nowhere yet, or None."""
        for row in self.newest:
            if row.pk not in self.used and allowed(row):
                self.used.add(row.pk)
                return row
        return None

    def fill(self, zone: str, allowed=lambda row: True, size: int | None = None) -> list[Row]:
        """The stories of a zone from its first slot to its last."""
        places = self.zones.get(zone, [])[: zone_size(zone)]
        fits = is_opinion if zone == "opinion" else is_news
        size = zone_size(zone) if size is None else size
        places += [Place()] * (size - len(places))
        rows = [
            place.row or self.newest_of(place.section, fits) or self.choose(allowed)
            for place in places
        ]
        return [row for row in rows if row]

    def newest_of(self, section: str, fits) -> Row | None:
        key = self.sections.get(section)
        return self.choose(lambda row: row.section == key and fits(row)) if key else None

    def cards(self, *groups) -> list[list[Card]]:
        """Each group of rows as cards, with the desk's own words and pictures where a slot has some."""
        keys = [row.pk for group in groups for row in group]
        found = {card.pk: card for card in Article.objects.cards(keys)} if keys else {}
        hashes = {slot["photo"] for slot in self.pinned.values() if slot["photo"]}
        photos = Photo.objects.ready().filter(sha256__in=hashes) if hashes else ()
        photos = {photo.sha256: CardPhoto.of(photo) for photo in photos}
        for key, slot in self.pinned.items():
            if key in found:
                found[key] = in_slot(found[key], slot, photos.get(slot["photo"]))
        return [[found[row.pk] for row in group if row.pk in found] for group in groups]


def in_slot(card: Card, slot: Slot, photo) -> Card:
    return dataclasses.replace(
        card,
        headline=slot["headline"] or card.headline,
        summary=slot["dek"] or card.summary,
        lead_photo=photo or card.lead_photo,
        story_type=Article.Type.SPONSORED.value if slot["is_sponsored"] else card.story_type,
    )


def is_news(row: Row) -> bool:
    return row.story_type not in NOT_NEWS


def is_opinion(row: Row) -> bool:
    return row.story_type == Article.Type.OPINION


def front_page(sections: Iterable[Section], layout: Layout | None = None) -> FrontPage:
    """The front page of this moment, in at most eight queries whatever the archive's size. `layout`: another one
    than readers get, for the desk's preview."""
    layout = shown_layout(FRONT) if layout is None else layout
    page = Builder(sections, layout)
    groups = placed(page)
    bands = [(section, groups.pop(band_of(section))) for section in page.bands]
    cards = page.cards(*groups.values(), *(rows for _, rows in bands))
    shown = dict(zip(groups, cards, strict=False))
    found = FrontPage(
        lead=shown["lead"][0] if shown["lead"] else None,
        more_on=shown["sublinks"],
        second=shown["second"],
        latest=shown["latest"],
        opinion=shown["opinion"],
        recent=shown["recent"],
    )
    found.faces, found.changes_at = faces_of(found.opinion), changes_at(layout)
    in_bands = zip(bands, cards[len(groups) :], strict=True)
    found.bands = [Band(section, stories) for (section, _), stories in in_bands if stories]
    return found


def band_of(section) -> str:
    return f"band:{section.slug}"


def placed(page: Builder) -> dict[str, list[Row]]:
    """Which stories stand in which part of the front page, each from its first place to its last."""
    lead = page.fill("lead", is_news)
    of_lead = lead[0].section if lead else None
    slots = page.zones.get("sublinks")
    # The newest beside the lead have their places before the lines under it are chosen.
    second = page.fill("second", is_news, SECONDS)
    # Lines under the lead, from its own section: all of them or none, so that the page looks intended.
    alike = [
        row
        for row in page.newest
        if row.section == of_lead and row.pk not in page.used and is_news(row)
    ]
    more_on = page.fill(
        "sublinks",
        lambda row: row.section == of_lead and is_news(row),
        MORE_ON if slots or len(alike) >= MORE_ON else 0,
    )
    left = [row for row in page.newest if row.pk not in page.used]
    # A young paper keeps two thirds of its stories for its sections.
    latest = [row for row in left if row.is_dated and is_news(row)][: min(LATEST, len(left) // 3)]
    page.used |= {row.pk for row in latest}
    groups = {"lead": lead, "sublinks": more_on, "second": second, "latest": latest}
    groups["opinion"] = page.fill("opinion", is_opinion)
    for section in page.bands:
        groups[band_of(section)] = page.fill(
            band_of(section), lambda row, key=section.pk: row.section == key
        )
    groups["recent"] = [row for row in page.newest if row.pk not in page.used][:RECENT]
    return groups


def faces_of(opinions: list[Card]) -> dict[str, Person]:
    """Whoever signs these, by address; no query when there are none."""
    slugs = {name.slug for card in opinions for name in card.names[:1] if name.slug}
    people = Author.objects.filter(slug__in=slugs).select_related("portrait") if slugs else ()
    return {author.slug: Person.of(author) for author in people}


def bands_in_order(sections, layout: Layout) -> list:
    if not layout["bands"]:
        return list(sections)
    by_slug = {section.slug: section for section in sections}
    return [by_slug[slug] for slug in layout["bands"] if slug in by_slug]


def section_lead(section: Section, layout: Layout) -> Card | None:
    """The story that the desk pinned to the top of a section, with its own words; None while all is automatic. One
    query, asked only when something is pinned."""
    slots = due(layout)
    wanted = {slot["story"]: slot for slot in reversed(slots)}
    if not wanted:
        return None
    hashes = [slot["photo"] for slot in slots if slot["photo"]]
    photos = Photo.objects.ready().filter(sha256__in=hashes) if hashes else None
    pinned = Article.objects.live().filter(section=section.pk, uid__in=wanted)
    found = {str(card.uid): (card, own) for card, own in with_photos(pinned, photos)}
    uid = next((slot["story"] for slot in slots if slot["story"] in found), None)
    if uid is None:
        return None
    card, own = found[uid]
    return in_slot(card, wanted[uid], own.get(wanted[uid]["photo"]))


def lead_first(stories: list[Card], lead: Card | None) -> dict:
    """What a section page prints: the pinned story at its top, or the newest, and the rest without it."""
    lead = lead or (stories[0] if stories else None)
    return {"lead": lead, "stories": [story for story in stories if lead and story.pk != lead.pk]}


@dataclass(frozen=True)
class Newcomer:
    """A story as if readers saw it already, sorted by `sort_at`."""

    row: Row
    language: str
    sort_at: datetime

    @classmethod
    def of(cls, article: Article, sort_at: datetime) -> "Newcomer":
        row = row_of(
            article.pk, article.uid, article.section_id, article.story_type, sort_at > UNDATED
        )
        return cls(row, article.language, sort_at)


STANDS = {  # where a story stands on the front page, in words for the desk
    "lead": "It leads the front page.",
    "sublinks": "On the front page it stands among the lines under the lead.",
    "second": "On the front page it stands beside the lead.",
    "latest": "On the front page it stands under “Latest”.",
    "opinion": "On the front page it stands under “Opinion”.",
    "recent": "On the front page it stands under “Most recent”.",
}


def standing_of(article: Article, sort_at: datetime) -> str:
    """Where a story that goes live now, and is sorted by `sort_at`, would stand, in sentences for the desk. One that is
    live stands there. It is worked out by the same rule as the pages themselves, pinned stories and all."""
    if article.section is None:
        return ""
    newcomer = Newcomer.of(article, sort_at)
    zone, pinned = standing_on_front(newcomer)
    leads, sentence = standing_in_section(article.section, newcomer)
    if zone == "lead" and leads:
        return f"It leads the front page and {article.section}."
    where = STANDS.get(zone) or f"On the front page it stands under “{article.section}”."
    if not zone:
        where = "It does not stand on the front page."
    if pinned:
        where += f" “{pinned}” is pinned to its lead."
    return f"{where} {sentence}"


def standing_on_front(newcomer: Newcomer) -> tuple[str, str]:
    """(the part of the front page or "", the headline of the story that is pinned to the lead before it or "")"""
    page = Builder(list(Section.objects.in_order()), shown_layout(FRONT), newcomer)
    groups = placed(page)
    zone = next((zone for zone, rows in groups.items() if newcomer.row in rows), "")
    lead = [row for row in groups["lead"] if row.pk in page.pinned and row != newcomer.row]
    (cards,) = page.cards(lead)
    return zone, cards[0].headline if cards else ""


def standing_in_section(section: Section, newcomer: Newcomer) -> tuple[bool, str]:
    """(whether the story leads the section's page, where it stands there)"""
    layout = shown_layout(f"{SECTION}{section.slug}")
    own = [slot for slot in due(layout) if slot["story"] == newcomer.row.uid]
    before = layout["slots"][: layout["slots"].index(own[0])] if own else layout["slots"]
    others: Layout = {"slots": before, "bands": []}
    if pinned := section_lead(section, others):
        return False, f"“{pinned.headline}” is pinned to the top of {section}."
    newest = (
        Article.objects.live().filter(section=section).exclude(pk=newcomer.row.pk).newest_first()
    )
    first = newest.values_list("sort_at", "pk").first()
    if own or first is None or (newcomer.sort_at, newcomer.row.pk) > first:
        return True, f"It leads {section}."
    return False, f"It stands in {section}, by the date it carries."
