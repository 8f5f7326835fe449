import uuid

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.address import Address
from articles.models.append_only import AppendOnly, AppendOnlyQuerySet
from articles.models.gate import PUBLISHED, this_moment
from newsroom.foundation import lengths
from newsroom.foundation.text import LineField, ProseField


class CorrectionQuerySet(AppendOnlyQuerySet):
    def get_by_natural_key(self, uid):
        return self.get(uid=uid)

    def newest_first(self):
        return self.order_by("-published_at", "-pk")

    def live(self, at=None):
        """The records readers may see: those of stories they may see, and of a retracted story whose title the editors
        chose to show. A story that went for another reason takes its records with it: they may name somebody."""
        seen = Q(article__status=PUBLISHED, article__live_from__lte=at or this_moment())
        retracted = Q(
            gone_at__isnull=False, gone_show_title=True, gone_reason=Address.Reason.RETRACTED
        )
        # Asked for each record in its turn: joined, the addresses may come first and the records be sorted after.
        current = Address.objects.filter(article=OuterRef("article"), is_current=True)
        return self.filter(Exists(current.filter(seen | retracted)))

    def listed(self):
        """What `/corrections/` lists: everything but updates, which tell of news and not of a mistake."""
        return self.live().exclude(kind=Correction.Kind.UPDATE).newest_first()

    def with_address(self):
        """Each with the story's `path`, when that was `gone_at`, and the headline that readers know it by."""
        return self.filter(article__addresses__is_current=True).annotate(
            path=F("article__addresses__path"),
            gone_at=F("article__addresses__gone_at"),
            headline=Case(
                When(
                    article__addresses__gone_at__isnull=False,
                    then=F("article__addresses__gone_title"),
                ),
                default=F("article__headline"),
            ),
        )


class Correction(AppendOnly):
    """What readers are told about a change to a story they could have read: appended, never edited away.

    A record that was itself wrong is met by another, which names it in `answers`.
    """

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("Correction")
        CLARIFICATION = "clarification", _("Clarification")
        UPDATE = "update", _("Update")
        NOTE = "editors_note", _("Editor’s note")
        RETRACTION = "retraction", _("Retraction")

    class Place(models.TextChoices):
        TOP = "top", "Above the text: the headline or the main fact was wrong"
        FOOT = "foot", "Under the text"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="corrections"
    )
    kind = models.CharField(max_length=20, choices=Kind)
    # what readers see; may be empty when `was` and `now` say it
    text = ProseField(max_length=lengths.RECORD, blank=True)
    was = ProseField(max_length=lengths.RECORD, blank=True)  # what was wrong
    now = ProseField(max_length=lengths.RECORD, blank=True)  # what is right
    shown_at = models.CharField(max_length=10, choices=Place, default=Place.FOOT)
    published_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # Who agrees to a retraction, as `made_by` says; whether that person says so too stands in `agreements`.
    agreed_with = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reported_by = LineField(max_length=200, blank=True)  # who told us; never public
    before = models.ForeignKey(
        "articles.Revision", on_delete=models.PROTECT, null=True, related_name="+"
    )
    after = models.ForeignKey(
        "articles.Revision", on_delete=models.PROTECT, null=True, related_name="+"
    )
    answers = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="answered_by"
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.CheckConstraint(
                name="correction_says_something",
                condition=~Q(text="") | (~Q(was="") & ~Q(now="")),
                violation_error_message="Say what was wrong and what is right, or write the line readers see.",
            )
        ]
        indexes = [models.Index(fields=["-published_at", "-id"], name="correction_newest")]

    def __str__(self):
        return f"{self.get_kind_display()} of {self.published_at:%Y-%m-%d %H:%M}"

    def natural_key(self):
        return (str(self.uid),)

    natural_key.dependencies = ["articles.article", "articles.revision"]

    @property
    def anchor(self):
        """Names the record on its story's page."""
        return f"record-{self.uid.hex[:12]}"

    @property
    def agreement_in_words(self):
        """Whose word a retraction stands on, for the desk; "" for a record that asks for nobody's."""
        if self.agreed_with is None:
            is_alone = self.kind == self.Kind.RETRACTION
            return (
                f"{self.made_by} made it alone, by withdrawing the story: nobody was asked."
                if is_alone
                else ""
            )
        answer = next(
            (each for each in self.agreements.all() if each.by_id == self.agreed_with_id), None
        )
        said = f"{self.made_by} says that {self.agreed_with} agreed"
        if answer is None:
            return f"{said}; {self.agreed_with} has not answered yet."
        when = f"{timezone.localtime(answer.at):%-d %b %Y, %H:%M}"
        return (
            f"{self.agreed_with} agreed ({when})."
            if answer.agrees
            else f"{said}; {self.agreed_with} says no ({when})."
        )

    @property
    def place_on_page(self):
        """Where readers find it, of one with its address: on the page of its story, while there is a text."""
        return self.path if self.gone_at else f"{self.path}#{self.anchor}"

    @property
    def is_grave(self):
        """Whether readers meet it before the text."""
        return self.shown_at == self.Place.TOP

    @property
    def is_of_a_mistake(self):
        return self.kind in (self.Kind.CORRECTION, self.Kind.RETRACTION)
