"""Every address a story ever had: given when it first goes live, never reused, always answered in one hop."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Address, Article
from authors.text import slug_for


def path_for(slug: str) -> str:
    return f"/articles/{slug}/"


def claim(article: Article) -> str:
    """Give `article` its current address and return the slug: the one wished for, or the next free number.

    Runs inside the caller's transaction. An address that another story ever had is never given again.
    """
    wish = slug_for(article.slug or article.headline, otherwise="story")  # a wish may have come by any road
    number, slug = 1, wish
    while not take(article, path_for(slug)):
        number += 1
        slug = f"{wish}-{number}"
    article.addresses.exclude(path=path_for(slug)).update(is_current=False)
    article.addresses.filter(path=path_for(slug)).update(is_current=True)
    return slug


def reopen(article: Article) -> None:
    """End a withdrawal: only a story that readers see, or saw after it, does that."""
    article.addresses.update(gone_at=None, gone_reason="", gone_wording="", gone_show_title=False, gone_title="")


def take(article: Article, path: str) -> bool:
    owner = Address.objects.filter(path=path).values_list("article", flat=True).first()
    if owner is None:
        try:
            with transaction.atomic():
                Address.objects.create(path=path, article=article, is_current=False)
            return True
        except IntegrityError:  # somebody was faster
            return False
    return owner == article.pk


def close(article: Article, *, reason: str, wording: str, show_title: bool) -> None:
    """Answer 410 from now on, at every address the story ever had."""
    article.addresses.update(
        gone_at=timezone.now(), gone_reason=reason, gone_wording=wording, gone_show_title=show_title,
        gone_title=article.headline,
    )  # fmt: skip


def withdrawn(path: str) -> Address | None:
    """The address at `path` if its story was withdrawn (also while a restored draft waits), else None."""
    return Address.objects.select_related("article").filter(path=path, gone_at__isnull=False).first()
