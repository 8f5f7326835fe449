"""What templates need to print a story: its time as far as it is known, its picture in every width."""

from itertools import groupby

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, pgettext, pgettext_lazy

from newsroom.foundation import languages
from newsroom.foundation.links import safe_href
from newsroom.foundation.local_time import zone_name

register = template.Library()
register.filter("safe_href", lambda value: safe_href(value or "") or "")
register.simple_tag(zone_name)


# How dates are written, as Django's date format; translators change the order and the words between.
MINUTE, DAY = pgettext_lazy("date pattern", "j F Y, H:i"), pgettext_lazy("date pattern", "j F Y")
SHORT_DAY, WEEKDAY = pgettext_lazy("date pattern", "j M"), pgettext_lazy("date pattern", "l, j F Y")


@register.simple_tag
def day_words(day, weekday=False):
    """A day in words."""
    return date_format(day, str(WEEKDAY if weekday else DAY))


@register.simple_tag
def page_of(page):
    """What a title says of the second page and those behind it."""
    number = page["number"] if isinstance(page, dict) else page.number
    return gettext(", page %(number)s") % {"number": number} if number > 1 else ""


@register.simple_tag
def weekday(number, short=False):
    """Monday is 0."""
    return (WEEKDAYS_ABBR if short else WEEKDAYS)[number]


@register.simple_tag
def lang_attrs(story):
    """The attributes that say in which language a headline is, and in which direction it is read."""
    if languages.direction(story.language) == languages.direction(
        get_language() or settings.LANGUAGE_CODE
    ):
        return format_html('lang="{}"', story.language)
    return format_html('lang="{}" dir="{}"', story.language, languages.direction(story.language))


@register.simple_tag
def headline_link(story):
    """The headline that leads to its story, behind the word for what is no news: "Opinion:"."""
    kind = format_html('<b class="type">{}:</b> ', story.type_name) if story.type_name else ""
    return format_html(
        '<a href="{}" {}>{}{}</a>', story.address, lang_attrs(story), kind, story.headline
    )


@register.simple_tag
def chrome_lang_attrs(story=None):
    """The attributes of a part of a story's page that speaks the language of the chrome; none where that is the
    language of the `story` too."""
    language = languages.interface_for(get_language() or settings.LANGUAGE_CODE) or "en"
    if story and story.language == language:
        return ""
    return format_html('lang="{}" dir="{}"', language, languages.direction(language))


@register.filter
def with_joints(names):
    """[(what stands before the name, row, what stands right behind it)] of a byline: "By" Ada "," Ben "and" Cy "."
    "Translated by" Di. Names that did the same are counted up together, and those who did something else begin anew."""
    names = list(names)
    parts = [[*rows] for _, rows in groupby(names, key=lambda row: row.part)]
    by = pgettext("byline of several", "By") if len(parts[0]) > 1 else pgettext("byline", "By")
    joined = []
    for rows in parts:
        last, end = len(rows) - 1, "" if rows is parts[-1] else "."
        for index, row in enumerate(rows):
            joint = gettext("and") if 0 < index == last else ""
            behind = end if index == last else "," if index < last - 1 else ""
            joined.append((joint, row, behind))
    if not (names[0].shown or names[0].part):
        joined[0] = (by, *joined[0][1:])
    return joined


@register.simple_tag
def printed_name(row, plain=False, comma=""):
    """A name of a byline in the words that are shown for it, with the comma behind it; `plain`: not as the link to its
    author's page."""
    before, name, after = row.around_name
    if row.address and not plain:
        name = format_html('<a class="over" rel="author" href="{}">{}</a>', row.address, name)
    return format_html("{}{}{}{}", before, name, after, comma)


@register.simple_tag
def moment(value):
    """A moment as <time>, with day and clock in the outlet's zone and the offset in the attribute."""
    local = timezone.localtime(value)
    return format_html(
        '<time datetime="{}">{}</time>',
        local.isoformat(timespec="seconds"),
        date_format(local, str(MINUTE)),
    )


@register.simple_tag
def clock(value):
    """The time of a moment of today, at the outlet."""
    local = timezone.localtime(value)
    return format_html(
        '<time datetime="{}">{}</time>',
        local.isoformat(timespec="seconds"),
        date_format(local, "H:i"),
    )


@register.simple_tag
def story_time(story, form="full"):
    """The story's date as exactly as it is known. `form`: full, day (no clock), clock (the clock on its own day)."""
    if story.published_at:
        local = timezone.localtime(story.published_at)
        is_today = local.date() == timezone.localdate()
        pattern = {"full": MINUTE, "day": DAY, "clock": "H:i" if is_today else SHORT_DAY}[form]
        return format_html(
            '<time datetime="{}">{}</time>',
            local.isoformat(timespec="seconds"),
            date_format(local, str(pattern)),
        )
    if story.published_on:
        pattern = SHORT_DAY if form == "clock" else DAY
        return format_html(
            '<time datetime="{}">{}</time>',
            story.published_on.isoformat(),
            date_format(story.published_on, str(pattern)),
        )
    return format_html('<span class="unknown">{}</span>', gettext("Date not stated"))


@register.simple_tag
def story_day(story):
    """The day of another story, in words alone: programs that look for this page's date shall not take it for that."""
    day = timezone.localdate(story.published_at) if story.published_at else story.published_on
    return day_words(day) if day else gettext("Date not stated")


@register.filter
def stated_date(story):
    """The story's date for machines, as exactly as it is known (ISO 8601); "" when it is not stated."""
    if story.published_at:
        return timezone.localtime(story.published_at).isoformat(timespec="seconds")
    return story.published_on.isoformat() if story.published_on else ""


@register.simple_tag
def embed_attributes(embed):
    """What the script of the page needs to load an embed where a reader asks for it, with the words that it says."""
    look = f"embed embed--{embed.kind}" if embed.kind else "embed"
    if not embed.embed_url:
        return format_html('class="{}"', look)
    place = {"place": embed.provider}
    return format_html(
        'class="{}" data-frame="{}" data-load="{}" data-note="{}"',
        look,
        embed.embed_url,
        gettext("Load it here from %(place)s") % place,
        gettext("%(place)s then learns that you are here, and may set cookies.") % place,
    )


@register.filter
def embed_from(embed):
    """What an embed is and where from: "Video on YouTube"; of an unknown place its host."""
    if not embed.provider:
        return embed.host or gettext("Link")
    place = {"place": embed.provider}
    if embed.kind == "video":
        return gettext("Video on %(place)s") % place
    if embed.kind == "sound":
        return gettext("Sound on %(place)s") % place
    if embed.kind == "chart":
        return gettext("Chart on %(place)s") % place
    return gettext("Post on %(place)s") % place


@register.inclusion_tag("articles/_picture.html")
def picture(photo, sizes, shape="", phone="", eager=False, decorative=False):
    """`shape`: a key of `crops.SHAPES`, "" for the photo's own; `phone`: another one for narrow windows."""
    width, height = photo.largest(shape)
    return {
        "avif": photo.srcset("avif", shape),
        "jpg": photo.srcset("jpg", shape),
        "src": photo.address("jpg", 640, shape),
        "phone": phone and {kind: photo.srcset(kind, phone) for kind in ("avif", "jpg")},
        "sizes": sizes,
        "width": width,
        "height": height,
        "alt": "" if decorative else photo.alt,
        "eager": eager,
    }


@register.filter
def paragraphs(text):
    """Plain text in paragraphs, for bios and notes."""
    return [part.strip() for part in text.split("\n\n") if part.strip()]
