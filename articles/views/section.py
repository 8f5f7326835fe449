from django.shortcuts import get_object_or_404, render

from articles.models import Article, Section
from authors.paging import page_of


def section(request, slug):
    section = get_object_or_404(Section, slug=slug)
    keys = Article.objects.live().filter(section=section).newest_first().values_list("pk", flat=True)
    page = page_of(request, keys)
    return render(
        request,
        "articles/section.html",
        {
            "section": section,
            "page": page,
            "stories": Article.objects.cards(page.keys),
            "here": f"section {section.slug}",
        },
    )
