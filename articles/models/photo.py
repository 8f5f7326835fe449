import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import crops
from newsroom.foundation import lengths
from newsroom.foundation.text import LineField, ProseField, fold


class PhotoQuerySet(models.QuerySet):
    def get_by_natural_key(self, sha256):
        return self.get(sha256=sha256)

    def ready(self):
        """Photos that may stand in a story: described, credited, and with their renditions made."""
        return self.filter(is_incoming=False).exclude(stamp="")

    def of_file(self, file_hash):
        """The photo that has, or once had, this very file."""
        return self.filter(Q(sha256=file_hash) | Q(file_hash=file_hash)).first()


class PhotoShape:
    """What templates ask of a photo, whether it is a row or a card's value."""

    __slots__ = ()
    # Set on a photo that is shown in a preview: where its renditions are handed out instead.
    private_folder = ""

    @property
    def folder(self):
        """The address below which the renditions stand, with a slash at its end."""
        return f"{self.private_folder or f'{settings.MEDIA_URL}photos/{self.token}/'}{self.stamp}/"

    def address(self, kind, width=0, shape=crops.WHOLE):
        """The address of one rendition: the widest, or the widest up to `width` pixels."""
        made = crops.widths(shape, self.width, self.height)
        fitting = [each for each in made if not width or each <= width] or made[:1]
        return f"{self.folder}{crops.name(shape, fitting[-1], kind)}"

    def srcset(self, kind, shape=crops.WHOLE):
        made = crops.widths(shape, self.width, self.height)
        return ", ".join(f"{self.folder}{crops.name(shape, wide, kind)} {wide}w" for wide in made)

    def file_names(self):
        return crops.names(self.width, self.height)

    def largest(self, shape=crops.WHOLE):
        """(width, height) in pixels of the largest rendition of that shape."""
        wide = crops.widths(shape, self.width, self.height)[-1]
        return wide, crops.height_at(shape, wide, self.width, self.height)


