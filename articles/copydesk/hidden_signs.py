"""Signs that nobody sees and that turn the letters round: what is read is not what stands there."""

from collections.abc import Iterator

from articles.copydesk.problem import WARN, Copy, Problem, sentence_around
from newsroom.foundation.text import OVERRIDES, TURNING


def check(copy: Copy) -> Iterator[Problem]:
    for field, text in copy.prose:
        if found := OVERRIDES.search(text):
            around = TURNING.sub("", sentence_around(text, found.start(), found.end()))
            yield Problem(
                "hidden-direction",
                WARN,
                field,
                f"A hidden sign turns the letters round here, so that readers see others than stand there: “{around}”",
                about=around,
                suggestion="Type these words anew.",
            )
