"""What takes long for a long text is worked out before a lock is taken, and remembered until it is held.

A transaction that writes makes everybody else who saves wait. So whoever is about to open one calls the functions below
beforehand with the texts that it will be about; inside, they are called as ever and answer at once. Were the answer
gone by then, it would only be worked out again.
"""

from collections.abc import Callable
from functools import lru_cache, wraps

LONG = 20_000  # characters; what is shorter is quicker worked out than looked up
KEPT = 16  # answers of each function, a few megabytes each at the most


def remembered(work: Callable) -> Callable:
    """`work` takes strings and numbers alone, follows from them alone, and gives what nobody can change."""
    known = lru_cache(KEPT)(work)

    @wraps(work)
    def answer(*texts):
        is_long = sum(len(text) for text in texts if isinstance(text, str)) >= LONG
        return known(*texts) if is_long else work(*texts)

    return answer
