"""What the index hears of: stories that come, change and go, new names for people and topics, captions, fixtures."""

from django.db import connection, transaction
from django.db.models.signals import post_delete, post_migrate, post_save, pre_save

from articles.models import Article, Photo, Section, SectionAlias, Tag, TagAlias
from articles.signals import article_settled, texts_read
from authors.models import Author, AuthorAlias
from newsroom.search import index
from newsroom.search.backends import TABLE, engine


def story_settled(sender, article, **kwargs):
    index.follow(article)


def story_loaded(sender, instance, raw, **kwargs):
    """A fixture brings names and topics after the story; all of it is there at the end of the load."""
    if raw:
        transaction.on_commit(lambda: index.follow(instance))


def name_saved(sender, instance, raw=False, **kwargs):
    index.write_names(instance)


def name_deleted(sender, instance, **kwargs):
    index.drop_names(instance)


def alias_changed(sender, instance, raw=False, **kwargs):
    if not raw:
        index.write_names(instance.target)
    else:
        transaction.on_commit(lambda: index.write_names(instance.target))


def caption_remembered(sender, instance, raw, **kwargs):
    before = (
        None
        if raw or instance.pk is None
        else Photo.objects.filter(pk=instance.pk).values_list("caption")
    )
    instance.caption_changes = before is not None and before.first() != (instance.caption,)


def caption_saved(sender, instance, **kwargs):
    """A caption of the library stands in every story that has none of its own: they are read anew when the caption is
    in, because a photo may stand in a thousand."""
    if instance.caption_changes:
        keys = list(index.published().showing(instance).values_list("pk", flat=True))
        transaction.on_commit(lambda: index.write_in_steps(keys), robust=True)


def texts_read_before_a_lock(sender, snapshots, **kwargs):
    for snapshot in snapshots:
        index.read_texts(snapshot)


def emptied(sender, **kwargs):
    """`flush` empties the tables of models and says so as a migration does; the words lie in the engine's own table."""
    if TABLE in connection.introspection.table_names():  # not while the app is being taken away
        engine().drop_orphans()


def connect(app: object) -> None:
    """Called once, when the app is ready."""
    post_migrate.connect(emptied, sender=app, dispatch_uid="search")
    article_settled.connect(story_settled, dispatch_uid="search")
    texts_read.connect(texts_read_before_a_lock, dispatch_uid="search")
    post_save.connect(story_loaded, sender=Article, dispatch_uid="search")
    for model in (Author, Tag, Section):
        post_save.connect(name_saved, sender=model, dispatch_uid="search")
        post_delete.connect(name_deleted, sender=model, dispatch_uid="search")
    for model in (AuthorAlias, TagAlias, SectionAlias):
        post_save.connect(alias_changed, sender=model, dispatch_uid="search")
    pre_save.connect(caption_remembered, sender=Photo, dispatch_uid="search")
    post_save.connect(caption_saved, sender=Photo, dispatch_uid="search")
