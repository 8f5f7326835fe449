"""Whether a photo's renditions lie on the disk: gone when the last story that may show them is withdrawn, made
again when one is published; gone with their original when the photo's row goes."""

import shutil

from django.db import transaction
from django.db.models import Q

from articles import body_parts, crops, snapshots
from articles.models import Article, Photo
from articles.pictures import social_card
from articles.pictures.incoming import Placed, rendition_folder
from articles.pictures.uploads import make_renditions, original_of
from authors.models import Author


def shown_by(story: Article) -> set[str]:
    """The hashes of the photos that the story's row shows."""
    lead = {story.lead_photo.sha256} if story.lead_photo else set()
    return lead | set(body_parts.photos_in(story.body))


def settle_after_commit(story: Article, hashes: set[str]) -> None:
    """Settle these photos, and at a withdrawal every photo that any version of the story ever had."""
    if story.status == Article.Status.WITHDRAWN:
        transaction.on_commit(lambda: social_card.forget(story))
        for snapshot in story.revisions.values_list("snapshot", flat=True):
            hashes = hashes | set(snapshots.photos_of(snapshot))
    end = {Article.Status.WITHDRAWN: take_away, Article.Status.PUBLISHED: bring_back}.get(story.status)
    if hashes and end:
        transaction.on_commit(lambda: [end(photo) for photo in Photo.objects.filter(sha256__in=hashes)])


def take_away(photo: Photo) -> None:
    """Delete the renditions, unless another story that is not withdrawn, or an author, has this photo."""
    if not is_wanted(photo):
        shutil.rmtree(rendition_folder(photo).parent, ignore_errors=True)


def is_wanted(photo: Photo) -> bool:
    """Whether a story that is not withdrawn, its working copy, or an author has the photo."""
    return (
        stories_with(photo).exclude(status=Article.Status.WITHDRAWN).exists()
        or Author.objects.filter(portrait=photo).exists()
        or any(story.status != Article.Status.WITHDRAWN for story in snapshots.working_copies_showing(photo.sha256))
    )


def stories_with(photo: Photo):
    """Stories whose row shows the photo, above the text or in it."""
    return Article.objects.filter(Q(lead_photo=photo) | Q(photo_uses__photo=photo)).distinct()


def was_taken_away(photo: Photo) -> bool:
    """Whether the photo's pictures are missing because only withdrawn stories have it."""
    return not rendition_folder(photo).exists() and stories_with(photo).exists() and not is_wanted(photo)


def clear(photo: Photo) -> None:
    """Remove the edition that the row asks for, so that it can be made anew."""
    Placed("", photo.token, crops.stamp(photo.file_hash, photo.focal)).remove()


def is_complete(photo: Photo) -> bool:
    """Whether every rendition that the row promises lies on the disk, of the present recipe."""
    folder = rendition_folder(photo)
    return photo.stamp == crops.stamp(photo.file_hash, photo.focal) and all(
        (folder / name).is_file() for name in photo.file_names()
    )


def bring_back(photo: Photo) -> None:
    if photo.stamp and not rendition_folder(photo).exists() and original_of(photo).is_file():
        make_renditions(photo)


def forget_files(sender, instance: Photo, **kwargs) -> None:
    """Receiver of post_delete: the files go when the row is gone for good."""
    files = Placed(instance.original, instance.token, instance.stamp)
    transaction.on_commit(files.remove)
