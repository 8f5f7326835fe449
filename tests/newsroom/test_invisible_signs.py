"""Signs that nobody sees: what each field keeps of them, and that none hides in a name, parts a word or counts as one.

newsroom/foundation/text.py has the table; here every text field meets every kind.
"""

import re
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.core import serializers
from django.core.management import call_command
from django.db import IntegrityError, models, transaction

import articles
from articles import copydesk, workflow
from articles.forms import front_page as front_page_form
from articles.forms import photo as photo_form
from articles.forms import story as story_forms
from articles.forms import transitions as transition_forms
from articles.models import Article, Byline, Photo, Section, Tag
from articles.story import editing, snapshots
from articles.text import body
from authors.models import Author
from newsroom.foundation import links
from newsroom.foundation.text import (
    IS_INVISIBLE,
    LineField,
    LineInput,
    NameField,
    ProseField,
    ProseInput,
    is_blank,
    line,
    name,
    normalise,
    slug_for,
)
from newsroom.search import words
from tests.builders import a_draft, a_snapshot, a_story, an_author

KINDS = {
    "soft hyphen": "\u00ad",
    "zero-width space": "\u200b",
    "ZWNJ": "\u200c",
    "ZWJ": "\u200d",
    "word joiner": "\u2060",
    "BOM": "\ufeff",
    "LRM": "\u200e",
    "RLM": "\u200f",
    "Arabic mark": "\u061c",
    "LRE": "\u202a",
    "RLE": "\u202b",
    "PDF": "\u202c",
    "LRO": "\u202d",
    "RLO": "\u202e",
    "LRI": "\u2066",
    "RLI": "\u2067",
    "FSI": "\u2068",
    "PDI": "\u2069",
    "variation": "\ufe0f",
    "ideographic variation": "\U000e0100",
    "tag": "\U000e0041",
    "invisible times": "\u2062",
    "grapheme joiner": "\u034f",
    "Khmer vowel": "\u17b4",
    "Mongolian": "\u180e",
    "annotation": "\ufff9",
    "object": "\ufffc",
    "noncharacter": "\uffff",
    "control": "\x1b",
    "C1": "\x80",
    "zero": "\x00",
    "deprecated": "\u206a",
    "musical": "\U0001d173",
    "shorthand": "\U0001bca0",
}
BLANKS = {
    "Hangul filler": "\u3164",
    "half-width filler": "\uffa0",
    "choseong filler": "\u115f",
    "jungseong filler": "\u1160",
    "Braille": "\u2800",
    "no-break": "\u00a0",
    "narrow": "\u202f",
    "figure": "\u2007",
    "thin": "\u2009",
    "ideographic": "\u3000",
    "ogham": "\u1680",
    "medium": "\u205f",
}
BREAKS = {
    "LF": "\n",
    "CR": "\r",
    "CRLF": "\r\n",
    "NEL": "\x85",
    "line": "\u2028",
    "paragraph": "\u2029",
    "VT": "\x0b",
}
EVERY = KINDS | BLANKS | BREAKS
KEPT_IN_STORIES = {"soft hyphen", "LRE", "RLE", "PDF", "LRO", "RLO"}  # between two letters of ours
FIELDS = [
    pytest.param(field, id=f"{model.__name__}.{field.name}")
    for model in apps.get_models()
    if model.__module__.split(".")[0] in ("authors", "articles", "newsroom")
    for field in model._meta.concrete_fields
    if isinstance(field, LineField | ProseField | body.BodyField)
]
# Text that no person types into a form: keys, codes, choices, and what is made of other columns.
NOT_TYPED = {
    "slug",
    "identity",
    "folded",
    "search_text",
    "body_text",
    "path",
    "page",
    "kind",
    "status",
    "origin",
    "language",
    "story_type",
    "headline_from",
    "byline_decision",
    "role",
    "shown_at",
    "act",
    "from_status",
    "to_status",
    "rule",
    "level",
    "fingerprint",
    "period",
    "sha256",
    "file_hash",
    "original",
    "token",
    "stamp",
    "source_type",
    "rights_kind",
    "allowed_use",
    "gone_reason",
    "mark",
    "variant",
    "plain",
    "word",
    "encoding",
    "name",
    "time_zone",
    "contact_email",
    "turn",
    "key",
}
pure = pytest.mark.files


