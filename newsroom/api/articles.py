"""Articles as the API tells them, and one page of them by key: the search index finds, the gate lets through."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from articles.models import Article, Section, Tag
from articles.models.gate import this_moment
from articles.reading.public_story import PublicStory, absolute, public_stories
from authors.models import Author
from newsroom.api.shapes import ALWAYS, FIELDS, WITH_TEXT
from newsroom.foundation.paths import path_to
from newsroom.search.find import NOBODY, newest
from newsroom.search.index import language as language_mark
from newsroom.search.index import marks_of, story_type
from newsroom.search.models import key_at
from newsroom.search.question import EVERY_STORY, Question, Term

# digits of the largest number that a database holds, and that number
LONGEST_CURSOR, LAST_PLACE = 19, 2**63 - 1


class NotUnderstood(Exception):
    """Something that was asked for does not exist; the message says what."""


def told(story: PublicStory) -> dict:
    """Every field of an article. What is not known is null, or an empty list."""
    return {
        "id": story.uid,
        "url": story.address,
        "ninjs": f"{story.address}ninjs.json",
        "version": story.version,
        "headline": story.headline,
        "summary": story.summary or None,
        "language": story.language,
        "type": story.story_type,
        "section": {"name": story.section, "url": story.section_address},
        "tags": [{"name": name, "url": url} for name, url in story.tags],
        "byline": story.byline_decision,
        "authors": [
            {
                "name": row.printed_name,
                "role": row.role,
                "url": absolute(row.address) if row.address else None,
            }
            for row in story.signed
        ],
        "published": story.stated_date or None,
        "updated": story.told_at or None,
        "live_since": in_seconds(story.live_from),
        "photo": story.photo
        and {
            "alt": story.photo.alt,
            "caption": story.photo.caption,
            "credit": story.photo.credit,
            "renditions": [
                {
                    "url": each.address,
                    "width": each.width,
                    "height": each.height,
                    "shape": each.shape,
                }
                for each in story.photo.pictures
            ],
        },
        "word_count": story.word_count,
        "corrections": [
            {
                "kind": record.kind,
                "published": in_seconds(record.published_at),
                "text": record.text,
                "was": record.was,
                "now": record.now,
            }
            for record in story.corrections
        ],
        "body_html": story.html,
        "body_text": story.text,
    } | {name: words or None for name, words in story.as_it_stands.items()}


def in_seconds(moment) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds")


def chosen(fields: str, *, in_list: bool) -> set[str]:
    """The fields that `fields` ("headline,summary") names; left empty, all, in a list without the text."""
    wanted = {each.strip() for each in fields.split(",") if each.strip()}
    if unknown := sorted(wanted - set(FIELDS)):
        raise NotUnderstood(
            f"There is no field “{unknown[0][:50]}”. Fields are: {', '.join(FIELDS)}."
        )
    return wanted | set(ALWAYS) if wanted else set(FIELDS) - (set(WITH_TEXT) if in_list else set())


def with_fields(story: PublicStory, wanted: set[str]) -> dict:
    facts = told(story)
    return {name: facts[name] for name in FIELDS if name in wanted}


def findable(text: str) -> str:
    """Without the zero byte, which PostgreSQL cannot look for."""
    return text.replace("\0", "")


def marks(model, slug: str) -> Term:
    """All marks of an author, tag or section with this address, or that once had it; nobody's if there is none."""
    slug = findable(slug)
    row = (
        model.objects.filter(slug=slug).first() or model.objects.filter(aliases__slug=slug).first()
    )
    return tuple((mark,) for mark in marks_of(row)) if row else NOBODY


def question(
    *,
    section: str = "",
    tag: str = "",
    author: str = "",
    language: str = "",
    kind: str = "",
    after: date | None,
    before: date | None,
    cursor: str = "",
) -> Question:
    """What a request for articles asks of the index."""
    terms = [
        marks(model, slug)
        for model, slug in ((Section, section), (Tag, tag), (Author, author))
        if slug
    ]
    if language:
        terms.append(((language_mark(language),),))
    if kind and kind not in Article.Type.values:
        raise NotUnderstood(
            f"There is no type “{kind[:50]}”. Types are: {', '.join(Article.Type.values)}."
        )
    if kind:
        terms.append(((story_type(kind),),))
    return Question(tuple(terms) or (EVERY_STORY,), (), after, before, below=place_at(cursor))


def place_at(cursor: str) -> int | None:
    if not cursor:
        return None
    if not (cursor.isascii() and cursor.isdecimal() and len(cursor) <= LONGEST_CURSOR):
        raise NotUnderstood("That is no cursor. Begin without one and follow “next”.")
    return min(int(cursor), LAST_PLACE)


def day(name: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        if len(text) != len("2024-09-30"):  # other forms of ISO 8601
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise NotUnderstood(f"{name}: write a day as 2024-09-30.") from None


def page(asked: Question, limit: int, fields: str) -> tuple[list[dict], str]:
    """(articles, cursor of the next page or "")."""
    wanted = chosen(fields, in_list=True)
    places = newest(asked, this_moment(), limit + 1)
    stories = public_stories([key_at(place) for place in places[:limit]])
    return [with_fields(story, wanted) for story in stories], str(places[limit - 1]) if len(
        places
    ) > limit else ""


def next_address(request: HttpRequest, cursor: str, **changed) -> str | None:
    """The request's own address with another cursor, and what else was `changed`; null at the end."""
    if not cursor:
        return None
    sent = request.GET.copy()
    sent["cursor"] = cursor
    for name, value in changed.items():
        sent[name] = value
    return f"{settings.NEWSROOM_SITE_URL}{request.path}?{sent.urlencode()}"


def articles_of(name: str, slug: str) -> str:
    return f"{absolute(path_to('api:articles'))}?{name}={slug}"
