"""What a search finds: in every part of a story, in any spelling and ending, at the moment it may be found."""

import re
from urllib.parse import quote

import pytest

from articles.models import Tag
from articles.naming.merge import merge
from newsroom.search import index
from newsroom.search.words import variants
from tests.builders import a_photo, a_story, an_author, in_state

pytestmark = pytest.mark.django_db


def test_every_part_of_a_story_is_searched(found):
    photo = a_photo(caption="A loaf cooling on the sill")
    a_story(
        "Flour",
        summary="Dearer since spring.",
        body="<p>Millers met.</p>",
        by=[an_author("Jane Doe"), "Olim Free"],
        tags=["grain trade"],
        section="Economy",
        dateline="Samarkand",
        lead_photo=photo.sha256,
    )
    for words in (
        "flour",
        "dearer",
        "millers",
        "doe",
        "olim",
        "grain",
        "economy",
        "samarkand",
        "cooling",
    ):
        assert found(words) == ["Flour"], words


def test_the_caption_a_story_has_of_its_own_is_searched_and_a_changed_one_of_the_library(
    found, django_capture_on_commit_callbacks
):
    photo = a_photo(caption="A loaf")
    a_story("Own", lead_photo=photo.sha256, lead_caption="An oven")
    a_story("Theirs", lead_photo=photo.sha256)
    assert (found("oven"), found("loaf")) == (["Own"], ["Theirs"])
    photo.caption = "A pretzel"
    with django_capture_on_commit_callbacks(execute=True):
        photo.save()
    assert (found("pretzel"), found("loaf")) == (["Theirs"], [])


def test_a_caption_of_many_stories_is_read_anew_a_few_at_a_time_and_not_while_others_wait(
    found, django_capture_on_commit_callbacks, monkeypatch
):
    monkeypatch.setattr(index, "STEP", 2)
    photo, steps, write = a_photo(caption="A loaf"), [], index.write
    for number in range(5):
        a_story(f"Bread {number}", lead_photo=photo.sha256)
    monkeypatch.setattr(index, "write", lambda stories: steps.append(write(stories)))
    photo.caption = "A pretzel"
    with django_capture_on_commit_callbacks(execute=True):
        photo.save()
        assert steps == []
    assert steps == [2, 2, 1]
    assert len(found("pretzel")) == 5


@pytest.mark.parametrize(
    ("language", "body", "asked"),
    [
        (
            "en",
            "The customs agreements were signed",
            ["agreement", "signing", "AGREEMENTS", "sign"],
        ),
        (
            "ru",
            "Таможенные соглашения подписаны в Ташкенте",
            ["соглашение", "таможенный", "Ташкент", "Tashkent"],
        ),
        ("ru", "Встреча прошла в Москве и Бухаре", ["Moskva", "Москва", "Bukhara", "Бухара"]),
        (
            "uz",
            "Oʻzbekiston bojxona qoʻmitasi",
            ["o'zbekiston", "OZBEKISTON", "Ўзбекистон", "қўмитаси"],
        ),
        ("uz-Cyrl", "Ўзбекистон бозори", ["Oʻzbekiston", "o‘zbekiston", "bozori"]),
        ("fr", "Le café près de l’école", ["cafe", "CAFÉ", "pres"]),
        ("en", "The visit to Bukhara", ["Бухара", "Bukhara"]),
    ],
)
def test_endings_accents_apostrophes_and_alphabets_are_one(found, language, body, asked):
    a_story("It", language=language, body=f"<p>{body}</p>")
    for words in asked:
        assert found(words) == ["It"], words


def test_the_russian_stem_of_a_latin_word_meets_only_russian_texts(found):
    a_story("Sea", language="ru", body="<p>Море</p>")
    a_story("Name", language="en", body="<p>Mor went home</p>")
    assert found("more") == ["Sea"]
    assert "r_mor" in variants("море")


