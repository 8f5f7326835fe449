"""Raised and lowered figures as the signs that are small by themselves: m², CO₂, 10⁶.

A sign keeps its meaning where tags do not reach: in plain text, search, feeds, the API and whatever is copied. The
body editor does the same with what is pasted (articles/static/articles/desk/editor/paste_signs.js).
"""

import html

from articles.text.tree import START, WORDS, parsed

SMALL = {
    "sup": str.maketrans("0123456789+-−–=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱ"),
    "sub": str.maketrans("0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎"),
}
RAISED_WORDS = {"TM": "™", "SM": "℠"}


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
    """Cleaned HTML without <sup> and <sub>; one that stands in the other is written as the outer one is."""
    if "<su" not in cleaned:
        return cleaned
    tree, out, outer = parsed(cleaned), [], None
    for kind, element, words in tree.events:
        if kind == WORDS:
            out.append(words if outer is None else signs_of(outer.name, words))
        elif element.name not in SMALL:
            out.append(tree.tag(kind, element))
        elif kind == START and outer is None:
            outer = element
        elif element is outer:
            outer = None
    return "".join(out)


def signs_of(kind: str, words: str) -> str:
    """`words` as they are written in HTML, before and after."""
    return html.escape(as_signs(kind, html.unescape(words)), quote=False)
