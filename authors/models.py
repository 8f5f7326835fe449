"""People: the account that works at the desk (User) and the byline that readers see (Author)."""

import uuid
import zoneinfo
from typing import cast

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest

from newsroom.foundation import languages, lengths
from newsroom.foundation.former_names import (
    AtItsAddress,
    NamedQuerySet,
    refuse_anothers_address,
)
from newsroom.foundation.links import safe_href, validate_link
from newsroom.foundation.paths import path_to
from newsroom.foundation.text import (
    LONGEST_IDENTITY,
    LineField,
    NameField,
    ProseField,
    fold,
    identity,
    initials,
    slug_validator,
)


def validate_zone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError("There is no such time zone.")


def validate_languages(codes) -> None:
    if not isinstance(codes, list) or not all(
        isinstance(code, str) and code in languages.NAMES for code in codes
    ):
        raise ValidationError('A list of languages that we know is needed, as ["en", "uz"].')


class User(AbstractUser):
    """Somebody who logs in. An account may come and go; the Author it belongs to stays."""

    time_zone = models.CharField(
        max_length=60,
        blank=True,
        validators=[validate_zone],
        help_text="Left empty, the outlet’s own.",
    )
    keeps_unsaved = models.BooleanField(
        "autosave",
        default=True,
        help_text="Keep what is typed in a story every few seconds, for this person alone.",
    )

    logged_out_at = models.DateTimeField(null=True, editable=False)  # on purpose, the last time

    def __str__(self):
        return self.get_full_name() or self.username


def account_of(request: HttpRequest) -> User:
    """Who asks, at the desk: nobody comes there without an account."""
    return cast(User, request.user)


class Alias(models.Model):
    """A name that something had before it was merged: it is still found by it, and its old address leads on."""

    name = NameField(max_length=120)
    identity = models.CharField(max_length=LONGEST_IDENTITY, editable=False, db_index=True)
    folded = models.CharField(max_length=250, editable=False, db_index=True)
    slug = models.CharField(max_length=90, unique=True, editable=False)
    # forms that were open then send it
    old_pk = models.BigIntegerField(null=True, editable=False, db_index=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.identity, self.folded = identity(self.name), fold(self.name)[:250]
        super().save(*args, **kwargs)


class AuthorQuerySet(NamedQuerySet):
    def get_by_natural_key(self, slug):
        return self.filter(slug=slug).first() or self.get(aliases__slug=slug)

    def alphabetical(self):
        return self.order_by("folded", "pk")

    def told_apart(self):
        """Each knows whether another has the same name, and is then called with role and address (`__str__`)."""
        others = self.model.objects.filter(identity=models.OuterRef("identity")).exclude(
            pk=models.OuterRef("pk")
        )
        return self.annotate(has_namesake=models.Exists(others))

    def unknown(self):
        """Names that came with imports and wait for somebody to say who that is."""
        return self.filter(is_unknown=True)

    def with_live_stories(self):
        """Only authors of whom readers can see a story; the others have no page and stand in no list."""
        links = self.model.bylines.rel.related_model.objects.live()
        return self.filter(models.Exists(links.filter(author=models.OuterRef("pk"))))


class Author(AtItsAddress, models.Model):
    """Somebody who signs stories, with the bio that stands under them."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = NameField(max_length=120, help_text="As it stands in bylines, in its own spelling.")
    # Two people may share a name: it says who may be meant, and is not unique.
    identity = models.CharField(max_length=LONGEST_IDENTITY, editable=False, db_index=True)
    folded = models.CharField(max_length=250, editable=False, db_index=True)
    slug = models.CharField(
        "address",
        max_length=90,
        unique=True,
        blank=True,
        validators=[slug_validator],
        help_text="The last part of the author page’s address. Left empty, it is made from the name.",
    )
    role = LineField(max_length=120, blank=True, help_text="For example: Trade reporter, Tashkent.")
    bio = ProseField(
        max_length=lengths.BIO,
        blank=True,
        help_text="Readers see all of it, on the author page and under every story.",
    )
    portrait = models.ForeignKey(
        "articles.Photo",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="portrait_of",
    )
    website = LineField(max_length=300, blank=True, validators=[validate_link])
    contact_email = models.EmailField(
        blank=True, help_text="Printed on the author page: only with the person’s agreement."
    )
    account = models.OneToOneField(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
        help_text="Optional. When the account ends, no byline changes.",
    )
    has_left = models.BooleanField(
        default=False, help_text="Someone who left keeps the page and every byline."
    )
    languages = models.JSONField(
        default=list,
        blank=True,
        validators=[validate_languages],
        help_text="Readers see them on the author page.",
    )
    # An import made the page from a name in a document, and nobody has said yet whether that is somebody new.
    is_unknown = models.BooleanField(default=False, editable=False)

    objects = AuthorQuerySet.as_manager()
    has_namesake = False  # until `told_apart` has looked

    class Meta:
        indexes = [
            models.Index(fields=["folded"], name="author_is_unknown", condition=Q(is_unknown=True))
        ]
        constraints = [
            models.CheckConstraint(
                name="author_has_name",
                condition=~Q(name=""),
                violation_error_message="Type the author’s name.",
            )
        ]

    def __str__(self):
        about = ", ".join(filter(None, (self.role, self.slug))) if self.has_namesake else ""
        return f"{self.name} ({about})" if about else self.name

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return path_to("author", self.slug)

    def clean(self):
        refuse_anothers_address(self)
        website = safe_href(self.website) or ""
        if 0 < len(website) <= self._meta.get_field("website").max_length:
            self.website = website

    @property
    def initials(self):
        return initials(self.name)

    @property
    def spoken(self) -> list[tuple[str, str]]:
        """[(code, what the language calls itself)]"""
        return [(code, languages.NAMES[code]) for code in self.languages if code in languages.NAMES]


class AuthorAlias(Alias):
    target = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="aliases")
