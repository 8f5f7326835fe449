"""The acts of the newsroom as a table: from which statuses each may start, where it ends, and whose right it is."""

from collections.abc import Callable
from dataclasses import dataclass

from articles.models import Act, Article, Revision
from articles.story import public_history
from articles.story.editing import FOLLOWS_THE_DESK
from authors.models import User

Status = Article.Status


class Refused(Exception):
    """The act did not happen. `reasons` are sentences for the person who tried."""

    is_logged = False

    def __init__(self, *reasons: str):
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Move:
    """A legal move. `verb` is what its button says, `own`: one's own story is enough; others
    need `change_any_article`."""

    verb: str
    right: str
    start: tuple[str, ...]
    end: str
    own: bool = False

    def is_right_of(self, person: User, article: Article) -> bool:
        """Whether this person may do it to this story, whatever its status."""
        if not person.has_perm(self.right):
            return False
        return not self.own or article.is_open_to(person)


MOVES: dict[str, Move] = {
    Act.SUBMIT: Move(
        "submit", "articles.submit_article", (Status.DRAFT,), Status.IN_REVIEW, own=True
    ),
    Act.RETURN_TO_WRITER: Move(
        "return", "articles.return_article", (Status.IN_REVIEW,), Status.DRAFT
    ),
    Act.PUBLISH: Move("publish", "articles.publish_article", FOLLOWS_THE_DESK, Status.PUBLISHED),
    Act.SCHEDULE: Move("schedule", "articles.publish_article", FOLLOWS_THE_DESK, Status.PUBLISHED),
    Act.PULL_BACK: Move(
        "pull back", "articles.publish_article", (Status.PUBLISHED,), Status.IN_REVIEW
    ),
    Act.PUT_LIVE: Move(
        "put live", "articles.put_live_article", (Status.PUBLISHED,), Status.PUBLISHED
    ),
    Act.CORRECT: Move("correct", "articles.correct_article", (Status.PUBLISHED,), Status.PUBLISHED),
    Act.UNPUBLISH: Move(
        "unpublish", "articles.unpublish_article", (Status.PUBLISHED,), Status.DRAFT
    ),
    Act.WITHDRAW: Move(
        "withdraw",
        "articles.withdraw_article",
        (Status.PUBLISHED, *FOLLOWS_THE_DESK, Status.SPIKED),
        Status.WITHDRAWN,
    ),
    Act.RESTORE: Move("restore", "articles.withdraw_article", (Status.WITHDRAWN,), Status.DRAFT),
    Act.SPIKE: Move("spike", "articles.spike_article", FOLLOWS_THE_DESK, Status.SPIKED),
    Act.REVIVE: Move("revive", "articles.spike_article", (Status.SPIKED,), Status.DRAFT),
}

# Acts that end what readers see, or were to see: what an act before them supplied or confirmed ends with it.
TAKING_BACK = (Act.PULL_BACK, Act.UNPUBLISH, Act.WITHDRAW)

# What a story must be beside its status.
ALSO: dict[str, Callable[[Article], bool]] = {
    Act.PULL_BACK: lambda article: article.is_scheduled,
    Act.PUT_LIVE: lambda article: article.has_working_copy,
    Act.CORRECT: lambda article: article.is_live,
    Act.UNPUBLISH: lambda article: article.is_live,
    Act.WITHDRAW: public_history.was_ever_seen,
}


def may(article: Article, act: str, by: User) -> bool:
    """Whether the act would be legal for this story and person now: what a button asks before it shows itself."""
    return MOVES[act].is_right_of(by, article) and not why_not(article, act)


def why_not(article: Article, act: str) -> str:
    """Why the story is not where the act begins, in an editor's words; "" when it is."""
    if article.status in MOVES[act].start and ALSO.get(act, lambda article: True)(article):
        return ""
    where, next_step = where_it_is(article)
    if act in NEEDS and article.status != Status.WITHDRAWN:
        return f"{where} {NEEDS[act]}"
    return f"{where} {next_step}".strip()


def where_it_is(article: Article) -> tuple[str, str]:
    """(where the story is, what to do before anything else), each a sentence or nothing."""
    if article.is_scheduled:
        return "It waits for its time and goes live by itself.", "Pull it back first."
    places: dict[str, tuple[str, str]] = {
        Status.DRAFT: ("It is a draft.", ""),
        Status.IN_REVIEW: ("It is in review already.", ""),
        Status.PUBLISHED: (
            "It is live already.",
            "Changes of it are put live, or it is unpublished first.",
        ),
        Status.WITHDRAWN: ("It is withdrawn.", "A chief editor restores it first."),
        Status.SPIKED: ("It is spiked.", "Revive it first."),
    }
    return places[article.status]


# What an act needs that the story lacks, where going back a step is no way to it.
NEEDS: dict[str, str] = {
    Act.RETURN_TO_WRITER: "Only a story in review is returned.",
    Act.PULL_BACK: "Only a story that waits for its time is pulled back.",
    Act.PUT_LIVE: "There is no working copy to put live.",
    Act.CORRECT: "Readers have not seen it: there is nothing to correct.",
    Act.UNPUBLISH: "Readers do not see it.",
    Act.WITHDRAW: "Readers never saw it: there is nothing to withdraw.",
    Act.RESTORE: "Only a withdrawn story is restored.",
    Act.REVIVE: "Only a spiked story is revived.",
}


# Kinds of revisions that somebody wrote.
TYPED = (
    Revision.Kind.SAVED,
    Revision.Kind.IMPORTED,
    Revision.Kind.RESTORED,
    Revision.Kind.MERGED,
)


def writers_of(article: Article) -> set[int]:
    """The accounts (keys) that began the story, while it is not out, or were the last to write what readers have not
    seen yet."""
    is_out = article.live_from is not None
    began = set() if is_out else {article.created_by_id}
    unseen = article.revisions.on_the_line().filter(kind__in=TYPED)
    if is_out:
        unseen = unseen.filter(version__gt=article.shown_version)
    return (began | {unseen.order_by("-version").values_list("made_by", flat=True).first()}) - {
        None
    }
