"""An outlet with more than one language has a front page for each, at an address of its own."""

from tests.builders import a_story
from tests.one_line import in_one_line


def test_each_language_has_its_front_page_in_its_own_words(client, db, settings):
    settings.NEWSROOM_LANGUAGES = ["en", "ru"]
    a_story("Bread"), a_story("Хлеб", slug="khleb", language="ru")
    page = client.get("/ru/").content.decode()
    assert '<html lang="ru"' in page
    assert "/articles/khleb/" in page
    assert "/articles/bread/" not in page
    assert "Перейти к содержанию" in page
    for address in ("/", "/ru/"):
        links = in_one_line(client.get(address).content.decode())
        assert '<a href="/" lang="en" hreflang="en"' in links
        assert '<a href="/ru/" lang="ru" hreflang="ru"' in links


def test_an_outlet_with_one_language_shows_no_links_of_languages(client, db):
    assert 'class="langs"' not in client.get("/").content.decode()
    assert client.get("/ru/").status_code == 404
