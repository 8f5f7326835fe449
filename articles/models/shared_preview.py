import uuid

from django.conf import settings
from django.db import models


class SharedPreview(models.Model):
    """A link that shows one revision of a story to somebody without a login: a source, a lawyer."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="shared_previews"
    )
    revision = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["article", "-made_at"], name="preview_newest")]

    def __str__(self):
        return f"link to version {self.revision_id} of {self.article_id}"
