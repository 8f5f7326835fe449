"""The parts of a story's text as readers get them, on the page and in the text that searches read."""

import time
from datetime import date, timedelta

import pytest
from django.db.models import ProtectedError
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles import copydesk, workflow
from articles.models import Photo
from articles.reading import rendering
from articles.story import comparison, editing
from articles.story.corrections import is_plainly_small, telling_changes
from articles.story.transitions import Refused
from articles.text import body, body_parts, embeds
from tests.builders import a_draft, a_photo, a_snapshot, a_story

HASH = "a" * 64
FIGURE = f'<figure data-photo="{HASH}"></figure>'

PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<figure>",
        f'<figure data-photo="{HASH}">',
        '<figure data-embed="">',
        "</figure>",
        "<figcaption>",
        "</figcaption>",
        '<aside data-fact-box="">',
        "<aside>",
        "</aside>",
        '<mark data-note="">',
        "<mark>",
        "</mark>",
        "word ",
        '<a href="https://a.example/?a=1&amp;b=2">',
        "</a>",
        "<blockquote data-pull-quote>",
        "</blockquote>",
        "<strong>",
        "</strong>",
        "<table><tr><td>",
        "</td></tr></table>",
        "&lt;b&gt; ",
        "<ul><li>",
        "</li></ul>",
        "&amp;",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=14))
@example(
    ['<mark data-note="">', '<figure data-embed="">', '<a href="https://a.example/?a=1&amp;b=2">']
)
def test_whatever_comes_is_settled_once_and_loses_no_word(pieces):
    source = "".join(pieces)
    cleaned = body.clean(source)
    assert body.clean(cleaned) == cleaned
    assert cleaned.count("word") == source.count("word")
    shown = rendering.public_text(cleaned, {}).html
    assert "data-note" not in shown
    assert "<mark" not in shown
    assert "data-photo" not in shown
    assert "data-fact-box" not in shown
    for tag in ("table", "div", "figure", "blockquote"):
        assert shown.count(f"<{tag}") == shown.count(f"</{tag}>"), (tag, shown)


def test_a_photo_of_the_text_has_its_words_and_its_sizes(page, db):
    photo = a_photo(
        alt="A loaf on a table",
        caption="Its own.",
        credit="A. Photographer",
        long_description="In many words.",
    )
    own = f'<figure data-photo="{photo.sha256}"><figcaption>Of this story &amp; “no” other</figcaption></figure>'
    html = page(a_story("One", body=f"<p>x</p>{own}").get_absolute_url())
    figure = html[html.index('<figure class="photo"') : html.index("</figure>")]
    assert 'alt="A loaf on a table"' in figure
    assert f"/media/photos/{photo.token}/{photo.stamp}/320.avif 320w" in figure
    assert "Of this story &amp; “no” other" in figure
    assert "A. Photographer" in figure
    assert "In many words." in figure
    assert 'loading="lazy"' in figure
    plain = page(
        a_story(
            "Two", body=f'<p>x</p><figure data-photo="{photo.sha256}"></figure>'
        ).get_absolute_url()
    )
    assert "Its own." in plain


@pytest.mark.parametrize(
    ("kind", "words"),
    [("ai", "Made with AI."), ("illustration", "Illustration."), ("camera", ""), ("", "")],
)
def test_readers_are_told_when_a_picture_is_no_photograph(page, db, kind, words):
    photo = a_photo(source_type=kind)
    for story in (
        a_story(body=f'<p>x</p><figure data-photo="{photo.sha256}"></figure>'),
        a_story(lead_photo=photo.sha256),
    ):
        html = page(story.get_absolute_url())
        assert ('<strong class="made">' in html) is bool(words)
        assert words in html


def test_what_is_not_in_the_library_is_left_out_and_nothing_breaks():
    assert (
        rendering.public_text(f"<p>Before</p>{FIGURE}<p>After</p>", {}).html
        == "<p>Before</p><p>After</p>"
    )


