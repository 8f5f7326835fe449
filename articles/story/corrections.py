"""What readers are told about changes to a story they could have read: its rules, and the silent-edit alarm.

The act itself is `workflow.correct`; this module stands below it.
"""

import re

from django.db import IntegrityError, transaction

from articles import accounts
from articles.models import Act, Agreement, Article, Correction, LogLine, Revision
from articles.models.gate import this_moment
from articles.story import comparison, fields
from articles.story.fields import Alarm, Snapshot
from articles.story.transitions import Refused
from articles.text import body, body_parts
from articles.text.capitals import has_capital, names_in
from articles.text.tree import START, parsed
from authors.models import User
from newsroom.foundation.text import is_blank

Kind = Correction.Kind
MOST_WAITING = 6  # on the desk's first page
# A number with its signs is one word: 4.8 is not 48, and 48% is not 48.
WORDS = re.compile(r"[-−+$€£¥]?\d+(?:[.,:/]\d+)*[%‰]?|\w+(?:['’ʻʼ]\w+)*")
NEGATIONS = {
    "not",
    "no",
    "never",
    "none",
    "nobody",
    "nothing",
    "without",
    "neither",
    "nor",
    "cannot",
    "denied",
    "denies",
    "не",
    "нет",
    "никогда",
    "без",
    "ни",
    "emas",
    "yoʻq",
    "yo‘q",
    "yo'q",
    "hech",
}
A_NUMBER, A_NAME, A_NEGATION = "A number changed", "A name changed", "A negation changed"
A_BEGINNING = "The first word of a sentence changed, and may be a name"  # its capital says nothing
HARMLESS = set(".,;:!?…-–—()[]\"'“”‘’«»„")  # between words; beside a digit nothing is harmless
AROUND = ".,;:!?…()[]\"'“”‘’«»„"  # what may stand round a number and is not part of it
STRUCTURE = {"href", "start", "colspan", "rowspan"}  # attributes that say what no word says


def check(
    story: Article, *, by: User, kind: str, text: str, was: str, now: str, agreed_with: User | None
) -> None:
    """Raise `Refused` for a record that does not say what it has to say."""
    if kind not in (Kind.CORRECTION, Kind.CLARIFICATION, Kind.NOTE, Kind.RETRACTION):
        raise Refused(
            "Choose what it is: a correction, a clarification, an editor’s note or a retraction."
        )
    if kind == Kind.CORRECTION and (is_blank(was) or is_blank(now)):
        raise Refused("Say what was wrong and what is right.")
    if kind != Kind.CORRECTION and is_blank(text):
        raise Refused("Write the line that readers will see.")
    if kind == Kind.RETRACTION:
        if (
            agreed_with is None
            or agreed_with == by
            or not agreed_with.has_perm("articles.correct_article")
        ):
            raise Refused("A retraction names a second person who agrees and may correct stories.")
        assert story.live_from  # only a live story is corrected
        if accounts.are_one_hand(by.pk, agreed_with.pk, since=story.live_from):
            raise Refused(
                f"You and {agreed_with} do not count as two people: since the story went live one of your accounts was "
                "made, or given rights or a password, by the other. Name somebody else."
            )


def still_said(snapshot: Snapshot, was: str, now: str) -> list[str]:
    """Where a text does not say what its correction says, in sentences: of the numbers and names in `was` that are not
    in `now`, those that still stand in it; and of the numbers in `now`, those that stand nowhere."""
    text = "\n".join(texts_in(snapshot))
    said, wrong, right = (set(WORDS.findall(each)) for each in (text, was, now))
    small = {word for word in said | wrong if word.islower()}
    names = {word for word in names_in(f"{text}\n{was}", WORDS) if word.lower() not in small}
    telling = [
        word
        for word in WORDS.findall(was)
        if word not in right and (has_digit(word) or word in names)
    ]
    found = [f"The text still says “{word}”." for word in dict.fromkeys(telling) if word in said]
    if not found and " ".join(was.split()).casefold() in " ".join(text.split()).casefold():
        found.append(f"The text still says “{was.strip()[:80]}”.")
    absent = [
        word
        for word in dict.fromkeys(WORDS.findall(now))
        if has_digit(word) and word not in said | wrong
    ]
    return found + [f"The text nowhere says “{word}”." for word in absent]


def read_by_the_alarm() -> tuple[str, ...]:
    """Fields whose words are read beside the body's."""
    return fields.with_alarm(Alarm.WORDS, Alarm.EVERY_WORD)


def texts_in(snapshot: Snapshot) -> list[str]:
    return [snapshot[name] for name in read_by_the_alarm()] + [body.plain_text(snapshot["body"])]


def add(story: Article, *, by: User, **facts) -> Correction:
    """Write the record, inside the transaction of its act."""
    record = Correction(article=story, made_by=by, published_at=this_moment(), **facts)
    record.save()
    return record


def waiting_for(person: User) -> list[Correction]:
    """Retractions to which somebody says this person agreed, and which wait for the person's own word."""
    asked = Correction.objects.filter(agreed_with=person, kind=Kind.RETRACTION)
    return list(
        asked.exclude(agreements__by=person)
        .select_related("article", "made_by")
        .newest_first()[:MOST_WAITING]
    )


