"""The API's addresses. Bad input is a sentence with status 400; too many questions in a minute are one with 429."""

from copy import copy
from functools import wraps
from inspect import signature
from threading import Lock
from typing import Annotated

from django.conf import settings
from django.http import Http404
from ninja import NinjaAPI
from ninja.decorators import decorate_view
from ninja.errors import Throttled, ValidationError
from ninja.params.functions import Path, Query
from ninja.throttling import AnonRateThrottle
from pydantic import WithJsonSchema

from articles.models import Article, Section, Tag
from articles.reading.public_story import absolute, public_stories
from articles.story.addresses import path_for, withdrawn
from authors.models import Author
from newsroom.api import shapes
from newsroom.api.articles import (
    NotUnderstood,
    articles_of,
    chosen,
    day,
    findable,
    next_address,
    page,
    place_at,
    question,
    with_fields,
)
from newsroom.foundation.paths import path_to
from newsroom.search import query as queries
from newsroom.search.find import meant, question_of

MOST = 100  # items of one page


class ByAddress(AnonRateThrottle):
    """How often one address may ask in a minute; each process of the server counts for itself."""

    def __init__(self):
        super().__init__("1/min")
        self.one_at_a_time = Lock()

    def allow_request(self, request):
        if not settings.NEWSROOM_API_LIMIT:
            return True
        mine = copy(self)  # its state belongs to one request, and threads share this object
        mine.num_requests = settings.NEWSROOM_API_LIMIT
        # It reads the count, and then writes it: of eight threads that do so at once, seven would not be counted.
        with self.one_at_a_time:
            return AnonRateThrottle.allow_request(mine, request)

    def wait(self):
        return self.duration


api = NinjaAPI(
    title=settings.NEWSROOM_NAME,
    version="1",
    urls_namespace="api",
    docs_url=None,
    throttle=ByAddress(),
    description="Live stories, their authors, topics and sections. Read only; no key is needed.",
)
Limit = Annotated[int, Query(ge=1, le=MOST, description="Items of one page")]
FIELD = "|".join(shapes.FIELDS)
BEGINNING = "From “next”; left out for the first page"
# What we refuse in words of our own is only documented by a pattern.
Cursor = Annotated[
    str,
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{0,19}$", "description": BEGINNING}),
]
NameCursor = Annotated[str, Query(max_length=90, description=BEGINNING)]
Fields = Annotated[
    str,
    WithJsonSchema(
        {
            "type": "string",
            "pattern": f"^(({FIELD})(,({FIELD}))*)?$",
            "description": "Fields of an article, separated by commas; left out, all but the text",
        }
    ),
]
Day = Annotated[
    str, WithJsonSchema({"type": "string", "format": "date", "description": "2024-09-30"})
]
Kind = Annotated[
    str,
    WithJsonSchema(
        {"type": "string", "enum": ["", *Article.Type.values], "description": "Type of story"}
    ),
]
Slug = Annotated[str, Path(max_length=90, pattern=r"^[a-zA-Z0-9_-]+$")]
Word = Annotated[
    str, Query(max_length=90, description="An address’s last part, or a language’s code")
]
ERRORS = dict.fromkeys((400, 404, 410, 429), shapes.Problem)


def get(path: str, answers, name: str, **options):
    """A documented GET address, which answers HEAD too."""

    def register(view):
        view = decorate_view(each_once(signature(view).parameters))(view)
        shape = {"response": {200: answers} | ERRORS, "exclude_unset": True}
        view = api.get(path, url_name=name, **shape, **options)(view)
        return api.api_operation(["HEAD"], path, include_in_schema=False, **shape)(view)

    return register


def each_once(known):
    """A parameter that is given twice says two things, and one that the address does not take (`known`: names of those
    it does) would be passed over in silence."""

    def decorated(view):
        @wraps(view)
        def answered(request, *args, **kwargs):
            for name, values in request.GET.lists():
                stranger = name not in known or name in kwargs
                fault = (
                    "is given twice"
                    if len(values) > 1
                    else "is no parameter of this address"
                    if stranger
                    else ""
                )
                if fault:
                    return api.create_response(
                        request, {"error": f"{name[:50]} {fault}."}, status=400
                    )
            return view(request, *args, **kwargs)

        return answered

    return decorated


@api.exception_handler(ValidationError)
def not_valid(request, error):
    first = error.errors[0]
    where = ".".join(str(part) for part in first["loc"][1:])
    return api.create_response(request, {"error": f"{where}: {first['msg']}."}, status=400)


@api.exception_handler(NotUnderstood)
def not_understood(request, error):
    return api.create_response(request, {"error": str(error)}, status=400)


@api.exception_handler(Throttled)
def too_many(request, error):
    answer = api.create_response(
        request, {"error": "Too many questions from one address. Wait a minute."}, status=429
    )
    answer["Retry-After"] = str(round(error.wait or 60))
    return answer


@api.exception_handler(Http404)
def not_found(request, error):
    return api.create_response(
        request, {"error": "There is nothing at this address that readers may see."}, status=404
    )


