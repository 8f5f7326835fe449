"""Links that show one version of a story to somebody without a login: signed, for seven days, and revocable."""

import uuid
from datetime import timedelta

from django.core import signing
from django.db import transaction

from articles.models import Act, Article, LogLine, Revision, SharedPreview
from articles.models.gate import this_moment
from articles.story import editing
from authors.models import User

LASTS = timedelta(days=7)
MOST_OPEN = 10  # links to one story
SALT = "newsroom.preview"


class EnoughLinks(Exception):
    """The story has as many open links as one can keep an eye on."""


def share(article: Article, revision: Revision, *, by: User) -> SharedPreview:
    """Raises `EnoughLinks`."""
    now = this_moment()
    with transaction.atomic():
        # two at once are counted one after the other
        Article.objects.select_for_update().get(pk=article.pk)
        if len(holding(article)) >= MOST_OPEN:
            raise EnoughLinks(
                f"{MOST_OPEN} links to this story are open already. End one of them first."
            )
        link = SharedPreview.objects.create(
            article=article, revision=revision, made_by=by, made_at=now, ends_at=now + LASTS
        )
        LogLine.objects.record(
            Act.SHARE_PREVIEW,
            article=article,
            by=by,
            from_status=article.status,
            to_status=article.status,
            details={"shared_version": revision.version},
        )
    return link


def token_of(link: SharedPreview) -> str:
    return signing.Signer(salt=SALT).sign(link.uid.hex)


def opened(token: str) -> SharedPreview | None:
    """The link behind a token, while it holds; None for a wrong, old or revoked one and for a locked story."""
    try:
        uid = uuid.UUID(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    links = SharedPreview.objects.select_related("article", "revision")
    return (
        links.filter(uid=uid, revoked_at=None, ends_at__gt=this_moment())
        .exclude(article__status__in=editing.LOCKED)
        .first()
    )


def revoke(link: SharedPreview, *, by: User) -> None:
    link.revoked_at = this_moment()
    link.save(update_fields=["revoked_at"])
    LogLine.objects.record(
        Act.REVOKE_PREVIEW,
        article=link.article,
        by=by,
        from_status=link.article.status,
        to_status=link.article.status,
    )


def end_all(article: Article) -> int:
    """End every link for good, inside the transaction of an act that hides the story; returns how many there were."""
    now = this_moment()
    return article.shared_previews.filter(revoked_at=None, ends_at__gt=now).update(revoked_at=now)


def holding(article: Article) -> list[SharedPreview]:
    """All links that still open something, newest first: what is not listed cannot be ended."""
    links = article.shared_previews.filter(revoked_at=None, ends_at__gt=this_moment())
    return list(links.select_related("revision", "made_by").order_by("-made_at", "-pk"))
