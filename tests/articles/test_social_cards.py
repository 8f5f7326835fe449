"""What other sites show beside a link: the photo's crop, or a card drawn for a story without a photo."""

import re

import pytest
from PIL import Image, ImageChops

from articles import workflow
from articles.pictures import social_card
from newsroom.foundation import languages
from tests.articles.test_desk_form import LIST, form_data
from tests.builders import a_photo, a_story
from tests.pictures import a_real_photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_disk")]


@pytest.fixture(autouse=True)
def site(settings):
    settings.NEWSROOM_SITE_URL = "https://news.example"


def card_address(html) -> str:
    address = re.search(r'property="og:image" content="https://news\.example([^"]+)"', html)[1]
    assert "twitter:card" in html
    return address


def test_a_story_without_a_photo_has_a_drawn_card(client, page):
    story = a_story("Bread prices rise")
    address = card_address(page(story.get_absolute_url()))
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    with Image.open(social_card.file_of(story)) as card:
        assert card.size == (1200, 630)
    assert client.get(address.replace(social_card.stamp_of(story), "x" * 12)).status_code == 302


def test_a_story_with_a_photo_shows_its_crop(page, client):
    photo = a_real_photo(size=(1600, 1000))
    address = card_address(page(a_story(lead_photo=photo.sha256).get_absolute_url()))
    assert address == f"/media/photos/{photo.token}/{photo.stamp}/card-1200.jpg"
    assert client.get(address).status_code == 200


def test_another_headline_is_another_card_and_the_old_file_goes():
    story = a_story("Bread prices rise")
    first = social_card.file_of(story)
    story.headline = "Bread prices fall"
    second = social_card.file_of(story)
    assert first != second
    assert (first.exists(), second.exists()) == (False, True)


def test_the_card_of_a_hidden_or_withdrawn_story_is_not_there(
    client, page, chief, editor, django_capture_on_commit_callbacks
):
    story = a_story("Bread prices rise")
    address = card_address(page(story.get_absolute_url()))
    assert client.get(address).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        workflow.withdraw(story, by=chief, reason="law")
    assert client.get(address).status_code == 404
    assert not social_card.folder_of(story).exists()
    other = a_story("Another")
    address = card_address(page(other.get_absolute_url()))
    workflow.unpublish(other, by=editor, why="wait")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "headline",
    [
        "Short",
        "Ўзбекистон божхонаси янги тизимга ўтди",
        "Oʻzbekiston bojxonasi",
        "word " * 60,
        "x" * 250,
        "«Кавычки» – и тире",
    ],
)
def test_headlines_of_every_length_and_script_stand_inside_the_card(headline):
    card = social_card.draw(headline, "Иқтисодиёт", "Newsroom")
    empty = social_card.draw("", "Иқтисодиёт", "Newsroom")
    left, top, right, bottom = ImageChops.difference(card, empty).getbbox()
    assert left >= social_card.EDGE - 8
    assert right <= 1200 - social_card.EDGE + 8
    assert top > 100
    assert bottom < 600


@pytest.fixture
def no_font_of_the_machine(monkeypatch, tmp_path):
    monkeypatch.setattr(social_card, "OF_THE_MACHINE", tmp_path / "none.ttc")


@pytest.mark.usefixtures("no_font_of_the_machine")
def test_letters_that_the_fonts_lack_are_left_out_and_not_boxed():
    assert social_card.drawable("新闻")[1] == ""
    assert (
        ImageChops.difference(
            social_card.draw("新闻", "S", "N"), social_card.draw("", "S", "N")
        ).getbbox()
        is None
    )


def test_chinese_is_drawn_where_the_machine_has_a_font_for_it(monkeypatch):
    # any file: it is asked
    monkeypatch.setattr(social_card, "OF_THE_MACHINE", social_card.OURS[0].large)
    assert social_card.drawable("新闻")[1] == "新闻"


@pytest.mark.usefixtures("no_font_of_the_machine")
@pytest.mark.parametrize(
    ("headline", "drawn"),
    [
        ("Prices rise → why", "Prices rise why"),
        ("−5° at night", "–5° at night"),
        ("CO₂ and m²", "CO₂ and m²"),
        ("Bread 🍞", "Bread"),
        ("ЎзА хабари", "ЎзА хабари"),
        ("Bread 新", ""),
    ],
)
def test_one_strange_sign_costs_no_headline(headline, drawn):
    assert social_card.drawable(headline)[1] == drawn


def test_the_name_of_every_language_we_offer_can_be_drawn_on_a_card():
    """With its letters, and not with the boxes of a font that lacks them."""
    of_the_machine = {"zh", "ja", "ko"}
    for code, name in languages.NAMES.items():
        face, words = social_card.drawable(f"{name} 2026")
        if code in of_the_machine:
            continue
        assert words == f"{name} 2026", code
        letters = social_card.font(face, face.large, 60)
        nothing = letters.getmask("\U0010ffff")
        for letter in filter(str.isalpha, name):
            shape = letters.getmask(letter)
            assert shape.getbbox() is not None, (code, letter)
            assert (shape.size, bytes(shape)) != (nothing.size, bytes(nothing)), (code, letter)
        assert (face.direction == "rtl") == (languages.direction(code) == "rtl"), code


def test_arabic_is_joined_and_stands_at_the_right():
    card = social_card.draw("خبز وملح", "S", "N")
    left, _, right, _ = ImageChops.difference(card, social_card.draw("", "S", "N")).getbbox()
    face, words = social_card.drawable("خبز وملح")
    letters = social_card.font(face, face.large, 78)
    apart = sum(letters.getlength(each) for each in words)
    assert letters.getlength(words) < apart, "letters change beside others"
    assert right > 1000


def test_a_preview_names_no_picture_to_other_sites(desk, reporter):
    answer = desk(reporter).post(
        f"{LIST}add/preview/", form_data(headline="Typed", body="<p>x</p>", lead_photo=a_photo().pk)
    )
    assert answer.status_code == 200
    assert "og:image" not in answer.content.decode()
