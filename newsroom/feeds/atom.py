"""Atom (RFC 4287). `updated` is asked of every entry: it says when the entry changed here, never when a story of an
unknown date was written."""

from datetime import UTC, datetime
from xml.etree import ElementTree

from django.conf import settings

from newsroom.feeds.feed import Entry, Feed, Person
from newsroom.feeds.xml import AS_A_PAGE, NAMESPACES, add, add_words_for_people, written

ENDING, NAME = "atom", "Atom"
TYPE = "application/atom+xml"
SENT_AS = AS_A_PAGE
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # of a feed in which nothing has stood yet
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def write(feed: Feed) -> bytes:
    # Atom's own names stand without a prefix, as the simplest readers expect them.
    root = ElementTree.Element("feed", {"xmlns": NAMESPACES["atom"], LANGUAGE: feed.language})
    add(root, "id", feed.id)
    add(root, "title", feed.title)
    add(root, "subtitle", feed.description)
    add(root, "updated", (feed.updated or NEVER).isoformat())
    add(add(root, "author"), "name", feed.name)
    add(root, "icon", feed.icon)
    if feed.rights:
        add(root, "rights", feed.rights)
    add(root, "link", rel="alternate", type="text/html", href=feed.address)
    add(root, "link", rel="self", type=TYPE, href=feed.own_address(ENDING))
    if settings.NEWSROOM_HUB:
        add(root, "link", rel="hub", href=settings.NEWSROOM_HUB)
    add_words_for_people(root, feed)
    for entry in feed.entries:
        add_entry(root, entry)
    return written(root)


def add_entry(root, entry: Entry) -> None:
    item = add(root, "entry", **{LANGUAGE: entry.language})
    add(item, "id", entry.id)
    add(item, "title", entry.title)
    add(item, "updated", entry.updated.isoformat())
    if entry.published:
        add(item, "published", entry.published.isoformat())
    # an entry without an author would get the feed's
    for person in entry.people or [Person(entry.unsigned)]:
        author = add(item, "author")
        add(author, "name", person.name)
        if person.address:
            add(author, "uri", person.address)
    add(item, "link", rel="alternate", type="text/html", href=entry.address)
    if entry.photo:
        picture = entry.photo.pictures[0]
        add(item, "link", rel="enclosure", type=picture.kind, href=picture.address)
    for topic in entry.topics:
        add(item, "category", term=topic)
    add(item, "summary", entry.summary)
    add(item, "content", entry.html, type="html")
