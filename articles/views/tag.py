from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from articles.models import Article, Tag
from newsroom.foundation.pagination import page_of
from newsroom.foundation.paths import lead_on

TAGS_PER_PAGE = 300


def tag(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The newest stories with this tag. One that only hidden stories carry answers like an unknown one, after the same
    queries."""
    tag = Tag.objects.with_live_stories().filter(slug=slug).first()
    if tag is None:
        merged = get_object_or_404(Tag.objects.with_live_stories(), aliases__slug=slug)
        return lead_on(request, merged)
    page = page_of(request, tag.links.story_keys())
    return render(
        request,
        "articles/tag.html",
        {"tag": tag, "page": page, "stories": Article.objects.cards(page.keys)},
    )


def tags(request: HttpRequest) -> HttpResponseBase:
    page = page_of(request, Tag.objects.with_live_stories().alphabetical(), per_page=TAGS_PER_PAGE)
    return render(request, "articles/tags.html", {"page": page, "tags": page.keys})
