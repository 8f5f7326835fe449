"""Put together two texts that began from the same one: paragraph by paragraph and field by field, nobody's word lost.

What only one side changed is taken from that side; where both changed, somebody chooses: mine, theirs or both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from articles.models.article import MOST_RELATED
from articles.models.tag import MOST_TAGS
from articles.story import comparison, snapshots
from articles.story import fields as story_fields
from articles.story.fields import Kind, Snapshot
from articles.text import body, body_parts
from articles.text.bounds import has_too_many_tags
from articles.text.units import blocks_of

MINE, THEIRS, BOTH = "mine", "theirs", "both"


def of_the_date() -> tuple[str, ...]:
    """The parts of the date: one fact, never taken from two sides."""
    return story_fields.of_kind(Kind.DATE)


@dataclass(frozen=True)
class Part:
    """Some paragraphs of the body. `fate`: "same", or who changed them: "mine", "theirs", "both" (a conflict)."""

    fate: str
    base: tuple[str, ...]
    theirs: tuple[str, ...]
    mine: tuple[str, ...]

    @property
    def choices(self):
        return [MINE, THEIRS, BOTH]

    @property
    def preset(self):
        """What is ticked beforehand; in a conflict both, so that nothing goes unless somebody says so."""
        return self.fate

    def text(self, side: str) -> str:
        source = "\n".join(getattr(self, side))
        names = snapshots.names_of_photos(body_parts.photos_in(source))
        return (
            "\n\n".join(block.text for block in blocks_of(source, names))
            if names
            else body.plain_text(source)
        )

    def chosen(self, choice: str) -> tuple[str, ...]:
        if self.fate == "same":
            return self.base
        return self.theirs + self.mine if choice == BOTH else getattr(self, choice)


@dataclass(frozen=True)
class FieldPart:
    """A field that the two sides have differently. Values are the snapshot's; `in_words` is for people."""

    name: str
    fate: str
    base: Any
    theirs: Any
    mine: Any

    @property
    def label(self):
        return "Date" if self.name == "date" else story_fields.named(self.name).label

    @property
    def choices(self):
        return [MINE, THEIRS, BOTH] if self.may_both_stand else [MINE, THEIRS]

    @property
    def is_list(self):
        return self.name in story_fields.of_kind(*story_fields.LISTS)

    @property
    def may_both_stand(self):
        return self.name != "date" and (self.is_list or story_fields.named(self.name).joinable)

    @property
    def preset(self):
        return self.fate if self.fate in self.choices else MINE

    def text(self, side: str) -> str:
        value = getattr(self, side)
        if self.name == "date":
            day, minute, is_decided = value or (None, None, False)
            known = snapshots.day_or_minute_in_words(minute or day)
            return known or ("not stated" if is_decided else "not decided")
        return (comparison.in_words(self.name, value) if value is not None else "") or "nothing"

    def chosen(self, choice: str):
        if choice != BOTH:
            return getattr(self, choice)
        if self.is_list:
            return [*self.theirs, *(each for each in self.mine if each not in self.theirs)]
        return "\n\n".join(each for each in (self.theirs, self.mine) if each)


@dataclass(frozen=True)
class Merge:
    parts: list[Part]
    fields: list[FieldPart]

    def result(self, theirs: Snapshot, choices: dict[str, str]) -> Snapshot:
        """The snapshot that `choices` ({"part-3": "mine", "field-headline": "theirs"}) makes of the two.

        Raises `TooMuch` when both sides together are more than a story may have.
        """
        snapshot = dict(theirs)
        for field in self.fields:
            choice = choices.get(f"field-{field.name}")
            value = field.chosen(choice if choice in field.choices else field.preset)
            snapshot |= (
                dict(zip(of_the_date(), value, strict=True))
                if field.name == "date"
                else {field.name: value}
            )
        pieces = []
        for number, part in enumerate(self.parts):
            choice = choices.get(f"part-{number}")
            pieces += part.chosen(choice if choice in part.choices else part.preset)
        snapshot["body"] = "\n".join(pieces)
        snapshot = snapshots.ordered(snapshot)
        if len(snapshot["tags"]) > MOST_TAGS:
            raise TooMuch(
                f"Together they have {len(snapshot['tags'])} tags; a story has at most {MOST_TAGS}."
            )
        if len(snapshot["related"]) > MOST_RELATED:
            raise TooMuch(
                f"Together they name {len(snapshot['related'])} related stories; {MOST_RELATED} fit."
            )
        # what autosave kept was checked by no form
        for name, length, most in snapshots.too_long(snapshot):
            if name == "body":
                raise TooMuch(
                    "Together the texts are longer than one story may be. Keep one side of some paragraphs."
                )
            label = story_fields.named(name).label
            raise TooMuch(
                f"{label}: {length} characters were kept; at most {most} fit. Choose another."
            )
        return snapshot