def test_a_note_reaches_no_reader_and_no_search(db):
    text = '<p>Public <mark data-note="">canary <strong>note</strong></mark>words</p>'
    assert rendering.public_text(text, {}).html == "<p>Public words</p>"
    draft = a_draft(body=text)
    assert "canary" not in draft.body_text + draft.search_text
    assert draft.word_count == 2
    assert "canary" in draft.body


def test_a_note_inside_a_figure_stays_a_note():
    for figure in (
        f'<figure data-photo="{HASH}"><figcaption>Cap <mark data-note="">SECRET <b>x</b></mark></figcaption></figure>',
        '<figure data-embed=""><a href="https://a.example/">Cap <mark data-note="">SECRET x</mark></a></figure>',
    ):
        cleaned = body.clean(figure)
        assert body_parts.notes_in(cleaned) == ["SECRET x"]
        assert "SECRET" not in rendering.public_text(cleaned, {}).html
        assert body.clean(cleaned) == cleaned


def test_words_of_a_broken_figure_stay_apart_and_no_photo_is_lost():
    assert (
        body.plain_text(body.clean(f'<figure data-photo="{HASH}"><p>one</p><p>two</p></figure>'))
        == "one two"
    )
    assert body.clean("<figure>b</figure><figure>c</figure>") == "b c"
    other = "b" * 64
    inside = body.clean(
        f'<figure data-photo="{HASH}">a<figure data-photo="{other}"></figure>c</figure>'
    )
    assert body_parts.photos_in(inside) == [HASH, other]
    listed = body.clean("<ul><li>a<figure><li>b</ul>")
    assert body.clean(listed) == listed


@pytest.mark.parametrize(
    "piece",
    [
        "<p>a" + " " * 80_000 + "b</p>",
        "<p></p>" * 20_000 + "x",
        "<mark>" * 40_000,
        '<mark data-note="">' * 40_000,
        "<table></table>" * 30_000,
    ],
)
def test_a_long_body_of_markers_is_cleaned_and_shown_at_once(piece):
    """Each of these once took 7 to 34 seconds of processor time, growing with the square of the length."""
    began = time.process_time()
    rendering.public_text(body.clean(piece), {})
    assert time.process_time() - began < 5


def test_nobody_publishes_a_story_with_a_note(chief, editor, db):
    draft = a_draft(body='<p>Words <mark data-note="">ask Ada</mark></p>')
    for person in (editor, chief):
        with pytest.raises(Refused, match="A note for colleagues still stands"):
            workflow.publish(draft, by=person)
    live = a_story("Live")
    editing.save(
        live,
        a_snapshot("Live", body='<p>Words <mark data-note="">ask Ada</mark></p>'),
        version=live.version,
    )
    with pytest.raises(Refused, match="A note for colleagues"):
        workflow.put_live(live, by=chief, kind="small_fix")


def test_tables_can_be_scrolled_and_say_what_heads_them():
    table = "<table><tbody><tr><th><p>Year</p></th><th>Sum</th></tr><tr><th>2026</th><td>1</td></tr></tbody></table>"
    html = rendering.public_text(table, {}).html
    assert html.startswith(
        '<div class="table" role="region" tabindex="0" aria-label="Table"><table>'
    )
    assert html.count('<th scope="col">') == 2
    assert html.count('<th scope="row">') == 1
    inside = rendering.public_text(
        f"<table><tbody><tr><td>a{table}</td></tr></tbody></table>", {}
    ).html
    assert inside.count('class="table"') == 1
    assert inside.endswith("</td></tr></tbody></table></div>")
    two = rendering.public_text(table + table, {}).html
    assert 'aria-label="Table 1"' in two
    assert 'aria-label="Table 2"' in two


# --- embeds


