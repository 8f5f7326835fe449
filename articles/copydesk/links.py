"""The links of a text, for the checks that look at them."""

from articles.text import tree


def links_in(text: str) -> list[tuple[str, str]]:
    """[(address, words)] of cleaned HTML, an address that is missing as ""."""
    parsed = tree.parsed(text)
    return [
        (link.attributes.get("href", ""), parsed.words_in(link)) for link in parsed.elements("a")
    ]
