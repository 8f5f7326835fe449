"""Every function over text that somebody sends, over every kind of hostile text: linear, or bounded and honest of it.

A figure is processor time, so that a busy machine changes little.
"""

import contextlib
import heapq
import re
import sys
import time
import uuid
import zoneinfo
from functools import lru_cache
from itertools import accumulate, islice
from types import MappingProxyType

import pytest
from django.db import transaction

from articles import copydesk, workflow
from articles.copydesk import dead_links, hidden_signs, relative_dates, weekdays
from articles.copydesk.links import links_in
from articles.models import Article
from articles.naming import similar_names
from articles.reading import public_story, related, rendering
from articles.story import (
    comparison,
    corrections,
    editing,
    fields,
    snapshots,
    three_way_merge,
    unsaved,
)
from articles.text import body, body_parts, bounds, embeds, tree, units
from articles.text.small_signs import with_small_signs
from articles.text.taken_out import taken_out
from articles.text.units import blocks_of
from newsroom.feeds import xml
from newsroom.foundation import lengths, links, remembered, text
from newsroom.foundation.desk import DeskAdmin
from newsroom.interchange import dates, formats, story
from newsroom.interchange.readers import plain_text
from newsroom.interchange.sample import LONGEST_DOCUMENT, Sample
from newsroom.search import index, passage, query, spelling, words
from tests.articles.test_desk_form import LIST, form_data
from tests.builders import a_person, a_snapshot
from tests.hostile import HOSTILE
from tests.sizes import FULL, sized