def test_beside_a_figure_letters_that_look_the_same_are_the_same_and_elsewhere_not(found):
    a_story("Latin", body="<p>Less CO₂ on A4 paper.</p>", date="2026-03-03")
    a_story(
        "Cyrillic", language="ru", body="<p>Выбросы СО₂, бумага А4, С-300.</p>", date="2026-03-02"
    )
    a_story("Other", body="<p>So 2 of them sat beside a pot.</p>", date="2026-03-01")
    for asked in ("СО2", "СО₂", "со2", "А4", "CO2", "CO₂", "co2", "A4"):
        assert found(asked)[:2] == ["Latin", "Cyrillic"], asked
    assert found("CO2") == ["Latin", "Cyrillic"]
    assert found("C-300") == found("С-300") == found("С300") == ["Cyrillic"]
    assert found("рот") == []


def test_a_word_that_a_text_says_once_is_nobody_s_correction(found):
    a_story("Bread", body="<p>The senate met.</p>")
    a_story("Emissions", body="<p>Harvest was late. The harvest was small.</p>")
    assert found("senate") == ["Bread"]
    assert found("senatte") == []
    assert found("emissons") == found("harvst") == ["Emissions"]


def test_phrases_minus_and_several_words(found):
    a_story("One", body="<p>The customs agreement holds.</p>", date="2026-03-01")
    a_story("Two", body="<p>An agreement on customs.</p>", date="2026-03-02")
    assert found("customs agreement") == ["Two", "One"]
    assert found('"customs agreement"') == ["One"]
    # a quote that is never closed ends with the question
    assert found("“customs agreement") == ["One"]
    assert found("agreement -holds") == ["Two"]
    assert found("-holds") == ["Two"]
    assert found('agreement -"customs agreement"') == ["Two"]


def test_no_phrase_reaches_from_the_headline_into_the_text(found):
    a_story("Bread", summary="Butter", body="<p>Milk</p>")
    assert found("bread butter milk") == ["Bread"]
    assert found('"bread butter"') == found('"butter milk"') == []


def test_names_narrow_and_follow_a_new_name_at_once(found, chief):
    jane, tag = an_author("Jane Doe"), Tag.objects.named("Fair trade")
    a_story("Signed", by=[jane], tags=["Fair trade"], date="2026-03-02")
    a_story("Tells of Jane Doe", tags=["Trade"], by=["Olim Free"], date="2026-03-01")
    assert (
        found('author:"Jane Doe"')
        == found("author:doe")
        == found("", author="jane doe")
        == ["Signed"]
    )
    assert found("author:free") == ["Tells of Jane Doe"]  # a byline without a page
    assert found('author:"Olim Free"') == ["Tells of Jane Doe"]
    assert found('"jane doe"') == ["Signed", "Tells of Jane Doe"]
    # what is called so exactly goes before what has the word
    assert found("tag:trade") == ["Tells of Jane Doe"]
    assert found("tag:fair") == found('tag:"fair trade"') == ["Signed"]
    assert found("tag:nothing") == found("author:nobody") == []
    for words in ("автор:doe", "muallif:doe", "Муаллиф:doe", 'mavzu:"fair trade"', "тема:fair"):
        assert found(words) == ["Signed"], words
    assert found("nothing:doe") == []  # of no field: two words
    jane.name, tag.name = "Jane Roe", "Just prices"
    jane.save(), tag.save()
    assert found("author:roe") == found("tag:prices") == found("just prices") == ["Signed"]
    assert found("tag:fair") == []


def test_a_merged_author_is_found_by_both_names(found, chief):
    old, kept = an_author("J. Doe"), an_author("Jane Doe")
    a_story("Old", by=[old], date="2026-03-01")
    a_story("New", by=[kept], date="2026-03-02")
    merge(old, kept, by=chief)
    assert found('author:"Jane Doe"') == found('author:"J. Doe"') == ["New", "Old"]


