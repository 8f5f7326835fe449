"""The story page of a version that readers do not see: for the desk's own preview, and for somebody with a link."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Byline, Photo, Tag
from articles.reading import rendering
from articles.reading.public_story import was_published_before
from articles.reading.rendering import in_its_language
from articles.reading.story_context import Around
from articles.story import preview, snapshots, supplied
from articles.views.photo import rendition_response
from articles.views.story import age_of, allowing_frames
from newsroom.foundation.paths import path_to
from newsroom.foundation.text import slug_for


def story_as_readers_would(
    request: HttpRequest,
    snapshot: Mapping[str, Any],
    *,
    article: Article | None,
    photo_folder: Callable[[Photo], str],
    notice: str,
) -> HttpResponseBase:
    """The public story page of `snapshot`. `photo_folder(photo)` says where hidden pictures may be fetched."""
    snapshot = snapshots.ordered(snapshot)
    story = snapshots.fill(Article(), snapshot)
    story.slug = (
        story.slug
        or (article.slug if article else "")
        or slug_for(story.headline, otherwise="story")
    )
    story.updated_at = article.updated_at if article else None
    photos = rendering.photos_for(story.body)
    for photo in (*photos.values(), *([story.lead_photo] if story.lead_photo else ())):
        photo.private_folder = photo_folder(photo)
    authors = snapshots.authors_by_slug(snapshot)
    rows = [
        Byline(
            author=authors.get(row["author"]),
            name=row["name"] or row["author"],
            role=row["role"],
            shown=row["shown"],
        )
        for row in snapshot["bylines"]
    ]
    tags = {tag.slug: tag for tag in Tag.objects.filter(slug__in=snapshot["tags"])}
    text = rendering.public_text(story.body, photos)
    corrections = list(article.corrections.newest_first()) if article else []
    context = {
        "article": story,
        "text": text,
        "bylines": rows,
        "age": age_of(story),
        "around": Around(),
        "here": "preview",
        "tags": [
            (tags[slug].name, path_to("tag", slug)) for slug in snapshot["tags"] if slug in tags
        ],
        "corrections": corrections,
        "was_published_before": was_published_before(story, corrections),
        "notice": notice,
    }
    with in_its_language(story.language):
        page = render(request, "articles/preview.html", context)
        response = allowing_frames(request, page, text.frames)
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response


def link_or_404(token):
    link = preview.opened(token)
    if link is None:
        raise Http404("There is no such preview.")
    return link


def shared(request: HttpRequest, token: str) -> HttpResponseBase:
    link = link_or_404(token)
    snapshot = supplied.as_of_today(link.article, snapshots.ordered(link.revision.snapshot))
    return story_as_readers_would(
        request,
        snapshot,
        article=link.article,
        photo_folder=lambda photo: (
            reverse("shared-preview", args=[token]) + f"photos/{photo.token}/"
        ),
        notice=f"Preview of a version that may not be published. Please do not pass the link on. "
        f"It ends on {timezone.localtime(link.ends_at):%-d %B, %H:%M}.",
    )


def shared_photo(
    request: HttpRequest, token: str, photo: int, stamp: str, name: str
) -> HttpResponseBase:
    """A picture of the version behind the link, and of no other."""
    hashes = snapshots.photos_of(link_or_404(token).revision.snapshot)
    found = Photo.objects.filter(token=photo, stamp=stamp, sha256__in=hashes).first()
    if found is None or name not in found.file_names():
        raise Http404("There is no such picture.")
    response = rendition_response(request, found, name)
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "no-referrer"
    return response
