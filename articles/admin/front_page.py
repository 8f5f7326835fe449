"""The front-page desk: what stands where, as drafts and published versions, and the breaking strip."""

from dataclasses import dataclass
from datetime import datetime
from functools import wraps

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.forms import BaseFormSet
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone, translation
from js_asset import Script

from articles import dashboard
from articles.admin.transition_views import in_both_zones
from articles.forms.front_page import (
    BreakingForm,
    SlotFormSet,
    bands_of,
    initial_rows,
    layout_of,
    zones_of,
)
from articles.front_page import arranging, curation, layouts
from articles.models import Arrangement, ArrangementVersion, Article, Breaking, Section
from articles.models.arrangement import FRONT, SECTION, empty_layout
from articles.models.gate import this_moment
from articles.story.fields import not_for_lists
from articles.workflow import Refused
from authors.models import User
from newsroom.foundation.desk import DeskAdmin, desk_page, whole_number
from newsroom.foundation.local_time import zone_name
from newsroom.foundation.pagination import PER_PAGE
from newsroom.foundation.text import fold, normalise

AT_HAND, VERSIONS = 30, 12  # stories beside the form, versions listed


@admin.register(Arrangement)
class FrontDesk(DeskAdmin):
    """Stands on the desk where a list of rows would: there is one screen for each page."""

    class Media:
        js = [
            Script(f"articles/desk/{name}.js", type="module")
            for name in ("front_desk", "photo_field")
        ]

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(arranging.RIGHT)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        def at(route, view, name):
            view = self.admin_site.admin_view(view)
            return path(route, view, name=f"articles_arrangement_{name}")

        return [
            at("breaking/", breaking, "breaking"),
            at("<path:page>/version/<int:number>/", version, "version"),
            at("<path:page>/preview/", preview, "preview"),
            at("<path:page>/arrange/", arrange, "arrange"),
            at("", self.changelist_view, "changelist"),
        ]

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(address_of(FRONT))


def address_of(page: str) -> str:
    """Where that page is arranged."""
    return reverse("admin:articles_arrangement_arrange", args=[page])


@dataclass(frozen=True)
class PageScreen:
    """What the view of a screen about one page is given. That its person may arrange it is settled by then."""

    request: HttpRequest
    page: str  # FRONT, or SECTION and the address of one
    name: str
    sections: list[Section]

    def say_what_is_made(self, made: ArrangementVersion) -> None:
        what = f"{self.name}: version {made.version} is"
        if made.is_published:
            messages.success(self.request, f"{what} what readers see now.")
        else:
            messages.success(self.request, f"{what} kept as a draft. Readers see no change.")

    def to_form(self) -> HttpResponseRedirect:
        return HttpResponseRedirect(address_of(self.page))


def page_screen(view):
    """Make `view(screen, **arguments)` the view of an address with `page` in it: 403 for who may not arrange, 404 for a
    page that is none."""

    @wraps(view)
    def with_page(request, page, **arguments):
        return view(screen_or_404(request, page), **arguments)

    return with_page


def screen_or_404(request, page: str) -> PageScreen:
    if not request.user.has_perm(arranging.RIGHT):
        raise PermissionDenied
    sections = list(Section.objects.in_order())
    if page == FRONT:
        return PageScreen(request, page, "Front page", sections)
    section = next((each for each in sections if SECTION + each.slug == page), None)
    if section is None:
        raise Http404("There is no such page.")
    return PageScreen(request, page, section.name, sections)


# --- arranging


@page_screen
def arrange(screen):
    """GET shows the form; POST saves what it says as a draft or publishes it, or only searches stories for it."""
    request, typed = screen.request, typed_page(screen)
    if request.method == "POST" and "_search" not in request.POST:
        return save_or_say(screen, typed)
    return arrange_page(screen, typed)


def save_or_say(screen, typed):
    """Back to the form with a sentence, or the form again with what is wrong."""
    if not typed.slots.is_valid():
        return arrange_page(screen, typed, status=422)
    try:
        made = save(screen, typed)
    except Refused as refused:
        messages.error(screen.request, str(refused))
        return arrange_page(screen, typed, status=422)
    if isinstance(made, arranging.Overtaken):
        return arrange_page(screen, typed, theirs=made.theirs, status=409)
    screen.say_what_is_made(made)
    return screen.to_form()


@dataclass(frozen=True)
class TypedPage:
    """What the form of a page shows: as it was sent, or the newest version."""

    row: Arrangement
    newest: ArrangementVersion | None
    slots: BaseFormSet
    bands: list[str]  # addresses of sections, in the order of their bands
    numbers: list[tuple]  # (section, the number of its band)
    base: int  # the version that it began with


