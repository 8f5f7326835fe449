"""The formats that a feed comes in, by the ending of its address.

Each is a module with `ENDING` ("rss", small letters), `NAME` (for people), `TYPE` (the media type that links name),
`SENT_AS` (the one that the answer has) and `write(feed) -> bytes`. Addresses, links and lists follow from here.
"""

from newsroom.feeds import atom, json_feed, rss

FORMATS = {form.ENDING: form for form in (rss, atom, json_feed)}
