"""The front-page desk: what editors pin stands where they put it, until readers may not see it or its time is over."""

import html as html_module
import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from articles import workflow
from articles.front_page import arranging
from articles.models import Arrangement, ArrangementVersion, Article, Breaking, LogLine
from articles.story.transitions import Refused
from tests.builders import HIDDEN, a_draft, a_paper, a_person, a_photo, a_story, in_state, seen
from tests.one_line import in_one_line

pytestmark = pytest.mark.django_db


def slot(story=None, zone="lead", **facts):
    return {"zone": zone, "story": str(story.uid) if story else ""} | facts


def publish(editor, *slots, page="front", bands=()):
    version = getattr(Arrangement.objects.filter(page=page).first(), "version", 0)
    return arranging.save(
        page, {"slots": slots, "bands": bands}, version=version, by=editor, publish=True
    )


def lead_of(html):
    return re.search(r'class="lead[^"]*">.*?<h3><a href="/articles/([^/]+)/"', html, re.DOTALL)[1]


def stories_on(html):
    return re.findall(r'href="/articles/([^"]+)/"', html)


def test_the_pinned_story_leads_with_its_own_words_and_stands_once(editor, page):
    old = a_paper()[0]
    photo = a_photo(alt="Another picture")
    publish(editor, slot(old, headline="In our own words", dek="And our dek.", photo=photo.sha256))
    html = page("/")
    assert lead_of(html) == "story-0"
    assert "In our own words" in html
    assert "And our dek." in html
    assert photo.token in html
    assert stories_on(html).count("story-0") == 1
    assert "In our own words" not in page(old.get_absolute_url())


def test_a_draft_is_seen_by_nobody_until_it_is_published(editor, page):
    old = a_paper()[0]
    before = page("/")
    arranging.save("front", {"slots": [slot(old)]}, version=0, by=editor)
    assert page("/") == before
    publish(editor, slot(old))
    assert lead_of(page("/")) == "story-0"


@pytest.mark.parametrize("state", ["unpublished", "withdrawn", "restored"])
def test_a_story_that_goes_gives_its_place_to_the_newest_at_once(editor, page, state):
    stories = a_paper()
    publish(editor, slot(stories[0]))
    assert lead_of(page("/")) == "story-0"
    in_state(state, story=stories[0])
    html = page("/")
    assert lead_of(html) == "story-11"
    assert "Story 0<" not in html


def test_the_twin_a_page_that_was_fixed_when_it_was_published_would_show_it(editor, page):
    """Why the page is worked out when it is asked for."""
    stories = a_paper()
    publish(editor, slot(stories[0]))
    fixed = page("/")
    in_state("withdrawn", story=stories[0])
    assert "story-0" in stories_on(fixed)


@pytest.mark.parametrize("state", HIDDEN)
def test_a_slot_tells_nothing_of_a_hidden_story(editor, page, state):
    a_paper()
    before = page("/")
    hidden = in_state(state, "A secret")
    publish(editor, slot(hidden, headline="Secret words"))
    assert page("/") == before


def test_a_slot_has_its_time(editor, page):
    stories, now = a_paper(), timezone.now()
    times = {
        "from": (now + timedelta(hours=1)).isoformat(),
        "until": (now + timedelta(hours=2)).isoformat(),
    }
    publish(editor, slot(stories[0], **times))
    for hours, lead in ((0, "story-11"), (1.5, "story-0"), (2.5, "story-11")):
        with time_machine.travel(now + timedelta(hours=hours), tick=False):
            assert lead_of(page("/")) == lead


def test_the_newest_of_a_section_stands_where_the_desk_asked_for_it(editor, page):
    a_paper()
    a_story("From the arts", section="Arts", date="2026-01-01")
    publish(editor, slot(auto="arts"))
    assert lead_of(page("/")) == "from-the-arts"


