"""The form of the front-page desk: one row for each slot. What was typed goes in and comes out as a layout."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from operator import itemgetter
from typing import Any, cast
from urllib.parse import urlsplit

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import ForeignKeyRawIdWidget
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone

from articles.front_page.arranging import LONGEST_LINE, line
from articles.front_page.layouts import zone_size
from articles.models import Article, Photo, Section
from articles.models.arrangement import FRONT, SECTION, Layout, Slot
from articles.story.addresses import path_for
from authors.models import User
from newsroom.foundation.desk import is_key
from newsroom.foundation.local_time import wall_time
from newsroom.foundation.text import LineInput, ProseInput, normalise

NAMES = {
    "lead": "Lead",
    "sublinks": "Lines under the lead",
    "second": "Beside the lead",
    "opinion": "Opinion",
}


def story_at(typed: str, stories) -> Article | None:
    """Of these stories the one whose address was typed, in any form of it; None for nothing. Raises ValidationError
    for no story, and in the same words for one that is not among them."""
    if not typed.strip():
        return None
    try:
        slug = urlsplit(typed.strip()).path.rstrip("/").rpartition("/")[2]
    except ValueError:
        slug = ""
    story = stories.select_related("section").filter(addresses__path=path_for(slug)).first()
    if story is None:
        raise ValidationError("No story has that address.")
    return story


def zones_of(page: str, sections: Iterable[Section]) -> list[tuple[str, str]]:
    """[(zone, what it is called)] of a page, from its top down."""
    if page != FRONT:
        return [("lead", "Lead")]
    return [*NAMES.items(), *((f"band:{section.slug}", section.name) for section in sections)]


class PhotoNumber(ForeignKeyRawIdWidget):
    """A photo of the library, chosen in its popup."""

    def __init__(self, attrs=None):
        relation = Article._meta.get_field("lead_photo").remote_field
        super().__init__(relation, admin.site, attrs)  # pyright: ignore[reportArgumentType] - of a foreign key

    def label_and_url_for_value(self, value):
        # articles/desk/photo_field.js shows the picture; a query for each slot would be a hundred
        return ("", "")


class SlotForm(forms.Form):
    """One slot. `story`: the story's address as it stands in the browser, or its last part."""

    zone = forms.ChoiceField()
    rank = forms.IntegerField(
        label="Place", min_value=1, max_value=99, widget=forms.NumberInput(attrs={"size": 3})
    )
    story = LineInput(
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"list": "stories", "autocomplete": "off"}),
        help_text="Its address. Left empty, the newest stands here.",
    )
    auto = forms.ChoiceField(required=False, label="Otherwise the newest in")
    headline = LineInput(required=False, max_length=250, label="Own headline")
    dek = ProseInput(
        required=False, max_length=400, label="Own dek", widget=forms.Textarea(attrs={"rows": 2})
    )
    photo = LineInput(
        required=False,
        max_length=40,
        label="Own photo",
        widget=PhotoNumber,
        help_text="Its number in the library.",
    )
    begins = forms.DateTimeField(required=False, label="From")
    ends = forms.DateTimeField(required=False, label="Until")
    is_sponsored = forms.BooleanField(required=False, label="Sponsored")

    def __init__(self, *args, zones, sections, person: User, page=FRONT, kept=(), **kwargs):
        """`page`: which one is arranged; `kept`: uids that it has already and that may have gone since; `person`: who
        arranges, and finds only stories that may be named to them, beside those that it has."""
        super().__init__(*args, **kwargs)
        self.page, self.kept = page, kept
        self.stories = Article.objects.named_to(person) | Article.objects.filter(
            uid__in=[uid for uid in kept if uid]
        )
        self.fields["zone"].choices = zones
        self.fields["auto"].choices = [
            ("", "the whole paper"),
            *((each.slug, each.name) for each in sections),
        ]
        for name in ("begins", "ends"):
            self.fields[name].widget = forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            )

    def clean_story(self):
        story = story_at(self.cleaned_data["story"], self.stories)
        if story is None:
            return None
        if str(story.uid) not in self.kept:
            if story.status != Article.Status.PUBLISHED:
                raise ValidationError("That story is not published.")
            if self.page != FRONT and self.page != f"{SECTION}{story.section.slug}":
                raise ValidationError(f"That story stands in {story.section}.")
        return story

    def clean_photo(self):
        typed = self.cleaned_data["photo"].strip()
        if not typed:
            return None
        photo = Photo.objects.ready().filter(pk=typed).first() if is_key(typed) else None
        if photo is None:
            raise ValidationError("No photo of that number is ready for use.")
        return photo

    def clean(self):
        data = super().clean()
        for name in ("begins", "ends"):
            if data.get(name) and not 2000 <= data[name].year <= 2100:
                self.add_error(name, "That year cannot be meant.")
        if data.get("begins") and data.get("ends") and data["ends"] <= data["begins"]:
            self.add_error("ends", "It ends before it begins.")
        for name in ("headline", "dek"):
            most = cast(int, self.fields[name].max_length)
            if data.get(name) and len(normalise(data[name])) > most:
                self.add_error(name, f"At most {most} characters fit here.")
        said = [name for name in ("headline", "dek", "photo", "begins", "ends") if data.get(name)]
        if said and "story" not in self.errors and not data.get("story") and not data.get("auto"):
            self.add_error(
                "story",
                "These words belong to no story. Choose one, or empty the fields under “More”.",
            )
        if (
            data.get("story")
            and data.get("zone") == "opinion"
            and data["story"].story_type != Article.Type.OPINION
        ):
            self.add_error("story", "That is no opinion; this zone would make it look like one.")
        return data

    def slot(self) -> Slot:
        data = self.cleaned_data
        begins, ends = (each.isoformat() if each else "" for each in (data["begins"], data["ends"]))
        return {
            "zone": data["zone"],
            "story": str(data["story"].uid) if data["story"] else "",
            "auto": data["auto"],
            "headline": data["headline"],
            "dek": data["dek"],
            "photo": data["photo"].sha256 if data["photo"] else "",
            "from": begins,
            "until": ends,
            "is_sponsored": data["is_sponsored"],
        }

    @property
    def more_fields(self):
        """What stands under "More"."""
        return [field for field in self.visible_fields() if field.name not in ("rank", "story")]

    @property
    def says_more(self):
        """Something under "More" is filled in, or is wrong."""
        told = ("headline", "begins", "ends", "auto", "photo", "is_sponsored")
        return bool(self.errors or any(self[name].value() for name in told))

    @property
    def is_used(self):
        return bool(self.cleaned_data.get("story") or self.cleaned_data.get("auto"))


