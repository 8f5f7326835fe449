"""No regular expression of the product takes the square of a text's length, whatever the text.

A figure is processor time; where one seems to grow too fast it is taken again, so that a busy machine changes nothing.
"""

import re
import signal
import time
from contextlib import contextmanager

import pytest

from tests.expressions import Expression, Worst, expressions

SHORT, LONG = 1000, 4000  # characters
NOTHING = 0.0002  # seconds of the short text, under which the long one is not tried
GROWN = 8  # times as long for four times the text: in step with it 4, by its square 16
TRIES = 3
MOST = 1  # seconds for one expression, of which one by the cube of a text's length would need more
# Put together when they are used.
NOT_WRITTEN = {
    "articles.text.bounds: f'</{name}(?=[\\\\s/>])'": "an end tag, looked for once from where its element begins",
    "articles.text.embeds: provider.pattern": "of an address, which is cut to 2,000 characters",
    "articles.pictures.social_card: f'[^{has}]'": "one sign",
}
# reads the outlet's own style sheet, which the operator writes
OF_OUR_FILES = ("newsroom.contrast",)


class TooLong(Exception):
    pass


@contextmanager
def no_longer_than(seconds: float):
    """Of processor time. Regular expressions look for signals while they work."""

    def stop(*_):
        raise TooLong

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def worst_of(expression: Expression) -> str:
    """The beginning of a text that takes it more than in step with its length, or ""."""
    worst = Worst(expression.pattern)
    short, long = (
        {text[:60] + text[-20:]: text for text in worst.texts(size)} for size in (SHORT, LONG)
    )
    text = ""
    try:
        with no_longer_than(MOST):
            for key in short.keys() & long.keys():
                text = short[key]
                if expression.seconds(time.thread_time, text) > NOTHING and grows_too_fast(
                    expression, text, long[key]
                ):
                    return text[:60]
    except TooLong:
        return text[:60]
    return ""


def grows_too_fast(expression: Expression, short: str, long: str) -> bool:
    return all(growth(expression, short, long) > GROWN for _ in range(TRIES))


def growth(expression: Expression, short: str, long: str) -> float:
    seconds = [expression.seconds(time.thread_time, text) for text in (short, long)]
    return seconds[1] / max(seconds[0], NOTHING / 4)


def test_no_expression_takes_the_square_of_a_text():
    found, unknown = expressions()
    assert set(unknown) == set(NOT_WRITTEN)
    assert len(found) > 140
    tried = [each for each in found if not each.place.startswith(OF_OUR_FILES)]
    assert {each.place: text for each in tried if (text := worst_of(each))} == {}


# Of each kind that the sweep once found here.
@pytest.mark.parametrize(
    "source",
    [
        r"<[^>]*>",
        r"<(sup|sub)>(.*?)</\1>",
        r'<mark data-note="">(.*?)</mark>',
        r"\s*updated\s*:?\s+(?=\S)",
        r'<figure data-photo="([0-9a-f]{64})">(?:<figcaption>(.*?)</figcaption>)?</figure>',
        r"<.*/.*>",
        r"\b(?:href|data-[a-z-]+)=",
        r"(?:\b[^\W\d_]\.)+\Z",
        r"From \S+@\S+ .*\d{4}\Z",
        r"\[+[\w.-]+\]+",
        r"--([\w-]+)\s*:\s*([^;{}]+)\s*[;}]",
        r"(a+)+b",
        r"^ +| +\Z",
    ],
)
def test_the_sweep_finds_an_expression_that_does(source):
    assert worst_of(Expression(source, re.compile(source, re.DOTALL), True))
