"""What somebody typed and has not saved: kept every few seconds, parked when a login has ended, given back on request.

It never touches the story or its `version`; readers never meet it. One row a form: no form overwrites another.
"""

import json
import uuid

from django.core import signing
from django.db import transaction
from django.utils import timezone

from articles import body, editing, snapshots
from articles.models import Article, Event, Photo, Section, Series, Tag, UnsavedWork
from articles.names import now_called
from authors.desk import is_key, whole_number
from authors.models import Author, User
from authors.text import normalise

LONGEST = 4_000_000  # characters of one form as JSON
MOST = 5  # forms of one person and story that are offered back
MOST_ROWS = 200  # of a byline
TOKEN_AGE = 30 * 24 * 3600  # seconds
SALT = "newsroom.writer"
NOT_TYPED = {"csrfmiddlewaretoken", "writer"}  # and the buttons, whose names begin with "_"
TEXTS = ("headline", "summary", "body", "place", "outlet", "lead_caption", "search_title", "search_description",
         "source_note", "how_reported")  # fmt: skip


class TooLong(Exception):
    """The form is longer than what is kept."""


def writer_token(person, *, article: Article | None = None, key=None) -> str:
    """Says, signed, who opened this form: with it a form that comes back after the login has ended finds its owner."""
    return signing.dumps([person.pk, article.pk if article else None, str(key or "")], salt=SALT, compress=False)


def fields_of(post) -> dict[str, list[str]]:
    """A form as it was sent, without what nobody typed and what no database stores."""
    return {
        normalise(name): [normalise(value) for value in post.getlist(name)]
        for name in post
        if name not in NOT_TYPED and not name.startswith("_")
    }


def key_in(fields: dict, *, otherwise=None) -> uuid.UUID | None:
    """The form's own key."""
    try:
        return uuid.UUID((fields.get("key") or [""])[0])
    except ValueError:
        return otherwise


def keep(person_id: int, fields: dict, *, article_id=None, key: uuid.UUID, parked: bool = False) -> UnsavedWork:
    """Overwrite what was kept of this form; the work of other forms stays. Raises `TooLong`."""
    if len(json.dumps(fields, ensure_ascii=False)) > LONGEST:
        raise TooLong
    facts = {
        "fields": fields, "kept_at": timezone.now(), "was_parked": parked, "article_id": article_id,
        "base_version": whole_number((fields.get("base_version") or [""])[0]),
    }  # fmt: skip
    with transaction.atomic():
        work, is_new = UnsavedWork.objects.update_or_create(key=key, person_id=person_id, defaults=facts)
        if is_new:
            tidy(person_id, article_id)
    return work


def tidy(person_id: int, article_id: int | None) -> None:
    """Of more forms than are offered, the oldest: its words go to the story's history, beside the line."""
    rows = UnsavedWork.objects.filter(person_id=person_id, article_id=article_id).order_by("-kept_at")
    for work in rows.select_related("person")[MOST:]:
        if work.article_id:
            story = Article.objects.select_for_update().get(pk=work.article_id)
            words = as_snapshot(work, snapshots.latest(story))
            editing.set_aside(story, words, version=work.base_version, by=work.person, kind="kept")
        else:
            make_draft(work.person, work.key, work.fields)
        work.delete()


def park(post) -> UnsavedWork | None:
    """Keep a form that came without a login, for the person whose signed token it carries; None without one."""
    try:
        person_id, article_id, key = signing.loads(post.get("writer", ""), salt=SALT, max_age=TOKEN_AGE)
        key = key_in({"key": [key]}) or key_in(fields_of(post), otherwise=fallback_key(article_id))
        if article_id and not Article.objects.filter(pk=article_id).exists():
            return None
        if key is None or not User.objects.filter(pk=person_id, is_active=True).exists():
            return None
        return keep(person_id, fields_of(post), article_id=article_id, key=key, parked=True)
    except (signing.BadSignature, TooLong, ValueError, TypeError):
        return None


def fallback_key(article_id: int | None) -> uuid.UUID | None:
    """For a form that carries no key of its own."""
    return uuid.UUID(int=article_id) if article_id else None


