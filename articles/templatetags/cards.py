"""Print a story's card. One that was printed before comes out of memory: a card depends on its value alone."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from articles.models.card import Person

register = template.Library()
KEPT = 5000  # cards per process, about 1 KB each


@register.simple_tag
def card(
    story,
    kind="",
    dek="",
    sizes="(min-width: 44rem) 13rem, 7rem",
    eager=False,
    kicker=True,
    passage="",
):
    """`kind`: lead, row, text. `dek`: "yes", or "no photo" for cards without one. `kicker`: name the section.
    `passage`: what the search found, as safe HTML."""
    if passage:
        return render("articles/_card.html", story, kind, dek, sizes, eager, kicker, passage)
    return remembered("articles/_card.html", story, kind, dek, sizes, eager, kicker, here())


@register.simple_tag
def line(story):
    """One line under "Latest": on its own day the clock, later the day."""
    return remembered_line("articles/_line.html", story, timezone.localdate(), here())


@register.simple_tag
def short_line(story):
    """One line of a short list: headline and day."""
    return remembered_line("articles/_short_line.html", story, None, here())


@register.simple_tag
def opinion_card(story, faces):
    """An opinion's card with the face of who holds it."""
    person = faces.get(story.names[0].slug) if story.names else None
    return remembered_opinion(story, person, here())


@register.simple_tag
def line_under(story):
    """One line under the lead."""
    return remembered_line("articles/_line_under.html", story, None, here())


@register.simple_tag
def bio(author):
    """An author's whole bio with the line that leads to the other stories."""
    return remembered_bio(author if isinstance(author, Person) else Person.of(author), here())


def here():
    """What a printed card depends on beside its value: the clocks and the language of the page."""
    return settings.TIME_ZONE, get_language()


def render(name, story, kind, dek, sizes, eager, kicker, passage=""):
    show_dek = story.summary and (dek == "yes" or (dek == "no photo" and not story.lead_photo))
    context = {
        "story": story,
        "kind": kind,
        "dek": show_dek,
        "sizes": sizes,
        "eager": eager,
        "kicker": kicker,
    }
    context["looks"] = [each for each in (kind, story.type_name and story.story_type) if each]
    phone = "1x1" if kind == "row" else ""  # the shape of the picture in a narrow window
    return render_to_string(name, context | {"passage": passage, "phone": phone})


@lru_cache(maxsize=KEPT)
def remembered(name, story, kind, dek, sizes, eager, kicker, here):
    return render(name, story, kind, dek, sizes, eager, kicker)


@lru_cache(maxsize=500)
def remembered_opinion(story, author, here):
    return render_to_string("articles/_opinion.html", {"story": story, "author": author})


@lru_cache(maxsize=500)
def remembered_bio(author, here):
    return render_to_string("articles/_bio.html", {"author": author})


@lru_cache(maxsize=KEPT)
def remembered_line(name, story, today, here):
    return render_to_string(name, {"story": story})
