"""News that travels up: the roof listens, the house does not know who does."""

from django.dispatch import Signal

# Sent after commit by the modules that change stories, with `article` (as it is now), `act`, and `was` and
# `now`: {"status", "live_from", "slug", "version"} before and after.
article_changed = Signal()
