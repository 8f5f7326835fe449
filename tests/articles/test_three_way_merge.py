"""Two texts of one story are put together without losing a word that somebody chose to keep."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Tag
from articles.story import editing, snapshots, three_way_merge
from articles.text import body
from tests.articles.test_desk_form import LIST, form_data
from tests.builders import a_draft, a_snapshot

paragraphs = st.lists(st.sampled_from([f"<p>{word}</p>" for word in "abcdef"]), max_size=6)


@given(paragraphs, paragraphs, paragraphs)
def test_of_any_three_texts_each_side_can_be_had_whole(base, theirs, mine):
    parts = three_way_merge.merge_bodies(base, theirs, mine)
    for side, whole in (("theirs", theirs), ("mine", mine)):
        built = [each for part in parts for each in part.chosen(side)]
        assert built == whole
    both = [
        each
        for part in parts
        for each in part.chosen("both" if part.fate == "both" else part.preset)
    ]
    for paragraph in {*theirs, *mine} - set(base):
        assert paragraph in both  # nothing new goes unless somebody says so


def test_what_only_one_side_changed_is_taken_from_that_side():
    base = snapshots.ordered({"headline": "H", "body": "<p>One.</p><p>Two.</p><p>Three.</p>"})
    theirs = base | {"body": "<p>One by them.</p><p>Two.</p><p>Three.</p>", "summary": "Their dek"}
    mine = base | {"body": "<p>One.</p><p>Two.</p><p>Three by me.</p>", "headline": "My headline"}
    result = three_way_merge.merge(base, theirs, mine).result(theirs, {})
    assert body.paragraphs(result["body"]) == [
        "<p>One by them.</p>",
        "<p>Two.</p>",
        "<p>Three by me.</p>",
    ]
    assert (result["headline"], result["summary"]) == ("My headline", "Their dek")


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("mine", ["<p>b</p>"]),
        ("theirs", ["<p>a</p>"]),
        ("both", ["<p>a</p>", "<p>b</p>"]),
        ("x", None),
    ],
)
def test_where_both_changed_a_paragraph_somebody_chooses(choice, expected):
    base = snapshots.ordered({"body": "<p>x</p>"})
    theirs, mine = base | {"body": "<p>a</p>"}, base | {"body": "<p>b</p>"}
    result = three_way_merge.merge(base, theirs, mine).result(theirs, {"part-0": choice})
    assert body.paragraphs(result["body"]) == (expected or ["<p>a</p>", "<p>b</p>"])


def test_lists_and_tables_stay_whole():
    html = (
        "<p>a &amp; b</p><ul><li><p>one</p></li><li>two</li></ul><hr>"
        "<table><tbody><tr><td>x</td></tr></tbody></table>"
    )
    assert body.paragraphs(html) == [
        "<p>a &amp; b</p>",
        "<ul><li><p>one</p></li><li>two</li></ul>",
        "<hr>",
        "<table><tbody><tr><td>x</td></tr></tbody></table>",
    ]
    assert body.paragraphs("bare <strong>text</strong><p>p</p>") == [
        "bare <strong>text</strong>",
        "<p>p</p>",
    ]


@pytest.mark.django_db
def test_the_conflict_page_puts_two_texts_together_and_keeps_both(desk, chief, editor):
    Tag.objects.named("Their tag")
    draft = a_draft("Base", body="<p>One.</p><p>Two.</p>")
    opened = form_data(
        draft, section=draft.section.pk, date_known="day", published_day="2026-03-04"
    )
    editing.save(
        draft,
        a_snapshot("Theirs", body="<p>One, theirs.</p><p>Two.</p>", tags=["Their tag"]),
        version=1,
        by=editor,
    )
    browser = desk(chief)
    mine = opened | {"headline": "Mine", "body": "<p>One.</p><p>Two, mine.</p>"}
    answer = browser.post(f"{LIST}{draft.pk}/change/", mine)
    assert answer.status_code == 409
    stale = answer.context["stale"]
    merge = f"{LIST}{draft.pk}/merge/{stale.mine.pk}/"
    assert f'action="{merge}"' in answer.content.decode()
    done = browser.post(
        merge, {"theirs": stale.theirs.version, "field-headline": "theirs"}, follow=True
    )
    assert "Both stay in its history" in done.content.decode()
    now = snapshots.latest(draft)
    assert body.paragraphs(now["body"]) == ["<p>One, theirs.</p>", "<p>Two, mine.</p>"]
    assert (now["headline"], now["tags"]) == ("Theirs", ["their-tag"])
    kept = {revision.snapshot["headline"] for revision in draft.revisions.all()}
    assert kept == {"Base", "Theirs", "Mine"}


@pytest.mark.django_db
def test_a_merge_that_somebody_overtook_is_asked_again(desk, chief, editor):
    draft = a_draft("Base")
    editing.save(draft, a_snapshot("Theirs"), version=1, by=editor)
    stale = editing.save(draft, a_snapshot("Mine"), version=1, by=chief)
    editing.save(draft, a_snapshot("Newer still"), version=2, by=editor)
    answer = desk(chief).post(
        f"{LIST}{draft.pk}/merge/{stale.mine.pk}/", {"theirs": 2, "field-headline": "mine"}
    )
    assert answer.status_code == 409
    assert "Newer still" in answer.content.decode()
    assert snapshots.latest(draft)["headline"] == "Newer still"


@pytest.mark.django_db
def test_the_same_refused_text_sent_twice_is_kept_once(chief, editor):
    draft = a_draft("Base")
    editing.save(draft, a_snapshot("Theirs"), version=1, by=editor)
    first, second = (editing.save(draft, a_snapshot("Mine"), version=1, by=chief) for _ in range(2))
    assert first.mine == second.mine
    assert editing.save(draft, a_snapshot("Mine too"), version=1, by=chief).mine.name == "1.2"
