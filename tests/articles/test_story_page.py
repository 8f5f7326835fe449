"""What a reader sees on a story's page, and what is said when something is not known."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.builders import a_photo, a_story, an_author

pytestmark = pytest.mark.django_db


def text_of(html):
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_a_reader_sees_who_wrote_it_where_and_when(page):
    author = an_author(
        "Ada Baker", bio="Writes about bread.\n\nAnd about flour.", role="Food reporter"
    )
    story = a_story(
        "Bread prices",
        by=[author],
        date="2026-03-04T09:30:00+05:00",
        dateline="Samarkand",
        tags=["Food"],
        summary="A loaf costs more.",
        how_reported="We asked three bakers.",
    )
    html = page(story.get_absolute_url())
    text = text_of(html)
    assert '<h1 id="hl">Bread prices</h1>' in html
    assert html.count("<h1") == 1
    assert "A loaf costs more." in text
    assert "By Ada Baker in Samarkand" in text
    assert 'rel="author" href="/authors/ada-baker/"' in html
    assert (
        '<time datetime="2026-03-04T09:30:00+05:00">4 March 2026, 09:30</time> <span class="zone">Tashkent time</span>'
        in html
    )
    assert "Writes about bread." in text
    assert "And about flour." in text
    assert "View more articles from Ada Baker" in text
    assert "How we reported this We asked three bakers." in text
    assert '<a href="/tags/food/">Food</a>' in html
    assert "<title>Bread prices – Newsroom</title>" in html
    assert '<link rel="canonical" href="http://testserver/articles/bread-prices/">' in html
    assert '<meta name="description" content="A loaf costs more.">' in html


def test_a_date_known_to_the_day_prints_no_clock(page):
    html = page(a_story(date="2026-03-04").get_absolute_url())
    assert '<time datetime="2026-03-04">4 March 2026</time>' in html
    assert "Tashkent time" not in html


def test_what_is_not_known_is_said_and_never_filled_in(page):
    story = a_story("Unknown", date=None, byline_decision="not_given")
    text = text_of(page(story.get_absolute_url()))
    assert "Date not stated" in text
    assert "Byline not given" in text
    assert str(timezone.localdate().year) not in text
    assert "<time" not in page(story.get_absolute_url())


def test_a_byline_not_given_names_the_outlet_if_there_is_one(page):
    text = text_of(
        page(a_story(byline_decision="not_given", source_outlet="A Paper").get_absolute_url())
    )
    assert "Byline not given , A Paper" in text or "Byline not given, A Paper" in text


def test_staff_signs_for_the_newsroom(page):
    assert "Newsroom staff" in page(a_story().get_absolute_url())


def test_several_names_are_joined_as_in_a_paper(page):
    story = a_story(by=[an_author("Ada"), an_author("Ben"), "Guest Writer"])
    seen = " ".join(re.sub(r"<[^>]*>", "", page(story.get_absolute_url())).split())
    assert "By Ada, Ben and Guest Writer" in seen


def test_a_shown_text_stands_word_for_word_with_its_name_linked(page):
    author = an_author("Ada Baker")
    rows = [{"author": author.slug, "role": "source", "shown": "Retold from a report by Ada Baker"}]
    html = page(a_story(byline_decision="given", bylines=rows).get_absolute_url())
    assert (
        'Retold from a report by <a class="over" rel="author" href="/authors/ada-baker/">Ada Baker</a>'
        in html
    )


def test_an_old_story_says_its_age_if_its_date_is_known(page):
    with time_machine.travel("2026-06-10T12:00:00Z", tick=False):
        assert "This story is 2 months old" in page(a_story(date="2026-04-10").get_absolute_url())
        assert "This story is 3 years old" in page(a_story(date="2023-01-10").get_absolute_url())
        assert "This story is" not in page(a_story(date="2026-06-01").get_absolute_url())
        assert "This story is" not in page(a_story(date=None).get_absolute_url())


def test_the_lead_photo_has_its_words_sizes_and_credit(page):
    photo = a_photo(alt="A loaf on a table", caption="A loaf.", credit="A. Photographer")
    html = page(a_story(lead_photo=photo.sha256).get_absolute_url())
    figure = html[html.index("<figure") : html.index("</figure>")]
    assert 'alt="A loaf on a table"' in figure
    assert f"/media/photos/{photo.token}/{photo.stamp}/3x2-320.avif 320w" in figure
    assert 'width="640" height="426"' in figure
    assert 'fetchpriority="high"' in figure
    assert "loading=" not in figure
    assert "A. Photographer" in figure


def test_an_opinion_cannot_be_taken_for_news(page):
    assert '<strong class="type type--opinion">Opinion</strong>' in page(
        a_story(story_type="opinion").get_absolute_url()
    )


def test_a_story_in_another_language_says_so(page):
    story = a_story("Нон нархи", language="uz-Cyrl")
    assert '<html lang="uz-Cyrl"' in page(story.get_absolute_url())
    assert 'lang="uz-Cyrl">Нон нархи</a>' in page("/")


def test_updated_is_printed_only_when_readers_were_told(page):
    story = a_story(date="2026-03-04")
    assert "Updated" not in page(story.get_absolute_url())
    story.updated_at = timezone.now() - timedelta(hours=1)
    story.save()
    assert "Updated <time" in page(story.get_absolute_url())


def test_a_head_request_and_odd_methods_are_answered(client):
    story = a_story()
    assert client.head(story.get_absolute_url()).status_code == 200


def test_those_who_did_something_else_are_named_behind_those_who_wrote(page):
    ada, ben, cy, di = (an_author(name) for name in ("Ada Baker", "Ben Cook", "Cy Dyer", "Di East"))
    story = a_story("Bread", by=[ada, ben, cy, di])
    story.bylines.filter(author=cy).update(role="translator")
    story.bylines.filter(author=di).update(role="reporting")
    words = "By Ada Baker and Ben Cook. Translated by Cy Dyer. Additional reporting by Di East"
    assert words in " ".join(re.sub("<[^>]+>", "", page(story.get_absolute_url())).split())
