"""Eight threads do at once what one does alone, and get the same: nothing that they share holds anybody's half-done
work. Each twin gives them something to share, and shows the damage."""

import random
import sys
import threading
import time
import tracemalloc
from contextlib import nullcontext
from functools import lru_cache

import pytest
from django.db import connection
from django.test import Client
from snowballstemmer.english_stemmer import EnglishStemmer
from snowballstemmer.russian_stemmer import RussianStemmer

from articles import workflow
from articles.models import Article
from articles.pictures import social_card
from articles.story import comparison
from articles.text import body
from newsroom.api.views import ByAddress
from newsroom.foundation.text import fold, slug_for
from newsroom.search import index, words
from newsroom.search.query import read
from tests.builders import a_draft, a_person

THREADS = 8
ENDINGS = {
    "en": ("ing", "ed", "s", "ational", "fulness", "ly", "ies", ""),
    "ru": ("ами", "ости", "ение", "ого", ""),
}
SOUNDS = {"en": ("bcdfghlmnprst", "aeiouy"), "ru": ("бвгдклмнпрст", "аеиоу")}


def some_words(count: int, language: str, seed: int = 1) -> list[str]:
    dice, (hard, soft) = random.Random(seed), SOUNDS[language]
    made = {}
    while len(made) < count:
        syllables = (dice.choice(hard) + dice.choice(soft) for _ in range(dice.randint(2, 5)))
        made["".join(syllables) + dice.choice(ENDINGS[language])] = True
    return list(made)


