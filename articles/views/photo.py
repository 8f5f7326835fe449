"""Hand out a rendition, while a story or an author that readers can see uses the photo; and drawn social cards."""

from csp.constants import NONE
from csp.decorators import csp
from django.conf import settings
from django.http import FileResponse, Http404
from django.shortcuts import redirect

from articles import curation
from articles.models import Article, Photo
from articles.pictures import social_card as cards
from articles.pictures import visibility
from articles.pictures.incoming import rendition_folder
from authors.models import Author

TYPES = {"avif": "image/avif", "jpg": "image/jpeg"}


def rendition(request, token, stamp, name):
    photo = Photo.objects.filter(token=token).first()
    if photo is None or name not in photo.file_names() or not is_public(photo):
        raise Http404("There is no such picture.")
    if stamp != photo.stamp:  # a page that was kept somewhere names an edition of before
        answer = redirect(f"{photo.folder}{name}")
        answer["Cache-Control"] = f"public, max-age={settings.NEWSROOM_PAGE_AGE}"
        return answer
    if not rendition_folder(photo).exists():
        visibility.bring_back(photo)  # it was taken away with a story, and somebody public has it again
    return rendition_response(photo, name)


def social_card(request, uid, stamp):
    """The drawn card of a live story, under the name of what it says."""
    article = Article.objects.live().filter(uid=uid).select_related("section").first()
    if article is None:
        raise Http404("There is no such picture.")
    if stamp != cards.stamp_of(article):
        answer = redirect("social-card", uid=uid, stamp=cards.stamp_of(article))
        answer["Cache-Control"] = f"public, max-age={settings.NEWSROOM_PAGE_AGE}"
        return answer
    return picture_response(cards.file_of(article))


def outlet_card(request, stamp):
    """The drawn card of the outlet, for pages that show no photo."""
    if stamp != cards.outlet_stamp():
        raise Http404("There is no such picture.")
    return picture_response(cards.outlet_file())


def is_public(photo) -> bool:
    return (
        Article.objects.live().showing(photo).exists()
        or Author.objects.with_live_stories().filter(portrait=photo).exists()
        or curation.shows(photo)
    )


def rendition_response(photo, name):
    return picture_response(rendition_folder(photo) / name)


@csp({"default-src": [NONE], "sandbox": []})
def picture_response(path):
    """A picture that we made ourselves, named so that a browser takes it for nothing else."""
    try:
        file = open(path, "rb")  # noqa: SIM115 - FileResponse closes it
    except OSError:
        raise Http404("There is no such picture.") from None
    response = FileResponse(file, content_type=TYPES[path.suffix[1:]])
    response["Cache-Control"] = f"public, max-age={settings.NEWSROOM_PICTURE_AGE}"
    return response
