"""How fast and how well the search answers, on the database that DATABASE_URL names (SQLite without it).

    python -m tests.bench.search 100000

Fills an archive of that many stories unless it is there, asks each kind of question many times, and prints
milliseconds (the index alone, and the whole page); then the relevance of the demo edition's judged questions.
"""

import io
import math
import os
import random
import statistics
import sys
import time
import tomllib
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
ROUNDS = 15
JUDGED = Path(__file__).with_name("judged.toml")

import django  # noqa: E402

django.setup()

from django.contrib.auth.models import Group  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from articles.models import Article, Section  # noqa: E402
from articles.story import snapshots  # noqa: E402
from authors.models import User  # noqa: E402
from newsroom.demo.edition import publish_edition  # noqa: E402
from newsroom.models import ImportRecord  # noqa: E402
from newsroom.search.find import answer, meant  # noqa: E402
from newsroom.search.query import read  # noqa: E402
from tests.bench import corpus  # noqa: E402


def say(line: str) -> None:
    print(line, flush=True)


def fill(size: int) -> None:
    call_command("migrate", verbosity=0)
    if Article.objects.count() >= size:
        return
    began = time.monotonic()
    with transaction.atomic():
        corpus.make(size)
    say(f"filled with {size:,} stories in {time.monotonic() - began:.0f} s")
    began = time.monotonic()
    call_command("search_reindex", verbosity=0, stdout=io.StringIO())
    took = time.monotonic() - began
    say(f"indexed in {took:.0f} s, {size / took:.0f} stories a second")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def questions() -> dict[str, dict]:
    """Kinds of questions, by what they are; words of the archive from the commonest to the rarest."""
    text = Article.objects.live().newest_first().values_list("body_text", flat=True)[:300]
    counted = {}
    for word in " ".join(text).lower().replace(".", "").split():
        counted[word] = counted.get(word, 0) + 1
    words = [word for word in sorted(counted, key=lambda word: -counted[word]) if len(word) > 2]
    common, middle, rare = words[0], words[len(words) // 8], words[-1]
    first = " ".join(Article.objects.live().first().body_text.split()[3:5])
    return {
        "a common word": {"q": common},
        "a word of the middle": {"q": middle},
        "a rare word": {"q": rare},
        "two common words": {"q": f"{words[0]} {words[1]}"},
        "a phrase": {"q": f'"{first}"'},
        "a phrase of common words": {"q": f'"{words[0]} {words[1]}"'},
        "common, best match": {"q": common, "sort": "best"},
        "rare, best match": {"q": rare, "sort": "best"},
        "two common, best match": {"q": f"{words[0]} {words[1]}", "sort": "best"},
        "a word and an author": {"q": f'{common} author:"author 07 name"'},
        "a word in a section": {"q": common, "section": "section-3"},
        "a word of one old month": {"q": common, "from": "2018-03-01", "to": "2018-03-31"},
        "all but a common word": {"q": f"-{common}"},
        "common but not common": {"q": f"{words[0]} -{words[1]}"},
        "nothing: twelve common words and none": {"q": " ".join([*words[:11], "zzzzqq"])},
        "twelve common words": {"q": " ".join(words[:12])},
        "twelve common, best match": {"q": " ".join(words[:12]), "sort": "best"},
        "oldest first": {"q": common, "sort": "oldest"},
        "page 50": {"q": common, "page": "50"},
        "a phrase of twelve": {"q": '"' + " ".join(words[:12]) + '"'},
        "a slip of the finger": {"q": f"{middle[:-1]}x{middle[-1]}"},
        "200 letters": {"q": "ba" * 100},
        "engine's own words": {"q": 'NEAR(a b) OR title:* AND NOT ^ " ( '},
    }


def measured(ask) -> list[float]:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        ask()
        times.append((time.perf_counter() - began) * 1000)
    return times


def speed() -> None:
    client, medians, worst = Client(), [], 0.0
    say(
        "\n| Question | index, ms (median) | index, worst | page, ms (median) |\n| --- | --- | --- | --- |"
    )
    for name, fields in questions().items():
        query, start = read(fields), (int(fields.get("page", 1)) - 1) * 20

        def ask(query=query, start=start):
            if not answer(query)[start : start + 21]:
                meant(query)

        ask()
        times = measured(ask)
        page = measured(lambda fields=fields: client.get("/search/", fields))
        medians.append(statistics.median(times))
        worst = max(worst, max(times))
        say(
            f"| {name} | {statistics.median(times):.1f} | {max(times):.1f} | {statistics.median(page):.1f} |"
        )
    say(f"| **all** | **{statistics.median(medians):.1f}** | **{worst:.1f}** | |")


def ndcg(found: list[str], wanted: dict[str, int], depth: int = 10) -> float:
    """How near an order comes to the best one possible: 1 is that order (Järvelin and Kekäläinen, 2002)."""

    def gain(grades):
        return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))

    return gain([wanted.get(each, 0) for each in found[:depth]]) / gain(
        sorted(wanted.values(), reverse=True)
    )


