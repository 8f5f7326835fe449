"""The story page, and what an address answers when readers may not see its story."""

from datetime import timedelta

from csp.decorators import csp_update
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from articles import addresses, rendering
from articles.models import Article
from articles.pictures import social_card
from authors.paths import path_to

LATEST_IN_SECTION = 5
OLD = timedelta(days=30)


def story(request, slug):
    path = addresses.path_for(slug)
    article = (
        Article.objects.live()
        .filter(addresses__path=path)
        .select_related("section", "lead_photo")
        .with_bylines()
        .defer("body_text", "search_text")
        .first()
    )
    if article is None:
        return gone_or_unknown(request, path)
    if article.slug != slug:
        return redirect(article, permanent=True)
    others = Article.objects.filter(section=article.section_id).newest_lines(LATEST_IN_SECTION + 1)
    tags = article.tag_links.values_list("order", "tag__name", "tag__slug")
    text = rendering.public_text(article.body, rendering.photos_for(article.body))
    context = {
        "article": article,
        "text": text,
        "social": social_picture(article),
        "bylines": list(article.bylines.all()),
        "tags": [(name, path_to("tag", slug)) for _, name, slug in sorted(tags)],
        "latest": [other for other in others if other.pk != article.pk][:LATEST_IN_SECTION],
        "age": age_in_words(article),
        # Only a story of which readers were told something has a time at which it was updated.
        "corrections": list(article.corrections.newest_first()) if article.updated_at else [],
        "here": f"story in {article.section.slug}",
    }
    return allowing_frames(render(request, "articles/story.html", context), text.frames)


def social_picture(article) -> dict:
    """What other sites show beside a link: {"address", "width", "height", "alt"}, lengths in pixels."""
    photo = article.lead_photo
    if photo:
        width, height = photo.largest("card")
        return {"address": photo.address("jpg", shape="card"), "width": width, "height": height, "alt": photo.alt}
    address = reverse("social-card", args=[article.uid, social_card.stamp_of(article)])
    width, height = social_card.SIZE
    return {"address": address, "width": width, "height": height, "alt": article.headline}


def allowing_frames(response, origins):
    """The page may load these origins in frames, which its script does when a reader clicks."""
    return csp_update({"frame-src": list(origins)})(lambda: response)() if origins else response


def gone_or_unknown(request, path):
    """410 for a withdrawn story, at every address it ever had; 404 for everything else, hidden or unknown."""
    address = addresses.withdrawn(path)
    if address is None:
        raise Http404("No story stands at this address.")
    return render(request, "articles/withdrawn.html", {"address": address}, status=410)


def age_in_words(article) -> str:
    """ "7 months", from 30 days on, when the date is known; else nothing."""
    if article.published_on is None:
        return ""
    days = (timezone.localdate() - article.published_on).days
    if days < OLD.days:
        return ""
    if days < 365 * 2:
        months = max(1, round(days / 30.44))
        return f"{months} month{'s' if months > 1 else ''}"
    return f"{days // 365} years"
