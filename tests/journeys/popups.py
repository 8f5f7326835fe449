"""Windows that the desk opens for a choice and that close themselves when it is made."""

import contextlib

from playwright.sync_api import Error


def click_that_closes(popup, selector: str):
    """Click in a window that the click closes, often before the browser has told us of the click."""
    with popup.expect_event("close"), contextlib.suppress(Error):
        popup.click(selector)
