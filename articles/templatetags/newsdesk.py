"""What the desk's templates print."""

from django import template
from django.utils.html import format_html

from articles.admin.lists import state_of

register = template.Library()


@register.simple_tag
def state_badge(story):
    return format_html('<span class="state state--{}">{}</span>', *state_of(story))
