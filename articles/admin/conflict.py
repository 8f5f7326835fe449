"""409: somebody saved first. Base, theirs and mine side by side, and a page that puts them together."""

from django.contrib import messages
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from articles.models import Revision
from articles.story import comparison, editing, fields, snapshots, three_way_merge
from articles.text import body


class StoryConflict:
    """Part of the story's admin."""

    def merge_view(self, request, object_id, revision_id):
        """GET shows a text that was set aside beside the newest; POST saves what was chosen, on top of the newest."""
        article = self.visible_or_404(request, object_id)
        mine = (
            article.revisions.exclude(aside=0)
            .select_related("made_by")
            .filter(pk=revision_id)
            .first()
        )
        if mine is None:
            raise Http404("There is no such text.")
        if not self.may_write(request, article):
            raise PermissionDenied
        base = article.revisions.on_the_line().filter(version=mine.version).first()
        theirs = article.revisions.newest()
        stale = editing.Stale(theirs, mine, base)
        if request.method != "POST":
            return stale_response(self, request, article, stale, status=200)
        seen = request.POST.get("theirs", "")
        if seen != str(theirs.version):
            return stale_response(self, request, article, stale)
        together = three_way_merge.merge(base and base.snapshot, theirs.snapshot, mine.snapshot)
        try:
            result = together.result(snapshots.ordered(theirs.snapshot), request.POST)
        except three_way_merge.TooMuch as too_much:
            self.message_user(request, str(too_much), messages.ERROR)
            return stale_response(self, request, article, stale, status=422)
        saved = editing.save(
            article,
            result,
            version=theirs.version,
            by=request.user,
            kind=Revision.Kind.MERGED,
            note=f"with {mine.name}",
        )
        if isinstance(saved, editing.Stale):
            return stale_response(self, request, article, saved)
        self.message_user(
            request,
            f"The two texts of “{article}” are put together. Both stay in its history.",
            messages.SUCCESS,
        )
        return HttpResponseRedirect(
            reverse("admin:articles_article_change", args=[quote(article.pk)])
        )


def stale_response(model_admin, request, article, stale, *, status=409):
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
        **model_admin.admin_site.each_context(request),
        "title": "Two texts of one story",
        "opts": model_admin.opts,
        "article": article,
        "stale": stale,
        "typed": typed,
        "fields": [rows_of(field, f"field-{field.name}", field.label) for field in together.fields],
        "parts": [
            rows_of(part, f"part-{number}", f"Paragraph {number + 1}")
            for number, part in enumerate(together.parts)
            if part.fate != "same"
        ],
    }
    return TemplateResponse(request, "admin/articles/article/conflict.html", context, status=status)


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
