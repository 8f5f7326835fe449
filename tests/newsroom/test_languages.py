"""The public pages in English, Uzbek in both alphabets and Russian: complete, and each in its own letters."""

import html
import re
from pathlib import Path

import polib
import pytest
from django.conf import settings as project
from django.utils import translation
from django.utils.translation import trim_whitespace

from articles import workflow
from articles.front_page import arranging
from articles.models import Tag
from articles.naming import merge as merge_names
from newsroom.foundation import languages
from newsroom.models import Page
from tests.builders import HIDDEN, a_person, a_section, a_story, an_author, in_state

pytestmark = pytest.mark.files
ROOT = Path(project.BASE_DIR)
CATALOGUES = {
    code: ROOT / "newsroom/locale" / locale / "LC_MESSAGES/django.po"
    for code, locale in (("ru", "ru"), ("uz", "uz"), ("uz-Cyrl", "uz_Cyrl"))
}
IN_TEMPLATES = re.compile(
    r"""{%\s*translate\s+(?:"([^"]+)"|'([^']+)')(?:\s+context\s+"([^"]+)")?"""
)
BLOCKS = re.compile(
    r"{%\s*blocktranslate([^%]*)%}(.*?)(?:{%\s*plural\s*%}.*?)?{%\s*endblocktranslate\s*%}",
    re.DOTALL,
)
IN_CODE = re.compile(r"""(?<![\w.])(?:gettext|gettext_noop|_)\(\s*"([^"]+)"\s*\)""")
WITH_CONTEXT = re.compile(r"""pgettext(?:_lazy)?\("([^"]+)", "([^"]+)"\)""")
PLACE = re.compile(r"%\((\w+)\)s")


def catalogue(code):
    return polib.pofile(str(CATALOGUES[code]))


