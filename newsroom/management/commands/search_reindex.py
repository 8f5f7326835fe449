"""Bring the search index up to date with the stories. Readers go on searching meanwhile."""

from django.core.management.base import BaseCommand

from articles.models import Section, Tag
from authors.models import Author
from newsroom.search import index
from newsroom.search.backends import engine
from newsroom.search.models import SearchEntry

STEP = 500  # stories of one transaction


class Command(BaseCommand):
    help = (
        "Put every published story that is missing from the search index into it, and take out what does not belong "
        "there. Stopped, it goes on where it was. Nothing is needed after a normal day: the index follows each change."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--again",
            action="store_true",
            help="Write every story again, also those that are there.",
        )
        parser.add_argument(
            "--from-key",
            type=int,
            default=0,
            metavar="KEY",
            help="With --again: begin behind this story's key.",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would be written; change nothing."
        )

    def handle(self, *, again, from_key, dry_run, **options):
        wanted = index.published() if again else index.missing()
        wanted = wanted.filter(pk__gt=from_key if again else 0)
        gone = SearchEntry.objects.exclude(article__in=index.published().values("pk"))
        if dry_run:
            self.stdout.write(
                f"{wanted.count()} stories would be written, {gone.count()} would be taken out."
            )
            return
        for model in (Section, Tag, Author):
            for row in model.objects.iterator(chunk_size=STEP):
                index.write_names(row)
        written = self.write(wanted)
        out = index.drop(gone.values_list("article", flat=True))
        orphans = engine().drop_orphans()
        self.stdout.write(
            f"{written} stories written, {out} taken out, {orphans} left-overs cleared."
        )

    def write(self, wanted) -> int:
        written, total, last = 0, wanted.count(), 0
        while keys := list(
            wanted.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:STEP]
        ):
            written += index.write(index.published().filter(pk__in=keys))
            last = keys[-1]
            self.stdout.write(f"  {written} of {total} … (up to key {last})")
        return written
