"""Whether the outlet's colours can be read: contrast of every pair of tokens that meet on a page, in both themes."""

import re
from collections.abc import Iterator

from django.contrib.staticfiles import finders

SHEETS = ("newsroom/css/tokens.css", "newsroom/css/brand.css")
TOKEN = re.compile(r"--([\w-]+)\s*:\s*([^;{}]+)\s*[;}]")
BOTH = re.compile(r"light-dark\(\s*([^,]+?)\s*,\s*([^)]+?)\s*\)")
HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})\Z", re.IGNORECASE)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
TEXT, SHAPE = 4.5, 3.0  # WCAG 2.2: 1.4.3 for words, 1.4.11 for what is no word
PAIRS = [
    ("ink", "paper", TEXT),
    ("ink", "panel", TEXT),
    ("ink-2", "paper", TEXT),
    ("ink-2", "panel", TEXT),
    ("ink-3", "paper", TEXT),
    ("ink-3", "panel", TEXT),
    ("accent", "paper", TEXT),
    ("accent", "panel", TEXT),
    ("on-accent", "accent-bg", TEXT),
    ("flag", "paper", TEXT),
    ("flag", "panel", TEXT),
    ("mark-ink", "mark", TEXT),
    ("edge", "paper", SHAPE),
    ("edge", "panel", SHAPE),
    ("focus", "paper", SHAPE),
    ("focus", "panel", SHAPE),
]


def tokens() -> dict[str, dict[str, str]]:
    """{"light": {name: colour}, "dark": {name: colour}}, ours first and the outlet's over them."""
    found = {"light": {}, "dark": {}}
    for sheet in SHEETS:
        path = finders.find(sheet)
        if not isinstance(path, str):
            continue
        with open(path, encoding="utf-8") as file:
            text = COMMENT.sub("", file.read()).partition("@media")[0]
        for name, value in TOKEN.findall(text):
            both = BOTH.match(value.strip())
            light, dark = both.groups() if both else (value.strip(), value.strip())
            if not both and name in found["dark"] and sheet == SHEETS[0]:
                continue  # the plain values stand first, for browsers without light-dark()
            found["light"][name], found["dark"][name] = light, dark
    return found


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(each * 2 for each in colour[1:])
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """1 to 21, as WCAG reckons it. Colours as #rgb or #rrggbb."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def is_partly_read() -> bool:
    """Whether the outlet's file goes on behind a media query, where its tokens are not looked at."""
    path = finders.find(SHEETS[1])
    if not isinstance(path, str):
        return False
    with open(path, encoding="utf-8") as file:
        return "@media" in COMMENT.sub("", file.read())


def failing() -> Iterator[str]:
    """One sentence for each pair that is too pale, or that cannot be reckoned."""
    if is_partly_read():
        yield "brand.css has a media query: colours from there on are not checked. Use light-dark() for the two themes."
    for theme, colours in tokens().items():
        for words, ground, least in PAIRS:
            pair = colours.get(words, ""), colours.get(ground, "")
            if not all(HEX.match(each) for each in pair):
                yield f"--{words} on --{ground} ({theme}) is not written as #rrggbb, so its contrast cannot be checked."
            elif (found := contrast(*pair)) < least:
                colours_met = f"--{words} {pair[0]} on --{ground} {pair[1]}"
                yield f"{colours_met} ({theme}) has a contrast of {found:.2f}; {least} is needed."
