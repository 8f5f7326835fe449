"""What a review by an attacker found at the desk; each of these was once a leak, a lost word or an error page."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone

from articles import workflow
from articles.models import Article, Photo, Section, Tag
from articles.story import editing, snapshots
from tests.articles.test_desk_form import LIST, form_data
from tests.builders import a_draft, a_photo, a_section, a_snapshot, a_story, an_author, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict(desk):
    """A browser at the desk that gets a 500 as an answer instead of an exception."""

    def log_in(person):
        browser = Client(raise_request_exception=False)
        browser.force_login(person)
        return browser

    return log_in


@pytest.mark.parametrize("slug", ["Not A Slug", "a/b", "ў", "../x"])
def test_an_odd_address_is_refused_at_the_form_and_made_sound_at_the_door(
    strict, contributor, editor, page, slug
):
    draft = editing.create(a_snapshot("Odd"), by=contributor)
    answer = strict(contributor).post(
        f"{LIST}{draft.pk}/change/", form_data(draft, slug=slug, section=draft.section.pk)
    )
    assert "Use small letters" in answer.content.decode()
    forced = a_draft("Odd", slug=slug)  # as an import or the shell could
    workflow.publish(forced, by=editor)
    assert page(forced.get_absolute_url())
    assert page("/")


def test_what_nobody_read_does_not_go_live(desk, editor):
    draft = a_draft("As the editor read it")
    step = desk(editor).get(f"{LIST}{draft.pk}/act/publish/").context["form"]
    editing.save(draft, a_snapshot("Slipped in"), version=1)
    answer = desk(editor).post(
        f"{LIST}{draft.pk}/act/publish/", {"version": step.initial["version"]} | seen(draft, 1)
    )
    assert "The story moved on while this page was open" in answer.content.decode()
    assert "The story was changed since you opened this page" in answer.content.decode()
    assert not Article.objects.live().exists()


def test_view_on_site_tells_nothing_of_hidden_stories(desk, contributor):
    story = a_story("Secret merger", at=timezone.now() + timedelta(hours=1))
    kind = ContentType.objects.get_for_model(Article).pk
    assert desk(contributor).get(f"/admin/r/{kind}/{story.pk}/").status_code == 404


@pytest.mark.parametrize("name", ["ECONOMY", "economy", "Economy"])
def test_a_name_that_is_taken_is_said_in_words(strict, chief, name):
    a_section("Economy")
    Tag.objects.create(name="Economy")
    other = Section.objects.create(name="Other")
    browser = strict(chief)
    for address in ("section/add/", f"section/{other.pk}/change/", "tag/add/", "tag/add/?_popup=1"):
        answer = browser.post(f"/admin/articles/{address}", {"name": name, "order": 1})
        assert answer.status_code == 200
        assert "That name is already in use." in answer.content.decode()


@pytest.mark.parametrize(
    "odd",
    [
        {"tags": ["abc"]},
        {"tags": ["9" * 30]},
        {"lead_photo": "abc"},
        {"lead_photo": "9" * 30},
        {"section": "abc"},
        {"base_version": "9" * 19},
        {"base_version": "x"},
        {"date_known": "minute", "published_day": "0001-01-01", "published_time": "00:00"},
        {"date_known": "day", "published_day": "9999-12-31"},
        {"bylines-TOTAL_FORMS": "1", "bylines-0-name": "\x01", "bylines-0-role": "writer"},
        {"bylines-TOTAL_FORMS": "1", "bylines-0-author": "abc", "bylines-0-role": "writer"},
        {"bylines-TOTAL_FORMS": "99999999"},
    ],
    ids=str,
)
def test_odd_input_in_the_form_is_answered_in_words(strict, contributor, odd):
    draft = editing.create(a_snapshot("Odd"), by=contributor)
    data = form_data(draft, section=draft.section.pk) | odd
    assert strict(contributor).post(f"{LIST}{draft.pk}/change/", data).status_code in (
        200,
        302,
        400,
        409,
    )


@pytest.mark.parametrize("query", ["?tags=abc", "?tags=1,abc", "?section=abc", "?lead_photo=x"])
def test_odd_addresses_of_the_empty_form_are_no_trouble(strict, contributor, query):
    assert strict(contributor).get(f"{LIST}add/{query}").status_code == 200


@pytest.mark.parametrize(
    "model",
    [
        "articles/photo",
        "articles/tag",
        "articles/section",
        "articles/logline",
        "authors/author",
        "authors/user",
    ],
)
def test_no_list_is_an_oracle_or_breaks(strict, chief, model):
    browser = strict(chief)
    for query in (
        "alt__regex=(",
        "name__regex=(",
        "why__regex=(",
        "leads=1",
        "password__startswith=p",
    ):
        assert browser.get(f"/admin/{model}/?{query}").status_code == 400
    assert browser.get(f"/admin/{model}/", {"q": "word " * 1500}).status_code == 200
    assert browser.post(
        f"/admin/{model}/", {"action": "delete_selected", "_selected_action": "abc"}
    ).status_code in (
        200,
        302,
        403,
    )


def test_a_long_question_to_a_box_that_searches_is_bounded(strict, contributor):
    asked = {
        "app_label": "articles",
        "model_name": "taglink",
        "field_name": "tag",
        "term": "word " * 1500,
    }
    assert strict(contributor).get("/admin/autocomplete/", asked).status_code == 200


def test_a_withdrawal_lasts_until_readers_see_the_story_again(client, chief, editor):
    story = a_story("Gone")
    workflow.withdraw(story, by=chief, reason="rights")
    workflow.restore(story, by=chief, why="x")
    workflow.schedule(story, by=editor, at=timezone.now() + timedelta(days=3))
    assert client.get("/articles/gone/").status_code == 410
    workflow.pull_back(story, by=chief)
    assert client.get("/articles/gone/").status_code == 410
    with pytest.raises(workflow.Refused, match="A second person publishes it"):
        workflow.publish(story, by=chief)
    workflow.publish(story, by=editor)
    assert client.get("/articles/gone/").status_code == 200
    workflow.unpublish(story, by=chief, why="x")
    assert client.get("/articles/gone/").status_code == 404


def test_words_typed_into_a_story_that_was_locked_meanwhile_come_back(desk, chief):
    story = a_story("Locked")
    opened = form_data(story, section=story.section.pk)
    workflow.withdraw(story, by=chief, reason="law")
    answer = desk(chief).post(
        f"{LIST}{story.pk}/change/",
        opened | {"body": "<p>MYTYPEDWORDS</p>", "base_version": story.version},
    )
    assert answer.status_code == 409
    assert "MYTYPEDWORDS" in answer.content.decode()
    assert "its text is locked" in answer.content.decode()


def test_a_long_text_in_a_wide_script_is_taken(desk, contributor):
    draft = editing.create(a_snapshot("Long"), by=contributor)
    text = "я" * 450_000
    answer = desk(contributor).post(
        f"{LIST}{draft.pk}/change/",
        form_data(draft, body=f"<p>{text}</p>", section=draft.section.pk),
    )
    assert answer.status_code == 302
    assert text in snapshots.latest(draft)["body"]


def test_a_day_without_saying_how_sure_is_asked_about(desk, contributor):
    draft = editing.create(a_snapshot("Day", date=None), by=contributor)
    answer = desk(contributor).post(
        f"{LIST}{draft.pk}/change/", form_data(draft, published_day="2024-09-16")
    )
    assert "You gave a day." in answer.content.decode()


def test_what_only_a_working_copy_uses_is_not_deleted(desk, chief):
    story, photo, tag = a_story("Live"), a_photo(), Tag.objects.named("Only there")
    editing.save(
        story,
        a_snapshot("Live", tags=["Only there"], lead_photo=photo.sha256),
        version=story.version,
    )
    browser = desk(chief)
    for address in (
        f"/admin/articles/photo/{photo.pk}/delete/",
        f"/admin/articles/tag/{tag.pk}/delete/",
    ):
        assert (
            "Working copy of a story: Live"
            in browser.post(address, {"post": "yes"}).content.decode()
        )
    assert Photo.objects.filter(pk=photo.pk).exists()
    assert Tag.objects.filter(pk=tag.pk).exists()


def test_a_byline_row_can_be_removed(desk, editor):
    draft = a_draft("Rows", by=[an_author("Ada Baker"), an_author("Ben Miller")])
    rows = [{"author": row.author.pk} for row in draft.bylines.order_by("order")]
    data = form_data(draft, rows=rows, section=draft.section.pk) | {"bylines-0-DELETE": "on"}
    desk(editor).post(f"{LIST}{draft.pk}/change/", data)
    assert [row["author"] for row in snapshots.latest(draft)["bylines"]] == ["ben-miller"]
