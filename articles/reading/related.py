"""What to read after a story: found when it goes live, by shared tags and telling words, and kept beside it.

Kept as `Article.kin`, [[uid, score], …], best first. A story that goes live also enters the lists of its own kin, so
that old stories lead to new ones. Nothing is kin for being new alone. Readers are shown through the gate, at the moment
they ask: a kept story that is hidden by then is left out.
"""

import re

from django.db import transaction
from django.db.models import Value

from articles.models import Article, TagLink
from newsroom.foundation.text import fold

KEPT = 8  # stories on a list
TAGS = 6  # of a story, in the desk's order, by which others are looked for
PER_TAG, IN_SECTION = 30, 60  # the newest stories that are looked at
ENOUGH = 3  # a tag counts two, a telling word one: two tags, or a tag and a word, or three words
COMMON = 4  # a word in more than a quarter of the stories looked at says nothing
LOOKED_INTO = 2_000  # characters of headline and dek
WORD = re.compile(r"\w{4,}")  # shorter words say little


def refresh(story: Article) -> None:
    """Work out the kin of a story that is published, due or not, and offer it to theirs once all is committed."""
    story.kin = [[uid, score] for uid, score in scored(story)[:KEPT]]
    Article.objects.filter(pk=story.pk).update(kin=story.kin)
    transaction.on_commit(lambda: offer(story), robust=True)  # a list that stays short stops nobody


def offer(story: Article) -> None:
    """Put the story on the lists of its kin. One row at a time: two stories of one subject that go live at once must
    not wait for each other."""
    for uid, score in story.kin:
        with transaction.atomic():
            other = Article.objects.select_for_update().filter(uid=uid).only("kin").first()
            if other is None:
                continue
            kept = [pair for pair in other.kin if pair[0] != str(story.uid)]
            wanted = sorted(
                [*kept, [str(story.uid), score]], key=lambda pair: pair[1], reverse=True
            )[:KEPT]
            if wanted != other.kin:
                Article.objects.filter(pk=other.pk).update(kin=wanted)


def scored(story: Article) -> list[tuple[str, int]]:
    """(uid, score) of the stories that are near enough, best first, the newer of two equal ones first."""
    shared, rows = {}, {}
    for uid, headline, summary, sort_at, why in looked_at(story):
        if uid != story.uid:
            rows[uid] = (sort_at, f"{headline} {summary}"[:LOOKED_INTO])
            shared[uid] = shared.get(uid, 0) + (why == "tag")
    texts = {uid: telling_words(text) for uid, (_, text) in rows.items()}
    telling = {
        word
        for word in telling_words(f"{story.headline} {story.summary}"[:LOOKED_INTO])
        if sum(word in text for text in texts.values()) * COMMON <= max(len(texts), 2 * COMMON)
    }
    scores = {uid: 2 * shared[uid] + len(telling & texts[uid]) for uid in rows}
    near = [uid for uid in rows if scores[uid] >= ENOUGH]
    near.sort(key=lambda uid: (scores[uid], rows[uid][0]), reverse=True)
    return [(str(uid), scores[uid]) for uid in near]


def looked_at(story: Article):
    """The newest live stories of the section and of each of the first tags: bounded range reads in one query."""
    live = Article.objects.live()
    windows = [
        ("section", live.filter(section=story.section_id).newest_first().values("pk")[:IN_SECTION])
    ]
    for tag in story.tag_links.order_by("order", "pk").values_list("tag", flat=True)[:TAGS]:
        links = TagLink.objects.live().filter(tag=tag).newest_first()
        windows.append(("tag", links.values("content_object")[:PER_TAG]))
    parts = [
        live.filter(pk__in=window)
        .order_by()
        .values_list("uid", "headline", "summary", "sort_at", Value(why))
        for why, window in windows
    ]
    return parts[0].union(*parts[1:], all=True)


def telling_words(text: str) -> set[str]:
    return set(WORD.findall(fold(text)))
