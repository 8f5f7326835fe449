"""What a reader may mean while typing: topics, people and sections that have a word beginning so."""

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext

from articles.models import Section, Tag
from authors.models import Author
from newsroom.search.models import NameWord
from newsroom.search.words import plain, words_of

MOST, SHORTEST, LONGEST, AGE = 8, 2, 60, 60  # suggestions, characters, characters, seconds
LOOKED_AT = 2000  # names
NOBODY = 0  # a key that no row has


def marked(typed: str) -> dict[str, set[int]]:
    """{"a": keys of authors, "t": of tags, "s": of sections} whose name has all the words, the last begun only."""
    words = [plain(match[0]) for match in words_of(typed)]
    marks = None
    for number, word in enumerate(words, 1):
        rows = NameWord.objects.filter(
            **{"token__startswith" if number == len(words) else "token": word}
        )
        these = set(rows.order_by("token", "mark").values_list("mark", flat=True)[:LOOKED_AT])
        marks = these if marks is None else marks & these
    found = {}
    for mark in marks or ():
        kind, _, key = mark.partition("_")
        found.setdefault(kind, set()).add(int(key))
    return found


def suggest(request: HttpRequest) -> HttpResponseBase:
    typed = request.GET.get("q", "")[:LONGEST].replace("\0", "")
    found = []
    if len(typed.strip()) >= SHORTEST:
        keys = marked(typed)
        for letter, kind, rows in (
            ("s", gettext("Section"), Section.objects.all()),
            ("t", gettext("Topic"), Tag.objects.with_live_stories()),
            ("a", gettext("Author"), Author.objects.with_live_stories()),
        ):
            # Asked also when no name begins so: a name that only hidden stories carry takes no longer.
            for row in rows.filter(pk__in=keys.get(letter) or {NOBODY}).order_by("folded")[:MOST]:
                found.append({"name": row.name, "address": row.get_absolute_url(), "kind": kind})
    response = JsonResponse({"found": found[:MOST]})
    response["Cache-Control"] = f"public, max-age={AGE}"
    return response