def test_a_named_section_keeps_its_band_however_old_its_stories_are(editor, page, monkeypatch):
    monkeypatch.setattr("articles.front_page.curation.NEWEST", 5)
    a_story("From the arts", section="Arts", date="2020-01-01")
    a_paper()
    assert "from-the-arts" not in stories_on(page("/"))
    publish(editor, bands=["arts", "economy"])
    html = page("/")
    assert "from-the-arts" in stories_on(html)
    assert html.index('id="band-arts"') < html.index('id="band-economy"')


def test_a_section_without_a_number_has_no_band(editor, page):
    a_paper(20)
    a_story("From the arts", section="Arts")
    assert 'id="band-economy"' in page("/")
    publish(editor, bands=["arts"])
    assert 'id="band-economy"' not in page("/")


def test_a_story_pinned_twice_stands_at_its_higher_place(editor, page):
    stories = a_paper()
    publish(editor, slot(stories[0]), slot(stories[0], "second"))
    assert stories_on(page("/")).count("story-0") == 1


def test_opinion_and_paid_content_do_not_lead_by_being_new_and_are_labelled_everywhere(
    editor, page
):
    a_paper(20)
    a_story("I think", story_type="opinion", date="2026-04-01")
    a_story("Buy this", story_type="sponsored", date="2026-04-02")
    html = page("/")
    assert lead_of(html) == "story-19"
    top = html[html.index("<main") : html.index('class="band')]
    assert "I think" not in top
    assert "Buy this" not in top
    for name in ("opinion", "sponsored"):
        card = html[html.index(f"card--{name}") :]
        assert f'<span class="type">{name.capitalize()}</span>' in card[: card.index("</article>")]
    for address in ("/sections/economy/", "/archive/2026/04/"):
        assert '<span class="type">Opinion</span>' in page(address)


def test_a_slot_can_be_marked_as_sponsored(editor, page):
    old = a_paper()[0]
    publish(editor, slot(old, is_sponsored=True))
    assert '<span class="type">Sponsored</span>' in page("/")


def test_a_section_has_a_lead_of_its_own(editor, page):
    stories = a_paper()
    publish(editor, slot(stories[0], headline="First of all"), page="section/economy")
    html = page("/sections/economy/")
    assert lead_of(html) == "story-0"
    assert "First of all" in html
    assert stories_on(html).count("story-0") == 1
    in_state("withdrawn", story=stories[0])
    assert lead_of(page("/sections/economy/")) == "story-11"


def test_the_slots_picture_is_public_while_its_story_is(editor, client, own_disk):
    from tests.pictures import a_real_photo

    story, photo = a_story(), a_real_photo()
    address = photo.address("jpg", 320)
    assert client.get(address).status_code == 404
    publish(editor, slot(story, photo=photo.sha256))
    assert client.get(address).status_code == 200
    in_state("unpublished", story=story)
    assert client.get(address).status_code == 404


def test_every_version_stays_and_any_comes_back(editor, page):
    stories = a_paper()
    first = publish(editor, slot(stories[0]))
    publish(editor, slot(stories[1]))
    back = arranging.restore("front", first.version, version=2, by=editor)
    assert back.layout == first.layout
    assert not back.is_published
    assert lead_of(page("/")) == "story-1"
    publish(editor, *back.layout["slots"])
    assert lead_of(page("/")) == "story-0"
    assert ArrangementVersion.objects.count() == 4
    assert LogLine.objects.filter(act="publish page").count() == 3


def test_only_who_may_arranges(reporter, page):
    with pytest.raises(Refused):
        arranging.save("front", {}, version=0, by=reporter, publish=True)
    with pytest.raises(Refused):
        arranging.put_up("Now", by=reporter)
    assert not Breaking.objects.exists()


