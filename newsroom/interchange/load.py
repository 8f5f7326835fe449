"""Take documents in: read each, make a draft of it through the desk's own doors, and keep the original.

One document is one transaction. A document that was taken in before (same bytes) is left alone.
"""

import hashlib
import zoneinfo
from collections.abc import Iterable
from copy import copy
from dataclasses import asdict, dataclass, field
from enum import Enum
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.html import escape

from articles import workflow
from articles.models import Act, Article, Origin, Revision, Section, Tag
from articles.story import editing, snapshots
from articles.text import body
from authors.models import Author, User
from newsroom.foundation.text import normalise, prose
from newsroom.interchange import formats, matching
from newsroom.interchange.sample import Sample
from newsroom.interchange.story import Found, Signature, Story, Unreadable
from newsroom.models import ImportRecord

NAMES = {"headline": "headline", "body": "text", "summary": "dek", "dateline": "dateline"}


@dataclass
class Filing:
    """What the person who imports adds to every document."""

    section: Section | None = None
    tags: list[str] = field(default_factory=list)  # names
    encoding: str = "utf-8"
    # Who holds the right; None: drafts only.
    publish_by: User | None = None


class Verdict(Enum):
    """What became of one story, in the words of the receipt. One that is refused is an exception."""

    MADE = "made"
    UNCHANGED = "unchanged"


@dataclass
class Outcome:
    """`is_dry_run`: nothing became of it yet, this is what would."""

    verdict: Verdict
    story: Story | None
    article: Article | None
    is_dry_run: bool = False
    published: bool = False
    why_draft: tuple[str, ...] = ()


def stories_in(raw: bytes, filing: Filing, name: str = "") -> list[Story]:
    """The stories in a document. Raises `Unreadable`, also when one of them does not fit: nothing is lost unsaid."""
    document = Sample(raw, filing.encoding, name)
    stories = formats.read_document(document, zone=zoneinfo.ZoneInfo(settings.TIME_ZONE))
    if not stories:
        raise Unreadable("There is no story in it.")
    for story in stories:
        if story.headline is None:
            story.note(
                "working headline",
                story.working_headline,
                "derived from the first sentence, for the desk",
            )
        refuse_too_long(story)
    return stories


def refuse_too_long(story: Story) -> None:
    """What the story's form would not take, an import does not either. A working headline is cut to fit."""
    texts = {"headline": story.headline or "", "body": body.clean(body_of(story))}
    texts |= {"summary": story.dek, "dateline": story.dateline}
    for name, length, most in snapshots.too_long({**snapshots.blank(), **texts}):
        raise Unreadable(
            f"Its {NAMES[name]} has {length:,} characters as it would be stored; at most {most:,} fit."
        )


def load(name: str, raw: bytes, filing: Filing, *, tried: set[str] | None = None) -> list[Outcome]:
    """Take one document in: what became of each story of it. `name` is kept, shown and told to the reader. Raises
    `Unreadable`; then nothing was written. `tried`: of a dry run, which writes nothing, the hashes of what it has
    read, so that it counts doubles too; this one's is added."""
    stories = stories_in(raw, filing, name)
    sha256 = hashlib.sha256(raw).hexdigest()
    if known := outcomes_before(sha256, stories):
        return known
    if tried is not None:
        verdict = Verdict.UNCHANGED if sha256 in tried else Verdict.MADE
        tried.add(sha256)
        return try_out(stories, filing, verdict)
    for story in stories:  # before the lock
        texts = {"headline": story.shown_headline, "body": body_of(story)}
        snapshots.get_ready(snapshots.blank() | texts)
    photos = [matching.photos_of(story) for story in stories]
    document = ImportRecord(
        sha256=sha256,
        name=normalise(name)[:300],
        original=raw,
        size=len(raw),
        encoding=filing.encoding,
    )
    try:
        made = keep(document, zip(stories, photos, strict=True), filing)
    except IntegrityError:  # the same document came in by another process in this moment
        if known := outcomes_before(sha256, stories):
            return known
        raise
    if filing.publish_by is not None:
        for outcome in made:
            publish_if_complete(outcome, by=filing.publish_by)
    return made


def outcomes_before(sha256: str, stories: list[Story]) -> list[Outcome]:
    """Of a document that was taken in before, what was made of each story then; [] of a new one."""
    records = ImportRecord.objects.select_related("article").filter(sha256=sha256)
    then = {record.number: record.article for record in records}
    if not then:
        return []
    return [
        Outcome(Verdict.UNCHANGED, story, then.get(number))
        for number, story in enumerate(stories, start=1)
    ]


def try_out(stories: list[Story], filing: Filing, verdict: Verdict) -> list[Outcome]:
    """What would become of a document, with its receipts; nothing is written."""
    for story in stories:
        who_signs(story).told_to(story)
        what_it_says(story, filing)
        for picture in story.photos:
            story.note("photo", picture.name, "not looked at in a dry run")
    return [Outcome(verdict, story, None, is_dry_run=True) for story in stories]


@transaction.atomic
def keep(document: ImportRecord, found: Iterable, filing: Filing) -> list[Outcome]:
    """Make a draft and a record of each story, `found` with its photos: all of a document or none. The first record
    holds the original."""
    made = []
    for number, (story, photos) in enumerate(found, start=1):
        lock_authors(story)
        article = editing.create(
            snapshot_of(story, filing, photos),
            origin=Origin.IMPORT,
            kind=Revision.Kind.IMPORTED,
            note=document.name,
        )
        record = copy(document)
        record.number, record.article = number, article
        record.original = document.original if number == 1 else b""
        record.receipt = [asdict(line) for line in story.receipt]
        record.save()
        made.append(Outcome(Verdict.MADE, story, article))
    return made


