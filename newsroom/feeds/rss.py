"""RSS 2.0, with the whole text, every author, the picture with its credit, and an identity that a rename keeps.

https://www.rssboard.org/rss-specification. A date that is known to the day only is no RFC 822 date: it stands in
dc:date, where a day is allowed.
"""

from email.utils import format_datetime
from xml.etree import ElementTree

from django.conf import settings

from newsroom.feeds.feed import Entry, Feed
from newsroom.feeds.xml import AS_A_PAGE, add, add_words_for_people, written

ENDING, NAME = "rss", "RSS"
TYPE = "application/rss+xml"
SENT_AS = AS_A_PAGE


def write(feed: Feed) -> bytes:
    root = ElementTree.Element("rss", version="2.0")
    channel = add(root, "channel")
    add(channel, "title", feed.title)
    add(channel, "link", feed.address)
    add(channel, "description", feed.description)
    add(channel, "language", feed.language)
    if feed.rights:
        add(channel, "copyright", feed.rights)
    if feed.updated:
        add(channel, "lastBuildDate", format_datetime(feed.updated))
    add(channel, "atom:link", rel="self", type=TYPE, href=feed.own_address(ENDING))
    if settings.NEWSROOM_HUB:
        add(channel, "atom:link", rel="hub", href=settings.NEWSROOM_HUB)
    add_words_for_people(channel, feed)
    for entry in feed.entries:
        add_item(channel, entry)
    return written(root)


def add_item(channel, entry: Entry) -> None:
    item = add(channel, "item")
    add(item, "title", entry.title)
    add(item, "link", entry.address)
    add(item, "guid", entry.id, isPermaLink="false")
    add(item, "description", entry.summary)
    add(item, "content:encoded", entry.html)
    for person in entry.people:
        add(item, "dc:creator", person.name)
    for topic in entry.topics:
        add(item, "category", topic)
    if entry.published:
        add(item, "pubDate", format_datetime(entry.published))
    elif entry.day:
        add(item, "dc:date", entry.day)
    if entry.updated_at:
        add(item, "atom:updated", entry.updated_at.isoformat())
    add(item, "dc:language", entry.language)
    if entry.photo:
        picture = entry.photo.pictures[0]
        media = add(
            item,
            "media:content",
            url=picture.address,
            type=picture.kind,
            medium="image",
            width=picture.width,
            height=picture.height,
        )
        add(media, "media:credit", entry.photo.credit)
        add(media, "media:description", entry.photo.caption or entry.photo.alt, type="plain")