class OnePage(BaseFormSet):
    """All slots of a page: a story stands once, and no zone has more than its places."""

    def clean(self):
        seen, places = {}, {}
        names = dict(self.forms[0].fields["zone"].choices) if self.forms else {}
        for form in self.forms:
            zone, story = form.cleaned_data.get("zone"), form.cleaned_data.get("story")
            if story and story in seen:
                form.add_error("story", f"It stands in {names.get(seen[story])} already.")
            seen[story] = zone
            if zone and form.is_used:
                places[zone] = places.get(zone, 0) + 1
                if zone != "lead" and places[zone] > zone_size(zone):
                    form.add_error(
                        "story",
                        f"{names.get(zone)} has {zone_size(zone)} places, and they are taken.",
                    )


SlotFormSet = formset_factory(SlotForm, formset=OnePage, extra=0, max_num=200, absolute_max=200)


def initial_rows(layout: Layout, zones: Iterable[tuple[str, str]]) -> list[dict]:
    """What the form opens with: the slots of every zone, and an empty row for every place that is left."""
    uids = [slot["story"] for slot in layout["slots"] if slot["story"]]
    slugs = {
        str(uid): slug
        for uid, slug in Article.objects.filter(uid__in=uids).values_list("uid", "slug")
    }
    hashes = [slot["photo"] for slot in layout["slots"] if slot["photo"]]
    photos = dict(Photo.objects.filter(sha256__in=hashes).values_list("sha256", "pk"))
    rows = []
    for zone, _ in zones:
        rank = 0
        for rank, slot in enumerate((slot for slot in layout["slots"] if slot["zone"] == zone), 1):
            if slot["story"] or slot["auto"]:
                rows.append(
                    {
                        "zone": zone,
                        "rank": rank,
                        "story": slugs.get(slot["story"], ""),
                        "auto": slot["auto"],
                        "headline": slot["headline"],
                        "dek": slot["dek"],
                        "photo": photos.get(slot["photo"], ""),
                        "begins": moment(slot["from"]),
                        "ends": moment(slot["until"]),
                        "is_sponsored": slot["is_sponsored"],
                    }
                )
            else:
                rows.append({"zone": zone, "rank": rank})
        rows += [{"zone": zone, "rank": empty} for empty in range(rank + 1, zone_size(zone) + 1)]
    return rows