SIZE = sized(20_000, 1_000)  # characters of each kind of text
# of the kinds that took longest, under `make prove`
SIZES = (lengths.BODY // 4, lengths.BODY // 2, lengths.BODY)
WORST = 2  # kinds of text for each function
CEILING = 1.0  # seconds of one call
STEP_FROM = 0.1  # seconds under which a doubling says nothing
UTC = zoneinfo.ZoneInfo("UTC")


def said(cleaned: str, plain: str) -> dict:
    """A snapshot that says it in every place that takes a text."""
    prose = {
        name: plain[: Article._meta.get_field(name).max_length]
        for name in fields.of_kind(fields.Kind.PROSE)
    }
    facts = dict.fromkeys((*fields.compared(), *fields.texts()), "")
    lists = {"tags": [], "related": [], "bylines": []}
    dated = {
        "published_on": None,
        "published_at": None,
        "date_decided": True,
        "lead_photo": None,
        "language": "en",
    }
    return facts | lists | dated | prose | {"body": cleaned}


def turned(cleaned: str) -> str:
    return f"{cleaned[len(cleaned) // 3 :]}<p>y</p>{cleaned[: len(cleaned) // 3]}"


def import_it(sent, cleaned, plain):
    with contextlib.suppress(story.Unreadable):
        story.working_headline(plain_text.read_story(sent, zone=UTC).text)


def read_document(sent, cleaned, plain):
    """What any document goes through: which of many formats it is, and its story."""
    raw = sent.encode(errors="replace")[:LONGEST_DOCUMENT]
    with contextlib.suppress(story.Unreadable):
        formats.read_document(Sample(raw.decode(errors="ignore").encode()), zone=UTC)


def merge(sent, cleaned, plain):
    texts = (cleaned, turned(cleaned), f"{cleaned}<p>z</p>")
    return three_way_merge.merge(*(said(each, plain) for each in texts))


# Each takes what was sent, what the cleaner made of it, and its plain words.
FUNCTIONS = {
    "clean": lambda sent, cleaned, plain: body.clean(sent),
    "clean once more": lambda sent, cleaned, plain: body.clean(cleaned),
    "bounded": lambda sent, cleaned, plain: bounds.bounded(sent),
    "from_plain_text": lambda sent, cleaned, plain: body.from_plain_text(sent),
    "plain_text": lambda sent, cleaned, plain: body.plain_text(cleaned),
    "paragraphs": lambda sent, cleaned, plain: body.paragraphs(cleaned),
    "blocks_of": lambda sent, cleaned, plain: blocks_of(cleaned),
    "settled": lambda sent, cleaned, plain: body_parts.settled(cleaned),
    "photos_in": lambda sent, cleaned, plain: body_parts.photos_in(cleaned),
    "notes_in": lambda sent, cleaned, plain: body_parts.notes_in(cleaned),
    "without_notes": lambda sent, cleaned, plain: body_parts.without_notes(cleaned),
    "passages": lambda sent, cleaned, plain: comparison.passages(cleaned, turned(cleaned)),
    "a field reversed": lambda sent, cleaned, plain: comparison.prose_between(
        plain, plain[::-1], comparison.Budget()
    ),
    "size": lambda sent, cleaned, plain: comparison.size(
        said(cleaned, plain), said(turned(cleaned), plain[::-1])
    ),
    "merge": merge,
    "two_bodies": lambda sent, cleaned, plain: three_way_merge.merge(
        None, said(cleaned, plain), said(turned(cleaned), plain)
    ),
    "telling_changes": lambda sent, cleaned, plain: corrections.telling_changes(
        said(cleaned, plain), said(turned(cleaned), plain[::-1])
    ),
    "weighed": lambda sent, cleaned, plain: corrections.weighed(said(cleaned, plain)),
    "structure_of": lambda sent, cleaned, plain: corrections.structure_of(cleaned),
    "a tree": lambda sent, cleaned, plain: tree.parsed(cleaned),
    "a tree of what was sent": lambda sent, cleaned, plain: tree.parsed(sent),
    "links_in": lambda sent, cleaned, plain: links_in(cleaned),
    "has_words": lambda sent, cleaned, plain: body.has_words(cleaned),
    "with_small_signs": lambda sent, cleaned, plain: with_small_signs(cleaned),
    "public_text": lambda sent, cleaned, plain: rendering.public_text(cleaned, {}),
    "absolute addresses": lambda sent, cleaned, plain: public_story.with_absolute_addresses(
        cleaned, "x"
    ),
    "still_said": lambda sent, cleaned, plain: corrections.still_said(
        said(cleaned, plain), plain[: lengths.RECORD], plain[::-1][: lengths.RECORD]
    ),
    "is_plainly_small": lambda sent, cleaned, plain: (
        corrections.weighed(said(cleaned, plain))
        == corrections.weighed(said(turned(cleaned), plain))
    ),
    "reads_the_same": lambda sent, cleaned, plain: units.reads_the_same(
        cleaned, f"{cleaned}<p>y</p>"
    ),
    "taken_out": lambda sent, cleaned, plain: taken_out(sent),
    "word_count": lambda sent, cleaned, plain: body.word_count(plain),
    "captions_in": lambda sent, cleaned, plain: body_parts.captions_in(cleaned),
    "structured data": lambda sent, cleaned, plain: rendering.data_block(
        {"articleBody": plain, "keywords": sent}
    ),
    "feed": lambda sent, cleaned, plain: xml.legal(cleaned),
    "a dek": lambda sent, cleaned, plain: text.prose(sent),
    "a line": lambda sent, cleaned, plain: text.line(sent),
    "a name": lambda sent, cleaned, plain: text.name(sent),
    "identity": lambda sent, cleaned, plain: text.identity(sent),
    "fold": lambda sent, cleaned, plain: text.fold(sent),
    "normalise": lambda sent, cleaned, plain: text.normalise(sent),
    "slug_for": lambda sent, cleaned, plain: text.slug_for(sent, otherwise="x"),
    "safe_href": lambda sent, cleaned, plain: links.safe_href(sent),
    "an address in safe_href": lambda sent, cleaned, plain: links.safe_href(
        f"https://a.example/{sent[:1900]}"
    ),
    "recognise": lambda sent, cleaned, plain: embeds.recognise(
        f"https://youtube.com/{sent[:1900]}"
    ),
    "skeleton": lambda sent, cleaned, plain: similar_names.skeleton(sent[:250]),
    "related": lambda sent, cleaned, plain: related.telling_words(sent[: related.LOOKED_INTO]),
    **{
        f"copydesk {check.__module__.rpartition('.')[2]}": lambda sent, cleaned, plain, check=check: (
            list(islice(check(copydesk.Copy(said(cleaned, plain))), copydesk.MOST_OF_A_KIND))
        )
        for check in (
            *copydesk.OF_WORDS,
            hidden_signs.check,
            weekdays.check,
            relative_dates.check,
            dead_links.check,
        )
    },
    "tokens": lambda sent, cleaned, plain: words.tokens(plain, "en", 15_000),
    "Russian tokens": lambda sent, cleaned, plain: words.tokens(plain, "ru", 15_000),
    "worth_finding": lambda sent, cleaned, plain: spelling.worth_finding(
        plain[:250], plain[:500], plain
    ),
    "passage": lambda sent, cleaned, plain: passage.passage(plain, ["bread", "a", "salt"], "en"),
    "question": lambda sent, cleaned, plain: query.read(
        dict.fromkeys(("q", "from", "to", "author"), sent)
    ),
    "import": import_it,
    "document": read_document,
    "read_date": lambda sent, cleaned, plain: dates.read_date(sent, zone=UTC),
}


@lru_cache(40)
def texts_of(kind: str, size: int) -> tuple[str, str, str]:
    """What was sent, what the cleaner makes of it, of the same length at the most, and its words."""
    sent = HOSTILE[kind](size)
    cleaned = body.clean(body.clean(sent)[:size])[:size]
    return sent, cleaned, body.plain_text(cleaned) or sent.replace("<", "‹")


def seconds_of(name: str, kind: str, size: int) -> float:
    texts = texts_of(kind, size)
    begun = time.process_time()
    FUNCTIONS[name](*texts)
    return time.process_time() - begun


@pytest.fixture
def nothing_is_asked_or_remembered(monkeypatch):
    monkeypatch.setattr(
        comparison.Budget.__init__, "__defaults__", (sized(comparison.MOST_STEPS, 100_000),)
    )
    monkeypatch.setattr(
        snapshots, "names_of_photos", lambda hashes: {each: each[:8] for each in hashes}
    )
    monkeypatch.setattr(remembered, "LONG", 10**9)
    monkeypatch.setattr(tree, "LONG", 0)


def test_no_text_takes_long(nothing_is_asked_or_remembered):
    """Every function over every kind of text."""
    worst = {
        name: max((seconds_of(name, kind, SIZE), kind) for kind in HOSTILE) for name in FUNCTIONS
    }
    assert {name: taken for name, taken in worst.items() if taken[0] >= CEILING} == {}


@pytest.mark.full_size
@pytest.mark.skipif(not FULL, reason="it takes minutes: `make prove` runs it")
def test_the_longest_text_takes_less_than_a_second_and_twice_the_text_twice_the_time(
    nothing_is_asked_or_remembered, figure
):
    """Every function over the kinds of text that took it longest. A quadratic one would take four times as long."""
    taken = {kind: {name: seconds_of(name, kind, SIZE) for name in FUNCTIONS} for kind in HOSTILE}
    found = {}
    for kind in HOSTILE:
        for name in FUNCTIONS:
            if kind in heapq.nlargest(
                WORST, HOSTILE, key=lambda each, name=name: taken[each][name]
            ):
                found.setdefault(name, []).append(
                    (kind, [seconds_of(name, kind, size) for size in SIZES])
                )
        texts_of.cache_clear()
    for name in FUNCTIONS:
        kind, times = max(found[name], key=lambda each: each[1][-1])
        each = " → ".join(f"{seconds:.2f}" for seconds in times)
        figure(
            f"{name}, of {', '.join(f'{size:,}' for size in SIZES)} characters: {each} s ({kind})"
        )
    every = [(name, kind, times) for name, kinds in found.items() for kind, times in kinds]
    assert [each for each in every if each[2][-1] >= CEILING] == []
    assert [each for each in every if each[2][-1] > max(STEP_FROM, 6 * each[2][0])] == []


def test_a_dek_of_letters_in_quotation_marks_and_its_reverse():
    """It took 46 s of processor time inside the transaction."""
    dek = "“a” " * 600
    begun = time.process_time()
    runs, _ = comparison.prose_between(dek, dek[::-1], comparison.Budget())
    assert time.process_time() - begun < CEILING
    assert "".join(run.text for run in runs if run.fate in ("same", "del")).split() == dek.split()


def deepest(cleaned: str) -> int:
    tags = re.findall("<(/?)([a-z0-9]+)", cleaned)
    steps = (-1 if end else name not in ("br", "hr") for end, name in tags)
    return max(accumulate(steps), default=0)


@pytest.mark.parametrize("kind", [kind for kind in HOSTILE if kind.startswith("nested <")])
def test_what_is_nested_too_deep_keeps_its_words_and_loses_tags_only(kind):
    deep = HOSTILE[kind](20_000)
    cleaned = body.clean(f"{deep}the words")
    assert "the words" in cleaned or "the words" not in body.clean(f"{deep[:600]}the words")
    assert deepest(cleaned) <= bounds.DEEPEST
    assert body.clean(cleaned) == cleaned


def test_the_words_of_a_text_of_two_hundred_levels_all_stay_and_twenty_stay_nested():
    deep = "".join(f"<blockquote>w{level} " for level in range(200))
    assert body.plain_text(body.clean(deep)).split() == [f"w{level}" for level in range(200)]
    assert body.clean("<ul><li>" * 20 + "x").count("<ul>") == 20


def test_a_tag_keeps_its_first_hundred_attributes():
    many = " ".join(f"a{number}=1" for number in range(5000))
    assert body.clean(f'<a href="/x" {many}>y</a>') == '<a href="/x">y</a>'


def test_marks_that_run_on_over_very_many_paragraphs_end_somewhere():
    sent = "<p><b><i>" + "<p>word" * 30_000
    cleaned = body.clean(sent)
    assert cleaned.count("word") == 30_000
    assert len(cleaned) < 3 * len(sent)


def test_no_recursion_meets_its_end():
    depth = sys.getrecursionlimit() * 3
    for piece in (
        "<div>",
        "<ul><li>",
        "<mark data-note>",
        "<figure data-embed>",
        "<table><tr><td>",
    ):
        cleaned = body.clean(f"{piece * depth}x")
        for reader in (body.plain_text, body.paragraphs, blocks_of, body_parts.settled):
            reader(cleaned)


# --- Nothing heavy while others wait


class Held:
    """Seconds of processor time that the outermost transactions were open."""

    def __init__(self, monkeypatch, outer: int):
        self.depth, self.times = -outer, []
        enter, leave = transaction.Atomic.__enter__, transaction.Atomic.__exit__

        def begin(atomic):
            enter(atomic)
            self.depth += 1
            if self.depth == 1:
                self.begun = time.process_time()

        def end(atomic, *error):
            if self.depth == 1:
                self.times.append(time.process_time() - self.begun)
            self.depth -= 1
            return leave(atomic, *error)

        monkeypatch.setattr(transaction.Atomic, "__enter__", begin)
        monkeypatch.setattr(transaction.Atomic, "__exit__", end)

    def longest(self) -> float:
        longest, self.times = max(self.times), []
        return longest


def acts_on_a_long_text(held: Held, word: str) -> dict[str, float]:
    """{act: how long it held the lock} for the life of a story of 200,000 characters whose text repeats itself.
    `word`: none that another test has used, so that nothing is remembered from there."""
    chief = a_person("Chief editor")
    text_of = [f"<p>{word} {each * 25_000}</p>" for each in ("“a” ”b“ ", "”b“ “a” ")]
    found = {}
    held.times = []
    draft = editing.create(a_snapshot("Long", body=text_of[0]))
    found["create"] = held.longest()
    editing.save(draft, snapshots.latest(draft) | {"body": text_of[1]}, version=1, by=chief)
    found["save"] = held.longest()
    draft.refresh_from_db()
    workflow.publish(draft, by=chief, passing=dict.fromkeys(blocking(draft), "read"))
    found["publish"] = held.longest()
    editing.save(
        draft, snapshots.latest(draft) | {"body": text_of[0]}, version=draft.version, by=chief
    )
    found["save a working copy"] = held.longest()
    draft.refresh_from_db()
    workflow.put_live(
        draft, by=chief, kind="small_fix", passing=dict.fromkeys(blocking(draft), "read")
    )
    found["put live"] = held.longest()
    editing.save(
        draft, snapshots.latest(draft) | {"body": text_of[1]}, version=draft.version, by=chief
    )
    found["save a working copy again"] = held.longest()
    draft.refresh_from_db()
    workflow.unpublish(draft, by=chief, why="A test")
    found["unpublish"] = held.longest()
    return found


def blocking(story) -> list[str]:
    return [
        problem.fingerprint for problem in copydesk.open_problems(snapshots.latest(story), story)
    ]


@pytest.mark.django_db
def test_what_takes_long_is_done_before_the_lock(monkeypatch, figure):
    held = Held(monkeypatch, outer=0)
    found = acts_on_a_long_text(held, "First")
    figure(
        "; ".join(
            f"{act} holds the lock for {seconds * 1000:.0f} ms" for act, seconds in found.items()
        )
    )
    assert max(found.values()) < 16 * pace(), found


def pace() -> float:
    """Seconds of processor time that this machine and this Python take now for a fixed piece of work (0.03 s on a quiet
    core): a busy machine stretches both."""
    begun = time.process_time()
    for _ in range(5):
        re.sub(r"<(/?)([a-z]++)((?:\s++[a-z]++)*+)\s*+>", "", "<p>word</p> " * 12_000)
        " ".join(sorted(("word and another " * 8_000).split()))
    return time.process_time() - begun


@pytest.mark.django_db
@pytest.mark.parametrize("defence", [True, False], ids=["defence", "twin"])
def test_no_comparison_runs_while_others_wait(monkeypatch, defence):
    """The twin remembers nothing of what was worked out beforehand, and compares inside the lock."""
    held, inside = Held(monkeypatch, outer=0), []
    compared = comparison.compared
    monkeypatch.setattr(
        comparison, "compared", lambda *each: (inside.append(held.depth > 0), compared(*each))[1]
    )
    if not defence:
        monkeypatch.setattr(comparison, "size_of", comparison.size_of.__wrapped__)
    acts_on_a_long_text(held, f"Second {defence}")
    assert inside
    assert any(inside) is not defence


@pytest.mark.django_db
@pytest.mark.parametrize("defence", [True, False], ids=["defence", "twin"])
def test_a_save_at_the_desk_reads_no_long_text_while_others_wait(monkeypatch, desk, defence):
    """A new story, its saves, what it is compared with and its preview. The twin opens the transaction as Django
    does for its forms, round the whole request."""
    browser, held, read = desk(a_person("Chief editor")), Held(monkeypatch, outer=0), []

    def watched(work, *each):
        if any(len(text) >= remembered.LONG for text in each if isinstance(text, str | list)):
            read.append(held.depth > 0)
        return work(*each)

    for owner, name in ((body, "bounded"), (tree.Tree, "__init__"), (comparison, "opcodes")):
        work = getattr(owner, name)
        monkeypatch.setattr(owner, name, lambda *each, work=work: watched(work, *each))
    for module in (remembered, tree):
        monkeypatch.setattr(module, "LONG", 2000)  # characters
    if not defence:
        monkeypatch.setattr(DeskAdmin, "look_and_save", transaction.atomic(DeskAdmin.look_and_save))
    long = f"<p>Fourth {defence} {HOSTILE['different words'](3000)}</p>"
    assert browser.post(f"{LIST}add/", form_data(headline="Long", body=long)).status_code == 302
    story = Article.objects.get()
    for now in (long.replace(" ", " <b></b>"), long.replace("a", "c"), f"{long}<p>z</p>"):
        sent = form_data(story, headline="Long", body=now)
        assert browser.post(f"{LIST}{story.pk}/change/", sent).status_code == 302
        story.refresh_from_db()
    assert browser.post(f"{LIST}{story.pk}/preview/", sent).status_code == 200
    assert browser.get(f"{LIST}{story.pk}/compare/?from=1&to=2").status_code == 200
    assert len(read) > 10
    assert any(read) is not defence


@pytest.mark.django_db
@pytest.mark.parametrize("defence", [True, False], ids=["defence", "twin"])
def test_no_long_text_is_read_for_the_search_while_others_wait(monkeypatch, defence):
    """Going live and coming back both. The twin reads it inside the lock, where the index is written."""
    held, inside = Held(monkeypatch, outer=0), []
    tokens = index.tokens
    monkeypatch.setattr(
        index,
        "tokens",
        lambda text, *each: (
            len(text) < 1000 or inside.append(held.depth > 0),
            tokens(text, *each),
        )[1],
    )
    if not defence:
        monkeypatch.setattr(index, "tokens_of_text", index.tokens_of_text.__wrapped__)
    acts_on_a_long_text(held, f"Third {defence}")
    assert inside
    assert any(inside) is not defence


@pytest.mark.django_db
@pytest.mark.parametrize("defence", [True, False], ids=["defence", "twin"])
def test_no_form_is_read_and_compared_while_others_wait_when_the_oldest_of_many_is_filed(
    monkeypatch, defence
):
    chief, draft = a_person("Chief editor"), editing.create(a_snapshot("Many forms"))
    held, inside = Held(monkeypatch, outer=0), []
    compare, tidy = unsaved.is_in_a_revision, unsaved.tidy
    monkeypatch.setattr(
        unsaved,
        "is_in_a_revision",
        lambda *each: (inside.append(held.depth > 0), compare(*each))[1],
    )
    if not defence:
        monkeypatch.setattr(
            unsaved, "tidy", lambda *each: transaction.atomic(lambda: tidy(*each))()
        )
    for number in range(unsaved.MOST + 2):
        fields = {"summary": [f"Typed {number}"], "base_version": ["1"]}
        unsaved.keep(chief.pk, fields, article_id=draft.pk, key=uuid.UUID(int=number))
    assert draft.revisions.filter(kind="kept").count() == 2
    assert any(inside) is not defence


def test_what_is_remembered_cannot_be_changed():
    long = "word " * remembered.LONG
    assert body.clean(long) is body.clean(long)
    assert isinstance(
        copydesk.found_in(*[long] * (len(copydesk.words_read()) + 1)), MappingProxyType
    )
