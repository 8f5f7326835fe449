"""JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/. Never larger than readers take: when the whole would be, the
oldest entries come without their text, and then not at all."""

import json

from django.conf import settings

from newsroom.feeds.feed import Entry, Feed

ENDING, NAME = "json", "JSON Feed"
SENT_AS = TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"
# bytes: of the whole file, as the standard advises; of what stands before the items
LARGEST, HEAD = 250_000, 4_000


def write(feed: Feed) -> bytes:
    facts: dict = {
        "version": VERSION,
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.address,
        "feed_url": feed.own_address(ENDING),
        "language": feed.language,
        "icon": feed.icon,
    }
    if settings.NEWSROOM_HUB:
        facts["hubs"] = [{"type": "WebSub", "url": settings.NEWSROOM_HUB}]
    return json.dumps(facts | {"items": fitting(feed.entries)}, ensure_ascii=False).encode()


def fitting(entries: list[Entry]) -> list[dict]:
    whole, short = (
        [item(entry, with_text=with_text) for entry in entries] for with_text in (True, False)
    )
    room = LARGEST - HEAD - sum(map(size, short))
    while room < 0 and short:
        room += size(short.pop())
    for place, (long, brief) in enumerate(zip(whole, short, strict=False)):
        room -= size(long) - size(brief)
        if room < 0:
            return whole[:place] + short[place:]
    return whole[: len(short)]


def size(item: dict) -> int:
    # 2: what separates it from the next
    return len(json.dumps(item, ensure_ascii=False).encode()) + 2


def item(entry: Entry, *, with_text: bool) -> dict:
    facts = {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        "summary": entry.summary,
        "date_published": entry.published.isoformat() if entry.published else None,
        "date_modified": entry.updated_at.isoformat() if entry.updated_at else None,
        "authors": [
            {"name": each.name} | ({"url": each.address} if each.address else {})
            for each in entry.people
        ],
        "tags": list(entry.topics),
        "language": entry.language,
        "image": entry.photo.pictures[0].address if entry.photo else None,
    }
    text = (
        {"content_html": entry.html}
        if with_text
        else {"content_text": entry.summary or entry.title}
    )
    return {name: value for name, value in facts.items() if value} | text
