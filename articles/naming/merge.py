"""Make one tag of two, or one author: the stories move, the old name stays as an alias, its address leads on (301).

`preview()` says beforehand what would move. A merge is one transaction and one line in the logbook, which keeps what
the one that goes had said of itself. Snapshots are never rewritten: an old name in one is read as the new.
"""

from dataclasses import dataclass

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import ProtectedError

from articles.models import Act, Article, Byline, LogLine, Tag, TagAlias, TagLink
from articles.story.transitions import Refused
from authors.models import Author, AuthorAlias, User

RIGHTS = {Tag: "articles.change_tag", Author: "authors.change_author"}
MAY_MOVE = {
    Tag: ("description",),
    Author: ("bio", "role", "portrait", "website", "contact_email", "account", "languages"),
}
SOME = 8  # stories named in the preview


@dataclass(frozen=True)
class Preview:
    """What a merge would do. `both`: stories that have the two already; `taken`: fields that only the
    old one has; `lost`: fields that both have, of which the kept one's stay."""

    stories: int
    live: int
    both: int
    some: list
    taken: list[str]
    lost: list[str]


def links_of(row):
    """(links of a tag or an author to stories, the name of the key to the story)."""
    return (
        (row.links.all(), "content_object")
        if isinstance(row, Tag)
        else (row.bylines.all(), "article")
    )


def preview(old: Tag | Author, kept: Tag | Author, *, person: User) -> Preview:
    """Counts and names the stories that may be named to this person; the others move as well."""
    links, story = links_of(old)
    others, _ = links_of(kept)
    links = links.filter(**{f"{story}__in": Article.objects.named_to(person)})
    stories = links.values(story).distinct()
    newest = links.select_related(story).order_by("-sort_at")[:SOME]
    return Preview(
        stories=stories.count(),
        live=links.live().values(story).distinct().count(),
        both=stories.filter(**{f"{story}__in": others.values(story)}).count(),
        some=list(dict.fromkeys(getattr(link, story) for link in newest)),
        taken=list(takes(old, kept)),
        lost=[name for name in MAY_MOVE[type(old)] if getattr(old, name) and getattr(kept, name)],
    )


def takes(old, kept) -> dict:
    """{field: value} that `kept` takes over because it has none of its own."""
    return {
        name: getattr(old, name)
        for name in MAY_MOVE[type(old)]
        if getattr(old, name) and not getattr(kept, name)
    }


def merge(old: Tag | Author, kept: Tag | Author, *, by: User) -> Tag | Author:
    """Stories of `old` become stories of `kept`, and `old` is an alias of it. Both are tags, or both authors."""
    model = type(kept)
    if not by.has_perm(RIGHTS[model]):
        raise Refused(f"You may not merge {model._meta.verbose_name_plural}. Ask an editor.")
    if type(old) is not model or old.pk == kept.pk:
        raise Refused("Choose another one to merge it into.")
    try:
        return merge_rows(old, kept, model, by)
    except (ProtectedError, IntegrityError):
        raise Refused("A colleague used the old name at this very moment. Try again.") from None
    except OperationalError as error:
        if not are_in_each_others_way(error):
            raise
        raise Refused("A colleague used the old name at this very moment. Try again.") from None


def are_in_each_others_way(error: OperationalError) -> bool:
    """Two acts that waited for each other, of which PostgreSQL ended this one. A database that is locked, full or lost
    is no colleague's doing."""
    return getattr(error.__cause__, "sqlstate", None) in ("40P01", "40001")


def accept(author: Author, *, by: User) -> None:
    """The name that an import brought is nobody whom the outlet knew: it waits in no queue any longer."""
    if not by.has_perm(RIGHTS[Author]):
        raise Refused("You may not say who signs here. Ask an editor.")
    with transaction.atomic():
        if not Author.objects.unknown().filter(pk=author.pk).update(is_unknown=False):
            raise Refused("A colleague has answered for this name already.")
        LogLine.objects.record(Act.ACCEPT_AUTHOR, by=by, why=f"“{author.name}” is somebody new")


def merge_rows(old, kept, model, by: User):
    with transaction.atomic():
        # Both rows, in one order: two merges at once wait for each other instead of holding each other up.
        rows = {
            row.pk: row
            for row in model.objects.select_for_update()
            .filter(pk__in=(old.pk, kept.pk))
            .order_by("pk")
        }
        if len(rows) != 2:
            raise Refused("One of the two is gone: somebody merged it meanwhile.")
        old, kept = rows[old.pk], rows[kept.pk]
        said = {name: str(getattr(old, name) or "") for name in ("name", "slug", *MAY_MOVE[model])}
        moved, dropped = move_tags(old, kept) if model is Tag else move_bylines(old, kept)
        taken = takes(old, kept)
        alias = TagAlias if model is Tag else AuthorAlias
        old.aliases.update(target=kept)
        gone = old.pk
        old.delete()
        alias.objects.create(name=old.name, slug=old.slug, old_pk=gone, target=kept)
        for name, value in taken.items():
            setattr(kept, name, value)
        kept.save()
        LogLine.objects.record(
            Act(f"merge {model._meta.verbose_name}"),
            by=by,
            why=f"“{old.name}” into “{kept.name}”",
            details={"gone": said, "kept": kept.slug, "stories": moved, "signed_twice": dropped},
        )
    return kept


def move_tags(old: Tag, kept: Tag) -> tuple[int, list]:
    has_kept = TagLink.objects.filter(tag=kept).values("content_object")
    TagLink.objects.filter(tag=old, content_object__in=has_kept).delete()
    return TagLink.objects.filter(tag=old).update(tag=kept), []


def move_bylines(old: Author, kept: Author) -> tuple[int, list[str]]:
    """A story that both signed in the same part is signed once; a row whose words somebody typed stays as it is."""
    both = Byline.objects.filter(
        author=old, article__in=Byline.objects.filter(author=kept).values("article")
    )
    dropped = []
    for story in Article.objects.filter(pk__in=both.values("article")).only("pk", "uid"):
        signed = set()
        rows = list(story.bylines.order_by("order"))
        # as snapshot_references.with_current_names reads it
        for row in [row for row in rows if row.author_id in (old.pk, kept.pk)]:
            if row.role in signed and not row.shown:
                dropped.append(str(story.uid))
                rows.remove(row)
                row.delete()
            signed.add(row.role)
        for order, row in enumerate(rows):  # no gap is left: rows are told apart by their number
            if row.order != order:
                Byline.objects.filter(pk=row.pk).update(order=order)
    return Byline.objects.filter(author=old).update(author=kept), dropped
