"""What the names in a snapshot mean now: whom and what they stand for after a merge, and how people call them."""

from collections.abc import Iterable

from django.db import models

from articles.models import Article, Event, Section, SectionAlias, Series, Tag, TagAlias
from articles.story.fields import BylineRow, Snapshot
from authors.models import Author, AuthorAlias
from newsroom.foundation.desk import is_key

# What a snapshot names by natural key: {part: (model, the key, what people call it)}.
NAMED = {
    "author": (Author, "slug", "name"),
    "tags": (Tag, "slug", "name"),
    "section": (Section, "slug", "name"),
    "event": (Event, "slug", "name"),
    "series": (Series, "slug", "name"),
    "translation_of": (Article, "uid", "headline"),
    "related": (Article, "uid", "headline"),
}


def with_current_names(snapshot: Snapshot) -> Snapshot:
    """Tags, authors and sections go by the address they have now, also if they were merged or renamed meanwhile; what
    stood there twice stands once."""
    people = merged(
        Author, AuthorAlias, [row["author"] for row in snapshot["bylines"] if row["author"]]
    )
    tags = snapshot["tags"]
    topics = merged(Tag, TagAlias, tags)
    section = snapshot["section"]
    sections = merged(Section, SectionAlias, [section]) if section else {}
    if not people and not topics and not sections:
        return snapshot
    rows: list[BylineRow] = []
    signed = set()
    for row in snapshot["bylines"]:
        slug = people.get(row["author"], row["author"])
        # Words that somebody typed for a name stay, whoever it stands for.
        if slug not in people.values() or (slug, row["role"]) not in signed or row["shown"]:
            rows.append({**row, "author": slug})
        signed.add((slug, row["role"]))
    return {
        **snapshot,
        "bylines": rows,
        "tags": list(dict.fromkeys(topics.get(slug, slug) for slug in tags)),
        "section": sections.get(section, section) if section else None,
    }


def merged(model, alias, slugs: list[str]) -> dict[str, str]:
    """{old slug: the slug it has now} of those that were merged or renamed, and that nobody else has."""
    if not slugs:
        return {}
    taken = model.objects.filter(slug__in=slugs).values("slug")
    return dict(
        alias.objects.filter(slug__in=slugs)
        .exclude(slug__in=taken)
        .values_list("slug", "target__slug")
    )


def hold_names(snapshot: Snapshot) -> Snapshot:
    """`with_current_names`, with those tags and authors locked until the transaction ends, so that no merge comes
    between reading a name and writing its rows. The caller holds the transaction and the story's row."""
    for model, slugs in (
        (Tag, snapshot["tags"]),
        (Author, [row["author"] for row in snapshot["bylines"]]),
    ):
        if wanted := [slug for slug in slugs if slug]:
            list(
                model.objects.select_for_update(no_key=True)
                .filter(slug__in=wanted)
                .order_by("pk")
                .values("pk")
            )
    return with_current_names(snapshot)


def names_of(what: str, slugs: list[str]) -> dict[str, str]:
    """{slug: name} of what a snapshot names by slug, and {uid: headline} of other stories: as far as they are here;
    one query, none for no slugs."""
    model, key, name = NAMED[what]
    wanted = [slug for slug in slugs if slug]
    if not wanted:
        return {}
    # Whoever reads this story may not read every other.
    rows = model.objects.live() if model is Article else model.objects.all()
    found = {
        str(key): name for key, name in rows.filter(**{f"{key}__in": wanted}).values_list(key, name)
    }
    gone = {"author": AuthorAlias, "tags": TagAlias, "section": SectionAlias}.get(what)
    if gone and len(found) < len(wanted):  # as it was called then, if it was merged since
        found |= dict(
            gone.objects.filter(slug__in=set(wanted) - set(found)).values_list("slug", "name")
        )
    otherwise = "a story that is not live"
    return found if model is not Article else {uid: found.get(uid, otherwise) for uid in wanted}


def now_called(model: type[models.Model], keys: Iterable[object]) -> list[str]:
    """Keys as a form sends them, with those of tags and authors that were merged since it was opened put right."""
    alias = {Tag: TagAlias, Author: AuthorAlias}.get(model)
    keys = [str(key) for key in keys]
    wanted = [key for key in keys if is_key(key)]
    if alias is None or not wanted:
        return keys
    merged = {
        str(old): str(new)
        for old, new in alias.objects.filter(old_pk__in=wanted).values_list("old_pk", "target")
    }
    return list(dict.fromkeys(merged.get(key, key) for key in keys))
