"""What happens to typed words, and how names are compared."""

import pytest

from newsroom.foundation.text import SLUG_LENGTH, fold, normalise, slug_for
from tests.samples import cases


@pytest.mark.parametrize(
    "spelling",
    ["Oʻzbekiston", "O‘zbekiston", "O'zbekiston", "O`zbekiston", "Ўзбекистон", "OʼZBEKISTON"],
)
def test_every_spelling_of_a_name_has_one_key(spelling):
    assert fold(spelling) == "ozbekiston"


def test_different_names_keep_different_keys():
    assert fold("Akmalkhuja") != fold("Akmalkhoja")
    assert fold("Á b") != fold("a b")


def test_typed_text_is_only_composed_and_freed_of_what_xml_cannot_carry():
    assert (
        normalise("e\u0301 “quoted” – dash\u00a0nbsp ʻ ʼ\x00\x1b\ufffe")
        == "é “quoted” – dash\u00a0nbsp ʻ ʼ"
    )
    assert normalise("one\r\ntwo\rthree") == "one\ntwo\nthree"


@pytest.mark.parametrize("case", cases("unicode"))
def test_hostile_text_always_gives_an_address_and_a_key(case):
    slug = slug_for(case["value"], otherwise="story")
    assert 0 < len(slug) <= SLUG_LENGTH
    assert slug.isascii()
    assert not set(slug) - set("abcdefghijklmnopqrstuvwxyz0123456789-_")
    assert normalise(normalise(case["value"])) == normalise(case["value"])
    if normalise(case["value"]).strip():
        assert fold(case["value"])


def test_addresses_of_other_scripts_can_be_read():
    assert slug_for("Ўзбекистон божхонаси", otherwise="story").startswith(
        ("uzbekiston", "ozbekiston")
    )
    assert slug_for("Oʻzbekiston", otherwise="story") == "ozbekiston"
    assert slug_for("!!!", otherwise="story") == "story"


def test_a_long_address_is_cut_between_words():
    slug = slug_for("seven words " * 20, otherwise="story")
    assert len(slug) <= SLUG_LENGTH
    assert slug.endswith(("seven", "words"))
