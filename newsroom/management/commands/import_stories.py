"""Take plain-text news documents in as drafts."""

import sys

from django.core.management.base import BaseCommand, CommandError

from articles.models import Act, LogLine, Section, Tag
from articles.models.logbook import refusal_of
from articles.models.tag import MOST_TAGS
from authors.models import User
from newsroom.foundation.text import name as written
from newsroom.interchange import formats
from newsroom.interchange.files import Listing, listing, open_document
from newsroom.interchange.load import Filing, Verdict, load
from newsroom.interchange.sample import LONGEST_DOCUMENT
from newsroom.interchange.story import Unreadable
from newsroom.logs import OneLineFormatter

MANY = 20  # documents; from here on one line per document instead of a whole receipt
SOME = 5  # names of files that were passed over for one reason, when there are many


class Command(BaseCommand):
    help = "Take plain-text news documents in as drafts. The form they may have: docs/import.md."

    def add_arguments(self, parser):
        parser.add_argument(
            "paths", nargs="+", metavar="PATH", help="a file, a folder, or - for standard input"
        )
        parser.add_argument(
            "--section", help="file every story in this section (its name or address)"
        )
        parser.add_argument(
            "--tag", action="append", default=[], help="give every story this tag; may be repeated"
        )
        parser.add_argument("--encoding", default="utf-8", help="of the documents (default: utf-8)")
        parser.add_argument("--dry-run", action="store_true", help="read and report, write nothing")
        parser.add_argument(
            "--publish", action="store_true", help="publish what lacks nothing; needs --by"
        )
        parser.add_argument("--by", metavar="USERNAME", help="who publishes; must hold the right")
        parser.add_argument(
            "--quiet", action="store_true", help="no receipts, only the count and what was refused"
        )

    def handle(self, *args, paths, **options):
        filing = self.filing(options)
        if "-" in paths and len(paths) > 1:
            raise CommandError("Standard input (-) stands alone: name no other file beside it.")
        if not all(paths):
            raise CommandError("An empty path names nothing.")
        found = Listing() if paths == ["-"] else listing(paths)
        items = None if paths == ["-"] else found.documents
        self.brief = options["quiet"] or (items is not None and len(items) > MANY)
        if not options["quiet"]:
            self.tell_passed_over(found.passed_over)
        if items is not None and not items:
            raise CommandError(
                f"No document was found there. Documents end in {formats.usual_endings()}."
            )
        if filing.publish_by and not options["dry_run"]:
            self.stdout.write(
                f"Up to {1 if items is None else len(items)} stories would go live, each only if nothing is missing."
            )
        # A dry run remembers what it has read.
        self.tried: set[str] | None = set() if options["dry_run"] else None
        named = "read", "made", "unchanged", "refused", "published"
        self.counts: dict[str, int] = {
            **dict.fromkeys(named, 0),
            "passed_over": len(found.passed_over),
        }
        try:
            self.take_all(items, filing, options)
        except BaseException:
            self.stdout.write(f"Stopped. {self.count_line(options)}")
            raise
        self.conclude(options)

    def filing(self, options) -> Filing:
        try:
            "".encode(options["encoding"])
        except (LookupError, ValueError):
            raise CommandError(
                f"“{options['encoding']}” is no encoding. Try utf-8, windows-1251 or utf-16."
            ) from None
        return Filing(
            section=self.section(options["section"]),
            tags=self.tags(options["tag"]),
            encoding=options["encoding"],
            publish_by=self.publisher(options),
        )

    def section(self, wanted):
        if not wanted:
            return None
        named = list(Section.objects.filter(slug=wanted) or Section.objects.called(wanted))
        if len(named) == 1:
            return named[0]
        if named:
            raise CommandError(
                f"“{wanted}” may be one of several sections. Give its address: {addresses(named)}."
            )
        alike = ", ".join(f"“{section.name}”" for section in Section.objects.alike(wanted))
        if alike:
            raise CommandError(f"There is no section “{wanted}”. Do you mean {alike}?")
        names = ", ".join(section.name for section in Section.objects.in_order()) or "none yet"
        raise CommandError(f"There is no section “{wanted}”. There are: {names}.")

    def tags(self, wanted) -> list[str]:
        """The names of the tags; what is new is said before anything is made, with what it looks like."""
        names = list(dict.fromkeys(written(name) for name in wanted))
        if not all(0 < len(name) <= 100 for name in names):
            raise CommandError("A tag needs a name of at most 100 characters.")
        if len(names) > MOST_TAGS:
            raise CommandError(f"A story has at most {MOST_TAGS} tags; these are {len(names)}.")
        for name in names:
            found = list(Tag.objects.called(name))
            if len(found) > 1:
                raise CommandError(
                    f"“{name}” may be one of several tags: {addresses(found)}. Merge or rename them first."
                )
            alike = ", ".join(f"“{tag.name}”" for tag in Tag.objects.alike(name))
            if not found and alike:
                self.stdout.write(
                    f"The tag “{name}” is new. It looks like {alike}: is it the same?"
                )
        return names

    def publisher(self, options) -> User | None:
        if not options["publish"]:
            if options["by"]:
                raise CommandError("--by is for --publish.")
            return None
        if not options["by"]:
            raise CommandError(
                "--publish needs --by USERNAME: somebody answers for what goes live."
            )
        user = User.objects.filter(username=options["by"]).first()
        if user is None:
            raise CommandError(f"There is no account “{options['by']}”.")
        if not user.has_perm("articles.publish_article"):
            LogLine.objects.record(
                refusal_of(Act.PUBLISH), by=user, why="import_stories --publish without the right"
            )
            raise CommandError(f"{user} may not publish. Ask an editor.")
        return user

    def tell_passed_over(self, passed_over) -> None:
        """Each by name with the reason; of many for one reason the first, and how many there are."""
        reasons = {}
        for path, why in passed_over:
            reasons.setdefault(why, []).append(harmless(str(path)))
        for why, names in reasons.items():
            if len(names) <= (SOME if self.brief else MANY):
                self.stdout.write("\n".join(f"{name}: passed over, {why}" for name in names))
            else:
                self.stdout.write(f"{len(names)} passed over, {why}: {', '.join(names[:SOME])} …")

    def take_all(self, items, filing, options):
        if items is None:
            self.take(
                "standard input",
                lambda: sys.stdin.buffer.read(LONGEST_DOCUMENT + 1),
                filing,
                options,
            )
            return
        for number, path in enumerate(items, start=1):
            self.take(str(path), lambda path=path: open_document(path), filing, options)
            if self.brief and self.stderr.isatty() and number % 10 == 0:
                self.stderr.write(f"\r{number} of {len(items)}", ending="")
        if self.brief and self.stderr.isatty():
            self.stderr.write("")

    def take(self, name, read_bytes, filing, options):
        self.counts["read"] += 1
        shown = harmless(name)
        try:
            outcomes = load(shown, read_bytes(), filing, tried=self.tried)
        except Unreadable as problem:
            self.counts["refused"] += 1
            self.stderr.write(f"{shown}: refused. {problem}")
            return
        for number, outcome in enumerate(outcomes, start=1):
            self.counts[outcome.verdict.value] += 1
            self.counts["published"] += outcome.published
            if not options["quiet"]:
                which = f" ({number} of {len(outcomes)})" if len(outcomes) > 1 else ""
                self.receipt(f"{shown}{which}", outcome)

    def receipt(self, name, outcome):
        what = f", story {outcome.article.pk}" if outcome.article else ""
        status = (
            "" if outcome.article is None else f" ({outcome.article.get_status_display().lower()})"
        )
        verdict = f"{'would be ' if outcome.is_dry_run else ''}{outcome.verdict.value}"
        self.stdout.write(f"{name}: {verdict}{what}{status}")
        if self.brief or outcome.verdict is Verdict.UNCHANGED:
            return
        for found in outcome.story.receipt:
            value = found.value if len(found.value) <= 100 else found.value[:97] + "…"
            self.stdout.write(f"  {found.field:<17} {harmless(value) or '–'}  [{found.where}]")
        for sentence in outcome.why_draft:
            self.stdout.write(f"  stays a draft     {sentence}")

    def conclude(self, options):
        if self.brief and not options["quiet"]:
            where = (
                "take fewer in at once to read them"
                if options["dry_run"]
                else "each story’s form shows its own"
            )
            self.stdout.write(
                f"More than {MANY} documents: their receipts are not printed; {where}."
            )
        self.stdout.write(self.count_line(options))
        if self.counts["refused"]:
            sys.exit(1)

    def count_line(self, options) -> str:
        counts, made = self.counts, "would be made" if options["dry_run"] else "made"
        line = (
            f"{counts['read']} read: {counts['made']} {made}, {counts['unchanged']} unchanged, "
            f"{counts['refused']} refused."
        )
        if counts["passed_over"]:
            line += f" {counts['passed_over']} passed over."
        if options["publish"]:
            line += f" {counts['published']} published."
        return line


def addresses(rows) -> str:
    return ", ".join(f"{row.slug} (“{row.name}”)" for row in rows)


def harmless(name: str) -> str:
    """A file's name as a terminal may show it."""
    return OneLineFormatter.printable(name)
