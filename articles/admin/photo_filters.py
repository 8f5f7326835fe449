"""How the photo library is narrowed: what waits, what is used, and whose rights end."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from articles.models import Article, Photo, PhotoUse
from authors.models import Author, User

SOON = timedelta(days=7)


def used(person: User):
    """The condition that an author has the photo, or the row of a story that may be named to this person."""
    stories = Article.objects.named_to(person)
    uses = PhotoUse.objects.filter(photo=OuterRef("pk"), article__in=stories)
    return (
        Q(Exists(stories.filter(lead_photo=OuterRef("pk"))))
        | Q(Exists(uses))
        | Q(Exists(Author.objects.filter(portrait=OuterRef("pk"))))
    )


class Choice(admin.SimpleListFilter):
    """A filter of fixed choices, each with its condition."""

    def conditions(self, person: User) -> dict:
        """{value: (words, condition)} for who asks."""
        raise NotImplementedError

    def lookups(self, request, model_admin):
        return [(value, words) for value, (words, _) in self.conditions(request.user).items()]

    def queryset(self, request, photos):
        chosen = self.conditions(request.user).get(self.value())
        return photos.filter(chosen[1]) if chosen else photos


class State(Choice):
    title, parameter_name = "state", "state"

    def conditions(self, person: User):
        return {
            "ready": ("Ready for a story", Q(is_incoming=False) & ~Q(stamp="")),
            "incoming": ("Waits for a description or credit", Q(is_incoming=True)),
            "used": ("Used", used(person)),
            "unused": ("Not used", ~used(person)),
        }


class Rights(Choice):
    title, parameter_name = "rights", "rights"

    def conditions(self, person: User):
        today = timezone.localdate()
        kinds = {
            kind.value or "unknown": (kind.label, Q(rights_kind=kind.value)) for kind in Photo.Kind
        }
        return kinds | {
            "lapsed": ("Lapsed", Q(rights_until__lt=today)),
            "lapsing": (
                "Lapse within a week",
                Q(rights_until__gte=today, rights_until__lte=today + SOON),
            ),
            "ask": ("Ask first", Q(allowed_use=Photo.Use.ASK)),
        }


class MadeHow(Choice):
    title, parameter_name = "made how", "made"

    def conditions(self, person: User):
        return {
            source.value or "unknown": (source.label, Q(source_type=source.value))
            for source in Photo.Source
        }


PHOTO_FILTERS = [State, Rights, MadeHow]
