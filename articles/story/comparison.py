"""Compare two versions of a story, word by word and field by field, with formatting, names, tags and photos.

The body is read as blocks (paragraph, heading, list item …) of words that carry their marks (bold, a link), so a word
that only became bold is a change and is shown as one. Work is bounded by counting it: two texts that would take too
much are shown one after the other, whole, and the comparison says so. Nothing is left out.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import accumulate, groupby
from operator import attrgetter
from typing import Any

from articles.story import fields, snapshot_references, snapshots
from articles.story.fields import Kind, Snapshot
from articles.text import body, body_parts
from articles.text.bounds import has_too_many_tags
from articles.text.units import PIECES, Block, Piece, blocks_of
from newsroom.foundation import languages
from newsroom.foundation.remembered import remembered

# Steps of one comparison, each a look at one pair of pieces; a million take about a tenth of a second. Two texts of
# 3,000 words that have nothing in common but "the" and commas take less than half.
MOST_STEPS = 3_000_000
STEPS_PER_CHARACTER = 12  # of text that is cut into words; each sign may be one
MOST_EDITS = 300  # pieces that came or went, when texts that repeat themselves are compared
MOST_PASSAGES = 4_000  # of one comparison; a longer one is shown as two whole texts
WORD = re.compile(r"\w+")
TOO_DIFFERENT = "too different to compare word by word"
TOO_LONG = "too long to compare paragraph by paragraph"


@dataclass
class Run:
    """Neighbouring pieces with one fate. `fate`: "same", "ins", "del"; `marks`: what is done to the words."""

    fate: str
    text: str
    marks: tuple[str, ...] = ()


@dataclass
class Passage:
    """One block of the comparison. `fate`: "same", "ins", "del", "changed"."""

    fate: str
    kind: str
    runs: list[Run]
    note: str = ""  # "Heading", or "Paragraph → Heading" when the kind changed; and what could not be compared


@dataclass
class FieldChange:
    """One field other than the body: both values in words, and the runs when it is prose."""

    name: str
    label: str
    before: str
    after: str
    runs: list[Run] = field(default_factory=list)
    note: str = ""  # what could not be compared


class TooMuchWork(Exception):
    """The comparison has taken all the steps that it may take."""


class Budget:
    """The steps that one comparison may still take."""

    def __init__(self, steps: int = MOST_STEPS):
        self.left = steps

    def spend(self, steps: int) -> None:
        if steps > self.left:
            raise TooMuchWork
        self.left -= steps


class CountingMatcher(SequenceMatcher):
    """`difflib`'s, which counts its steps beforehand: for texts that repeat themselves it takes the cube of their
    length."""

    def __init__(self, before: list, after: list, budget: Budget):
        super().__init__(None, before, after, autojunk=False)
        self.budget = budget
        self.steps_until = [0, *accumulate(1 + len(self.b2j.get(each, ())) for each in before)]

    def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):
        ahi = len(self.a) if ahi is None else ahi
        self.budget.spend(self.steps_until[ahi] - self.steps_until[alo])
        return super().find_longest_match(alo, ahi, blo, bhi)


def opcodes(before: list, after: list, budget: Budget | None = None) -> tuple[list[tuple], bool]:
    """(`difflib`'s opcodes, whether the two were compared) in bounded time. What is the same at both ends is set apart
    first; what is in between is taken for replaced as a whole when comparing it would take too much."""
    start, shorter = 0, min(len(before), len(after))
    while start < shorter and before[start] == after[start]:
        start += 1
    end = 0
    while end < shorter - start and before[-1 - end] == after[-1 - end]:
        end += 1
    codes = [("equal", 0, start, 0, start)] if start else []
    middle, is_whole = between_ends(
        before[start : len(before) - end], after[start : len(after) - end], budget or Budget()
    )
    codes += [(op, a + start, b + start, c + start, d + start) for op, a, b, c, d in middle]
    if end:
        codes.append(("equal", len(before) - end, len(before), len(after) - end, len(after)))
    return codes, is_whole


def between_ends(old: list, new: list, budget: Budget) -> tuple[list[tuple], bool]:
    if not old or not new:
        op = "delete" if old else "insert"
        return ([(op, 0, len(old), 0, len(new))] if old or new else []), True
    # comparing numbers is quicker than comparing blocks of words
    numbers = defaultdict(lambda: len(numbers))
    old, new = [numbers[each] for each in old], [numbers[each] for each in new]
    for compare in (readable_opcodes, shortest_opcodes):
        try:
            return compare(old, new, budget), True
        except TooMuchWork:
            continue
    return [("replace", 0, len(old), 0, len(new))], False


def readable_opcodes(old: list, new: list, budget: Budget) -> list[tuple]:
    """By the longest parts that stayed, as a person would see it. A quarter of the budget stays for what follows."""
    own = Budget(budget.left * 3 // 4)
    try:
        return CountingMatcher(old, new, own).get_opcodes()
    finally:
        budget.left -= budget.left * 3 // 4 - own.left


def shortest_opcodes(old: list, new: list, budget: Budget) -> list[tuple]:
    """By the fewest pieces that came or went (Myers 1986): quick where few did, however often the words repeat."""
    # {diagonal: how far into `old` one gets on it}, before each number of edits
    furthest, trail = {1: 0}, []
    for edits in range(MOST_EDITS + 1):
        budget.spend(edits + 1)
        trail.append(furthest.copy())
        for diagonal in range(-edits, edits + 1, 2):
            x = begin = step_onto(diagonal, edits, furthest)[1]
            most = min(len(old), len(new) + diagonal)
            while x < most and old[x] == new[x - diagonal]:
                x += 1
            budget.spend(x - begin)
            furthest[diagonal] = x
            if x >= len(old) and diagonal == len(old) - len(new):
                return opcodes_along(trail, len(old), len(new))
    raise TooMuchWork


def step_onto(diagonal: int, edits: int, furthest: dict) -> tuple[int, int]:
    """(the diagonal from which one gets furthest with one edit more, the index in `old` where one arrives)."""
    came = diagonal == -edits or (
        diagonal != edits and furthest[diagonal - 1] < furthest[diagonal + 1]
    )
    return (
        (diagonal + 1, furthest[diagonal + 1])
        if came
        else (diagonal - 1, furthest[diagonal - 1] + 1)
    )


def opcodes_along(trail: list[dict], length: int, new_length: int) -> list[tuple]:
    """The way back from the end through what was reached, as `difflib`'s opcodes."""
    # places of what stayed, from the last to the first
    stayed, x, y = [(length, new_length)], length, new_length
    for edits in range(len(trail) - 1, -1, -1):
        before = step_onto(x - y, edits, trail[edits])[0]
        x_before = trail[edits][before] if edits else 0
        y_before = x_before - before if edits else 0
        while x > x_before and y > y_before:
            x, y = x - 1, y - 1
            stayed.append((x, y))
        x, y = x_before, y_before
    return opcodes_around(stayed[::-1])


def opcodes_around(stayed: list[tuple]) -> list[tuple]:
    """`stayed`: (index in the old, index in the new) of all that stayed, and the two lengths."""
    codes, a, c = [], 0, 0
    for x, y in stayed:
        if a < x or c < y:
            codes.append(
                ("replace" if a < x and c < y else "delete" if a < x else "insert", a, x, c, y)
            )
        if codes and codes[-1][0] == "equal" and a == x and c == y:
            codes[-1] = ("equal", codes[-1][1], x + 1, codes[-1][3], y + 1)
        else:
            codes.append(("equal", x, x + 1, y, y + 1))
        a, c = x + 1, y + 1
    op, first, last, other, end = codes.pop()  # the end itself is nothing that stayed
    return codes if last == first + 1 else [*codes, (op, first, last - 1, other, end - 1)]


def runs_between(before: list[Piece], after: list[Piece], budget: Budget) -> tuple[list[Run], bool]:
    """(the word diff of two sequences of pieces with neighbours of one fate joined, whether they were compared)."""
    runs = []
    codes, is_whole = opcodes(
        [piece.key for piece in before], [piece.key for piece in after], budget
    )
    for op, a, b, c, d in codes:
        if op == "equal":
            runs += joined("same", after[c:d])
        else:
            runs += [*joined("del", before[a:b]), *joined("ins", after[c:d])]
    return runs, is_whole


def joined(fate, pieces) -> list[Run]:
    groups = groupby(pieces, attrgetter("marks"))
    return [Run(fate, "".join(piece.text for piece in group), marks) for marks, group in groups]


def passages(before: str, after: str) -> list[Passage]:
    """The bodies' comparison, block by block, in the order a reader meets them."""
    if has_too_many_tags(before, after):
        return whole_texts(body.plain_text(before), body.plain_text(after))
    old, new = both_in_blocks(before, after)
    if max(len(old), len(new)) > MOST_PASSAGES:
        return whole_texts(*("\n".join(block.text for block in blocks) for blocks in (old, new)))
    found = []
    for same, changed in compared(old, new, Budget()):
        found += [
            Passage("same", block.kind, joined("same", block.runs), block.label) for block in same
        ]
        found += changed
    return found


def both_in_blocks(before: str, after: str) -> tuple[list[Block], list[Block]]:
    photos = snapshots.names_of_photos(body_parts.photos_in(before) + body_parts.photos_in(after))
    return blocks_of(before, photos), blocks_of(after, photos)


def compared(old: list[Block], new: list[Block], budget: Budget):
    """(blocks that stayed, passages of those that changed behind them), one after another."""
    codes, is_whole = opcodes(old, new, budget)
    for op, a, b, c, d in codes:
        if op == "equal":
            yield old[a:b], []
        else:
            yield [], changed_passages(old[a:b], new[c:d], budget, is_whole)


def changed_passages(
    old: list[Block], new: list[Block], budget: Budget, is_whole: bool
) -> list[Passage]:
    try:
        if is_whole and old and new:
            budget.spend(STEPS_PER_CHARACTER * sum(len(block.text) for block in (*old, *new)))
    except TooMuchWork:
        is_whole = False
    if is_whole and len(old) + len(new) <= MOST_PASSAGES:
        return [between(mine, theirs, budget) for mine, theirs in paired(old, new)]
    found = [between(gone, None, budget) for gone in old] + [
        between(None, came, budget) for came in new
    ]
    if not is_whole:
        for passage in found:
            passage.note = f"{passage.note} ({TOO_DIFFERENT})".strip()
    return found


def whole_texts(before: str, after: str) -> list[Passage]:
    """The one text and the other, each a single passage."""
    texts = (("del", before), ("ins", after))
    return [
        Passage(fate, "p", [Run(fate, text)], f"The whole text: {TOO_LONG}")
        for fate, text in texts
        if text
    ]


def paired(old: list[Block], new: list[Block]):
    """Blocks that belong together, in order; a block without a partner stands beside None.

    Each new block takes the first old one, from where the last pair stood, that shares more than a third of its words.
    """
    index, words_of_old = 0, [block.words for block in old]
    for theirs in new:
        words = theirs.words
        for ahead in range(index, min(len(old), index + 30)):
            mine = words_of_old[ahead]
            if len(words & mine) * 3 > max(len(words), len(mine)):
                yield from ((gone, None) for gone in old[index:ahead])
                yield old[ahead], theirs
                index = ahead + 1
                break
        else:
            yield None, theirs
    yield from ((gone, None) for gone in old[index:])


def between(old: Block | None, new: Block | None, budget: Budget) -> Passage:
    if old is None:
        return Passage("ins", new.kind, joined("ins", new.runs), new.label)
    if new is None:
        return Passage("del", old.kind, joined("del", old.runs), old.label)
    labels = [each.label or "Paragraph" for each in (old, new)]
    note = f"{labels[0]} → {labels[1]}" if old.label != new.label else new.label
    runs, is_whole = runs_between(old.pieces, new.pieces, budget)
    return Passage(
        "changed", new.kind, runs, note if is_whole else f"{note} ({TOO_DIFFERENT})".strip()
    )


def field_changes(before: Snapshot, after: Snapshot) -> list[FieldChange]:
    """Every field but the body whose value differs, in the order of the form."""
    changes, budget, prose = [], Budget(), fields.of_kind(Kind.PROSE)
    for name, label in fields.compared().items():
        if before[name] != after[name]:
            change = FieldChange(name, label, *told_apart(name, before[name], after[name]))
            if name in prose:
                change.runs, is_whole = prose_between(change.before, change.after, budget)
                change.note = "" if is_whole else TOO_DIFFERENT
            changes.append(change)
    return changes


def told_apart(name: str, before, after) -> tuple[str, str]:
    """Both values in words; two that are called the same are told apart by what a snapshot calls them."""
    words = in_words(name, before), in_words(name, after)
    if words[0] != words[1] or fields.named(name).kind is Kind.PROSE:
        return words
    marked = [
        f"{text} ({mark})" if (mark := mark_of(value)) else text
        for text, value in zip(words, (before, after), strict=True)
    ]
    return marked[0], marked[1]


def mark_of(value) -> str:
    """What stands for a value in the snapshot, short: an address, a photo's hash, a byline's author."""
    if isinstance(value, list):
        return ", ".join(mark_of(each) for each in value)
    if isinstance(value, dict):
        return value.get("author") or value.get("name") or ""
    text = str(value or "")
    return f"file {text[-8:]}" if body_parts.IS_HASH.fullmatch(text) else text


def prose_between(before: str, after: str, budget: Budget) -> tuple[list[Run], bool]:
    """(the word diff of two plain texts, whether they were compared)."""
    try:
        budget.spend(STEPS_PER_CHARACTER * (len(before) + len(after)))
    except TooMuchWork:
        return [Run(fate, text) for fate, text in (("del", before), ("ins", after)) if text], False
    one, other = ([Piece(text) for text in PIECES.findall(each)] for each in (before, after))
    return runs_between(one, other, budget)


def in_words(name: str, value: Any) -> str:
    """A field's value as an editor reads it; "" for nothing."""
    if name == "bylines":
        called = snapshot_references.names_of("author", [row["author"] for row in value])
        return "; ".join(byline_in_words(row, called) for row in value)
    if name in snapshot_references.NAMED:
        slugs = value if isinstance(value, list) else [value or ""]
        called = snapshot_references.names_of(name, slugs)
        return ", ".join(called.get(slug, slug) for slug in slugs)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int):
        return str(value)
    if name in ("published_on", "published_at"):
        return snapshots.day_or_minute_in_words(value)
    if name == "lead_photo":
        return snapshots.photo_in_words(value)
    if name == "language" and value:
        return languages.name_of(value)
    choices = snapshots.choices_of(name)
    return choices.get(value, value or "")


