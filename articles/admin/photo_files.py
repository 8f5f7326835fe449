"""What scripts and pages of the desk ask of a photo: its files, whether readers see them or not, and facts of it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from articles import crops
from articles.models import Photo
from articles.pictures.thumbnails import address_at_desk
from articles.pictures.visibility import is_public
from articles.text.body_parts import IS_HASH
from articles.views.photo import rendition_response
from authors.models import User, account_of
from newsroom.foundation.desk import is_key

MOST_FACTS = 100  # photos that an editor asks about at once


def may_look(person: User) -> bool:
    """Whether this person may look into the library."""
    return person.has_perm("articles.view_photo") or person.has_perm("articles.change_photo")


def may_change(person: User, photo: Photo | None) -> bool:
    """Whether this person may change the photo; None: any at all."""
    if person.has_perm("articles.change_photo"):
        return True
    # Whoever adds pictures completes their own; once a photo is ready it may stand on pages that readers see.
    own = photo is None or (
        photo.is_incoming and photo.added_by_id == person.pk and not is_public(photo)
    )
    return own and person.has_perm("articles.add_photo")


def photo_or_404(key: str | int) -> Photo:
    if not is_key(key):
        raise Http404("There is no such photo.")
    return get_object_or_404(Photo.objects.defer("search_text"), pk=key)


def file(request: HttpRequest, pk: int, stamp: str, name: str) -> HttpResponseBase:
    """A rendition for staff."""
    photo = photo_or_404(pk)
    if stamp != photo.stamp or name not in photo.file_names():
        raise Http404("There is no such picture.")
    if not (may_look(account_of(request)) or may_change(account_of(request), photo)):
        raise PermissionDenied
    return rendition_response(request, photo, name)


@require_GET
def facts(request: HttpRequest) -> HttpResponseBase:
    """{"photos": [{"pk", "hash", "words", "credit", "caption", "src", "isReady"}]} of `?pk=` and `?hash=`."""
    if not may_look(account_of(request)):
        raise PermissionDenied
    keys = [each for each in request.GET.getlist("pk")[:MOST_FACTS] if is_key(each)]
    hashes = [each for each in request.GET.getlist("hash")[:MOST_FACTS] if IS_HASH.fullmatch(each)]
    photos = [*Photo.objects.filter(pk__in=keys), *Photo.objects.filter(sha256__in=hashes)]
    return JsonResponse({"photos": [facts_of(photo) for photo in photos]})


def facts_of(photo) -> dict:
    return {
        "pk": photo.pk,
        "hash": photo.sha256,
        "words": str(photo),
        "credit": photo.credit,
        "caption": photo.caption,
        "src": address_at_desk(photo, crops.WHOLE, 640),
        "isReady": photo.is_ready,
    }
