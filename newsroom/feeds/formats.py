"""The formats that a feed comes in, by the ending of its address."""

from newsroom.feeds import atom, json_feed, rss

FORMATS = {"rss": rss, "atom": atom, "json": json_feed}
