from django.http import HttpResponse
from django.shortcuts import render
from django.urls import include, path

CONSTANT = "x" * 15_000


def constant(request):
    """15 KB that cost nothing: what the server and the middleware take."""
    return HttpResponse(CONSTANT)


def one_query(request):
    """One query of the database and the chrome of every page."""
    return render(request, "newsroom/search.html", {"query": None, "here": "search"})


urlpatterns = [
    path("bench/constant/", constant),
    path("bench/one-query/", one_query),
    path("", include("newsroom.urls")),
]
handler404 = "newsroom.views.page_not_found"
