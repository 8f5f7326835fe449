from django.conf import settings
from django.db import models

from articles.models.append_only import AppendOnly, AppendOnlyQuerySet
from authors.text import LineField


class RevisionQuerySet(AppendOnlyQuerySet):
    def get_by_natural_key(self, uid, version):
        return self.get(article__uid=uid, version=version)


class Revision(AppendOnly):
    """The whole story at one moment (articles/snapshots.py says what that is), with who, when and why."""

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="revisions")
    version = models.PositiveIntegerField()
    snapshot = models.JSONField()
    kind = models.CharField(max_length=20, default="saved")  # saved, imported, published, …
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="revisions")
    origin = models.CharField(max_length=20, default="desk")  # desk, import, fixture, demo: there may be no person
    note = LineField(max_length=300, blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "version"], name="revision_version_once")]

    def __str__(self):
        return f"version {self.version} of {self.article_id}"

    def natural_key(self):
        return (self.article.uid, self.version)

    natural_key.dependencies = ["articles.article"]
