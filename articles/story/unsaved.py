"""What somebody typed and has not saved: kept every few seconds, parked when a login has ended, given back on request.

It never touches the story or its `version`; readers never meet it. One row a form: no form overwrites another.
What is in a revision already, by what its columns hold, is never kept, never offered and never filed; of two requests
of one page the later sent counts, whatever order they come in.
"""

import json
import re
import uuid
from datetime import date, datetime, time, timedelta

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from articles.models import Article, Revision, Tag, UnsavedWork
from articles.story import editing, snapshot_references, snapshots
from articles.story import fields as story_fields
from articles.story.fields import Kind, Snapshot
from articles.story.snapshot_references import now_called
from articles.text import body, units
from authors.models import Author, User
from newsroom.foundation import languages, lengths
from newsroom.foundation.desk import is_key, whole_number
from newsroom.foundation.local_time import wall_time
from newsroom.foundation.text import line, normalise

LONGEST = 4_000_000  # characters of one form as JSON
MOST = 5  # forms of one person and story that are offered back
MOST_ROWS = 200  # of a byline
# seconds: a form that was left open over a weekend; every autosave brings a fresh one
TOKEN_AGE = 3 * 24 * 3600
SALT = "newsroom.writer"
# For so long a form is remembered whose words are saved: no autosave is under way longer.
SETTLED_DAYS = 30
# the page that sent a form, and its how manieth sending it was
TURN = re.compile(r"([0-9a-zA-Z-]{8,40}):(\d{1,9})")
NOT_TYPED = {"csrfmiddlewaretoken", "writer", "turn"}  # and the buttons, whose names begin with "_"


class TooLong(Exception):
    """The form is longer than what is kept."""


def writer_token(
    person: User, *, article: Article | None = None, key: uuid.UUID | None = None
) -> str:
    """Says, signed, who opened this form: with it a form that comes back after the login has ended finds its owner. It
    ends when that person logs out or gets another password, and after `TOKEN_AGE`."""
    facts = [
        person.pk,
        article.pk if article else None,
        str(key or ""),
        timezone.now().timestamp(),
        mark_of(person),
    ]
    return signing.dumps(facts, salt=SALT, compress=False)


def mark_of(person: User) -> str:
    """Changes with the person's password, and says nothing of it."""
    return person.get_session_auth_hash()[:16]


def is_ours(post: QueryDict) -> bool:
    """Whether the form carries a token that we signed, even one that has ended."""
    try:
        signing.loads(post.get("writer", ""), salt=SALT)
    except signing.BadSignature:
        return False
    return True


def holds(person: User, opened_at: float, mark: str) -> bool:
    """Whether the login that the form was opened in may have lapsed, but was not ended on purpose."""
    marks = (
        each[:16]
        for each in (person.get_session_auth_hash(), *person.get_session_auth_fallback_hash())
    )
    has_left = person.logged_out_at is not None and person.logged_out_at.timestamp() >= opened_at
    return not has_left and any(constant_time_compare(mark, each) for each in marks)


def fields_of(post: QueryDict) -> dict[str, list[str]]:
    """A form as it was sent, without what nobody typed and what no database stores."""
    return {
        normalise(name): [normalise(value) for value in post.getlist(name)]
        for name in post
        if name not in NOT_TYPED and not name.startswith("_")
    }


def key_in(fields: dict) -> uuid.UUID | None:
    """The form's own key; None when it carries none."""
    try:
        return uuid.UUID((fields.get("key") or [""])[0])
    except ValueError:
        return None


