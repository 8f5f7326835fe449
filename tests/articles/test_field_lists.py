"""Every list of a story's parts follows from one table: what is forgotten in one of them is lost or unseen.

The table is held against the model, and a made-up field in it is found in every list.
"""

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import JSONField, TextField

from articles import copydesk
from articles.forms.story import ArticleForm
from articles.models import Article, Event, Photo, Section, Series, Tag, UnsavedWork
from articles.reading.public_story import public_stories
from articles.story import (
    comparison,
    corrections,
    editing,
    fields,
    snapshots,
    three_way_merge,
    unsaved,
)
from articles.story.fields import Alarm, Field, Kind
from newsroom.api import shapes
from newsroom.api.articles import told
from newsroom.search import index
from tests.articles.test_desk_form import form_data
from tests.builders import a_draft, a_photo, a_section, a_snapshot, a_story, an_author

FORM_ONLY = {"base_version", "key"}
DATE_FIELDS = {"date_known", "published_day", "published_time"}
# loaded with lists of stories
SHORT_TEXTS = {"summary": "cards print it", "lead_caption": "a sentence"}
COLUMNS_OF_THE_PROCESS = {
    "id",
    "uid",
    "status",
    "live_from",
    "version",
    "shown_version",
    "origin",
    "created_at",
    "created_by",
    "saved_at",
    "saved_by",
    "taken_by",
    "updated_at",
}
DERIVED = {"sort_at", "kin", "word_count", "body_text", "search_text"}


def parts() -> set[str]:
    """Every part of a story, as a snapshot has them."""
    return set(snapshots.blank())


def test_the_type_of_a_snapshot_has_the_parts_of_the_table_and_no_others():
    assert list(fields.Snapshot.__annotations__) == [field.name for field in fields.FIELDS]
    assert tuple(fields.BylineRow.__annotations__) == snapshots.BYLINE_TEXTS


@pytest.mark.django_db
def test_the_table_has_every_column_that_says_something_and_each_once():
    columns = {field.name for field in Article._meta.concrete_fields}
    names = [field.name for field in fields.FIELDS]
    assert columns - COLUMNS_OF_THE_PROCESS - DERIVED == set(names) - {"tags", "bylines"}
    assert len(names) == len(set(names))
    assert set(names) == parts()


def test_what_goes_unsaid_says_why():
    assert all(bool(field.unsaid) == (field.alarm is Alarm.NONE) for field in fields.FIELDS)


def test_only_words_are_read_joined_or_left_out():
    for field in fields.FIELDS:
        assert field.kind in fields.TEXTS or not (field.checked or field.joinable or field.long), (
            field
        )


def test_the_form_has_every_part_and_the_desk_shows_every_field():
    on_the_form = set(ArticleForm.base_fields)
    assert on_the_form - FORM_ONLY - DATE_FIELDS == parts() - set(
        fields.of_kind(Kind.DATE, Kind.BYLINES)
    )
    shown = set(flatten_fieldsets(admin.site._registry[Article].fieldsets))
    assert shown == on_the_form


def test_long_texts_are_left_out_of_lists():
    texts = {field.name for field in Article._meta.concrete_fields if isinstance(field, TextField)}
    assert texts == set(fields.not_for_lists()) | set(SHORT_TEXTS)
    lists = {field.name for field in Article._meta.concrete_fields if isinstance(field, JSONField)}
    assert lists == {"related", "kin"}  # both of a few stories at most


@pytest.fixture
def weather(monkeypatch):
    """A field that no story has: a column that is there for something else, in the table under a label of its own."""

    def added(kind=Kind.PROSE, alarm=Alarm.EVERY_WORD, name="origin", **rest):
        row = Field(name, "Weather", kind, alarm, **rest)
        monkeypatch.setattr(fields, "FIELDS", (*fields.FIELDS, row))

    return added


