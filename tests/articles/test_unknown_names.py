"""What an import, and time, leave behind: names that nobody knows yet, and topics that no story carries."""

import pytest
from django.core.management import call_command

from articles.models import LogLine, Tag
from articles.naming import similar_names
from authors.models import Author
from tests.builders import a_story, an_author, the_author
from tests.one_line import in_one_line

pytestmark = pytest.mark.django_db
QUEUE = "/admin/articles/article/unknown-names/"
DOCUMENT = "Bread costs more\n\nBy {name}\n\nSeptember 3, 2024\n\nFlour is up.\n"


@pytest.fixture
def came_in(tmp_path):
    """`came_in("J. Baker")`: the author that an import of a story with this byline made."""

    def load(name):
        path = tmp_path / f"{name}.txt"
        path.write_text(DOCUMENT.format(name=name), "utf-8")
        call_command("import_stories", str(path), verbosity=0)
        return the_author(name)

    return load


def test_a_name_of_an_import_waits_with_those_who_may_be_meant(desk, chief, came_in):
    an_author("Jane Baker"), an_author("Ann Carpenter")
    name = came_in("J. Baker")
    html = desk(chief).get(QUEUE).content.decode()
    assert f"/merge/authors/{name.pk}/?into={the_author('Jane Baker').pk}" in html
    assert "Ann Carpenter" not in html
    assert "1 unknown name of imports" in in_one_line(desk(chief).get("/admin/").content.decode())
    assert QUEUE in desk(chief).get("/admin/authors/author/").content.decode()


def test_the_queue_says_before_the_press_which_stories_an_answer_moves(desk, chief, came_in):
    known, name = an_author("Jane Baker"), came_in("J. Baker")
    browser = desk(chief)
    html = in_one_line(browser.get(QUEUE).content.decode())
    assert "An answer holds for <strong>all stories of its name</strong>" in html
    assert f'/admin/articles/article/?author={name.pk}">1</a>' in html
    listed = browser.get(f"/admin/articles/article/?author={name.pk}").content.decode()
    assert "Bread costs more" in listed
    step = browser.get(
        f"/admin/articles/article/merge/authors/{name.pk}/?into={known.pk}"
    ).content.decode()
    assert "Bread costs more" in step


def test_somebody_new_waits_no_longer_and_keeps_the_byline(desk, chief, came_in, page):
    name = came_in("J. Baker")
    assert desk(chief).post(QUEUE, {"author": name.pk}).status_code == 302
    html = desk(chief).get(QUEUE).content.decode()
    assert "No name waits" in html
    assert "unknown name" not in desk(chief).get("/admin/").content.decode()
    assert name.bylines.count() == 1
    assert LogLine.objects.get(act="accept author").why == "“J. Baker” is somebody new"


def test_saving_the_page_answers_too(desk, chief, came_in):
    name = came_in("J. Baker")
    desk(chief).post(
        f"/admin/authors/author/{name.pk}/change/",
        {"name": name.name, "slug": name.slug, "bio": "Bread."},
    )
    assert not Author.objects.unknown().exists()


@pytest.mark.parametrize("sent", [{}, {"author": "x"}, {"author": "9" * 30}, {"author": "7777777"}])
def test_a_wrong_key_is_nobody(desk, chief, sent):
    assert desk(chief).post(QUEUE, sent).status_code == 404


def test_two_colleagues_answer_for_one_name(desk, chief, came_in):
    name, known = came_in("J. Baker"), an_author("Jane Baker")
    for row in (name, name, known):
        answer = desk(chief).post(QUEUE, {"author": row.pk}, follow=True)
    assert "A colleague has answered for this name already." in answer.content.decode()
    assert LogLine.objects.filter(act="accept author").count() == 1


def test_the_queue_asks_as_much_of_one_as_of_many(desk, chief, django_assert_num_queries):
    client = desk(chief)
    for number in range(5):
        Author.objects.create(name=f"J. Baker {number}", is_unknown=True)
        an_author(f"Jane Baker {number}")
        with django_assert_num_queries(6):
            assert client.get(QUEUE).content.decode().count("into=") == number + 1


def test_who_writes_and_who_came_in_before_are_no_unknown_names(came_in):
    an_author("Jane Baker")
    came_in("Jane Baker")
    assert not Author.objects.unknown().exists()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("J. Doe", ["Jane Doe"]),
        ("Doe Jane", ["Jane Doe"]),
        ("Jayne Doe", ["Jane Doe"]),
        ("Ann Doe", []),
        ("", []),
        ("Ли", []),
    ],
)
def test_who_may_be_meant(typed, meant):
    known = similar_names.Known(
        [an_author(name) for name in ("Jane Doe", "Olim Free", "Leo", "Lou")]
    )
    assert [row.name for row in known.meant_by(typed)] == meant


def test_topics_that_no_story_carries_are_a_filter(desk, chief):
    a_story(tags=["Grain"])
    Tag.objects.create(name="Chaff")
    rows = {
        used: desk(chief)
        .get(f"/admin/articles/tag/?used={used}")
        .content.decode()
        .split("result_list")[-1]
        for used in ("yes", "no")
    }
    assert ("Grain" in rows["yes"], "Chaff" in rows["yes"]) == (True, False)
    assert ("Grain" in rows["no"], "Chaff" in rows["no"]) == (False, True)


def test_readers_see_the_languages_of_an_author(desk, chief, page):
    jane = an_author("Jane Baker")
    a_story(by=[jane])
    form = {"name": jane.name, "slug": jane.slug, "languages": ["en", "ru"]}
    assert desk(chief).post(f"/admin/authors/author/{jane.pk}/change/", form).status_code == 302
    html = page("/authors/jane-baker/")
    assert 'Languages: <bdi lang="en">English</bdi>, <bdi lang="ru">Русский</bdi>' in html
    assert '"knowsLanguage":["en","ru"]' in html
