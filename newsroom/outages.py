"""What is said when a part is gone: the database, the disk. Calm words, a time to try again, and nobody's text lost."""

import re

from django.apps import apps
from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import translation
from django.utils.text import capfirst

from articles.models import Article
from articles.story import fields as story_fields
from newsroom.foundation.languages import direction
from newsroom.lost_parts import DISK_IS_FULL

AGAIN_IN = 30  # seconds
FORM = re.compile(r"/admin/(?P<app>\w+)/(?P<model>\w+)/(?:add|\d+/change)/\Z")
SIGNED = re.compile(r"bylines-\d+-(name|shown)")
SECRET = "password"  # noqa: S105 - what the name of a field has that is not sent back


def unavailable(request: HttpRequest, trouble: str, *, is_desk: bool) -> HttpResponse:
    """503, or 507 when the disk is full, without a query to the database. A form comes back whole, to be sent again;
    autosave, which keeps the words in the browser on any such answer, gets the reason as JSON."""
    status = 507 if trouble is DISK_IS_FULL else 503
    if request.path.endswith("/autosave/"):
        answer = JsonResponse(
            {"error": f"{trouble} Your words are kept in this browser."}, status=status
        )
    elif request.path.startswith("/api/"):
        answer = JsonResponse(
            {"error": "The newsroom is not available at the moment. Try again soon."}, status=status
        )
    else:
        said = {"trouble": trouble}
        fields = sent_with(request) if is_desk and request.method == "POST" else []
        said |= {
            "is_desk": is_desk,
            "fields": fields,
            "address": request.get_full_path(),
            "script": keeps_words(),
        }
        answer = HttpResponse(in_words("503.html", said, is_desk=is_desk), status=status)
    answer["Retry-After"], answer["Cache-Control"] = str(AGAIN_IN), "no-store"
    return answer


def in_words(template: str, said: dict, *, is_desk: bool) -> str:
    """A page that asks nobody: for readers in the outlet's own language, at the desk in English, as all of it."""
    code = "en" if is_desk else settings.LANGUAGE_CODE
    said = said | {
        "language": {"code": code, "direction": direction(code)},
        "contact": settings.NEWSROOM_CONTACT,
    }
    with translation.override(code):
        return render_to_string(template, said)


def keeps_words() -> str:
    """The address of the script that keeps a form's words in the browser; "" when the static files are gone too."""
    try:
        return static("newsroom/desk/not_saved.js")
    except ValueError:
        return ""


def sent_with(request) -> list[tuple[str, str, str]]:
    """(name, label, value) of the form that could not be saved, without passwords and files. What somebody wrote has a
    label, and is shown to be copied; what was chosen has none."""
    try:
        sent = request.POST.lists()
    except Exception:
        # whatever keeps a half-sent form from being read has been answered for already
        return []
    fields = written_fields(request.path)
    return [
        (name, label_of(name, fields), value)
        for name, values in sent
        for value in values
        if SECRET not in name.lower()
    ]


def written_fields(address: str) -> dict[str, str]:
    """{name of a field in which somebody writes: its label} of the desk's form at this address."""
    form = FORM.search(address)
    model = apps.all_models.get(form["app"], {}).get(form["model"]) if form else None
    return labels_of(model) if model else {}


def labels_of(model: type[models.Model]) -> dict[str, str]:
    names = (
        story_fields.written()
        if model is Article
        else [field.name for field in model._meta.fields if is_written(field)]
    )
    called = {name: str(model._meta.get_field(name).verbose_name) for name in names}
    return {name: capfirst(words) or "" for name, words in called.items()}


def is_written(field) -> bool:
    return (
        isinstance(field, models.CharField | models.TextField)
        and field.editable
        and not field.choices
    )


def label_of(name: str, fields: dict[str, str]) -> str:
    """What the form calls a field in which somebody writes; "" for any other."""
    signed = SIGNED.fullmatch(name)
    return signed[1].capitalize() if signed else fields.get(name, "")
