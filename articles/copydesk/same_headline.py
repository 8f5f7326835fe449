"""Another live story has the same headline."""

from collections.abc import Iterator

from articles.copydesk.problem import WARN, Copy, Problem
from articles.models import Article
from articles.story.addresses import path_for


def check(copy: Copy) -> Iterator[Problem]:
    headline = copy["headline"].strip()
    if not headline:
        return
    others = Article.objects.live().filter(headline=headline)
    if copy.article is not None:
        others = others.exclude(pk=copy.article.pk)
    slug = others.values_list("slug", flat=True).first()
    if slug:
        yield Problem(
            "same-headline",
            WARN,
            "headline",
            f"A live story has this headline: {path_for(slug)}.",
            about=headline,
        )