def typed_page(screen) -> TypedPage:
    page, sections, sent = screen.page, screen.sections, screen.request.POST
    versions = ArrangementVersion.objects.filter(arrangement__page=page)
    newest = versions.select_related("arrangement").order_by("-version").first()
    row = newest.arrangement if newest else Arrangement(page=page)
    layout = newest.layout if newest else empty_layout()
    kwargs = {
        "zones": zones_of(page, sections),
        "sections": sections,
        "page": page,
        "kept": {slot["story"] for slot in layout["slots"]},
        "person": screen.request.user,
    }
    if "slot-TOTAL_FORMS" in sent:
        bands, numbers = bands_of(sent, sections)
        slots = SlotFormSet(sent, form_kwargs=kwargs, prefix="slot")
        return TypedPage(row, newest, slots, bands, numbers, whole_number(sent.get("base", "")))
    initial = initial_rows(layout, kwargs["zones"])
    slots = SlotFormSet(initial=initial, form_kwargs=kwargs, prefix="slot")
    numbers = numbers_of(sections, layout["bands"])
    base = newest.version if newest else 0
    return TypedPage(row, newest, slots, layout["bands"], numbers, base)


def numbers_of(sections, bands) -> list[tuple]:
    """(section, the number of its band): in the order of the layout, or of the sections while it has none."""
    order = {slug: number for number, slug in enumerate(bands, 1)}
    return [
        (each, order.get(each.slug, 0) if order else number)
        for number, each in enumerate(sections, 1)
    ]


def typed_layout(screen, typed: TypedPage) -> dict:
    return layout_of(typed.slots, typed.bands if screen.page == FRONT else [])


def save(screen, typed: TypedPage) -> ArrangementVersion | arranging.Overtaken:
    sent = screen.request.POST
    return arranging.save(
        screen.page,
        typed_layout(screen, typed),
        version=typed.base,
        by=screen.request.user,
        publish="_publish" in sent,
        note=sent.get("note", ""),
    )


def arrange_page(screen, typed: TypedPage, *, theirs=None, strip=None, status=200):
    """`theirs`: the version that somebody saved since. `strip`: the form of the breaking strip, when it was sent and
    something is wrong with it."""
    request, page, sections, row = screen.request, screen.page, screen.sections, typed.row
    standing = standing_now(page, sections)
    of_sections = [(SECTION + each.slug, each.name) for each in sections]
    versions = row.versions.select_related("made_by").order_by("-version") if row.pk else ()
    context = {
        "title": f"Arrange: {screen.name}",
        "page": page,
        "row": row,
        "newest": typed.newest,
        "theirs": theirs,
        "zones": rows_by_zone(typed.slots, page, sections, standing),
        "formset": typed.slots,
        "numbers": typed.numbers if page == FRONT else (),
        "base": theirs.version if theirs else typed.base,
        "pages": [(FRONT, "Front page"), *of_sections],
        "versions": list(versions[:VERSIONS]),
        "stories": at_hand(screen),
        "searched": request.POST.get("q", ""),
        "note": request.POST.get("note", ""),
        "clocks": zone_name(),
        "warnings": warnings(row, standing, request.user),
        "media": admin.site.get_model_admin(Arrangement).media,
        "breaking": list(Breaking.objects.filter(ends_at__gt=this_moment()).order_by("-pk")),
        "form": strip or breaking_form(request),
    }
    template = "admin/articles/arrangement/arrange.html"
    return desk_page(request, template, context, model=Arrangement, status=status)


def rows_by_zone(formset, page, sections, standing):
    rows = {zone: [] for zone, _ in zones_of(page, sections)}
    for form in formset:
        rows.get(form["zone"].value(), rows["lead"]).append(form)
    return [
        (
            zone,
            name,
            rows[zone],
            [card.headline for card in standing.get(zone, ())],
            zone.startswith("band:"),
            any(
                form["story"].value() or form["auto"].value() or form.errors for form in rows[zone]
            ),
        )
        for zone, name in zones_of(page, sections)
    ]


def standing_now(page, sections) -> dict[str, list]:
    """The cards that readers find in each zone at this moment."""
    if page != FRONT:
        lead = section_page(page, sections, layouts.shown_layout(page))["lead"]
        return {"lead": [lead]} if lead else {}
    front = curation.front_page(sections)
    zones = {
        "lead": [front.lead] if front.lead else [],
        "sublinks": front.more_on,
        "second": front.second,
        "opinion": front.opinion,
    }
    return zones | {f"band:{band.section.slug}": band.stories for band in front.bands}


def at_hand(screen) -> list[Article]:
    """The newest stories readers can see, or those that were searched for."""
    stories = Article.objects.live().select_related("section").defer(*not_for_lists())
    if screen.page != FRONT:
        stories = stories.filter(section__slug=screen.page.removeprefix(SECTION))
    for word in fold(normalise(screen.request.POST.get("q", "")[:200])).split()[:12]:
        stories = stories.filter(search_text__contains=word)
    return list(stories.newest_first()[:AT_HAND])


