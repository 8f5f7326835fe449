"""Recognise what an address shows, by the address alone: nothing is fetched, here or in the reader's browser, until
the reader asks for it. What is not recognised stays a plain link card."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit


@dataclass(frozen=True)
class Embed:
    """`embed_url`: the address that a click loads, "" when there is none. `kind`: video, sound, post or chart."""

    address: str
    host: str
    provider: str = ""
    kind: str = ""
    embed_url: str = ""


@dataclass(frozen=True)
class Provider:
    name: str
    hosts: tuple[str, ...]
    kind: str
    pattern: str  # of path and query; its groups fill `embed_url`
    embed_url: str  # {0}, {1}: the groups; {whole}: the address itself, quoted


NUMBER, NAME = r"(\d{1,25})", r"([\w-]{1,60})"
PROVIDERS = (
    Provider(
        "YouTube",
        ("youtube.com", "m.youtube.com", "music.youtube.com"),
        "video",
        r"/(?:watch\?(?:[^#]*&)?v=|shorts/|live/|embed/)([\w-]{11})(?![\w-])",
        "https://www.youtube-nocookie.com/embed/{0}",
    ),
    Provider(
        "YouTube",
        ("youtu.be",),
        "video",
        r"/([\w-]{11})(?![\w-])",
        "https://www.youtube-nocookie.com/embed/{0}",
    ),
    Provider(
        "Vimeo",
        ("vimeo.com",),
        "video",
        rf"/(?:channels/[\w-]+/)?{NUMBER}/?(?:[?#]|$)",
        "https://player.vimeo.com/video/{0}?dnt=1",
    ),
    Provider(
        "X",
        ("x.com", "twitter.com", "mobile.twitter.com"),
        "post",
        rf"/\w{{1,30}}/status/{NUMBER}",
        "https://platform.twitter.com/embed/Tweet.html?id={0}&dnt=true",
    ),
    Provider(
        "Telegram",
        ("t.me",),
        "post",
        rf"/(?:s/)?(\w{{4,40}})/{NUMBER}/?(?:[?#]|$)",
        "https://t.me/{0}/{1}?embed=1",
    ),
    Provider(
        "Instagram",
        ("instagram.com",),
        "post",
        rf"/(?:[\w.]+/)?(p|reel|tv)/{NAME}",
        "https://www.instagram.com/{0}/{1}/embed/",
    ),
    Provider(
        "Facebook",
        ("facebook.com", "m.facebook.com"),
        "video",
        r"/(?:watch/?\?v=\d|[\w.-]+/videos/\d|reel/\d)",
        "https://www.facebook.com/plugins/video.php?href={whole}",
    ),
    Provider(
        "Facebook",
        ("facebook.com", "m.facebook.com"),
        "post",
        r"/(?:[\w.-]+/posts/[\w-]|permalink\.php\?|photo(?:\.php|/)?\?fbid=\d|story\.php\?)",
        "https://www.facebook.com/plugins/post.php?href={whole}",
    ),
    Provider(
        "TikTok",
        ("tiktok.com",),
        "post",
        rf"/@[\w.-]+/video/{NUMBER}",
        "https://www.tiktok.com/player/v1/{0}",
    ),
    Provider(
        "SoundCloud",
        ("soundcloud.com",),
        "sound",
        r"/[\w-]+/(?:sets/)?[\w-]+/?(?:[?#]|$)",
        "https://w.soundcloud.com/player/?url={whole}",
    ),
    Provider(
        "Datawrapper",
        ("datawrapper.dwcdn.net",),
        "chart",
        r"/(\w{5})(?:/\d+)?/?(?:[?#]|$)",
        "https://datawrapper.dwcdn.net/{0}/",
    ),
)


def recognise(address: str) -> Embed:
    """What stands at `address`, which `safe_href` has let through."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    if parts.scheme == "https" and parts.port is None and not parts.username:
        rest = parts.path + (f"?{parts.query}" if parts.query else "")
        for provider in PROVIDERS:
            found = re.match(provider.pattern, rest, re.ASCII) if host in provider.hosts else None
            if found:
                embed_url = provider.embed_url.format(
                    *found.groups(), whole=quote(address, safe="")
                )
                return Embed(address, host, provider.name, provider.kind, embed_url)
    return Embed(address, host)


def embed_origin(embed: Embed) -> str:
    """The one origin that the page must allow for an embed that a click loads: "https://player.vimeo.com"."""
    parts = urlsplit(embed.embed_url)
    return f"{parts.scheme}://{parts.netloc}"
