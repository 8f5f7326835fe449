"""409: somebody saved first. Base, theirs and mine side by side, and a page that puts them together."""

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase

from articles.admin.screen import Screen, story_screen
from articles.models import Revision
from articles.story import comparison, editing, fields, snapshots, three_way_merge
from articles.story.rights import may_write
from articles.text import body


@story_screen(may_write)
def merge(screen: Screen, revision_id: int) -> HttpResponseBase:
    """GET shows a text that was set aside beside the newest; POST saves what was chosen, on top of the newest."""
    revisions = screen.article.revisions
    mine = revisions.exclude(aside=0).select_related("made_by").filter(pk=revision_id).first()
    if mine is None:
        raise Http404("There is no such text.")
    base = revisions.on_the_line().filter(version=mine.version).first()
    stale = editing.Stale(revisions.newest(), mine, base)
    if screen.request.method == "POST":
        return put_together(screen, stale, screen.request.POST)
    return stale_response(screen, stale, status=200)


def put_together(screen, stale, chosen):
    """Save what was `chosen` of the two texts, unless somebody saved a third since the choice was shown."""
    theirs, mine = stale.theirs, stale.mine
    if chosen.get("theirs", "") != str(theirs.version):
        return stale_response(screen, stale)
    together = three_way_merge.merge(
        stale.base and stale.base.snapshot, theirs.snapshot, mine.snapshot
    )
    try:
        result = together.result(snapshots.ordered(theirs.snapshot), chosen)
    except three_way_merge.TooMuch as too_much:
        screen.say(str(too_much), messages.ERROR)
        return stale_response(screen, stale, status=422)
    saved = editing.save(
        screen.article,
        result,
        version=theirs.version,
        by=screen.person,
        kind=Revision.Kind.MERGED,
        note=f"with {mine.name}",
    )
    if isinstance(saved, editing.Stale):
        return stale_response(screen, saved)
    screen.say(f"The two texts of “{screen.article}” are put together. Both stay in its history.")
    return screen.to_form()


def stale_response(screen: Screen, stale: editing.Stale, *, status: int = 409) -> HttpResponseBase:
    """Both texts side by side, with a choice for each paragraph and field that differs."""
    base = stale.base and stale.base.snapshot
    together = three_way_merge.merge(base, stale.theirs.snapshot, stale.mine.snapshot)
    mine = snapshots.ordered(stale.mine.snapshot)
    typed = [
        ("Headline", mine["headline"]),
        ("Dek", mine["summary"]),
        ("Text", body.plain_text(mine["body"])),
    ]
    began = snapshots.ordered(base or {})
    typed += [
        (label, comparison.in_words(name, mine[name]))
        for name, label in fields.compared().items()
        if name not in ("headline", "summary") and mine[name] != began[name]
    ]
    context = {
        "title": "Two texts of one story",
        "stale": stale,
        "typed": typed,
        "fields": [rows_of(field, f"field-{field.name}", field.label) for field in together.fields],
        "parts": [
            rows_of(part, f"part-{number}", f"Paragraph {number + 1}")
            for number, part in enumerate(together.parts)
            if part.fate != "same"
        ],
    }
    return screen.show("conflict.html", context, status=status)


def rows_of(part, name: str, label: str) -> dict:
    """What the template prints of a paragraph or field that differs. `name`: what its choice is called in the form."""
    labels = {"mine": "Mine", "theirs": "Theirs", "both": "Both"}
    return {
        "name": name,
        "label": label,
        "fate": part.fate,
        "sides": [
            (words, part.text(side))
            for side, words in (("base", "Before"), ("theirs", "Theirs"), ("mine", "Mine"))
        ],
        "choices": [(choice, labels[choice], choice == part.preset) for choice in part.choices],
    }