def byline_in_words(row: dict, names: dict) -> str:
    who = row["name"] or names.get(row["author"], row["author"])
    who = f"{row['shown']} [{who}]" if row["shown"] and who else row["shown"] or who
    return f"{who} ({row['role']})" if row["role"] != "writer" else who


def size(before: Snapshot, after: Snapshot) -> tuple[int, int]:
    """Words that came and words that went, in all prose of the story together. Texts that are too different to be
    compared went and came whole; of a text with very many tags the words are counted, wherever they stand."""
    prose = [
        (before[name], after[name])
        for name in fields.of_kind(Kind.PROSE)
        if before[name] != after[name]
    ]
    return size_of(before["body"], after["body"], *(text for pair in prose for text in pair))


@remembered
def size_of(body_before: str, body_after: str, *prose: str) -> tuple[int, int]:
    """`prose`: the other texts, before and after in turn."""
    budget, runs, came, went = Budget(), [], 0, 0
    if has_too_many_tags(body_before, body_after):
        old, new = (
            Counter(WORD.findall(body.plain_text(each))) for each in (body_before, body_after)
        )
        came, went = (new - old).total(), (old - new).total()
    elif body_before != body_after:
        blocks = both_in_blocks(body_before, body_after)
        runs = [
            run
            for _, changed in compared(*blocks, budget)
            for passage in changed
            for run in passage.runs
        ]
    for before, after in zip(prose[::2], prose[1::2], strict=True):
        runs += prose_between(before, after, budget)[0]
    for run in runs:
        count = len(WORD.findall(run.text)) if run.fate != "same" else 0
        came += count if run.fate == "ins" else 0
        went += count if run.fate == "del" else 0
    return came, went
