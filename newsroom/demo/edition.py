"""The demo edition: useful writing about Newsroom itself, filed as fixtures/demo/edition.toml says."""

import hashlib
import tomllib

from django.conf import settings
from django.db import transaction

from articles import editing, snapshots, workflow
from articles.models import Article, Photo, Section, Tag
from articles.pictures.uploads import add_photo
from newsroom.demo.drawings import draw
from newsroom.interchange.load import Filing, load

FOLDER = settings.BASE_DIR / "fixtures" / "demo"


def publish_edition(*, by) -> int:
    """Make and publish what is not there yet; returns how many stories that was. `by` needs an editor's rights."""
    plan = tomllib.loads((FOLDER / "edition.toml").read_text("utf-8"))
    for facts in plan["section"]:
        if not Section.objects.filter(name=facts["name"]).exists():
            Section.objects.create(**facts)
    # Oldest first, so that keys and dates rise together.
    return sum(publish_story(entry, by=by) for entry in reversed(plan["story"]))


def publish_story(entry: dict, *, by) -> bool:
    photo = drawing_as_photo(entry) if "drawing" in entry else None
    with transaction.atomic():
        section = Section.objects.get(name=entry["section"])
        raw = (FOLDER / entry["document"]).read_bytes()
        outcome = load(f"demo/{entry['document']}", raw, Filing(section=section))
        if outcome.verdict == "unchanged":
            return False
        article = outcome.article
        snapshot = snapshots.latest(article) | {
            "summary": entry["dek"],
            "tags": [Tag.objects.named(name).slug for name in entry["tags"]],
            "story_type": entry.get("story_type", Article.Type.NEWS),
            "byline_decision": Article.BylineDecision.STAFF,
            "lead_photo": photo.sha256 if photo else None,
        }
        editing.save(article, snapshot, version=article.version, by=by, note="Demo edition")
        workflow.publish(article, by=by)
    return True


def drawing_as_photo(entry: dict) -> Photo:
    raw = draw(entry["drawing"])
    known = Photo.objects.filter(sha256=hashlib.sha256(raw).hexdigest()).first()
    return known or add_photo(raw, alt=entry["alt"], credit="Drawing: Newsroom")