def warnings(row, standing, person: User) -> list[str]:
    """What of the published layout does not do what the desk meant, and a lead that has grown old, whoever or
    whatever put it there."""
    said, now = [], this_moment()
    for lead in standing.get("lead", ()):
        if dashboard.is_old_lead(lead.pk, now):
            said.append(f"The lead “{lead.headline}” is live for more than six hours.")
    uids = [slot["story"] for slot in row.shown["slots"] if slot["story"]]
    named = Article.objects.named_to(person).filter(uid__in=uids).defer(*not_for_lists())
    stories = {str(story.uid): story for story in named}
    for slot in row.shown["slots"]:
        story = stories.get(slot["story"])
        if story is None:
            continue
        if slot["until"] and datetime.fromisoformat(slot["until"]) <= now:
            said.append(
                f"The time of “{story}” in “{slot['zone']}” is over; the slot is automatic."
            )
        elif not story.is_live:
            said.append(
                f"“{story}” is not live ({story.get_status_display().lower()}); its slot is automatic."
            )
    return said


# --- looking at it


@page_screen
def preview(screen):
    """The page of what is typed, as readers would get it. Without a form there is nothing to look at."""
    if screen.request.method == "POST":
        return preview_of(screen, typed_page(screen))
    return screen.to_form()


def preview_of(screen, typed: TypedPage):
    if typed.slots.is_valid():
        notice = f"{screen.name}: preview of what is typed. Not saved."
        return as_readers_would(screen, arranging.ordered(typed_layout(screen, typed)), notice)
    found = [" ".join(errors) for slot in typed.slots for errors in slot.errors.values()]
    advice = f"{' '.join(found)} Close this tab and mend it in the other; nothing there is lost."
    context = {"title": "There is no preview yet", "advice": advice}
    return render(screen.request, "newsroom/plain_error.html", context, status=422)


@page_screen
def version(screen, number):
    """GET shows an old version with today's stories; POST makes it the newest draft."""
    request = screen.request
    old = ArrangementVersion.objects.filter(arrangement__page=screen.page, version=number).first()
    if old is None:
        raise Http404("There is no such version.")
    if request.method == "POST":
        base = whole_number(request.POST.get("base", ""))
        made = arranging.restore(screen.page, number, version=base, by=request.user)
        if isinstance(made, arranging.Overtaken):
            said = "Somebody saved meanwhile. Look at the newest version first; nothing was lost."
            messages.error(request, said)
        else:
            screen.say_what_is_made(made)
        return screen.to_form()
    notice = f"{screen.name}: version {number}, with today’s stories."
    return as_readers_would(screen, old.layout, notice)


def as_readers_would(screen, layout, notice):
    page, sections = screen.page, screen.sections
    context = {"notice": notice, "here": "front"}
    if page == FRONT:
        template, context["front"] = (
            "newsroom/front.html",
            curation.front_page(sections, layout),
        )
    else:
        template = "articles/section.html"
        context |= {
            "page": {"number": 1},
            "here": f"section {page.removeprefix(SECTION)}",
            **section_page(page, sections, layout),
        }
    with translation.override(settings.LANGUAGE_CODE):
        return render(screen.request, template, context)


def section_page(page, sections, layout) -> dict:
    """What the first page of a section prints with this layout."""
    section = next(each for each in sections if SECTION + each.slug == page)
    keys = (
        Article.objects.live()
        .filter(section=section)
        .newest_first()
        .values_list("pk", flat=True)[:PER_PAGE]
    )
    stories, lead = Article.objects.cards(list(keys)), curation.section_lead(section, layout)
    return {"section": section, **curation.lead_first(stories, lead)}


# --- the strip


def breaking_form(request, data=None):
    ends = timezone.localtime(this_moment() + arranging.BREAKING_LASTS)
    initial = {"day": ends.date(), "clock": ends.time().replace(second=0, microsecond=0)}
    return BreakingForm(data, initial=initial, person=request.user)


@permission_required(arranging.RIGHT, raise_exception=True)
def breaking(request):
    """POST puts the strip up, or takes the one that is up down; then back to the front page."""
    if request.method == "POST":
        if "_down" in request.POST:
            take_strip_down(request)
        elif (form := put_strip_up(request)).errors:
            screen = screen_or_404(request, FRONT)
            return arrange_page(screen, typed_page(screen), strip=form, status=422)
    return HttpResponseRedirect(address_of(FRONT))


def take_strip_down(request) -> None:
    for strip in Breaking.objects.filter(ends_at__gt=this_moment()):
        arranging.take_down(strip, by=request.user)
    messages.success(request, "The breaking strip is down.")


def put_strip_up(request) -> BreakingForm:
    """The form that was sent, with what is wrong with it if the strip is not up."""
    form = breaking_form(request, request.POST)
    if not form.is_valid():
        return form
    data = form.cleaned_data
    try:
        made = arranging.put_up(
            data["text"], article=data["story"], ends_at=data["ends_at"], by=request.user
        )
    except Refused as refused:
        form.add_error(None, str(refused))
    else:
        until = in_both_zones(made.ends_at)
        messages.success(request, f"“{made}” stands above every page until {until}.")
    return form
