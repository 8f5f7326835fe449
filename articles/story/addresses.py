"""Every address a story ever had: given when it first goes live, never reused, always answered in one hop."""

from collections.abc import Iterator
from itertools import count

from django.db import IntegrityError, transaction

from articles.models import Address, Article
from articles.models.gate import this_moment
from newsroom.foundation.text import slug_for

STORIES = "/articles/"


def path_for(slug: str) -> str:
    return f"{STORIES}{slug}/"


def claim(article: Article) -> str:
    """Give `article` its current address and return the slug: the one wished for, or the next free number.

    Runs inside the caller's transaction. An address that another story ever had is never given again.
    """
    # a wish may have come by any road
    wish = slug_for(article.slug or article.headline, otherwise="story")
    slug = next(slug for slug in free_or_own(article, wish) if reserve(article, path_for(slug)))
    article.addresses.exclude(path=path_for(slug)).update(is_current=False)
    article.addresses.filter(path=path_for(slug)).update(is_current=True)
    return slug


def free_or_own(article: Article, wish: str) -> Iterator[str]:
    """`wish`, `wish-2`, `wish-3` …, without those that other stories had: one query for every hundred."""
    yield wish
    for first in count(2, 100):
        slugs = [f"{wish}-{number}" for number in range(first, first + 100)]
        rows = Address.objects.filter(path__in=map(path_for, slugs)).exclude(article=article)
        taken = set(rows.values_list("path", flat=True))
        yield from (slug for slug in slugs if path_for(slug) not in taken)


def reopen(article: Article) -> None:
    """End a withdrawal: only a story that readers see, or saw after it, does that."""
    article.addresses.update(
        gone_at=None, gone_reason="", gone_wording="", gone_show_title=False, gone_title=""
    )


def release(article: Article, *, seen: list[str]) -> None:
    """Give back the addresses at which readers never saw the story, which only waited for its time; `seen`: the slugs
    they know, the newest last. One that answers "withdrawn" stays."""
    paths = [path_for(slug) for slug in seen]
    article.addresses.filter(gone_at=None).exclude(path__in=paths).delete()
    if paths and not article.addresses.filter(is_current=True).exists():
        article.addresses.filter(path=paths[-1]).update(is_current=True)


def current_slug(article: Article) -> str:
    """The slug of the story's current address; "" if it has none."""
    path = article.addresses.filter(is_current=True).values_list("path", flat=True).first()
    return path.removeprefix(STORIES).removesuffix("/") if path else ""


def reserve(article: Article, path: str) -> bool:
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
        gone_at=this_moment(),
        gone_reason=reason,
        gone_wording=wording,
        gone_show_title=show_title,
        gone_title=article.headline,
    )


def withdrawn(path: str) -> Address | None:
    """The address at `path` if its story was withdrawn (also while a restored draft waits), else None."""
    return (
        Address.objects.select_related("article").filter(path=path, gone_at__isnull=False).first()
    )
