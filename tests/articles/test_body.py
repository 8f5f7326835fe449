"""One cleaner: what is stored can do no harm, on whatever road it came, and no word of it changes."""

import html
import random
import re
import time

import nh3
import pytest
from django.core import serializers
from django_prose_editor.config import allowlist_from_extensions, expand_extensions
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.forms.story import EDITOR_EXTENSIONS
from articles.models import Article
from articles.reading import rendering
from articles.story import editing
from articles.text import body
from articles.text.taken_out import in_one_line, taken_out
from newsroom.foundation.text import seen
from tests.builders import a_draft, a_snapshot
from tests.samples import cases
from tests.samples.links import MEANT, REFUSED

ACTIVE = re.compile(
    r"<\s*(script|style|iframe|object|embed|svg|math|form|input|button|meta|base|link|img|image|video|audio|body|x|marquee)\b"
    r"|\son\w+\s*=|\sstyle\s*=|\sping\s*=|href=\"\s*(?!https?:|mailto:|tel:|/|#)",
    re.IGNORECASE,
)


def tags_of(text):
    return re.findall(r"<[^>]*>", text)


@pytest.mark.parametrize("case", cases("xss"))
def test_hostile_html_comes_out_harmless(case):
    cleaned = body.clean(case["payload"])
    for tag in tags_of(cleaned):
        assert not ACTIVE.search(tag), cleaned
    assert body.clean(cleaned) == cleaned


@pytest.mark.parametrize("case", cases("xss", context="body-plain"))
def test_plain_text_stays_visible_letter_for_letter(case):
    assert (
        body.plain_text(body.clean(body.from_plain_text(case["payload"])))
        == case["payload"].strip()
    )


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_cleaning_twice_changes_nothing_and_plain_text_survives(text):
    once = body.clean(text)
    assert body.clean(once) == once
    stored = body.clean(body.from_plain_text(text))
    kept = body.normalise(text)
    assert "".join(seen(body.plain_text(stored)).split()) == "".join(seen(kept).split())


def test_weight_and_italics_and_headings_keep_their_meaning():
    assert body.clean("<h1>A</h1><p><b>b</b> <i>i</i></p><h5>c</h5>") == (
        "<h2>A</h2><p><strong>b</strong> <em>i</em></p><h3>c</h3>"
    )


def test_an_empty_paragraph_is_an_empty_story():
    assert body.clean("<p></p>") == ""
    assert body.clean("<p> <br></p>") == ""


def test_the_editor_makes_nothing_that_the_cleaner_drops_and_nothing_less():
    made = allowlist_from_extensions(expand_extensions(EDITOR_EXTENSIONS))
    assert set(made["tags"]) | {"tbody", "thead", "caption"} == body.TAGS
    allowed_by_editor = {(tag, name) for tag, names in made["attributes"].items() for name in names}
    ours = {(tag, name) for tag, names in body.ATTRIBUTES.items() for name in names}
    assert ours - allowed_by_editor == {("th", "scope")}
    assert allowed_by_editor - ours == set()


HOSTILE = '<p onclick="alert(1)">x<script>alert(1)</script><img src=x onerror=alert(1)></p>'


@pytest.mark.django_db
def test_every_road_to_the_database_stores_clean_text():
    story = a_draft("Roads")

    def stored():
        return Article.objects.values_list("body", flat=True).get(pk=story.pk)

    story.body = HOSTILE
    story.save()
    assert stored() == "<p>x</p>"
    Article.objects.filter(pk=story.pk).update(body=HOSTILE)
    assert stored() == "<p>x</p>"
    story.body = HOSTILE
    Article.objects.bulk_update([story], ["body"])
    assert stored() == "<p>x</p>"
    (copy,) = Article.objects.bulk_create([Article(headline="Bulk", body=HOSTILE)])
    assert Article.objects.values_list("body", flat=True).get(pk=copy.pk) == "<p>x</p>"
    story.body = HOSTILE
    text = serializers.serialize("json", [story])
    assert "<script>" in text or "\\u003Cscript" in text
    for loaded in serializers.deserialize("json", text):
        loaded.save()  # as `loaddata` does, raw
    assert stored() == "<p>x</p>"
    editing.save(story, a_snapshot(body=HOSTILE), version=story.version)
    assert stored() == "<p>x</p>"
    assert story.revisions.order_by("-version").first().snapshot["body"] == "<p>x</p>"


