"""Keep the index in step with the stories: what is published stands in it, in the transaction that publishes it.

A story that waits for its time is in the index already and is found from its minute on.
"""

from collections.abc import Iterable
from hashlib import blake2s
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, QuerySet

from articles.models import Article, Section, Tag
from articles.story import fields
from articles.story.fields import Snapshot
from articles.text import body, body_parts
from authors.models import Author
from newsroom.foundation.remembered import remembered
from newsroom.foundation.text import identity
from newsroom.search import spelling
from newsroom.search.backends import engine
from newsroom.search.models import NameWord, SearchEntry, place_of
from newsroom.search.question import EVERY_STORY, Words
from newsroom.search.words import plain, tokens, variants, words_of

# of one story; a tsvector counts positions up to 16,383, and both engines keep the same
MOST_WORDS = spelling.MOST_WORDS
STEP = 10  # stories that are written together when many change at once
# The first letters of marks. Beside them: `free_name`, `story_type`, `language`, and the one that every entry has.
MARKS: dict[type[models.Model], str] = {Author: "a_", Tag: "t_", Section: "s_"}


def mark_for(model: type[models.Model], pk: int) -> str:
    """The mark of everything that an author signed, a tag is on or a section holds."""
    return f"{MARKS[model]}{pk}"


def whole(name: str) -> str:
    """The token of a name as one piece."""
    return f"={''.join(plain(match[0]) for match in words_of(name))}"[:40]


def written(name: str) -> str:
    """The token of a name as it is written: “Меры” and “Мэры” look alike (`whole`), and are two."""
    return f"=={blake2s(identity(name).encode(), digest_size=16).hexdigest()}"


def free_name(name: str) -> str:
    """The mark of a byline without an author page."""
    return f"n_{whole(name)[1:]}"


def free_names(name: str) -> list[str]:
    """The marks by which such a byline is found: the whole name, and each word of it."""
    return [free_name(name), *(free_name(match[0]) for match in words_of(name))]


def story_type(value: str) -> str:
    return f"k_{plain(value)}"


def language(code: str) -> str:
    return f"l_{plain(code)}"


def published() -> QuerySet:
    """What belongs into the index, with all that is asked of a story there. Its moment may be still to come."""
    return (
        Article.objects.filter(status=Article.Status.PUBLISHED)
        .select_related("lead_photo")
        .prefetch_related("bylines", "tag_links", "photo_uses__photo")
    )


def missing() -> QuerySet:
    """Published stories that are not in the index as they are now."""
    current = SearchEntry.objects.filter(article=OuterRef("pk"), version=OuterRef("shown_version"))
    return Article.objects.filter(~Exists(current), status=Article.Status.PUBLISHED)


def captions_of(article: Article) -> list[str]:
    lead = article.lead_caption or (article.lead_photo.caption if article.lead_photo else "")
    return [lead, *(use.photo.caption for use in article.photo_uses.all())]


@remembered
def tokens_of_text(text: str, language: str) -> tuple[str, ...]:
    return tuple(tokens(text, language, MOST_WORDS))


def read_texts(snapshot: Snapshot) -> None:
    """Read the text of a snapshot that may come into the index, or go, before a lock waits for it."""
    for text in {
        body.plain_text(body_parts.without_notes(snapshot["body"])),
        body.plain_text(snapshot["body"]),
    }:
        tokens_of_text(text, snapshot["language"])
        spelling.worth_finding(snapshot["headline"], snapshot["summary"], text)


def words_for(article: Article) -> Words:
    """The columns of the index. `article`: one of `published()`."""
    bylines = list(article.bylines.all())
    marks = [
        *EVERY_STORY[0],
        mark_for(Section, article.section_id),
        story_type(article.story_type),
        language(article.language),
    ]
    marks += [mark_for(Author, row.author_id) for row in bylines if row.author_id]
    marks += [mark for row in bylines if row.name for mark in free_names(row.name)]
    marks += [mark_for(Tag, link.tag_id) for link in article.tag_links.all()]
    loose = " ".join(
        [
            *(getattr(article, name) for name in fields.searched()),
            *(f"{row.name} {row.shown}" for row in bylines),
        ]
    )
    dek = " ".join([article.summary, *captions_of(article)])

    def read(text, most):
        return tokens(text, article.language, most)

    columns = (
        read(article.headline, 100),
        marks + read(loose, 200),
        read(dek, 1000),
        list(tokens_of_text(article.body_text, article.language)),
    )
    assert article.live_from  # only what is published, due or not, is indexed
    return Words(
        place_of(article.sort_at, article.pk), article.live_from, article.published_on, columns
    )


