"""The story form: filled from a snapshot, and giving one back. It writes nothing itself."""

import uuid
from datetime import datetime

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.utils import timezone
from django_prose_editor.fields import ProseEditorFormField
from django_prose_editor.widgets import AdminProseEditorWidget

from articles.forms.fields import OneAuthorField, SeveralField, in_order_of
from articles.models import Article, Byline, Tag
from articles.models.article import EARLIEST_YEAR, MOST_RELATED
from articles.models.tag import MOST_TAGS
from articles.story import fields as story_fields
from articles.story import snapshots
from articles.story.fields import Kind, Snapshot
from articles.text import body
from newsroom.foundation import languages, lengths
from newsroom.foundation.local_time import wall_time
from newsroom.foundation.text import is_blank, normalise, slug_validator

# The <style> that the editor (Tiptap) adds once; its hash is allowed on the forms that have an editor.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"
# What the editor can make is what the cleaner lets through: one list, held together by a test.
EDITOR_EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "HorizontalRule": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "PhotoInText": True,
    "PullQuote": True,
    "FactBox": True,
    "OneBoxEach": True,
    "Embed": True,
    "DeskNote": True,
    "HTML": True,
    "NoSpellCheck": False,
    "CleanPaste": True,
    "FindReplace": True,
    "StoryLanguage": True,
    "TrailingNode": True,
    "Toolbar": True,
    "Menu": {
        "groups": [
            {"group": "blockType -lists", "type": "dropdown", "minItems": 2},
            {"group": "marks"},
            {"group": "link"},
            {"group": "lists"},
            {"group": "nodes -blockType -lists"},
            {"group": "insert"},
            {"group": "table"},
            {"group": "history"},
            {"group": "words"},
            {"group": "utility"},
        ]
    },
}


class BodyInput(ProseEditorFormField):
    """The text, in the editor; `clean` measures it again as it will be stored: an ampersand becomes five characters."""

    def __init__(self, **kwargs):
        fixed = {
            "sanitize": body.clean,
            "widget": AdminProseEditorWidget,
            "max_length": lengths.BODY,
            "label": "Text",
        }
        super().__init__(**fixed | kwargs)

    def clean(self, value):
        cleaned = super().clean(value)
        if len(cleaned) > lengths.BODY:
            raise ValidationError(body.TOO_LONG.format(len(cleaned), lengths.BODY))
        return cleaned


class DateKnown:
    """How much of the story's date is known: the three values of the date, and "not decided"."""

    UNDECIDED, NOT_STATED, DAY, MINUTE = "", "none", "day", "minute"
    CHOICES = [
        (UNDECIDED, "Not decided yet"),
        (MINUTE, "Known to the minute"),
        (DAY, "Known to the day"),
        (NOT_STATED, "Not stated: readers see “Date not stated”"),
    ]

    @classmethod
    def of(cls, snapshot):
        if snapshot["published_at"]:
            return cls.MINUTE
        if snapshot["published_on"]:
            return cls.DAY
        return cls.NOT_STATED if snapshot["date_decided"] else cls.UNDECIDED


