"""Print a story's card. One that was printed before comes out of memory: a card depends on its value alone."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

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


def render(name, story, kind, dek, sizes, eager, kicker, passage=""):
    show_dek = story.summary and (dek == "yes" or (dek == "no photo" and not story.lead_photo))
    context = {"story": story, "kind": kind, "dek": show_dek, "sizes": sizes, "eager": eager, "kicker": kicker}
    return render_to_string(name, context | {"passage": passage})


@lru_cache(maxsize=KEPT)
def remembered(name, story, kind, dek, sizes, eager, kicker, zone):
    return render(name, story, kind, dek, sizes, eager, kicker)


@lru_cache(maxsize=KEPT)
def remembered_line(name, story, today, zone):
    return render_to_string(name, {"story": story})
