"""What somebody may not see at the desk is on none of its screens: not as a word, not as a count, not as a difference.

Shared by everybody at the desk, and so no secret: sections, tags, authors, events, series, photos, and live stories.
"""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import transaction
from django.test import Client

from articles.front_page import arranging
from articles.models import Event, Series, Tag
from articles.models.article import ArticleQuerySet
from articles.pictures.incoming import rendition_folder
from articles.story import editing, presence, preview, unsaved
from newsroom.models import Page
from newsroom.roles import CHIEF_EDITOR
from tests.builders import a_person, a_photo, a_section, a_snapshot, a_story, an_author, in_state
from tests.newsroom.test_rights_table import FORM, SAMPLES, routes, variants
from tests.pictures import in_text

pytestmark = [pytest.mark.django_db, pytest.mark.files]

NOON = datetime(2026, 3, 10, 12, tzinfo=ZoneInfo("Asia/Tashkent"))
NOT_ASKED = ("admin/login/", "admin/logout/", "admin/jsi18n/", "admin/password_change/", "admin/r/")
QUERIES = {
    "article": [
        "q=canary",
        "status=draft",
        "status=scheduled",
        "status=live",
        "status=withdrawn",
        "missing=dek",
        "missing=tags",
        "mine=yes",
        "origin=desk",
        "saved=today",
        "story_type__exact=news",
        "language=own",
        "author={author}",
        "section__id__exact={section}",
        "o=1",
        "o=-4.3",
        "all=",
        "p=1",
    ],
    "photo": [
        "q=canary",
        "q=shared",
        "state=used",
        "state=unused",
        "state=ready",
        "rights=unknown",
        "_popup=1",
    ],
    "tag": ["q=canary", "q=shared", "used=yes", "used=no", "_popup=1"],
    "section": ["q=canary", "q=shared"],
    "event": ["q=canary", "q=shared"],
    "series": ["q=canary", "q=shared"],
    "author": ["q=canary", "has_left__exact=0"],
    "logline": ["q=canary", "act=schedule", "act=withdraw", "period=today"],
    "user": ["q=other"],
}
CHANGES_EACH_TIME = re.compile(
    rb'(csrfmiddlewaretoken" value="|nonce="|name="writer" value="|name="key" value="|"token": "|"writer": ")[^"]*'
)


def everything_but_the_stories_of_others() -> object:
    """A role that no newsroom has: all that a chief editor may, and only one's own stories."""
    person = a_person(username="trusted")
    wanted = set(CHIEF_EDITOR) - {"change_any_article"}
    person.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    return person


PEOPLE = {
    "contributor": lambda: a_person("Contributor", username="contributor"),
    "reporter": lambda: a_person("Reporter", username="reporter"),
    "trusted": everything_but_the_stories_of_others,
}


@pytest.fixture(autouse=True)
def frozen(time_machine):
    time_machine.move_to(NOON, tick=False)


