"""What is refused before a page is made: in the outlet's language and look for readers, in English at the desk."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory

from newsroom import views
from tests.newsroom.test_languages import visible

pytestmark = pytest.mark.django_db
TITLES = {
    400: {
        "ru": "Запрос не удалось понять",
        "uz": "Soʻrovni tushunib boʻlmadi",
        "uz-Cyrl": "Сўровни тушуниб бўлмади",
    },
    405: {
        "ru": "По этому адресу ничего нельзя отправить",
        "uz": "Bu manzilga hech narsa yuborib boʻlmaydi",
        "uz-Cyrl": "Бу манзилга ҳеч нарса юбориб бўлмайди",
    },
    413: {
        "ru": "Слишком много за один раз",
        "uz": "Bir yoʻla juda koʻp",
        "uz-Cyrl": "Бир йўла жуда кўп",
    },
}


def refused(status: int, address: str):
    """The answer to a request of this address that is refused with this status."""
    if status == 400:
        return Client(raise_request_exception=False).get(address, headers={"host": "evil.example"})
    if status == 405:
        return Client().delete(address)
    if status == 411:
        return Client().get(address, headers={"transfer-encoding": "chunked"})
    return Client().get(address, CONTENT_LENGTH="300000000")


@pytest.mark.parametrize("status", TITLES)
@pytest.mark.parametrize("code", ["ru", "uz", "uz-Cyrl"])
def test_readers_are_refused_in_the_outlets_language(settings, status, code):
    settings.LANGUAGE_CODE, settings.NEWSROOM_NAME = code, "Газета"
    settings.NEWSROOM_CONTACT = ""
    answer = refused(status, "/about/")
    text = answer.content.decode()
    assert answer.status_code == status
    assert f"<h1>{TITLES[status][code]}</h1>" in text
    assert f'<html lang="{code}"' in text
    if code != "uz":
        assert not re.search("[A-Za-z]", visible(text.partition("<head>")[2])), text
    assert '<a href="/">' in text
    assert "/admin/" not in text


@pytest.mark.parametrize("status", TITLES)
def test_the_page_of_a_refusal_has_the_look_of_the_house_and_asks_nobody(
    client, status, django_assert_num_queries
):
    with django_assert_num_queries(0):
        text = refused(status, "/search/").content.decode()
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', text)
    assert sheets
    assert set(sheets) <= set(re.findall(r'href="([^"]+)"', client.get("/").content.decode()))


@pytest.mark.parametrize("status", [*TITLES, 411])
def test_at_the_desk_a_refusal_is_in_english_and_leads_to_the_desk(settings, status):
    settings.LANGUAGE_CODE = "ru"
    answer = refused(status, "/admin/login/")
    text = answer.content.decode()
    assert answer.status_code == status
    assert not re.search("[А-Яа-я]", text)
    assert '<a href="/admin/">The desk</a>' in text
    assert 'href="/"' not in text


def test_an_address_that_only_a_button_calls_says_so_to_who_opens_it(desk, editor):
    answer = desk(editor).get("/admin/articles/article/together/publish/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert b"acts only when its button is pressed" in answer.content
    assert b'<a href="/admin/">The desk</a>' in answer.content


def test_a_refused_method_says_which_are_taken():
    assert Client().delete("/about/")["Allow"] == "GET, HEAD"
    assert Client().delete("/admin/login/")["Allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize("status", TITLES)
def test_programs_that_ask_the_api_are_refused_in_json(settings, status):
    settings.LANGUAGE_CODE = "ru"
    answer = refused(status, "/api/v1/articles")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/json")
    assert re.fullmatch("[ -~]+", answer.json()["error"])


def test_what_is_not_open_to_readers_says_so_in_their_language(settings):
    settings.LANGUAGE_CODE = "ru"
    request = RequestFactory()
    assert "Доступ закрыт" in views.forbidden(request.get("/"), PermissionDenied()).content.decode()
    at_desk = views.forbidden(request.get("/admin/"), PermissionDenied()).content.decode()
    assert "Not allowed" in at_desk
    assert '<a href="/admin/">The desk</a>' in at_desk


def test_without_static_files_a_refusal_is_still_said(monkeypatch):
    def gone(name):
        raise ValueError("Missing staticfiles manifest entry")

    monkeypatch.setattr(views, "static", gone)
    answer = Client().delete("/about/")
    assert (answer.status_code, b"stylesheet" in answer.content) == (405, False)
