"""The story form: filled from a snapshot, saved as a revision, and nothing goes live by saving."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, LogLine, Tag
from articles.story import editing, fields, snapshots
from newsroom.foundation.text import prose
from tests.builders import a_draft, a_photo, a_section, a_snapshot, a_story, an_author, seen
from tests.samples import cases
from tests.sizes import some

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"


def form_data(article=None, rows=(), **changes):
    """What a browser would send for the form as it is, with `changes`."""
    snapshot = snapshots.latest(article) if article else snapshots.blank()
    data = {name: snapshot[name] for name in fields.texts()}
    data |= {
        "base_version": article.version if article else 0,
        "date_known": "none",
        "tags": [],
        "section": "",
    }
    data |= {
        "bylines-TOTAL_FORMS": len(rows),
        "bylines-INITIAL_FORMS": 0,
        "bylines-MIN_NUM_FORMS": 0,
        "bylines-MAX_NUM_FORMS": 30,
    }
    for number, row in enumerate(rows):
        data |= {
            f"bylines-{number}-{name}": value for name, value in ({"role": "writer"} | row).items()
        }
    return data | changes


def test_a_reporter_writes_a_story_from_an_empty_form(desk, reporter):
    author, section, photo = an_author("Ada Baker"), a_section(), a_photo()
    tag = Tag.objects.named("Food")
    answer = desk(reporter).post(
        f"{LIST}add/",
        form_data(
            rows=[{"author": author.pk}, {"name": "A Guest", "role": "translator"}],
            headline="Bread\r\nprices",
            summary="Dek",
            body="<p>Text</p>",
            byline_decision="given",
            section=section.pk,
            tags=[tag.pk],
            lead_photo=photo.pk,
            date_known="minute",
            published_day="2026-03-04",
            published_time="09:30",
        ),
    )
    assert answer.status_code == 302, answer.context["errors"]
    story = Article.objects.get()
    assert (story.headline, story.status, story.created_by) == ("Bread prices", "draft", reporter)
    assert story.published_at.isoformat() == "2026-03-04T04:30:00+00:00"
    assert [row.printed_name for row in story.bylines.order_by("order")] == ["Ada Baker", "A Guest"]
    assert (story.section, story.lead_photo, story.tag_links.get().tag) == (section, photo, tag)
    revision = story.revisions.get()
    assert (revision.made_by, revision.snapshot["headline"]) == (reporter, "Bread prices")


def test_the_form_opens_with_the_newest_revision_and_saving_it_changes_nothing(desk, chief):
    author = an_author("Ada Baker")
    story = a_story("As readers see it", by=[author], tags=["Zebra", "Apple"])
    editing.save(
        story, a_snapshot("Working copy", by=[author, "Guest"]), version=story.version, by=chief
    )
    page = desk(chief).get(f"{LIST}{story.pk}/change/")
    form, (inline,) = page.context["adminform"].form, page.context["inline_admin_formsets"]
    assert form.initial["headline"] == "Working copy"
    assert [row.initial.get("name") for row in inline.formset.forms] == ["", "Guest"]
    assert "working copy" in page.content.decode()


def test_tags_keep_their_order_when_others_are_added(desk, chief):
    draft = a_draft("Order", tags=["Zebra", "Apple"])
    tags = [Tag.objects.named(name).pk for name in ("Apple", "Bread", "Zebra")]
    section = draft.section.pk
    data = form_data(
        draft, tags=tags, section=section, date_known="day", published_day="2026-03-04"
    )
    assert desk(chief).post(f"{LIST}{draft.pk}/change/", data).status_code == 302
    assert snapshots.latest(draft)["tags"] == ["zebra", "apple", "bread"]


def test_a_stale_save_answers_409_and_gives_every_word_back(desk, chief, editor):
    draft = a_draft("Base")
    opened = form_data(draft)
    editing.save(draft, a_snapshot("Theirs"), version=1, by=editor)
    answer = desk(chief).post(
        f"{LIST}{draft.pk}/change/", opened | {"headline": "Mine", "body": "<p>My long words</p>"}
    )
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "My long words" in text
    assert "Mine" in text
    assert "editor saved version 2" in " ".join(text.split())
    draft.refresh_from_db()
    assert (draft.headline, draft.version) == ("Theirs", 2)
    assert draft.revisions.get(aside=1).snapshot["headline"] == "Mine"


@pytest.mark.parametrize(
    "field",
    ["status", "live_from", "version", "shown_version", "published_at", "origin", "created_by"],
)
def test_forged_fields_change_nothing(desk, reporter, field):
    draft = editing.create(a_snapshot("Mine"), by=reporter)
    before = getattr(draft, field)
    value = {"status": "published", "live_from": "2020-01-01"}.get(field, "7")
    desk(reporter).post(
        f"{LIST}{draft.pk}/change/", form_data(draft, **{field: value, "headline": "New"})
    )
    draft.refresh_from_db()
    if field not in ("version", "shown_version", "published_at"):
        assert getattr(draft, field) == before
    assert (draft.status, draft.version, draft.headline) == ("draft", 2, "New")


def test_saving_a_live_story_makes_a_working_copy_and_says_so(desk, chief, page):
    story = a_story("As readers see it")
    answer = desk(chief).post(
        f"{LIST}{story.pk}/change/",
        form_data(story, headline="Later words", section=story.section.pk),
        follow=True,
    )
    assert "Readers go on seeing the published version" in answer.content.decode()
    assert "Later words" not in page(story.get_absolute_url())


def test_the_publish_button_saves_then_asks_then_acts(desk, editor, page):
    section = a_section()
    browser = desk(editor)
    data = form_data(
        headline="Bread",
        body="<p>x</p>",
        byline_decision="staff",
        section=section.pk,
        date_known="",
        _publish="1",
    )
    answer = browser.post(f"{LIST}add/", data)
    story = Article.objects.get()
    assert answer["Location"] == f"{LIST}{story.pk}/act/publish/"
    step = browser.get(answer["Location"]).content.decode()
    assert "Readers see this story from the moment you press the button." in step
    assert "Date the story with the moment it goes live" in step
    page("/articles/bread/", 404)
    unticked = browser.post(
        f"{LIST}{story.pk}/act/publish/", {"story_date": "this_act", "version": story.version}
    )
    assert "There is no dek" in unticked.content.decode()
    page("/articles/bread/", 404)
    answer = browser.post(
        f"{LIST}{story.pk}/act/publish/", {"story_date": "this_act"} | seen(story), follow=True
    )
    assert "is live" in answer.content.decode()
    assert "Bread" in page("/articles/bread/")


def test_a_step_says_what_is_missing_and_a_refusal_is_logged(desk, editor):
    draft = editing.create(snapshots.ordered({"headline": "Bare"}), by=editor)
    browser = desk(editor)
    step = browser.get(f"{LIST}{draft.pk}/act/publish/").content.decode()
    assert "Choose a section." in step
    assert "disabled" in step
    answer = browser.post(f"{LIST}{draft.pk}/act/publish/", seen(draft))
    assert answer.status_code == 422
    assert "Choose a section." in answer.content.decode()
    assert LogLine.objects.filter(act="publish refused", article=draft, by=editor).exists()


def test_scheduling_names_the_zone_and_refuses_what_is_over(desk, editor):
    draft = a_draft("Later")
    browser = desk(editor)
    assert "Asia/Tashkent" in browser.get(f"{LIST}{draft.pk}/act/schedule/").content.decode()
    over = browser.post(
        f"{LIST}{draft.pk}/act/schedule/", {"day": "2020-01-01", "clock": "10:00"} | seen(draft)
    )
    assert "That time is over" in over.content.decode()
    when = timezone.localtime() + timedelta(days=1)
    browser.post(
        f"{LIST}{draft.pk}/act/schedule/",
        {"day": when.date().isoformat(), "clock": "10:00"} | seen(draft),
    )
    draft.refresh_from_db()
    assert draft.is_scheduled
    assert timezone.localtime(draft.live_from).strftime("%H:%M") == "10:00"
    browser.post(f"{LIST}{draft.pk}/act/pull_back/")
    draft.refresh_from_db()
    assert draft.status == "in_review"


def test_times_that_the_clocks_skip_or_repeat_are_refused_by_name(desk, editor, settings):
    settings.TIME_ZONE = "Europe/Paris"
    draft = a_draft("Clocks", date=None)
    browser = desk(editor)
    data = {"section": draft.section.pk, "date_known": "minute"}
    skipped = browser.post(
        f"{LIST}{draft.pk}/change/",
        form_data(draft, **data, published_day="2024-03-31", published_time="02:30"),
    )
    assert (
        "The clocks skip 02:30 on that day. Choose 01:30 or 03:30 instead."
        in skipped.content.decode()
    )
    twice = browser.post(
        f"{LIST}{draft.pk}/change/",
        form_data(draft, **data, published_day="2024-10-27", published_time="02:30"),
    )
    assert "The clocks show 02:30 twice on that day" in twice.content.decode()


@pytest.mark.parametrize("act", ["publish", "schedule", "pull_back", "unpublish"])
def test_a_reporter_finds_no_act_and_a_forced_one_is_logged(desk, reporter, act):
    draft = editing.create(a_snapshot("Mine"), by=reporter)
    browser = desk(reporter)
    assert f'name="_{act}"' not in browser.get(f"{LIST}{draft.pk}/change/").content.decode()
    assert browser.post(f"{LIST}{draft.pk}/act/{act}/", {"why": "x"}).status_code == 403
    draft.refresh_from_db()
    assert draft.status == "draft"
    assert LogLine.objects.filter(act=f"{act} refused", by=reporter).exists()


def test_a_contributor_sees_own_stories_only(desk, contributor):
    other, own = a_draft("Other"), editing.create(a_snapshot("Own"), by=contributor)
    browser = desk(contributor)
    text = browser.get(LIST).content.decode()
    assert "Own" in text
    assert "Other" not in text
    assert browser.get(f"{LIST}{own.pk}/change/").status_code == 200
    # as for a story that is not there
    assert browser.get(f"{LIST}{other.pk}/change/").status_code == 404
    assert browser.get(f"{LIST}999999/change/").status_code == 404
    assert browser.post(f"{LIST}{own.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.full_size
@pytest.mark.parametrize("case", some(cases("unicode"), 4))
def test_any_text_in_any_field_is_kept_or_refused_in_words(desk, chief, case):
    draft = a_draft("Any")
    texts = (
        "headline",
        "summary",
        "dateline",
        "lead_caption",
        "search_description",
        "source_note",
        "how_reported",
    )
    data = form_data(draft, **dict.fromkeys(texts, case["value"]), section=draft.section.pk)
    answer = desk(chief).post(f"{LIST}{draft.pk}/change/", data)
    assert answer.status_code in (200, 302)
    if answer.status_code == 302:
        stored = snapshots.latest(draft)
        assert stored["summary"] == prose(case["value"]).strip()
    else:
        assert "errorlist" in answer.content.decode()


@pytest.mark.parametrize(
    "key",
    [
        "body__regex=(",
        "saved_by__password__startswith=p",
        "headline__icontains=x",
        "o=99",
        "p=zz",
        "q=" + "x" * 5000,
        "e=1",
    ],
)
def test_the_list_cannot_be_used_to_spell_out_hidden_things(desk, chief, key):
    a_draft("Secret")
    assert desk(chief).get(f"{LIST}?{key}").status_code in (200, 302, 400)
    if "__" in key:
        assert desk(chief).get(f"{LIST}?{key}").status_code == 400


def test_the_list_finds_words_of_the_text_in_any_spelling(desk, chief):
    a_draft("Found", body="<p>Oʻzbekiston bozori</p>")
    a_draft("Other", body="<p>Elsewhere</p>")
    text = desk(chief).get(f"{LIST}?q=Ўзбекистон").content.decode()
    assert "Found" in text
    assert "Other" not in text


def test_words_typed_under_tags_that_chose_nothing_are_named_on_save_and_come_back(desk, chief):
    story = a_draft("Bread", tags=["Food"])
    tag = Tag.objects.get()
    sent = form_data(story, tags=[tag.pk], tags_typed="  Меры ", related_typed="salt")
    answer = desk(chief).post(f"{LIST}{story.pk}/change/", sent | {"_continue": "1"}, follow=True)
    html = answer.content.decode()
    assert (
        "“Меры” is not stored: it was typed under Tags and not chosen. Choose it from the list or make it"
        in html
    )
    assert (
        "“salt” is not stored: it was typed under Related stories and not chosen. Choose it from the list."
        in html
    )
    assert 'data-typed="Меры"' in html
    assert 'data-typed="salt"' in html
    story.refresh_from_db()
    sent = form_data(story, tags=[tag.pk], tags_typed="Меры", published_day="nonsense")
    refused = desk(chief).post(f"{LIST}{story.pk}/change/", sent)
    assert (refused.status_code, 'data-typed="Меры"' in refused.content.decode()) == (200, True)
    sent = form_data(story, tags=[tag.pk], tags_typed="Меры")
    step = desk(chief).post(f"{LIST}{story.pk}/change/", sent | {"_publish": "1"}, follow=True)
    assert "“Меры” is not stored" in step.content.decode()
    quiet = desk(chief).post(
        f"{LIST}{story.pk}/change/", form_data(story, tags=[tag.pk], headline="Salt"), follow=True
    )
    assert "is not stored" not in quiet.content.decode()


def test_a_form_that_claims_thousands_of_names_is_told_how_many_may_sign(desk, reporter):
    data = form_data() | {"bylines-TOTAL_FORMS": "9" * 30}
    answer = desk(reporter).post(f"{LIST}add/", data)
    assert answer.status_code == 200
    assert "at most 30" in answer.content.decode()
    (rows,) = answer.context["inline_admin_formsets"]
    assert len(rows.formset.forms) <= 50


def test_a_role_that_no_row_can_have_is_refused_in_words(desk, chief, reporter):
    address = f"/admin/authors/user/{reporter.pk}/change/"
    sent = {"username": reporter.username, "is_staff": "on", "is_active": "on"}
    answer = desk(chief).post(address, sent | {"groups": "9" * 30})
    assert answer.status_code == 200
    assert "is not a valid value" in answer.content.decode()
    assert [group.name for group in reporter.groups.all()] == ["Reporter"]
