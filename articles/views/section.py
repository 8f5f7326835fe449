from django.db.models import CharField, JSONField, OuterRef, Subquery, Value
from django.db.models.functions import Concat
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from articles.front_page import curation, layouts
from articles.models import Arrangement, Article, Section
from articles.models.arrangement import SECTION, empty_layout
from newsroom.foundation.pagination import page_of
from newsroom.foundation.paths import lead_on
from newsroom.foundation.public_request import PublicRequest


def section(request: PublicRequest, slug: str) -> HttpResponseBase:
    """The story that the desk put at the top, or the newest; then the others, newest first."""
    name = Concat(Value(SECTION), OuterRef("slug"), output_field=CharField())
    shown = Arrangement.objects.filter(page=name).values("shown")[:1]
    sections = Section.objects.annotate(shown=Subquery(shown, output_field=JSONField()))
    section = sections.filter(slug=slug).first()
    if section is None:
        return lead_on(request, get_object_or_404(Section, aliases__slug=slug))
    layout = section.shown or empty_layout()
    request.changes_at = layouts.changes_at(layout)
    keys = (
        Article.objects.live().filter(section=section).newest_first().values_list("pk", flat=True)
    )
    if pinned := layouts.due(layout):
        keys = keys.exclude(uid=pinned[0]["story"])
    page = page_of(request, keys)
    stories = Article.objects.cards(page.keys)
    if page.number == 1:
        found = curation.lead_first(stories, curation.section_lead(section, layout))
    else:
        found = {"lead": None, "stories": stories}
    context = {"section": section, "page": page, "here": f"section {section.slug}", **found}
    return render(request, "articles/section.html", context)
