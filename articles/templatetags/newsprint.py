"""What templates need to print a story: its time as far as it is known, its picture in every width."""

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from authors.links import safe_href

register = template.Library()
register.filter("safe_href", lambda value: safe_href(value or "") or "")


@register.simple_tag
def zone_name():
    """ "Tashkent time": how the outlet's zone is called on the page."""
    return settings.TIME_ZONE.rpartition("/")[2].replace("_", " ") + " time"


@register.simple_tag
def moment(value):
    """A moment as <time>, with day and clock in the outlet's zone and the offset in the attribute."""
    local = timezone.localtime(value)
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), date_format(local, "j F Y, H:i")
    )


@register.simple_tag
def story_time(story, form="full"):
    """The story's date as exactly as it is known. `form`: full, day (no clock), clock (the clock on its own day)."""
    if story.published_at:
        local = timezone.localtime(story.published_at)
        is_today = local.date() == timezone.localdate()
        pattern = {"full": "j F Y, H:i", "day": "j F Y", "clock": "H:i" if is_today else "j M"}[form]
        return format_html(
            '<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), date_format(local, pattern)
        )
    if story.published_on:
        pattern = "j M" if form == "clock" else "j F Y"
        return format_html(
            '<time datetime="{}">{}</time>',
            story.published_on.isoformat(),
            date_format(story.published_on, pattern),
        )
    return mark_safe('<span class="unknown">Date not stated</span>')


@register.inclusion_tag("articles/_picture.html")
def picture(photo, sizes, shape="", phone="", eager=False, decorative=False):
    """`shape`: a key of `crops.SHAPES`, "" for the photo's own; `phone`: another one for narrow windows."""
    width, height = photo.largest(shape)
    return {
        "avif": photo.srcset("avif", shape), "jpg": photo.srcset("jpg", shape), "src": photo.address("jpg", 640, shape),
        "phone": phone and {kind: photo.srcset(kind, phone) for kind in ("avif", "jpg")}, "sizes": sizes,
        "width": width, "height": height, "alt": "" if decorative else photo.alt, "eager": eager,
    }  # fmt: skip


@register.filter
def paragraphs(text):
    """Plain text in paragraphs, for bios and notes."""
    return [part.strip() for part in text.split("\n\n") if part.strip()]