@pytest.mark.django_db
def test_a_made_up_field_is_in_every_list(weather):
    weather(checked=True, joinable=True, long=True)
    story = a_draft("Bread")
    before = snapshots.latest(story)
    rain, sun = (snapshots.ordered(before | {"origin": words}) for words in ("rain the the", "sun"))
    assert snapshots.of_row(story)["origin"] == "desk"
    assert snapshots.fill(Article(), sun).origin == "sun"
    assert "origin" in fields.not_for_lists()
    assert "origin" in fields.on_the_form()
    # kept while it is typed, and compared
    typed = unsaved.as_snapshot(UnsavedWork(fields={"origin": ["sun"]}), before)
    assert typed["origin"] == "sun"
    assert not unsaved.says_the_same({"origin": ["sun"]}, None, rain)
    (change,) = comparison.field_changes(rain, sun)
    assert (change.label, change.before, change.after) == ("Weather", "rain the the", "sun")
    assert change.runs
    assert comparison.size(rain, sun) == (1, 3)
    # put together, checked, and told before it goes live without a word to readers
    (part,) = three_way_merge.merge(before, rain, sun).fields
    assert (part.label, part.choices) == ("Weather", ["mine", "theirs", "both"])
    assert part.chosen("both") == "rain the the\n\nsun"
    assert "origin" in {problem.field for problem in copydesk.look_over(rain)}
    assert "Weather changed." in corrections.telling_changes(rain, sun)
    assert not corrections.is_plainly_small(rain, sun)


@pytest.mark.django_db
def test_a_made_up_field_is_told_to_programs_and_found(weather):
    weather(api="weather", searched=True)
    story = a_story("Bread")  # by the desk, as its column says
    (public,) = public_stories([story.pk])
    assert told(public)["weather"] == "desk"
    names = index.words_for(index.published().get()).columns[1]
    assert "desk" in names


def test_what_programs_get_as_it_stands_is_in_the_document_of_the_api():
    assert set(fields.in_the_api()) <= set(shapes.FIELDS)


@pytest.mark.django_db
def test_a_made_up_field_that_makes_no_claim_is_no_alarm_and_one_of_a_list_is_not_joined(weather):
    weather(Kind.CHOICE, Alarm.NONE, unsaid="nobody reads it")
    before = snapshots.ordered(a_snapshot("Bread") | {"origin": "rain"})
    after = before | {"origin": "sun"}
    assert corrections.telling_changes(before, after) == []
    assert corrections.is_plainly_small(before, after)
    (part,) = three_way_merge.merge(before, before | {"origin": "fog"}, after).fields
    assert part.choices == ["mine", "theirs"]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in fields.WRITTEN_OUT])
def test_a_made_up_field_of_any_kind_is_carried_from_the_form_to_the_row_and_back(
    kind, weather, editor
):
    name, sent, value = {
        Kind.ROW: ("taken_by", str(editor.pk), editor.username),
        Kind.NUMBER: ("shown_version", "7", 7),
    }.get(kind, ("origin", "import", "import"))
    points = {"model": type(editor), "key": "username"} if kind is Kind.ROW else {}
    story = a_draft("Bread")
    weather(kind, Alarm.CHANGE, name=name, **points)
    fields.refuse_lost(fields.FIELDS)
    before = snapshots.latest(story)
    assert before[name] != value
    form = {"bylines-TOTAL_FORMS": ["0"], name: [sent]}
    assert unsaved.as_snapshot(UnsavedWork(fields=form), before)[name] == value
    after = snapshots.ordered(before | {name: value})
    assert snapshots.of_row(snapshots.fill(story, after))[name] == value
    (change,) = comparison.field_changes(before, after)
    assert (change.name, change.label) == (name, "Weather")
    assert three_way_merge.merge(before, before, after).result(before, {})[name] == value
    assert "Weather changed." in corrections.telling_changes(before, after)


