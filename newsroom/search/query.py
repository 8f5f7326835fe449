"""Turn what a reader typed into a bounded question to the stories, and find the passage that answers it."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.html import format_html, format_html_join

from articles.models import Article
from authors.text import fold, normalise

LONGEST, MOST_WORDS = 200, 12  # characters, words
PASSAGE = 240  # characters of text around the first hit
WORD = re.compile(r"[\w'’‘ʻʼ`-]+")


@dataclass(frozen=True)
class Query:
    typed: str  # as it is shown again
    words: tuple[str, ...]  # folded
    was_cut: bool

    @property
    def address(self) -> str:
        """The query as the beginning of a query string, for links to other pages of the result."""
        return urlencode({"q": self.typed}) + "&"


def read(typed: str) -> Query:
    text = " ".join(normalise(typed).split())
    words = [word for word in fold(text[:LONGEST]).split() if WORD.search(word)]
    return Query(text[:LONGEST], tuple(words[:MOST_WORDS]), len(text) > LONGEST or len(words) > MOST_WORDS)


def matching(query: Query):
    """Keys of live stories that contain every word, newest first. The only public question that scans stories."""
    rows = Article.objects.live()
    for word in query.words:
        rows = rows.filter(search_text__contains=word.strip("\"'“”«»"))
    return rows.newest_first().values_list("pk", flat=True)


def passage(text: str, query: Query):
    """The piece of `text` round the first hit as safe HTML, hits in <mark>; empty if the hit is spelled otherwise."""
    wanted = {re.escape(word) for word in (*query.words, *query.typed.split()) if WORD.search(word)}
    hits = list(re.finditer("|".join(sorted(wanted, key=len, reverse=True)), text, re.IGNORECASE)) if wanted else []
    if not hits:
        return ""
    start = max(0, hits[0].start() - PASSAGE // 3)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = text.find(" ", start + PASSAGE)
    end = len(text) if end < 0 else end
    parts, position = [], start
    for hit in hits:
        if position <= hit.start() and hit.end() <= end:
            parts += [(text[position : hit.start()], hit[0])]
            position = hit.end()
    marked = format_html_join("", "{}<mark>{}</mark>", parts)
    return format_html("{}{}{}{}", "… " if start else "", marked, text[position:end], " …" if end < len(text) else "")