def publish_if_complete(outcome: Outcome, *, by: User) -> None:
    """Publish what was just made, if it lacks nothing; a headline that we derived is something it lacks, and so is an
    answer to what the document leaves open."""
    article, story = outcome.article, outcome.story
    assert article  # it was just made
    assert story
    questions = list(story.open_questions)
    if article.headline_from == Article.HeadlineFrom.DESK:
        questions.append("The headline is a working headline: somebody has to write one.")
    try:
        if questions:
            raise workflow.Refused(*questions, *article.missing_to_go_live())
        workflow.publish(article, by=by)
        outcome.published = True
    except workflow.Refused as refused:
        workflow.log_refusal(article, Act.PUBLISH, by=by, refused=refused)
        outcome.why_draft = refused.reasons


def body_of(story: Story) -> str:
    """The text as a body. An embargo stands over it as a note for colleagues, which the checks let nobody publish."""
    words = story.embargo
    if story.embargo_until:
        words += f" (not before {timezone.localtime(story.embargo_until):%-d %B %Y, %H:%M} by the desk’s clock)"
    note = f'<p><mark data-note="">{escape(words)}</mark></p>' if words else ""
    return note + body.from_plain_text(story.text)


def what_it_says(story: Story, filing: Filing) -> dict:
    """The snapshot of all but byline and photos. Tags stand in it by their names; nothing is written, and what is not
    taken is told in the story's receipt."""
    section, language = matching.section_of(story, filing.section), matching.language_of(story)
    sources = Article.HeadlineFrom
    headline_from = sources.SOURCE if story.headline else sources.DESK
    snapshot = snapshots.blank() | {
        "headline": story.shown_headline,
        "headline_from": headline_from.value,
        "summary": story.dek,
        "body": body_of(story),
        "section": section.slug if section else None,
        "tags": matching.tags_of(story, filing.tags),
        "dateline": story.dateline,
        "published_on": story.published_on.isoformat() if story.published_on else None,
        "published_at": story.published_at.isoformat() if story.published_at else None,
        "date_decided": story.published_on is not None,
    }
    return snapshot | ({"language": language} if language else {})


def snapshot_of(story: Story, filing: Filing, photos: matching.Illustrated) -> dict[str, Any]:
    signatories = who_signs(story)
    signatories.told_to(story)
    signed = [
        {
            "author": page_of(signature, author).slug,
            "role": signature.role,
            "shown": signature.shown,
        }
        for signature, author in signatories.names
    ]
    snapshot = what_it_says(story, filing)
    snapshot["tags"] = [Tag.objects.named(name).slug for name in snapshot["tags"]]
    snapshot["lead_photo"] = photos.lead.sha256 if photos.lead else None
    snapshot["lead_caption"] = photos.caption
    decisions = Article.BylineDecision
    decision = decisions.GIVEN if signed and story.is_byline_sure else decisions.UNDECIDED
    snapshot["byline_decision"] = decision.value
    snapshot["bylines"] = signed
    return snapshot


def lock_authors(story: Story) -> None:
    """Until the transaction ends no other import makes a page: two that bring one new name at the same moment would
    make two. The row stands for the list of authors (on SQLite a transaction is alone anyway)."""
    if story.signatures:
        kinds = ContentType.objects.select_for_update(no_key=True).filter(
            app_label="authors", model="author"
        )
        list(kinds.values_list("pk"))


@dataclass
class Signatories:
    """`names`: each with the author whose it is; None when a page is to be made of it. `notes` are for the receipt, and
    while there are `questions` the byline is not sure."""

    names: list[tuple[Signature, Author | None]] = field(default_factory=list)
    notes: list[Found] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)

    def told_to(self, story: Story) -> None:
        story.receipt += self.notes
        story.open_questions += self.questions
        story.is_byline_sure = story.is_byline_sure and not self.questions


def who_signs(story: Story) -> Signatories:
    """Whose the names over a story are. Nothing is written, and the story stays as it is.

    An author is known by the name as it is written. A name that several have is a decision that waits for the desk: the
    byline stays undecided, and the name waits with those who may be meant ("Unknown names of imports").
    """
    found = Signatories()
    for signature in story.signatures:
        authors = list(Author.objects.called(signature.name))
        author = (
            authors[0]
            if len(authors) == 1
            else next((each for each in authors if each.is_unknown), None)
        )
        if len(authors) > 1:
            found.notes.append(left_to_the_desk(signature, authors))
            found.questions.append(f"“{signature.name}” may be one of several authors: say which.")
        elif author is None:
            found.notes.append(new_page(signature))
        elif signature.bio and author.bio != prose(signature.bio):
            # An author's page may be public: no import changes it.
            why = f"not taken: {author.name} has a page already; change it there"
            found.notes.append(Found("bio", signature.bio, why))
        found.names.append((signature, author))
    return found


def left_to_the_desk(signature: Signature, authors: list[Author]) -> Found:
    known = [author.slug for author in authors if not author.is_unknown]
    pages = (
        f"{len(known)} authors have that name ({', '.join(known)})"
        if known
        else "that name waits twice"
    )
    return Found(
        "author",
        signature.name,
        f"left to the desk: {pages}. Say who it is under “Unknown names of imports”",
    )


def new_page(signature: Signature) -> Found:
    alike = ", ".join(f"“{author.name}”" for author in Author.objects.alike(signature.name)[:3])
    hint = f"; it looks like {alike}: say whether it is the same" if alike else ""
    return Found(
        "author",
        signature.name,
        f"new author page, seen by readers with the first live story{hint}",
    )


def page_of(signature: Signature, author: Author | None) -> Author:
    return author or Author.objects.create(name=signature.name, bio=signature.bio, is_unknown=True)
