from django.contrib import admin
from django.urls import include, path

from newsroom import views
from newsroom.search.views import search

urlpatterns = [
    path("", views.front, name="front"),
    path("search/", search, name="search"),
    path("", include("articles.urls")),
    path("", include("authors.urls")),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("favicon.ico", views.favicon),
    path("admin/r/<path:rest>", views.nothing_here),  # Django's "view on site", which tells of hidden stories
    path("admin/", admin.site.urls),
]
handler400 = "newsroom.views.bad_request"
handler403 = "newsroom.views.forbidden"
handler404 = "newsroom.views.page_not_found"
handler500 = "newsroom.views.server_error"
