"""What the frame of every page says about the outlet: its name, its sections, its styles."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from articles.models import Section
from newsroom.staticfiles import PARTS, SITE_CSS


class Outlet:
    """Read by templates as `outlet`. Sections cost one query, asked only when a page prints them."""

    name = settings.NEWSROOM_NAME
    description = settings.NEWSROOM_DESCRIPTION
    contact = settings.NEWSROOM_CONTACT
    language = settings.LANGUAGE_CODE

    def __init__(self):
        self.sections = SimpleLazyObject(lambda: list(Section.objects.in_order().only("name", "slug")))

    @property
    def site(self):
        return settings.NEWSROOM_SITE_URL

    @property
    def stylesheets(self):
        return [SITE_CSS] if settings.NEWSROOM_MANIFEST else PARTS


def frame(request) -> dict:
    """Template context. The canonical address never comes from the Host header."""
    return {"outlet": Outlet(), "canonical": settings.NEWSROOM_SITE_URL + request.path}
