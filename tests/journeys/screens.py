"""Every screen of the desk with something on it: those that the resolver names, and the states that acts lead to."""

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from articles import workflow
from articles.admin.bulk_actions import BATCHES
from articles.front_page import arranging
from articles.models import Article, Breaking, Event, Photo, Series
from articles.pictures.incoming import originals
from articles.story import editing, preview, unsaved
from newsroom.models import Page
from tests.builders import a_person, a_section, a_snapshot, a_story, an_author, in_state
from tests.newsroom.test_rights_table import World, routes, rows, variants
from tests.pictures import a_picture, a_real_photo, every_part

LIST = "/admin/articles/article/"
LONG = "Bakers of three districts say that flour has doubled in price since the harvest and that loaves will follow"
STATES = (
    "draft",
    "in review",
    "scheduled",
    "live",
    "working copy",
    "unpublished",
    "withdrawn",
    "restored",
    "spiked",
)
LEAD_ON = (
    "admin/login/",
    "admin/articles/arrangement/",
    "admin/articles/arrangement/breaking/",
    "admin/articles/arrangement/<path:page>/preview/",
)
# What opens the step of an act: a story on which it is offered.
FIT = {
    "submit": "draft",
    "return_to_writer": "in review",
    "pull_back": "scheduled",
    "put_live": "working copy",
    "correct": "working copy",
    "unpublish": "live",
    "withdraw": "live",
    "restore": "withdrawn",
    "revive": "spiked",
}


@dataclass
class Screen:
    """A page of the desk. `then(page)` brings it into the state that is meant; `within`: what lies over the rest;
    `goes_on`: from the screen before it, as that stands."""

    name: str
    address: str
    then: Callable | None = None
    within: str = ""
    goes_on: bool = False


