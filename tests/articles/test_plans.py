"""At 20,000 stories no public page scans them, sorts them outside an index, or asks more than with one story.

With a fifth or a quarter of the stories both planners choose the same roads, and they are made in a fifth of the time.
`make prove` takes all of them.
"""

import gzip
import re

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Tag
from authors.models import Author
from newsroom.search import index
from tests.articles.test_queries import PAGES as QUERIES
from tests.bench import corpus
from tests.builders import a_person
from tests.sizes import sized

pytestmark = [pytest.mark.django_db, pytest.mark.full_size]
STORIES = sized(20_000, 5_000 if connection.vendor == "postgresql" else 4_000)
INDEXED = 1_000  # for the search the newest are enough: its queries do not depend on their number
BIG = {
    "articles_article",
    "articles_byline",
    "articles_taglink",
    "articles_address",
    "articles_revision",
    "newsroom_searchentry",
    "newsroom_searchwords",
}
PAGES = {  # address: the page of test_queries whose number of queries it must not exceed
    "/": "/",
    "/articles/story-17/": "/articles/number-0/",
    "/sections/section-3/": "/sections/economy/",
    f"/sections/section-3/?page={STORIES // 200}": "/sections/economy/",
    "/tags/": "/tags/",
    "/tags/tag-000/": "/tags/food/",
    f"/tags/tag-000/?page={STORIES * 3 // 1000}": "/tags/food/",
    "/tags/tag-399/": "/tags/food/",
    "/authors/": "/authors/",
    "/authors/author-07-name/": "/authors/ada-baker/",
    "/archive/": "/archive/",
    "/archive/2020/": "/archive/2026/",
    "/archive/2020/05/": "/archive/2026/03/",
    f"/archive/2020/05/?page={max(2, STORIES // 4_000)}": "/archive/2026/03/",
    "/archive/2020/05/04/": "/archive/2026/03/04/",
    "/archive/undated/": "/archive/undated/",
    "/corrections/": "/corrections/",
    "/about/": "/about/",
    "/search/": "/search/",
    "/search/?q=COMMON": "/search/?q=bread",
    "/search/?q=COMMON&sort=best": "/search/?q=bread&sort=best",
    "/nothing/": "/nothing/",
}


@pytest.fixture(scope="module")
def large_archive(django_db_setup, django_db_blocker):
    """The archive, made once for this file and taken away afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        corpus.make(STORIES, words=30, newest_words=900)
        newest = list(Article.objects.live().newest_first().values_list("pk", flat=True)[:INDEXED])
        index.write(index.published().filter(pk__in=newest))
        # which does it by itself; SQLite's planner knows no sizes
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        yield
        transaction.set_rollback(True)


def queries(address):
    """Every statement a page sends, with its parameters still apart, as the database gets them."""
    asked = []

    def listen(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        answer = Client().get(address)
    assert answer.status_code in (200, 404), address
    return asked


def plan_of(sql, params):
    with connection.cursor() as cursor:
        cursor.execute(
            ("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + sql, params
        )
        return [" ".join(map(str, row)) for row in cursor.fetchall()]


def faults(plan):
    """Lines of a plan that read all of a big table or sort what an index should give in order."""
    for line in plan:
        if connection.vendor == "sqlite":
            scanned = re.search(r"SCAN (\w+)(?! USING (?:COVERING )?INDEX| VIRTUAL TABLE)", line)
            if (scanned and scanned[1] in BIG) or "TEMP B-TREE FOR ORDER BY" in line:
                yield line
        elif re.search(f"Seq Scan on ({'|'.join(BIG)})", line):
            yield line


@pytest.mark.parametrize("address", PAGES)
def test_a_page_of_a_large_archive_is_a_few_range_reads(large_archive, address):
    word = (
        Article.objects.live()
        .newest_first()
        .values_list("body_text", flat=True)[0]
        .split()[0]
        .lower()
    )
    asked = queries(address.replace("COMMON", word))
    assert len(asked) <= QUERIES[PAGES[address]]
    for sql, params in asked:
        if not any(table in sql for table in BIG):
            continue
        plan = plan_of(sql, params)
        # Twenty rows fetched by key may be put in order; the keys themselves come out of an index in order.
        if '"id" IN (' in sql or 'article_id" IN (' in sql:
            plan = [line for line in plan if "TEMP B-TREE" not in line]
        assert list(faults(plan)) == [], (address, sql[:300], plan)


NEWEST = f"/articles/story-{STORIES - 1}/"  # of nine hundred words, with a photo
# KB
BUDGET = {
    "/": 12,
    NEWEST: 15,
    "/articles/story-17/": 15,
    "/sections/section-3/": 15,
    "/archive/2020/05/": 15,
}


@pytest.mark.parametrize("address", BUDGET)
def test_pages_of_a_large_archive_stay_light(large_archive, address):
    content = Client().get(address).content
    assert b"<picture" in content or address == "/articles/story-17/"
    assert len(gzip.compress(content)) <= BUDGET[address] * 1024


def test_the_check_would_notice(large_archive):
    """The twin: a query of the kind that a page must not ask is caught."""
    tag = Tag.objects.get(slug="tag-000")
    slow = Article.objects.live().filter(tag_links__tag=tag).order_by("word_count")[:20]
    sql, params = slow.query.sql_with_params()
    if connection.vendor == "sqlite":
        assert list(faults(plan_of(sql, params)))
    sql, params = (
        Article.objects.filter(headline__contains="x")
        .order_by("-word_count")[:20]
        .query.sql_with_params()
    )
    assert list(faults(plan_of(sql, params)))


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        "/admin/articles/article/",
        "/admin/articles/article/?status=live",
        "/admin/articles/article/?mine=yes",
        "/admin/articles/article/?missing=undated&saved=week",
        "/admin/articles/article/?author=AUTHOR",
        "/admin/articles/article/?q=word",
        "/admin/articles/logline/",
    ],
)
def test_the_desk_asks_ten_queries_at_most_of_a_large_archive(large_archive, address):
    with transaction.atomic():
        chief = a_person("Chief editor")
        client = Client()
        client.force_login(chief)
        address = address.replace("AUTHOR", str(Author.objects.order_by("pk").first().pk))
        assert client.get(address).status_code == 200  # Django remembers content types from now on
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        transaction.set_rollback(True)
    # the first page: one for each card, four for the login
    assert len(asked) <= (11 if address == "/admin/" else 10)
