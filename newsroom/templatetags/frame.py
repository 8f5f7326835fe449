"""Print the frame round every page; the same frame as before comes out of memory."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string

register = template.Library()


@register.simple_tag
def frame(name, outlet, here=""):
    """`here` says what is marked as current: "front", "archive", "search", "section NAME" or "story in NAME"."""
    sections = tuple((section.name, section.get_absolute_url(), section.slug) for section in outlet.sections)
    return remembered(name, outlet.name, outlet.description, outlet.contact, sections, here)


@lru_cache(maxsize=500)
def remembered(name, outlet, description, contact, sections, here):
    context = {"outlet": outlet, "description": description, "contact": contact, "sections": sections, "here": here}
    return render_to_string(name, context)
