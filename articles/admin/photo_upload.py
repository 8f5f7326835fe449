"""Bring pictures into the library: one or many, by a form that needs no script, or file by file with progress."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from articles.models import Act, Article, LogLine
from articles.pictures import uploads
from articles.pictures.renditions import MOST_PIXELS
from articles.pictures.thumbnails import address_at_desk
from articles.story import photo_visibility

MOST_AT_ONCE = 20  # files of one form
TOO_MANY = f"At most {MOST_AT_ONCE} files are taken at once. Send this one again."
# What one request works on: ten pictures of a telephone, or two of the largest and the one that goes over. A picture of
# one colour is a small file and as much work as any of its size.
MOST_PIXELS_AT_ONCE = 120_000_000
TOO_MUCH = "The pictures before it were as much as is worked on at once. Send this one again."
MOST_NAMED = 10  # live stories that the step names


class PhotoUpload:
    """Part of the photo admin."""

    add_form_template = "admin/articles/photo/upload.html"

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        results = []
        if request.method == "POST":
            files = request.FILES.getlist("file")
            results = taken_one_by_one(files[:MOST_AT_ONCE], request.user)
            results += [outcome(file) | {"trouble": TOO_MANY} for file in files[MOST_AT_ONCE:]]
            if request.headers.get("Accept") == "application/json":
                return as_json(results, request)
            if len(results) == 1 and results[0]["photo"] and not results[0]["trouble"]:
                if notice := results[0]["notice"]:
                    self.message_user(request, notice, messages.WARNING)
                return HttpResponseRedirect(self.form_of(results[0]["photo"], request))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Add photos",
            "results": results,
            "limits": uploads.LIMITS,
            "most": MOST_AT_ONCE,
            "query": query_of(request),
            "media": self.media,
            "megapixels": MOST_PIXELS_AT_ONCE // 1_000_000,
            "is_popup": "_popup" in request.GET or "_popup" in request.POST,
            "asks_for_file": request.method == "POST" and not results,
        }
        status = (
            422 if request.method == "POST" and not any(each["photo"] for each in results) else 200
        )
        return TemplateResponse(request, self.add_form_template, context, status=status)

    @staticmethod
    def form_of(photo, request) -> str:
        return reverse("admin:articles_photo_change", args=[photo.pk]) + query_of(request)

    def replace_view(self, request, object_id):
        """Another file for the same photo: its words, its rights and its places in stories stay."""
        photo = self.get_object(request, object_id)
        if photo is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_change_permission(request, photo):
            raise PermissionDenied
        trouble = ""
        if request.method == "POST":
            file = request.FILES.get("file")
            try:
                if file is None:
                    raise uploads.PictureRefused("Choose a file.")
                may = partial(self.has_change_permission, request)
                photo_visibility.settle(
                    uploads.replace_file(photo, uploads.bytes_of(file), may=may)
                )
            except uploads.PictureRefused as refused:
                trouble = str(refused)
            else:
                log_replacement(photo, request.user)
                said = f"The picture is exchanged wherever it stands. {photo.lost}".strip()
                self.message_user(
                    request, said, messages.WARNING if photo.lost else messages.SUCCESS
                )
                return HttpResponseRedirect(reverse("admin:articles_photo_change", args=[photo.pk]))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Replace the file",
            "photo": photo,
            "trouble": trouble,
            "limits": uploads.LIMITS,
            "src": address_at_desk(photo, width=640),
            "media": self.media,
            "asks_for_file": bool(trouble),
            "live": list(Article.objects.live().showing(photo)[:MOST_NAMED]),
        }
        name = "admin/articles/photo/replace.html"
        return TemplateResponse(request, name, context, status=422 if trouble else 200)


def log_replacement(photo, person) -> None:
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


def taken_one_by_one(files, person) -> list[dict]:
    """Take them into the library, until they were as much work as one request may be."""
    results, pixels = [], 0
    for file in files:
        if pixels >= MOST_PIXELS_AT_ONCE:
            results.append(outcome(file) | {"trouble": TOO_MUCH})
            continue
        results.append(taken(file, person))
        pixels += results[-1]["pixels"]
    return results


def taken(file, person) -> dict:
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
            "form": PhotoUpload.form_of(photo, request),
        }
    return JsonResponse(told, status=200 if photo else 422)
