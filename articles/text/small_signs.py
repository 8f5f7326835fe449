"""Raised and lowered figures as the signs that are small by themselves: m², CO₂, 10⁶.

A sign keeps its meaning where tags do not reach: in plain text, search, feeds, the API and whatever is copied. The
body editor does the same with what is pasted (articles/static/articles/desk/editor/paste_signs.js).
"""

import html
import re

SMALL = {
    "sup": str.maketrans("0123456789+-−–=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱ"),
    "sub": str.maketrans("0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎"),
}
RAISED_WORDS = {"TM": "™", "SM": "℠"}
RAISED = re.compile(
    r"<(sup|sub)>(.*?)(?:</\1>|\Z)", re.DOTALL
)  # of cleaned HTML, in which each has its end
WORDS = re.compile(r"(<[^<>]*>)")


def as_signs(kind: str, text: str) -> str:
    """`text` that stood raised ("sup") or lowered ("sub"). Letters go on the line (1st, 2-й); a power without signs of
    its own is written with ^ (10^6,5), because 106,5 is another number."""
    typed = text.strip()
    if not typed:
        return text
    if kind == "sup" and typed in RAISED_WORDS:
        return RAISED_WORDS[typed]
    signs = typed.translate(SMALL[kind])
    if not set(signs) & set(typed):
        return text.replace(typed, signs)
    is_number = typed[0].isdecimal() and kind == "sup"
    return text.replace(typed, f"^{typed}") if is_number else text


def with_small_signs(cleaned: str) -> str:
    """Cleaned HTML without <sup> and <sub>."""

    def signs(found):
        parts = WORDS.split(found[2])
        parts[::2] = [
            html.escape(as_signs(found[1], html.unescape(part)), quote=False) for part in parts[::2]
        ]
        return "".join(parts)

    return RAISED.sub(signs, cleaned)