@pure
@pytest.mark.parametrize("field", FIELDS)
def test_every_text_field_settles_every_kind(field):
    def written(text):
        return field.get_prep_value(text)

    for kind, sign in EVERY.items():
        assert written(sign * 3) == "", f"{kind}: nothing visible is nothing"
        text = written(f"one{sign}two")
        assert written(text) == text
        if kind in KINDS:
            is_kept = kind in KEPT_IN_STORIES and isinstance(field, body.BodyField)
            assert text == (f"one{sign}two" if is_kept else "onetwo"), kind
        elif kind in BREAKS:
            assert text == ("one two" if isinstance(field, LineField) else "one\ntwo"), kind
        else:
            becomes_plain = isinstance(field, NameField) or sign in "\u3164\uffa0\u115f\u1160\u2800"
            assert text.replace("&nbsp;", "\u00a0") == (
                "one two" if becomes_plain else f"one{sign}two"
            ), kind
        if isinstance(field, LineField):
            assert written(f" {sign}one\t two{sign} ") == "one two", kind


@pure
def test_every_column_of_text_is_one_of_ours_or_typed_by_nobody():
    assert len(FIELDS) >= 45
    for model in apps.get_models():
        if model.__module__.split(".")[0] in ("authors", "articles", "newsroom"):
            for field in model._meta.local_concrete_fields:
                if isinstance(field, models.CharField | models.TextField) and not hasattr(
                    field, "written"
                ):
                    is_django_s = field.model.__name__ == "User"
                    assert (
                        is_django_s or isinstance(field, body.BodyField) or field.name in NOT_TYPED
                    ), field


@pure
def test_every_typed_line_of_a_form_asks_for_something_visible():
    """A form's own `forms.CharField` takes a zero-width space for an answer."""
    lines = 0
    for module in (transition_forms, front_page_form, photo_form, story_forms):
        for form in vars(module).values():
            for label, field in getattr(form, "base_fields", {}).items():
                if type(field) is forms.CharField:
                    assert label in ("slug", "language"), (
                        f"{module.__name__}: {form.__name__}.{label}"
                    )
                lines += isinstance(field, LineInput | ProseInput)
    assert lines > 40
    for text in EVERY.values():
        for kind in (LineInput, ProseInput):
            with pytest.raises(forms.ValidationError):
                kind().clean(text)


@pure
def test_every_other_list_of_them_holds_signs_of_the_one_list():
    """What an address or a paste leaves out is nothing that a reader sees."""
    lists = {"links.py": links.UNSEEN.pattern, "words.py": f"[{words.UNSEEN}]"}
    for script in Path(articles.__path__[0], "static/articles/desk/editor").glob("*.js"):
        for number, found in enumerate(
            re.findall(r"/(?:\^)?(\[[^/\]]*\\u[0-9a-f]{4}[^/\]]*\])", script.read_text("utf-8"))
        ):
            lists[f"{script.name} {number}"] = found
    assert {"link_rule.js 0", "paste_elements.js 0", "paste_footnotes.js 0"} <= set(lists)
    assert lists["link_rule.js 0"].encode().decode("unicode_escape") == links.UNSEEN.pattern
    for where, signs in lists.items():
        one_of_them = re.compile(signs)
        taken = [chr(code) for code in range(0x110000) if one_of_them.match(chr(code))]
        unseen = [sign for sign in taken if IS_INVISIBLE.match(sign) or sign.isspace()]
        assert unseen in ([], taken), where
    within = re.compile(f"[{words.UNSEEN}]")
    unlike = [sign for kind, sign in KINDS.items() if not within.match(sign)]
    assert unlike == ["\u200b"], (
        "a zero-width space ends a word of South-East Asia, and every other stands within one"
    )


KEPT = [
    "می‌خواهم",
    "क्‍ष",
    "👩‍👩‍👧‍👦",
    "👩🏽‍🚒",
    "🏳️‍🌈",
    "❤️",
    "#️⃣",
    "🇺🇿",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "10\u00a0km",
    "«\u202fmot\u202f»",
    "\u200fשלום\u200f (A)",
    "\u2067שלום\u2069",
    "ภาษา\u200bไทย",
    "葛\U000e0100",
    "ᠠ\u180bᠡ",
]


@pure
@pytest.mark.parametrize("text", KEPT)
def test_what_does_something_for_a_reader_stays(text):
    assert line(text) == text
    assert normalise(text) == text
    assert body.clean(f"<p>{text}</p>").replace("&nbsp;", "\u00a0") == f"<p>{text}</p>"


@pure
def test_isolates_that_do_not_end_turn_nothing_round():
    assert line("\u2067שלום") == "שלום"
    assert line("שלום\u2069 x") == "שלום x"
    assert line("safe\u202e } if isAdmin begin") == "safe } if isAdmin begin"


@pure
def test_a_reference_to_a_sign_is_that_sign():
    assert (
        body.clean("<p>one&#8203;two&ZeroWidthSpace;three&shy;four&#xfeff;</p>")
        == "<p>onetwothree\u00adfour</p>"
    )
    for nothing in (
        "<p>&#8203;</p>",
        "<p>&nbsp;</p>",
        "<p>&shy;</p><p>\u3164</p>",
        "<p>\u202e</p>",
    ):
        assert body.clean(nothing) == ""