@pytest.fixture
def eager_threads():
    """Threads take turns a thousand times as often as they do, so that a second of test is an hour of work."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(5e-6)
    yield
    sys.setswitchinterval(usual)


def at_once(work, count: int = THREADS) -> tuple[list, list[Exception]]:
    """(what each thread's `work(number)` gave, what went wrong), all of them begun at the same moment."""
    given, wrong, barrier = [], [], threading.Barrier(count)

    def run(number):
        try:
            barrier.wait()
            given.append(work(number))
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given, wrong


class Shared:
    """How it was: one stemmer for each language, and all threads write into it."""

    def __init__(self):
        self.stemmers = {"english": EnglishStemmer(), "russian": RussianStemmer()}

    def __call__(self, word, language):
        return self.stemmers[language].stemWord(word)


def damage(language: str) -> int:
    """Tokens that threads get wrong or not at all."""
    typed = some_words(2500, language)
    right = {word: words.token(word, language) for word in typed}

    def work(number):
        missed = 0
        for word in random.Random(number).sample(typed, len(typed)):
            try:
                missed += words.token(word, language) != right[word]
            except Exception:
                missed += 1
        return missed

    given, wrong = at_once(work)
    assert not wrong
    return sum(given)


@pytest.mark.files
@pytest.mark.parametrize("language", ["en", "ru"])
def test_twenty_thousand_words_have_the_same_stems_in_eight_threads_as_in_one(
    language, eager_threads
):
    assert damage(language) == 0


@pytest.mark.files
@pytest.mark.parametrize("language", ["en", "ru"])
def test_twin_a_stemmer_that_threads_share_gives_wrong_stems(language, eager_threads, monkeypatch):
    monkeypatch.setattr(words, "stemmed", Shared())
    assert damage(language) > 0


@pytest.mark.files
def test_the_stems_are_those_of_snowball_s_own_python():
    shared = Shared()
    for language, name in (("en", "english"), ("ru", "russian")):
        for word in some_words(2000, language, seed=2):
            assert words.stemmed(word, name) == shared(word, name)


def publish_while_readers_search(chief, monkeypatch, stories: int = 6) -> int:
    """Eight readers search for words that nobody has asked for, an editor publishes. Returns the searches and stories
    that failed, and the stories whose words in the index are not those that one thread finds in them."""
    drafts = [
        a_draft(
            f"Story {number}", body=f"<p>{' '.join(some_words(300, 'en', seed=number + 10))}</p>"
        )
        for number in range(stories)
    ]
    written, is_over = {}, threading.Event()
    engine = index.engine()
    write = engine.write
    monkeypatch.setattr(
        engine, "write", lambda rows: (write(rows), written.update({r.place: r for r in rows}))
    )

    def work(number):
        if number == 0:
            try:
                return publish_all()
            finally:
                is_over.set()
        failed, client = 0, Client(raise_request_exception=False)
        unseen = iter(some_words(20_000, "en", seed=number + 100))
        while not is_over.is_set():
            some = " ".join(next(unseen) for _ in range(6))
            failed += client.get("/search/", {"q": some}).status_code != 200
        return failed

    def publish_all():
        failed = 0
        for draft in drafts:
            try:
                workflow.publish(draft, by=chief)
            except Exception:
                failed += 1
        return failed

    given, wrong = at_once(work, THREADS + 1)
    assert not wrong
    with monkeypatch.context() as patch:
        patch.setattr(words, "stemmed", Shared())
        words.remembered_token.cache_clear()
        alone = [index.words_for(story) for story in index.published()]
    words.remembered_token.cache_clear()
    return sum(given) + sum(written[row.place].columns != row.columns for row in alone)


@pytest.fixture
def fresh_memory():
    words.remembered_token.cache_clear()
    words.variants.cache_clear()
    yield
    words.remembered_token.cache_clear()
    words.variants.cache_clear()


@pytest.mark.files
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("defence", [True, False], ids=["defence", "twin"])
def test_an_editor_publishes_while_readers_search_for_unseen_words(
    defence, eager_threads, fresh_memory, monkeypatch
):
    if not defence:
        monkeypatch.setattr(words, "stemmed", Shared())
    failed = publish_while_readers_search(a_person("Chief editor"), monkeypatch)
    if not defence:
        assert failed > 0
        return
    assert failed == 0
    assert Article.objects.live().count() == 6


def growth(count: int) -> int:
    """Bytes by which memory grows while readers search for `count` words that nobody has asked for."""

    def search(some):
        for word in some:
            for each in read({"q": f"{word} {word}-{word[::-1]}"}).words:
                words.variants(each)

    typed = some_words(2 * count, "en", seed=7)
    search(typed[:count])
    tracemalloc.start()
    search(typed[count:])
    grown, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return grown


@pytest.mark.files
def test_a_search_for_ever_new_words_needs_no_more_memory(fresh_memory, monkeypatch):
    texts = words.remembered_token.cache_info(), words.remembered_plain.cache_info()
    assert growth(2000) < 600_000
    assert (words.remembered_token.cache_info(), words.remembered_plain.cache_info()) == texts, (
        "readers' words"
    )
    for memory, most in (
        (words.variants, words.OF_READERS),
        (words.remembered_token, words.OF_TEXTS),
        (words.remembered_plain, words.OF_TEXTS),
    ):
        assert memory.cache_info().maxsize == most
    assert words.OF_READERS <= 1_000
    assert words.OF_TEXTS <= 20_000


@pytest.mark.files
def test_twin_a_memory_of_every_word_grows_with_them(fresh_memory, monkeypatch):
    monkeypatch.setattr(words, "variants", lru_cache(100_000)(words.variants.__wrapped__))
    assert growth(2000) > 1_000_000


@pytest.mark.files
def test_one_word_of_a_million_letters_is_not_kept_whole(fresh_memory):
    tracemalloc.start()
    for number in range(20):
        words.tokens(f"{number:02}" + "ab" * 500_000, "en", 10)
        words.variants(f"{number:02}" + "яж" * 100)
    grown, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert grown < 200_000


HTML = '<p>&amp; <b>b</b> <a href="https://example.com/{n}">{n}</a></p><aside data-fact-box><p>{n}</p></aside>'
WORK = {  # what stands behind pages and saves, with a number that makes each call another
    "the cleaner": lambda number: body.clean(HTML.replace("{n}", str(number))),
    "plain text": lambda number: body.plain_text(f"<p>A &lt; {number}</p><ul><li>x</li></ul>"),
    "slugs": lambda number: slug_for(
        f"Ташкент {number} {chr(0x3400 + number)} {chr(0xAC00 + number)}", otherwise="x"
    ),
    "folding": lambda number: fold(f"Oʻzbekiston {number} {chr(0x1E00 + number % 200)}"),
    "comparison": lambda number: repr(
        comparison.passages(f"<p>a b {number} c</p>", f"<p>a {number} c e</p>")
    ),
    "cards": lambda number: social_card.draw(
        f"Bread {number} and butter in all the markets", "Economy", "X"
    ).tobytes(),
    "passages": lambda number: words.tokens(
        f"growing {number} wheats, Ташкентские новости", "ru", 20
    ),
}


@pytest.mark.files
@pytest.mark.parametrize("name", WORK)
def test_threads_get_what_one_gets_alone(name, eager_threads):
    numbers = range(4) if name == "cards" else range(60)
    alone = [WORK[name](number) for number in numbers]
    given, wrong = at_once(lambda _: [WORK[name](number) for number in numbers])
    assert not wrong
    assert given == [alone] * THREADS


class SlowToTell:
    """A cache that takes a moment to answer, as one on another machine does; meanwhile other threads ask too."""

    def __init__(self, cache):
        self.cache, self.set = cache, cache.set

    def get(self, *args):
        found = self.cache.get(*args)
        time.sleep(0.0005)
        return found


@pytest.mark.files
@pytest.mark.parametrize("defence", [True, False], ids=["defence", "twin"])
def test_questions_to_the_api_that_come_at_once_are_counted_each(rf, settings, defence):
    settings.NEWSROOM_API_LIMIT, throttle = 10_000, ByAddress()
    throttle.cache.clear()
    throttle.cache = SlowToTell(throttle.cache)
    if not defence:
        throttle.one_at_a_time = nullcontext()
    request = rf.get("/api/v1/articles", REMOTE_ADDR="192.0.2.7")
    _, wrong = at_once(lambda _: [throttle.allow_request(request) for _ in range(40)])
    assert not wrong
    counted = len(throttle.cache.get(throttle.get_cache_key(request)))
    assert (counted == 40 * THREADS) is defence
