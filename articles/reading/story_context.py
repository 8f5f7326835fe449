"""What stands beside a story on its page: its series, other reports of its event, its translations, what to read next.

Two bounded queries, whatever the story has: they cost less than one UNION of both would.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from articles.models import Article
from articles.models.card import Line, Signature, signatures
from newsroom.foundation import languages

NEXT, LATEST = 5, 5  # lines shown
MOST_LINKED = 300
LINE = tuple(column.name for column in fields(Line))


class Neighbour(NamedTuple):
    """A linked story, beginning with the columns of a `Line`."""

    pk: int
    headline: str
    slug: str
    language: str
    published_on: date | None
    published_at: datetime | None
    story_type: str
    uid: UUID
    source_outlet: str
    event: int | None
    series: int | None
    part: int | None
    original: int | None
    byline_decision: str
    signed: list  # rows of `signatures()`

    @property
    def line(self) -> Line:
        return Line(**{name: getattr(self, name) for name in LINE})

    @property
    def address(self):
        return self.line.address

    @property
    def names(self):
        return [Signature.from_row(row) for row in self.signed]

    @property
    def language_name(self):
        return languages.name_of(self.language)

    @property
    def direction(self):
        return languages.direction(self.language)


@dataclass
class Around:
    """`parts`: the whole series, the story itself among them; `later`: the one after it."""

    parts: list[Neighbour] = field(default_factory=list)
    later: Neighbour | None = None
    reports: list[Neighbour] = field(default_factory=list)
    translations: list[Neighbour] = field(default_factory=list)
    next: list[Line] = field(default_factory=list)
    latest: list[Line] = field(default_factory=list)


def around(article: Article) -> Around:
    """For a story that is live. Whatever is hidden at this moment stands nowhere in it."""
    linked = {row.pk: row for row in linked_stories(article)}
    found = Around()
    if article.series_id:
        parts = [row for row in linked.values() if row.series == article.series_id]
        found.parts = sorted(parts, key=lambda row: (row.part is None, row.part, row.pk))
        index = next((index for index, row in enumerate(found.parts) if row.pk == article.pk), None)
        if index is not None:  # it is missing only from a series longer than anybody reads
            found.later = found.parts[index + 1] if index + 1 < len(found.parts) else None
    linked.pop(article.pk, None)
    if article.event_id:
        found.reports = [row for row in linked.values() if row.event == article.event_id]
        found.reports.sort(key=lambda row: (row.published_on is None, row.published_on, row.pk))
    same = [row for row in linked.values() if article.original_pk in (row.pk, row.original)]
    found.translations = sorted(same, key=lambda row: row.language)
    shown = {article.pk} | {row.pk for row in (*found.parts, *found.reports, *found.translations)}
    by_uid = {str(row.uid): row for row in linked.values() if row.pk not in shown}
    wanted = dict.fromkeys([*article.related, *(uid for uid, _ in article.kin)])
    found.next = [by_uid[uid].line for uid in wanted if uid in by_uid][:NEXT]
    shown |= {line.pk for line in found.next}
    newest = Article.objects.filter(section=article.section_id).newest_lines(LATEST + 2 * NEXT + 1)
    found.latest = [line for line in newest if line.pk not in shown][:LATEST]
    return found


def linked_stories(article: Article) -> list[Neighbour]:
    """Every condition is answered by an index of its own; the story itself comes with its series."""
    condition = Q(translation_of=article.original_pk)
    if article.translation_of_id:
        condition |= Q(pk=article.translation_of_id)
    if article.event_id:
        condition |= Q(event=article.event_id)
    if article.series_id:
        condition |= Q(series=article.series_id) | Q(pk=article.pk)
    if uids := [*article.related, *(uid for uid, _ in article.kin)]:
        condition |= Q(uid__in=uids)
    rows = Article.objects.live().filter(condition).annotate(names=signatures())
    return [
        Neighbour(*row)
        for row in rows.values_list(
            *LINE,
            "uid",
            "source_outlet",
            "event_id",
            "series_id",
            "series_part",
            "translation_of_id",
            "byline_decision",
            "names",
        )[:MOST_LINKED]
    ]


def default_version(versions: Sequence[Any], original_pk: int) -> Any:
    """Of the versions of a story that readers see, the one for whoever reads none of their languages, and every version
    names the same: the original, else the one in the outlet's language. Each has `pk` and `language`."""
    seen = next((each for each in versions if each.pk == original_pk), None)
    return seen or min(
        versions, key=lambda each: (each.language != settings.LANGUAGE_CODE, each.language, each.pk)
    )