@pytest.mark.django_db
@pytest.mark.parametrize("sign", EVERY.values(), ids=EVERY)
def test_a_headline_or_text_of_nothing_visible_never_goes_live(chief, sign):
    for fact in ({"headline": sign}, {"body": f"<p>{sign}</p>"}):
        draft = editing.create(a_snapshot("Bread") | fact)
        assert not any(snapshots.latest(draft)[name] for name in fact)
        with pytest.raises(workflow.Refused):
            workflow.publish(draft, by=chief)
    live = a_story("Rye")
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=live.pk).update(headline=sign * 2)


@pytest.mark.django_db
@pytest.mark.parametrize("sign", EVERY.values(), ids=EVERY)
def test_no_name_is_made_of_nothing_and_none_hides_a_sign(sign):
    for model in (Tag, Author, Section):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(name=sign)
        made = model.objects.create(name=f"Ann{sign}Rye")
        made.refresh_from_db()
        assert made.name in ("AnnRye", "Ann Rye")
        assert made.slug in ("annrye", "ann-rye")
        made.delete()


@pytest.mark.django_db
def test_a_line_stays_one_line_on_every_road(chief, desk, tmp_path):
    """Form, shell, bulk, update, fixture and import."""
    broken = "Rye\u2028bread\r\nand\x85salt"
    story = a_draft(broken, dateline=broken)
    tag, author = Tag.objects.named(broken), an_author("x")
    Author.objects.filter(pk=author.pk).update(name=broken)
    Byline.objects.bulk_create([Byline(article=story, name=broken, order=1)])
    row = serializers.serialize("json", [Section.objects.first()]).replace(
        '"name": "Economy"', '"name": "Eco\\u2028no\\nmy"'
    )
    (tmp_path / "some.json").write_text(row)
    call_command("loaddata", str(tmp_path / "some.json"), verbosity=0)
    for each in (story, tag, author):
        each.refresh_from_db()
    assert [story.headline, story.dateline, tag.name, author.name, story.bylines.get().name] == [
        "Rye bread and salt"
    ] * 5
    assert Section.objects.get().name == "Eco no my"
    answer = desk(chief).post(
        "/admin/articles/tag/add/", {"name": "Wheat\u2028prices\u200b", "description": "One\nline"}
    )
    assert answer.status_code == 302
    assert list(Tag.objects.filter(slug="wheat-prices").values_list("name", "description")) == [
        ("Wheat prices", "One line")
    ]
    assert (
        "required"
        in desk(chief).post("/admin/articles/tag/add/", {"name": "\u200b\u3164"}).content.decode()
    )


@pytest.mark.django_db
def test_the_copy_desk_names_a_sign_that_turns_the_letters_round():
    turned = a_snapshot("Bread", body="<p>Prices rise \u202e340\u202c by May.</p>")
    found = [each for each in copydesk.look_over(turned) if each.rule == "hidden-direction"]
    assert [(each.field, each.level) for each in found] == [("body", "warn")]
    assert "\u202e" not in found[0].message
    assert "340" in found[0].message
    straight = a_snapshot("Bread", body="<p>Prices rise \u200f340 שלום by May.</p>")
    assert "hidden-direction" not in [each.rule for each in copydesk.look_over(straight)]


FOUND = [  # what stands in a story, and what is asked for: each finds the other
    ("foo\u00adbar", "foobar"),
    ("zero\u200bwidth", "zerowidth"),
    ("ze\u2060ro", "zero"),
    ("BOM\ufeffBA", "bomba"),
    ("RLM\u200fword", "rlmword"),
    ("می‌خواهم", "میخواهم"),
    ("❤️love", "love"),
    ("US", "U.S."),
    ("U.N", "UN"),
    ("J.K. Rowling", "J. K. Rowling"),
    ("JK Rowling", "J.K. Rowling"),
    ("С.Ш.А.", "США"),
    ("COVID19", "COVID-19"),
    ("G-20", "G20"),
    ("F‑16", "F16"),
    ("e-mail", "email"),
    ("co-operation", "cooperation"),
    ("онлайн-банк", "онлайнбанк"),
    ("नमस्ते", "नमस्ते"),
    ("كِتَاب", "كتاب"),
    ("CO₂", "CO2"),
    ("m²", "m2"),
    ("北京2008", "北京 2008"),
    ("Ta\u0301shkent", "Táshkent"),
]
NOT_FOUND = [("10⁶", "106"), ("½", "12"), ("e mail", "email"), ("COVID 20 19", "COVID-19")]


