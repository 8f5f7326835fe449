"""What the desk's first page shows: one bounded query a card, whatever the archive's size."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import Case, Exists, IntegerField, JSONField, OuterRef, Subquery, When
from django.utils import timezone

from articles.front_page import layouts
from articles.models import (
    Act,
    Arrangement,
    Article,
    Breaking,
    LogLine,
    Origin,
    TagLink,
    UnsavedWork,
)
from articles.models.arrangement import FRONT
from articles.models.gate import this_moment
from articles.story.fields import not_for_lists
from authors.models import Author, User
from newsroom.foundation.desk import EVERY_STORY

ROWS = 6  # stories on a card
ENOUGH = 100  # counting stops here: "100+"
LOOKED_AT = 200  # newest live stories that are looked through for what they lack
LEAD_AGE = timedelta(hours=6)
STRIP_ENDING = timedelta(minutes=30)


class CountUpTo(Subquery):
    """How many rows a query has, counted up to its limit: one number in somebody else's row."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()  # pyright: ignore[reportAssignmentType] - so Django’s own expressions name it

    def __init__(self, queryset, most=ENOUGH):
        super().__init__(queryset.order_by().values("pk")[:most])


def stories_of(person: User):
    """The stories this person may see, without their long texts."""
    return (
        Article.objects.open_to(person)
        .select_related("section", "saved_by")
        .defer(*not_for_lists())
    )


def my_drafts(person: User):
    """Own drafts: those that came back, then the others, last worked on first; each with the moment of an autosave that
    was not saved."""
    work = UnsavedWork.objects.waiting().filter(article=OuterRef("pk"), person=person)
    note = LogLine.objects.moves().filter(article=OuterRef("pk")).newest_first()
    stories = stories_of(person).filter(
        created_by=person, status=Article.Status.DRAFT, live_from=None
    )
    return list(
        stories.annotate(
            kept_at=Subquery(work.values("kept_at")[:1]),
            last_move=Subquery(note.values("act")[:1]),
            note=Subquery(note.values("why")[:1]),
        ).order_by(
            Case(When(last_move=Act.RETURN_TO_WRITER, then=0), default=1), "-saved_at", "-pk"
        )[:ROWS]
    )


def waiting_for_review(person: User):
    """Oldest first, with the moment it came to review and the writer's note, unless it was pulled back to it."""
    line = LogLine.objects.moves().filter(article=OuterRef("pk")).newest_first()
    stories = stories_of(person).filter(status=Article.Status.IN_REVIEW, live_from=None)
    stories = stories.annotate(
        submitted_at=Subquery(line.values("at")[:1]), note=Subquery(line.values("why")[:1])
    )
    return list(
        stories.select_related("taken_by", "created_by").order_by("submitted_at", "pk")[:ROWS]
    )


def scheduled(person: User):
    """What goes live in the next 24 hours, soonest first."""
    now = this_moment()
    stories = stories_of(person).filter(status=Article.Status.PUBLISHED, shown_version__gt=0)
    return list(
        stories.filter(live_from__gt=now, live_from__lte=now + timedelta(hours=24)).order_by(
            "live_from", "pk"
        )[:ROWS]
    )


def live_today(person: User):
    now = timezone.localtime(this_moment())
    morning = datetime.combine(now.date(), time(), tzinfo=now.tzinfo)
    stories = stories_of(person).filter(status=Article.Status.PUBLISHED, shown_version__gt=0)
    return list(
        stories.filter(live_from__range=(morning, now)).order_by("-live_from", "-pk")[:ROWS]
    )


def came_in(person: User):
    """Imports that nobody has worked on yet, newest first, each with its receipt."""
    stories = stories_of(person).filter(
        status=Article.Status.DRAFT, live_from=None, origin=Origin.IMPORT, version=1
    )
    return list(
        stories.select_related("import_record")
        .defer(*not_for_lists(), "import_record__original")
        .order_by("-saved_at", "-pk")[:ROWS]
    )


# {what is counted: (in words, the list's filter)}
LACKS = {
    "no_dek": ("without a dek", "missing=dek"),
    "no_photo": ("without a photo", "missing=photo"),
    "no_tags": ("without tags", "missing=tags"),
    "no_date": ("whose date is not stated", "missing=undated"),
    "no_byline": ("whose byline is not given", "missing=unsigned"),
    "desk_headline": ("with a headline by the desk", "missing=headline"),
}


def needs_attention(person: User):
    """`rows`: (sentence, number, the list's filter) for what the newest live stories lack, what is 0 left out; beside
    it what else waits or is over, None where it is in order."""
    found = looked_through(person)
    now = this_moment()
    stale = found["newest_at"] and found["newest_at"] < now - LEAD_AGE
    ending = found["strip_ends"] and found["strip_ends"] < now + STRIP_ENDING
    return {
        "rows": [
            (words, found[name], f"status=live&{query}")
            for name, (words, query) in LACKS.items()
            if found[name]
        ],
        "unknown_names": found["unknown"],
        "nothing_new_since": found["newest_at"] if stale else None,
        "looked_at": LOOKED_AT,
        "lead_since": old_lead(found["layout"], now),
        "strip_ends": found["strip_ends"] if ending else None,
    }


