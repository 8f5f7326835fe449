"""The piece of a story that answers the question, with the words that were asked for marked."""

from django.utils.html import format_html, format_html_join

from newsroom.search.words import token_in_text, variants, words_of

LENGTH = 240  # characters shown
WORD = 40  # characters within which a passage ends at a space
MOST_HITS = 200  # of one story; a word that stands in it more often needs no better passage


def passage(text: str, words: list[str], language: str) -> str:
    """The part of `text` with the most of the `words`, as safe HTML with each of them in <mark>; "" if none is there.

    `text` is plain; whatever it holds is escaped.
    """
    wanted = {each: word for word in words for each in variants(word)}
    hits = []
    for match in words_of(text) if wanted else ():
        if word := wanted.get(token_in_text(match[0], language)):
            hits.append((match.start(), match.end(), word))
            if len(hits) == MOST_HITS:
                break
    if not hits:
        return ""
    first = max(range(len(hits)), key=lambda index: (variety(hits, index), -index))
    start = max(0, hits[first][0] - LENGTH // 3)
    # a script without spaces is cut between any two signs
    space = text.rfind(" ", max(0, start - WORD), start)
    start = space + 1 if space >= 0 else start
    end = min(start + LENGTH, len(text))
    space = text.find(" ", end, end + WORD)
    end = space if space >= 0 else end
    parts, position = [], start
    for begin, stop, _ in hits:
        if position <= begin and stop <= end:
            parts.append((text[position:begin], text[begin:stop]))
            position = stop
    marked = format_html_join("", "{}<mark>{}</mark>", parts)
    return format_html(
        "{}{}{}{}",
        "… " if start else "",
        marked,
        text[position:end],
        " …" if end < len(text) else "",
    )


def variety(hits, index: int) -> int:
    """How many different words stand in the passage that begins at this hit."""
    begin = hits[index][0]
    words = set()
    for start, _, word in hits[index:]:
        if start > begin + LENGTH * 2 // 3:
            break
        words.add(word)
    return len(words)
