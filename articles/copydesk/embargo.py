"""A story that goes out before the moment its document asks for, when nobody is reminded by the note any more."""

from collections.abc import Iterator
from datetime import datetime

from articles.copydesk.problem import WARN, Copy, Problem
from articles.models import Origin
from articles.story import snapshots
from articles.text import body_parts


def check(copy: Copy) -> Iterator[Problem]:
    """The moment is the one that the import read; it stands in the receipt, which nobody can change."""
    if copy.article is None or copy.article.origin != Origin.IMPORT:
        return
    stories = copy.stories.filter(pk=copy.article.pk)
    receipt = stories.values_list("import_record__receipt", flat=True).first() or []
    found = {line["field"]: line["value"] for line in receipt}
    moment = found.get("embargo until")
    if not moment or copy.gate >= datetime.fromisoformat(moment):
        return
    if any(found["embargo"] in note for note in body_parts.notes_in(copy["body"])):
        return  # the note says it, and nobody publishes past that
    words = snapshots.day_or_minute_in_words(moment)
    yield Problem(
        "embargo",
        WARN,
        "body",
        f"The document that was imported asks not to publish before {words}.",
        about=words,
        suggestion="Schedule it for then or later.",
    )
