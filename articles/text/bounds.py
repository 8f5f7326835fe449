"""Keep what a parser of HTML has to remember within bounds: how deep elements stand in each other, how many attributes
one has, how often it writes an open mark down anew, how many entities stand in one run of words.

A browser's parser, and so the cleaner's, walks up through every open element for each new one: text that is nested
fifty thousand deep costs minutes. Here the tags that go too deep are left out, and every word stays. What opens and
closes is reckoned with in the terms of the HTML standard (§13.2.6), and in doubt as open: the depth reckoned with is
never less than the true one.
"""

import re
from collections import Counter
from itertools import islice

DEEPEST = 100  # elements in each other; a list in a list in a list … of thirty levels
MOST_ATTRIBUTES = 100  # of one element
MOST_TAGS = 40_000  # of one text; one with more is taken as a whole, and not cut into paragraphs
# Characters of marks that run on from block to block and are opened anew in each.
MOST_REPEATED = 100_000

TOKEN = re.compile(
    r"""<!--(?:-?>|.*?(?:--!?>|\Z))
    | <(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*)
      (?:[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)?)?)*+ (?:>|\Z)
    | <(?:[!?]|/(?=[^a-zA-Z]))[^>]*+(?:>|\Z)""",
    re.VERBOSE | re.DOTALL,
)
ATTRIBUTE = re.compile(
    r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)?)?""",
    re.DOTALL,
)
LONG_TAG = 2 * MOST_ATTRIBUTES  # characters; a shorter one has not as many attributes
# Stands where something was taken out, so that its neighbours do not become one tag.
NOTHING = "<!---->"

VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "image",
    "img",
    "input",
    "keygen",
    "link",
    "meta",
    "param",
    "source",
    "track",
    "wbr",
}
FORMATTING = {
    "a",
    "b",
    "big",
    "code",
    "em",
    "font",
    "i",
    "nobr",
    "s",
    "small",
    "strike",
    "strong",
    "tt",
    "u",
}
# what is in them is no HTML, and goes with them
RAW = {"iframe", "script", "style", "textarea", "title", "xmp"}
# would change how what follows is read
UNWRAPPED = {"math", "noembed", "noframes", "plaintext", "select", "svg"}
NEVER_OPEN = {"body", "colgroup", "frame", "frameset", "head", "html"}
IN_TABLES = {"caption", "tbody", "td", "tfoot", "th", "thead", "tr"}
BLOCKS = {
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "li",
    "listing",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
}
BOUNDARIES = {"applet", "button", "caption", "marquee", "object", "table", "td", "template", "th"}
SPECIAL = BLOCKS | BOUNDARIES | IN_TABLES | {"search", "dialog"}
# What ends the one before that stands open at the end.
AFTER_EACH_OTHER = {
    "li": ("li",),
    "dd": ("dd", "dt"),
    "dt": ("dd", "dt"),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "option": ("option",),
}

START, VOIDED, LAID_OUT, MARK, HIDDEN, DROPPED = range(6)  # what becomes of a tag, by its name
KINDS = (
    dict.fromkeys(VOID | NEVER_OPEN, VOIDED)
    | dict.fromkeys(IN_TABLES, LAID_OUT)
    | dict.fromkeys(FORMATTING, MARK)
    | dict.fromkeys(RAW, HIDDEN)
    | dict.fromkeys(UNWRAPPED, DROPPED)
)
# Stops of the cleaner in one run of words, which takes time by the square of their number.
MOST_STOPS = 1000
# The signs at which it stops: what has to be written as an entity, and whatever begins with the same byte in UTF-8.
STOPS = re.compile("[&\u0080-\u00bf]")
# It takes a shorter one too: looking for a thousand at each of 999 would take time by the square of their number.
RUN = re.compile(rf"(?:[&\u0080-\u00bf][^&\u0080-\u00bf]*+){{1,{MOST_STOPS}}}+")


class Elements:
    """The elements that are open at a place, with the characters of each one's tag."""

    def __init__(self):
        self.open, self.count = [], Counter()
        # characters of the marks that are open, and of those written down anew
        self.marks, self.repeated = 0, 0

    def push(self, name: str, length: int) -> None:
        if self.open and self.open[-1][0] in AFTER_EACH_OTHER.get(name, ()):
            self.pop()
        self.open.append((name, length))
        self.count[name] += 1

    def pop(self, place: int = -1) -> None:
        name, length = self.open.pop(place)
        self.count[name] -= 1
        if name in FORMATTING:
            self.marks -= length

    def begin_block(self) -> str:
        """A paragraph ends where a block begins, and a mark that runs on is opened anew in each: the end tags of those
        that have run on for too long."""
        ended = ""
        if self.marks:
            self.repeated += self.marks
            if self.repeated > MOST_REPEATED:
                for place in range(len(self.open) - 1, -1, -1):
                    if (name := self.open[place][0]) in FORMATTING:
                        ended += f"</{name}>"
                        self.pop(place)
        if self.open and self.open[-1][0] == "p":
            self.pop()
        return ended

    def end(self, name: str) -> None:
        place = self.place_of(name)
        if place is None:
            return
        # what is in it ends with it; marks go on behind it
        if name not in FORMATTING and name != "form":
            for above in range(len(self.open) - 1, place, -1):
                if self.open[above][0] not in FORMATTING:
                    self.pop(above)
        self.pop(place)

    def place_of(self, name: str) -> int | None:
        """Where the element stands that an end tag surely ends, if there is one."""
        if self.open[-1][0] == name:
            return len(self.open) - 1
        if name in IN_TABLES or name == "table":
            barriers = {"table", "template"}
        elif name in BLOCKS or name in BOUNDARIES or name in FORMATTING:
            barriers = BOUNDARIES | ({"ul", "ol"} if name == "li" else set())
        else:
            barriers = SPECIAL
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == name:
                return place
            if self.open[place][0] in barriers:
                return None
        return None


