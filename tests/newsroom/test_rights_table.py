"""Every URL of the resolver × seven people × four methods × own, other and hidden story, against rights.txt.

A cell says from which role on somebody succeeds: the answer is 2xx, a redirect that is not to the login, or a step that
asks for more than was sent. `*` everybody, `c` contributor, `r` reporter, `e` editor, `h` chief editor, `s` superuser,
`-` nobody. Three letters are for one's own draft, somebody else's live story, somebody else's draft. PUT and DELETE are
for nobody, anywhere.
"""

import re
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from articles.admin.bulk_actions import BATCHES
from articles.forms.transitions import STEPS
from articles.front_page import arranging
from articles.models import Article, Correction, Event, Section, Series
from articles.pictures import social_card
from articles.pictures.incoming import rendition_folder
from articles.story import editing, preview
from authors.models import User
from newsroom.models import Page
from tests.builders import a_person, a_photo, a_section, a_snapshot, a_story, an_author
from tests.sizes import FULL

pytestmark = [pytest.mark.django_db, pytest.mark.files]
TABLE = Path(__file__).with_name("rights.txt")
LADDER = "*crehs-"
PEOPLE = {
    "*": "anonymous",
    "c": "Contributor",
    "r": "Reporter",
    "e": "Editor",
    "h": "Chief editor",
    "s": "superuser",
}
KINDS = ("own", "other", "hidden")
METHODS = ("GET", "POST", "PUT", "DELETE")
# the foot and the top of the ladder: what neither may do, nobody may
ASKED_WITH_ALL = PEOPLE if FULL else "*s"
SAMPLES = {
    "app_label": "articles",
    "url": "no-such-page/",
    "id": 1,
    "name": "320.jpg",
    "stamp": "0123456789ab",
    "photo": "x",
    "page": "front",
    "number": 1,
    "language": "ru",
    "ending": "rss",
    "year": "2026",
    "month": "03",
    "day": "04",
    "rest": "1/1/",
    "from_field": "id",
    "size": 192,
}

FORM = {
    "key": "0b1e5b1e-0000-4000-8000-000000000001",
    "version": "1",
    "theirs": "1",
    "headline": "x",
    "bylines-TOTAL_FORMS": "0",
    "bylines-INITIAL_FORMS": "0",
    "story_type": "news",
    "language": "en",
    "headline_from": "source",
}
QUERIES = {
    "compare": "?from=1&to=1",
    "autocomplete": "?app_label=articles&model_name=byline&field_name=author",
}


def routes(patterns=None, before=""):
    """Every route of the resolver, as one text from the root."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def rows() -> dict[str, list[str]]:
    """{"route" or "route [act]": [GET, POST]}"""
    lines = [
        line.rsplit("|", 2)
        for line in TABLE.read_text("utf-8").splitlines()
        if line and line[0] != "#"
    ]
    return {cells[0].strip(): [cell.strip() for cell in cells[1:]] for cells in lines}


def variants(route):
    if "<slug:act>" in route:
        return [f"{route} [{act}]" for act in STEPS]
    if "<slug:action>" in route:
        return [f"{route} [{action}]" for action in BATCHES]
    return [route]


def test_every_url_has_a_row_and_every_row_has_a_url():
    asked = {variant for route in routes() for variant in variants(route)}
    assert asked - set(rows()) == set(), "a URL without a row: say in rights.txt who may open it"
    assert set(rows()) - asked == set(), "a row without a URL"


class World:
    """One of everything, and the addresses of it. `story` is the one that is asked for."""

    def __init__(self):
        self.section, self.author = a_section(), an_author("Ada Baker")
        self.photo = a_photo()
        folder = rendition_folder(self.photo)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "320.jpg").write_bytes(b"a picture")
        self.account = a_person("Reporter")
        self.live = a_story(
            "Somebody else’s",
            by=[self.author],
            tags=["food"],
            date="2026-03-04",
            lead_photo=self.photo.sha256,
            series=Series.objects.create(name="A series").slug,
        )
        self.event = Event.objects.create(name="An event")
        self.page = Page.objects.create(name="How we work", body="<p>Well.</p>", is_public=True)
        arranging.save("front", {}, version=0, by=a_person("Editor"), publish=True)
        self.hidden = editing.create(a_snapshot("Hidden"), by=self.account)
        self.link = preview.share(self.hidden, self.hidden.revisions.newest(), by=self.account)

    def aside(self, story):
        return editing.save(story, a_snapshot("Refused"), version=0, by=self.account).mine.pk

    def path(self, variant, story) -> str:
        route, _, inside = variant.partition(" [")
        others = {
            "section": self.section,
            "author": self.author,
            "photo": self.photo,
            "user": self.account,
            "tag": self.live.tag_links.first().tag,
            "logline": self.live.log_lines.first(),
            "event": self.event,
            "series": self.live.series,
            "page": self.page,
        }
        model = re.search(r"admin/\w+/(\w+)/", route)
        row = others.get(model[1]) if model else None
        values = SAMPLES | {
            "object_id": (row or story).pk,
            "id": self.account.pk,
            "pk": self.photo.pk,
            "slug": "somebody-elses",
            "act": inside.strip("]"),
            "action": inside.strip("]"),
            "record_id": 1,
            "uid": self.live.uid,
            "content_type_id": 1,
            "revision_id": self.aside(story) if "merge" in route else story.revisions.first().pk,
        }
        if "link_id>" in route or route.startswith("preview/"):
            enough = preview.holding(story)[preview.MOST_OPEN - 1 :]
            link = (
                enough[0]
                if enough
                else preview.share(story, story.revisions.newest(), by=self.account)
            )
            values |= {"link_id": link.pk, "token": preview.token_of(link)}
        of = route.removeprefix("api/v1/")
        if of.startswith(("sections/", "tags/", "authors/", "series/", "about/")):
            values["slug"] = {
                "sec": "economy",
                "tag": "food",
                "aut": "ada-baker",
                "ser": "a-series",
                "abo": "how-we-work",
            }[of[:3]]
        if "/merge/<slug:kind>/" in route:
            values |= {"kind": "tags", "pk": self.live.tag_links.first().tag.pk}
        if route.startswith("media/"):
            values["token"] = self.photo.token
        if route.startswith("media/cards/outlet/"):
            values["stamp"] = social_card.outlet_stamp()
        if route.startswith("sitemaps/"):
            values["name"] = "2026-03"
        path = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route.replace("^", "").replace("$", ""))
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(values[match[1]]), path)
        return f"/{path}{QUERIES.get(route.rstrip('/').rpartition('/')[2], '')}"


def person_for(letter) -> User | None:
    if letter == "*":
        return None
    if letter == "s":
        return User.objects.create_superuser("root")
    return a_person(PEOPLE[letter])


def succeeded(answer) -> bool:
    if answer.status_code in (301, 302):
        return (
            "/admin/login/" not in answer.headers["Location"]
            and answer.request["PATH_INFO"] != "/admin/logout/"
        )
    if answer.status_code == 422:  # a step that was reached, and asked for more than was sent
        form, asks = (answer.context or {}).get("form"), (answer.context or {}).get("asks_for_file")
        return bool(asks or (form and form.errors))
    return 200 <= answer.status_code < 300


def ask(client, method, path):
    """One request whose effects are taken back, on the database and on the browser's cookies."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        if method in ("PUT", "DELETE"):
            answer = client.generic(method, path)
        else:
            answer = getattr(client, method.lower())(path, FORM if method == "POST" else None)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def floor_of(cell, kind) -> str:
    """A cell has one letter, or one for each kind of story."""
    return cell[KINDS.index(kind)] if len(cell) == 3 else cell


