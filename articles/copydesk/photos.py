"""The story's photos: there, described, credited, and allowed."""

from collections.abc import Iterator

from articles.copydesk.problem import BLOCK, HARD, WARN, Copy, Problem
from articles.models import Article, Photo
from articles.story import snapshots

# Pixels; below it a picture is not shown large by search pages and cards of other sites.
NARROW = 1200


def check(copy: Copy) -> Iterator[Problem]:
    hashes = snapshots.photos_of(copy.snapshot)
    photos = (
        {photo.sha256: photo for photo in Photo.objects.filter(sha256__in=hashes)} if hashes else {}
    )
    for sha256 in hashes:
        field = "lead_photo" if sha256 == copy["lead_photo"] else "body"
        if sha256 in photos:
            yield from look_at(photos[sha256], field, copy)
        else:
            yield Problem(
                "photo-gone",
                HARD,
                field,
                "A photo of this story is not in the library.",
                about=sha256,
            )


def look_at(photo, field, copy):
    name = f"“{str(photo)[:80]}”"

    def found(rule, level, message, about="", suggestion=""):
        return Problem(
            f"photo-{rule}", level, field, message, f"{photo.sha256} {about}".strip(), suggestion
        )

    if photo.is_incoming:
        words = f"The photo {name} waits for its description or its credit."
        yield found("incoming", HARD, words, suggestion="Complete it in the library.")
    elif not photo.stamp:
        yield found("being-made", HARD, f"The photo {name} is still being made.")
    if photo.has_lapsed(on=snapshots.local_day(copy.at) if copy.at else None):
        words = f"The rights to the photo {name} end on {photo.rights_until:%-d %B %Y}."
        yield found("lapsed", BLOCK, words, about=photo.rights_until)
    if photo.allowed_use == Photo.Use.ASK:
        yield found(
            "ask",
            BLOCK,
            f"Ask the owner of the photo {name} first.",
            suggestion="Say who agreed, and when.",
        )
    if photo.allowed_use == Photo.Use.ONCE and is_in_another(photo, copy):
        yield found(
            "once", BLOCK, f"The photo {name} may stand in one story only, and stands in another."
        )
    if field == "lead_photo":
        if photo.width < NARROW:
            yield found(
                "narrow",
                WARN,
                f"The photo is {photo.width} pixels wide; cards of other sites want {NARROW}.",
            )
        caption = copy["lead_caption"] or photo.caption
        if caption and caption.strip() == photo.alt.strip():
            yield found(
                "same-words",
                WARN,
                "The caption repeats the photo’s description word for word.",
                about=caption,
            )


def is_in_another(photo, copy) -> bool:
    shown = copy.stories.showing(photo).filter(status=Article.Status.PUBLISHED)
    return shown.exclude(pk=copy.article.pk if copy.article else None).exists()
