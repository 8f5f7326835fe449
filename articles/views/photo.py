"""Hand out a rendition, while a story or an author that readers can see uses the photo; and drawn social cards."""

from uuid import UUID

from csp.constants import NONE
from csp.decorators import csp
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

from articles.models import Article, Photo
from articles.pictures import social_card as cards
from articles.pictures.incoming import rendition_folder
from articles.pictures.visibility import one_that_readers_see
from articles.story import photo_visibility
from newsroom.foundation.paths import lead_on

TYPES = {"avif": "image/avif", "jpg": "image/jpeg"}


def rendition(request: HttpRequest, token: UUID, stamp: str, name: str) -> HttpResponseBase:
    photo = one_that_readers_see(Photo.objects.filter(token=token))
    if photo is None or name not in photo.file_names():
        raise Http404("There is no such picture.")
    if stamp != photo.stamp:  # a page that was kept somewhere names an edition of before
        answer = lead_on(request, f"{photo.folder}{name}", permanent=False)
        answer["Cache-Control"] = f"public, max-age={settings.NEWSROOM_PAGE_AGE}"
        return answer
    if not rendition_folder(photo).exists():
        # it was taken away with a story, and somebody public has it again
        photo_visibility.bring_back(photo)
    return rendition_response(request, photo, name)


def social_card(request: HttpRequest, uid: UUID, stamp: str) -> HttpResponseBase:
    """The drawn card of a live story, under the name of what it says."""
    article = Article.objects.live().filter(uid=uid).select_related("section").first()
    if article is None:
        raise Http404("There is no such picture.")
    if stamp != cards.stamp_of(article):
        answer = lead_on(
            request, reverse("social-card", args=[uid, cards.stamp_of(article)]), permanent=False
        )
        answer["Cache-Control"] = f"public, max-age={settings.NEWSROOM_PAGE_AGE}"
        return answer
    return picture_response(request, cards.file_of(article))


def outlet_card(request: HttpRequest, stamp: str) -> HttpResponseBase:
    """The drawn card of the outlet, for pages that show no photo."""
    if stamp != cards.outlet_stamp():
        raise Http404("There is no such picture.")
    return picture_response(request, cards.outlet_file())


def rendition_response(request: HttpRequest, photo: Photo, name: str) -> HttpResponseBase:
    return picture_response(request, rendition_folder(photo) / name)


def picture_response(request, path):
    """A picture that we made ourselves, named so that a browser takes it for nothing else."""
    alone = csp({"default-src": [NONE], "sandbox": []})
    return alone(lambda request: picture(request, path))(request)


def picture(request, path):
    try:
        file = open(path, "rb")  # noqa: SIM115 - FileResponse closes it
    except OSError:
        raise Http404("There is no such picture.") from None
    response = FileResponse(file, content_type=TYPES[path.suffix[1:]])
    response["Cache-Control"] = f"public, max-age={settings.NEWSROOM_PICTURE_AGE}"
    # Its address changes with its content, so what lies at one address is always the same picture.
    changed, etag = int(path.stat().st_mtime), quote_etag(f"{path.parent.name}-{path.name}")
    response["Last-Modified"], response["ETag"] = http_date(changed), etag
    return get_conditional_response(
        request,
        etag=etag,
        last_modified=changed,
        response=response,  # pyright: ignore[reportArgumentType] - one that streams, which the stub forgets
    )
