"""The form counts while one types what the desk counts when it saves."""

import json
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

from articles.text import body
from newsroom.foundation.text import INVISIBLE, normalise
from tests.tools import lacking

SCRIPT = Path("articles/static/articles/desk/word_count.js")
ASK = """
import { wordCount, readingMinutes, signsOf } from "./word_count.mjs"
import { readFileSync } from "node:fs"
const { texts, numbers } = JSON.parse(readFileSync(0, "utf-8"))
console.log(JSON.stringify([texts.map(wordCount), numbers.map(readingMinutes), texts.map(signsOf)]))
"""
HIDDEN = [*"\u00ad\u061c\u200d\u2066\u2069\ufe0f\ufeff\u180b", "\U000e0001", "\U0001fffe"]
TEXTS = [
    "",
    " ",
    "Bread is up, by far.",
    "well-known re-elect and/or 3.5 % – then",
    "don’t “quote” it",
    "a\u00a0b\u202fc\u3000d",
    "a\x85b\x1cc",
    "a\u0000b",
    "soft\u00adhyphen zero\u200bwidth",
    "\u200b \u2060",
    "乌兹别克斯坦海关宣布新的关税措施将于下个月开始",
    "海关海关",
    "海关",
    "北京 has 2 airports",
    "北京, 上海 – “Xi’an”",
    "ウズベキスタンの税関は来月から",
    "新しい関税を始めます",
    "カタカナと漢字 ABC",
    "ｶﾀｶﾅ",
    "\U00020000\U00020001 rare",
    "กรุงเทพมหานครไม่มีเว้นวรรคในประโยค",
    "ភាសាខ្មែរ words",
    "မြန်မာ",
    "नमस्ते दुनिया",
    "한국어 단어 셋",
    "Rain \U0001f327\ufe0f and \U0001f469\u200d\U0001f469\u200d\U0001f467 here",
    "\U0001f44d",
    "\U0001f1fa\U0001f1ff flag",
    "e\u0301tude cafe\u0301",
    "й и\u0306",
    "CO₂ and 10⁶ m²",
    "١٢٣ شركة",
    "שָׁלוֹם עולם",
    *(f"one{sign}two three{sign} 海" for sign in HIDDEN),
]


def counted(tmp_path, **asked):
    if not shutil.which("node"):
        lacking("Node.js", "apt install nodejs npm")
    (tmp_path / "word_count.mjs").write_text(SCRIPT.read_text("utf-8"), "utf-8")
    (tmp_path / "ask.mjs").write_text(ASK, "utf-8")
    answer = subprocess.run(
        ["node", "ask.mjs"],
        cwd=tmp_path,
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(answer.stdout)


def test_the_form_counts_words_and_minutes_like_the_desk(tmp_path):
    numbers = [*range(0, 3000, 7), 119, 357, 595, 833]
    words, minutes, _ = counted(tmp_path, texts=TEXTS, numbers=numbers)
    assert dict(zip(TEXTS, words, strict=True)) == {text: body.word_count(text) for text in TEXTS}
    assert minutes == [body.reading_minutes(number) for number in numbers]


def test_the_form_counts_a_headline_like_the_desk(tmp_path):
    lines = ["Bread costs more", "  e\u0301tude ", "й и\u0306", "海关 🌧️", "한국어", "Ḍ\u0307 x"]
    _, _, signs = counted(tmp_path, texts=lines, numbers=[])
    assert signs == [len(normalise(line).strip()) for line in lines]


def test_every_sign_that_nobody_sees_parts_no_word_in_either(tmp_path):
    holds = re.compile(f"[{INVISIBLE}]").match
    signs = [
        chr(code) for code in range(0x110000) if holds(chr(code)) and not 0xD800 <= code < 0xE000
    ]
    words, _, _ = counted(tmp_path, texts=[f"a{sign} {sign} b" for sign in signs], numbers=[])
    assert {
        unicodedata.name(sign, hex(ord(sign)))
        for sign, count in zip(signs, words, strict=True)
        if count != 2
    } == set()
