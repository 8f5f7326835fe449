"""The story page, and what an address answers when readers may not see its story."""

from datetime import timedelta

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from articles import addresses
from articles.models import Article
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
    context = {
        "article": article,
        "bylines": list(article.bylines.all()),
        "tags": [(name, path_to("tag", slug)) for _, name, slug in sorted(tags)],
        "latest": [other for other in others if other.pk != article.pk][:LATEST_IN_SECTION],
        "age": age_in_words(article),
        # Only a story of which readers were told something has a time at which it was updated.
        "corrections": list(article.corrections.newest_first()) if article.updated_at else [],
        "here": f"story in {article.section.slug}",
    }
    return render(request, "articles/story.html", context)


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
