"""News that travels up: the roof listens, the house does not know who does.

Three signals, all with the class `Article` as sender. Receivers live in a `receivers.py` of the room that listens and
are connected by its app's `ready()`. Only `article_settled` and `texts_read` have receivers today (the search);
`article_changed` waits for the page cache, which must forget the pages that show a story, before and after a change.

`article_changed(article, act, was, now)`
    After commit, once for each act of articles/workflow.py, in the order of the acts; an act that is refused or rolled
    back sends none, and neither does a save that leaves what readers see alone. `article`: the story as it is now.
    `act`: a name of `MOVES` (articles/story/transitions.py). `was` and `now`: {"status", "live_from", "slug",
    "version"} before and after. What a receiver raises reaches whoever acted, though the act stands.

`article_settled(article)`
    Inside the transaction that changes what readers may see of a story, when its row and links are as they will be.
    What listens writes with it or not at all.

`texts_read(snapshots)`
    Before the lock of an act, with the snapshots that it may show or hide, for whoever will have to read a long text
    inside the lock (newsroom/foundation/remembered.py).
"""

from django.dispatch import Signal

article_changed = Signal()
article_settled = Signal()
texts_read = Signal()
