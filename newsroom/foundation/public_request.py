"""What travels on a request from a public view to the page's chrome, and to whoever says how long to keep the page."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest


class PublicRequest(HttpRequest):
    """A request as public views and newsroom/middleware.py take it. Neither attribute need be there.

    `outlet`: the `newsroom.outlet.Outlet` that templates read. Made once: by a view that needs a part of it to answer,
    else by `newsroom.outlet.chrome` for the first template. It knows when the chrome changes (`outlet.changes_at`).
    `changes_at`: set by a view whose page becomes another by itself, to the first moment at which it does; None for
    never. A page is kept until the earlier of the two moments, and never longer than `NEWSROOM_PAGE_AGE`.
    """

    outlet: Any
    changes_at: datetime | None
