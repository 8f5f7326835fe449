from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef, Q
from taggit.models import ItemBase, TagBase

from articles.models.gate import GatedLink, GatedLinkQuerySet, link_index
from articles.models.section import Filed
from authors.paths import path_to
from authors.text import LineField, fold

MOST_TAGS = 20  # on one story


class TagQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def alphabetical(self):
        return self.order_by("folded", "pk")

    def with_live_stories(self):
        return self.filter(Exists(TagLink.objects.live().filter(tag=OuterRef("pk"))))

    def named(self, name: str) -> "Tag":
        """The tag of that name in any spelling, made if there is none; two writers at once get the same one."""
        found = self.filter(folded=fold(name)[:250]).first()
        if found:
            return found
        try:
            with transaction.atomic():
                return self.create(name=name)
        except IntegrityError:
            return self.get(folded=fold(name)[:250])


class Tag(Filed, TagBase):
    """A topic. django-taggit's behaviour, with a name that is unique in every spelling and a usable address."""

    name = LineField(max_length=100)

    natural_key_fields = ["slug"]
    objects = TagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="tag_has_name", condition=~Q(name=""), violation_error_message="Type the tag’s name."
            )
        ]

    def get_absolute_url(self):
        return path_to("tag", self.slug)


class TagLinkQuerySet(GatedLinkQuerySet):
    def get_by_natural_key(self, uid, slug):
        return self.get(content_object__uid=uid, tag__slug=slug)


class TagLink(GatedLink, ItemBase):
    """A story carries a tag."""

    STORY = "content_object"  # django-taggit's name for it

    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="links")
    content_object = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="tag_links", db_column="article_id"
    )
    order = models.PositiveSmallIntegerField(default=0)

    objects = TagLinkQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="taglink_once")]
        indexes = [link_index("tag", "taglink_newest", story="content_object")]

    def natural_key(self):
        return (self.content_object.uid, self.tag.slug)

    natural_key.dependencies = ["articles.article", "articles.tag"]