class Photo(PhotoShape, models.Model):
    """A picture with what must be known before it may be shown: what it shows (alt) and whose it is (credit).

    `sha256` is the hash of its first file and names the photo for ever, in snapshots and fixtures; `file_hash` is
    the hash of the file it has now, which a replacement changes. The original lies outside the public folder.
    Renditions stand below a random name and are served only while a story or author that readers can see uses
    the photo. An incoming photo waits for its description or its credit and can stand in no story.
    """

    class Kind(models.TextChoices):
        UNKNOWN = "", "Not stated"
        STAFF = "staff", "Staff: made for us"
        AGENCY = "agency", "Agency: by contract"
        LICENSED = "licensed", "Licensed: paid for once"
        HANDOUT = "handout", "Handout: given to the press"
        READER = "reader", "Sent by a reader"
        SCREENGRAB = "screengrab", "Screengrab"
        SOCIAL = "social", "From a social network"
        COMMONS = "commons", "Creative Commons"
        PUBLIC_DOMAIN = "public_domain", "Public domain"

    class Use(models.TextChoices):
        ANY = "any", "Any story"
        ONCE = "once", "One story only"
        ASK = "ask", "Ask the owner first, each time"

    class Source(models.TextChoices):
        """IPTC digital source type, as far as it makes a difference to readers."""

        UNKNOWN = "", "Not stated"
        CAMERA = "camera", "Photograph"
        ILLUSTRATION = "illustration", _("Illustration")
        CHART = "chart", _("Chart made from data")
        SCREEN = "screen", _("Screen capture")
        COMPOSITE = "composite", _("Composite of several pictures")
        AI = "ai", _("Made with AI")
        AI_PARTLY = "ai_partly", _("Partly made with AI")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # of its first file's bytes
    sha256 = models.CharField("hash", max_length=64, unique=True, editable=False)
    # of the file it has now
    file_hash = models.CharField(max_length=64, unique=True, editable=False)
    original = models.CharField(max_length=120, editable=False)  # below var/originals/
    # unguessable folder of the renditions
    token = models.CharField(max_length=40, unique=True, editable=False)
    # of its renditions; "" until they are made
    stamp = models.CharField(max_length=12, blank=True, editable=False)
    width = models.PositiveIntegerField(editable=False)  # pixels, upright
    height = models.PositiveIntegerField(editable=False)
    size = models.PositiveIntegerField(editable=False)  # bytes of the original
    is_incoming = models.BooleanField(default=False, editable=False)
    alt = LineField(
        "description",
        max_length=420,
        blank=True,
        help_text="What the picture shows, for someone who cannot see it.",
    )
    is_decorative = models.BooleanField(
        default=False, help_text="It says nothing: screen readers skip it."
    )
    long_description = ProseField(
        max_length=lengths.NOTE,
        blank=True,
        help_text="For a chart or a map: everything it says, in words.",
    )
    caption = ProseField(
        max_length=lengths.CAPTION,
        blank=True,
        help_text="Printed under the picture, unless a story has its own.",
    )
    credit = LineField(
        max_length=200, blank=True, help_text="Printed with it: for example Jane Doe / Agency."
    )
    title = LineField(
        max_length=250,
        blank=True,
        help_text="For the desk: the headline that came with the picture.",
    )
    creator = LineField(max_length=200, blank=True, help_text="Who made it.")
    copyright = LineField(max_length=300, blank=True)
    taken_on = models.DateField(
        null=True, blank=True, help_text="Never taken for the date of a story."
    )
    place = LineField(max_length=200, blank=True, help_text="Where it was taken.")
    source_type = models.CharField(
        "made how",
        max_length=20,
        choices=Source,
        blank=True,
        default="",
        help_text="Readers are told when it is not a photograph.",
    )
    rights_kind = models.CharField("rights", max_length=20, choices=Kind, blank=True, default="")
    allowed_use = models.CharField(max_length=10, choices=Use, default=Use.ANY)
    rights_until = models.DateField(
        null=True, blank=True, help_text="The last day on which it may be shown."
    )
    rights = LineField(
        "terms",
        max_length=300,
        blank=True,
        help_text="Anything else: licence, contract, who agreed.",
    )
    focal_x = models.PositiveSmallIntegerField(
        "focal point across",
        default=5,
        validators=[MaxValueValidator(10)],
        help_text="0 is left, 10 is right.",
    )
    focal_y = models.PositiveSmallIntegerField(
        "focal point down",
        default=5,
        validators=[MaxValueValidator(10)],
        help_text="0 is the top, 10 the bottom.",
    )
    # by field: its value and where it stood ("XMP", "IIM" or "EXIF")
    said_by_file = models.JSONField(default=dict, editable=False)
    # as it was uploaded; never an address
    file_name = LineField(max_length=200, blank=True, editable=False)
    # everything the library searches, folded
    search_text = models.TextField(blank=True, editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = PhotoQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="photo_is_described",
                condition=Q(is_incoming=True) | Q(is_decorative=True) | ~Q(alt=""),
                violation_error_message="Say what the picture shows, or tick “decorative”.",
            ),
            models.CheckConstraint(
                name="photo_is_credited",
                condition=Q(is_incoming=True) | ~Q(credit=""),
                violation_error_message="Say whose picture it is.",
            ),
        ]
        indexes = [
            models.Index(fields=["-added_at", "-id"], name="photo_newest"),
            models.Index(
                fields=["rights_until"],
                condition=Q(rights_until__isnull=False),
                name="photo_lapsing",
            ),
        ]

    def __str__(self):
        return (
            self.alt
            or self.caption
            or self.title
            or self.file_name
            or self.credit
            or f"Photo {self.pk}"
        )

    def natural_key(self):
        return (self.sha256,)

    def save(self, **kwargs):
        self.file_hash = self.file_hash or self.sha256
        texts = ("alt", "caption", "credit", "title", "creator", "place", "rights", "file_name")
        self.search_text = fold(" ".join(getattr(self, name) for name in texts))
        super().save(**kwargs)

    @property
    def is_ready(self):
        """Whether a story may show it: described, credited, and with its renditions made."""
        return not self.is_incoming and self.stamp != ""

    @property
    def focal(self):
        return self.focal_x, self.focal_y

    @property
    def stamp_due(self):
        """The stamp of the files that the row and the settings ask for."""
        return crops.stamp(self.file_hash, self.focal, settings.NEWSROOM_AI_TRAINING)

    @property
    def label(self):
        """What readers are told of a picture that is not a photograph; "" for one that is."""
        return (
            self.get_source_type_display()
            if self.source_type not in ("", self.Source.CAMERA)
            else ""
        )

    @property
    def lost(self) -> str:
        """What readers do not get of the file, as a sentence for the desk; "" for nothing."""
        return (
            "It moves: readers get its first picture, standing still."
            if "animation" in self.said_by_file
            else ""
        )

    def has_lapsed(self, on=None):
        return self.rights_until is not None and self.rights_until < (on or timezone.localdate())


class PhotoUseQuerySet(models.QuerySet):
    def get_by_natural_key(self, uid, sha256):
        return self.get(article__uid=uid, photo__sha256=sha256)


class PhotoUse(models.Model):
    """A photo in the text of a story, as the story's row says it. The lead photo is a column of the story."""

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="photo_uses"
    )
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="uses")
    order = models.PositiveSmallIntegerField()

    objects = PhotoUseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="photo_use_once", fields=["article", "photo"])]

    def __str__(self):
        return f"{self.photo} in {self.article}"

    def natural_key(self):
        return (*self.article.natural_key(), *self.photo.natural_key())

    natural_key.dependencies = ["articles.article", "articles.photo"]