@get("/", shapes.Start, "start", summary="Where things are")
def start(request):
    names = "articles", "authors", "tags", "sections", "search"
    links = {name: absolute(path_to(f"api:{name}")) for name in names}
    return {
        "name": settings.NEWSROOM_NAME,
        "openapi": absolute(path_to("api:openapi-json")),
    } | links


@get("/articles", shapes.Articles, "articles", summary="Live stories, the newest first")
def articles(
    request,
    limit: Limit = 20,
    cursor: Cursor = "",
    fields: Fields = "",
    section: Word = "",
    tag: Word = "",
    author: Word = "",
    language: Word = "",
    type: Kind = "",
    after: Day | None = None,
    before: Day | None = None,
):
    """Of a section, tag or author by its address; of the days from `after` to `before`, both included."""
    asked = question(
        section=section,
        tag=tag,
        author=author,
        language=language,
        kind=type,
        after=day("after", after),
        before=day("before", before),
        cursor=cursor,
    )
    items, following = page(asked, limit, fields)
    return {"items": items, "next": next_address(request, following)}


@get("/articles/{slug}", shapes.Article, "article", summary="One story, whole")
def article(request, slug: Slug, fields: Fields = ""):
    wanted = chosen(fields, in_list=False)
    key = (
        Article.objects.live()
        .filter(addresses__path=path_for(slug))
        .values_list("pk", flat=True)
        .first()
    )
    if key is None:
        if withdrawn(path_for(slug)):
            return api.create_response(request, {"error": "This story was withdrawn."}, status=410)
        raise Http404
    return with_fields(public_stories([key])[0], wanted)


@get(
    "/search",
    shapes.Found,
    "search",
    summary="Live stories that answer a question, the newest first",
)
def search(
    request,
    q: Annotated[str, Query(max_length=queries.LONGEST)] = "",
    limit: Limit = 20,
    cursor: Cursor = "",
    fields: Fields = "",
):
    """Words, "phrases", -words, author: tag: section: before: after: as in the search of the site."""
    chosen(fields, in_list=True)  # also when there is nothing to find
    query = queries.read({"q": q})
    asked = question_of(query).below_place(place_at(cursor))
    items, following = page(asked, limit, fields) if query.asks else ([], "")
    better = meant(query) if query.asks and not items and not cursor else None
    if better:
        items, following = page(question_of(better), limit, fields)
    changed, said = ({"q": better.typed}, better.meaning) if better else ({}, None)
    return {"items": items, "next": next_address(request, following, **changed), "meant": said}


def one_page(request, rows, limit: int, cursor: str, tell) -> dict:
    """Rows in the order of their addresses; the cursor is the last address of the page before."""
    rows = list(rows.filter(slug__gt=findable(cursor)).order_by("slug")[: limit + 1])
    more = rows[limit - 1].slug if len(rows) > limit else ""
    return {"items": [tell(row) for row in rows[:limit]], "next": next_address(request, more)}


def topic(name: str):
    def tell(row):
        return {
            "name": row.name,
            "slug": row.slug,
            "url": absolute(row.get_absolute_url()),
            "description": row.description,
            "articles": articles_of(name, row.slug),
        }

    return tell


def person(author, *, whole: bool = False) -> dict:
    facts = {
        "name": author.name,
        "slug": author.slug,
        "url": absolute(author.get_absolute_url()),
        "role": author.role,
        "articles": articles_of("author", author.slug),
    }
    return facts | ({"bio": author.bio} if whole else {})


@get("/sections", shapes.Topics, "sections", summary="The outlet's sections")
def sections(request, limit: Limit = MOST, cursor: NameCursor = ""):
    return one_page(request, Section.objects.all(), limit, cursor, topic("section"))


@get("/sections/{slug}", shapes.Topic, "section", summary="One section")
def section(request, slug: Slug):
    return topic("section")(one(Section.objects.all(), slug))


@get("/tags", shapes.Topics, "tags", summary="Topics of live stories, by name")
def tags(request, limit: Limit = MOST, cursor: NameCursor = ""):
    return one_page(request, Tag.objects.with_live_stories(), limit, cursor, topic("tag"))


@get("/tags/{slug}", shapes.Topic, "tag", summary="One topic")
def tag(request, slug: Slug):
    return topic("tag")(one(Tag.objects.with_live_stories(), slug))


@get("/authors", shapes.People, "authors", summary="Authors of live stories")
def authors(request, limit: Limit = MOST, cursor: NameCursor = ""):
    return one_page(request, Author.objects.with_live_stories(), limit, cursor, person)


@get("/authors/{slug}", shapes.Person, "author", summary="One author, with the whole bio")
def author(request, slug: Slug):
    return person(one(Author.objects.with_live_stories(), slug), whole=True)


def one(rows, slug: str):
    """The row with this address, or that once had it."""
    row = rows.filter(slug=slug).first() or rows.filter(aliases__slug=slug).first()
    if row is None:
        raise Http404
    return row
