"""What stands on the front page: built from the top down, each story once, from one bounded read of the newest."""

from dataclasses import dataclass, field

from django.db.models import Q

from articles.models import Article, Section
from articles.models.article import UNDATED
from articles.models.card import Card

NEWEST = 200  # stories looked at; a section that has none among them has no band that day
MORE_ON, SECONDS, LATEST, IN_BAND, RECENT = 2, 3, 8, 4, 6


@dataclass
class Band:
    section: Section
    stories: list[Card]


@dataclass
class FrontPage:
    lead: Card | None = None
    more_on: list[Card] = field(default_factory=list)  # of the lead's section, as lines under it
    second: list[Card] = field(default_factory=list)
    latest: list[Card] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    recent: list[Card] = field(default_factory=list)


def front_page(sections) -> FrontPage:
    """The front page of this moment: three queries, whatever the archive's size."""
    is_dated = Q(sort_at__gt=UNDATED)
    rows = Article.objects.live().newest_first().annotate(is_dated=is_dated)
    newest = list(rows.values_list("pk", "section_id", "is_dated")[:NEWEST])
    queue = [key for key, _, _ in newest]
    dated = {key for key, _, is_dated in newest if is_dated}
    top = queue[: 1 + SECONDS]
    section_of = {key: section for key, section, _ in newest}
    left = [key for key in queue if key not in top]
    # Lines under the lead, from its own section: all of them or none, so that the page looks intended.
    alike = [key for key in left if section_of[key] == section_of[top[0]]] if left else []
    more_on = alike[:MORE_ON] if len(alike) >= MORE_ON else []
    left = [key for key in left if key not in more_on]
    # A young paper keeps two thirds of its stories for its sections.
    latest = [key for key in left if key in dated][: min(LATEST, len(left) // 3)]
    left = [key for key in left if key not in latest]
    bands = {}
    for key in left:
        band = bands.setdefault(section_of[key], [])
        if len(band) < IN_BAND:
            band.append(key)
    used = {key for band in bands.values() for key in band}
    recent = [key for key in left if key not in used][:RECENT]
    found = {story.pk: story for story in Article.objects.cards([*top, *more_on, *latest, *used, *recent])}

    def pick(keys):
        return [found[key] for key in keys if key in found]

    first = pick(top)
    return FrontPage(
        lead=first[0] if first else None,
        more_on=pick(more_on),
        second=first[1:],
        latest=pick(latest),
        bands=[Band(section, pick(bands[section.pk])) for section in sections if section.pk in bands],
        recent=pick(recent),
    )


def place_of(article: Article, sort_at) -> str:
    """Where a story that goes live now, and is sorted by `sort_at`, would stand, in words for the publish step."""
    newest = Article.objects.live().newest_first().exclude(pk=article.pk)

    def leads(stories):
        return sort_at >= (stories.values_list("sort_at", flat=True).first() or UNDATED)

    if article.section is None:
        return ""
    if leads(newest):
        return f"It leads the front page and {article.section}."
    if leads(newest.filter(section=article.section)):
        return f"It leads {article.section}."
    return f"It stands in {article.section}, by the date it carries."
