"""The pages of the people who sign stories. Stories are reached through bylines, which carry the gate."""

from itertools import groupby

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from authors.models import Author
from newsroom.foundation.pagination import page_of
from newsroom.foundation.paths import lead_on

AUTHORS_PER_PAGE = 300


def authors(request: HttpRequest) -> HttpResponseBase:
    page = page_of(
        request, Author.objects.with_live_stories().alphabetical(), per_page=AUTHORS_PER_PAGE
    )
    letters = [
        (letter, list(people))
        for letter, people in groupby(page.keys, lambda author: author.folded[:1].upper())
    ]
    return render(request, "authors/authors.html", {"page": page, "letters": letters})


def author(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Bio and stories, by month. Someone whose stories are all hidden has no page, and it takes no longer to say so."""
    rows = Author.objects.with_live_stories().select_related("portrait").filter(slug=slug)
    author = next(iter(rows[:1]), None)  # at most one: `first()` would sort it
    if author is None:
        merged = get_object_or_404(Author.objects.with_live_stories(), aliases__slug=slug)
        return lead_on(request, merged)
    page = page_of(request, author.bylines.story_keys())
    stories = author.bylines.stories(page.keys)
    months = groupby(
        stories, lambda story: story.published_on and story.published_on.replace(day=1)
    )
    topics = author.bylines.topics(page.keys) if page.number == 1 else []
    context = {
        "author": author,
        "page": page,
        "topics": topics,
        "months": [(month, list(found)) for month, found in months],
    }
    return render(request, "authors/author.html", context)
