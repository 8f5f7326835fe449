import uuid

from django.conf import settings
from django.db import models
from django.db.models import F

from articles.models.append_only import AppendOnly, AppendOnlyQuerySet
from articles.models.gate import this_moment
from newsroom.foundation.text import LineField


class LogLineQuerySet(AppendOnlyQuerySet):
    def get_by_natural_key(self, uid):
        return self.get(uid=uid)

    def newest_first(self):
        return self.order_by("-at", "-pk")

    def moves(self):
        """The lines that brought a story where it is: a note belongs to the newest, and ends with it."""
        return self.filter(article__isnull=False).exclude(from_status=F("to_status"))

    def record(
        self,
        act,
        *,
        article=None,
        by=None,
        origin="desk",
        from_status="",
        to_status="",
        why="",
        details=None,
    ):
        """Write one line, in the transaction of the act it tells of. Without a person, `origin` signs it."""
        return self.create(
            at=this_moment(),
            by=by,
            by_name=(str(by) if by else origin)[:200],
            act=act,
            article=article,
            from_status=from_status,
            to_status=to_status,
            why=why,
            details=details or {},
        )


class LogLine(AppendOnly):
    """One line of the logbook: who did what to which story, when, from which status to which, and why."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="log_lines"
    )
    by_name = LineField(
        max_length=200
    )  # as it was then; "import", "fixture" or "demo" when there was no person
    act = models.CharField(max_length=40)
    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, null=True, related_name="log_lines"
    )
    from_status = models.CharField(max_length=20, blank=True)
    to_status = models.CharField(max_length=20, blank=True)
    why = LineField(max_length=500, blank=True)
    details = models.JSONField(default=dict)

    objects = LogLineQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["article", "-at"], name="logline_of_story")]
        verbose_name = "logbook line"

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.by_name}: {self.act}"

    @property
    def act_in_words(self):
        return self.act.replace("_", " ").capitalize()

    def natural_key(self):
        return (str(self.uid),)
