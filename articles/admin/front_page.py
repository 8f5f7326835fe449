"""The front-page desk: what stands where, as drafts and published versions, and the breaking strip."""

from datetime import datetime

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
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
from newsroom.foundation.desk import DeskAdmin, whole_number
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
            return path(
                route, self.admin_site.admin_view(view), name=f"articles_arrangement_{name}"
            )

        return [
            at("breaking/", self.breaking_view, "breaking"),
            at("<path:page>/version/<int:number>/", self.version_view, "version"),
            at("<path:page>/preview/", self.preview_view, "preview"),
            at("<path:page>/arrange/", self.arrange_view, "arrange"),
            at("", self.changelist_view, "changelist"),
        ]

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:articles_arrangement_arrange", args=[FRONT]))

    def page_or_404(self, request, page):
        """(sections, name of the page), for somebody who may arrange it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        sections = list(Section.objects.in_order())
        if page == FRONT:
            return sections, "Front page"
        section = next((each for each in sections if SECTION + each.slug == page), None)
        if section is None:
            raise Http404("There is no such page.")
        return sections, section.name

    # --- arranging

    def arrange_view(self, request, page, strip=None):
        """`strip`: the form of the breaking strip, when it was sent and something is wrong with it."""
        sections, name = self.page_or_404(request, page)
        row = Arrangement.objects.filter(page=page).first() or Arrangement(page=page)
        newest = row.versions.order_by("-version").first() if row.pk else None
        typed = self.typed(request, page, sections, newest)
        status, theirs = 422 if strip else 200, None
        if request.method == "POST" and strip is None and "_search" not in request.POST:
            if typed["formset"].is_valid():
                made = self.save_typed(request, page, typed)
                if isinstance(made, ArrangementVersion):
                    self.say(request, name, made)
                    return HttpResponseRedirect(
                        reverse("admin:articles_arrangement_arrange", args=[page])
                    )
                status, theirs = (409, made.theirs) if made else (422, None)
            else:
                status = 422
        standing = self.standing_now(page, sections)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Arrange: {name}",
            "page": page,
            "row": row,
            "newest": newest,
            "theirs": theirs,
            "zones": self.rows_by_zone(typed["formset"], page, sections, standing),
            "formset": typed["formset"],
            "numbers": typed["numbers"] if page == FRONT else (),
            "base": theirs.version if theirs else typed["base"],
            "pages": [
                (FRONT, "Front page"),
                *((SECTION + each.slug, each.name) for each in sections),
            ],
            "versions": list(row.versions.select_related("made_by").order_by("-version")[:VERSIONS])
            if row.pk
            else [],
            "stories": self.at_hand(request, page, sections),
            "searched": request.POST.get("q", ""),
            "note": request.POST.get("note", ""),
            "clocks": zone_name(),
            "warnings": self.warnings(row, standing, request.user),
            "media": self.media,
            "breaking": list(Breaking.objects.filter(ends_at__gt=this_moment()).order_by("-pk")),
            "form": strip or self.breaking_form(request),
        }
        return TemplateResponse(
            request, "admin/articles/arrangement/arrange.html", context, status=status
        )

    def typed(self, request, page, sections, newest) -> dict:
        """What the form shows: as it was sent, or the newest version."""
        layout = newest.layout if newest else empty_layout()
        kept = {slot["story"] for slot in layout["slots"]}
        kwargs = {
            "zones": zones_of(page, sections),
            "sections": sections,
            "page": page,
            "kept": kept,
            "person": request.user,
        }
        if "slot-TOTAL_FORMS" in request.POST:
            bands, numbers = bands_of(request.POST, sections)
            formset = SlotFormSet(request.POST, form_kwargs=kwargs, prefix="slot")
            base = whole_number(request.POST.get("base", ""))
            return {"formset": formset, "bands": bands, "numbers": numbers, "base": base}
        order = {slug: place for place, slug in enumerate(layout["bands"], 1)}
        places = [
            (each, order.get(each.slug, 0) if order else place)
            for place, each in enumerate(sections, 1)
        ]
        formset = SlotFormSet(
            initial=initial_rows(layout, kwargs["zones"]), form_kwargs=kwargs, prefix="slot"
        )
        return {
            "formset": formset,
            "bands": layout["bands"],
            "numbers": places,
            "base": newest.version if newest else 0,
        }

    def save_typed(self, request, page, typed):
        layout = layout_of(typed["formset"], typed["bands"] if page == FRONT else [])
        try:
            return arranging.save(
                page,
                layout,
                version=typed["base"],
                by=request.user,
                publish="_publish" in request.POST,
                note=request.POST.get("note", ""),
            )
        except Refused as refused:
            messages.error(request, str(refused))
            return None

    @staticmethod
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
                    form["story"].value() or form["auto"].value() or form.errors
                    for form in rows[zone]
                ),
            )
            for zone, name in zones_of(page, sections)
        ]

    @staticmethod
    def standing_now(page, sections) -> dict[str, list]:
        """The cards that readers find in each zone at this moment."""
        if page != FRONT:
            lead = FrontDesk.section_page(page, sections, layouts.shown_layout(page))["lead"]
            return {"lead": [lead]} if lead else {}
        front = curation.front_page(sections)
        zones = {
            "lead": [front.lead] if front.lead else [],
            "sublinks": front.more_on,
            "second": front.second,
            "opinion": front.opinion,
        }
        return zones | {f"band:{band.section.slug}": band.stories for band in front.bands}

    def say(self, request, name, made):
        if made.is_published:
            messages.success(request, f"{name}: version {made.version} is what readers see now.")
        else:
            messages.success(
                request,
                f"{name}: version {made.version} is kept as a draft. Readers see no change.",
            )

    @staticmethod
    def at_hand(request, page, sections):
        """The newest stories readers can see, or those that were searched for."""
        stories = Article.objects.live().select_related("section").defer(*not_for_lists())
        if page != FRONT:
            stories = stories.filter(section__slug=page.removeprefix(SECTION))
        for word in fold(normalise(request.POST.get("q", "")[:200])).split()[:12]:
            stories = stories.filter(search_text__contains=word)
        return list(stories.newest_first()[:AT_HAND])

    @staticmethod
    def warnings(row, standing, person) -> list[str]:
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

    def preview_view(self, request, page):
        """The page of what is typed, as readers would get it."""
        sections, name = self.page_or_404(request, page)
        if request.method != "POST":
            return HttpResponseRedirect(reverse("admin:articles_arrangement_arrange", args=[page]))
        newest = (
            ArrangementVersion.objects.filter(arrangement__page=page).order_by("-version").first()
        )
        typed = self.typed(request, page, sections, newest)
        if not typed["formset"].is_valid():
            found = [
                " ".join(errors) for form in typed["formset"] for errors in form.errors.values()
            ]
            advice = (
                f"{' '.join(found)} Close this tab and mend it in the other; nothing there is lost."
            )
            context = {"title": "There is no preview yet", "advice": advice}
            return render(request, "newsroom/plain_error.html", context, status=422)
        layout = arranging.ordered(
            layout_of(typed["formset"], typed["bands"] if page == FRONT else [])
        )
        return self.as_readers_would(
            request, page, sections, layout, f"{name}: preview of what is typed. Not saved."
        )

    def version_view(self, request, page, number):
        """GET shows an old version with today's stories; POST makes it the newest draft."""
        sections, name = self.page_or_404(request, page)
        old = ArrangementVersion.objects.filter(arrangement__page=page, version=number).first()
        if old is None:
            raise Http404("There is no such version.")
        if request.method == "POST":
            base = whole_number(request.POST.get("base", ""))
            made = arranging.restore(page, number, version=base, by=request.user)
            if isinstance(made, arranging.Overtaken):
                messages.error(
                    request,
                    "Somebody saved meanwhile. Look at the newest version first; nothing was lost.",
                )
            else:
                self.say(request, name, made)
            return HttpResponseRedirect(reverse("admin:articles_arrangement_arrange", args=[page]))
        return self.as_readers_would(
            request, page, sections, old.layout, f"{name}: version {number}, with today’s stories."
        )

    def as_readers_would(self, request, page, sections, layout, notice):
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
                **self.section_page(page, sections, layout),
            }
        with translation.override(settings.LANGUAGE_CODE):
            return render(request, template, context)

    @staticmethod
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

    @staticmethod
    def breaking_form(request, data=None):
        ends = timezone.localtime(this_moment() + arranging.BREAKING_LASTS)
        initial = {"day": ends.date(), "clock": ends.time().replace(second=0, microsecond=0)}
        return BreakingForm(data, initial=initial, person=request.user)

    def breaking_view(self, request):
        """POST puts the strip up, or takes the one that is up down."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        back = HttpResponseRedirect(reverse("admin:articles_arrangement_arrange", args=[FRONT]))
        if request.method != "POST":
            return back
        if "_down" in request.POST:
            for strip in Breaking.objects.filter(ends_at__gt=this_moment()):
                arranging.take_down(strip, by=request.user)
            messages.success(request, "The breaking strip is down.")
            return back
        form = self.breaking_form(request, request.POST)
        if form.is_valid():
            data = form.cleaned_data
            try:
                made = arranging.put_up(
                    data["text"], article=data["story"], ends_at=data["ends_at"], by=request.user
                )
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(
                    request,
                    f"“{made}” stands above every page until {in_both_zones(made.ends_at)}.",
                )
                return back
        return self.arrange_view(request, FRONT, strip=form)
