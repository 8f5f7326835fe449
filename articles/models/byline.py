from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.gate import GatedLink, GatedLinkQuerySet, link_index
from authors.models import Author
from newsroom.foundation.text import LineField, NameField


class BylineQuerySet(GatedLinkQuerySet):
    def get_by_natural_key(self, uid, order):
        return self.get(article__uid=uid, order=order)

    def topics(self, keys, most=8) -> list[tuple[str, str]]:
        """[(name, address)] of the tags that these stories carry most often: what somebody writes about."""
        links = self.model._meta.get_field(
            "article"
        ).related_model.tag_links.rel.related_model.objects
        return links.topics(keys, most)


class Signed:
    """What templates ask of a name over a story, whether it is a row or a card's value."""

    __slots__ = ()

    @property
    def around_name(self):
        """The shown text before the name, the name and the text after it, so that only the name is a link; the
        whole text is the link if the name is not in it."""
        if not self.shown:
            return "", self.printed_name, ""
        before, found, after = self.shown.partition(self.printed_name)
        return (before, found, after) if found else ("", self.shown, "")

    @property
    def part(self):
        """The words before the name of somebody who did not write the text: "Translated by"."""
        return "" if self.role == "writer" else str(dict(Byline.Role.choices)[self.role])


class Byline(Signed, GatedLink):
    """One name over a story. The author's page exists through these rows, and nobody falls out of a story:
    the author is protected, and a name without an author page stands as it was typed."""

    class Role(models.TextChoices):
        WRITER = "writer", _("By")
        REPORTING = "reporting", _("Additional reporting by")
        TRANSLATOR = "translator", _("Translated by")
        PHOTOGRAPHER = "photographer", _("Photographs by")
        SOURCE = "source", _("Source report")

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="bylines"
    )
    author = models.ForeignKey(
        Author, on_delete=models.PROTECT, null=True, blank=True, related_name="bylines"
    )
    name = NameField(
        "free name", max_length=120, blank=True, help_text="For someone without an author page."
    )
    role = models.CharField(max_length=20, choices=Role, default=Role.WRITER)
    shown = LineField(
        "shown text",
        max_length=200,
        blank=True,
        help_text="Printed instead of role and name, word for word.",
    )
    order = models.PositiveSmallIntegerField(default=0)

    objects = BylineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "order"], name="byline_order_once"),
            models.CheckConstraint(
                name="byline_names_someone",
                condition=Q(author__isnull=False) | ~Q(name=""),
                violation_error_message="Choose an author or type a name.",
            ),
        ]
        indexes = [link_index("author", "byline_newest")]

    def __str__(self):
        return self.shown or f"{self.get_role_display()} {self.printed_name}"

    def natural_key(self):
        return (self.article.uid, self.order)

    natural_key.dependencies = ["articles.article", "authors.author"]

    @property
    def printed_name(self):
        return self.author.name if self.author else self.name

    @property
    def address(self):
        return self.author.get_absolute_url() if self.author else ""
