from django.conf import settings
from django.contrib import admin
from django.urls import include, path, register_converter

from articles.admin import merge
from newsroom import icons, views
from newsroom.api.views import api
from newsroom.feeds import notices, sitemaps
from newsroom.feeds import views as feeds
from newsroom.feeds.formats import FORMATS
from newsroom.interchange import views as interchange
from newsroom.search.suggest import suggest
from newsroom.search.views import search


class Edition:
    """The code of a further language of the outlet, as the first part of an address."""

    regex = "[a-z]{2,3}(?:-[A-Z][a-z]{3})?"

    def to_python(self, value):
        if value not in settings.NEWSROOM_LANGUAGES[1:]:
            raise ValueError("The outlet has no edition in this language.")
        return value

    def to_url(self, value):
        return value


class IconSize:
    """The side of an icon in pixels: one of those that are made."""

    regex = "|".join(map(str, icons.SIZES))

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return str(value)


class Ending:
    """The format of a feed, as the end of its address."""

    regex = "[a-z]+"

    def to_python(self, value):
        if value not in FORMATS:
            raise ValueError("No feed comes in this format.")
        return value

    def to_url(self, value):
        return value


register_converter(Edition, "edition")
register_converter(Ending, "ending")
register_converter(IconSize, "icon_size")

# Screens that belong to no list of rows stand before Django's own.
desk = [*merge.addresses(admin.site), *admin.site.get_urls()]
urlpatterns = [
    path("", views.front, name="front"),
    path("search/", search, name="search"),
    path("search/suggest/", suggest, name="suggest"),
    path("feeds/latest.<ending:ending>", feeds.latest, name="feed"),
    path("sections/<slug:slug>/feed.<ending:ending>", feeds.section, name="section-feed"),
    path("tags/<slug:slug>/feed.<ending:ending>", feeds.tag, name="tag-feed"),
    path("authors/<slug:slug>/feed.<ending:ending>", feeds.author, name="author-feed"),
    path("corrections/feed.<ending:ending>", feeds.corrections, name="corrections-feed"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemaps/<slug:name>.xml", sitemaps.part, name="sitemap-part"),
    path("news-sitemap.xml", sitemaps.news, name="news-sitemap"),
    path("robots.txt", notices.robots, name="robots"),
    path("trust.txt", notices.trust, name="trust"),
    path(".well-known/trust.txt", notices.trust),
    path(".well-known/security.txt", notices.security, name="security"),
    path(".well-known/tdmrep.json", notices.tdmrep, name="tdmrep"),
    path("articles/<slug:slug>/ninjs.json", interchange.ninjs, name="ninjs"),
    path("api/v1/", api.urls),
    path("", include("articles.urls")),
    path("", include("authors.urls")),
    path("about/", views.about_us, name="about"),
    path("about/<slug:slug>/", views.about, name="page"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("<edition:language>/", views.edition, name="edition"),
    path("favicon.ico", icons.favicon, name="favicon"),
    path("apple-touch-icon.png", icons.touch_icon, name="touch-icon"),
    path("icon-<icon_size:size>.png", icons.icon, name="icon"),
    path("site.webmanifest", icons.manifest, name="manifest"),
    # Django's "view on site", which tells of hidden stories
    path("admin/r/<path:rest>", views.nothing_here),
    path("admin/", (desk, "admin", admin.site.name)),
]
handler400 = "newsroom.views.bad_request"
handler403 = "newsroom.views.forbidden"
handler404 = "newsroom.views.page_not_found"
handler500 = "newsroom.views.server_error"
