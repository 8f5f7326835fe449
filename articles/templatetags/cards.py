"""Print a story's card. One that was printed before comes out of memory: a card depends on its value alone."""

from functools import lru_cache
from typing import NamedTuple

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from articles.models.card import CardPhoto
from authors.paths import path_to

register = template.Library()
KEPT = 5000  # cards per process, about 1 KB each


@register.simple_tag
def card(story, kind="", dek="", sizes="(min-width: 44rem) 13rem, 7rem", eager=False, kicker=True, passage=""):
    """`kind`: lead, row, text. `dek`: "yes", or "no photo" for cards without one. `kicker`: name the section.
    `passage`: what the search found, as safe HTML."""
    if passage:
        return render("articles/_card.html", story, kind, dek, sizes, eager, kicker, passage)
    return remembered("articles/_card.html", story, kind, dek, sizes, eager, kicker, settings.TIME_ZONE)


@register.simple_tag
def line(story):
    """One line under "Latest": on its own day the clock, later the day."""
    return remembered_line("articles/_line.html", story, timezone.localdate(), settings.TIME_ZONE)


@register.simple_tag
def short_line(story):
    """One line of a short list: headline and day."""
    return remembered_line("articles/_short_line.html", story, None, settings.TIME_ZONE)


@register.simple_tag
def bio(author):
    """An author's whole bio with the line that leads to the other stories."""
    portrait = CardPhoto.of(author.portrait) if author.portrait else None
    return remembered_bio(AuthorShown(author.name, author.slug, author.role, author.bio, author.initials, portrait))


class AuthorShown(NamedTuple):
    """What a bio prints, as a value: a changed author is another one."""

    name: str
    slug: str
    role: str
    bio: str
    initials: str
    portrait: CardPhoto | None

    @property
    def get_absolute_url(self):
        return path_to("author", self.slug)


def render(name, story, kind, dek, sizes, eager, kicker, passage=""):
    show_dek = story.summary and (dek == "yes" or (dek == "no photo" and not story.lead_photo))
    context = {"story": story, "kind": kind, "dek": show_dek, "sizes": sizes, "eager": eager, "kicker": kicker}
    phone = "1x1" if kind == "row" else ""  # the shape of the picture in a narrow window
    return render_to_string(name, context | {"passage": passage, "phone": phone})


@lru_cache(maxsize=KEPT)
def remembered(name, story, kind, dek, sizes, eager, kicker, zone):
    return render(name, story, kind, dek, sizes, eager, kicker)


@lru_cache(maxsize=500)
def remembered_bio(author):
    return render_to_string("articles/_bio.html", {"author": author})


@lru_cache(maxsize=KEPT)
def remembered_line(name, story, today, zone):
    return render_to_string(name, {"story": story})