@pytest.mark.parametrize("kind", fields.WRITTEN_OUT)
def test_a_field_of_a_kind_that_is_written_out_does_not_get_lost_unsaid(kind):
    with pytest.raises(ValueError, match="“weather”: write it out"):
        fields.refuse_lost((*fields.FIELDS, Field("weather", "Weather", kind)))


@pytest.mark.parametrize("wrong", [{"kind": Kind.ROW}, {"kind": Kind.LINE, "model": Tag}])
def test_a_field_that_names_another_row_says_of_which_model(wrong):
    with pytest.raises(ValueError, match="“weather”: a ROW says"):
        fields.refuse_lost((Field("weather", "Weather", **wrong),))


# --- unsaved work


@pytest.fixture
def whole(db):
    """A story, and another that differs from it in every part."""
    a_section("Economy"), a_section("Trade")
    for name in ("bread", "trade"):
        Tag.objects.named(name)
    other = a_story("Another")
    original = a_story("Оригинал", language="ru")
    story = a_draft("Bread", tags=["bread"])
    changes = {
        "headline": "Bread is up",
        "headline_from": "desk",
        "slug": "loaves",
        "summary": "A dek.",
        "body": "<p>New.</p>",
        "story_type": "opinion",
        "language": "uz",
        "byline_decision": "given",
        "dateline": "Moscow",
        "source_outlet": "The Wire",
        "lead_caption": "A loaf.",
        "search_title": "Loaves",
        "search_description": "Of loaves.",
        "source_note": "From a letter.",
        "how_reported": "We asked.",
        "section": "trade",
        "lead_photo": a_photo().sha256,
        "published_on": "2026-05-06",
        "published_at": "2026-05-06T04:30:00+00:00",
        "date_decided": True,
        "event": Event.objects.create(name="Strike").slug,
        "series": Series.objects.create(name="Mills").slug,
        "series_part": 2,
        "translation_of": str(original.uid),
        "related": [str(other.uid)],
        "tags": ["trade"],
        "bylines": [
            {"author": an_author("Ada Baker").slug, "name": "", "role": "writer", "shown": ""}
        ],
    }
    before = snapshots.latest(story) | {"date_decided": False, "published_on": None}
    editing.save(story, before, version=1)
    story.refresh_from_db()
    return story, snapshots.ordered(before | changes)


def as_sent(snapshot) -> dict[str, list[str]]:
    """The snapshot as the story form would send it."""
    keys = {
        "section": Section.objects.get(slug=snapshot["section"]).pk,
        "lead_photo": Photo.objects.get(sha256=snapshot["lead_photo"]).pk,
        "event": Event.objects.get(slug=snapshot["event"]).pk,
        "series": Series.objects.get(slug=snapshot["series"]).pk,
        "translation_of": Article.objects.get(uid=snapshot["translation_of"]).pk,
        "related": [Article.objects.get(uid=uid).pk for uid in snapshot["related"]],
        "tags": [Tag.objects.get(slug=slug).pk for slug in snapshot["tags"]],
        "date_known": "minute",
        "published_day": "2026-05-06",
        "published_time": "09:30",
        "series_part": snapshot["series_part"],
    }
    texts = {name: snapshot[name] for name in fields.texts()}
    rows = [
        row
        | {
            "author": next(
                iter(unsaved.Author.objects.filter(slug=row["author"]).values_list("pk", flat=True))
            )
        }
        for row in snapshot["bylines"]
    ]
    sent = form_data(rows=rows) | texts | keys
    return {
        name: [str(each) for each in (value if isinstance(value, list) else [value])]
        for name, value in sent.items()
    }


def test_unsaved_work_has_every_part_of_the_story(whole):
    story, wanted = whole
    before = snapshots.latest(story)
    assert {name for name in parts() if before[name] == wanted[name]} == set(), (
        "the sample must change every part"
    )
    work = UnsavedWork(fields=as_sent(wanted), base_version=story.version)
    typed = unsaved.as_snapshot(work, before)
    assert {name: typed[name] for name in parts() if typed[name] != wanted[name]} == {}
    shown = {change.name for change in comparison.field_changes(before, typed)}
    assert shown | {"body"} == parts()


