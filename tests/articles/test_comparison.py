"""The word diff: what changed between two versions, with formatting, and nothing that did not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.models import Tag
from articles.story import comparison, fields, snapshots
from articles.story.comparison import passages
from articles.text import body


def fates(before, after):
    return [(run.fate, run.text) for passage in passages(before, after) for run in passage.runs]


def test_a_changed_word_is_shown_in_its_sentence():
    assert fates("<p>Bread is up 48% this year.</p>", "<p>Bread is up 52% this year.</p>") == [
        ("same", "Bread is up "),
        ("del", "48"),
        ("ins", "52"),
        ("same", "% this year."),
    ]


@pytest.mark.parametrize(
    ("before", "after", "mark"),
    [
        ("<p>one two</p>", "<p>one <strong>two</strong></p>", ("bold",)),
        ("<p>one two</p>", "<p>one <em>two</em></p>", ("italic",)),
        (
            '<p>one <a href="https://a.example">two</a></p>',
            '<p>one <a href="https://b.example">two</a></p>',
            ("link to https://b.example",),
        ),
    ],
)
def test_formatting_and_links_are_changes_of_their_own(before, after, mark):
    came = [run for passage in passages(before, after) for run in passage.runs if run.fate == "ins"]
    assert [(run.text, run.marks) for run in came] == [("two", mark)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>4 .8</p>", "<p>4.8</p>"),
        ("<p>1, 500</p>", "<p>1,500</p>"),
        ("<ul><li>a</li></ul>", "<ol><li>a</li></ol>"),
        ("<ol><li>a</li></ol>", '<ol start="5"><li>a</li></ol>'),
        (
            "<table><tbody><tr><td>a</td></tr></tbody></table>",
            "<table><tbody><tr><th>a</th></tr></tbody></table>",
        ),
        (
            "<table><tbody><tr><td></td><td>a</td></tr></tbody></table>",
            "<table><tbody><tr><td>a</td><td></td></tr></tbody></table>",
        ),
        ("<ul><li>a</li><li>b</li></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<p>a<br>b</p>", "<p>a b</p>"),
    ],
)
def test_nothing_that_readers_would_notice_passes_for_the_same(before, after):
    assert any(each.fate != "same" for each in passages(before, after))


def test_a_paragraph_that_became_a_heading_says_so():
    (passage,) = passages("<p>Prices rise again</p>", "<h2>Prices rise again</h2>")
    assert (passage.fate, passage.note) == ("changed", "Paragraph → Heading")


def test_paragraphs_that_came_and_went_stand_where_they_were():
    before, after = (
        "<p>One.</p><p>Gone.</p><p>Three.</p>",
        "<p>One.</p><p>Three.</p><ul><li>New item</li></ul>",
    )
    assert [(each.fate, each.kind) for each in passages(before, after)] == [
        ("same", "p"),
        ("del", "p"),
        ("same", "p"),
        ("ins", "li"),
    ]


def test_every_word_of_both_sides_is_in_the_comparison():
    before = "<p>One <strong>two</strong> three.</p><table><tbody><tr><td><p>a</p></td><td>b</td></tr></tbody></table>"
    after = "<h2>One two</h2><blockquote><p>q1</p><p>q2</p></blockquote><ol><li>x<p>y</p></li></ol>"
    for side, html in (("del", before), ("ins", after)):
        shown = " ".join(
            text for fate, text in fates(before, after) if fate in ("same", side)
        ).replace("|", " ")
        assert sorted(shown.split()) == sorted(body.plain_text(html).split())


@pytest.mark.django_db
def test_fields_are_named_and_put_into_words():
    Tag.objects.named("Food")
    before = snapshots.ordered(
        {"headline": "Bread is up", "tags": ["food"], "byline_decision": "staff"}
    )
    after = snapshots.ordered(
        {
            "headline": "Bread is down",
            "tags": ["food", "trade"],
            "byline_decision": "given",
            "bylines": [{"name": "A Guest"}, {"name": "B", "role": "translator"}],
        }
    )
    changes = {
        each.label: (each.before, each.after) for each in comparison.field_changes(before, after)
    }
    assert changes == {
        "Headline": ("Bread is up", "Bread is down"),
        "Tags": ("Food", "Food, trade"),
        "Byline decision": ("Staff: signed by the newsroom", "The names below"),
        "Byline": ("", "A Guest; B (translator)"),
    }


def test_every_field_of_a_snapshot_is_compared_and_merged():
    assert set(fields.compared()) | {"body"} == set(snapshots.blank())


def test_the_size_of_a_change_is_counted_in_words():
    before = snapshots.ordered({"headline": "Bread", "body": "<p>One two three.</p>"})
    after = snapshots.ordered({"headline": "Bread prices", "body": "<p>One two four five.</p>"})
    assert comparison.size(before, after) == (3, 1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>" + "a " * 200_000 + "</p>", "<p>x " + "a " * 200_000 + "y</p>"),
        ("<p>a</p>" * 20_000, "<p>b</p>" + "<p>a</p>" * 20_000),
        ("<p>" + "a b " * 30_000 + "</p>", "<p>" + "b a c " * 30_000 + "</p>"),
    ],
    ids=["one word", "many blocks", "two words"],
)
def test_hostile_texts_are_compared_with_bounded_work(before, after, monkeypatch):
    """What difflib looks at is counted beforehand, and it looks at no more than may be."""
    looked_at = []
    real = comparison.SequenceMatcher.find_longest_match

    def counted(matcher, alo, ahi, blo, bhi):
        looked_at.append(sum(1 + len(matcher.b2j.get(each, ())) for each in matcher.a[alo:ahi]))
        return real(matcher, alo, ahi, blo, bhi)

    monkeypatch.setattr(comparison.SequenceMatcher, "find_longest_match", counted)
    assert passages(before, after)
    assert sum(looked_at) <= comparison.MOST_STEPS


def whole(found, side):
    return "".join(
        run.text for passage in found for run in passage.runs if run.fate in ("same", side)
    )


def test_what_is_too_different_is_shown_whole_and_said_so():
    before = "“a” “b” " * 4000
    after = before[::-1]
    (passage,) = passages(f"<p>{before}</p>", f"<p>{after}</p>")
    assert comparison.TOO_DIFFERENT in passage.note
    assert (whole([passage], "del").split(), whole([passage], "ins").split()) == (
        before.split(),
        after.split(),
    )


def test_a_text_of_very_many_paragraphs_is_shown_as_two_whole_texts():
    before = [f"<p>n{number}</p>" for number in range(comparison.MOST_PASSAGES + 1)]
    found = passages("".join(before), "".join([*before[:5], "<p>new</p>", *before[5:]]))
    assert [each.fate for each in found] == ["del", "ins"]
    assert all(comparison.TOO_LONG in each.note for each in found)
    assert whole(found, "ins").split() == [
        "n0",
        "n1",
        "n2",
        "n3",
        "n4",
        "new",
        *(f"n{n}" for n in range(5, len(before))),
    ]


def test_a_field_that_is_too_different_says_so():
    """A dek of 600 quoted letters and then its reverse took 46 s."""
    typed = "“a” " * 9_000
    before, after = (
        snapshots.ordered({"source_note": typed}),
        snapshots.ordered({"source_note": typed[::-1]}),
    )
    (change,) = comparison.field_changes(before, after)
    assert change.note == comparison.TOO_DIFFERENT
    assert "".join(run.text for run in change.runs if run.fate == "del") == typed


def test_few_edits_in_a_text_that_repeats_itself_are_still_shown_word_by_word():
    before = "<p>" + "la di da do " * 2_000 + "</p>"
    after = before.replace("<p>la di", "<p>la new di").replace("da do </p>", "da end do</p>")
    (passage,) = passages(before, after)
    assert "different" not in passage.note
    assert [run.text.strip() for run in passage.runs if run.fate == "ins"] == ["new", "end"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12))
def test_both_ways_of_comparing_put_both_texts_together_again(old, new):
    for compare in (comparison.readable_opcodes, comparison.shortest_opcodes):
        codes = (
            compare(old, new, comparison.Budget())
            if old and new
            else comparison.opcodes(old, new)[0]
        )
        assert [each for _, a, b, _, _ in codes for each in old[a:b]] == old
        assert [each for _, _, _, c, d in codes for each in new[c:d]] == new
        assert all(old[a:b] == new[c:d] for op, a, b, c, d in codes if op == "equal")
        kinds = {
            "delete": (True, False),
            "insert": (False, True),
            "replace": (True, True),
            "equal": (True, True),
        }
        assert all(kinds[op] == (b > a, d > c) for op, a, b, c, d in codes)
