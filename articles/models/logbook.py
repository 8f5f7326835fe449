"""Who did what to which story, when and why; and every word that a line may have for an act."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F

from articles.models.append_only import AppendOnly, AppendOnlyQuerySet
from articles.models.gate import this_moment
from articles.models.origin import Origin
from authors.models import User
from authors.signals import AccountAct
from newsroom.foundation.closed import ClosedField
from newsroom.foundation.text import LineField


class Act(models.TextChoices):
    """What the logbook tells of, and as its filter says it. An act that moves a story has the word of its address at
    the desk (articles/story/transitions.py)."""

    SUBMIT = "submit", "Submit"
    RETURN_TO_WRITER = "return_to_writer", "Return"
    PUBLISH = "publish", "Publish"
    SCHEDULE = "schedule", "Schedule"
    PULL_BACK = "pull_back", "Pull back"
    PUT_LIVE = "put_live", "Put live"
    CORRECT = "correct", "Correct"
    UNPUBLISH = "unpublish", "Unpublish"
    WITHDRAW = "withdraw", "Withdraw"
    RESTORE = "restore", "Restore"
    SPIKE = "spike", "Spike"
    REVIVE = "revive", "Revive"
    CREATE = "create", "Begun"
    TAKE = "take", "Taken"
    PASS_CHECK = "pass check", "A check passed"
    AGREE_TO_RETRACTION = "agree to retraction", "A retraction agreed to"
    DENY_RETRACTION = "deny retraction", "A retraction not agreed to"
    MAKE_ACCOUNT = AccountAct.MAKE.value, AccountAct.MAKE.label
    CHANGE_ACCOUNT = AccountAct.CHANGE.value, AccountAct.CHANGE.label
    SET_PASSWORD = AccountAct.SET_PASSWORD.value, AccountAct.SET_PASSWORD.label
    DELETE_ACCOUNT = AccountAct.DELETE.value, AccountAct.DELETE.label
    LOG_IN = "log in", "Logged in"
    LOG_OUT = "log out", "Logged out"
    FAILED_LOGIN = "failed login", "A login failed"
    REFUSED_LOGIN = "refused login", "Tries to log in refused"
    CHANGE_PASSWORD = "change password", "A password changed"
    SHARE_PREVIEW = "share preview", "A preview shared"
    REVOKE_PREVIEW = "revoke preview", "A preview ended"
    REPLACE_PHOTO = "replace photo", "A photo replaced"
    SAVE_PAGE = "save page", "A page arranged"
    PUBLISH_PAGE = "publish page", "An arranged page published"
    PUT_UP_BREAKING = "put up breaking", "Breaking news put up"
    TAKE_DOWN_BREAKING = "take down breaking", "Breaking news taken down"
    MOVE_SECTION = "new address of section", "A section’s address changed"
    MOVE_TAG = "new address of tag", "A tag’s address changed"
    MERGE_TAGS = "merge tag", "Tags merged"
    MERGE_AUTHORS = "merge author", "Authors merged"
    ACCEPT_AUTHOR = "accept author", "A new name accepted"
    CREATE_PAGE = "create page", "A page about us begun"
    CHANGE_PAGE = "change page", "A page about us changed"
    SETTLE_SIGNS = "settle signs", "Unseen signs settled"
    REFUSED = "refused", "Refused"


class Tried(models.TextChoices):
    """What leaves a line of its own only when it is refused."""

    AGREE = "agree", "Agree to a retraction"
    ADD_TAG = "add_tag", "Add a tag"
    REMOVE_TAG = "remove_tag", "Remove a tag"
    CHANGE_SECTION = "change_section", "Change the section"


def refusal_of(act: str) -> str:
    """The word of a line that says that `act`, an `Act` or a `Tried`, was refused."""
    return f"{act} refused"


REFUSALS = [(refusal_of(each.value), f"{each.label}: refused") for each in (*Act, *Tried)]


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
        act: str,
        *,
        article=None,
        by: User | None = None,
        origin: str = Origin.DESK,
        from_status="",
        to_status="",
        why="",
        details=None,
    ):
        """Write one line, in the transaction of the act it tells of: an `Act`, or the refusal of one. Without a person
        an `Origin` signs it. Raises ValueError for other words."""
        return self.create(
            at=this_moment(),
            by=by,
            by_name=str(by or Origin(origin).value)[:200],
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
    by_name = LineField(max_length=200)  # as it was then; an `Origin` when there was no person
    act = ClosedField(max_length=40, choices=[*Act.choices, *REFUSALS])
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