def keep(
    person_id: int,
    fields: dict,
    *,
    article_id: int | None = None,
    key: uuid.UUID,
    parked: bool = False,
    turn: str = "",
) -> UnsavedWork | None:
    """Overwrite what was kept of this form; the work of other forms stays. Raises `TooLong`.

    None when there is nothing to keep: a revision says the same, or the form was kept or saved after it sent this
    (`turn`).
    """
    if len(json.dumps(fields, ensure_ascii=False)) > LONGEST:
        raise TooLong
    facts = {
        "fields": fields,
        "kept_at": timezone.now(),
        "was_parked": parked,
        "article_id": article_id,
        "base_version": whole_number((fields.get("base_version") or [""])[0]),
        "is_settled": False,
        "turn": turn if TURN.fullmatch(turn) else "",
    }
    article = Article.objects.filter(pk=article_id).first() if article_id else None
    is_saved = article is not None and is_in_a_revision(fields, article, person_id)
    with transaction.atomic():
        # The row is what a save and the autosaves of one form meet at: the later one waits for the other.
        rows = UnsavedWork.objects.select_for_update()
        if is_saved:
            work = rows.filter(key=key, person_id=person_id).first()
            if work is None or not was_sent_before(turn, work.turn):
                remember(person_id, key, article_id, turn)
            return None
        work, is_new = rows.get_or_create(key=key, person_id=person_id, defaults=facts)
        if not is_new:
            if was_sent_before(turn, work.turn):
                if work.is_settled:
                    return None
                if turn != work.turn:
                    return work  # what the page sent later is kept already
                # The same sending once more: first it came without a login, or without the token of a new one.
            # the moment after any wait
            for name, value in (facts | {"kept_at": timezone.now()}).items():
                setattr(work, name, value)
            work.save()
    if is_new:
        tidy(person_id, article_id)
    return work


def remember(person_id: int, key: uuid.UUID, article_id: int | None, turn: str) -> None:
    """The words of this form are in a revision: what is kept of it is the sending that brought them, so that an earlier
    one is known for what it is. Without a `turn` the form has no script, which means no autosave under way."""
    rows = UnsavedWork.objects.filter(person=person_id)
    if not TURN.fullmatch(turn):
        rows.filter(key=key).delete()
        return
    facts = {
        "article_id": article_id,
        "fields": {},
        "kept_at": timezone.now(),
        "is_settled": True,
        "turn": turn,
        "was_parked": False,
    }
    rows.select_for_update().update_or_create(key=key, person_id=person_id, defaults=facts)


def was_sent_before(turn: str, here: str) -> bool:
    """Whether a page sent `turn` before it sent what is `here`, or with it. Of two pages nobody knows."""
    one, other = TURN.fullmatch(turn), TURN.fullmatch(here)
    if not one or not other:
        return False
    return one[1] == other[1] and int(one[2]) <= int(other[2])


def tidy(person_id: int, article_id: int | None) -> None:
    """Of more forms than are offered, the oldest: its words go to the story's history, beside the line."""
    rows = (
        UnsavedWork.objects.waiting()
        .filter(person_id=person_id, article_id=article_id)
        .order_by("-kept_at", "-pk")
    )
    for work in rows.select_related("person", "article")[MOST:]:
        # Read and compared before the lock: texts may be long, and there are several.
        story = work.article or make_draft(work.person, work.key, work.fields)
        made = snapshots.latest(story)
        words, version = (
            as_snapshot(work, made),
            work.base_version if work.article_id else story.version,
        )
        # A draft that was just made began with headline and text; everything else stands beside it.
        is_in = (
            is_in_a_revision(work.fields, story, person_id) if work.article_id else words == made
        )
        with transaction.atomic():
            if not delete_unchanged(work):
                continue  # somebody types on in that form
            if not is_in:
                story = Article.objects.select_for_update().get(pk=story.pk)
                editing.set_aside(
                    story, words, version=version, by=work.person, kind=Revision.Kind.KEPT
                )


def delete_unchanged(work: UnsavedWork) -> bool:
    """Delete the row, unless it says something else by now; inside a transaction."""
    row = UnsavedWork.objects.select_for_update().filter(pk=work.pk, kept_at=work.kept_at).first()
    if row is not None:
        row.delete()
    return row is not None


def park(post: QueryDict) -> UnsavedWork | None:
    """Keep a form that came without a login, for the person whose signed token it carries; None without one that
    still holds."""
    try:
        token = signing.loads(post.get("writer", ""), salt=SALT, max_age=TOKEN_AGE)
        person_id, article_id, key, opened_at, mark = token
        key = key_in({"key": [key]}) or key_in(fields_of(post))
        if key is None and article_id:
            key = fallback_key(article_id)
        if article_id and not Article.objects.filter(pk=article_id).exists():
            return None
        person = User.objects.filter(pk=person_id, is_active=True).first()
        if key is None or person is None or not holds(person, opened_at, mark):
            return None
        return keep(
            person_id,
            fields_of(post),
            article_id=article_id,
            key=key,
            parked=True,
            turn=post.get("turn", ""),
        )
    except (signing.BadSignature, TooLong, ValueError, TypeError):
        return None


def fallback_key(article_id: int) -> uuid.UUID:
    """For a form of this story that carries no key of its own."""
    return uuid.UUID(int=article_id)


