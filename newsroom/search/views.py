from django.shortcuts import render

from articles.models import Article
from authors.paging import page_of
from newsroom.search import query as queries


def search(request):
    """Title and text, newest first. Without words it only shows the box."""
    query = queries.read(request.GET.get("q", ""))
    context = {"query": query, "here": "search"}
    if query.words:
        page = page_of(request, queries.matching(query))
        stories = Article.objects.cards(page.keys)
        texts = dict(Article.objects.live().filter(pk__in=page.keys).values_list("pk", "body_text"))
        found = [(story, queries.passage(texts.get(story.pk, ""), query)) for story in stories]
        context |= {"page": page, "stories": found}
        if not stories:
            context["latest"] = Article.objects.newest_lines(5)
    return render(request, "newsroom/search.html", context)
