"""News that travels up: the roof listens, the house does not know who does."""

from django.dispatch import Signal

# Sent after commit by the modules that change stories, with `article` (as it is now), `act`, and `was` and
# `now`: {"status", "live_from", "slug", "version"} before and after.
article_changed = Signal()

# Sent before the lock of an act, with `snapshots` (those that it may show or hide), for whoever will have to read a
# long text inside it (newsroom/foundation/remembered.py).
texts_read = Signal()

# Sent inside the transaction that changes what readers may see of a story, when its row and links are as they will be,
# with `article`. What listens writes with it or not at all.
article_settled = Signal()