def of(person: User, article: Article | None = None) -> list[UnsavedWork]:
    """This person's unsaved work in the story, or in stories that are not there yet, newest first."""
    rows = (
        UnsavedWork.objects.waiting()
        .filter(person=person, article=article)
        .order_by("-kept_at", "-pk")[:MOST]
    )
    return [
        work
        for work in rows
        if article is None or not is_in_a_revision(work.fields, article, person.pk)
    ]


def one_of(person: User, number: str, article: Article | None = None) -> UnsavedWork | None:
    rows = UnsavedWork.objects.waiting().filter(person=person, article=article)
    return rows.filter(pk=number).first() if is_key(number) else None


def settle(
    person: User,
    key: uuid.UUID | None,
    article: Article,
    *,
    turn: str = "",
    since: datetime | None = None,
) -> None:
    """The words of this form are in a revision now, on the line or beside it; whatever else says the same goes too.

    `turn`: the form's sending that was saved. `since`: when its save began; what was kept later is in no revision and
    stays.
    """
    mine = UnsavedWork.objects.filter(person=person)
    since = since or timezone.now()
    if key:
        with transaction.atomic():
            work = mine.select_for_update().filter(key=key).first()
            is_late = work is not None and was_sent_before(work.turn, turn)
            if work is not None and work.kept_at > since and not work.is_settled and not is_late:
                work.article = article
                work.save(update_fields=["article"])
            else:
                remember(person.pk, key, article.pk, turn)
    for work in mine.waiting().filter(article=article).order_by("-kept_at", "-pk")[:MOST]:
        if is_in_a_revision(work.fields, article, person.pk):
            with transaction.atomic():
                delete_unchanged(work)
    mine.filter(is_settled=True, kept_at__lt=timezone.now() - timedelta(days=SETTLED_DAYS)).delete()


def is_in_a_revision(fields: dict, article: Article, person_id: int) -> bool:
    """Whether a form says what a revision of the story says: the one it began from, the newest, or one of the first
    that its writer made since."""
    began = whole_number((fields.get("base_version") or [""])[0])
    revisions = article.revisions.all()
    mine = revisions.filter(made_by=person_id, version__gte=began).order_by("version", "aside")[:3]
    candidates = {revision.pk: revision for revision in (revisions.newest(), *mine) if revision}
    for revision in revisions.on_the_line().filter(version=began):
        candidates[revision.pk] = revision
    if not candidates:
        return False
    written = body.clean(fields["body"][0]) if fields.get("body") else None
    return any(
        says_the_same(fields, written, revision.snapshot) for revision in candidates.values()
    )


def says_the_same(fields: dict, written: str | None, stored: dict) -> bool:
    """Whether a form's words and choices are those of a stored snapshot: by what they mean, not by their bytes.
    `written`: the form's text, cleaned; None when the form has none."""
    one = {name: values[0] for name, values in fields.items() if values}
    # the text of a revision is clean: once is enough
    snapshot = snapshots.ordered(stored | {"body": ""})
    for name in story_fields.texts():
        if (
            name in one
            and name != "body"
            and one_text(name, one[name]) != one_text(name, snapshot[name])
        ):
            return False
    if "date_known" in one and date_as_typed(one) != date_as_shown(snapshot):
        return False
    if written is not None and not units.reads_the_same(written, stored.get("body") or ""):
        return False
    # The texts are compared; what is chosen goes by the names that snapshots use.
    snapshot = snapshot_references.with_current_names(snapshot)
    choices = {name: values for name, values in fields.items() if name not in story_fields.texts()}
    return chosen_in(as_snapshot(UnsavedWork(fields=choices), snapshot)) == chosen_in(snapshot)


def one_text(name: str, text: str) -> str:
    """A text as its column holds it. The blanks and line ends around it are the form's."""
    return snapshots.as_written(Article, name, text).strip()


def chosen_in(snapshot: Snapshot) -> dict:
    chosen = {name: value for name, value in snapshot.items() if name not in story_fields.texts()}
    part = snapshot["series_part"] if snapshot["series"] else None
    return chosen | {
        "tags": sorted(snapshot["tags"]),
        "related": sorted(snapshot["related"]),
        "series_part": part,
    }


def date_as_typed(one: dict[str, str]) -> tuple[str, str, str]:
    return one["date_known"], one.get("published_day", ""), one.get("published_time", "")[:5]