def relevance() -> None:
    """The demo edition in a database of its own, emptied before: stories of the archive would answer too."""
    call_command("flush", interactive=False, verbosity=0)
    chief = User.objects.create_user("chief", is_staff=True)
    chief.groups.add(Group.objects.get(name="Chief editor"))
    publish_edition(by=chief)
    number = {
        record.article_id: Path(record.name).name[:2] for record in ImportRecord.objects.all()
    }
    judged = tomllib.loads(JUDGED.read_text("utf-8"))["questions"]
    for order in ("best", "newest"):
        scores = []
        for typed, wanted in judged.items():
            query = read({"q": typed, "sort": order})
            found = answer(query)[0:10] or answer(meant(query) or query)[0:10]
            scores.append(ndcg([number[key] for key in found], wanted))
        say(f"NDCG@10 of {len(judged)} judged questions, {order}: {statistics.mean(scores):.3f}")


PLACES = [  # where the words of a question may stand in a story, and how well such a story answers it
    (3, {"headline": "{0} {1} talks", "summary": "On {0}.", "body": "{0} {1}"}),
    (2, {"headline": "Other news", "summary": "Of {0} {1}.", "body": "{0}"}),
    (1, {"headline": "Other news", "summary": "None.", "body": "{0}, and much later {1}"}),
    (0, {"headline": "Other news", "summary": "None.", "body": "{0} alone"}),
]


def planted(topics: int = 25) -> None:
    """An archive in which it is known by its making which story answers which question how well; the worst are the
    newest, and each text has three hundred words of its own beside."""
    call_command("flush", interactive=False, verbosity=0)
    dice, judged = random.Random(topics), {}
    vocabulary = ["".join(dice.choices(corpus.SYLLABLES, k=3)) for _ in range(2000)]
    section = Section.objects.create(name="Economy")
    for topic in range(topics):
        words = (
            "".join(dice.choices(corpus.SYLLABLES, k=4)),
            "".join(dice.choices(corpus.SYLLABLES, k=4)),
        )
        judged[" ".join(words)] = wanted = {}
        for copy in range(3):
            for grade, parts in PLACES:
                said = {name: text.format(*words) for name, text in parts.items()}
                text = " ".join(dice.choices(vocabulary, k=300))
                at = corpus.first_moment(topic * 12 + (3 - grade) * 3 + copy)
                story = snapshots.derive(
                    Article(
                        status="published",
                        live_from=at,
                        published_at=at,
                        published_on=at.date(),
                        date_decided=True,
                        version=1,
                        shown_version=1,
                        origin="import",
                        slug=f"s-{topic}-{grade}-{copy}",
                        section=section,
                        byline_decision="staff",
                        headline=said["headline"],
                        summary=said["summary"],
                        body=f"<p>{said['body']} {text}</p>",
                    )
                )
                story.save()
                wanted[story.slug] = grade
    call_command("search_reindex", verbosity=0, stdout=io.StringIO())
    slugs = dict(Article.objects.values_list("pk", "slug"))
    for order in ("best", "newest"):
        found = {typed: answer(read({"q": typed, "sort": order}))[0:10] for typed in judged}
        scores = [
            ndcg([slugs[key] for key in found[typed]], wanted) for typed, wanted in judged.items()
        ]
        say(
            f"NDCG@10 of {len(judged)} questions to a planted archive, {order}: {statistics.mean(scores):.3f}"
        )


if __name__ == "__main__":
    say(f"# {connection.vendor}")
    if len(sys.argv) > 1:
        fill(int(sys.argv[1]))
        speed()
    else:
        call_command("migrate", verbosity=0)
        relevance()
        planted()