def answer(record: Correction, *, by: User, agrees: bool) -> Agreement:
    """The colleague's own word. It is said once and stands in the logbook; the retraction is public either way, and one
    that should not have been made is met by another record."""
    if record.kind != Kind.RETRACTION or record.agreed_with_id != by.pk:
        raise Refused("Nobody named you as agreeing to this.")
    try:
        with transaction.atomic():
            said = Agreement(record=record, by=by, at=this_moment(), agrees=agrees)
            said.save()
            LogLine.objects.record(
                Act.AGREE_TO_RETRACTION if agrees else Act.DENY_RETRACTION,
                article=record.article,
                by=by,
                from_status=record.article.status,
                to_status=record.article.status,
                why=f"{record.made_by} made the retraction and named {by}.",
                details={"record": str(record.uid)},
            )
    except IntegrityError:
        raise Refused("You have answered already.") from None
    return said


def revision_shown(story: Article) -> Revision | None:
    """The snapshot that readers see."""
    return story.revisions.on_the_line().filter(version=story.shown_version).first()


def telling_changes(before: Snapshot, after: Snapshot) -> list[str]:
    """What changed that can mislead a reader, in sentences: numbers, names, negations, who signs, from where, when,
    what kind of text it is, and what is said about its pictures and sources."""
    texts = ["\n".join(texts_in(snapshot)) for snapshot in (before, after)]
    old, new = (WORDS.findall(text) for text in texts)
    small = {word for word in (*old, *new) if word.islower()}
    names = {word for text in texts for word in names_in(text, WORDS)}
    changed = {words: ([], []) for words in (A_NUMBER, A_NAME, A_BEGINNING, A_NEGATION)}

    def note(words, gone, here):
        changed[words][0].extend(gone)
        changed[words][1].extend(here)

    for op, a, b, c, d in comparison.opcodes(old, new)[0]:
        if op == "equal":
            continue
        parts = old[a:b], new[c:d]
        note(A_NUMBER, *([word for word in part if has_digit(word)] for part in parts))
        note(A_NEGATION, *([word for word in part if is_negation(word)] for part in parts))
        capitals = [
            [word for word in part if has_capital(word) and word.lower() not in small]
            for part in parts
        ]
        has_name = any(word in names for part in capitals for word in part)
        note(A_NAME if has_name else A_BEGINNING, *capitals)
    found = [
        f"{words}: {', '.join(gone[:6]) or 'nothing'} → {', '.join(here[:6]) or 'nothing'}."
        for words, (gone, here) in changed.items()
        if gone or here
    ]
    captions = [body_parts.captions_in(snapshot["body"]) for snapshot in (before, after)]
    if [photo for photo, _ in captions[0]] != [photo for photo, _ in captions[1]]:
        found.append("A photo in the text changed.")
    elif [weighed_text(words) for _, words in captions[0]] != [
        weighed_text(words) for _, words in captions[1]
    ]:
        found.append("The caption of a photo in the text changed.")
    for name in fields.with_alarm(Alarm.EVERY_WORD):
        if weighed_text(before[name]) != weighed_text(after[name]):
            found.append(f"{fields.named(name).label} changed.")
    for name in fields.with_alarm(Alarm.CHANGE):
        if before[name] != after[name]:
            found.append(f"{fields.named(name).label} changed.")
    return found


def has_digit(word: str) -> bool:
    return any(char.isdigit() for char in word)


def is_negation(word: str) -> bool:
    return word.casefold() in NEGATIONS or word.casefold().endswith(("n't", "n’t"))


def is_plainly_small(before: Snapshot, after: Snapshot) -> bool:
    """Whether only space, punctuation, formatting and filing changed: then "small fix" may be ticked beforehand.

    Whatever stands next to a digit counts (a sign, a currency, a decimal point), and so do links and tables.
    """
    changed = {change.name for change in comparison.field_changes(before, after)} - set(
        read_by_the_alarm()
    )
    return (
        changed <= set(fields.with_alarm(Alarm.NONE))
        and weighed(before) == weighed(after)
        and structure_of(before["body"]) == structure_of(after["body"])
        and ("<table" not in before["body"] + after["body"] or before["body"] == after["body"])
    )


def structure_of(cleaned: str) -> list[tuple[str, str]]:
    """Where links lead, where numbered lists begin, how far cells reach, and what is a photo, a box or a note."""
    return [
        (name, value)
        for kind, element, _ in parsed(cleaned).events
        if kind == START
        for name, value in element.attributes.items()
        if name in STRUCTURE or name.startswith("data-")
    ]


def weighed(snapshot: Snapshot) -> list[str]:
    """The text without what may change unsaid: each word, each sign, each number as it stands."""
    return weighed_text("\n".join(texts_in(snapshot)))


def weighed_text(text: str) -> list[str]:
    found = []
    for chunk in text.split():
        if chunk.isalpha():
            found.append(chunk)
        elif has_digit(chunk):
            found.append(chunk.rstrip(AROUND).lstrip(AROUND.replace(".", "")))
        else:
            found += [each for each in re.findall(r"\w+|[^\w\s]", chunk) if each not in HARMLESS]
    return found
