"""Ask every page that readers reach whether a withdrawn story is really gone, and print the proof."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from articles.models import Article
from newsroom.foundation.desk import is_key
from newsroom.withdrawal import prove


class Command(BaseCommand):
    help = "Prove that a withdrawn story is gone from every surface. Exit code 0 only if nothing was found."

    def add_arguments(self, parser):
        parser.add_argument(
            "story", metavar="ID", help="The story's number at the desk, or its uid."
        )
        parser.add_argument("--quiet", action="store_true", help="Print the result alone.")

    def handle(self, *, story, quiet, **options):
        article = self.find(story)
        if article.status == Article.Status.PUBLISHED:
            raise CommandError(f"“{article}” is published. Withdraw it first.")
        if not article.addresses.filter(gone_at__isnull=False).exists():
            raise CommandError(f"“{article}” was not withdrawn.")
        proof = prove(article)
        if not quiet:
            for line in proof.lines:
                self.stdout.write(f"  {line}")
        for trace in dict.fromkeys(proof.traces):
            self.stdout.write(f"! {trace}")
        if proof.traces:
            raise CommandError(f"{len(set(proof.traces))} traces found; {proof.asked} pages asked.")
        self.stdout.write(f"Gone: {proof.asked} pages asked, 0 traces.")

    @staticmethod
    def find(story):
        try:
            return Article.objects.get(**({"pk": int(story)} if is_key(story) else {"uid": story}))
        except (Article.DoesNotExist, ValidationError):
            raise CommandError(f"There is no story {story}.") from None
