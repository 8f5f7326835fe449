"""How much a request may carry: judged by what it says of itself, before a byte of it is read."""

from django.conf import settings

from articles.admin.photo_upload import MOST_AT_ONCE
from articles.pictures import uploads
from newsroom.middleware import is_desk
from newsroom.views import of_unknown_length, too_much

A_FEW_FIELDS = 64 * 1024  # bytes: a login, a press of a button
A_FORM = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + A_FEW_FIELDS
LONGEST_NUMBER = 18  # digits
TAKES_FILES = {  # {name of the address: bytes}
    "articles_photo_add": MOST_AT_ONCE * uploads.LARGEST + A_FORM,
    "articles_photo_replace": uploads.LARGEST + A_FORM,
}
MOST_FILES = {
    "articles_photo_add": f"{MOST_AT_ONCE} of them at once",
    "articles_photo_replace": "one at a time",
}
# A story that comes after its login has ended is kept for who wrote it.
KEEPS_WORDS = "articles_article_"


class RequestSizeMiddleware:
    """What nobody has logged in for is as short as a login, except a story that comes after its login has ended."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if "HTTP_TRANSFER_ENCODING" in request.META:  # Django would take the form for an empty one
            return of_unknown_length(request)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if (
            length.isdecimal()
            and len(length) <= LONGEST_NUMBER
            and int(length) <= self.most(request)
        ):
            return None
        return too_much(request, self.about_pictures(request, length))

    @staticmethod
    def about_pictures(request, length: str) -> str:
        """What to do instead at an address that takes pictures; "" at others."""
        most = MOST_FILES.get(request.resolver_match.url_name or "")
        if not most or not request.user.is_authenticated:
            return ""
        is_number = length.isdecimal() and len(length) <= LONGEST_NUMBER
        came = f"{int(length) / 1_048_576:,.0f} MB came" if is_number else "Too much came"
        return (
            f"{came}. A picture may be a file of at most {uploads.LARGEST // 1_048_576} MB, {most}. Export it as JPEG "
            "with a stronger compression, or with fewer pixels. Nothing was taken."
        )

    @staticmethod
    def most(request) -> int:
        """Bytes."""
        name = request.resolver_match.url_name or ""
        if is_desk(request) and request.user.is_authenticated:
            return TAKES_FILES.get(name, A_FORM)
        return A_FORM if is_desk(request) and name.startswith(KEEPS_WORDS) else A_FEW_FIELDS
