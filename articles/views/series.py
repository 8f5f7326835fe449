from django.db.models import Exists, F, OuterRef
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from articles.models import Article, Series

MOST = 100  # parts shown


def series(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The parts of a series in their order. One of which readers can see no part answers like an unknown one: after the
    same query, so that no clock tells them apart."""
    has_parts = Exists(Article.objects.live().filter(series=OuterRef("pk")))
    series = get_object_or_404(Series.objects.filter(has_parts), slug=slug)
    parts = (
        Article.objects.live()
        .filter(series=series)
        .order_by(F("series_part").asc(nulls_last=True), "sort_at", "pk")
    )
    stories = Article.objects.cards(list(parts.values_list("pk", flat=True)[:MOST]))
    return render(request, "articles/series.html", {"series": series, "stories": stories})
