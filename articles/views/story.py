"""The story page, and what an address answers when readers may not see its story."""

from collections.abc import Iterable
from datetime import timedelta
from operator import itemgetter

from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from articles.models import Article, Byline
from articles.models.card import Signature
from articles.reading import rendering
from articles.reading.public_story import (
    for_formats,
    public_story_of,
    text_of,
    was_published_before,
)
from articles.reading.rendering import in_its_language
from articles.reading.social import social_picture
from articles.reading.story_context import around, default_version
from articles.story import addresses
from newsroom.foundation.paths import last_changed, lead_on, path_to

OLD = timedelta(days=30)


def story(request: HttpRequest, slug: str) -> HttpResponseBase:
    path = addresses.path_for(slug)
    article = (
        for_formats(Article.objects.live().filter(addresses__path=path))
        .select_related("series")
        .defer("body_text", "search_text")
        .first()
    )
    if article is None:
        return gone_or_unknown(request, path)
    if article.slug != slug:
        return lead_on(request, article)
    beside = around(article)
    text = text_of(article, rendering.photos_for(article.body))
    # Only a story of which readers were told something has a time at which it was updated.
    corrections = list(article.corrections.newest_first()) if article.updated_at else []
    context = {
        "article": article,
        "told": public_story_of(article, text, corrections),
        "text": text,
        "social": social_picture(article),
        "bylines": [Signature.from_row(row) for row in article.names],
        "signed": [
            row["author_name"] or row["name"]
            for row in article.names
            if row["role"] == Byline.Role.WRITER
        ],
        "tags": [
            (row["name"], path_to("tag", row["slug"]))
            for row in sorted(article.topics, key=itemgetter("order"))
        ],
        "around": beside,
        "default_version": path_to(
            "story", default_version([article, *beside.translations], article.original_pk).slug
        ),
        "age": age_of(article),
        "corrections": corrections,
        "was_published_before": was_published_before(article, corrections),
        "here": f"story in {article.section.slug}",
    }
    with in_its_language(article.language):
        page = last_changed(
            render(request, "articles/story.html", context), context["told"].changed_at
        )
        return allowing_frames(request, page, text.frames)


def allowing_frames(
    request: HttpRequest, response: HttpResponse, origins: Iterable[str]
) -> HttpResponseBase:
    """The page may load these origins in frames, which its script does when a reader clicks."""
    if not origins:
        return response
    allowing = csp_update({"frame-src": list(origins)})
    return allowing(lambda request: response)(request)


def gone_or_unknown(request, path):
    """410 for a withdrawn story, at every address it ever had; 404 for everything else, hidden or unknown."""
    address = addresses.withdrawn(path)
    if address is None:
        raise Http404("No story stands at this address.")
    return render(request, "articles/withdrawn.html", {"address": address}, status=410)


def age_of(article: Article) -> dict[str, int]:
    """{"months": 7} or {"years": 3}, from 30 days on, when the date is known; else nothing."""
    if article.published_on is None:
        return {}
    days = (timezone.localdate() - article.published_on).days
    if days < OLD.days:
        return {}
    return {"months": max(1, round(days / 30.44))} if days < 365 * 2 else {"years": days // 365}
