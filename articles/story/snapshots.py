"""A whole story as one JSON value: take it, put it into order, apply it to the row that readers may see.

Things are named by natural key (section and tag by slug, photo by hash, author by slug), never by pk, so that
a snapshot means the same in every database.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.db import models
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from articles.models import (
    Article,
    Byline,
    Photo,
    PhotoUse,
    Revision,
    Tag,
    TagLink,
)
from articles.story import fields, snapshot_references
from articles.story.fields import Kind, Snapshot
from articles.text import body, body_parts
from authors.models import Author
from newsroom.foundation.remembered import remembered
from newsroom.foundation.text import fold, normalise

MOST_LINKS = 16  # of two merged texts; the form takes fewer
BYLINE_TEXTS, BYLINE_OTHERWISE = ("author", "name", "role", "shown"), {"role": "writer"}


def blank() -> Snapshot:
    """The snapshot of a story in which nothing is known yet."""
    return ordered({})


def ordered(snapshot: Mapping[str, Any]) -> Snapshot:
    """`snapshot` with every key present, text normalised and the body clean: two equal stories are equal dicts."""
    result: dict[str, Any] = {
        name: as_written(Article, name, snapshot.get(name) or otherwise(name))
        for name in fields.texts()
    }
    result["body"] = body.clean(result["body"])
    result |= {name: snapshot.get(name) or None for name in fields.of_kind(Kind.DATE)}
    result |= {field.name: row_named(field, snapshot) for field in fields.references()}
    result |= {name: number_in(snapshot, name) for name in fields.of_kind(Kind.NUMBER)}
    result["date_decided"] = bool(snapshot.get("date_decided"))
    result["tags"] = list(dict.fromkeys(snapshot.get("tags", ())))
    result["related"] = list(dict.fromkeys(uids(snapshot.get("related", ()))))[:MOST_LINKS]
    result["bylines"] = [
        {
            name: as_written(Byline, name, row.get(name) or BYLINE_OTHERWISE.get(name, ""))
            for name in BYLINE_TEXTS
        }
        for row in snapshot.get("bylines", ())
    ]
    return cast(Snapshot, result)  # tests/articles/test_field_lists.py holds that it has these keys


def row_named(field: fields.Field, snapshot: Mapping[str, Any]) -> str | None:
    name = snapshot.get(field.name) or None
    return next(uids([name]), None) if field.key == "uid" else name


def number_in(snapshot: Mapping[str, Any], name: str) -> int | None:
    """A number as a column of small numbers takes it."""
    number = snapshot.get(name)
    return number if isinstance(number, int) and 0 < number < 32_768 else None


def otherwise(name: str) -> str:
    """What a text says where nothing is said of it: of a list its first choice, which the column knows."""
    return str(Article._meta.get_field(name).get_default())


def as_written(model: type[models.Model], name: str, text: str) -> str:
    """`text` as the column of that name holds it."""
    if name == "author":
        return normalise(text)  # the slug of a page
    return getattr(model._meta.get_field(name), "written", normalise)(text)


def too_long(snapshot: Mapping[str, Any]) -> Iterator[tuple[str, int, int]]:
    """(name, characters, how many fit) of each text of a snapshot in order that does not fit into its column."""
    for name in fields.texts():
        most = Article._meta.get_field(name).max_length
        if most and len(snapshot[name]) > most:
            yield name, len(snapshot[name]), most


def uids(values: Iterable[object]) -> Iterator[str]:
    """Those of `values` that are the identity of some story, as a snapshot writes it."""
    for value in values:
        try:
            yield str(UUID(str(value)))
        except ValueError:
            continue


def of_row(article: Article) -> Snapshot:
    """The story as its row and links say it now."""
    facts = {name: getattr(article, name) for name in fields.texts()}
    facts |= {name: getattr(article, name) for name in fields.of_kind(Kind.NUMBER)}
    facts |= {
        field.name: field.name_of(getattr(article, field.name)) for field in fields.references()
    }
    facts |= {
        "published_on": article.published_on.isoformat() if article.published_on else None,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "date_decided": article.date_decided,
        "related": article.related,
        "tags": list(article.tag_links.order_by("order", "pk").values_list("tag__slug", flat=True)),
        "bylines": [
            {
                "author": row.author.slug if row.author else "",
                "name": row.name,
                "role": row.role,
                "shown": row.shown,
            }
            for row in article.bylines.select_related("author").order_by("order")
        ],
    }
    return ordered(facts)


def latest(article: Article) -> Snapshot:
    """What the desk works on: the newest revision, which for a live story may be ahead of the row."""
    return snapshot_references.with_current_names(newest(article))


def newest(article: Article) -> Snapshot:
    """The same with the names that it was saved with."""
    revision = article.revisions.newest()
    return ordered(revision.snapshot) if revision else of_row(article)


def fill(article: Article, snapshot: Snapshot) -> Article:
    """Set the story's own fields in memory, with all that is derived from them. Nothing is written."""
    fill_texts(article, snapshot)
    for field in fields.references():
        setattr(article, field.name, field.row_called(snapshot[field.name]))
    article.translation_of = original_of(article)
    for name in fields.of_kind(Kind.NUMBER):
        setattr(article, name, snapshot[name])
    if article.series is None:
        article.series_part = None
    day, minute = snapshot["published_on"], snapshot["published_at"]
    article.published_on = date.fromisoformat(day) if day else None
    article.published_at = datetime.fromisoformat(minute) if minute else None
    article.date_decided = snapshot["date_decided"]
    article.related = snapshot["related"]
    article.sort_at = article.sort_key()
    return article


