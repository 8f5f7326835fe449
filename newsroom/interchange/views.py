"""Stories in the formats of other newsrooms, each at an address below the story's own."""

from django.conf import settings
from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import translation

from articles.models import Article
from articles.reading.public_story import public_stories
from articles.story import addresses
from newsroom.foundation.paths import last_changed, lead_on, path_to
from newsroom.interchange.writers import ninjs as writer
from newsroom.outlet import Outlet


def ninjs(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A live story; 301 from an address it had before, 410 with the notice for one that was withdrawn, else 404."""
    path = addresses.path_for(slug)
    found = Article.objects.live().filter(addresses__path=path).values_list("pk", "slug").first()
    with translation.override(settings.LANGUAGE_CODE):
        if found is None:
            return gone_or_unknown(path)
        key, current = found
        if current != slug:
            return lead_on(request, path_to("ninjs", current))
        story = public_stories([key])[0]
        return last_changed(
            JsonResponse(writer.written(story, Outlet().policies)), story.changed_at
        )


def gone_or_unknown(path: str):
    address = addresses.withdrawn(path)
    if address is None:
        raise Http404("No story stands at this address.")
    return JsonResponse(writer.withdrawn(address), status=410)
