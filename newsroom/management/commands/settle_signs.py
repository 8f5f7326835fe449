"""Settle signs that nobody sees in rows that were saved before there were rules for them
(newsroom/foundation/text.py)."""

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import DatabaseError, transaction

from articles.models import Act, Article, LogLine, Origin, Section, Tag
from articles.models.append_only import AppendOnly
from articles.story import snapshots
from authors.models import Author
from newsroom.logs import OneLineFormatter
from newsroom.search import index

OURS = ("authors", "articles", "newsroom")  # apps
STEP = 200  # rows read at once
# columns of a story that follow from its words
DERIVED = ("body_text", "word_count", "search_text")


class Command(BaseCommand):
    help = (
        "Write texts that were saved before the rules for signs that nobody sees as they would be saved now. Run it "
        "once after an upgrade; a second run finds nothing. Records that are written once (versions, corrections, the "
        "logbook) stay, and are counted."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would be written; change nothing."
        )

    def handle(self, *, dry_run, **options):
        settled = kept = record = 0
        for model in apps.get_models():
            if model._meta.app_label not in OURS or model._meta.proxy:
                continue
            found = list(self.unsettled(model))
            if issubclass(model, AppendOnly):
                record += len(found)
                continue
            done = sum(dry_run or self.rewrite(model, pk) for pk in found)
            settled, kept = settled + done, kept + len(found) - done
            if found:
                self.stdout.write(
                    f"{model._meta.verbose_name}: {', '.join(map(str, found[:STEP]))}"
                )
        if settled and not dry_run:
            why = f"{settled} rows, by settle_signs."
            LogLine.objects.record(Act.SETTLE_SIGNS, origin=Origin.CONSOLE, why=why)
        would = "would be " if dry_run else ""
        self.stdout.write(
            f"{settled} rows {would}settled, {kept} left as they are, {record} of the record stay as they were written."
        )

    @staticmethod
    def unsettled(model):
        """The keys of rows with a text that would be saved in another way today."""
        fields = text_fields(model)
        rows = model._base_manager.order_by("pk")
        batch = list(rows[:STEP]) if fields else []
        while batch:
            yield from (row.pk for row in batch if changes(row, fields))
            batch = list(rows.filter(pk__gt=batch[-1].pk)[:STEP])

    def rewrite(self, model, pk) -> bool:
        """Whether the row is settled; why not is said."""
        try:
            with transaction.atomic():
                row = model._base_manager.select_for_update().get(pk=pk)
                new = changes(row, text_fields(model))
                for name, text in new.items():
                    setattr(row, name, text)
                write(row, list(new))
        except DatabaseError as error:
            reason = OneLineFormatter.printable(str(error).partition("\n")[0])
            self.stderr.write(f"{model._meta.verbose_name} {pk} is left as it is: {reason}")
            return False
        return True


def text_fields(model) -> list:
    return [field for field in model._meta.local_concrete_fields if hasattr(field, "written")]


def changes(row, fields) -> dict[str, str]:
    """{column: the text as it would be saved now} of what would be another."""
    texts = {field.attname: (getattr(row, field.attname), field.written) for field in fields}
    return {
        name: new
        for name, (text, written) in texts.items()
        if text and (new := written(text)) != text
    }


def write(row, names: list[str]) -> None:
    """The row's texts, and what follows from them; a story's own version, dates and status are not touched."""
    if isinstance(row, Article):
        snapshots.derive_texts(row)
        names = [*names, *DERIVED]
    elif hasattr(row, "identity"):
        row.save()  # its keys follow from the name
        names = []
    if names:
        type(row)._base_manager.filter(pk=row.pk).update(
            **{name: getattr(row, name) for name in names}
        )
    if isinstance(row, Article):
        index.follow(row)
    elif isinstance(row, Author | Tag | Section):
        index.write_names(row)
