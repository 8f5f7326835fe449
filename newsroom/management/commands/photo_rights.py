"""List the photos whose rights are about to end, or have ended while readers can see them. Made for a weekly mail."""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from articles.models import Article, Photo
from authors.models import Author


class Command(BaseCommand):
    help = "List photos whose rights end soon or have ended, with the stories and authors that show them."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=7, help="How many days ahead to look (7).")
        parser.add_argument("--unused", action="store_true", help="Also photos that nobody uses.")

    def handle(self, *, days, unused, **options):
        today = timezone.localdate()
        until = today + timedelta(days=max(0, min(days, 36500)))
        ended = soon = 0
        for photo in (
            Photo.objects.filter(rights_until__lte=until).order_by("rights_until", "pk").iterator()
        ):
            users = self.users_of(photo)
            if not users and not unused:
                continue
            is_over = photo.has_lapsed(today)
            ended, soon = ended + is_over, soon + (not is_over)
            verb = "ended" if is_over else "end"
            self.stdout.write(
                f"{photo.rights_until:%Y-%m-%d}  rights {verb}: photo {photo.pk} “{photo}” ({photo.credit})"
            )
            for line in users:
                self.stdout.write(f"            {line}")
        self.stdout.write(f"{ended} ended, {soon} end by {until:%Y-%m-%d}.")

    @staticmethod
    def users_of(photo) -> list[str]:
        stories = Article.objects.showing(photo).exclude(
            status__in=[Article.Status.WITHDRAWN, Article.Status.SPIKED]
        )
        lines = [
            f"{'live' if story.is_live else story.get_status_display().lower()}: {story}"
            for story in stories
        ]
        return lines + [
            f"portrait of {author.name}" for author in Author.objects.filter(portrait=photo)
        ]
