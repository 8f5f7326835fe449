"""What a reader meant by a word that no story has: the nearest word of our own stories, on any database.

Each word worth finding is kept by itself and without each of its letters in turn; two words that are one slip apart
share one of those. Nothing is offered that would find nothing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import chain, islice
from types import MappingProxyType

from articles.models import Article
from newsroom.foundation.remembered import remembered
from newsroom.search.backends import engine
from newsroom.search.models import Spelling
from newsroom.search.question import Question
from newsroom.search.words import plain, plain_in_text, variants, words_of

SHORTEST, LONGEST = 4, 20  # letters of a word that is corrected
TWICE = 2  # times that a word stands in a text before it is taken for what the text is about
MOST_WORDS = 15_000  # of one story that the index keeps
MOST_LEARNED = 1_000  # words of one story; each is written and looked for while others wait to save
STEP = 400  # words asked for at once
END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)
MOST = 60  # neighbours looked at


def shortened(word: str) -> set[str]:
    """`word` without one of its letters, for each of them."""
    return {word[:index] + word[index + 1 :] for index in range(len(word))}


@remembered
def worth_finding(headline: str, dek: str, text: str) -> Mapping[str, str]:
    """{plain word: the word as it is written} of headline and dek, and what the text says more than once, as far as
    the index reads it: what nobody can find is offered to nobody."""
    read = [(plain_in_text(match[0]), match[0]) for match in islice(words_of(text), MOST_WORDS)]
    often = Counter(key for key, _ in read)
    head = ((plain_in_text(match[0]), match[0]) for match in words_of(f"{headline} {dek}"))
    found = {}
    for key, word in chain(head, (each for each in read if often[each[0]] >= TWICE)):
        if len(found) == MOST_LEARNED:
            break
        if is_correctable(key):
            found.setdefault(key, word)
    return MappingProxyType(found)


def learn(articles: Iterable[Article]) -> None:
    words = {}
    for article in articles:
        words.update(worth_finding(article.headline, article.summary, article.body_text))
    learn_words(words)


def forget(words: Iterable[str]) -> None:
    """Those of the words that no story in the index has any more: what was withdrawn leaves no word behind."""
    gone = [key for key in filter(is_correctable, words) if not is_indexed(key)]
    Spelling.objects.filter(plain__in=gone).delete()


def is_indexed(word: str) -> bool:
    term = tuple((each,) for each in variants(word))
    return bool(engine().newest(Question((term,)), END_OF_TIME, 1))


def is_correctable(key: str, most: int = LONGEST) -> bool:
    return SHORTEST <= len(key) <= most and key.isalpha()


def learn_words(words: dict[str, str]) -> None:
    """`words`: {plain word: the word as it is written}. Known ones cost one query."""
    keys = sorted(filter(is_correctable, words))
    for start in range(0, len(keys), STEP):
        some = keys[start : start + STEP]
        known = set(
            Spelling.objects.filter(variant__in=some, plain__in=some).values_list(
                "plain", flat=True
            )
        )
        rows = [
            Spelling(variant=variant, plain=key, word=words[key].casefold()[:60])
            for key in some
            if key not in known
            for variant in (key, *sorted(shortened(key)))
        ]
        Spelling.objects.bulk_create(rows, ignore_conflicts=True)


def distance(one: str, other: str) -> int:
    """How many letters to put in, leave out, change or swap with the next make `one` of `other`."""
    before, row = [], list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, last[j - 2] + 1)
            row.append(best)
    return row[-1]


def nearest(word: str) -> list[str]:
    """Words of ours that a slip makes into `word`, the likeliest first."""
    key = plain(word)
    if not is_correctable(key, LONGEST + 2):
        return []
    rows = Spelling.objects.filter(variant__in=[key, *shortened(key)]).order_by("plain")
    found = dict(rows.values_list("plain", "word").distinct()[:MOST])
    most = 1 if len(key) < 6 else 2
    measured = [
        (distance(key, each), each[0] != key[0], each, spelled) for each, spelled in found.items()
    ]
    return [spelled for far, _, _, spelled in sorted(measured) if 0 < far <= most]
