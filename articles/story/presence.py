"""Who has a story open now: a notice among colleagues that lapses by itself, never a lock."""

from datetime import timedelta

from django.db import OperationalError
from django.utils import timezone

from articles.models import Article, Presence
from authors.models import User
from newsroom.foundation import database_file

ACTIVE = timedelta(seconds=40)  # a page says "here" every 15 seconds
A_MOMENT = 0.5  # seconds
KEPT = timedelta(days=1)


def note(article: Article, person: User) -> None:
    """While somebody else writes for long, nothing is noted: the page says it again, and readers need the thread."""
    now = timezone.now()
    try:
        with database_file.patience(A_MOMENT):
            Presence.objects.update_or_create(
                article=article, person=person, defaults={"seen_at": now}
            )
            Presence.objects.filter(seen_at__lt=now - KEPT).delete()
    except OperationalError as error:
        if not database_file.is_locked(error):
            raise


def others_at(article: Article, person: User) -> list[str]:
    """Names of the colleagues who have the story open; one's own second tab is not somebody else."""
    rows = article.presences.filter(seen_at__gte=timezone.now() - ACTIVE).exclude(person=person)
    return [str(row.person) for row in rows.select_related("person").order_by("seen_at")]
