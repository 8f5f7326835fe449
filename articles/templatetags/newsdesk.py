"""What the desk's templates print."""

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from articles import dashboard
from articles.models import Act
from articles.pictures import uploads
from articles.pictures.thumbnails import small_picture

register = template.Library()
MARKED = '<{0}><span class="visually-hidden">{1}: </span>{2}{3}</{0}>'
AWAY_AND_NEW = {"del": ("del", "Removed"), "ins": ("ins", "Added")}  # tag, hidden word
NOTHING = format_html("<em>{}</em>", "nothing")


@register.simple_tag
def state_badge(story):
    return format_html('<span class="state state--{}">{}</span>', *story.state)


@register.simple_tag
def thumbnail(photo):
    """A small picture of a photo on the desk, or a box that says why there is none."""
    return small_picture(photo, "3x2", "thumbnail-box", photo.alt)


@register.simple_tag
def accepted_pictures():
    """The kinds of files that the library takes, as a field for files names them."""
    return uploads.ACCEPT


@register.filter
def counted(number):
    """A number of stories as far as it was counted: "100+"."""
    return f"{number}+" if number == dashboard.ENOUGH else str(number)


@register.simple_tag
def receipt_in_words(record):
    """What an import found, and what its document does not say."""
    found = [line["field"] for line in record.receipt if line["where"] != "missing"]
    missing = [line["field"] for line in record.receipt if line["where"] == "missing"]
    words = f"Found: {', '.join(found)}." if found else ""
    return f"{words} Missing: {', '.join(missing)}." if missing else words


@register.simple_tag
def runs_shown(runs):
    """The words of a comparison. Colour never stands alone: what came and what went is named by hidden words too."""
    return format_html_join("", "{}", ((run_shown(run),) for run in runs))


def run_shown(run):
    if run.fate in AWAY_AND_NEW:
        tag, words = AWAY_AND_NEW[run.fate]
        marks = (
            format_html('<small class="mark">{}</small>', ", ".join(run.marks)) if run.marks else ""
        )
        return format_html(MARKED, tag, words, run.text, marks)
    if "bold" in run.marks:
        return format_html("<strong>{}</strong>", run.text)
    if "italic" in run.marks:
        return format_html("<em>{}</em>", run.text)
    return format_html("<u>{}</u>", run.text) if run.marks else run.text


@register.simple_tag
def passage_head(passage):
    """What is said in front of a passage: its kind, and in hidden words that it came or went as a whole."""
    note = format_html('<span class="passage-note">{}</span>', passage.note) if passage.note else ""
    whole = {"ins": "New paragraph: ", "del": "Removed paragraph: "}.get(passage.fate)
    hidden = format_html('<span class="visually-hidden">{}</span>', whole) if whole else ""
    return format_html("{}{}", note, hidden)


@register.simple_tag
def before_and_after(change):
    """Both values of a field that is no prose."""
    before = (
        format_html(MARKED + " ", *AWAY_AND_NEW["del"], change.before, "") if change.before else ""
    )
    after = format_html(MARKED, *AWAY_AND_NEW["ins"], change.after, "") if change.after else NOTHING
    return format_html("{}{}", before, after)


NEXT = {"waiting": "Read it", "drafts": "Go on writing", "came-in": "Complete it"}


@register.simple_tag
def next_act(story, card, may_publish=False):
    """The one thing to do next with a story on a dashboard card."""
    act = {"live": Act.PUT_LIVE if story.has_working_copy else "", "scheduled": Act.PULL_BACK}.get(
        card
    )
    if act and may_publish:
        address = reverse("admin:articles_article_act", args=[story.pk, act])
        verb = act.replace("_", " ").capitalize()
        return format_html(
            '<a class="next" href="{}">{}…<span class="visually-hidden"> {}</span></a>',
            address,
            verb,
            story,
        )
    if card not in NEXT:
        return ""
    address = reverse("admin:articles_article_change", args=[story.pk])
    return format_html(
        '<a class="next" href="{}">{}<span class="visually-hidden">: {}</span></a>',
        address,
        NEXT[card],
        story,
    )
