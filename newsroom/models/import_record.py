"""What an import leaves behind, so that anybody can read later what was read where."""

from django.db import models

from articles.models import Article


class ImportRecord(models.Model):
    """One story of an imported document: the original byte for byte, and the receipt that says what was read where."""

    sha256 = models.CharField("hash", max_length=64)  # of the original's bytes
    number = models.PositiveIntegerField(default=1)  # of the story in the document
    name = models.CharField(max_length=300)  # of the file, as it was given
    original = models.BinaryField()  # kept with the document's first story; empty with the others
    size = models.PositiveIntegerField()  # bytes
    encoding = models.CharField(max_length=40)
    # [{"field", "value", "where"}], see newsroom/interchange/story.py
    receipt = models.JSONField(default=list)
    article = models.OneToOneField(Article, on_delete=models.PROTECT, related_name="import_record")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sha256", "number"], name="import_record_once")
        ]

    def __str__(self):
        return f"{self.name} ({self.sha256[:12]})"

    @property
    def text(self):
        """The original as it reads; bytes that are no text in its encoding are shown as marks."""
        document = (
            self if self.number == 1 else type(self).objects.get(sha256=self.sha256, number=1)
        )
        return bytes(document.original).decode(self.encoding, errors="replace")
