from collections import Counter

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, F, OuterRef, Q
from taggit.models import ItemBase, TagBase

from articles.models.gate import GatedLink, GatedLinkQuerySet, link_index
from articles.models.rows_of import RowsOf
from articles.models.section import Filed
from authors.models import Alias
from newsroom.foundation.former_names import Ambiguous, NamedQuerySet
from newsroom.foundation.paths import path_to
from newsroom.foundation.text import NameField, identity

MOST_TAGS = 20  # on one story


class TagQuerySet(NamedQuerySet):
    def get_by_natural_key(self, slug):
        return self.filter(slug=slug).first() or self.get(aliases__slug=slug)

    def alphabetical(self):
        return self.order_by("folded", "pk")

    def with_live_stories(self):
        return self.filter(Exists(TagLink.objects.live().filter(tag=OuterRef("pk"))))

    def named(self, name: str) -> "Tag":
        """The tag called so, or that once was; made if there is none. Two writers at once get the same one.

        Raises `Ambiguous` when several once had that name.
        """
        return self.get_or_create(name=name)[0]

    def get_or_create(self, defaults=None, **facts):
        """As Django's; a `name` alone, which is how django-taggit asks, finds the tag however it is typed."""
        name = facts.get("name", facts.get("name__iexact"))
        if name is None or len(facts) > 1:
            return super().get_or_create(defaults, **facts)
        if (found := self.one_called(name)) is not None:
            return found, False
        try:
            with transaction.atomic():
                return self.create(**{"name": name} | (defaults or {})), True
        except IntegrityError:
            return self.get(identity=identity(name)), False

    def one_called(self, name: str) -> "Tag | None":
        found = list(self.called(name))
        if len(found) > 1:
            raise Ambiguous(name, found)
        return found[0] if found else None


class Tag(Filed, TagBase):
    """A topic. django-taggit’s behaviour, with a name that no other tag has, and a usable address."""

    name = NameField(max_length=100)

    natural_key_fields = ["slug"]
    objects = TagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="tag_has_name",
                condition=~Q(name=""),
                violation_error_message="Type the tag’s name.",
            )
        ]

    def get_absolute_url(self):
        return path_to("tag", self.slug)

    def clean(self):
        super().clean()
        merged = (
            TagAlias.objects.select_related("target")
            .filter(identity=self.identity)
            .exclude(target=self.pk)
        )
        if found := merged.first():
            raise ValidationError(f"“{found}” was merged into “{found.target}”.")


class TagAlias(Alias):
    target = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="aliases")


class TagLinkQuerySet(GatedLinkQuerySet):
    def get_by_natural_key(self, uid, slug):
        return self.get(content_object__uid=uid, tag__slug=slug)

    def topics(self, keys, most=8) -> list[tuple[str, str]]:
        """[(name, address)] of the tags that these stories carry most often."""
        counted = Counter(
            self.filter(content_object__in=keys).values_list("tag__name", "tag__slug")
        )
        best = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
        return [(name, path_to("tag", slug)) for (name, slug), _ in best]


def topics() -> RowsOf:
    """The tags of a story beside its row, in no order: [{"order", "name", "slug"}, …]."""
    rows = TagLink.objects.filter(content_object=OuterRef("pk"))
    return RowsOf(rows.values("order", name=F("tag__name"), slug=F("tag__slug")))


class TagLink(GatedLink, ItemBase):
    """A story carries a tag."""

    STORY = "content_object"  # django-taggit's name for it

    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="links")
    content_object = models.ForeignKey(
        "articles.Article",
        on_delete=models.CASCADE,
        related_name="tag_links",
        db_column="article_id",
    )
    order = models.PositiveSmallIntegerField(default=0)

    objects = TagLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="taglink_once")
        ]
        indexes = [link_index("tag", "taglink_newest", story="content_object")]

    def natural_key(self):
        return (self.content_object.uid, self.tag.slug)

    natural_key.dependencies = ["articles.article", "articles.tag"]