class TooMuch(Exception):
    """Both sides together do not fit into one story; the text says why."""


def merge(base: Mapping[str, Any] | None, theirs: Snapshot, mine: Snapshot) -> Merge:
    """Of three stored snapshots. `base`: what both began from. Without it nobody knows who changed what, and every
    difference is a conflict."""
    base, theirs, mine = base and as_stored(base), as_stored(theirs), as_stored(mine)
    names = [name for name in story_fields.compared() if name not in of_the_date()]
    values = [(name, *(each and each[name] for each in (base, theirs, mine))) for name in names]
    values.append(
        (
            "date",
            *(each and [each[name] for name in of_the_date()] for each in (base, theirs, mine)),
        )
    )
    fields = [
        FieldPart(name, BOTH if base is None else fate_of(before, their, my), before, their, my)
        for name, before, their, my in values
        if their != my
    ]
    bodies = [each["body"] for each in (theirs, mine, base) if each is not None]
    if has_too_many_tags(*bodies):  # one choice for the whole text
        their, my, *before = ([each] if each else [] for each in bodies)
    else:
        their, my, *before = map(body.paragraphs, bodies)
    parts = merge_bodies(before[0], their, my) if before else two_bodies(their, my)
    return Merge(parts, fields)


def as_stored(snapshot: Mapping[str, Any]) -> Snapshot:
    """A revision's snapshot in order. Its text was cleaned when it was stored, and the result is once more."""
    stored = snapshots.ordered({**snapshot, "body": ""})
    stored["body"] = snapshot.get("body") or ""
    return stored


def two_bodies(theirs: list[str], mine: list[str]) -> list[Part]:
    return [
        same(theirs[a:b]) if op == "equal" else Part(BOTH, (), tuple(theirs[a:b]), tuple(mine[c:d]))
        for op, a, b, c, d in comparison.opcodes(theirs, mine)[0]
    ]


def fate_of(base, theirs, mine) -> str:
    if theirs == mine:
        return "same"
    if theirs == base:
        return MINE
    return THEIRS if mine == base else BOTH


def merge_bodies(base: list[str], theirs: list[str], mine: list[str]) -> list[Part]:
    """Three-way: wherever a paragraph of the base stands in both texts, the texts are in step again."""
    in_theirs, in_mine = places(base, theirs), places(base, mine)
    parts, start, their_start, my_start = [], 0, 0, 0
    for index in [
        *(index for index in range(len(base)) if index in in_theirs and index in in_mine),
        len(base),
    ]:
        at_end = index == len(base)
        their_index = len(theirs) if at_end else in_theirs[index]
        my_index = len(mine) if at_end else in_mine[index]
        before = (base[start:index], theirs[their_start:their_index], mine[my_start:my_index])
        if any(before):
            fate = fate_of(*before)
            parts += step_by_step(*before) if fate == BOTH else [part_of(*before)]
        if not at_end:
            parts.append(same([base[index]]))
        start, their_start, my_start = index + 1, their_index + 1, my_index + 1
    return parts


def part_of(base: list[str], theirs: list[str], mine: list[str]) -> Part:
    fate = fate_of(base, theirs, mine)
    return same(theirs) if fate == "same" else Part(fate, tuple(base), tuple(theirs), tuple(mine))


def step_by_step(base: list[str], theirs: list[str], mine: list[str]) -> list[Part]:
    """Neighbouring paragraphs that were rewritten, one by one where none came or went; else all together."""
    if not len(base) == len(theirs) == len(mine):
        return [part_of(base, theirs, mine)]
    return [part_of([a], [b], [c]) for a, b, c in zip(base, theirs, mine, strict=True)]


def same(paragraphs: list[str]) -> Part:
    return Part("same", *[tuple(paragraphs)] * 3)


def places(base: list[str], other: list[str]) -> dict[int, int]:
    """Which paragraph of the base stands where in the other text, unchanged."""
    return {
        a + step: c + step
        for op, a, b, c, d in comparison.opcodes(base, other)[0]
        if op == "equal"
        for step in range(b - a)
    }
