import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from authors.text import LineField, ProseField


class PhotoQuerySet(models.QuerySet):
    def get_by_natural_key(self, sha256):
        return self.get(sha256=sha256)


class PhotoShape:
    """What templates ask of a photo, whether it is a row or a card's value."""

    __slots__ = ()
    private_folder = ""  # set on a photo that is shown in a preview: where its renditions are handed out instead

    @property
    def folder(self):
        """The address below which the renditions stand, with a slash at its end."""
        return self.private_folder or f"{settings.MEDIA_URL}photos/{self.token}/"

    @property
    def focal_classes(self):
        return f"fx-{self.focal_x} fy-{self.focal_y}"

    def height_at(self, width):
        """The height in pixels of the rendition that is `width` pixels wide."""
        return max(1, round(self.height * width / self.width))


class Photo(PhotoShape, models.Model):
    """A picture with what must be known before it may be shown: what it shows (alt) and whose it is (credit).

    The original lies outside the public folder. Renditions carry a random name and are served only while a
    story or author that readers can see uses the photo.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sha256 = models.CharField("hash", max_length=64, unique=True, editable=False)  # of the original's bytes
    original = models.CharField(max_length=120, editable=False)  # below var/originals/
    token = models.CharField(max_length=40, unique=True, editable=False)  # unguessable folder of the renditions
    widths = models.JSONField(default=list, editable=False)  # pixels, ascending
    width = models.PositiveIntegerField(editable=False)  # pixels, upright
    height = models.PositiveIntegerField(editable=False)
    size = models.PositiveIntegerField(editable=False)  # bytes of the original
    alt = LineField(max_length=420, blank=True, help_text="What the picture shows, for someone who cannot see it.")
    is_decorative = models.BooleanField(default=False, help_text="It says nothing: screen readers skip it.")
    caption = ProseField(blank=True, help_text="Printed under the picture.")
    credit = LineField(max_length=200, help_text="Who made it: for example Jane Doe / Agency.")
    rights = LineField(max_length=300, blank=True, help_text="Who may use it, and until when.")
    focal_x = models.PositiveSmallIntegerField(
        default=5,
        validators=[MaxValueValidator(10)],
        help_text="What must stay visible: 0 is left, 10 is right.",
    )
    focal_y = models.PositiveSmallIntegerField(
        default=5, validators=[MaxValueValidator(10)], help_text="0 is the top, 10 is the bottom."
    )
    added_at = models.DateTimeField(auto_now_add=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="photo_has_alt",
                condition=Q(is_decorative=True) | ~Q(alt=""),
                violation_error_message="Say what the picture shows, or tick “decorative”.",
            ),
            models.CheckConstraint(
                name="photo_has_credit",
                condition=~Q(credit=""),
                violation_error_message="Say whose picture it is.",
            ),
        ]

    def __str__(self):
        return self.alt or self.caption or self.credit

    def natural_key(self):
        return (self.sha256,)
