from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from articles.models import Article, TagLink
from newsroom.foundation import languages
from newsroom.foundation.pagination import page_of
from newsroom.foundation.public_request import PublicRequest
from newsroom.outlet import Outlet
from newsroom.search.find import answer, meant
from newsroom.search.passage import passage
from newsroom.search.query import FILTERS, read

NEWEST, TOPICS, LATEST = (
    40,
    12,
    5,
)  # stories, their topics for who has not asked yet, stories for who found nothing
CHIPS = {
    "section": _("Section"),
    "type": _("Type"),
    "language": _("Language"),
    "author": _("Author"),
    "from": _("Published from"),
    "to": _("Published until"),
}
ORDER_NAMES = {"newest": _("Newest first"), "best": _("Best match"), "oldest": _("Oldest first")}


def search(request: PublicRequest):
    """Stories that answer what was typed, newest first unless asked otherwise. Without a question only the box."""
    request.outlet = Outlet()
    query = read(request.GET)
    context = {"query": query, "here": "search", "form": filters(query, request.outlet)}
    if query.asks:
        section = section_key(query, request.outlet)
        page = page_of(request, answer(query, section))
        better = None if page.keys else meant(query, section)
        if better:
            page = page_of(request, answer(better, section))
        context |= {"page": page, "stories": found(page.keys, better or query), "better": better}
        context |= {
            "chips": chips(query, request.outlet),
            "pager": f"{query.address(q=(better or query).typed)}&",
        }
        if not page.keys:
            context["latest"] = Article.objects.newest_lines(LATEST)
    else:
        newest = Article.objects.live().newest_first().values_list("pk", flat=True)[:NEWEST]
        context["topics"] = TagLink.objects.topics(list(newest), TOPICS)
    return render(request, "newsroom/search.html", context)


def section_key(query, outlet) -> int | None:
    """The key of the section that the filter names; 0 for a section that does not exist, None without a filter."""
    slug = query.field("section")
    return next((each.pk for each in outlet.sections if each.slug == slug), 0) if slug else None


def found(keys, query) -> list[tuple]:
    """[(card, passage)]; the passage is empty where the words stand in the headline or a name only."""
    texts = {
        pk: (text, language)
        for pk, text, language in Article.objects.live()
        .filter(pk__in=keys)
        .values_list("pk", "body_text", "language")
    }
    stories = Article.objects.cards(keys)
    return [
        (story, passage(texts[story.pk][0], query.marked_words, texts[story.pk][1]))
        for story in stories
    ]


def filters(query, outlet) -> dict:
    """What the form beside the results offers: [(value, words, whether it is chosen)] for each list."""
    return {
        "sections": [
            (each.slug, each.name, each.slug == query.field("section")) for each in outlet.sections
        ],
        "types": [
            (value, name, value == query.field("type")) for value, name in Article.Type.choices
        ],
        "languages": [
            (code, name, code == query.field("language")) for code, name, _ in outlet.languages
        ],
        "orders": [(value, name, value == query.order) for value, name in ORDER_NAMES.items()],
        **{name: query.field(name) for name in ("author", "from", "to")},
        "in_use": sum(bool(query.field(name)) for name in FILTERS),
        "unclear": query.unclear_fields,
    }


def chips(query, outlet) -> list[tuple[str, str, str]]:
    """[(what the filter is called, what it asks for, address of the query without it)] for each in use."""
    names = {
        "section": {each.slug: each.name for each in outlet.sections},
        "type": dict(Article.Type.choices),
        "language": {code: languages.name_of(code) for code, _, _ in outlet.languages},
    }
    return [
        (CHIPS[name], names.get(name, {}).get(value, value), f"?{query.address(**{name: None})}")
        for name, value in query.fields
    ]
