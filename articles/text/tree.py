"""Cleaned HTML as a tree, parsed once: whatever is made of a stored text is a function of it.

What the cleaner lets through has one written form (articles/text/body.py): `<` begins a tag, `>` ends it, and any other
is written as an entity, in words and in values; values stand in double quotes; whatever begins has an end, but for
<br> and <hr>. So the text is cut at those two signs, where the standard library's reader of any HTML at all takes time
by the square of its length for some texts. What is not of that form does no harm: what is no tag is words, an end tag
of nothing ends nothing, and what stays open ends with the text.

An element knows its place in the text, so what is not changed comes out letter for letter as it is stored. Nothing here
calls itself to go down into an element: it takes a step for each tag, however deep they stand in each other.
Why no library: docs/decisions/0009-one-tree.md.
"""

import gc
import html
import re
from collections.abc import Iterable, Iterator
from contextlib import ContextDecorator
from functools import lru_cache
from threading import Lock

from articles.text.bounds import DEEPEST

TAGS = re.compile("<[^<>]*>")
ATTRIBUTE = re.compile(r'([^\s"=]+)(?:="([^"]*)")?')
WITHOUT_END = {"br", "hr"}
START, END, WORDS = "start", "end", "words"
Change = tuple[int, int, str]  # start, end, what stands there now
LONG = 20_000  # characters; a shorter text is remembered as a tree, of a longer one the answers are
KEPT = 16  # trees


class Element:
    """`start` to `end`: its place in the text, from `inside` to `inside_end` what is between its tags. `parent`: the
    element that it stands in; of an outermost one that is the tree's `root`, which has a name that no tag can have."""

    __slots__ = ("name", "end", "inside", "inside_end", "parent", "start", "written_attributes")

    def __init__(self, name: str, written_attributes: str, parent, start: int, inside: int):
        self.name = name
        self.written_attributes = written_attributes
        self.parent = parent
        self.start = start
        self.inside = self.inside_end = self.end = inside

    @property
    def attributes(self) -> dict[str, str]:
        """{name: value}, the value of one that has none is ""; worked out anew for each who asks."""
        if not self.written_attributes:
            return {}
        found = ATTRIBUTE.findall(self.written_attributes)
        return {name: html.unescape(value) for name, value in found}

    @property
    def place(self) -> tuple[int, int]:
        return self.start, self.end

    @property
    def start_tag(self) -> tuple[int, int]:
        """Its place."""
        return self.start, self.inside

    @property
    def end_tag(self) -> tuple[int, int]:
        """Its place."""
        return self.inside_end, self.end

    def nearest(self, *names: str) -> "Element | None":
        """The innermost element of one of these names that it stands in."""
        around = self.parent
        while around is not None and around.name not in names:
            around = around.parent
        return around


class Tree:
    """A text's elements and words. Whoever gets one changes nothing in it: others may have the same."""

    def __init__(self, source: str):
        self.source = source
        self.root = Element("<", "", None, 0, 0)
        self.root.inside_end = self.root.end = len(source)
        # Kind, element and words in turn: the collector of garbage has a tuple for each event to look through.
        self.flat: list = []
        self.by_name: dict[str, list[Element]] = {}
        self.read()

    @property
    def events(self) -> Iterator[tuple[str, Element, str]]:
        """The text from its beginning to its end: (START, element, ""), (END, element, "") and (WORDS, the element they
        stand in, the words as they are written). <br> and <hr> have no END."""
        return zip(*[iter(self.flat)] * 3, strict=True)

    def read(self) -> None:
        flat, by_name = self.flat, self.by_name
        first, *pieces = self.source.split("<")
        here, place = self.root, len(first)
        if first:
            flat += (WORDS, here, first)
        for piece in pieces:
            tag, bracket, words = piece.partition(">")
            start, place = place, place + len(piece) + 1
            inside = place - len(words)
            if bracket and tag[:1].isalpha():
                name, _, attributes = tag.partition(" ")
                element = Element(name, attributes, here, start, inside)
                flat += (START, element, "")
                by_name.setdefault(name, []).append(element)
                if name not in WITHOUT_END:
                    here = element
            elif bracket and tag == f"/{here.name}":
                here.inside_end, here.end = start, inside
                flat += (END, here, "")
                here = here.parent
            elif bracket and tag[:1] == "/":  # never in cleaned text
                for element in ended_by(tag[1:], here):
                    element.inside_end = element.end = start
                    flat += (END, element, "")
                    here = element.parent
                    if element.name == tag[1:]:
                        element.end = inside
            else:  # nor this
                words = f"<{piece}"
            if words:
                flat += (WORDS, here, words)
        while here is not self.root:
            here.inside_end = here.end = place
            flat += (END, here, "")
            here = here.parent

    def elements(self, name: str) -> list[Element]:
        """Those of this name, in the order in which they begin. Nobody changes the list."""
        return self.by_name.get(name, [])

    def outermost(self) -> Iterator[Element]:
        return (
            element
            for kind, element, _ in self.events
            if kind == START and element.parent is self.root
        )

    def words_in(self, element: Element) -> str:
        """The words in it, without their formatting."""
        return html.unescape(without_tags(self.source[element.inside : element.inside_end]))

    def tag(self, kind: str, element: Element) -> str:
        """The element's START or END tag as it is written."""
        start, end = element.start_tag if kind == START else element.end_tag
        return self.source[start:end]

    def with_changes(self, changes: Iterable[Change]) -> str:
        """The text with something else in some places; what begins inside the place of another change is left out."""
        out, place = [], 0
        for start, end, now in sorted(changes):
            if start >= place:
                out += [self.source[place:start], now]
                place = end
        return "".join([*out, self.source[place:]]) if out else self.source


def without_tags(cleaned: str) -> str:
    return TAGS.sub("", cleaned)


def parsed(cleaned: str) -> Tree:
    """The tree of a cleaned text. The last few are remembered: who asks several things of one text parses it once."""
    if len(cleaned) < LONG:
        return remembered_tree(cleaned)
    with collector_at_rest:
        return Tree(cleaned)


class CollectorAtRest(ContextDecorator):
    """Python's collector of garbage looks through all that lives again and again while very many objects are made, of
    which none is garbage: that took two thirds of the time of a long tree. It is the process's, so the threads that
    let it rest are counted: the first sends it to rest, the last wakes it."""

    def __init__(self):
        self.lock = Lock()
        self.resting = 0
        self.was_at_work = False

    def __enter__(self) -> None:
        with self.lock:
            if not self.resting:
                self.was_at_work = gc.isenabled()
                gc.disable()
            self.resting += 1

    def __exit__(self, *error) -> None:
        with self.lock:
            self.resting -= 1
            if not self.resting and self.was_at_work:
                gc.enable()


collector_at_rest = CollectorAtRest()


@lru_cache(KEPT)
def remembered_tree(cleaned: str) -> Tree:
    return Tree(cleaned)


def ended_by(name: str, here: Element) -> list[Element]:
    """The elements, the innermost first, that an end tag of another name than `here` has ends: up to the nearest of its
    name. It looks no further up than the cleaner lets elements stand in each other."""
    ended = []
    while here.parent is not None and len(ended) < DEEPEST:
        ended.append(here)
        if here.name == name:
            return ended
        here = here.parent
    return []
