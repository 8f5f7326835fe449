"""What the API answers with, field by field; its OpenAPI document is made from these."""

from uuid import UUID

from ninja import Field, Schema

ALWAYS = ("id", "url")  # of an article, whatever fields were asked for
WITH_TEXT = ("body_html", "body_text")  # left out of lists unless they are asked for


class Problem(Schema):
    error: str = Field(description="What was wrong, in a sentence.")


class Named(Schema):
    name: str
    url: str


class Signed(Schema):
    name: str = Field(description="As it is printed.")
    role: str = Field(description="writer, reporting, translator, photographer or source")
    url: str | None = Field(None, description="The author's page; null for a name without one.")


class Rendition(Schema):
    url: str
    width: int = Field(description="pixels")
    height: int = Field(description="pixels")
    shape: str = Field(description="whole, 16x9, 4x3 or 1x1")


class Photo(Schema):
    alt: str = Field(description="What it shows; empty for a photo that says nothing.")
    caption: str
    credit: str
    renditions: list[Rendition]


class Record(Schema):
    kind: str
    published: str
    text: str
    was: str
    now: str


class Article(Schema):
    id: UUID = Field(description="Its identity for ever, whatever its address.")
    url: str
    ninjs: str | None = Field(None, description="The same story as ninjs 3.1.")
    version: int | None = None
    headline: str | None = None
    summary: str | None = None
    language: str | None = Field(None, description="BCP 47")
    type: str | None = Field(None, description="news, analysis, explainer, opinion or sponsored")
    section: Named | None = None
    tags: list[Named] | None = None
    byline: str | None = Field(None, description="given, staff or not_given")
    authors: list[Signed] | None = None
    place: str | None = None
    outlet: str | None = Field(None, description="Whose report it is, when it is not ours.")
    published: str | None = Field(
        None,
        description="The date it carries, as exactly as it is known: a moment, a day, or null for not stated.",
    )
    updated: str | None = Field(None, description="When readers were last told of a change.")
    live_since: str | None = Field(
        None, description="When it appeared here, which is another fact than its date."
    )
    photo: Photo | None = None
    word_count: int | None = None
    how_reported: str | None = None
    source_note: str | None = None
    corrections: list[Record] | None = None
    body_html: str | None = None
    body_text: str | None = None


FIELDS = tuple(Article.model_fields)


class Articles(Schema):
    items: list[Article]
    next: str | None = Field(None, description="The address of the next page; null on the last.")


class Found(Articles):
    meant: str | None = Field(
        None, description="What was searched for instead, when no story has the words."
    )


class Person(Schema):
    name: str
    slug: str
    url: str
    role: str
    bio: str | None = None
    articles: str = Field(description="The address of this author's articles in this API.")


class People(Schema):
    items: list[Person]
    next: str | None = None


class Topic(Schema):
    name: str
    slug: str
    url: str
    description: str
    articles: str = Field(description="The address of its articles in this API.")


class Topics(Schema):
    items: list[Topic]
    next: str | None = None


class Start(Schema):
    name: str
    articles: str
    authors: str
    tags: str
    sections: str
    search: str
    openapi: str