@pytest.mark.parametrize(
    ("address", "provider", "embed_url"),
    [
        (
            "https://www.youtube.com/watch?v=abcdefghijk",
            "YouTube",
            "https://www.youtube-nocookie.com/embed/abcdefghijk",
        ),
        (
            "https://youtu.be/abcdefghijk?t=3",
            "YouTube",
            "https://www.youtube-nocookie.com/embed/abcdefghijk",
        ),
        (
            "https://www.youtube.com/watch?list=x&v=abcdefghijk",
            "YouTube",
            "https://www.youtube-nocookie.com/embed/abcdefghijk",
        ),
        (
            "https://www.youtube.com/shorts/abcdefghijk",
            "YouTube",
            "https://www.youtube-nocookie.com/embed/abcdefghijk",
        ),
        ("https://vimeo.com/123456", "Vimeo", "https://player.vimeo.com/video/123456?dnt=1"),
        (
            "https://x.com/someone/status/123",
            "X",
            "https://platform.twitter.com/embed/Tweet.html?id=123&dnt=true",
        ),
        (
            "https://twitter.com/someone/status/123?s=20",
            "X",
            "https://platform.twitter.com/embed/Tweet.html?id=123&dnt=true",
        ),
        ("https://t.me/channel/45", "Telegram", "https://t.me/channel/45?embed=1"),
        (
            "https://www.instagram.com/p/Abc-1_x/",
            "Instagram",
            "https://www.instagram.com/p/Abc-1_x/embed/",
        ),
        (
            "https://www.facebook.com/page/posts/123",
            "Facebook",
            "https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fpage%2Fposts%2F123",
        ),
        (
            "https://www.facebook.com/watch/?v=123",
            "Facebook",
            "https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fwatch%2F%3Fv%3D123",
        ),
        (
            "https://www.tiktok.com/@some.one/video/123",
            "TikTok",
            "https://www.tiktok.com/player/v1/123",
        ),
        (
            "https://soundcloud.com/someone/a-sound",
            "SoundCloud",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fsomeone%2Fa-sound",
        ),
        (
            "https://datawrapper.dwcdn.net/AbCdE/3/",
            "Datawrapper",
            "https://datawrapper.dwcdn.net/AbCdE/",
        ),
    ],
)
def test_providers_are_recognised_by_address_alone(address, provider, embed_url):
    found = embeds.recognise(address)
    assert (found.provider, found.embed_url) == (provider, embed_url)


@pytest.mark.parametrize(
    "address",
    [
        "https://news.example/a",
        "http://www.youtube.com/watch?v=abcdefghijk",
        "https://youtube.com.evil.example/watch?v=abcdefghijk",
        "https://evil.example/https://youtu.be/abcdefghijk",
        "https://www.youtube.com/watch?v=short",
        "https://vimeo.com/about",
        "https://youtu.be:8443/abcdefghijk",
        "https://t.me/channel",
        "https://x.com/someone",
        "/articles/x/",
        "mailto:a@b.example",
        "https://notyoutube.com/watch?v=abcdefghijk",
        "#top",
        "https://[::1]/",
        "https://user@youtu.be/abcdefghijk",
        "https://www.youtube.com/watch?v=abcdefghijkl",
    ],
)
def test_any_other_address_is_a_plain_link(address):
    assert embeds.recognise(address).embed_url == ""


def test_what_follows_the_number_of_a_film_is_never_passed_on():
    found = embeds.recognise('https://www.youtube.com/watch?v=abcdefghijk"onload=alert(1)')
    assert found.embed_url == "https://www.youtube-nocookie.com/embed/abcdefghijk"


