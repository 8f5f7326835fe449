"""Plain builders: `a_story(by=[an_author()], tags=["trade"])`. What a test does not name is unremarkable."""

import itertools
from copy import copy
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.contrib.auth.models import Group
from django.db import connection
from django.db.models.base import ModelState
from django.utils import timezone

from articles import copydesk, workflow
from articles.models import Address, Article, Photo, Revision, Section, Tag
from articles.models.archive_period import ArchivePeriod
from articles.story import editing, snapshots
from authors.models import Author, User
from newsroom.search import index

numbers = itertools.count(1)


def a_person(role: str | None = None, **columns) -> User:
    number = next(numbers)
    user = User.objects.create_user(
        columns.pop("username", f"person{number}"), is_staff=True, **columns
    )
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def the_author(name):
    """The one author called so, or who once was; None when there is nobody, or several."""
    found = list(Author.objects.called(name)[:2])
    return found[0] if len(found) == 1 else None


def an_author(name: str = "", **columns) -> Author:
    return Author.objects.create(name=name or f"Author Number{next(numbers)}", **columns)


def a_section(name: str = "Economy") -> Section:
    return Section.objects.filter(name=name).first() or Section.objects.create(name=name)


def a_photo(**columns) -> Photo:
    """A photo's row alone, without files: enough for pages that print addresses."""
    number = next(numbers)
    facts = {
        "sha256": f"{number:064}",
        "original": "x.jpeg",
        "token": f"token{number}",
        "stamp": "0123456789ab",
        "width": 640,
        "height": 427,
        "size": 1000,
        "alt": "A loaf on a table",
        "credit": "Desk",
    }
    return Photo.objects.create(**facts | columns)


def today() -> str:
    """The date of a story about which no check asks whether its date is meant."""
    return timezone.localdate().isoformat()


def a_snapshot(
    headline="",
    *,
    by=(),
    tags=(),
    section="Economy",
    date="2026-03-04",
    body="<p>Bread is up.</p>",
    **facts,
):
    """A snapshot that lacks nothing. `date`: "2026-03-04", "2026-03-04T09:30:00+05:00", or None for "not stated"."""
    minute = datetime.fromisoformat(date) if date and "T" in date else None
    day = (timezone.localtime(minute).date().isoformat() if minute else date) if date else None
    return snapshots.ordered(
        {
            "headline": headline or f"Story number {next(numbers)}",
            "body": body,
            "section": a_section(section).slug if section else None,
            "published_on": day,
            "published_at": minute.isoformat() if minute else None,
            "date_decided": True,
            "byline_decision": "given" if by else "staff",
            "bylines": [
                {"author": author.slug} if isinstance(author, Author) else {"name": author}
                for author in by
            ],
            "tags": [Tag.objects.named(name).slug for name in tags],
        }
        | facts
    )


def a_draft(headline="", **facts) -> Article:
    return editing.create(a_snapshot(headline, **facts))


def a_story(headline="", *, at=None, **facts) -> Article:
    """A live story; with `at` it goes live then (a scheduled story when that is still to come)."""
    chief = User.objects.filter(username="publisher").first() or a_person(
        "Chief editor", username="publisher"
    )
    draft = a_draft(headline, **facts)
    if at is None:
        return workflow.publish(draft, by=chief)
    return workflow.schedule(draft, by=chief, at=at)


def a_paper(count: int = 12) -> list[Article]:
    """Live stories, "Story 0" the oldest, a day from one to the next: the first is published, the others are rows like
    its own. So many acts would cost a test half a second."""
    first, day_one = a_story("Story 0", date="2026-03-01"), date(2026, 3, 1)
    days = [day_one + timedelta(days=number) for number in range(1, count)]
    own = [{"headline": f"Story {number}", "slug": f"story-{number}"} for number in range(1, count)]
    stories = Article.objects.bulk_create(
        snapshots.derive(like(first, uid=uuid4(), published_on=day, **facts))
        for day, facts in zip(days, own, strict=True)
    )
    pairs = list(zip(stories, days, own, strict=True))
    Revision.objects.bulk_create(
        like(
            version,
            article=story,
            snapshot=version.snapshot
            | {name: value for name, value in facts.items() if version.snapshot[name]}
            | {"published_on": day.isoformat()},
        )
        for version in first.revisions.order_by("version")
        for story, day, facts in pairs
    )
    address = first.addresses.get()
    Address.objects.bulk_create(
        like(address, article=story, path=story.get_absolute_url()) for story in stories
    )
    ArchivePeriod.objects.bulk_create(
        ArchivePeriod(level="day", period=day.isoformat(), live_from=first.live_from)
        for day in days
    )
    index.write(index.published().filter(pk__in=[story.pk for story in stories]))
    return [first, *Article.objects.filter(pk__in=[story.pk for story in stories]).order_by("pk")]


def like(row, **columns):
    """Another row with the same columns but these."""
    other = copy(row)
    other.pk = None
    other._state = ModelState()
    for name, value in columns.items():
        setattr(other, name, value)
    return other


def in_state(state: str, headline="", *, story=None, **facts) -> Article:
    """A story in one of the states that readers must not see; `story`: one that is live already."""
    chief = User.objects.filter(username="publisher").first() or a_person(
        "Chief editor", username="publisher"
    )
    if state == "draft":
        return a_draft(headline, **facts)
    if state == "scheduled":
        return a_story(headline, at=timezone.now() + timedelta(hours=1), **facts)
    if state == "pulled back":
        return workflow.pull_back(
            a_story(headline, at=timezone.now() + timedelta(hours=1), **facts), by=chief
        )
    if state == "in review":
        return workflow.submit(a_draft(headline, **facts), by=chief)
    if state == "spiked":
        return workflow.spike(a_draft(headline, **facts), by=chief, why="test")
    story = story or a_story(headline, **facts)
    if state == "unpublished":
        workflow.unpublish(story, by=chief, why="test")
    elif state == "withdrawn":
        workflow.withdraw(story, by=chief, reason="retracted", wording="It should not have stood.")
    elif state == "restored":
        workflow.withdraw(story, by=chief, reason="rights")
        workflow.restore(story, by=chief, why="test")
    else:
        raise ValueError(state)
    return story


def past_every_door(column: str, value: str) -> None:
    """Write into every story's row what our own code would not let through, as another program might."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE articles_article SET {connection.ops.quote_name(column)} = %s", [value]
        )


def seen(article, version=None) -> dict:
    """What a publish step sends when somebody has ticked every question of the checks as seen."""
    problems = copydesk.open_problems(snapshots.latest(article), article)
    ticks = {
        f"pass_{problem.fingerprint[:16]}": "on"
        for problem in problems
        if problem.level == copydesk.WARN
    }
    return ticks | {"version": article.version if version is None else version}


HIDDEN = [
    "draft",
    "in review",
    "scheduled",
    "unpublished",
    "withdrawn",
    "restored",
    "pulled back",
    "spiked",
]