def of(person, article: Article | None = None) -> list[UnsavedWork]:
    """This person's unsaved work in the story, or in stories that are not there yet, newest first."""
    return list(UnsavedWork.objects.filter(person=person, article=article).order_by("-kept_at")[:MOST])


def one_of(person, number, article: Article | None = None) -> UnsavedWork | None:
    rows = UnsavedWork.objects.filter(person=person, article=article)
    return rows.filter(pk=number).first() if is_key(number) else None


def discard(person, key: uuid.UUID | None) -> None:
    """The words of this form are in a revision now, or nobody wants them."""
    UnsavedWork.objects.filter(person=person, key=key).delete()


def make_draft(person, key: uuid.UUID, fields: dict) -> Article:
    """The draft that the first autosave of a new story makes: once, however often the request is sent again."""
    known = Article.objects.filter(uid=key, created_by=person).first()
    if known:
        return known
    texts = texts_of(fields)
    snapshot = snapshots.blank() | {"headline": " ".join(normalise(texts.get("headline", "")).split())[:250]}
    if len(texts.get("body", "")) <= body.LONGEST:
        snapshot["body"] = texts.get("body", "")
    return editing.create(snapshot, by=person, note="begun by autosave", uid=key)


def texts_of(fields: dict) -> dict[str, str]:
    return {name: fields[name][0] for name in TEXTS if fields.get(name)}


def as_snapshot(work: UnsavedWork, onto: dict) -> dict:
    """The unsaved work laid over a snapshot: texts, names, tags, section and photo. The date stays `onto`'s."""
    fields, snapshot = work.fields, onto | texts_of(work.fields)
    if "bylines-TOTAL_FORMS" in fields:  # a whole form, in which nothing chosen is sent as nothing
        rows = byline_rows_of(work)
        authors = slugs_of(Author, [row["author"] for row in rows])
        tags = slugs_of(Tag, fields.get("tags", []))
        snapshot |= {
            "bylines": [row | {"author": authors.get(row["author"], "")} for row in rows],
            "tags": list(tags.values()),
            "section": next(iter(slugs_of(Section, fields.get("section", [])).values()), None),
            "lead_photo": next(iter(slugs_of(Photo, fields.get("lead_photo", []), "sha256").values()), None),
            "event": next(iter(slugs_of(Event, fields.get("event", [])).values()), None),
            "series": next(iter(slugs_of(Series, fields.get("series", [])).values()), None),
            "series_part": whole_number((fields.get("series_part") or [""])[0]) or None,
            "translation_of": next(iter(slugs_of(Article, fields.get("translation_of", []), "uid").values()), None),
            "related": list(slugs_of(Article, fields.get("related", []), "uid").values()),
        }
    return snapshots.ordered(snapshot)


def slugs_of(model, keys: list[str], name="slug") -> dict[str, str]:
    """{key as the form sends it: natural key} for rows that are here."""
    wanted = {key: now_called(model, [key])[0] for key in keys if is_key(key)}
    found = {str(key): str(slug) for key, slug in model.objects.filter(pk__in=wanted.values()).values_list("pk", name)}
    return {key: found[now] for key, now in wanted.items() if now in found}


def initial_of(work: UnsavedWork) -> dict:
    """What the form's fields show when the work is restored."""
    fields = work.fields
    initial = {name: values[0] for name, values in fields.items() if values and not name.startswith("bylines-")}
    initial |= {name: now_called(model, fields.get(name, [])) for name, model in (("tags", Tag), ("related", Article))}
    initial["body"] = body.clean(initial.get("body", ""))
    initial["base_version"] = work.base_version
    return initial


def byline_rows_of(work: UnsavedWork) -> list[dict]:
    """What the byline's rows show when the work is restored."""
    count = min(whole_number((work.fields.get("bylines-TOTAL_FORMS") or [""])[0]), MOST_ROWS)
    names = ("author", "name", "role", "shown")
    rows = [
        {name: (work.fields.get(f"bylines-{number}-{name}") or [""])[0] for name in names}
        for number in range(count)
        if not work.fields.get(f"bylines-{number}-DELETE")
    ]
    for row in rows:
        row["author"] = now_called(Author, [row["author"]])[0]
    return [row for row in rows if row["author"] or row["name"] or row["shown"]]
