"""Hand out a rendition, while a story or an author that readers can see uses the photo."""

from django.conf import settings
from django.http import FileResponse, Http404

from articles.models import Article, Photo
from articles.pictures import visibility
from articles.pictures.uploads import rendition_folder
from authors.models import Author

TYPES = {"avif": "image/avif", "jpg": "image/jpeg"}


def rendition(request, token, width, kind):
    if kind not in TYPES:
        raise Http404("There is no such picture.")
    photo = Photo.objects.filter(token=token).first()
    if photo is None or width not in photo.widths or not is_public(photo):
        raise Http404("There is no such picture.")
    if not rendition_folder(photo.token).exists():
        visibility.bring_back(photo)  # it was taken away with a story, and somebody public has it again
    return rendition_response(photo, width, kind)


def is_public(photo) -> bool:
    return (
        Article.objects.live().filter(lead_photo=photo).exists()
        or Author.objects.with_live_stories().filter(portrait=photo).exists()
    )


def rendition_response(photo, width, kind):
    try:
        file = open(rendition_folder(photo.token) / f"{width}.{kind}", "rb")  # noqa: SIM115 - FileResponse closes it
    except OSError:
        raise Http404("There is no such picture.") from None
    response = FileResponse(file, content_type=TYPES[kind])
    response["Cache-Control"] = f"public, max-age={settings.NEWSROOM_PICTURE_AGE}"
    return response
