from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from articles.models import Article, Series

MOST = 100  # parts shown


def series(request, slug):
    """The parts of a series in their order. One of which readers can see no part answers like an unknown one."""
    series = get_object_or_404(Series, slug=slug)
    parts = (
        Article.objects.live().filter(series=series).order_by(F("series_part").asc(nulls_last=True), "sort_at", "pk")
    )
    stories = Article.objects.cards(list(parts.values_list("pk", flat=True)[:MOST]))
    if not stories:
        raise Http404("No story belongs to this series.")
    return render(request, "articles/series.html", {"series": series, "stories": stories})