class Newsroom:
    """What everybody shares, a story of the person's own, and a live one of somebody else. `hide()` sets beside them
    stories that use all of it, with canary words of their own in every field."""

    def __init__(self, person):
        self.person, self.other = person, a_person("Editor", username="other")
        self.author, self.section = (
            an_author("Shared Author", is_unknown=True),
            a_section("Shared section"),
        )
        self.tag, self.spare = Tag.objects.named("Shared tag"), Tag.objects.named("Spare tag")
        self.lead, self.inner, self.once = (
            a_photo(alt="Shared"),
            a_photo(alt="Shared"),
            a_photo(allowed_use="once"),
        )
        self.free = a_photo(alt="In no story that all may see")
        self.series, self.event = (
            Series.objects.create(name="Shared series"),
            Event.objects.create(name="Shared event"),
        )
        self.page = Page.objects.create(name="Shared page", body="<p>Well.</p>", is_public=True)
        self.own = editing.create(
            a_snapshot("Own", **self.facts(lead_photo=self.once.sha256)), by=person
        )
        self.aside = editing.save(self.own, a_snapshot("Late"), version=0, by=person).mine
        self.link = preview.share(self.own, self.own.revisions.newest(), by=person)
        self.live = a_story("Readers see it", date="2026-03-04", **self.facts())
        arranging.save("front", {}, version=0, by=self.other, publish=True)
        folder = rendition_folder(self.lead)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "320.jpg").write_bytes(b"a picture")

    def facts(self, **own):
        return {
            "by": [self.author],
            "tags": ["Shared tag"],
            "section": "Shared section",
            "series": self.series.slug,
            "event": self.event.slug,
            "lead_photo": self.lead.sha256,
            "body": f"<p>Bread.</p>{in_text(self.inner)}",
        } | own

    def hide(self):
        """One in each state that this person may not open, and a working copy of the live story."""
        words = dict.fromkeys(
            [
                "summary",
                "source_note",
                "how_reported",
                "lead_caption",
                "dateline",
                "source_outlet",
                "search_title",
                "search_description",
            ],
            "Canary",
        )
        facts = self.facts(
            by=[self.author, "Canary Byline"],
            body=f"<p>Canary</p>{in_text(self.inner)}",
            related=[str(self.own.uid)],
            translation_of=str(self.own.uid),
            tags=["Shared tag", "Spare tag"],
            **words,
        )
        draft = editing.create(a_snapshot("Canary draft", **facts, slug="canary"), by=self.other)
        editing.create(
            a_snapshot("Canary photo", **facts | {"lead_photo": self.free.sha256}), by=self.other
        )
        for state in ("scheduled", "withdrawn", "spiked", "in review", "unpublished"):
            own = {"slug": f"canary-{state.replace(' ', '-')}"}
            # Two of them would be one too many; and whoever publishes has to be told of the other.
            if state == "scheduled" and not self.person.has_perm("articles.publish_article"):
                own["lead_photo"] = self.once.sha256
            in_state(state, f"Canary {state}", **facts | own)
        copy = a_snapshot("Canary copy", **facts | {"translation_of": None})
        editing.save(self.live, copy, version=self.live.version, by=self.other)
        preview.share(draft, draft.revisions.newest(), by=self.other)
        presence.note(draft, self.other)
        unsaved.keep(
            self.other.pk, {"headline": ["Canary unsaved"]}, article_id=draft.pk, key=draft.uid
        )
        return draft

    def rows(self):
        return {
            "photo": self.lead,
            "tag": self.tag,
            "series": self.series,
            "event": self.event,
            "page": self.page,
            "author": self.author,
            "section": self.section,
            "user": self.other,
            "article": self.own,
        }

    def path(self, variant) -> str:
        route, _, inside = variant.partition(" [")
        model = re.search(r"admin/\w+/(\w+)/", route)
        row = self.rows().get(model[1] if model else "", self.own)
        values = SAMPLES | {
            "object_id": row.pk,
            "id": self.other.pk,
            "pk": self.lead.pk,
            "act": inside.strip("]"),
            "kind": "tags",
            "action": inside.strip("]"),
            "link_id": self.link.pk,
            "stamp": self.lead.stamp,
            "record_id": 1,
            "revision_id": self.aside.pk if "/merge/" in route else self.own.revisions.first().pk,
        }
        if "/merge/<slug:kind>/" in route:
            values["pk"] = self.tag.pk
        path = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route.replace("^", "").replace("$", ""))
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(values[match[1]]), path)

    def addresses(self) -> list[str]:
        paths = [
            self.path(variant)
            for route in routes()
            if route.startswith("admin/")
            if not route.startswith(NOT_ASKED)
            for variant in variants(route)
        ]
        lists = {path.split("/")[3]: path for path in paths if path.count("/") == 4}
        values = {"author": self.author.pk, "section": self.section.pk}
        paths += [
            f"{lists[name]}?{each}".format(**values)
            for name, queries in QUERIES.items()
            for each in queries
        ]
        boxes = {
            field.remote_field.model: field
            for model in apps.get_models()
            for field in model._meta.fields
            if field.remote_field and admin.site.is_registered(field.remote_field.model)
        }
        for field in boxes.values():
            of = (
                f"app_label={field.model._meta.app_label}&model_name={field.model._meta.model_name}"
            )
            box = f"/admin/autocomplete/?{of}&field_name={field.name}&term="
            paths += [box, f"{box}canary", f"{box}own", f"{box}shared"]
        paths += [
            f"/admin/articles/photo/{photo.pk}/change/"
            for photo in (self.inner, self.once, self.free)
        ]
        merge = f"/admin/articles/article/merge/tags/{self.tag.pk}/?into={self.spare.pk}"
        compare = f"/admin/articles/article/{self.own.pk}/compare/?from=1&to=1"
        seen = f"/admin/articles/article/{self.own.pk}/seen/?day=2026-03-10&clock=10:00"
        return [
            *paths,
            merge,
            compare,
            seen,
            f"/admin/articles/photo/facts/?pk={self.lead.pk}&hash={self.inner.sha256}",
        ]