class ArticleForm(forms.ModelForm):
    """Shapes: `snapshot()` gives the story as it was typed; bylines come from the inline rows beside the form."""

    base_version = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 2
    )
    # What the story's identity will be: a form of a new story that is sent twice makes one draft.
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    body = BodyInput(
        required=False,
        extensions=EDITOR_EXTENSIONS,
        help_text="Paste from Word or a web page: pictures, colours and fonts are dropped, the words stay.",
    )
    tags = SeveralField(
        Tag.objects.alphabetical(),
        required=False,
        most=MOST_TAGS,
        things="tags",
        help_text=f"At most {MOST_TAGS}; readers see them.",
    )
    related = SeveralField(
        Article.objects.all(),
        required=False,
        most=MOST_RELATED,
        things="stories",
        label="Related stories",
        help_text="Picked by hand they stand first under the text. What shares tags and words follows by itself.",
    )
    date_known = forms.ChoiceField(
        choices=DateKnown.CHOICES,
        required=False,
        label="The story’s date",
        widget=forms.RadioSelect,
    )
    published_day = forms.DateField(
        required=False,
        label="Day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    published_time = forms.TimeField(
        required=False, label="Time", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    class Meta:
        model = Article
        fields = story_fields.on_the_form()
        widgets = {
            "headline": forms.Textarea(attrs={"rows": 2}),
            "summary": forms.Textarea(attrs={"rows": 3}),
            "lead_caption": forms.Textarea(attrs={"rows": 2}),
            "how_reported": forms.Textarea(attrs={"rows": 4}),
            "source_note": forms.Textarea(attrs={"rows": 3}),
            "language": forms.Select,
        }
        help_texts = {
            "headline": "What readers see first, everywhere. About 70 characters fit search results.",
            "headline_from": "Say so when the source had no headline and the desk supplied one.",
            "summary": "One or two sentences under the headline, on cards and in search results.",
            "byline_decision": "Who signs. A story goes live only when this is decided.",
            "dateline": "Where it was reported from; stands in front of the text.",
            "source_outlet": "The outlet a report was taken from, if its document names one.",
            "section": "Every live story stands in exactly one.",
            "lead_photo": "Stands above the text and on cards. Use the magnifying glass to choose or upload one.",
            "lead_caption": "Left empty, the photo’s own caption is printed.",
            "how_reported": "Short and plain: what you read, whom you asked. Readers trust it more than any badge.",
            "source_note": "Where the wording or the facts come from; printed under the story.",
            "search_title": "For search engines only. Left empty, the headline is used.",
            "search_description": "For search engines only. Left empty, the dek is used.",
            "event": "Other outlets’ reports of the same event are shown beside each other.",
            "series": "Stories that are read in order.",
            "series_part": "Which part of the series this is: 1, 2, 3 …",
            "translation_of": "The story in its first language. Readers of each find the other.",
            "slug": "The address a draft wishes for. Left empty, it is made from the headline when it goes live.",
        }

    def __init__(self, *args, snapshot=None, **kwargs):
        """`snapshot`: what the fields show when nothing was sent yet."""
        self.opened_with = snapshot = snapshot or snapshots.blank()
        initial = {name: snapshot[name] for name in (*self.Meta.fields, "tags") if name in snapshot}
        # The form names rows by pk; snapshots never do.
        filled = snapshots.fill(Article(), snapshot)
        minute = timezone.localtime(filled.published_at) if filled.published_at else None
        initial |= {
            "section": filled.section,
            "lead_photo": filled.lead_photo,
            "tags": Tag.objects.filter(slug__in=snapshot["tags"]),
            "event": filled.event,
            "series": filled.series,
            "translation_of": filled.translation_of,
            "related": Article.objects.filter(uid__in=snapshot["related"]),
            "date_known": DateKnown.of(snapshot),
            "published_day": minute.date() if minute else filled.published_on,
            "published_time": minute.time() if minute else None,
            "base_version": self.version_of(kwargs.get("instance")),
            "key": uuid.uuid4(),
        }
        kwargs["initial"] = initial | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        if "language" in self.fields:
            self.fields["language"].widget.choices = self.languages(snapshot["language"])

    @staticmethod
    def languages(current):
        known = languages.CHOICES
        return known if current in languages.NAMES else [(current, current), *known]

    @staticmethod
    def version_of(instance):
        return instance.version if instance is not None and instance.pk else 0

    def clean_language(self):
        language = self.cleaned_data["language"]
        if language not in languages.NAMES and language != self.opened_with["language"]:
            raise ValidationError("Choose a language from the list.")
        return language

    def clean_slug(self):
        slug = self.cleaned_data["slug"].strip()
        if slug:
            slug_validator(slug)
        return slug

    def clean_published_day(self):
        day = self.cleaned_data["published_day"]
        if day and not EARLIEST_YEAR <= day.year <= timezone.localdate().year + 1:
            raise ValidationError("That year cannot be meant.")
        return day

    def clean_translation_of(self):
        """A story that others translate is an original itself, and none translates itself."""
        original = self.cleaned_data["translation_of"]
        if original and self.instance.pk:
            if original.pk == self.instance.pk or original.translation_of_id == self.instance.pk:
                raise ValidationError("That is this story, or a translation of it.")
            if self.instance.translations.exists():
                raise ValidationError(
                    "Other stories are translations of this one: it is the original."
                )
        return original

    def clean(self):
        data = super().clean()
        self.check_lengths(data)
        known, day, clock = (
            data.get("date_known"),
            data.get("published_day"),
            data.get("published_time"),
        )
        if day and known not in (DateKnown.DAY, DateKnown.MINUTE):
            self.add_error(
                "date_known", "You gave a day. Say how exactly it is known, or empty the field."
            )
        if (
            known in (DateKnown.DAY, DateKnown.MINUTE)
            and not day
            and "published_day" not in self.errors
        ):
            self.add_error("published_day", "Say which day.")
        elif clock and known != DateKnown.MINUTE:
            self.add_error(
                "date_known", "You gave a time. Choose “known to the minute”, or empty the field."
            )
        if known == DateKnown.MINUTE and not clock and "published_time" not in self.errors:
            self.add_error("published_time", "Say at what time, or choose “known to the day”.")
        if known == DateKnown.MINUTE and day and clock:
            try:
                data["minute"] = self.minute_it_had(day, clock) or wall_time(day, clock)
            except ValidationError as error:
                self.add_error("published_time", error)
        if data.get("series_part") and not data.get("series") and "series" not in self.errors:
            self.add_error(
                "series_part", "Choose the series this is a part of, or empty the field."
            )
        return data

    def minute_it_had(self, day, clock):
        """The moment as it was stored, when day and time are what they were: seconds, and which of two equal hours."""
        had = self.opened_with["published_at"]
        if not had:
            return None
        moment = datetime.fromisoformat(had)
        local = timezone.localtime(moment)
        shown = local.date(), local.time().replace(second=0, microsecond=0)
        return moment if shown == (day, clock) else None

    def check_lengths(self, data):
        """As the database stores the texts: normalising may make them longer."""
        for name in ArticleForm.Meta.fields:
            most = getattr(Article._meta.get_field(name), "max_length", None)
            if most and isinstance(data.get(name), str) and len(normalise(data[name])) > most:
                self.add_error(name, f"At most {most} characters fit here.")

    def _post_clean(self):
        """The story is checked by its constraints when it is saved; here only the fields are."""

    def snapshot(self, bylines: list[dict]) -> Snapshot:
        """What was typed, as a snapshot. Only after `is_valid()`."""
        data = self.cleaned_data
        facts = {name: data[name] for name in self.Meta.fields if name in story_fields.texts()}
        for field in story_fields.references():
            facts[field.name] = field.name_of(data[field.name])
        for name in story_fields.of_kind(Kind.NUMBER):
            facts[name] = data[name]
        if data["series"] is None:
            facts["series_part"] = None
        known = data["date_known"]
        dated = known in (DateKnown.DAY, DateKnown.MINUTE)
        return snapshots.ordered(
            facts
            | {
                # The first tag stands beside the section.
                "tags": in_order_of(self.opened_with["tags"], [tag.slug for tag in data["tags"]]),
                "published_on": data["published_day"].isoformat() if dated else None,
                "published_at": data["minute"].isoformat() if known == DateKnown.MINUTE else None,
                "date_decided": known != DateKnown.UNDECIDED,
                "related": in_order_of(
                    self.opened_with["related"], [str(story.uid) for story in data["related"]]
                ),
                "bylines": bylines,
            }
        )


class BylineForm(forms.ModelForm):
    class Meta:
        model = Byline
        fields = ["author", "name", "role", "shown"]
        field_classes = {"author": OneAuthorField}
        # The rows' labels stand in the table's head, which a screen reader does not tie to the fields.
        widgets = {
            "name": AdminTextInputWidget(attrs={"aria-label": "Free name"}),
            "role": forms.Select(attrs={"aria-label": "Role"}),
            "shown": AdminTextInputWidget(attrs={"aria-label": "Shown text"}),
        }

    def clean(self):
        data = super().clean()
        if not data.get("author") and is_blank(data.get("name")):
            raise ValidationError("Choose an author or type a name.")
        return data

    def _post_clean(self):
        """Rows are written from the snapshot, which the database checks then."""

    def row(self) -> dict:
        data = self.cleaned_data
        return {
            "author": data["author"].slug if data["author"] else "",
            "name": data["name"],
            "role": data["role"],
            "shown": data["shown"],
        }
