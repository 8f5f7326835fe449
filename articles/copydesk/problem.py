"""What a check says, and what it is given to read."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from articles.models import Article
from articles.models.gate import this_moment
from articles.story import fields
from articles.text import body
from articles.text.units import blocks_of
from authors.models import User

# Nobody passes it; a chief editor passes it with a reason; whoever publishes ticks it as seen.
HARD, BLOCK, WARN = "hard", "block", "warn"


def words_read() -> tuple[str, ...]:
    """The fields whose words readers read, beside the body's."""
    return fields.those(lambda field: field.checked)


KEY_OF_A_PHOTO = re.compile(r"\A[0-9a-f]{64}(?: |\Z)")


@dataclass(frozen=True)
class Problem:
    """A finding in an editor's words.

    `level`: "hard" (nobody passes it), "block" (a chief editor passes it with a reason), "warn" (asked once, ticked
    "seen"). `field`: where, as the form names it. `about`: the text it is about; a tick counts for that text.
    """

    rule: str
    level: str
    field: str
    message: str
    about: str = ""
    suggestion: str = ""

    @property
    def quoted(self) -> str:
        """What it is about in words: without the key of a photo, which a tick counts for and nobody reads."""
        return KEY_OF_A_PHOTO.sub("", self.about)

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(
            f"{self.rule}\0{self.field}\0{self.about}\0{self.message}".encode()
        ).hexdigest()


@dataclass(frozen=True)
class Copy:
    """The story as the checks read it: a snapshot, the row it belongs to (None for a story that is new), the moment at
    which readers get it (None: now), and who is told (None: nobody, it is a gate and looks at every story)."""

    snapshot: Mapping[str, Any]
    article: Article | None = None
    at: datetime | None = None
    person: User | None = None

    def __getitem__(self, name):
        return self.snapshot[name]

    @property
    def gate(self) -> datetime:
        """The moment at which readers get the story, or got it."""
        return (self.article and self.article.live_from) or self.at or this_moment()

    @property
    def stories(self):
        """The stories that a finding may tell of."""
        return Article.objects.named_to(self.person) if self.person else Article.objects.all()

    @cached_property
    def blocks(self):
        return blocks_of(self.snapshot["body"])

    @cached_property
    def text(self) -> str:
        return body.plain_text(self.snapshot["body"])

    @cached_property
    def prose(self) -> list[tuple[str, str]]:
        """(field, text) of everything that readers read, here and in search results."""
        return [
            *((name, self.snapshot[name]) for name in words_read() if self.snapshot[name]),
            ("body", self.text),
        ]


def sentence_around(text: str, start: int, end: int, most: int = 120) -> str:
    """The words around a place, for the person who has to find it."""
    before, after = max(0, start - most // 2), min(len(text), end + most // 2)
    part = text[before:after].replace("\n", " ").strip()
    return f"{'…' if before else ''}{part}{'…' if after < len(text) else ''}"