class Desk(World):
    """One of everything that the desk has a page for, long words in it, and a story in each state."""

    def __init__(self, person):
        self.person = person
        self.section = a_section("Economy")
        for name in ("World", "Culture and the arts"):
            a_section(name)
        self.author = an_author("Ada Baker", bio="Writes about bread.")
        self.photo = a_real_photo(
            alt="A green wall behind a row of market stalls", credit="A. Photographer / Agency"
        )
        lost = a_real_photo(alt="A photo whose files are gone", colour="#883311")
        self.account = a_person(
            "Reporter", first_name="Ada", last_name="Baker", email="ada@example.com"
        )
        self.series = Series.objects.create(name="A series")
        self.event = Event.objects.create(name="An event")
        self.page = Page.objects.create(name="How we work", body="<p>Well.</p>", is_public=True)
        facts = {
            "by": [self.author, "Somebody Else", an_author("Boris Cook")],
            "tags": ["Food", "foods", "Prices"],
            "body": every_part(self.photo) + f"<p>{LONG}.</p>" * 12,
            "summary": f"{LONG}.",
            "lead_photo": self.photo.sha256,
            "series": self.series.slug,
        }
        self.stories = {
            state: in_state(state, f"{LONG}: {state}", **facts)
            for state in STATES
            if state not in ("live", "working copy", "withdrawn")
        }
        self.stories["live"] = a_story(f"{LONG}: live", **facts)
        self.stories["working copy"] = copied = a_story(f"{LONG}: working copy", **facts)
        editing.save(
            copied,
            a_snapshot(f"{LONG}: changed", **facts | {"body": "<p>Other words.</p>"}),
            version=copied.version,
            by=person,
        )
        copied.refresh_from_db()
        self.stories["withdrawn"] = in_state(
            "withdrawn", f"{LONG}: withdrawn", **facts | {"lead_photo": lost.sha256}
        )
        a_story("Without a picture or a dek", tags=[])
        (originals() / lost.original).unlink()
        workflow.correct(
            self.stories["live"], by=a_person("Editor"), was="It said three.", now="It is four."
        )
        self.stories["live"].refresh_from_db()
        self.live, self.hidden = self.stories["live"], self.stories["draft"]
        noted = facts | {
            "body": facts["body"] + "<p><mark data-note=''>Ask again</mark> and a word</p>"
        }
        editing.save(
            self.hidden,
            a_snapshot(f"{LONG}: draft", **noted),
            version=self.hidden.version,
            by=person,
        )
        self.hidden.refresh_from_db()
        self.link = preview.share(self.hidden, self.hidden.revisions.newest(), by=person)
        slots = [
            {"zone": "lead", "story": str(self.live.uid)},
            {"zone": "second", "story": "", "auto": "world"},
        ]
        arranging.save("front", {"slots": slots}, version=0, by=person, publish=True)
        Breaking.objects.create(
            text=LONG, ends_at=timezone.now() + timedelta(minutes=20), made_by=person
        )
        call_command("import_stories", "fixtures/documents", verbosity=0, quiet=True)
        self.imported = Article.objects.filter(origin="import").first()
        incoming = a_real_photo(alt="", credit="", colour="#112233")
        Photo.objects.filter(pk=incoming.pk).update(is_incoming=True)
        self.incoming = incoming
        self.work = unsaved.keep(
            person.pk, {"headline": ["Typed"]}, article_id=self.hidden.pk, key=uuid.uuid4()
        )
        editing.create(a_snapshot(f"{LONG}: my own"), by=person)
        self.contributor = a_person("Contributor")
        theirs = editing.create(
            a_snapshot(f"{LONG}: a contributor’s", **facts), by=self.contributor
        )
        self.read_only = workflow.publish(theirs, by=person)

    def from_resolver(self) -> Iterator[Screen]:
        """What every route of the desk shows to who may open it. A new route stands here by itself; those that lead on
        to a screen that has a route of its own are left out."""
        table = rows()
        for route in routes():
            if route.endswith("/<path:object_id>/") or route in LEAD_ON:
                continue
            for variant in variants(route):
                if route.startswith("admin/") and table[variant][0] != "-" * len(table[variant][0]):
                    act = re.search(r"\[(\w+)\]", variant)
                    fit = FIT.get(act[1], "draft") if act else "working copy"
                    yield Screen(variant, self.path(variant, self.stories[fit]))

    def of_a_contributor(self) -> Iterator[Screen]:
        """What the desk shows to who may look at a story and not change it."""
        yield Screen("the form: read only", f"{LIST}{self.read_only.pk}/change/")
        yield Screen("the history: read only", f"{LIST}{self.read_only.pk}/history/")
        yield Screen("the list of a contributor", LIST)

    def in_other_states(self) -> Iterator[Screen]:
        for state, story in self.stories.items():
            if state != "draft":
                yield Screen(f"the form: {state}", f"{LIST}{story.pk}/change/")
        draft, live = self.hidden, self.live
        form, arrange = f"{LIST}{draft.pk}/change/", "/admin/articles/arrangement/front/arrange/"
        yield Screen("the form: imported", f"{LIST}{self.imported.pk}/change/")
        yield Screen("the form: unsaved work restored", f"{form}?unsaved={self.work.pk}")
        yield Screen("unsaved work compared", f"{LIST}{draft.pk}/unsaved/?work={self.work.pk}")
        yield Screen("the form: draft", form)
        yield Screen(
            "the form: kinds of paragraph",
            form,
            kinds_of_paragraph,
            ".prose-menubar__picker",
            goes_on=True,
        )
        yield Screen("the form: a link", form, a_link, "dialog", goes_on=True)
        yield Screen("the form: find and replace", form, find_and_replace, goes_on=True)
        yield Screen(
            "the form: a name is searched", form, a_name, ".select2-dropdown", goes_on=True
        )
        yield Screen("the form: preview beside it", form, preview_beside)
        yield Screen("the form: tablet beside it", form, as_wide_as("Tablet"), goes_on=True)
        yield Screen("the form: whole preview", form, as_wide_as("Full"), goes_on=True)
        yield Screen(
            "the form: with faults", form, sent(published_day="", date_known="minute", headline="")
        )
        yield Screen("two texts", form, sent(base_version="0", headline="Mine"))
        yield Screen("seen by readers", f"{LIST}{live.pk}/seen/?day=2026-03-04&clock=10:00")
        for act, state in {
            "publish": "draft",
            "withdraw": "live",
            "put_live": "working copy",
            "correct": "live",
            "schedule": "draft",
            "return_to_writer": "in review",
            "unpublish": "live",
            "restore": "withdrawn",
        }.items():
            yield Screen(
                f"{act}: with faults", f"{LIST}{self.stories[state].pk}/act/{act}/", sent()
            )
        for action in BATCHES:
            yield Screen(f"{action} together", LIST, ticked(action))
        yield Screen("done together", LIST, done_together)
        for query in ("status=live", "q=flour", "missing=photo", "status=withdrawn"):
            yield Screen(f"stories: {query}", f"{LIST}?{query}")
        photos = "/admin/articles/photo/"
        yield Screen("photos: to choose from", f"{photos}?_popup=1")
        yield Screen("photos: upload in a window", f"{photos}add/?_popup=1")
        yield Screen("photos: one that waits", f"{photos}{self.incoming.pk}/change/")
        yield Screen("photos: without its words", f"{photos}{self.incoming.pk}/change/", sent())
        yield Screen("photos: what became of the files", f"{photos}add/", uploaded)
        yield Screen("photos: chosen on the page", photos, chosen)
        yield Screen("photos: refused replacement", f"{photos}{self.photo.pk}/replace/", sent())
        yield Screen(
            "front page: with faults", arrange, sent("#arrange", **{"slot-0-story": "nonsense"})
        )
        yield Screen(
            "front page: changed meanwhile", arrange, sent("#arrange", base="0", note="Mine")
        )
        yield Screen(
            "front page: of a section", "/admin/articles/arrangement/section/economy/arrange/"
        )
        yield Screen(
            "strip: with faults", arrange, sent(".beside section form[action$='breaking/']")
        )
        yield Screen("tag: with faults", "/admin/articles/tag/add/", sent())
        yield Screen("tag in a window", "/admin/articles/tag/add/?_popup=1")
        yield Screen("account: with faults", "/admin/authors/user/add/", sent())
        yield Screen("password: with faults", "/admin/password_change/", sent())
        yield Screen("authors: searched", "/admin/authors/author/?q=a")
        yield Screen("logbook: searched", "/admin/articles/logline/?q=a")
        yield Screen("nothing there", "/admin/articles/photo/999999/change/")