def is_telling(letter, floor) -> bool:
    """Whether somebody stands on the rung from which on it succeeds, or on the one below: the shorter run asks them."""
    return FULL or letter in ASKED_WITH_ALL or LADDER.index(floor) - LADDER.index(letter) in (0, 1)


def cell_of(table, variant, method) -> str:
    return "-" if method in ("PUT", "DELETE") else table[variant][("GET", "POST").index(method)]


def measured(world, table, letter, disabled=False):
    """{(variant, method, kind): whether it succeeded} for one person."""
    person, client = person_for(letter), Client(raise_request_exception=True)
    if person:
        client.force_login(person)
        person.is_active = not disabled
        person.save()
    stories = {
        "own": editing.create(a_snapshot("Own"), by=person) if person else world.hidden,
        "other": world.live,
        "hidden": world.hidden,
    }
    found = {}
    for route in routes():
        for variant in variants(route):
            kinds = KINDS if "admin/articles/article/<path:object_id>" in route else ("own",)
            for kind in kinds:
                path = world.path(variant, stories[kind])
                for method in METHODS if letter in ASKED_WITH_ALL else METHODS[:2]:
                    if not is_telling(letter, floor_of(cell_of(table, variant, method), kind)):
                        continue
                    answer = ask(client, method, path)
                    assert answer.status_code < 500, (variant, method, path)
                    found[variant, method, kind] = succeeded(answer)
    return found


def expected(letter, floor) -> bool:
    return LADDER.index(letter) >= LADDER.index(floor) and floor != "-"


@pytest.mark.full_size
@pytest.mark.parametrize("letter", [*PEOPLE, "disabled"])
def test_nobody_succeeds_where_the_table_does_not_say_so(letter):
    world, table = World(), rows()
    found = measured(
        world, table, "h" if letter == "disabled" else letter, disabled=letter == "disabled"
    )
    wrong = []
    for (variant, method, kind), success in found.items():
        floor = floor_of(cell_of(table, variant, method), kind)
        wished = expected("*" if letter == "disabled" else letter, floor)
        if success != wished:
            wrong.append(f"{method} {variant} ({kind}): {'succeeds' if success else 'refused'}")
    assert wrong == []
    assert Article.objects.count() <= 3
    assert (Correction.objects.count(), Section.objects.count()) == (0, 1)


def test_an_odd_key_of_a_story_is_no_key(desk, chief):
    a_story("One")
    for odd in ("1_2F", "٣", "9" * 30, "1.0", "0x1", "-1", "1%00", "abc", "1;x"):
        for name in (
            "change",
            "act/publish",
            "history",
            "compare",
            "autosave",
            "preview",
            "share",
            "delete",
        ):
            browser = desk(chief)
            for method in (browser.get, browser.post):
                assert method(
                    f"{reverse('admin:articles_article_changelist')}{odd}/{name}/"
                ).status_code in (
                    400,
                    403,
                    404,
                    405,
                )
