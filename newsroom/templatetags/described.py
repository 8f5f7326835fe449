"""Tell other sites and search engines what a page is: Open Graph, cards, and one JSON-LD graph."""

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_noop

from articles.pictures import social_card
from articles.reading import structured_data as nodes
from articles.reading.public_story import absolute
from articles.reading.rendering import data_block
from articles.reading.social import card_of, link_picture
from newsroom.foundation.paths import path_to

register = template.Library()
register.filter("absolute", absolute)
ABOVE = {"tags": gettext_noop("Topics"), "archive": gettext_noop("Archive")}
# Open Graph asks for a country too
LOCALES = {"en": "en_GB", "ru": "ru_RU", "uz": "uz_UZ", "uz-Cyrl": "uz_UZ"}


def address_of(context) -> str:
    """The canonical address of the page, with the number of a list's further pages."""
    page = context.get("page")
    number = getattr(page, "number", 1)
    return f"{context['canonical']}?page={number}" if number > 1 else context["canonical"]


def described(context, og: dict, *nodes_of_page) -> str:
    outlet = context["outlet"]
    language = og.pop("language", outlet.language)
    og |= {"site": outlet.name, "locale": LOCALES.get(language, ""), "url": address_of(context)}
    og["image"] = og["image"] or outlet_card()
    og["image"]["alt"] = og["image"]["alt"] or og["title"]
    meta = render_to_string("newsroom/_open_graph.html", {"og": og})
    graph = nodes.graph([*nodes_of_page, nodes.website(outlet), nodes.organization(outlet)])
    return format_html("{}{}\n", meta, data_block(graph))


def way(context, steps) -> dict:
    return nodes.breadcrumbs(
        address_of(context), [(gettext("Front page"), path_to("front")), *steps]
    )


@register.simple_tag(takes_context=True)
def describe(context, kind="WebPage", name="", description="", stories=(), parent="", lead=None):
    """A page that is no story. `kind`: a page's type at schema.org; `stories`: what it lists, below its `lead`;
    `parent`: the name of the address above it, one of `ABOVE`."""
    outlet, address = context["outlet"], address_of(context)
    stories = [*filter(None, [lead]), *(stories or ())]
    name, description = name or outlet.name, description or outlet.description
    above = [(gettext(ABOVE[parent]), path_to(parent))] if parent else []
    here = [] if address == absolute(path_to("front")) else [(name, context["request"].path)]
    page = nodes.page(kind, address, name, description, mainEntity=nodes.listed(stories))
    og = {
        "type": "website",
        "title": name,
        "description": description,
        "image": picture_of(stories),
    }
    return described(context, og, page, way(context, [*above, *here]))


@register.simple_tag(takes_context=True)
def describe_author(context, author, topics, description):
    address = address_of(context)
    person = nodes.author(author, topics)
    page = nodes.page(
        "ProfilePage", address, author.name, description, mainEntity={"@id": person["@id"]}
    )
    photo = author.portrait
    og = {
        "type": "profile",
        "title": author.name,
        "description": description,
        "image": photo and card_of(photo),
    }
    steps = [(gettext("Our authors"), path_to("authors")), (author.name, author.get_absolute_url())]
    return described(context, og, page, person, way(context, steps))


@register.simple_tag(takes_context=True)
def describe_story(context):
    """The story page. A preview has nothing to tell anybody."""
    told, article = context.get("told"), context["article"]
    if told is None:
        return ""
    series, beside = None, context["around"]
    if len(beside.parts) > 1:
        series = article.series.name, article.series.get_absolute_url(), article.series_part
    translations = [absolute(each.address) for each in beside.translations]
    story = nodes.story(told, context["social"], series=series, translations=translations)
    page = nodes.page(
        "WebPage", context["canonical"], told.headline, told.description, inLanguage=told.language
    )
    steps = [
        (article.section.name, article.section.get_absolute_url()),
        (told.headline, article.get_absolute_url()),
    ]
    og = {
        "type": "article",
        "title": told.headline,
        "description": told.description or told.headline,
        "image": context["social"],
        "language": told.language,
        "story": told,
        "authors": [absolute(row.address) for row in told.writers if row.address],
    }
    return described(context, og, story, page, way(context, steps))


def outlet_card() -> dict:
    """The picture beside a link to a page that shows no photo: the outlet's name."""
    address = reverse("outlet-card", args=[social_card.outlet_stamp()])
    return link_picture(address, social_card.SIZE, settings.NEWSROOM_NAME)


def picture_of(stories) -> dict | None:
    """The first photo among what a page lists."""
    photo = next(
        (story.lead_photo for story in stories if getattr(story, "lead_photo", None)), None
    )
    return photo and card_of(photo)
