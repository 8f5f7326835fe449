"""What a document calls by a name, and which of ours that is. Nothing is invented: a name that is none of ours, or may
be several, is said in the receipt."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from articles.models import Photo, Section, Tag
from articles.models.tag import MOST_TAGS
from articles.pictures import uploads
from newsroom.foundation import languages
from newsroom.foundation.text import identity
from newsroom.foundation.text import name as written
from newsroom.interchange.story import Picture, Story

LONGEST_TAG = 100  # characters


def section_of(story: Story, filed: Section | None) -> Section | None:
    """`filed`: the section that whoever imports chose, which goes before the document's."""
    named = list(Section.objects.called(story.section)) if story.section else []
    if filed:
        if story.section and filed not in named:
            story.note("section", story.section, f"not taken: it is filed under {filed.name}")
        return filed
    if len(named) == 1:
        return named[0]
    if named:
        story.note("section", story.section, f"left to the desk: it may be {listed(named)}")
    elif story.section:
        story.note(
            "section",
            story.section,
            f"not taken: there is no such section{alike(Section, story.section)}",
        )
    return None


def tags_of(story: Story, filed: list[str]) -> list[str]:
    """The names of the story's tags, once each: first those that whoever imports chose. None is made here."""
    names = {}
    for name in filed:
        names.setdefault(identity(name), name)
    for said in map(written, story.tags):
        if identity(said) in names:
            continue
        if why := why_no_tag(said, among=len(names)):
            story.note("tag", said, why)
            continue
        names[identity(said)] = said
        if not Tag.objects.called(said).exists():
            story.note("tag", said, f"new{alike(Tag, said)}")
    return list(names.values())


def why_no_tag(name: str, *, among: int) -> str:
    """Why a tag of a document is left, in words of the receipt; "" when it is taken."""
    if not 0 < len(name) <= LONGEST_TAG:
        return f"not taken: a tag has at most {LONGEST_TAG} characters"
    if among >= MOST_TAGS:
        return f"not taken: a story has at most {MOST_TAGS} tags"
    called = list(Tag.objects.called(name))
    return f"left to the desk: it may be {listed(called)}" if len(called) > 1 else ""


def language_of(story: Story) -> str:
    """The code of one of our languages; "" when the document names none, and the outlet's own is meant."""
    code = languages.meant_by(story.language)
    if story.language and not code:
        story.note("language", story.language, "not taken: it is none that we know")
    return code


@dataclass(frozen=True)
class Illustrated:
    """`lead`: the photo above the text, if the library has it ready."""

    lead: Photo | None = None
    caption: str = ""


def photos_of(story: Story) -> Illustrated:
    """Put a document's photos into the library, through the door that the desk uses; the first of them stands above the
    text. Called outside a transaction (articles/pictures/uploads.py)."""
    lead = Illustrated()
    for number, picture in enumerate(story.photos):
        photo = in_the_library(picture, story)
        if photo is None:
            continue
        if not Photo.objects.ready().filter(pk=photo.pk).exists():
            why = f"in the library (photo {photo.pk}), waiting there for its description or credit"
        elif number:
            why = f"in the library (photo {photo.pk}): it is put into the text at the desk"
        else:
            lead = Illustrated(photo, picture.caption if picture.caption != photo.caption else "")
            why = f"photo {photo.pk}, above the text"
        story.note("photo", picture.name, why)
    return lead


def in_the_library(picture: Picture, story: Story) -> Photo | None:
    """The photo of this file, new or known; None, and a line of the receipt, for what is no file or no picture."""
    if not picture.file:
        story.note("photo", picture.name, "not taken: the document does not bring the file itself")
        return None
    try:
        return uploads.add_photo(
            picture.file,
            file_name=picture.name,
            alt=picture.alt,
            caption=picture.caption,
            credit=picture.credit,
        )
    except uploads.AlreadyHere as known:
        return known.photo
    except uploads.PictureRefused as refused:
        story.note("photo", picture.name, f"not taken: {refused}")
    except ValidationError as wrong:
        story.note("photo", picture.name, f"not taken: {' '.join(wrong.messages)}")
    return None


def listed(rows) -> str:
    return "one of " + ", ".join(f"{row.slug} (“{row.name}”)" for row in rows)


def alike(model, name: str) -> str:
    rows = ", ".join(f"“{row.name}”" for row in model.objects.alike(name)[:3])
    return f"; it looks like {rows}: say whether it is the same" if rows else ""