def date_typed_over(fields: dict, onto: Snapshot) -> dict:
    """The date as the form has it, as far as that is a date; nothing when it says what `onto` says."""
    one = {name: values[0] for name, values in fields.items() if values}
    if "date_known" not in one or date_as_typed(one) == date_as_shown(onto):
        return {}
    known, day, clock = date_as_typed(one)
    if known not in ("minute", "day"):
        return {"published_on": None, "published_at": None, "date_decided": known == "none"}
    try:
        day = date.fromisoformat(day)
        minute = (
            wall_time(day, time.fromisoformat(clock), which="first") if known == "minute" else None
        )
    except (ValueError, ValidationError):
        return {}  # the form will say what is wrong with it when it is sent
    return {
        "published_on": day.isoformat(),
        "published_at": minute and minute.isoformat(),
        "date_decided": True,
    }


def date_as_shown(snapshot: Snapshot) -> tuple[str, str, str]:
    """How the form shows a snapshot's date: how exactly it is known, the day, the time."""
    if snapshot["published_at"]:
        minute = timezone.localtime(datetime.fromisoformat(snapshot["published_at"]))
        return "minute", minute.date().isoformat(), minute.strftime("%H:%M")
    if snapshot["published_on"]:
        return "day", snapshot["published_on"], ""
    return "none" if snapshot["date_decided"] else "", "", ""


def make_draft(person: User, key: uuid.UUID, fields: dict) -> Article:
    """The draft that the first autosave of a new story makes: once, however often the request is sent again."""
    known = Article.objects.filter(uid=key, created_by=person).first()
    if known:
        return known
    texts = texts_of(fields)
    snapshot = snapshots.blank() | {"headline": line(texts.get("headline", ""))[:250]}
    if (
        len(written := texts.get("body", "")) <= lengths.BODY
        and len(body.clean(written)) <= lengths.BODY
    ):
        snapshot["body"] = written
    return editing.create(snapshot, by=person, note="begun by autosave", uid=key)


def texts_of(fields: dict) -> dict[str, str]:
    texts = {name: fields[name][0] for name in story_fields.texts() if fields.get(name)}
    of_a_list = story_fields.of_kind(Kind.CHOICE)  # what is not in it was not chosen
    allowed = {name: snapshots.choices_of(name) for name in of_a_list} | {
        "language": languages.NAMES
    }
    return {
        name: text for name, text in texts.items() if name not in allowed or text in allowed[name]
    }


def as_snapshot(work: UnsavedWork, onto: Snapshot) -> Snapshot:
    """The unsaved work laid over a snapshot: every part of a story that the form has; what was not sent is `onto`'s."""
    fields, snapshot = (
        work.fields,
        onto | texts_of(work.fields) | date_typed_over(work.fields, onto),
    )
    if "bylines-TOTAL_FORMS" in fields:  # a whole form, in which nothing chosen is sent as nothing
        rows = byline_rows_of(work)
        authors = slugs_of(Author, [row["author"] for row in rows])
        tags = slugs_of(Tag, fields.get("tags", []))
        snapshot |= {
            "bylines": [row | {"author": authors.get(row["author"], "")} for row in rows],
            "tags": list(tags.values()),
            "related": list(slugs_of(Article, fields.get("related", []), "uid").values()),
        }
        for field in story_fields.references():
            found = slugs_of(field.model, fields.get(field.name, []), field.key)
            snapshot[field.name] = next(iter(found.values()), None)
        for name in story_fields.of_kind(Kind.NUMBER):
            snapshot[name] = whole_number((fields.get(name) or [""])[0]) or None
    return snapshots.ordered(snapshot)


def slugs_of(model, keys: list[str], name="slug") -> dict[str, str]:
    """{key as the form sends it: natural key} for rows that are here."""
    wanted = {key: now_called(model, [key])[0] for key in keys if is_key(key)}
    found = {
        str(key): str(slug)
        for key, slug in model.objects.filter(pk__in=wanted.values()).values_list("pk", name)
    }
    return {key: found[now] for key, now in wanted.items() if now in found}


def initial_of(work: UnsavedWork) -> dict:
    """What the form's fields show when the work is restored."""
    fields = work.fields
    initial = {
        name: values[0]
        for name, values in fields.items()
        if values and not name.startswith("bylines-")
    }
    initial |= {
        name: now_called(model, fields.get(name, []))
        for name, model in (("tags", Tag), ("related", Article))
    }
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
