"""What the desk's templates print."""

from django import template
from django.urls import reverse
from django.utils.html import format_html

from articles.admin.lists import state_of
from articles.admin.thumbnails import small_picture
from articles.pictures import uploads

register = template.Library()


@register.simple_tag
def state_badge(story):
    return format_html('<span class="state state--{}">{}</span>', *state_of(story))


@register.simple_tag
def thumbnail(photo):
    """A small picture of a photo on the desk, or a box that says why there is none."""
    return small_picture(photo, "3x2", "thumbnail-box", photo.alt)


@register.simple_tag
def accepted_pictures():
    """The kinds of files that the library takes, as a field for files names them."""
    return uploads.ACCEPT


@register.simple_tag
def receipt_in_words(record):
    """What an import found, and what its document does not say."""
    found = [line["field"] for line in record.receipt if line["where"] != "missing"]
    missing = [line["field"] for line in record.receipt if line["where"] == "missing"]
    words = f"Found: {', '.join(found)}." if found else ""
    return f"{words} Missing: {', '.join(missing)}." if missing else words


NEXT = {"waiting": "Read it", "drafts": "Go on writing", "came-in": "Complete it"}


@register.simple_tag
def next_act(story, card, may_publish=False):
    """The one thing to do next with a story on a dashboard card."""
    act = {"live": "put_live" if story.has_working_copy else "", "scheduled": "pull_back"}.get(card)
    if act and may_publish:
        address = reverse("admin:articles_article_act", args=[story.pk, act])
        verb = act.replace("_", " ").capitalize()
        return format_html(
            '<a class="next" href="{}">{}…<span class="visually-hidden"> {}</span></a>', address, verb, story
        )
    if card not in NEXT:
        return ""
    address = reverse("admin:articles_article_change", args=[story.pk])
    return format_html(
        '<a class="next" href="{}">{}<span class="visually-hidden">: {}</span></a>', address, NEXT[card], story
    )