def words_of_the_interface() -> set[tuple[str, str]]:
    """(context, words) of every string that templates and code ask to be translated."""
    found = set()
    for file in ROOT.glob("*/templates/**/*.html"):
        text = file.read_text("utf-8")
        found |= {
            (context, double or single) for double, single, context in IN_TEMPLATES.findall(text)
        }
        for options, one in BLOCKS.findall(text):
            one = trim_whitespace(one) if "trimmed" in options.split() else one
            found.add(("", re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", one)))
    for floor in ("authors", "articles", "newsroom"):
        for file in (ROOT / floor).rglob("*.py"):
            text = file.read_text("utf-8")
            found |= {("", each) for each in IN_CODE.findall(text)} | set(
                WITH_CONTEXT.findall(text)
            )
    return found


@pytest.mark.parametrize("code", CATALOGUES)
def test_every_word_of_the_interface_is_translated(code):
    known = {(entry.msgctxt or "", entry.msgid): entry for entry in catalogue(code)}
    wanted = words_of_the_interface()
    assert len(wanted) > 150
    assert wanted - set(known) == set()
    for entry in known.values():
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        assert all(texts), entry.msgid
        assert "fuzzy" not in entry.flags, entry.msgid
        for text in texts:
            assert set(PLACE.findall(text)) == set(PLACE.findall(entry.msgid)), entry.msgid


@pytest.mark.parametrize("code", CATALOGUES)
def test_no_catalogue_holds_words_that_nobody_asks_for(code):
    extra = {
        (entry.msgctxt or "", entry.msgid)
        for entry in catalogue(code)
        if "Django" not in entry.comment
    }
    assert extra - words_of_the_interface() == set()


@pytest.mark.parametrize("code", CATALOGUES)
def test_each_language_is_written_in_its_own_letters(code):
    foreign = re.compile("[A-Za-z]" if code in ("ru", "uz-Cyrl") else "[а-яёўғқҳА-ЯЁЎҒҚҲ]")
    for entry in catalogue(code):
        if entry.msgctxt == "date pattern":
            continue
        for text in list(entry.msgstr_plural.values()) or [entry.msgstr]:
            assert not foreign.search(PLACE.sub("", text)), (entry.msgid, text)
            # oʻ and gʻ with U+02BB, the glottal mark U+02BC, and nothing that a keyboard makes of them
            if code == "uz":
                assert not re.search("['‘’`]", text), text
                assert not re.search("[ogOG]ʼ|(?<![ogOG])ʻ", text), text


@pytest.mark.parametrize("code", CATALOGUES)
def test_the_compiled_catalogue_is_the_written_one(code):
    compiled = polib.mofile(str(CATALOGUES[code].with_suffix(".mo")))
    said = {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in compiled}
    assert said == {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in catalogue(code)}


def visible(page: str) -> str:
    """What a reader sees and what a screen reader says."""
    body = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page, flags=re.DOTALL)
    said = re.findall(r'(?:aria-label|alt|title|placeholder|data-(?!clock)[\w]+)="([^"]*)"', body)
    return html.unescape(re.sub(r"<[^>]+>", " ", body) + " ".join(said))


@pytest.fixture
def cyrillic_paper(settings, db):
    """An outlet whose every name and word is Cyrillic, so that what is Latin on its pages is ours."""
    settings.NEWSROOM_NAME, settings.NEWSROOM_DESCRIPTION = "Газета", "Новости и справки."
    settings.NEWSROOM_CONTACT = ""
    author = an_author(
        "Ада Бейкер",
        slug="ada",
        bio="Пишет о хлебе.",
        role="Репортёр",
        contact_email="a@example.com",
        website="https://example.com",
    )
    section, editor = a_section("Экономика"), a_person("Editor")
    film = "https://youtu.be/abcdefghijk"
    body = (
        '<p>Хлеб.</p><aside data-fact-box=""><p>Факт.</p></aside><table><tbody><tr><td>Хлеб</td></tr></tbody></table>'
        f'<figure data-embed="{film}"><a href="{film}">Хлеб</a></figure>'
    )

    def story(headline, **facts):
        return a_story(
            headline, section=section.name, language="ru", tags=["Хлеб"], body=body, **facts
        )

    first = story(
        "Первая",
        slug="one",
        by=[author, an_author("Бен Кук", slug="ben")],
        dateline="Самарканд",
        how_reported="Мы спросили.",
        source_note="Источник.",
        source_outlet="Курьер",
        summary="Анонс.",
    )
    story("Вторая", slug="two", date=None, byline_decision="not_given")
    for number, kind in enumerate(("opinion", "sponsored", "analysis", "explainer")):
        story(
            f"Ещё {number}",
            slug=f"more-{number}",
            story_type=kind,
            date="2026-03-04T09:30:00+05:00",
        )
    for number in range(12):
        story(f"Номер {number}", slug=f"number-{number}", date=f"2026-02-{number + 1:02}")
    for place in ("top", "foot"):
        workflow.correct(first, by=editor, was="Было.", now="Стало.", shown_at=place)
    withdrawn = story("Снято", slug="gone")
    workflow.withdraw(withdrawn, by=a_person("Chief editor"), reason="rights")
    arranging.put_up("Случилось", by=editor, article=first)
    Page.objects.create(name="Как мы работаем", slug="how", body="<p>Хорошо.</p>", is_public=True)


PAGES = [
    "/",
    "/articles/one/",
    "/articles/two/",
    "/articles/more-0/",
    "/articles/more-1/",
    "/sections/ekonomika/",
    "/tags/",
    "/tags/khleb/",
    "/authors/",
    "/authors/ada/",
    "/archive/",
    "/archive/2026/",
    "/archive/2026/03/",
    "/archive/2026/03/04/",
    "/archive/undated/",
    "/search/",
    "/search/?q=хлеб",
    "/search/?q=зззз",
    "/corrections/",
    "/about/how/",
    "/articles/gone/",
    "/нет/",
]
# names of things, and samples of a spelling
STAY = {"Telegram", "YouTube", "a@example.com", "Oʻzbekiston", "O‘zbekiston"}


@pytest.mark.parametrize("code", ["ru", "uz-Cyrl"])
def test_no_page_of_a_cyrillic_outlet_has_a_latin_word(client, settings, cyrillic_paper, code):
    settings.LANGUAGE_CODE = code
    settings.NEWSROOM_LANGUAGES = [code]
    for address in PAGES:
        answer = client.get(address)
        assert answer.status_code in (200, 404, 410), address
        page = answer.content.decode()
        assert (
            f'<html lang="{"ru" if "/articles/" in address and answer.status_code == 200 else code}"'
            in page
        )
        if "/articles/" in address and code != "ru":
            continue  # a story's page is in the language of the story
        text = visible(page)
        for name in (*STAY, "https://youtu.be/abcdefghijk", "http://testserver/articles/one/"):
            text = text.replace(name, " ")
        text = re.sub(r"https?://\S+|/\S*|\S+@\S+", " ", text)
        assert re.findall(r"[A-Za-zʻʼ]{2,}", text) == [], address


def test_the_pages_of_an_uzbek_outlet_are_uzbek(client, settings, cyrillic_paper):
    settings.LANGUAGE_CODE = "uz"
    page = client.get("/archive/2026/03/04/").content.decode()
    assert "2026-yil 4-mart, Chorshanba" in page
    assert "Keyingi" not in page
    assert '<a class="skip" href="#main" lang="uz">Asosiy mazmunga oʻtish</a>' in page


def test_the_language_is_never_taken_from_the_reader(client, db):
    a_story("Bread")
    for address in ("/", "/articles/bread/", "/archive/"):
        plain = client.get(address)
        asked = client.get(address, HTTP_ACCEPT_LANGUAGE="ru", HTTP_COOKIE="django_language=ru")
        assert asked.content == plain.content
        assert "language" not in asked.headers.get("Vary", "").lower()


def test_a_storys_page_speaks_the_language_of_the_story(client, db):
    a_story("Хлеб", slug="khleb", language="ru")
    page = client.get("/articles/khleb/").content.decode()
    assert '<html lang="ru" dir="ltr">' in page
    assert "Перейти к содержанию" in page
    assert "Опубликовано" in page
    assert translation.get_language() == "en"
    assert "Перейти" not in client.get("/").content.decode()
    assert '<a href="/articles/khleb/" lang="ru">Хлеб</a>' in client.get("/").content.decode()


def test_right_to_left_stories_say_so_wherever_they_stand(client, db):
    a_story("خبز", slug="khubz", language="ar", summary="خبز")
    page = client.get("/articles/khubz/").content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    for address in ("/", "/sections/economy/", "/search/?q=خبز"):
        assert (
            '<a href="/articles/khubz/" lang="ar" dir="rtl">'
            in client.get(address).content.decode()
        ), address


@pytest.mark.parametrize(
    ("code", "direction"),
    [
        ("ar", "rtl"),
        ("fa", "rtl"),
        ("uz", "ltr"),
        ("uz-Arab", "rtl"),
        ("uz-Cyrl", "ltr"),
        ("he", "rtl"),
        ("", "ltr"),
    ],
)
def test_directions(code, direction):
    assert languages.direction(code) == direction


@pytest.mark.parametrize(
    "spelling",
    ["Oʻzbekiston", "O‘zbekiston", "O'zbekiston", "O`zbekiston", "Ўзбекистон", "OʼZBEKISTON"],
)
def test_every_spelling_finds_the_same_stories_and_the_same_tag(client, editor, spelling):
    a_story("Oʻzbekiston bozori", tags=["Oʻzbekiston"], slug="one")
    a_story("Ўзбекистон бозори", tags=["Ўзбекистон"], slug="two")
    # Two alphabets are two names until a person says that they are one.
    merge_names.merge(Tag.objects.named("Ўзбекистон"), Tag.objects.named("Oʻzbekiston"), by=editor)
    assert Tag.objects.named(spelling).slug == "ozbekiston"
    found = client.get("/search/", {"q": spelling}).content.decode()
    assert "/articles/one/" in found
    assert "/articles/two/" in found
    assert client.get("/tags/ozbekiston/").content.decode().count("<article") == 2
    assert (
        client.get("/search/suggest/", {"q": spelling[:5]}).json()["found"][0]["address"]
        == "/tags/ozbekiston/"
    )


@pytest.mark.parametrize("state", HIDDEN)
def test_suggestions_tell_nothing_of_hidden_stories(client, db, state):
    in_state(state, "Hidden", tags=["Secret topic"], by=[an_author("Secret Author")])
    assert client.get("/search/suggest/?q=secret").json() == {"found": []}
