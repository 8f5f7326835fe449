"""Constant work: the same literal number of queries with one story and with three, on every page and desk list."""

import pytest

from articles import workflow
from articles.models import Series
from authors.models import Author
from tests.builders import a_draft, a_person, a_photo, a_story, an_author

pytestmark = [pytest.mark.django_db, pytest.mark.files]

PAGES = {
    "/": 4,
    "/articles/number-0/": 5,
    "/sections/economy/": 4,
    "/tags/": 2,
    "/tags/food/": 4,
    "/authors/": 2,
    "/authors/ada-baker/": 5,
    "/archive/": 3,
    "/archive/2026/": 2,
    "/archive/2026/03/": 5,
    "/archive/2026/03/04/": 4,
    "/archive/undated/": 3,
    "/corrections/": 3,
    "/series/how-bread-is-made/": 4,
    "/about/": 2,
    "/ru/": 3,
    "/search/?q=bread": 5,
    "/search/?q=bread&sort=best": 5,
    "/search/": 3,
    "/nothing/": 2,
    "/healthz": 0,
    "/readyz": 4,
}
DESK = {
    "/admin/": 11,
    "/admin/articles/article/": 9,
    "/admin/articles/article/?status=draft": 9,
    "/admin/articles/photo/": 6,
    "/admin/articles/tag/": 6,
    "/admin/articles/section/": 6,
    "/admin/articles/logline/": 6,
    "/admin/authors/author/": 6,
}


def stories(author, count):
    series = Series.objects.filter(name="How bread is made").first() or Series.objects.create(
        name="How bread is made"
    )
    for number in range(count):
        photo = a_photo(alt="Bread")
        facts = {
            "by": [author, an_author(), "A Guest"],
            "tags": ["food", f"tag {number}"],
            "lead_photo": photo.sha256,
        }
        story = a_story(f"Number {number}", date="2026-03-04", body="<p>bread</p>", **facts)
        workflow.correct(story, by=a_person("Editor"), was="Was", now="Now")
        a_story(f"Part {number}", series=series.slug, series_part=number + 1, **facts)
        a_story(f"Часть {number}", slug=f"chast-{number}", language="ru")
        a_story(f"Undated {number}", date=None, **facts)
        a_draft(f"Draft {number}", **facts)


@pytest.fixture(scope="class", params=[1, 3], ids=["one", "three"])
def count(request, rows_of_the_class):
    """So many stories of each kind, for all addresses."""
    stories(an_author("Ada Baker"), request.param)
    return request.param


class TestHowManyQuestionsAreAsked:
    @pytest.mark.parametrize("address", PAGES)
    def test_a_page_asks_a_fixed_number(
        self, client, settings, django_assert_num_queries, address, count
    ):
        settings.NEWSROOM_LANGUAGES = ["en", "ru"]
        with django_assert_num_queries(PAGES[address]):
            client.get(address)

    @pytest.mark.parametrize("address", DESK)
    def test_a_desk_list_asks_a_fixed_number(
        self, desk, chief, django_assert_num_queries, address, count
    ):
        browser = desk(chief)
        browser.get(address)
        with django_assert_num_queries(DESK[address]):
            assert browser.get(address).status_code == 200

    def test_the_story_form_asks_a_fixed_number(
        self, desk, chief, django_assert_num_queries, count
    ):
        draft = a_draft(
            "Form", by=[Author.objects.get(slug="ada-baker"), an_author()], tags=["food"]
        )
        browser = desk(chief)
        # Django remembers content types from now on
        browser.get(f"/admin/articles/article/{draft.pk}/change/")
        with django_assert_num_queries(28):
            browser.get(f"/admin/articles/article/{draft.pk}/change/")