def looked_through(person: User) -> dict:
    """In one query: the numbers of `LACKS`, unknown names, and what the front page and the strip show."""
    newest = Article.objects.live().newest_first().values("pk")[:LOOKED_AT]
    live = stories_of(person).filter(pk__in=Subquery(newest))
    lead = Article.objects.live().order_by("-live_from").values("live_from")[:1]
    tags = TagLink.objects.filter(content_object=OuterRef("pk"))
    shown = Arrangement.objects.filter(page=FRONT).values("shown")[:1]
    asked = {
        "no_dek": CountUpTo(live.filter(summary="")),
        "no_photo": CountUpTo(live.filter(lead_photo=None)),
        "no_tags": CountUpTo(live.exclude(Exists(tags))),
        "no_date": CountUpTo(live.filter(published_on=None)),
        "no_byline": CountUpTo(live.filter(byline_decision=Article.BylineDecision.NOT_GIVEN)),
        "desk_headline": CountUpTo(live.filter(headline_from=Article.HeadlineFrom.DESK)),
        "unknown": CountUpTo(Author.objects.unknown()),
        "newest_at": Subquery(lead),
        "strip_ends": Subquery(Breaking.objects.up().values("ends_at")[:1]),
        "layout": Subquery(shown, output_field=JSONField()),
    }
    return User.objects.filter(pk=person.pk).annotate(**asked).values(*asked).get()


def old_lead(layout, now):
    """Since when the story that the desk pinned to the top of the front page is live, if that is too long ago: of the
    slots that are due the first whose story readers see."""
    uids = (
        [slot["story"] for slot in layouts.due(layout) if slot["zone"] == "lead"] if layout else []
    )
    live = (
        dict(Article.objects.live().filter(uid__in=uids).values_list("uid", "live_from"))
        if uids
        else {}
    )
    since = next((live[UUID(uid)] for uid in uids if UUID(uid) in live), None)
    return since if since and since < now - LEAD_AGE else None


def is_old_lead(key: int, now: datetime) -> bool:
    return Article.objects.live().filter(pk=key, live_from__lt=now - LEAD_AGE).exists()


def tab_counts(person: User) -> dict[str, int]:
    """How many stories stand behind each tab of the story list, up to `ENOUGH`: one query."""
    stories, now = Article.objects.open_to(person), this_moment()
    published = stories.filter(status=Article.Status.PUBLISHED)
    tabs = {
        "mine": stories.filter(created_by=person),
        "in_review": stories.filter(status=Article.Status.IN_REVIEW, live_from=None),
        "scheduled": published.filter(live_from__gt=now, shown_version__gt=0),
        "live": published.filter(live_from__lte=now),
        "withdrawn": stories.filter(status=Article.Status.WITHDRAWN, live_from=None),
    }
    return (
        User.objects.filter(pk=person.pk)
        .annotate(**{name: CountUpTo(each) for name, each in tabs.items()})
        .values(*tabs)
        .get()
    )


@dataclass(frozen=True)
class Card:
    """A short list of stories. `empty`: what stands there without any; `more`: the query of the whole list."""

    name: str
    title: str
    stories: list[Article]
    empty: str
    more: str


def cards_for(person: User) -> list[Card]:
    """The lists of the page, from its top down. Those that a person can do nothing with are left out."""
    may_return = person.has_perm("articles.return_article")
    lists_of_stories = lists_of_everybody if person.has_perm(EVERY_STORY) else lists_of_their_own
    cards = [
        Card(
            "drafts",
            "My drafts",
            my_drafts(person),
            "No drafts. “New story” begins one; readers see nothing until somebody publishes it.",
            "?mine=yes&status=draft",
        ),
        *lists_of_stories(person),
    ]
    if may_return:
        waiting = Card(
            "waiting",
            "Waiting for review",
            waiting_for_review(person),
            "Nothing waits. New submissions stand here, oldest first.",
            "?status=in_review",
        )
        imports = Card(
            "came-in",
            "Came in",
            came_in(person),
            "No new imports. “manage.py import_stories” brings documents in as drafts.",
            "?status=draft&origin=import",
        )
        cards = [waiting, *cards, imports]
    return cards


def lists_of_everybody(person: User) -> list[Card]:
    return [
        Card(
            "scheduled",
            "Going live in 24 hours",
            scheduled(person),
            "Nothing is scheduled for the next 24 hours.",
            "?status=scheduled",
        ),
        Card(
            "live", "Live today", live_today(person), "Nothing went live today yet.", "?status=live"
        ),
    ]


def lists_of_their_own(person: User) -> list[Card]:
    return [
        Card(
            "scheduled",
            "Yours, going live in 24 hours",
            scheduled(person),
            "None of your stories goes live in the next 24 hours.",
            "?mine=yes&status=scheduled",
        ),
        Card(
            "live",
            "Yours, live today",
            live_today(person),
            "None of your stories went live today yet.",
            "?mine=yes&status=live",
        ),
    ]


def attention_for(person: User) -> dict | None:
    """What `needs_attention` found, as far as this person can see to it; None when nothing does."""
    if not person.has_perm("articles.publish_article"):
        return None
    found = needs_attention(person)
    if not person.has_perm("authors.change_author"):
        found["unknown_names"] = 0
    said = ("rows", "unknown_names", "nothing_new_since", "lead_since", "strip_ends")
    return found if any(found[name] for name in said) else None