def test_sections_types_languages_and_days_narrow(found, settings):
    settings.NEWSROOM_LANGUAGES = ("en", "ru")
    a_story("News", body="<p>Bread</p>", section="Economy", date="2024-02-29T23:30:00+05:00")
    a_story("View", body="<p>Bread</p>", section="Opinion", story_type="opinion", date="2024-03-01")
    a_story("Весть", body="<p>Bread</p>", section="Opinion", language="ru", date=None)
    assert found("bread") == ["View", "News", "Весть"]
    assert found("bread", sort="oldest") == ["News", "View", "Весть"]
    assert found("bread", section="economy") == found("bread section:economy") == ["News"]
    assert found("bread", type="opinion") == ["View"]
    assert found("bread", language="ru") == ["Весть"]
    assert found("bread", section="no-such") == []
    assert found("bread after:2024-03") == found("bread", **{"from": "2024-03-01"}) == ["View"]
    assert found("bread before:2024-03-01") == found("bread", to="2024-02-29") == ["News"]
    assert found("", to="2024-02-29") == ["News"]


def test_a_date_that_is_none_is_left_out_and_said(page):
    a_story("Bread")
    html = page("/search/?q=bread+after:soon&to=2024-02-30")
    assert "“after:soon” was left out" in html
    assert "“2024-02-30” was left out" in html
    assert "1 story with “bread after:soon”" in html


def test_chips_take_one_filter_away(page):
    a_story("Bread", section="Economy")
    html = page("/search/?q=bread&section=economy&type=news")
    assert '<a href="?q=bread&amp;type=news">Section: Economy ' in html
    assert '<a href="?q=bread&amp;section=economy">Type: News ' in html
    assert "(2 in use)" in html


def test_the_best_match_comes_first_when_asked(found):
    a_story("Mackerel season opens", body="<p>Boats left.</p>", date="2026-03-01")
    a_story("Market", body="<p>Bread, mackerel and tea.</p>", date="2026-03-03")
    a_story(
        "Fish", body="<p>Mackerel here, mackerel there, mackerel to fry.</p>", date="2026-03-02"
    )
    assert found("mackerel") == ["Market", "Fish", "Mackerel season opens"]
    assert found("mackerel", sort="best") == ["Mackerel season opens", "Fish", "Market"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mackrel", "mackerel"),
        ("makcerel", "mackerel"),
        ("mackereel", "mackerel"),
        ("mockerel", "mackerel"),
        ("макрель", None),
        ("bred", "bread"),
        ("Tashkemt", "tashkent"),
        ("zzzz", None),
    ],
)
def test_a_slip_of_the_finger_finds_what_was_meant(page, typed, meant):
    a_story("Mackerel", body="<p>Bread and tea. Bread for all.</p>", summary="From Tashkent.")
    html = page(f"/search/?q={typed}")
    if meant:
        assert f"Showing results for “{meant}”" in html
        assert f"No story has “{typed}”" in html
        assert '<a href="/articles/mackerel/"' in html
    else:
        assert f"Nothing found for “{typed}”" in html


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ('"mackrel trade"', "mackerel trade"),
        ("tag:fihseries", "tag:fisheries"),
        ("author:jalolva", "author:jalolova"),
        ("mackrel -sardine", "mackerel"),
        ('author:"sadokt jalolova"', "author:sadokat jalolova"),
    ],
)
def test_a_slip_in_a_phrase_or_a_name_is_put_right_too(page, typed, meant):
    a_story("Mackerel trade grows", tags=["Fisheries"], by=[an_author("Sadokat Jalolova")])
    html = page(f"/search/?q={quote(typed)}")
    shown = re.search("Showing results for “([^<]*)”", html)[1].replace("&quot;", "")
    assert shown == meant
    assert "Mackerel trade grows" in html


def test_a_slip_in_a_name_offers_nobody_who_is_hidden(page):
    a_story("Bread", by=[an_author("Jane Doe")])
    in_state("draft", by=[an_author("Sadokat Jalolova")])
    assert "Nothing found" in page("/search/?q=author:jalolva")


def test_only_the_word_with_the_slip_is_changed_and_never_into_nothing(page):
    a_story("Mackerel", body="<p>Fish from the coast.</p>")
    a_story("Bread", body="<p>Loaves.</p>")
    assert "Showing results for “mackerel coast”" in page("/search/?q=mackrel+coast")
    assert "Nothing found" in page("/search/?q=mackrel+loaves")
    assert "Nothing found" in page("/search/?q=mackerel+loaves")