def fill_texts(article: Article, snapshot: Snapshot) -> None:
    for name in fields.texts():
        setattr(article, name, snapshot[name])
    derive_texts(article)


def original_of(article: Article) -> Article | None:
    """The story that `article` translates: of a translation its original, and never the story itself."""
    found = article.translation_of
    original = found and (found.translation_of or found)
    return original if original and original.uid != article.uid else None


def derive(article: Article) -> Article:
    derive_texts(article)
    article.sort_at = article.sort_key()
    return article


def derive_texts(article: Article) -> None:
    article.body_text = body.plain_text(body_parts.without_notes(article.body))
    article.word_count = body.word_count(article.body_text)
    article.search_text = folded(f"{article.headline} {article.summary} {article.body_text}")


folded = remembered(fold)


def get_ready(snapshot: Mapping[str, Any]) -> Snapshot:
    """`snapshot` in order, with all worked out that a lock would wait for (newsroom/foundation/remembered.py)."""
    ready = ordered(snapshot)
    body.clean(ready["body"])  # as the row's field will, which trusts nobody
    fill_texts(Article(), ready)
    return ready


def apply(article: Article, snapshot: Snapshot) -> None:
    """Make the row and its links say what `snapshot` says. The caller holds the transaction and the lock."""
    fill(article, snapshot).save()
    if article.translation_of_id:  # what translated this story is a translation of its original now
        Article.objects.filter(translation_of=article).update(translation_of=article.translation_of)
    now = of_row(article)
    if now["bylines"] != snapshot["bylines"]:
        write_bylines(article, snapshot)
    if now["tags"] != snapshot["tags"]:
        write_tags(article, snapshot["tags"])
    write_photo_uses(article, body_parts.photos_in(snapshot["body"]))
    refresh_links(article)


def authors_by_slug(snapshot: Snapshot) -> dict[str, Author]:
    slugs = [row["author"] for row in snapshot["bylines"] if row["author"]]
    return (
        {author.slug: author for author in Author.objects.filter(slug__in=slugs)} if slugs else {}
    )


