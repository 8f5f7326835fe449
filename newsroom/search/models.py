"""What the search keeps beside the stories. All of it can be made again from them: `manage.py search_reindex`."""

from datetime import datetime

from django.db import models

from articles.models import Article
from articles.models.article import UNDATED

KEY_BITS = 24  # of a place are the story's key: room for 16 million stories


def place_of(sort_at: datetime, pk: int) -> int:
    """Where a story stands in the index: places rise with (sort_at, key), so that the index itself is in the order of
    every list, and "newest first" needs no sorting."""
    return int((sort_at - UNDATED).total_seconds()) << KEY_BITS | pk


def key_at(place: int) -> int:
    """The key of the story at a place."""
    return place & ((1 << KEY_BITS) - 1)


class NotDumped(models.Manager):
    """What `dumpdata` asks. The index is made from the stories again when they are loaded, with the keys they get."""

    def get_queryset(self):
        return super().get_queryset().none()


class SearchEntry(models.Model):
    """A published story is in the index, at this place, and may be found from `live_from` on. Its words lie in the
    table `newsroom_searchwords`, in the form of the database's own engine (newsroom/search/backends/)."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="+")
    place = models.BigIntegerField(unique=True)
    live_from = models.DateTimeField()
    published_on = models.DateField(null=True)
    version = models.PositiveIntegerField()  # of what readers see, when its words were taken

    objects = models.Manager()
    dumped = NotDumped()

    class Meta:
        default_manager_name = "dumped"

    def __str__(self):
        return f"{self.article} at {self.place}"


class NameWord(models.Model):
    """A word of a name, and the mark under which its stories stand in the index. A story's words say only whose it is
    ("a_7"), so a new name for an author is one row here, not ten thousand stories to write again."""

    token = models.CharField(max_length=40)
    mark = models.CharField(max_length=24)  # a_<author>, t_<tag> or s_<section>

    objects = models.Manager()
    dumped = NotDumped()

    class Meta:
        default_manager_name = "dumped"
        constraints = [models.UniqueConstraint(fields=["token", "mark"], name="nameword_once")]
        indexes = [models.Index(fields=["mark"], name="nameword_of")]

    def __str__(self):
        return f"{self.token} → {self.mark}"


class Spelling(models.Model):
    """A word of some story, by itself and without each of its letters in turn: what a slip of the finger leads to."""

    variant = models.CharField(max_length=40)
    plain = models.CharField(max_length=40)  # the word as the index compares it
    word = models.CharField(max_length=60)  # as it was written

    objects = models.Manager()
    dumped = NotDumped()

    class Meta:
        default_manager_name = "dumped"
        constraints = [models.UniqueConstraint(fields=["variant", "plain"], name="spelling_once")]

    def __str__(self):
        return f"{self.variant} → {self.word}"
