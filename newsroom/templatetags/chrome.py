"""Print the chrome of every page, its masthead and footer; the same as before comes out of memory."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from newsroom.feeds.formats import FORMATS
from newsroom.foundation import languages

register = template.Library()


@register.simple_tag
def chrome(name, outlet, here=""):
    """`here` says what is marked as current: "front", "archive", "search", "section NAME", "story in NAME" or, for a
    front page in a further language, "edition LANGUAGE"."""
    # Other programs take a day in the chrome for that of a story that has none.
    today = timezone.localdate() if here == "front" or here.startswith("edition ") else None
    context = (
        ("outlet", outlet.name),
        ("today", today),
        ("edition", settings.NEWSROOM_EDITION or outlet.description),
        ("contact", outlet.contact),
        ("logo", outlet.logo),
        ("rights", outlet.rights),
        ("training_terms", outlet.training_terms),
        ("footer", outlet.footer),
        ("languages", tuple(outlet.languages)),
        ("home", outlet.home(here)),
        (
            "sections",
            tuple((each.name, each.get_absolute_url(), each.slug) for each in outlet.sections),
        ),
        ("pages", tuple((each.name, each.get_absolute_url()) for each in outlet.pages)),
        ("here", here),
        ("language", page_language()),
        ("direction", languages.direction(page_language())),
    )
    return remembered(name, context)


@register.simple_tag
def feed_links(path, name):
    """The feeds of what a page lists. `path`: their address without its ending."""
    feeds = tuple((f"{path}.{ending}", form.TYPE, name) for ending, form in FORMATS.items())
    return remembered("newsroom/_feed_links.html", (("feeds", feeds),))


@register.simple_tag
def page_language() -> str:
    """The language of the page's own words, as HTML writes it."""
    return languages.interface_for(get_language() or settings.LANGUAGE_CODE) or "en"


@register.simple_tag
def clock_language():
    """The language in which a browser may tell "5 minutes ago"; none for Uzbek in Latin letters, for which browsers
    claim to have words and print "-5 min"."""
    language = page_language()
    return "" if language == "uz" else language


@lru_cache(maxsize=500)
def remembered(name, context):
    return render_to_string(name, dict(context))
