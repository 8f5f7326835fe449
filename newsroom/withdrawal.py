"""Prove that a withdrawn story is gone: ask every surface that readers reach, and look for what it said."""

import html
import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import reverse

from articles.models import Article, Photo, Section, Tag
from articles.pictures import social_card
from articles.pictures.incoming import rendition_folder
from articles.pictures.visibility import is_public
from articles.story import snapshots
from articles.story.fields import Snapshot
from articles.text import body
from authors.models import Author
from newsroom.foundation.pagination import LAST_PAGE

SHORTEST, LONGEST = 25, 60  # characters of a passage that is looked for
MOST_PASSAGES = 40


@dataclass
class Proof:
    """What was asked and what was found. `traces` is empty when the story is gone."""

    lines: list[str] = field(default_factory=list)
    traces: list[str] = field(default_factory=list)
    asked: int = 0

    def note(self, ok: bool, line: str) -> None:
        (self.lines if ok else self.traces).append(line)


def prove(article: Article) -> Proof:
    """Crawl the surfaces in this process, as a reader without a login would."""
    proof, said = (
        Proof(),
        [snapshots.ordered(each) for each in article.revisions.values_list("snapshot", flat=True)],
    )
    paths = list(article.addresses.values_list("path", flat=True))
    signs = passages_of(article, said)
    named = article.addresses.filter(gone_show_title=True)
    allowed = set(named.values_list("gone_title", "gone_wording").first() or ())
    for path in paths:
        answer = ask(proof, path)
        proof.note(answer.status_code == 410, f"{answer.status_code} {path}")
        look_at(proof, path, answer, [], signs, allowed)
    for surface in surfaces_of(said, signs):
        look_through(proof, surface, paths, signs, allowed)
    look_for_card(proof, article)
    for photo in Photo.objects.filter(
        sha256__in={sha for each in said for sha in snapshots.photos_of(each)}
    ):
        look_for_photo(proof, photo)
    return proof


def ask(proof: Proof, address: str):
    proof.asked += 1
    client = Client(
        raise_request_exception=False, HTTP_HOST=urlsplit(settings.NEWSROOM_SITE_URL).netloc
    )
    return client.get(address, secure=settings.NEWSROOM_HTTPS)


def passages_of(article: Article, said: list[Snapshot]) -> list[str]:
    """Words that give the story away, without those that another live story has too."""
    found = []
    for snapshot in said:
        found += [snapshot["headline"], snapshot["summary"], snapshot["lead_caption"]]
        found += [part[:LONGEST] for part in body.plain_text(snapshot["body"]).split("\n\n")]
    found = [
        " ".join(part.split())
        for part in dict.fromkeys(found)
        if len(part.strip()) >= SHORTEST or part in [each["headline"] for each in said]
    ]
    others = Article.objects.live().exclude(pk=article.pk)
    own = [
        part for part in dict.fromkeys(found) if part and not others.filter(headline=part).exists()
    ]
    return [
        part for part in own[:MOST_PASSAGES] if not others.filter(body_text__contains=part).exists()
    ]


def surfaces_of(said: list[Snapshot], signs: list[str]) -> list[str]:
    """Every page on which the story stood or could be found, in any of its versions."""
    pages = [
        reverse(name)
        for name in ("front", "archive", "archive-undated", "tags", "authors", "corrections")
    ]
    models = {
        Section: {each["section"] for each in said},
        Tag: {slug for each in said for slug in each["tags"]},
        Author: {row["author"] for each in said for row in each["bylines"]},
    }
    for model, slugs in models.items():
        pages += [
            row.get_absolute_url() for row in model.objects.filter(slug__in=slugs - {None, ""})
        ]
    for day in {each["published_on"] for each in said} - {None}:
        year, month, number = day.split("-")
        pages += [
            f"/archive/{year}/",
            f"/archive/{year}/{month}/",
            f"/archive/{year}/{month}/{number}/",
        ]
    return pages + [
        f"{reverse('search')}?{urlencode({'q': question_of(sign)})}" for sign in signs[:5]
    ]


def question_of(sign: str) -> str:
    """What is typed to find it: whole words, as a passage may end within one, and few enough that the search page
    repeats them all."""
    return sign if len(sign) < LONGEST else sign[:LONGEST].rpartition(" ")[0] or sign[:LONGEST]


def look_through(proof, surface, paths, signs, allowed):
    """The surface, page by page, as far as it goes."""
    for number in range(1, LAST_PAGE + 1):
        joint = "&" if "?" in surface else "?"
        answer = ask(proof, surface if number == 1 else f"{surface}{joint}page={number}")
        if answer.status_code == 404:
            break
        if answer.status_code != 200:
            proof.note(False, f"{answer.status_code} {surface}: it could not be looked at")
            return
        look_at(proof, surface, answer, paths, signs, allowed)
        if 'rel="next"' not in answer.content.decode():
            break
    proof.note(True, f"clean {surface}")


def look_at(proof, surface, answer, paths, signs, allowed):
    """`allowed`: words that the editors chose to show, which is at the story's own address and among corrections."""
    asked_for = "".join(parse_qs(urlsplit(surface).query).get("q", []))
    text = readable(answer)
    # the search page repeats its question, in which another version's words may stand
    if asked_for:
        text = text.replace(asked_for, " ")
    may_name = allowed and (answer.status_code == 410 or surface == reverse("corrections"))
    for sign in signs:
        if sign in text and not (may_name and any(sign in words for words in allowed)):
            proof.note(False, f"“{sign[:50]}” stands on {surface}")
    for path in paths:
        if f'href="{path}"' in answer.content.decode() and not may_name:
            proof.note(False, f"{surface} links to {path}")


def readable(answer) -> str:
    """The words of a page, and of its attributes."""
    text = html.unescape(re.sub(r"<(?!meta|img)[^<>]*>", " ", answer.content.decode()))
    return " ".join(text.split())


def look_for_card(proof, article):
    """The drawn picture of its headline."""
    if article.section:
        address = reverse("social-card", args=[article.uid, social_card.stamp_of(article)])
        status = ask(proof, address).status_code
        proof.note(status == 404, f"{status} {address}")
    proof.note(
        not social_card.folder_of(article).exists(), "no drawn card lies in the public folder"
    )


def look_for_photo(proof, photo):
    """Its renditions, unless somebody else shows the same photo."""
    if is_public(photo) or Author.objects.filter(portrait=photo).exists():
        proof.note(True, f"photo {photo.pk} stays: others use it")
        return
    for name in photo.file_names():
        status = ask(proof, f"{photo.folder}{name}").status_code
        proof.note(status == 404, f"{status} {photo.folder}{name}")
    proof.note(
        not rendition_folder(photo).parent.exists(),
        f"no file of photo {photo.pk} lies in the public folder",
    )