@pytest.mark.files
def test_a_megabyte_of_hostile_text_is_no_trouble():
    for piece in ("<", "&", "(", "a ", "<b>", "<p>x</p>"):
        cleaned = body.clean(piece * (1_000_000 // len(piece)))
        assert len(body.plain_text(cleaned)) <= 1_100_000


def test_the_cleaner_is_stricter_than_the_library():
    assert "//evil.example" in nh3.clean('<a href="//evil.example">x</a>')
    assert "evil" not in body.clean('<a href="//evil.example">x</a>')


def test_words_are_counted_as_readers_see_them():
    text = body.plain_text("<p>One two.</p><ul><li>three</li><li>four</li></ul><p>five<br>six</p>")
    assert body.word_count(text) == 6
    assert body.reading_minutes(0) == 1
    assert body.reading_minutes(714) == 3
    assert html.unescape("&lt;") not in body.plain_text("<p>a</p>")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<caption>Bread &amp; <b>s</b>alt</caption>", "<caption>Bread &amp; salt</caption>"),
        ("<caption><p>Two</p><p>lines</p></caption>", "<caption>Two lines</caption>"),
        ("<caption> </caption>", ""),
        ("<caption onclick=x>Bread</caption>", "<caption>Bread</caption>"),
        ('<caption>"<script>x</script></caption>', '<caption>"</caption>'),
    ],
)
def test_a_caption_of_a_table_is_one_line_of_words(typed, kept):
    rest = "<tbody><tr><td><p>x</p></td></tr></tbody></table>"
    cleaned = body.clean(f"<table>{typed}{rest}")
    assert cleaned == f"<table>{kept}{rest}"
    assert body.clean(cleaned) == cleaned


@pytest.mark.parametrize(
    "typed",
    [
        "<caption>Bread</caption><p>x</p>",
        "<table><tr><td>x</td></tr><caption>Bread</caption></table>",
        "<table><caption>x</caption><caption>Bread</caption><tr><td>y</td></tr></table>",
        "<table><caption>x<table><caption>Bread</caption><tr><td>y</td></tr></table></caption></table>",
        *(
            f"<table><caption>{start}x<table><caption>Bread</caption></table>{end}</caption></table>"
            for start, end in (
                ("<aside>", "</aside>"),
                ('<mark data-note="">', "</mark>"),
                ("<figure>", "</figure>"),
                ('<aside data-fact-box="">', "</aside>"),
                (f'<figure data-photo="{"a" * 64}">', "</figure>"),
            )
        ),
    ],
)
def test_the_words_of_a_caption_in_a_wrong_place_stay(typed):
    cleaned = body.clean(typed)
    assert "Bread" in body.plain_text(cleaned)
    assert "x" in body.plain_text(cleaned)
    assert cleaned.count("<caption>") <= cleaned.count("<table>")
    assert body.clean(cleaned) == cleaned


def test_a_note_or_a_photo_in_a_caption_is_still_one():
    photo = f'<figure data-photo="{"a" * 64}"></figure>'
    row = "<tr><td>x</td></tr></table>"
    noted = body.clean(f'<table><caption>Bread <mark data-note="">ask</mark> costs</caption>{row}')
    assert "<caption>Bread costs</caption>" in noted
    assert '<p><mark data-note="">ask</mark></p>' in noted
    shown = body.clean(f"<table><caption>Bread {photo}</caption>{row}")
    assert "<caption>Bread</caption>" in shown
    assert photo in shown
    for cleaned in (noted, shown):
        assert body.clean(cleaned) == cleaned


def any_tags(count: int):
    """Texts of tags in any order, with the words w0x, w1x … behind them."""
    names = [
        *sorted(body.TAGS - {"br", "hr"}),
        'figure data-photo="' + "a" * 64 + '"',
        'figure data-embed=""',
        'aside data-fact-box=""',
        'mark data-note=""',
        'blockquote data-pull-quote=""',
        'a href="/x/"',
    ]
    dice = random.Random(7)
    for _ in range(count):
        words = [f"w{number}x" for number in range(dice.randrange(1, 12))]
        yield "".join(f"<{dice.choice(('', '/'))}{dice.choice(names)}>{word}" for word in words)


def test_tags_in_any_order_lose_no_word_and_cleaning_again_changes_nothing():
    for typed in any_tags(2000):
        cleaned = body.clean(typed)
        assert [word for word in re.findall(r"w\d+x", typed) if word not in cleaned] == [], typed
        assert body.clean(cleaned) == cleaned, typed


