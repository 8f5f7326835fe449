"""Bring pictures into the library: one or many, by a form that needs no script, or file by file with progress."""

from functools import partial

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from articles.admin.photo_files import may_change, photo_or_404
from articles.models import Act, Article, LogLine, Photo
from articles.pictures import uploads
from articles.pictures.renditions import MOST_PIXELS
from articles.pictures.thumbnails import address_at_desk
from articles.story import photo_visibility
from authors.models import User, account_of
from newsroom.foundation.desk import desk_page

MOST_AT_ONCE = 20  # files of one form
TOO_MANY = f"At most {MOST_AT_ONCE} files are taken at once. Send this one again."
# What one request works on: ten pictures of a telephone, or two of the largest and the one that goes over. A picture of
# one colour is a small file and as much work as any of its size.
MOST_PIXELS_AT_ONCE = 120_000_000
TOO_MUCH = "The pictures before it were as much as is worked on at once. Send this one again."
MOST_NAMED = 10  # live stories that the step names


@permission_required("articles.add_photo", raise_exception=True)
def add(request: HttpRequest) -> HttpResponseBase:
    """GET asks for files; POST takes them, and says of each what became of it."""
    results = []
    if request.method == "POST":
        files = request.FILES.getlist("file")
        results = taken_one_by_one(files[:MOST_AT_ONCE], account_of(request))
        results += [outcome(each) | {"trouble": TOO_MANY} for each in files[MOST_AT_ONCE:]]
        if request.headers.get("Accept") == "application/json":
            return as_json(results, request)
        if len(results) == 1 and results[0]["photo"] and not results[0]["trouble"]:
            if notice := results[0]["notice"]:
                messages.warning(request, notice)
            return HttpResponseRedirect(form_of(results[0]["photo"], request))
    return upload_page(request, results)


def upload_page(request, results):
    was_sent = request.method == "POST"
    context = {
        "title": "Add photos",
        "results": results,
        "limits": uploads.LIMITS,
        "most": MOST_AT_ONCE,
        "query": query_of(request),
        "media": scripts(),
        "megapixels": MOST_PIXELS_AT_ONCE // 1_000_000,
        "is_popup": "_popup" in request.GET or "_popup" in request.POST,
        "asks_for_file": was_sent and not results,
    }
    is_in_vain = was_sent and not any(each["photo"] for each in results)
    return desk_page(
        request,
        "admin/articles/photo/upload.html",
        context,
        model=Photo,
        status=422 if is_in_vain else 200,
    )


def scripts():
    """Those of the library's own form."""
    return admin.site.get_model_admin(Photo).media


def form_of(photo, request) -> str:
    return reverse("admin:articles_photo_change", args=[photo.pk]) + query_of(request)


def replace(request: HttpRequest, object_id: str) -> HttpResponseBase:
    """Another file for the same photo: its words, its rights and its places in stories stay."""
    photo = photo_or_404(object_id)
    if not may_change(account_of(request), photo):
        raise PermissionDenied
    trouble = ""
    if request.method == "POST":
        try:
            exchange(photo, request.FILES.get("file"), by=account_of(request))
        except uploads.PictureRefused as refused:
            trouble = str(refused)
        else:
            said = f"The picture is exchanged wherever it stands. {photo.lost}".strip()
            level = messages.WARNING if photo.lost else messages.SUCCESS
            messages.add_message(request, level, said)
            return HttpResponseRedirect(reverse("admin:articles_photo_change", args=[photo.pk]))
    context = {
        "title": "Replace the file",
        "photo": photo,
        "trouble": trouble,
        "limits": uploads.LIMITS,
        "src": address_at_desk(photo, width=640),
        "media": scripts(),
        "asks_for_file": bool(trouble),
        "live": list(Article.objects.live().showing(photo)[:MOST_NAMED]),
    }
    return desk_page(
        request,
        "admin/articles/photo/replace.html",
        context,
        model=Photo,
        status=422 if trouble else 200,
    )


def exchange(photo, file, *, by: User) -> None:
    if file is None:
        raise uploads.PictureRefused("Choose a file.")
    may = partial(may_change, by)
    photo_visibility.sync(uploads.replace_file(photo, uploads.bytes_of(file), may=may))
    log_replacement(photo, by)


def log_replacement(photo, person: User) -> None:
    """A line for each story that shows the photo: its readers see something else from now on."""
    for story in Article.objects.showing(photo).iterator():
        LogLine.objects.record(
            Act.REPLACE_PHOTO,
            article=story,
            by=person,
            from_status=story.status,
            to_status=story.status,
            details={"photo": photo.pk, "file": photo.file_hash},
        )


def query_of(request) -> str:
    """The popup's own parameters, for every address inside it."""
    given = request.POST if "_popup" in request.POST else request.GET
    return "?_popup=1" if "_popup" in given else ""


def outcome(file) -> dict:
    """What became of a file: `photo` is the new one, the one that is here already, or None; `notice`: what is not shown
    of a file that was taken; `pixels`: how much work it was."""
    return {"name": file.name, "photo": None, "trouble": "", "notice": "", "pixels": 0}


def taken_one_by_one(files, person: User) -> list[dict]:
    """Take them into the library, until they were as much work as one request may be."""
    results, pixels = [], 0
    for file in files:
        if pixels >= MOST_PIXELS_AT_ONCE:
            results.append(outcome(file) | {"trouble": TOO_MUCH})
            continue
        results.append(taken(file, person))
        pixels += results[-1]["pixels"]
    return results


def taken(file, person: User) -> dict:
    """Take it into the library."""
    try:
        photo = uploads.add_photo(uploads.bytes_of(file), by=person, file_name=file.name)
    except uploads.AlreadyHere as here:
        return outcome(file) | {"photo": here.photo, "trouble": "You have this one already."}
    except uploads.PictureRefused as refused:
        pixels = MOST_PIXELS if isinstance(refused, uploads.TooCostly) else 0
        return outcome(file) | {"trouble": str(refused), "pixels": pixels}
    return outcome(file) | {
        "photo": photo,
        "notice": photo.lost,
        "pixels": photo.width * photo.height,
    }


def as_json(results, request) -> JsonResponse:
    """One file's outcome: {"name", "trouble", "notice", "pk", "words", "src", "form", "isReady"}; 422 when nothing was
    taken."""
    if not results:
        return JsonResponse({"name": "", "trouble": "No file came with that."}, status=422)
    result = results[0]
    told, photo = {name: result[name] for name in ("name", "trouble", "notice")}, result["photo"]
    if photo:
        told |= {
            "pk": photo.pk,
            "words": str(photo),
            "src": address_at_desk(photo, "3x2"),
            "isReady": photo.is_ready,
            "form": form_of(photo, request),
        }
    return JsonResponse(told, status=200 if photo else 422)
