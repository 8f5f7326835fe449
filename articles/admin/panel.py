"""What stands beside the story form: status and next act, checks, history, links, colleagues, unsaved work."""

from articles import copydesk
from articles.story import editing, presence, preview, snapshots, unsaved

LAST_VERSIONS = 5


def panel_for(request, article, *, editable: bool, key=None) -> dict:
    """The side panel's context. `article` is None on the form of a new story, whose identity will be `key`."""
    restored = getattr(request, "restored_work", None)
    works = unsaved.of(request.user, article) if editable else []
    context = {
        # What this very form has kept is in the form.
        "unsaved_works": [work for work in works if work != restored and str(work.key) != str(key)],
        "restored_work": restored,
        "keeps_unsaved": request.user.keeps_unsaved,
    }
    if article is None:
        return context | {"writer": unsaved.writer_token(request.user, key=key)}
    snapshot = getattr(article, "desk_snapshot", None) or snapshots.latest(article)
    versions = (
        article.revisions.select_related("made_by").defer("snapshot").order_by("-version", "-aside")
    )
    versions = list(versions[:LAST_VERSIONS])
    is_locked = article.status in editing.LOCKED
    return context | {
        "writer": unsaved.writer_token(request.user, article=article, key=key),
        "problems": []
        if is_locked
        else copydesk.open_problems(snapshot, article, person=request.user),
        "versions": versions,
        "newest": next((each for each in versions if not each.aside), None),
        "returned": returned_note(article),
        "others_here": presence.others_at(article, request.user),
        "previews": [(link, preview.token_of(link)) for link in preview.holding(article)],
        "corrections": list(
            article.corrections.newest_first()
            .select_related("made_by", "agreed_with")
            .prefetch_related("agreements")
        ),
        "desk_story": snapshots.fill(type(article)(), snapshot),
        "import_record": getattr(article, "import_record", None),
    }


def returned_note(article):
    """The note with which the story came back to its writer, while that is where it is."""
    if article.status != "draft":
        return None
    line = article.log_lines.moves().newest_first().first()
    return line if line and line.act == "return_to_writer" else None
