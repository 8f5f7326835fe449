"""What stands beside the story form: status and next act, checks, history, links, colleagues, unsaved work."""

import uuid
from typing import Any

from articles import copydesk
from articles.models import Act, Article
from articles.story import editing, presence, preview, snapshots, unsaved
from authors.models import User

LAST_VERSIONS = 5


def panel_for(
    person: User,
    article: Article | None,
    opened: Any,
    *,
    editable: bool,
    key: uuid.UUID | None = None,
) -> dict:
    """The side panel's context. `article` is None on the form of a new story, whose identity will be `key`; `opened` is
    what that form shows (story_form.OpenForm)."""
    works = unsaved.of(person, article) if editable else []
    context = {
        # What this very form has kept is in the form.
        "unsaved_works": [
            work for work in works if work != opened.work and str(work.key) != str(key)
        ],
        "restored_work": opened.work,
        "keeps_unsaved": person.keeps_unsaved,
    }
    if article is None:
        return context | {"writer": unsaved.writer_token(person, key=key)}
    versions = (
        article.revisions.select_related("made_by").defer("snapshot").order_by("-version", "-aside")
    )
    versions = list(versions[:LAST_VERSIONS])
    problems = []
    if article.status not in editing.LOCKED:
        problems = copydesk.open_problems(opened.snapshot, article, person=person)
    return context | {
        "writer": unsaved.writer_token(person, article=article, key=key),
        "problems": problems,
        "versions": versions,
        "newest": next((each for each in versions if not each.aside), None),
        "returned": returned_note(article),
        "others_here": presence.others_at(article, person),
        "previews": [(link, preview.token_of(link)) for link in preview.holding(article)],
        "corrections": list(
            article.corrections.newest_first()
            .select_related("made_by", "agreed_with")
            .prefetch_related("agreements")
        ),
        "desk_story": snapshots.fill(type(article)(), opened.snapshot),
        "import_record": getattr(article, "import_record", None),
    }


def returned_note(article):
    """The note with which the story came back to its writer, while that is where it is."""
    if article.status != "draft":
        return None
    line = article.log_lines.moves().newest_first().first()
    return line if line and line.act == Act.RETURN_TO_WRITER else None
