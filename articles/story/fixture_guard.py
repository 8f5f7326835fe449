"""What `loaddata` may not undo: a fixture adds stories, and never changes or revives one that is there.

Django loads fixtures past `save()`, but not past these signals. A story that is here keeps its row, so that neither a
withdrawal nor a colleague's words go because somebody loads a fixture again; a withdrawn address stays withdrawn.
"""

from datetime import UTC, datetime

from django.db import models
from django.db.models.signals import post_save, pre_save

from articles.models import (
    Address,
    Agreement,
    ArchivePeriod,
    Arrangement,
    ArrangementVersion,
    Article,
    Breaking,
    Byline,
    CheckPass,
    Correction,
    Event,
    LogLine,
    Photo,
    PhotoUse,
    Revision,
    Series,
    SharedPreview,
    Tag,
    TagLink,
    UnsavedWork,
)
from articles.models.gate import PUBLISHED
from articles.story.fields import BylineRow
from articles.story.snapshot_references import with_current_names
from articles.text.body_parts import photos_in
from authors.models import Author
from newsroom.foundation.text import identity

NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def keep_the_row(sender, instance, raw, using, **kwargs):
    """A story, an address or a line of the record that is here stays as it is."""
    if not raw:
        return
    rows = sender._base_manager.using(using)
    here = rows.filter(pk=instance.pk).values().first() if instance.pk is not None else None
    if here is None:
        # Django saves it again when the rows it points to are there.
        instance.came_with_this_load = True
    elif not getattr(instance, "came_with_this_load", False):
        for field in sender._meta.concrete_fields:
            setattr(instance, field.attname, here[field.attname])


def follow_the_story(sender, instance, raw, using, **kwargs):
    """A name or tag that is here stays; a new one says of its story what the story's row says."""
    if not raw:
        return
    keep_the_row(sender, instance, raw, using)
    key = getattr(instance, f"{sender.STORY}_id")
    story = (
        Article._base_manager.using(using)
        .filter(pk=key)
        .values("status", "live_from", "sort_at")
        .first()
    )
    if story:
        instance.is_published = story["status"] == PUBLISHED
        instance.live_from, instance.sort_at = story["live_from"], story["sort_at"]


def take_out_again(sender, instance, raw, using, created, **kwargs):
    """A name or tag that the fixture adds to a story whose newest words have none such goes at once."""
    if not raw or not created:
        return
    story = (
        Article._base_manager.using(using)
        .filter(pk=getattr(instance, f"{sender.STORY}_id"))
        .first()
    )
    shown = (
        story
        and story.revisions.using(using).on_the_line().filter(version=story.shown_version).first()
    )
    if shown is None:
        return  # the story came with this fixture, and its versions come after it
    snapshot = with_current_names({"bylines": (), "tags": ()} | shown.snapshot)
    if sender is Byline:
        signed = [as_row(each) for each in story.bylines.using(using).select_related("author")]
        row = as_row(instance)
        is_there = signed.count(row) <= [as_said(each) for each in snapshot["bylines"]].count(row)
    else:
        is_there = instance.tag.slug in snapshot["tags"]
    if not is_there:
        sender._base_manager.using(using).filter(pk=instance.pk).delete()


def as_row(byline) -> tuple[str, ...]:
    return byline.author.slug if byline.author else "", byline.name, byline.role, byline.shown


def as_said(row: BylineRow) -> tuple[str, ...]:
    return (
        row.get("author") or "",
        row.get("name") or "",
        row.get("role") or "writer",
        row.get("shown") or "",
    )


def take_the_photo_out_again(sender, instance, raw, using, created, **kwargs):
    """A photo that the fixture puts into the text of a story that is here and shows none such goes at once."""
    if not raw or not created:
        return
    text = (
        Article._base_manager.using(using)
        .filter(pk=instance.article_id)
        .values_list("body", flat=True)
        .first()
    )
    photo = Photo._base_manager.using(using).filter(pk=instance.photo_id).first()
    if text is not None and photo and photo.sha256 not in photos_in(text):
        sender._base_manager.using(using).filter(pk=instance.pk).delete()


def keep_the_calendar(sender, instance, raw, using, **kwargs):
    """A day, month or year whose stories are here is listed since the first of them that is published."""
    if not raw:
        return
    parts = zip(
        ("published_on__year", "published_on__month", "published_on__day"),
        instance.period.split("-"),
        strict=False,
    )
    stories = Article._base_manager.using(using).filter(
        **{name: int(value) for name, value in parts}
    )
    if stories.exists():
        seen = stories.filter(status=PUBLISHED).order_by("live_from")
        instance.live_from = seen.values_list("live_from", flat=True).first() or NEVER


def give_the_name_its_identity(sender, instance, raw, **kwargs):
    """A fixture that was written before names had an identity loads as it did."""
    if raw and getattr(instance, "identity", None) == "":
        instance.identity = identity(instance.name)


def guard(model: type[models.Model]) -> None:
    """Rows of `model` that are here stay as they are, whatever is loaded."""
    pre_save.connect(keep_the_row, sender=model, dispatch_uid=f"lasting-{model.__name__}")


def watch() -> None:
    """Connected once, when the app is ready."""
    pre_save.connect(give_the_name_its_identity, dispatch_uid="lasting-identities")
    kept = (
        Article,
        Address,
        Agreement,
        Revision,
        LogLine,
        Correction,
        CheckPass,
        SharedPreview,
        UnsavedWork,
        Photo,
        PhotoUse,
        Tag,
        Author,
        Arrangement,
        ArrangementVersion,
        Breaking,
        Event,
        Series,
    )
    for model in kept:
        guard(model)
    for model in (Byline, TagLink):
        pre_save.connect(follow_the_story, sender=model, dispatch_uid=f"lasting-{model.__name__}")
        post_save.connect(take_out_again, sender=model, dispatch_uid=f"lasting-{model.__name__}")
    post_save.connect(
        take_the_photo_out_again, sender=PhotoUse, dispatch_uid="lasting-PhotoUse-text"
    )
    pre_save.connect(keep_the_calendar, sender=ArchivePeriod, dispatch_uid="lasting-ArchivePeriod")
