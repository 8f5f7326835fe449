"""What readers find beside a story: its series, other reports, translations, and what to read next."""

import re

import pytest

from articles import workflow
from articles.models import Article, Event, Series
from articles.story import editing, snapshots
from tests.builders import HIDDEN, a_draft, a_photo, a_story, an_author, in_state

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def committed(django_capture_on_commit_callbacks, monkeypatch):
    """Kin is offered to others after the commit; here every act commits."""
    real = workflow.publish

    def publish(*args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return real(*args, **kwargs)

    monkeypatch.setattr(workflow, "publish", publish)


def box(html, heading):
    """The part of the page under a heading, up to the next one."""
    start = html.index(f">{heading}")
    return html[start : (html.find("<h2", start + 5) + 1 or len(html)) - 1]


def addresses(html):
    return re.findall(r'href="/articles/([^"]+)/"', html)


def test_two_outlets_reports_of_one_event_lead_to_each_other(page):
    event = Event.objects.create(name="An agreement").slug
    first = a_story(
        "Signed", event=event, by=[an_author("Ada Baker")], source_outlet="The Courier", date=None
    )
    second = a_story("They met", event=event, byline_decision="not_given", date="2024-09-16")
    one = box(page(first.get_absolute_url()), "Other reports of this event")
    assert addresses(one) == ["they-met"]
    assert "Byline not given" in one
    assert "16 September 2024" in one
    other = box(page(second.get_absolute_url()), "Other reports of this event")
    assert addresses(other) == ["signed"]
    assert "Ada Baker" in other
    assert "The Courier" in other
    assert "Date not stated" in other
    assert "An agreement" not in page(first.get_absolute_url())  # the desk's name for it


def test_parts_of_a_series_stand_in_their_order_and_lead_on(page):
    series = Series.objects.create(name="How bread is made")
    for number in (3, 1, 2):
        a_story(f"Part {number}", series=series.slug, series_part=number)
    html = page("/articles/part-2/")
    parts = box(html, "Series:")
    assert re.findall(r"Part \d", parts) == ["Part 1", "Part 2", "Part 3"]
    assert '<strong aria-current="page">Part 2</strong>' in parts
    assert '<a class="all" href="/articles/part-3/">Next part</a>' in parts
    assert addresses(page(series.get_absolute_url()))[:3] == ["part-1", "part-2", "part-3"]


def test_a_story_alone_in_its_series_has_no_list_of_parts(page):
    series = Series.objects.create(name="Only one").slug
    assert "Only one" not in page(a_story(series=series, series_part=1).get_absolute_url())


@pytest.mark.parametrize("state", HIDDEN)
def test_a_series_of_hidden_parts_answers_like_an_unknown_one(client, state):
    in_state(state, "Hidden", series=Series.objects.create(name="Secret").slug)
    hidden, unknown = client.get("/series/secret/"), client.get("/series/unknown/")
    assert hidden.status_code == unknown.status_code == 404
    assert hidden.content.replace(b"secret", b"unknown") == unknown.content


def test_translations_name_each_other_whichever_the_reader_has(page):
    original = a_story("Bread", language="en")
    russian = a_story("Хлеб", language="ru", translation_of=str(original.uid))
    # of a translation: of its original
    uzbek = a_story("Non", language="uz", translation_of=str(russian.uid))
    assert uzbek.translation_of_id == original.pk
    stories = {"en": original, "ru": russian, "uz": uzbek}
    for code, story in stories.items():
        html = page(story.get_absolute_url())
        for other, target in stories.items():
            assert (
                f'<link rel="alternate" hreflang="{other}" href="http://testserver{target.get_absolute_url()}">'
                in html
            )
            assert (
                f'hreflang="{other}">' in html.split("</head>")[1].split('class="story-grid"')[0]
            ) == (other != code)
        assert f'<html lang="{code}"' in html


def test_a_hidden_translation_is_not_told_of(page):
    original = a_story("Bread")
    before = page(original.get_absolute_url())
    in_state("unpublished", "Хлеб", language="ru", translation_of=str(original.uid))
    assert page(original.get_absolute_url()) == before


def test_what_shares_tags_and_words_follows_and_old_stories_lead_to_new_ones(page):
    old = a_story("Bakers raise the price of bread", tags=["bread", "prices"], section="Economy")
    a_story("Price of bread falls again", tags=["bread", "prices"], section="Society")
    a_story("A football match", tags=["sport"], section="Sport")
    html = page(old.get_absolute_url())
    assert addresses(box(html, "More on this")) == ["price-of-bread-falls-again"]
    assert addresses(box(page("/articles/price-of-bread-falls-again/"), "More on this")) == [
        old.slug
    ]


def test_being_new_is_no_reason_to_be_related(page):
    story = a_story("Bread")
    for number in range(6):
        a_story(f"Football match number {number}", tags=["sport"])
    assert "More on this" not in page(story.get_absolute_url())


def test_what_an_editor_picked_stands_first(page):
    far = a_story("Something else entirely", section="Arts")
    near = a_story("Bread prices rise", tags=["bread", "prices"])
    story = a_story("Bread prices fall", tags=["bread", "prices"], related=[str(far.uid)])
    assert addresses(box(page(story.get_absolute_url()), "More on this")) == [far.slug, near.slug]


@pytest.mark.parametrize("state", HIDDEN)
def test_nothing_hidden_is_related(page, state):
    hidden = in_state(state, "Bread prices rise", tags=["bread", "prices"])
    story = a_story("Bread prices fall", tags=["bread", "prices"], related=[str(hidden.uid)])
    assert "More on this" not in page(story.get_absolute_url())


def test_no_story_stands_twice_beside_another(page):
    event = Event.objects.create(name="An event").slug
    stories = [
        a_story(
            f"Bread prices number {n}", tags=["bread", "prices"], event=event if n < 2 else None
        )
        for n in range(9)
    ]
    html = page(stories[0].get_absolute_url())
    rail = html[html.index('class="rail"') :].split("</aside>")[0]
    assert len(addresses(rail)) == len(set(addresses(rail)))
    assert "bread-prices-number-0" not in addresses(rail)


def test_a_story_never_asks_more_than_six_queries(page, django_assert_max_num_queries, editor):
    photo = a_photo()
    event, series = (
        Event.objects.create(name="An event").slug,
        Series.objects.create(name="A series").slug,
    )
    original = a_story("The original")
    figure = f'<figure data-photo="{photo.sha256}"></figure>'
    facts = {
        "event": event,
        "series": series,
        "tags": ["a", "b", "c"],
        "by": [an_author(), an_author(), "A Guest"],
        "lead_photo": photo.sha256,
        "body": f"<p>Bread.</p>{figure}",
    }
    story = a_story(
        "Everything",
        series_part=1,
        translation_of=str(original.uid),
        related=[str(original.uid)],
        **facts,
    )
    for number in range(3):
        a_story(f"Another {number}", series_part=number, **facts)
    workflow.correct(
        story, by=editor, was="The year was wrong.", now="It is right now.", shown_at="foot"
    )
    with django_assert_max_num_queries(6):
        page(story.get_absolute_url())


def test_links_between_stories_are_part_of_every_version():
    other, event = a_story("Other"), Event.objects.create(name="An event").slug
    draft = a_draft("Draft")
    wanted = snapshots.latest(draft) | {
        "event": event,
        "related": [str(other.uid)],
        "translation_of": str(other.uid),
    }
    editing.save(draft, wanted, version=draft.version)
    draft.refresh_from_db()
    assert snapshots.of_row(draft) == snapshots.latest(draft) == snapshots.ordered(wanted)
    assert Article.objects.get(pk=draft.pk).event.slug == event
