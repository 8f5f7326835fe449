"""The tree of a stored text: it is parsed once, goes as deep as the text does, and keeps every letter in its place."""

import gc
import re
import sys
from threading import Barrier, Event, Thread

import pytest

from articles.copydesk.links import links_in
from articles.reading import rendering
from articles.story import corrections
from articles.text import body, body_parts, tree
from articles.text.tree import END, START, WORDS, Tree
from articles.text.units import blocks_of
from tests.articles.test_body import any_tags
from tests.samples import cases


def put_together(parsed: Tree) -> str:
    return "".join(
        words if kind == WORDS else parsed.tag(kind, element)
        for kind, element, words in parsed.events
    )


@pytest.mark.parametrize("case", cases("xss"))
def test_a_tree_of_hostile_html_holds_every_letter_that_was_stored(case):
    cleaned = body.clean(case["payload"])
    assert put_together(Tree(cleaned)) == cleaned


def test_every_letter_of_a_text_stands_in_its_tree_once_and_every_element_knows_its_place():
    for typed in any_tags(500):
        cleaned = body.clean(typed)
        parsed = Tree(cleaned)
        assert put_together(parsed) == cleaned
        for kind, element, _ in parsed.events:
            if kind == START:
                assert cleaned.startswith(f"<{element.name}", element.start)
                assert element.parent.inside <= element.start
                assert element.end <= element.parent.inside_end
            elif kind == END:
                assert cleaned[element.inside_end : element.end] == f"</{element.name}>"


@pytest.mark.parametrize(
    ("written", "elements"),
    [
        ("a < b > c", []),
        ("<p>a <", [("p", "a <")]),
        ("<p>a</em></p>", [("p", "a")]),
        ("<p><em>a</p>b</em>", [("p", "a"), ("em", "a")]),
        ("<ul><li>a", [("ul", "a"), ("li", "a")]),
        ("<>a</>", []),
        ("<//>a</<>", []),
    ],
)
def test_what_the_cleaner_would_not_write_is_read_all_the_same(written, elements):
    """Nothing stored is like this; a part of a text that was cut off somewhere is."""
    parsed = Tree(written)
    starts = [element for kind, element, _ in parsed.events if kind == START]
    assert [(each.name, parsed.words_in(each)) for each in starts] == elements
    assert len([each for each in parsed.events if each[0] == END]) == len(starts)


def test_no_depth_is_too_deep_for_a_tree():
    depth = sys.getrecursionlimit() * 3
    written = f"{'<ul><li>' * depth}x{'</li></ul>' * depth}"
    assert put_together(Tree(written)) == written
    assert body.plain_text(written) == "x"
    assert body.paragraphs(written) == [written]
    assert len(blocks_of(written)) == 1


def test_a_text_that_is_asked_several_things_is_parsed_once(monkeypatch):
    parsed, read = [], Tree.__init__
    monkeypatch.setattr(Tree, "__init__", lambda *each: (parsed.append(1), read(*each))[1])
    tree.remembered_tree.cache_clear()
    text = f'<p>a <a href="/x/">b</a></p><figure data-photo="{"a" * 64}"></figure>'
    for ask in (body.plain_text, body.paragraphs, blocks_of, body_parts.photos_in, links_in):
        assert ask(text)
    assert rendering.public_text(text, {}).html == '<p>a <a href="/x/">b</a></p>'
    assert len(parsed) == 1


def test_the_collector_of_garbage_is_at_work_behind_a_long_tree_as_before(monkeypatch):
    monkeypatch.setattr(tree, "LONG", 0)
    seen, read = [], Tree.__init__
    monkeypatch.setattr(Tree, "__init__", lambda *each: (seen.append(gc.isenabled()), read(*each)))
    with pytest.raises(TypeError):
        tree.parsed("<p>a</p>")  # __init__ gave something back: whatever fails, it goes on
    assert seen == [False]
    assert gc.isenabled()


def test_the_collector_of_garbage_rests_until_the_last_of_several_threads_is_done():
    inside, go_on = Barrier(2), Event()

    def make_a_long_tree():
        with tree.collector_at_rest:
            inside.wait()
            go_on.wait()

    other = Thread(target=make_a_long_tree)
    with tree.collector_at_rest:
        other.start()
        inside.wait()
    assert not gc.isenabled()
    go_on.set()
    other.join()
    assert gc.isenabled()


def test_a_change_inside_what_is_taken_away_is_left_out():
    parsed = Tree("<p>a<em>b</em></p><p>c</p>")
    (word,), (gone, stays) = parsed.elements("em"), parsed.elements("p")
    changes = [(*stays.place, "d"), (*word.place, "x"), (*gone.place, "")]
    assert parsed.with_changes(changes) == "d"
    assert parsed.with_changes([]) is parsed.source


# --- What a row of expressions read wrongly


def test_the_rows_of_a_table_keep_their_heads_round_a_table_in_one_of_its_cells():
    row = "<tr><th>{}</th><td>{}</td></tr>"
    inner = f"<table><tbody>{row.format('in', 1)}{row.format('in', 2)}</tbody></table>"
    text = f"<table><tbody><tr><td>{inner}</td><th>first</th></tr>{row.format('second', 3)}</tbody></table>"
    html = rendering.public_text(body.clean(text), {}).html
    said = re.findall(r'<th scope="(\w+)">(\w+)', html)
    assert said == [("col", "in"), ("row", "in"), ("col", "first"), ("row", "second")]


def test_a_single_table_is_not_numbered_because_another_stands_in_it():
    inner = "<table><tbody><tr><td>x</td></tr></tbody></table>"
    html = rendering.public_text(
        body.clean(f"<table><tbody><tr><td>{inner}</td></tr></tbody></table>"), {}
    ).html
    assert 'aria-label="Table"' in html


def test_figures_behind_a_raised_one_in_a_raised_one_stay_raised():
    assert body.clean("<p>10<sup>6<sup>7</sup>8</sup></p>") == "<p>10⁶⁷⁸</p>"
    assert body.clean("<p>10<sup>6<sub>7</sub>8</sup></p>") == "<p>10⁶⁷⁸</p>"


def test_words_of_a_link_go_on_behind_a_link_in_it():
    cell = '<table><tbody><tr><td><a href="/in/">in</a> behind</td></tr></tbody></table>'
    assert links_in(f'<a href="/out/">before {cell}</a>') == [
        ("/out/", "before in behind"),
        ("/in/", "in"),
    ]


def test_words_that_look_like_an_attribute_are_words():
    assert corrections.structure_of('<p>Write href="a, b" here</p>') == []
    assert corrections.structure_of(
        '<p><a href="/a?b&amp;c">x</a></p><ol start="3"><li>y</li></ol>'
    ) == [("href", "/a?b&c"), ("start", "3")]