def write_bylines(article: Article, snapshot: Snapshot) -> None:
    authors = authors_by_slug(snapshot)
    article.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(
            article=article,
            author=authors.get(row["author"]),
            # An author who has gone from the database still stands in the story, by the name of the address.
            name=row["name"] or ("" if row["author"] in authors else row["author"]),
            role=row["role"],
            shown=row["shown"],
            order=order,
        )
        for order, row in enumerate(snapshot["bylines"])
    )


def write_tags(article: Article, slugs: list[str]) -> None:
    tags = {tag.slug: tag for tag in Tag.objects.filter(slug__in=slugs)}
    article.tag_links.all().delete()
    TagLink.objects.bulk_create(
        TagLink(content_object=article, tag=tags[slug], order=order)
        for order, slug in enumerate(slug for slug in slugs if slug in tags)
    )


def write_photo_uses(article: Article, hashes: list[str]) -> None:
    """One row for each photo in the text that the library has; nothing is written when the rows say so already."""
    rows = list(article.photo_uses.order_by("order").values_list("photo__sha256", flat=True))
    if rows == hashes:
        return
    photos = {photo.sha256: photo for photo in Photo.objects.filter(sha256__in=hashes)}
    wanted = [each for each in hashes if each in photos]
    if rows != wanted:
        article.photo_uses.all().delete()
        PhotoUse.objects.bulk_create(
            PhotoUse(article=article, photo=photos[each], order=order)
            for order, each in enumerate(wanted)
        )


def refresh_links(article: Article) -> None:
    """Copy the gate and the sort key to the links that lead to the story."""
    gate = {
        "is_published": article.status == Article.Status.PUBLISHED,
        "live_from": article.live_from,
        "sort_at": article.sort_at,
    }
    article.bylines.update(**gate)
    article.tag_links.update(**gate)


def photos_of(snapshot: Mapping[str, Any]) -> list[str]:
    """The hashes of all photos of a story: the one above the text, and those in it."""
    lead = [snapshot["lead_photo"]] if snapshot.get("lead_photo") else []
    return list(dict.fromkeys(lead + body_parts.photos_in(snapshot.get("body") or "")))


def working_copies_showing(sha256: str, *, of: QuerySet | None = None) -> list[Article]:
    return working_copies(lambda snapshot: sha256 in photos_of(snapshot), of=of)


def working_copies(has: Callable[[dict], object], *, of: QuerySet | None = None) -> list[Article]:
    """Live stories with a working copy whose snapshot `has` something, which PROTECT cannot know of: it sees rows.
    `of`: the stories among which it looks; left out, all."""
    newest = Revision.objects.on_the_line().filter(
        article__version__gt=F("article__shown_version"), version=F("article__version")
    )
    if of is not None:
        newest = newest.filter(article__in=of)
    return [
        revision.article for revision in newest.select_related("article") if has(revision.snapshot)
    ]


def photo_in_words(sha256: str | None) -> str:
    """What a photo is called where only its hash is known."""
    if not sha256:
        return ""
    photo = Photo.objects.filter(sha256=sha256).first()
    return str(photo) if photo else f"a photo that is not here ({sha256[:8]})"


def names_of_photos(hashes: list[str]) -> dict[str, str]:
    """{hash: what the photo is called} of photos that are here; one query, none for no hashes."""
    return (
        {photo.sha256: str(photo) for photo in Photo.objects.filter(sha256__in=hashes)}
        if hashes
        else {}
    )


def day_or_minute_in_words(value: str | None) -> str:
    """A stored day, or a stored moment by the outlet's clock."""
    if not value:
        return ""
    if "T" in value:
        return date_format(timezone.localtime(datetime.fromisoformat(value)), "j F Y, H:i")
    return date_format(date.fromisoformat(value), "j F Y")


def choices_of(name: str) -> dict:
    """The words behind a field's stored values, for fields that have a list of them."""
    return dict(Article._meta.get_field(name).flatchoices)


def local_day(moment: datetime) -> date:
    """The day of a moment at the outlet."""
    return timezone.localtime(moment).date()
