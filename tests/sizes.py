"""How large a figure is taken: small in `make test`, in full under `make prove`."""

import os

FULL = bool(os.environ.get("NEWSROOM_PROVE"))


# How a page is looked at: each width in each theme, or, in the shorter run, each once.
LOOKS = [(size, theme) for size in ("phone", "desktop") for theme in ("light", "dark")]
LOOKS = LOOKS if FULL else [("phone", "dark"), ("desktop", "light")]


def some(cases: list, one_in: int) -> list:
    """One in so many of the cases, from the first on; all of them in full. Its test is marked `full_size`."""
    return cases if FULL else cases[::one_in]


def sized(full: int, otherwise: int) -> int:
    return full if FULL else otherwise
