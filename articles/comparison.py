"""Compare two versions of a story, word by word and field by field, with formatting, names, tags and photos.

The body is read as blocks (paragraph, heading, list item …) of words that carry their marks (bold, a link), so a word
that only became bold is a change and is shown as one. Work is bounded: what is too long to be compared by words is
shown as replaced.
"""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from articles import body_parts, names, snapshots
from articles.blocks import PIECES, Block, Piece, blocks_of

MOST_WORK = 9_000_000  # pairs of pieces that one comparison looks at (3,000 words against 3,000); above it the
# middle is shown as replaced

LABELS = {
    "headline": "Headline", "headline_from": "Headline from", "summary": "Dek", "slug": "Address wished for",
    "section": "Section", "story_type": "Type", "language": "Language", "byline_decision": "Byline decision",
    "bylines": "Byline", "place": "Dateline", "outlet": "Outlet", "tags": "Tags", "lead_photo": "Photo",
    "lead_caption": "Photo caption", "published_on": "Day it carries", "published_at": "Time it carries",
    "date_decided": "Date decided", "search_title": "Search title", "search_description": "Search description",
    "event": "Event", "series": "Series", "series_part": "Part", "translation_of": "Translation of",
    "related": "Related stories", "how_reported": "How we reported this", "source_note": "Source note",
}  # fmt: skip
PROSE = ("headline", "summary", "lead_caption", "search_title", "search_description", "how_reported", "source_note")


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
    note: str = ""  # "Heading", or "Paragraph → Heading" when the kind changed


@dataclass
class FieldChange:
    """One field other than the body: both values in words, and the runs when it is prose."""

    name: str
    label: str
    before: str
    after: str
    runs: list[Run] = field(default_factory=list)


def runs_between(before, after, budget=None) -> list[Run]:
    """The word diff of two sequences of pieces, neighbours of one fate joined."""
    runs = []
    for op, a, b, c, d in opcodes([piece.key for piece in before], [piece.key for piece in after], budget):
        if op == "equal":
            runs += joined("same", after[c:d])
        else:
            runs += [*joined("del", before[a:b]), *joined("ins", after[c:d])]
    return runs


class Budget:
    """The work that one comparison may still do."""

    def __init__(self):
        self.left = MOST_WORK

    def allows(self, work: int) -> bool:
        if work > self.left:
            return False
        self.left -= work
        return True


def opcodes(before: list, after: list, budget: Budget | None = None) -> list[tuple]:
    """`difflib`'s opcodes in bounded time: what is the same at both ends is set apart first."""
    start, shorter = 0, min(len(before), len(after))
    while start < shorter and before[start] == after[start]:
        start += 1
    end = 0
    while end < shorter - start and before[-1 - end] == after[-1 - end]:
        end += 1
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    budget = budget if budget is not None else Budget()
    if budget.allows(len(old) * len(new)):
        middle = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    else:
        middle = [("replace", 0, len(old), 0, len(new))]
    codes = [("equal", 0, start, 0, start)] if start else []
    codes += [(op, a + start, b + start, c + start, d + start) for op, a, b, c, d in middle]
    if end:
        codes.append(("equal", len(before) - end, len(before), len(after) - end, len(after)))
    return codes


def joined(fate, pieces) -> list[Run]:
    runs = []
    for piece in pieces:
        if runs and runs[-1].marks == piece.marks:
            runs[-1].text += piece.text
        else:
            runs.append(Run(fate, piece.text, piece.marks))
    return runs


def passages(before: str, after: str) -> list[Passage]:
    """The bodies' comparison, block by block, in the order a reader meets them."""
    photos = snapshots.names_of_photos(body_parts.photos_in(before) + body_parts.photos_in(after))
    old, new = blocks_of(before, photos), blocks_of(after, photos)
    found, budget = [], Budget()
    for op, a, b, c, d in opcodes(old, new, budget):
        if op == "equal":
            found += [Passage("same", block.kind, joined("same", block.pieces), block.label) for block in old[a:b]]
            continue
        for mine, theirs in paired(old[a:b], new[c:d]):
            found.append(between(mine, theirs, budget))
    return found


def paired(old: list[Block], new: list[Block]):
    """Blocks that belong together, in order; a block without a partner stands beside None.

    Each new block takes the first old one, from where the last pair stood, that shares more than a third of its words.
    """
    place = 0
    for theirs in new:
        words = theirs.words
        for ahead in range(place, min(len(old), place + 30)):
            mine = old[ahead].words
            if len(words & mine) * 3 > max(len(words), len(mine)):
                yield from ((gone, None) for gone in old[place:ahead])
                yield old[ahead], theirs
                place = ahead + 1
                break
        else:
            yield None, theirs
    yield from ((gone, None) for gone in old[place:])


def between(old: Block | None, new: Block | None, budget: Budget) -> Passage:
    if old is None:
        return Passage("ins", new.kind, joined("ins", new.pieces), new.label)
    if new is None:
        return Passage("del", old.kind, joined("del", old.pieces), old.label)
    labels = [each.label or "Paragraph" for each in (old, new)]
    note = f"{labels[0]} → {labels[1]}" if old.label != new.label else new.label
    return Passage("changed", new.kind, runs_between(old.pieces, new.pieces, budget), note)


def field_changes(before: dict, after: dict) -> list[FieldChange]:
    """Every field but the body whose value differs, in the order of the form."""
    changes = []
    for name, label in LABELS.items():
        if before[name] != after[name]:
            change = FieldChange(name, label, in_words(name, before[name]), in_words(name, after[name]))
            if name in PROSE:
                pieces = [[Piece(text) for text in PIECES.findall(value)] for value in (change.before, change.after)]
                change.runs = runs_between(*pieces)
            changes.append(change)
    return changes


def in_words(name: str, value) -> str:
    """A field's value as an editor reads it; "" for nothing."""
    if name == "bylines":
        called = names.names_of("author", [row["author"] for row in value])
        return "; ".join(byline_in_words(row, called) for row in value)
    if name in names.NAMED:
        slugs = value if isinstance(value, list) else [value or ""]
        called = names.names_of(name, slugs)
        return ", ".join(called.get(slug, slug) for slug in slugs)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if name in ("published_on", "published_at"):
        return snapshots.day_or_minute_in_words(value)
    if name == "lead_photo":
        return snapshots.photo_in_words(value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    choices = snapshots.choices_of(name)
    return choices.get(value, value or "")


def byline_in_words(row: dict, names: dict) -> str:
    who = row["name"] or names.get(row["author"], row["author"])
    who = f"{row['shown']} [{who}]" if row["shown"] and who else row["shown"] or who
    return f"{who} ({row['role']})" if row["role"] != "writer" else who


def size(before: dict, after: dict) -> tuple[int, int]:
    """Words that came and words that went, in all prose of the story together."""
    came = went = 0
    runs = [
        run for passage in passages(before["body"], after["body"]) if passage.fate != "same" for run in passage.runs
    ]
    runs += [run for change in field_changes_in_prose(before, after) for run in change]
    for run in runs:
        count = len(re.findall(r"\w+", run.text))
        came += count if run.fate == "ins" else 0
        went += count if run.fate == "del" else 0
    return came, went


def field_changes_in_prose(before: dict, after: dict):
    for name in PROSE:
        if before[name] != after[name]:
            yield runs_between(*([Piece(text) for text in PIECES.findall(each[name])] for each in (before, after)))
