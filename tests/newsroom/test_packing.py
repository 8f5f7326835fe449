"""What readers download is smaller than what people read, and says the same to a browser."""

import pytest

from newsroom.packing import packed_script, packed_styles

pytestmark = pytest.mark.files


@pytest.mark.parametrize(
    ("written", "packed"),
    [
        ("/* Ink */\na {\n  color: red;\n}\n", "a{color: red;}"),
        (".a .b,\n.c > .d {\n  margin: 0 auto;\n}", ".a .b,.c > .d{margin: 0 auto;}"),
        ("@layer one, two;\n\n@layer one {\n  p {\n  }\n}", "@layer one,two;@layer one{p{}}"),
        ("a { width: calc( 1px + 2px ); }", "a{width: calc(1px + 2px);}"),
        ("a { color: light-dark(#fff, #000); }", "a{color: light-dark(#fff,#000);}"),
    ],
)
def test_comments_and_needless_white_space_go(written, packed):
    assert packed_styles(written) == packed
    assert packed_styles(packed) == packed


@pytest.mark.parametrize(
    "rule",
    [
        "nav{a :is(.b,.c){top: 0}}",  # below a, not an a that is one of them
        "nav{& :hover{top: 0}&:hover{top: 0}}",
        "@media (min-width: 40rem) and (hover){a{top: 0}}",
        'a::after{content: "/* said */  ; {";}',
        "a{margin: -1px +2px;width: calc(1px - -2px)}",
    ],
)
def test_a_blank_that_says_something_stays(rule):
    assert packed_styles(rule) == rule


def test_a_script_keeps_its_words_and_the_ends_of_its_lines():
    written = "/* Why */\nconst a = `two  blanks // here`\nconst b = /\\/\\* no comment/\n"
    assert packed_script(written) == "const a=`two  blanks // here`\nconst b=/\\/\\* no comment/"