def test_warnings_name_what_does_not_do_what_was_meant(desk, editor):
    stories = a_paper(3)
    past = (timezone.now() - timedelta(hours=1)).isoformat()
    publish(
        editor, slot(stories[0]), slot(stories[1], "second", until=past), slot(stories[2], "second")
    )
    in_state("unpublished", story=stories[2])
    Article.objects.filter(pk=stories[0].pk).update(live_from=timezone.now() - timedelta(hours=7))
    html = desk(editor).get("/admin/articles/arrangement/front/arrange/").content.decode()
    assert "The lead “Story 0” is live for more than six hours." in html
    assert "The time of “Story 1”" in html
    assert "“Story 2” is not live (draft)" in html


# --- the strip


def test_an_automatic_lead_grows_old_too_and_one_that_waits_does_not(desk, editor):
    def warnings():
        return desk(editor).get("/admin/articles/arrangement/front/arrange/").content.decode()

    old, new = a_story("Old", date="2026-03-04"), a_story("New", date="2026-03-05")
    Article.objects.filter(pk=old.pk).update(live_from=timezone.now() - timedelta(hours=7))
    publish(editor, slot(new), slot(old))
    assert "more than six hours" not in warnings()
    assert (
        "lead of the front page is live since" not in desk(editor).get("/admin/").content.decode()
    )
    publish(editor)
    Article.objects.filter(pk=new.pk).update(live_from=timezone.now() - timedelta(hours=7))
    assert "The lead “New” is live for more than six hours." in warnings()


def test_the_strip_stands_on_every_page_and_ends_by_itself(editor, page):
    story = a_story("What happened")
    arranging.put_up("It has happened", by=editor, article=story)
    for address in ("/", story.get_absolute_url(), "/search/", "/archive/"):
        html = page(address)
        assert '<section class="breaking" lang="en" dir="ltr" aria-label="Breaking news">' in html
        assert f'<a href="{story.get_absolute_url()}">It has happened</a>' in html
    with time_machine.travel(timezone.now() + timedelta(hours=3, minutes=1), tick=False):
        assert "It has happened" not in page("/")


@pytest.mark.parametrize("state", ["unpublished", "withdrawn"])
def test_the_strip_goes_with_its_story(editor, page, state):
    story = a_story("What happened")
    arranging.put_up("It has happened", by=editor, article=story)
    in_state(state, story=story)
    assert "It has happened" not in page("/")


def test_a_strip_must_end(editor):
    for ends in (timezone.now() - timedelta(minutes=1), timezone.now() + timedelta(days=3)):
        with pytest.raises(Refused, match="Say when it ends"):
            arranging.put_up("Now", by=editor, ends_at=ends)


def test_a_new_strip_takes_the_place_of_the_old_and_can_be_taken_down(desk, editor, page):
    arranging.put_up("An earlier line", by=editor)
    arranging.put_up("The second", by=a_person("Editor"))
    assert "An earlier line" not in page("/")
    desk(editor).post("/admin/articles/arrangement/breaking/", {"_down": "1"})
    assert "The second" not in page("/")
    assert LogLine.objects.filter(act="take down breaking").exists()


def test_withdrawing_a_pinned_story_needs_no_second_act(chief, editor, page):
    story = a_paper()[0]
    publish(editor, slot(story))
    workflow.withdraw(story, by=chief, reason="law")
    assert lead_of(page("/")) == "story-11"


@pytest.mark.parametrize(
    ("address", "arranged"), [("/", "front"), ("/sections/economy/", "section/economy")]
)
@pytest.mark.parametrize("edge", ["from", "until"])
def test_a_page_is_kept_no_longer_than_until_a_slot_begins_or_ends(
    client, noon, editor, address, arranged, edge
):
    story = a_paper(2)[0]

    def kept(seconds):
        publish(
            editor,
            slot(story, **{edge: f"{timezone.now() + timedelta(seconds=seconds)}"}),
            page=arranged,
        )
        return client.get(address).headers["Cache-Control"].removeprefix("public, max-age=")

    assert kept(3600) == kept(-10) == "30"
    assert kept(8) in ("7", "8")