@pytest.mark.parametrize(("typed", "meant"), MEANT)
def test_every_link_that_is_meant_is_kept(typed, meant):
    stored = body.clean(f'<p><a href="{html.escape(typed)}">words</a></p>')
    assert stored == f'<p><a href="{html.escape(meant)}">words</a></p>'
    assert body.clean(stored) == stored


@pytest.mark.parametrize("typed", REFUSED)
def test_a_link_that_cannot_be_one_is_said_and_stays_to_be_found(typed):
    source = f'<p>Its <a href="{html.escape(typed)}">words</a> and <a href="https://a.example/">others</a></p>'
    assert (
        body.clean(source) == '<p>Its <a>words</a> and <a href="https://a.example/">others</a></p>'
    )
    (said,) = taken_out(source)
    assert "cannot be a link" in said


def test_raised_and_lowered_figures_keep_their_meaning_on_every_road():
    for typed, kept in (
        ("10<sup>6</sup> m<sup>2</sup>", "10⁶ m²"),
        ("CO<sub>2</sub>", "CO₂"),
        ("Ca<sup>2+</sup>", "Ca²⁺"),
        ("1<sup>st</sup>", "1st"),
        ("2<sup>-й</sup>", "2-й"),
        ("10<sup>6,5</sup>", "10^6,5"),
        ("A<sup>TM</sup>", "A™"),
        ("10<SUP class=x><em>−6</em></SUP>", "10<em>⁻⁶</em>"),
        ("a<sup> </sup>b", "a b"),
        ("<sup>[1]</sup>", "[1]"),
        ("H<sub>2</sub>SO<sub>4</sub>", "H₂SO₄"),
        ("10<sup>&lt;6</sup>", "10&lt;6"),
        ("x<sup>n</sup>", "xⁿ"),
    ):
        stored = body.clean(f"<p>{typed}</p>")
        assert stored == f"<p>{kept}</p>"
        assert body.clean(stored) == stored
    assert body.plain_text(body.clean("<p>10<sup>6</sup></p>")) == "10⁶"


def test_struck_out_words_never_come_alive_and_are_named():
    source = "<p>Bread <s>falls &amp; <b>falls</b></s> <del class='x'>again</del><STRIKE>!</STRIKE> rises</p>"
    assert body.plain_text(body.clean(source)).split() == ["Bread", "rises"]
    assert taken_out(source) == [
        "5 words that were struck out are left out: “falls & falls again !”."
    ]
    assert taken_out("<p>a<s>b") == ["One word that was struck out is left out: “b”."]
    assert taken_out(body.clean(source)) == []
    assert taken_out("<p>strong <strong>s</strong> <span>x</span></p>") == []
    assert len(taken_out('<a href="x:y">z</a>' * 40)) == 11


def test_what_a_text_loses_that_passes_no_form_is_said_in_one_line():
    source = (
        '<h1>Head</h1><p class="x" onclick="y()">A <b>loaf</b><script>z()</script> <s>of</s> <a href="q:r">rye</a></p>'
        '<div class="x"><img src="https://a.example/x.png"> m<sup>2</sup></div><p></p>'
    )
    assert in_one_line(source) == (
        "Left out: <div>, <img>, <script>, class (2), href, onclick, src. “q:r” cannot be a link. "
        "Begin with https:// (or mailto:, tel:, or / for a page of this site). Its words stay. "
        "One word that was struck out is left out: “of”."
    )
    assert in_one_line(body.clean(source)) == ""
    assert in_one_line("<p>Nothing &amp; nobody</p>") == ""


def test_numbered_lists_keep_where_they_begin_and_how_they_count():
    for stored in (
        '<ol start="3"><li>c</li></ol>',
        '<ol type="a"><li>c</li></ol>',
        '<ol type="I" start="4"><li>c</li></ol>',
    ):
        assert body.clean(stored) == stored
        assert rendering.public_text(stored, {}).html == stored
    assert (
        body.clean('<ol start="1" type="1" data-type="decimal"><li>c</li></ol>')
        == "<ol><li>c</li></ol>"
    )
    assert body.clean('<ol start="-1" type="disc"><li>c</li></ol>') == "<ol><li>c</li></ol>"


@pytest.mark.files
def test_reading_what_is_taken_out_takes_time_by_the_length_of_the_text():
    for piece in (
        "<s>",
        "<a href='",
        '<a href="x',
        "<s>a</s>",
        "<sup>",
        "<sup>6",
        "<sup>6</sup>",
        ' href="a.bc:1',
    ):
        began = time.process_time()
        source = piece * (400_000 // len(piece))
        taken_out(source)
        body.clean(source)
        assert time.process_time() - began < 6, piece
