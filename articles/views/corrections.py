"""The corrections page: what was wrong and what is right, newest first, by month, and how to tell us of an error."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from articles.models import Correction
from newsroom.foundation.pagination import page_of


def corrections(request: HttpRequest) -> HttpResponseBase:
    page = page_of(request, Correction.objects.listed().values_list("pk", flat=True))
    found = Correction.objects.live().with_address().filter(pk__in=page.keys).newest_first()
    return render(
        request,
        "articles/corrections.html",
        {"records": found, "page": page, "here": "corrections"},
    )