def moment(value: str):
    return timezone.localtime(datetime.fromisoformat(value)) if value else None


def layout_of(formset: Iterable[SlotForm], bands: list[str]) -> dict:
    """The layout that was typed. Places that nobody filled between two slots are automatic."""
    zones = {}
    for form in formset:
        if form.is_used:
            zones.setdefault(form.cleaned_data["zone"], []).append(
                (form.cleaned_data["rank"], form.slot())
            )
    slots = []
    for zone, typed in zones.items():
        placed = []
        for number, (rank, slot) in enumerate(sorted(typed, key=itemgetter(0))):
            to_come = len(typed) - number  # this one among them
            while len(placed) + 1 < rank and len(placed) + to_come < zone_size(zone):
                placed.append({"zone": zone})
            placed.append(slot)
        slots += placed
    return {"slots": slots, "bands": bands}


def bands_of(post: Mapping[str, Any], sections: Iterable[Section]) -> tuple[list[str], list[tuple]]:
    """The order of the bands as their numbers say, and [(section, number)] to show again. No number leaves a band out;
    every band in its usual order is no order at all, so that a new section shows itself."""
    numbers = []
    for number, section in enumerate(sections, 1):
        typed = post.get(f"band-{section.slug}", str(number)).strip()
        numbers.append(
            (section, int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 4 else 0)
        )
    shown = sorted((pair for pair in numbers if pair[1]), key=lambda pair: pair[1])
    bands = [section.slug for section, _ in shown] or [""]
    return ([] if bands == [section.slug for section in sections] else bands), numbers


class BreakingForm(forms.Form):
    text = LineInput(
        max_length=LONGEST_LINE, label="The line", help_text="What has happened, in one line."
    )
    story = LineInput(
        required=False,
        max_length=300,
        label="Story",
        widget=forms.TextInput(attrs={"list": "stories"}),
        help_text="Its address, when the line leads to one.",
    )
    day = forms.DateField(
        label="Ends on", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    clock = forms.TimeField(
        label="at", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(self, *args, person: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_text(self):
        text = line(self.cleaned_data["text"])
        if not text:
            raise ValidationError("Write the line.")
        if len(text) > LONGEST_LINE:
            raise ValidationError(f"At most {LONGEST_LINE} characters fit here.")
        return text

    def clean_story(self):
        story = story_at(self.cleaned_data["story"], Article.objects.named_to(self.person))
        if story is not None and not story.is_live:
            raise ValidationError("Readers do not see that story yet: the line would lead nowhere.")
        return story

    def clean(self):
        data = super().clean()
        if data.get("day") and data.get("clock"):
            try:
                data["ends_at"] = wall_time(data["day"], data["clock"])
            except ValidationError as error:
                self.add_error("clock", error)
        return data
