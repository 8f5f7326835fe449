"""Which photos readers may see: those of what they may read."""

from django.db.models import Exists, OuterRef, QuerySet

from articles.front_page.layouts import photos_in_slots
from articles.models import Article, Photo, PhotoUse
from authors.models import Author


def one_that_readers_see(photos: QuerySet) -> Photo | None:
    """Of these photos the one of a live story, of an author with one, or of a slot that shows one. A hidden photo and
    none are found out by the same queries."""
    live = Article.objects.live()
    shown = (
        Exists(live.filter(lead_photo=OuterRef("pk")))
        | Exists(PhotoUse.objects.filter(photo=OuterRef("pk"), article__in=live))
        | Exists(Author.objects.with_live_stories().filter(portrait=OuterRef("pk")))
    )
    return photos.filter(shown).first() or photos.filter(sha256__in=photos_in_slots()).first()


def is_public(photo: Photo) -> bool:
    """Whether readers may be looking at the photo at this moment."""
    return one_that_readers_see(Photo.objects.filter(pk=photo.pk)) is not None