# --- what the desk says of a story's place is so


def step_of(desk, person, story, act="publish"):
    answer = desk(person).get(f"/admin/articles/article/{story.pk}/act/{act}/")
    page = in_one_line(answer.content.decode())
    return html_module.unescape(re.search(r'class="step-sentence">(.*?)</p>', page)[1])


def pinned_to_section(editor, story):
    publish(editor, slot(story), page="section/economy")


def an_old_pin(editor, story):
    old = (timezone.now() - timedelta(days=1)).isoformat()
    publish(editor, slot(story, until=old))


SAID_OF_A_NEW_STORY = {  # what the desk pinned: (how, words of the step)
    "nothing": (None, "It leads the front page and Economy."),
    "another lead": (
        lambda editor, story: publish(editor, slot(story)),
        "On the front page it stands beside the lead. “Story 0” is pinned to its lead. It leads Economy.",
    ),
    "another lead in words of its own": (
        lambda editor, story: publish(editor, slot(story, headline="In our own words")),
        "On the front page it stands beside the lead. “In our own words” is pinned to its lead. It leads Economy.",
    ),
    "a lead whose time is over": (an_old_pin, "It leads the front page and Economy."),
    "the top of its section": (
        pinned_to_section,
        "It leads the front page. “Story 0” is pinned to the top of Economy.",
    ),
    "the newest of another section": (
        lambda editor, story: publish(editor, slot(auto="world")),
        "On the front page it stands beside the lead. It leads Economy.",
    ),
}


@pytest.mark.parametrize("arranged", SAID_OF_A_NEW_STORY)
def test_the_publish_step_says_where_the_story_will_stand_and_there_it_stands(
    desk, editor, page, arranged
):
    stories = [a_story(f"Story {number}", date=f"2026-03-{number + 1:02}") for number in range(6)]
    a_story("Abroad", date="2026-03-02", section="World")
    arrange, words = SAID_OF_A_NEW_STORY[arranged]
    if arrange:
        arrange(editor, stories[0])
    draft = a_draft("Newest", date=timezone.localdate().isoformat())
    assert step_of(desk, editor, draft).endswith(words)
    assert f"If it went live now: {words}" in step_of(desk, editor, draft, "schedule")
    sent = desk(editor).post(
        f"/admin/articles/article/{draft.pk}/act/publish/", seen(draft), follow=True
    )
    assert words in html_module.unescape(sent.content.decode())
    assert (lead_of(page("/")) == "newest") == words.startswith("It leads the front page")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"story_type": "opinion"}, "On the front page it stands under “Opinion”."),
        ({"date": "2026-01-01"}, "On the front page it stands under “Economy”."),
        ({"date": None}, "On the front page it stands under “Economy”."),
        ({"language": "ru"}, "It does not stand on the front page."),
    ],
)
def test_and_of_one_that_is_no_news_or_not_new_or_not_in_the_outlets_language(
    desk, editor, settings, facts, words
):
    settings.NEWSROOM_LANGUAGES = ("en", "ru")
    for number in range(7):
        a_story(f"Story {number}", date=f"2026-03-{number + 1:02}", section="World")
    a_story("Bread", date="2026-03-01")
    draft = a_draft("Another", **{"date": "2026-03-30"} | facts)
    said = step_of(desk, editor, draft)
    assert words in said
    assert "leads the front page" not in said


def test_a_story_that_is_pinned_already_comes_back_to_its_place(desk, editor, chief, page):
    stories = a_paper(6)
    publish(editor, slot(stories[0]))
    workflow.unpublish(stories[0], by=chief, why="test")
    assert lead_of(page("/")) == "story-5"
    said = step_of(desk, editor, stories[0])
    assert "It leads the front page. It stands in Economy, by the date it carries." in said
    workflow.publish(stories[0], by=chief)
    assert lead_of(page("/")) == "story-0"
