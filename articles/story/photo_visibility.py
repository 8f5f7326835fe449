"""Whether a photo's renditions lie on the disk: gone when the last story that may show them is withdrawn, made
again when one is published; gone with their original when the photo's row goes."""

import logging
import shutil

from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from articles.models import Article, Photo, Revision
from articles.pictures import social_card
from articles.pictures.incoming import files_of, rendition_folder
from articles.pictures.uploads import PictureRefused, make_renditions
from articles.story import snapshots
from articles.text import body_parts
from authors.models import Author

logger = logging.getLogger(__name__)


def shown_by(story: Article) -> set[str]:
    """The hashes of the photos that the story's row shows."""
    lead = {story.lead_photo.sha256} if story.lead_photo else set()
    return lead | set(body_parts.photos_in(story.body))


def sync_after_commit(story: Article, hashes: set[str]) -> None:
    """Settle these photos, and at a withdrawal every photo that any version of the story ever had."""
    if story.status == Article.Status.WITHDRAWN:
        transaction.on_commit(lambda: social_card.forget(story))
        for snapshot in story.revisions.values_list("snapshot", flat=True):
            hashes = hashes | set(snapshots.photos_of(snapshot))
    sync_hashes(hashes)


def sync_hashes(hashes: set[str]) -> None:
    if hashes:
        transaction.on_commit(
            lambda: [sync(photo) for photo in Photo.objects.filter(sha256__in=hashes)]
        )


def sync(photo: Photo) -> None:
    """The renditions lie on the disk, unless only withdrawn stories have the photo: then none do."""
    if is_taken_away(photo):
        shutil.rmtree(rendition_folder(photo).parent, ignore_errors=True)
    else:
        bring_back(photo)


def is_taken_away(photo: Photo) -> bool:
    """Whether a withdrawn story ever had the photo, and nobody else has it now."""
    said = Revision.objects.filter(article__status=Article.Status.WITHDRAWN)
    was_in_one = said.annotate(words=Cast("snapshot", TextField())).filter(
        words__contains=photo.sha256
    )
    # few stories are withdrawn: the cheaper query first
    return was_in_one.exists() and not is_wanted(photo)


def is_wanted(photo: Photo) -> bool:
    """Whether a story that is not withdrawn, its working copy, or an author has the photo."""
    return (
        Article.objects.showing(photo).exclude(status=Article.Status.WITHDRAWN).exists()
        or Author.objects.filter(portrait=photo).exists()
        or any(
            story.status != Article.Status.WITHDRAWN
            for story in snapshots.working_copies_showing(photo.sha256)
        )
    )


def is_complete(photo: Photo) -> bool:
    """Whether every rendition that the row promises lies on the disk, of the present recipe."""
    folder = rendition_folder(photo)
    return photo.stamp == photo.stamp_due and all(
        (folder / name).is_file() for name in photo.file_names()
    )


def bring_back(photo: Photo) -> None:
    """Make renditions that are missing. When they cannot be made the log says so, and readers get no picture."""
    if photo.stamp and not rendition_folder(photo).exists():
        try:
            make_renditions(photo)
        except (PictureRefused, OSError) as error:
            logger.warning("The pictures of photo %s could not be made: %s", photo.pk, error)


def forget_files(sender: object, instance: Photo, **kwargs) -> None:
    """Receiver of post_delete: the files go when the row is gone for good."""
    transaction.on_commit(files_of(instance).remove)