def has_too_many_tags(*cleaned: str) -> bool:
    return any(text.count("<") > MOST_TAGS for text in cleaned)


def bounded(source: str) -> str:
    """`source`, of any kind and quality, without the tags and attributes that are too many; linear in its length."""
    source = with_few_tags(source) if "<" in source else source
    return with_short_runs(source) if len(source) > MOST_STOPS else source


def with_short_runs(source: str) -> str:
    """Behind every thousandth stop of a long run of words stands a comment, which the cleaner takes out again."""
    if next(islice(STOPS.finditer(source), MOST_STOPS, None), None) is None:
        return source
    out, place = [], 0
    for found in TOKEN.finditer(source):
        out += [RUN.sub(ended, source[place : found.start()]), found[0]]
        place = found.end()
    return "".join([*out, RUN.sub(ended, source[place:])])


def ended(run: re.Match) -> str:
    return run[0] if run.end() == len(run.string) else f"{run[0]}{NOTHING}"


class Copied:
    """A source that is copied but for what is put in place of some of its tags."""

    def __init__(self, source: str):
        self.source, self.parts, self.until = source, [], 0

    def put(self, found: re.Match, text: str, end: int | None = None) -> None:
        self.parts += [self.source[self.until : found.start()], text]
        self.until = end or found.end()

    def whole(self) -> str:
        return "".join([*self.parts, self.source[self.until :]])


def with_few_tags(source: str) -> str:
    elements, left_out, copied = Elements(), Counter(), Copied(source)
    put, place = copied.put, 0

    while place < len(source):
        for found in TOKEN.finditer(source, place):
            end, name = found.group("end", "name")
            name = name and name.lower()
            kind = KINDS.get(name, START) if name else DROPPED
            if kind == DROPPED or (end and kind == HIDDEN):
                put(found, NOTHING)
            elif kind == HIDDEN:
                close = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(
                    source, found.end()
                )
                place = close.start() if close else len(source)
                put(found, NOTHING, place)
                break  # tags begin again behind what is hidden
            elif end:
                if left_out[name]:
                    left_out[name] -= 1
                    put(found, NOTHING)
                elif elements.count[name]:
                    elements.end(name)
            else:
                ended = elements.begin_block() if name in BLOCKS or name == "hr" else ""
                tag, length = "", found.end() - found.start()
                if kind == VOIDED or (kind == LAID_OUT and not elements.count["table"]):
                    pass
                elif len(elements.open) >= DEEPEST:
                    left_out[name] += 1
                    tag = NOTHING
                else:
                    elements.push(name, length)
                    elements.marks += length if kind == MARK else 0
                if length > LONG_TAG and not tag:
                    tag = with_fewer_attributes(found)
                if tag or ended:
                    put(found, ended + (tag or found[0]))
        else:
            break
    return copied.whole()


def with_fewer_attributes(found: re.Match) -> str:
    """The tag with its first attributes; "" when it has no more than may be."""
    attributes = [match[0] for match in ATTRIBUTE.finditer(found[0], len(found["name"]) + 1)]
    return (
        f"<{found['name']} {' '.join(attributes[:MOST_ATTRIBUTES])}>"
        if len(attributes) > MOST_ATTRIBUTES
        else ""
    )