def everything(world, browser, methods=("get", "post"), only=("",)) -> dict:
    """{(method, address): (status, text)} of the whole desk, or of addresses that end with one of `only`; what was done
    by asking is taken back."""
    found = {}
    for address in [each for each in world.addresses() if each.endswith(only)]:
        for method in methods:
            if method == "post" and ("?" in address or address.endswith("/password/")):
                continue
            cookies = browser.cookies.copy()
            with transaction.atomic():
                answer = browser.get(address) if method == "get" else browser.post(address, FORM)
                transaction.set_rollback(True)
            browser.cookies = cookies
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            text = CHANGES_EACH_TIME.sub(rb"\1", content).decode(
                errors="replace"
            ) + answer.headers.get("Location", "")
            # what is new has the next number: counts are compared on the screens alone
            if method == "post":
                text = re.sub(r"\d+", "#", text)
            found[method, address] = answer.status_code, text
    return found


def browser_of(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("who", PEOPLE)
def test_a_hidden_story_changes_no_byte_of_the_desk_for_who_may_not_see_it(who):
    world = Newsroom(PEOPLE[who]())
    browser = browser_of(world.person)
    methods = ["get"] if who == "trusted" else ["get", "post"]
    before = everything(world, browser, methods)
    world.hide()
    after = everything(world, browser, methods)
    assert [key for key in after if after[key] != before[key]] == []
    told = [
        key
        for key, (_, text) in after.items()
        if "canary" in text.replace("q=canary", "").casefold() and "canary" not in key[1]
    ]
    assert told == []
    assert sum(status == 200 for status, _ in after.values()) > 60, (
        "the screens are open, and tell nothing"
    )


def test_the_canaries_would_be_seen_if_the_desk_did_not_ask(monkeypatch):
    """The twin: when every story may be named to everybody, these screens do tell of it."""
    world = Newsroom(PEOPLE["trusted"]())
    browser = browser_of(world.person)
    telling = (
        "/admin/",
        "/admin/articles/article/",
        "?status=withdrawn",
        f"photo/{world.lead.pk}/change/",
        "?state=unused",
        "?used=no",
        f"?into={world.spare.pk}",
        "unknown-names/",
        "logline/",
        "field_name=article&term=canary",
    )
    before = everything(world, browser, ["get"], telling)
    world.hide()
    monkeypatch.setattr(ArticleQuerySet, "open_to", lambda self, person: self)
    monkeypatch.setattr(ArticleQuerySet, "named_to", lambda self, person: self)
    after = everything(world, browser, ["get"], telling)
    told = [address for (_, address) in after if before["get", address] != after["get", address]]
    assert {end for end in telling if any(address.endswith(end) for address in told)} == set(
        telling
    )