# --- how a state is reached


def sent(form="#content form[method=post]:has(.submit-row)", **typed):
    """The form as it is, with these fields changed, and without the browser's own questions."""

    def then(page):
        with page.expect_navigation():
            page.evaluate(
                """([form, typed]) => {
                    const sent = document.querySelector(form)
                    for (const [name, value] of Object.entries(typed)) sent.elements[name].value = value
                    sent.noValidate = true
                    sent.requestSubmit(sent.querySelector(".default") || sent.querySelector("[type=submit]"))
                }""",
                [form, typed],
            )

    return then


def preview_beside(page):
    page.click("[data-preview]")
    page.wait_for_selector(".preview-frame[srcdoc]")
    as_wide_as("Phone")(page)


def as_wide_as(kind):
    return lambda page: page.click(f".preview-bar button >> text={kind}")


def kinds_of_paragraph(page):
    page.click(".prose-menubar__selected")
    page.wait_for_selector(".prose-menubar__picker:popover-open")


def a_link(page):
    page.keyboard.press("Escape")
    page.focus(".field-body .ProseMirror[contenteditable]")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+k")
    page.wait_for_selector("dialog[open]")


def find_and_replace(page):
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog[open]", state="detached")
    page.focus(".field-body .ProseMirror[contenteditable]")
    page.keyboard.press("Control+h")
    page.wait_for_selector(".find-bar:not([hidden])")


def a_name(page):
    page.click(".field-author .select2-selection >> nth=0")
    page.wait_for_selector(".select2-results__option >> text=Ada Baker")


def ticked(action):
    def then(page):
        page.check("#action-toggle")
        page.select_option("select[name=action]", action)
        with page.expect_navigation():
            page.click("#changelist-form button[type=submit]")

    return then


def done_together(page):
    ticked("submit")(page)
    sent()(page)


def uploaded(page):
    files = [("one.jpg", a_picture((400, 300))), ("no.jpg", b"x")]
    page.set_input_files(
        "#id_file", [{"name": name, "mimeType": "image/jpeg", "buffer": raw} for name, raw in files]
    )
    sent()(page)


def chosen(page):
    files = [("two.jpg", a_picture((420, 300))), ("no.jpg", b"x")]
    page.set_input_files(
        "#choose-photos",
        [{"name": name, "mimeType": "image/jpeg", "buffer": raw} for name, raw in files],
    )
    page.wait_for_selector("text=of 2 files")
