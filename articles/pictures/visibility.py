"""Whether a photo's renditions lie on the disk: gone when the last story that may show them is withdrawn, made
again when one is published."""

import shutil

from django.db import transaction

from articles import snapshots
from articles.models import Article, Photo
from articles.pictures.uploads import in_own_process, originals, rendition_folder


def settle_after_commit(story: Article, photo_keys: set) -> None:
    """Settle these photos, and at a withdrawal every photo that any version of the story ever had."""
    keys = photo_keys - {None}
    if story.status == Article.Status.WITHDRAWN:
        hashes = {snapshot.get("lead_photo") for snapshot in story.revisions.values_list("snapshot", flat=True)}
        keys |= set(Photo.objects.filter(sha256__in=hashes - {None}).values_list("pk", flat=True))
    end = {Article.Status.WITHDRAWN: take_away, Article.Status.PUBLISHED: bring_back}.get(story.status)
    if keys and end:
        transaction.on_commit(lambda: [end(photo) for photo in Photo.objects.filter(pk__in=keys)])


def take_away(photo: Photo) -> None:
    """Delete the renditions, unless another story that is not withdrawn, or an author, has this photo."""
    others = snapshots.working_copies_with("lead_photo", photo.sha256)
    if (
        photo.leads.exclude(status=Article.Status.WITHDRAWN).exists()
        or photo.portrait_of.exists()
        or any(story.status != Article.Status.WITHDRAWN for story in others)
    ):
        return
    shutil.rmtree(rendition_folder(photo.token), ignore_errors=True)


def bring_back(photo: Photo) -> None:
    folder, original = rendition_folder(photo.token), originals() / photo.original
    if folder.exists() or not original.is_file():
        return
    work = folder.with_name(f".{photo.token}")
    work.mkdir(parents=True, exist_ok=True)
    in_own_process(original, work)
    work.rename(folder)