@pytest.mark.django_db
def test_words_are_found_however_they_are_written_and_not_by_others(client):
    def headlines(asked):
        html = client.get("/search/", {"q": asked}).content.decode().partition("Latest stories")[0]
        return {number for number in range(len(FOUND) * 2) if f">Story {number}x<" in html}

    for number, (one, other) in enumerate(FOUND):
        a_story(f"Story {2 * number}x", body=f"<p>Here stands {one}, as written.</p>", language="")
        a_story(
            f"Story {2 * number + 1}x", body=f"<p>Here stands {other}, as written.</p>", language=""
        )
    for number, (one, other) in enumerate(FOUND):
        for asked in (one, other):
            assert {2 * number, 2 * number + 1} <= headlines(asked), asked
    for one, other in NOT_FOUND:
        a_story("Story 0x", body=f"<p>Alone {one} zebra.</p>")
        assert 0 not in headlines(f"zebra {other}"), other


@pytest.mark.django_db
def test_a_zero_width_space_parts_words_where_it_stands_for_a_blank(client):
    a_story("Thai", body="<p>ภาษา\u200bไทย</p>")
    assert (
        ">Thai<"
        in client.get("/search/", {"q": "ไทย"}).content.decode().partition("Latest stories")[0]
    )


SLUGS = {
    "½ price": "1-2-price",
    "2½ years": "2-1-2-years",
    "10⁶ people": "10-6-people",
    "and/or": "and-or",
    "3.5": "3-5",
    "№ 5": "no-5",
    "№5": "no-5",
    "5% up": "5-percent-up",
    "€5 a loaf": "eur-5-a-loaf",
    "R&D": "r-d",
    "5,000 loaves": "5000-loaves",
    "1,5 million": "1-5-million",
    "5/6": "5-6",
    "2019–2020": "2019-2020",
    "U.S. trade": "us-trade",
    "zero\u200bwidth": "zerowidth",
    "soft\u00adhyphen": "softhyphen",
    "a\u2028b": "a-b",
    "line\nbreak": "line-break",
    "CO₂": "co2",
    "Don’t": "dont",
    "Oʻzbekiston": "ozbekiston",
    "C++": "c-plus-plus",
    "10\u00a0000": "10-000",
    "12:30": "12-30",
    "x²y": "x2y",
    "1²3": "1-2-3",
    "…": "x",
    "a_b": "a_b",
    "\u3164": "x",
}


@pure
@pytest.mark.parametrize("text", SLUGS)
def test_an_address_joins_no_words_and_makes_no_other_number(text):
    assert slug_for(text, otherwise="x") == SLUGS[text]


@pytest.mark.django_db
def test_an_address_that_is_there_stays(chief):
    live = a_story("Rye and/or wheat", slug="rye-andor-wheat")
    working = snapshots.latest(live) | {"headline": "Rye and/or wheat, 3.5"}
    Article.objects.filter(pk=live.pk).update(headline=working["headline"])
    live.refresh_from_db()
    workflow.unpublish(live, by=chief, why="x")
    assert workflow.publish(live, by=chief).slug == "rye-andor-wheat"


@pure
def test_words_are_counted_where_a_script_has_no_spaces():
    assert body.word_count("Bread is up, by far.") == 5
    assert body.word_count("soft\u00adhyphen zero\u200bwidth") == 2
    # 33 signs
    assert (
        20
        <= body.word_count("乌兹别克斯坦海关宣布新的关税措施将于下个月开始实施影响所有进口商品")
        <= 26
    )
    assert 10 <= body.word_count("ウズベキスタンの税関は来月から新しい関税を始めます") <= 16
    assert body.word_count("北京 has 2 airports") == 4
    assert body.word_count("กรุงเทพมหานครไม่มีเว้นวรรคในประโยค") > 3
    assert body.reading_minutes(body.word_count("海关" * 1000)) >= 4


@pure
def test_nothing_that_a_reader_sees_is_taken_for_nothing():
    for text in ("!", "№", "👍", "\u0301", "ა", "\ue000", "—", "0", "\ud7fc", "​\u200b."):
        assert not is_blank(text)
    for text in ("", None, " ", *EVERY.values(), "".join(EVERY.values())):
        assert is_blank(text)
    assert name("A\u00a0\u202fB\u200b \u2003C") == "A B C"


@pytest.mark.django_db
def test_a_picture_described_by_nothing_is_not_described(chief):
    form = photo_form.PhotoForm(
        {"alt": "\u200b\u3164", "credit": "\u2060", "focal_x": 5, "focal_y": 5}, instance=Photo()
    )
    assert {"alt", "credit"} <= set(form.errors)