def test_a_page_allows_frames_of_its_own_embeds_alone(client, db):
    film = '<figure data-embed=""><a href="https://vimeo.com/123456">A film</a></figure>'
    answer = client.get(a_story("One", body=f"<p>x</p>{film}").get_absolute_url())
    assert "frame-src https://player.vimeo.com;" in answer["Content-Security-Policy"] + ";"
    html = answer.content.decode()
    assert '<a href="https://vimeo.com/123456" rel="noopener">A film</a>' in html
    assert "<iframe" not in html
    assert "embeds.js" in html
    link = '<figure data-embed=""><a href="https://news.example/a">A page</a></figure>'
    answer = client.get(a_story("Two", body=f"<p>x</p>{link}").get_absolute_url())
    assert "frame-src" not in answer["Content-Security-Policy"]
    assert "embeds.js" not in answer.content.decode()


# --- on the desk


def test_the_comparison_names_the_parts(db):
    photo = a_photo(alt="A loaf on a table")
    after = (
        f'<p>Same</p><figure data-photo="{photo.sha256}"><figcaption>New</figcaption></figure>'
        '<blockquote data-pull-quote=""><p>Set apart</p></blockquote>'
        '<aside data-fact-box=""><p>Fact</p></aside><p>x <mark data-note="">ask</mark></p>'
    )
    passages = comparison.passages("<p>Same</p>", after)
    told = [
        (passage.note, "".join(run.text for run in passage.runs))
        for passage in passages
        if passage.fate == "ins"
    ]
    assert told[0] == ("Photo", "▣ A loaf on a table New")
    assert told[1][0] == "Pull quote"
    assert told[2][0] == "(fact box)"
    assert any("note for the desk" in run.marks for run in passages[-1].runs)


def test_another_photo_in_the_text_is_never_a_small_fix_unasked(db):
    one, two = a_photo(), a_photo()
    before, after = (
        a_snapshot(body=f'<p>x</p><figure data-photo="{photo.sha256}"></figure>')
        for photo in (one, two)
    )
    assert "A photo in the text changed." in telling_changes(before, after)
    assert not is_plainly_small(before, after)


def problems(**fields):
    return {problem.rule: problem.level for problem in copydesk.look_over(a_snapshot(**fields))}


def test_the_checks_look_at_every_photo(editor):
    fine = a_photo(width=1600, height=1000)
    assert not any(rule.startswith("photo") for rule in problems(lead_photo=fine.sha256))
    assert problems(body=f"<p>x</p>{FIGURE}")["photo-gone"] == "hard"
    soon = a_photo(rights_until=timezone.localdate() + timedelta(days=2))
    story = a_draft(lead_photo=soon.sha256)
    with pytest.raises(Refused, match="The rights to the photo"):
        workflow.schedule(story, by=editor, at=timezone.now() + timedelta(days=10))
    workflow.schedule(story, by=editor, at=timezone.now() + timedelta(days=1))
    in_text = '<p>x</p><figure data-photo="{}"></figure>'.format
    assert problems(body=in_text(a_photo(is_incoming=True).sha256))["photo-incoming"] == "hard"
    assert problems(body=in_text(a_photo(stamp="").sha256))["photo-being-made"] == "hard"
    assert (
        problems(body=in_text(a_photo(rights_until=date(2020, 1, 1)).sha256))["photo-lapsed"]
        == "block"
    )
    assert problems(lead_photo=a_photo(allowed_use="ask").sha256)["photo-ask"] == "block"
    once = a_photo(allowed_use="once", width=1600)
    assert "photo-once" not in problems(lead_photo=once.sha256)
    a_story("Has it", body=in_text(once.sha256))
    assert problems(lead_photo=once.sha256)["photo-once"] == "block"
    assert problems(lead_photo=a_photo(width=800).sha256)["photo-narrow"] == "warn"
    assert problems(lead_photo=fine.sha256, lead_caption=fine.alt)["photo-same-words"] == "warn"


def test_a_photo_that_is_used_stays(db):
    photo = a_photo()
    story = a_story(body=f'<p>x</p><figure data-photo="{photo.sha256}"></figure>')
    with pytest.raises(ProtectedError):
        photo.delete()
    assert Photo.objects.exists()
    assert body_parts.photos_in(story.body) == [photo.sha256]
