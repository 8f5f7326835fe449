from django.http.response import HttpResponseBase
from django.shortcuts import render

from articles.models import Article, TagLink
from newsroom.foundation.pagination import page_of
from newsroom.foundation.public_request import PublicRequest
from newsroom.outlet import Outlet
from newsroom.search.find import answer, meant
from newsroom.search.forms import FilterForm
from newsroom.search.passage import passage
from newsroom.search.query import read

# stories, their topics for who has not asked yet, stories for who found nothing
NEWEST, TOPICS, LATEST = 40, 12, 5


def search(request: PublicRequest) -> HttpResponseBase:
    """Stories that answer what was typed, newest first unless asked otherwise. Without a question only the box."""
    request.outlet = Outlet()
    query = read(request.GET)
    context = {"query": query, "here": "search", "form": FilterForm(query, request.outlet)}
    if query.asks:
        section = section_key(query, request.outlet)
        page = page_of(request, answer(query, section))
        better = None if page.keys else meant(query, section)
        if better:
            page = page_of(request, answer(better, section))
        context |= {"page": page, "stories": found(page.keys, better or query), "better": better}
        context |= {
            "chips": context["form"].chips(query),
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