def write(articles: Iterable[Article]) -> int:
    """Write the stories, each one of `published()`, into the index; returns how many."""
    articles = list(articles)
    words = [words_for(article) for article in articles]
    with transaction.atomic():
        drop_moved(articles)
        SearchEntry.objects.bulk_create(
            [
                SearchEntry(
                    article=article,
                    place=place_of(article.sort_at, article.pk),
                    live_from=article.live_from,
                    published_on=article.published_on,
                    version=article.shown_version,
                )
                for article in articles
            ],
            update_conflicts=True,
            unique_fields=["article"],
            update_fields=["place", "live_from", "published_on", "version"],
        )
        engine().write(words)
        spelling.learn(articles)
    return len(articles)


def write_in_steps(keys: Iterable[int]) -> None:
    """Write many stories anew, a few at a time, so that nobody waits to save until all are read."""
    keys = sorted(keys)
    for start in range(0, len(keys), STEP):
        write(published().filter(pk__in=keys[start : start + STEP]))


def drop_moved(articles: list[Article]) -> None:
    """A story whose date has changed leaves its old place."""
    places = {article.pk: place_of(article.sort_at, article.pk) for article in articles}
    known = SearchEntry.objects.filter(article__in=places).values_list("article", "place")
    if moved := [place for pk, place in known if places[pk] != place]:
        engine().drop(moved)


def drop(keys: Iterable[int]) -> int:
    """Take stories out of the index, by their keys; returns how many were in it."""
    with transaction.atomic():
        entries = SearchEntry.objects.filter(article__in=list(keys))
        if places := list(entries.values_list("place", flat=True)):
            engine().drop(places)
            entries.delete()
    return len(places)


def follow(article: Article) -> None:
    """One story has changed: in with it, or out. Words that only it had are no longer offered to anybody."""
    with transaction.atomic():
        before = words_before(article)
        found = published().filter(pk=article.pk).first()
        if found:
            write([found])
        else:
            drop([article.pk])
        spelling.forget(before.keys() - (words_after(found) if found else {}).keys())


def words_after(article: Article) -> dict[str, str]:
    return spelling.worth_finding(article.headline, article.summary, article.body_text)


def words_before(article: Article) -> dict[str, str]:
    """What the vocabulary knows from this story, as it stands in the index until now."""
    entry = SearchEntry.objects.filter(article=article).first()
    shown = entry and article.revisions.on_the_line().filter(version=entry.version).first()
    if not shown:
        return {}
    said = shown.snapshot
    return spelling.worth_finding(said["headline"], said["summary"], body.plain_text(said["body"]))


def names_of(row) -> list[str]:
    """Every name by which an author, tag or section is found."""
    return (
        [row.name, *(alias.name for alias in row.aliases.all())]
        if hasattr(row, "aliases")
        else [row.name]
    )


def marks_of(row: models.Model) -> list[str]:
    """Its mark, and those of what was merged into it: stories that were indexed before keep those."""
    merged = (
        [alias.old_pk for alias in row.aliases.all() if alias.old_pk]
        if hasattr(row, "aliases")
        else []
    )
    return [mark_for(type(row), pk) for pk in (row.pk, *merged)]


def write_names(row: Any) -> None:
    """The words of a name lead to its marks; so do the name and the address, each as one piece, and the name as it is
    written."""
    names, marks = names_of(row), marks_of(row)
    found = {each for name in names for match in words_of(name) for each in variants(match[0])}
    found |= set(map(whole, [*names, row.slug])) | set(map(written, names))
    wanted = {(each, mark) for each in found for mark in marks}
    with transaction.atomic():
        NameWord.objects.filter(mark__in=marks).delete()
        NameWord.objects.bulk_create(
            [NameWord(token=token, mark=mark) for token, mark in sorted(wanted)]
        )
        spelling.learn_words({plain(match[0]): match[0] for match in words_of(row.name)})


def drop_names(row: models.Model) -> None:
    """Of a row that is gone. Words that lead to what was merged into another stay: they are that other's now."""
    NameWord.objects.filter(mark=mark_for(type(row), row.pk)).delete()
