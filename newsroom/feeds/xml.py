"""XML the way feeds need it: elements with namespaces, and a way for people who open one in a browser."""

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from django.templatetags.static import static
from django.utils.translation import gettext

from newsroom.feeds.feed import Feed
from newsroom.foundation.text import XML_ILLEGAL

# Chromium shows application/rss+xml as source text, whatever stylesheet it names; feed readers take either.
AS_A_PAGE = "application/xml"
NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "xhtml": "http://www.w3.org/1999/xhtml",
}
for prefix, address in NAMESPACES.items():
    ElementTree.register_namespace(prefix, address)


def named(name: str) -> str:
    """ "dc:creator" as ElementTree writes it."""
    prefix, colon, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if colon else name


def add(parent: Element, name: str, text: str = "", **attributes) -> Element:
    """A child of `parent`; attributes whose value is empty are left out, and so is what XML cannot carry, however it
    came into the database."""
    known = {key: legal(str(value)) for key, value in attributes.items() if value not in ("", None)}
    child = ElementTree.SubElement(parent, named(name), known)
    child.text = legal(text) or None
    return child


def legal(text: str) -> str:
    return XML_ILLEGAL.sub("", text)


def add_words_for_people(parent: Element, feed: Feed) -> None:
    """Browsers show a feed as a page of text: this tells a person what it is, and feed readers pass over it."""
    box = add(parent, "xhtml:div")
    add(box, "xhtml:h1", feed.title)
    add(
        box,
        "xhtml:p",
        gettext(
            "This is a feed: copy its address into a feed reader, and new stories come to you."
        ),
    )
    add(add(box, "xhtml:p"), "xhtml:a", gettext("Read it as a page"), href=feed.address)


def written(root: Element) -> bytes:
    sheet = static("newsroom/feed.css")
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<?xml-stylesheet type="text/css" href="{sheet}"?>\n'
    return head.encode() + ElementTree.tostring(root, encoding="utf-8")