def test_what_no_list_has_is_no_choice_and_what_is_no_date_stays(whole):
    story, wanted = whole
    sent = as_sent(wanted) | {
        "story_type": ["gossip"],
        "language": ["xx"],
        "byline_decision": ["nobody"],
        "published_day": ["2026-02-31"],
    }
    before = snapshots.latest(story)
    typed = unsaved.as_snapshot(UnsavedWork(fields=sent), before)
    for name in ("story_type", "language", "byline_decision", "published_on", "published_at"):
        assert typed[name] == before[name]


def test_tidying_drops_nothing_of_a_new_story(editor):
    sent = {
        "headline": ["Bread"],
        "body": ["<p>Text.</p>"],
        "summary": ["A dek."],
        "story_type": ["opinion"],
        "dateline": ["Kyiv"],
        "slug": ["loaves"],
    }
    for number in range(unsaved.MOST + 1):
        key = unsaved.uuid.UUID(int=number + 1)
        unsaved.keep(editor.pk, sent | {"key": [str(key)]}, key=key)
    story = Article.objects.get(created_by=editor)
    aside = story.revisions.exclude(aside=0).get().snapshot
    assert (aside["summary"], aside["story_type"], aside["dateline"], aside["slug"]) == (
        "A dek.",
        "opinion",
        "Kyiv",
        "loaves",
    )


def test_a_kept_text_that_is_too_long_is_named_when_texts_are_put_together(db):
    theirs, mine = a_snapshot("Bread"), a_snapshot("Bread " * 60)
    together = three_way_merge.merge(theirs, theirs, mine)
    with pytest.raises(three_way_merge.TooMuch, match="Headline: 3"):
        together.result(theirs, {"field-headline": "mine"})
    assert together.result(theirs, {"field-headline": "theirs"})["headline"] == "Bread"


# --- the alarm


def alarms(**changes):
    before = a_snapshot(
        "Bread",
        dateline="Kyiv",
        source_note="From a press release.",
        lead_caption="Protesters wait.",
        how_reported="We asked the ministry.",
        source_outlet="The Wire",
    )
    return corrections.telling_changes(before, snapshots.ordered(before | changes))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"dateline": "Moscow"}, "Dateline changed."),
        ({"story_type": "opinion"}, "Type changed."),
        ({"headline_from": "desk"}, "Headline from changed."),
        ({"source_outlet": "Another"}, "Outlet changed."),
        ({"bylines": [{"name": "Ada"}]}, "Byline changed."),
        ({"source_note": "From papers seen by us."}, "Source note changed."),
        ({"how_reported": "We asked nobody at all."}, "How we reported this changed."),
        ({"lead_caption": "Protesters run."}, "Photo caption changed."),
        ({"search_title": "48 dead"}, "A number changed: nothing → 48."),
    ],
)
def test_a_change_that_can_mislead_is_told(changes, sentence):
    assert sentence in alarms(**changes)


@pytest.mark.django_db
def test_what_makes_no_claim_raises_no_alarm():
    for changes in (
        {"section": None, "slug": "x"},
        {"related": [], "language": "uz"},
        {"lead_caption": "Protesters wait"},
    ):
        assert alarms(**changes) == []


@pytest.mark.django_db
def test_a_caption_of_a_photo_in_the_text_is_told():
    photo = a_photo().sha256

    def snapshot(words):
        return a_snapshot(
            "Bread",
            body=f'<p>x</p><figure data-photo="{photo}"><figcaption>{words}</figcaption></figure>',
        )

    before, after = snapshot("they wait"), snapshot("they run")
    assert "The caption of a photo in the text changed." in corrections.telling_changes(
        before, after
    )
    assert not corrections.is_plainly_small(before, after)
