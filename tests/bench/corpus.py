"""A deterministic archive of any size: the same stories for the same number, words drawn by Zipf's law."""

import random
import uuid
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

from articles.models import Address, Article, Byline, Photo, Revision, Section, Tag, TagLink
from articles.models.archive_period import ArchivePeriod
from articles.reading import archive
from articles.story import snapshots
from authors.models import Author

SYLLABLES = [
    "ba",
    "ko",
    "ri",
    "me",
    "ta",
    "lu",
    "ne",
    "so",
    "vi",
    "da",
    "ga",
    "pe",
    "zo",
    "mi",
    "ra",
    "te",
    "nu",
    "ka",
    "lo",
    "shi",
]
SECTIONS, AUTHORS, TAGS, YEARS, PHOTOS = 8, 60, 400, 10, 50
LAST_DAY = date(2026, 3, 1)
BATCH = 2000


def first_moment(number: int) -> datetime:
    """A minute of the archive's first year; a higher number is a newer one."""
    return datetime.combine(
        LAST_DAY - timedelta(days=YEARS * 365), datetime.min.time(), UTC
    ) + timedelta(hours=number)


def zipf(count):
    return list(accumulate(1 / rank for rank in range(1, count + 1)))


def make(stories: int, words: int = 600, newest_words: int | None = None) -> None:
    """Fill an empty database with `stories` live stories of about `words` words over ten years, newest last. Two of
    three have a photo (rows without files). `newest_words`: of the newest hundred, when they are to be longer."""
    dice = random.Random(stories)
    vocabulary = ["".join(dice.choices(SYLLABLES, k=dice.randint(1, 4))) for _ in range(5000)]
    weights = zipf(len(vocabulary))
    sections = [
        Section.objects.create(name=f"Section {number}", order=number)
        for number in range(1, SECTIONS + 1)
    ]
    authors = [
        Author.objects.create(name=f"Author {number:02} Name", bio="A bio of some words.")
        for number in range(AUTHORS)
    ]
    tags = [Tag.objects.create(name=f"Tag {number:03}") for number in range(TAGS)]
    photos = [
        Photo.objects.create(
            sha256=f"{number:064}",
            original="x.jpeg",
            token=f"token{number}",
            stamp="0123456789ab",
            width=2400,
            height=1600,
            size=1,
            alt=f"Picture {number}",
            credit="Desk",
        )
        for number in range(PHOTOS)
    ]
    tag_weights, days = zipf(TAGS), YEARS * 365

    def text(count):
        return " ".join(dice.choices(vocabulary, cum_weights=weights, k=count))

    for start in range(0, stories, BATCH):
        rows = []
        for number in range(start, min(start + BATCH, stories)):
            day = LAST_DAY - timedelta(days=days - number * days // stories)
            minute = datetime(day.year, day.month, day.day, 6, tzinfo=UTC) + timedelta(
                minutes=dice.randint(0, 700)
            )
            paragraph = max(
                1, (newest_words if newest_words and number >= stories - 100 else words) // 6
            )
            rows.append(
                snapshots.derive(
                    Article(
                        uid=uuid.UUID(int=number + 1),
                        status="published",
                        live_from=minute,
                        version=1,
                        shown_version=1,
                        origin="import",
                        published_on=minute.date(),
                        published_at=minute,
                        date_decided=True,
                        headline=f"{text(7).capitalize()} {number}",
                        slug=f"story-{number}",
                        summary=f"{text(18)}.".capitalize(),
                        lead_photo=photos[number % PHOTOS] if number % 3 != 2 else None,
                        section=sections[number % SECTIONS],
                        byline_decision="given",
                        body="".join(f"<p>{text(paragraph).capitalize()}.</p>" for _ in range(6)),
                    )
                )
            )
        rows = Article.objects.bulk_create(rows)
        gates = {
            story.pk: {"is_published": True, "live_from": story.live_from, "sort_at": story.sort_at}
            for story in rows
        }
        Byline.objects.bulk_create(
            Byline(article=story, author=dice.choice(authors), order=0, **gates[story.pk])
            for story in rows
        )
        TagLink.objects.bulk_create(
            TagLink(content_object=story, tag=tag, order=order, **gates[story.pk])
            for story in rows
            for order, tag in enumerate(
                dict.fromkeys(dice.choices(tags, cum_weights=tag_weights, k=3))
            )
        )
        Revision.objects.bulk_create(first_version(story) for story in rows)
        Address.objects.bulk_create(
            Address(path=f"/articles/{story.slug}/", article=story) for story in rows
        )
    fill_calendar()


def first_version(story: Article) -> Revision:
    said = {
        name: getattr(story, name)
        for name in ("headline", "slug", "summary", "body", "byline_decision")
    }
    said |= {
        "section": story.section.slug,
        "published_at": story.published_at.isoformat(),
        "date_decided": True,
    }
    return Revision(
        article=story,
        version=1,
        snapshot=snapshots.blank() | said,
        kind="imported",
        origin="import",
        made_at=story.live_from,
    )


def fill_calendar():
    """What articles/reading/archive.py would have kept, in one go; the test of the plans compares the two."""
    first = {}
    for day, live_from in Article.objects.values_list("published_on", "live_from"):
        for level, period in (("day", f"{day}"), ("month", f"{day:%Y-%m}"), ("year", f"{day:%Y}")):
            first[level, period] = min(live_from, first.get((level, period), live_from))
    ArchivePeriod.objects.bulk_create(
        ArchivePeriod(level=level, period=period, live_from=live_from)
        for (level, period), live_from in first.items()
    )
    some = Article.objects.values_list("published_on", flat=True)[:3]
    before = set(ArchivePeriod.objects.values_list("period", "live_from"))
    archive.refresh(*some)
    assert set(ArchivePeriod.objects.values_list("period", "live_from")) == before
