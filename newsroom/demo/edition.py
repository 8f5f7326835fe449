"""The demo edition: useful writing about Newsroom itself, filed as fixtures/demo/edition.toml says."""

import hashlib
import tomllib

from django.conf import settings
from django.db import transaction

from articles import workflow
from articles.models import Article, Correction, Photo, Section, Series, Tag
from articles.pictures.uploads import add_photo
from articles.story import editing, snapshots
from authors.models import User
from newsroom.demo.drawings import draw
from newsroom.interchange.load import Filing, Verdict, load
from newsroom.models import ImportRecord, Page

FOLDER = settings.BASE_DIR / "fixtures" / "demo"


def publish_edition(*, by: User) -> int:
    """Make and publish what is not there yet; returns how many stories that was. `by` needs an editor's rights."""
    plan = tomllib.loads((FOLDER / "edition.toml").read_text("utf-8"))
    for facts in plan["section"]:
        if not Section.objects.filter(name=facts["name"]).exists():
            Section.objects.create(**facts)
    for facts in plan["series"]:
        if not Series.objects.filter(name=facts["name"]).exists():
            Series.objects.create(**facts)
    for facts in plan["page"]:
        publish_page(**facts)
    # Oldest first, so that keys and dates rise together; translations behind what they translate.
    stories = plan["story"][::-1]
    stories.sort(key=lambda entry: "translation_of" in entry)
    return sum(publish_story(entry, by=by) for entry in stories)


def publish_page(*, document: str, name: str, **facts) -> None:
    """A page about the outlet; one that somebody has changed stays as it is."""
    if not Page.objects.filter(name=name).exists():
        Page.objects.create(
            name=name, body=(FOLDER / document).read_text("utf-8"), is_public=True, **facts
        )


def publish_story(entry: dict, *, by: User) -> bool:
    photo = drawing_as_photo(entry) if "drawing" in entry else None
    with transaction.atomic():
        section = Section.objects.get(name=entry["section"])
        raw = (FOLDER / entry["document"]).read_bytes()
        [outcome] = load(f"demo/{entry['document']}", raw, Filing(section=section))
        if outcome.verdict is Verdict.UNCHANGED:
            return False
        article = outcome.article
        assert article  # made, for it is no dry run
        snapshot = snapshots.latest(article) | {
            "summary": entry["dek"],
            "tags": [Tag.objects.named(name).slug for name in entry["tags"]],
            "story_type": entry.get("story_type", Article.Type.NEWS),
            "byline_decision": Article.BylineDecision.STAFF,
            "lead_photo": photo.sha256 if photo else None,
            "language": entry.get("language", snapshots.blank()["language"]),
            "translation_of": uid_of(entry["translation_of"])
            if "translation_of" in entry
            else None,
            "series": slug_of(entry["series"]) if "series" in entry else None,
            "series_part": entry.get("part"),
            "how_reported": entry.get("how_reported", ""),
        }
        editing.save(article, snapshot, version=article.version, by=by, note="Demo edition")
        workflow.publish(article, by=by)
        if "note" in entry:
            workflow.correct(article, by=by, kind=Correction.Kind.NOTE, text=entry["note"])
    return True


def uid_of(document: str) -> str | None:
    """The identity of the story that came from another document of the edition."""
    found = (
        ImportRecord.objects.filter(name=f"demo/{document}")
        .values_list("article__uid", flat=True)
        .first()
    )
    return str(found) if found else None


def slug_of(series: str) -> str:
    return Series.objects.values_list("slug", flat=True).get(name=series)


def drawing_as_photo(entry: dict) -> Photo:
    raw = draw(entry["drawing"])
    known = Photo.objects.filter(sha256=hashlib.sha256(raw).hexdigest()).first()
    return known or add_photo(raw, alt=entry["alt"], credit="Drawing: Newsroom")
