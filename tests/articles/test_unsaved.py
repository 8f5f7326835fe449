"""What was typed and not saved: kept for its writer alone, never public, offered back and never put back silently."""

from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.utils import timezone

from articles import editing, presence, snapshots, unsaved
from articles.models import Article, Presence, Revision, UnsavedWork
from tests.articles.test_desk_form import LIST, form_data
from tests.builders import a_draft, a_person, a_section, a_snapshot, a_story, an_author
from tests.sizes import sized

pytestmark = pytest.mark.django_db
KEY = "0b1e5b1e-0000-4000-8000-000000000001"


def address(story, what):
    return f"{LIST}{story.pk}/{what}/"


def restore(story=None):
    """The address that puts the newest unsaved work back into the form."""
    work = UnsavedWork.objects.filter(article=story).order_by("-kept_at").first()
    return (address(story, "change") if story else f"{LIST}add/") + f"?unsaved={work.pk}"


@pytest.mark.full_size
def test_an_autosave_touches_nothing_but_its_own_row(desk, chief, client):
    story = a_story("Live")
    public, version, revisions = client.get(story.get_absolute_url()).content, story.version, Revision.objects.count()
    browser = desk(chief)
    saves = sized(500, 50)
    for number in range(saves):
        answer = browser.post(address(story, "autosave"), form_data(story, headline=f"Typing {number}"))
        assert answer.status_code == 200
    story.refresh_from_db()
    assert client.get(story.get_absolute_url()).content == public
    assert (story.version, Revision.objects.count(), UnsavedWork.objects.count()) == (version, revisions, 1)
    assert UnsavedWork.objects.get().fields["headline"] == [f"Typing {saves - 1}"]


def test_unsaved_work_is_offered_compared_restored_and_discarded(desk, chief):
    author = an_author("Ada Baker")
    draft = a_draft("Saved words", by=[author])
    browser = desk(chief)
    rows = [{"author": author.pk}, {"name": "A Guest", "role": "translator"}]
    browser.post(address(draft, "autosave"), form_data(draft, rows=rows, headline="Typed words", date_known="day"))
    page = browser.get(address(draft, "change")).content.decode()
    assert "Unsaved work from" in page
    assert "Saved words</textarea>" in page
    assert "Typed </ins>" in browser.get(
        address(draft, "unsaved") + f"?work={UnsavedWork.objects.get().pk}"
    ).content.decode().replace('<span class="visually-hidden">Added: </span>', "")
    restored = browser.get(restore(draft))
    form, (inline,) = restored.context["adminform"].form, restored.context["inline_admin_formsets"]
    assert "Typed words</textarea>" in restored.content.decode()
    assert form["date_known"].value() == "day"
    assert [row["name"].value() for row in inline.formset.forms] == ["", "A Guest"]
    browser.post(address(draft, "discard"), {"work": UnsavedWork.objects.get().pk})
    assert "Unsaved work from" not in browser.get(address(draft, "change")).content.decode()


def test_saving_ends_the_unsaved_work_and_a_stale_save_keeps_the_words_elsewhere(desk, chief, editor):
    draft = a_draft("Base")
    browser = desk(chief)
    browser.post(address(draft, "autosave"), form_data(draft, headline="Typed"))
    editing.save(draft, a_snapshot("Theirs"), version=1, by=editor)
    answer = browser.post(address(draft, "change"), form_data(draft, headline="Typed", section=draft.section.pk))
    assert answer.status_code == 409
    assert not UnsavedWork.objects.exists()
    assert draft.revisions.get(aside=1).snapshot["headline"] == "Typed"


def test_restored_work_that_began_before_a_colleagues_save_meets_it(desk, chief, editor):
    draft = a_draft("Base")
    browser = desk(chief)
    browser.post(address(draft, "autosave"), form_data(draft, headline="Typed"))
    editing.save(draft, a_snapshot("Theirs"), version=1, by=editor)
    page = browser.get(restore(draft))
    assert "saving will show both texts" in page.content.decode()
    assert page.context["adminform"].form["base_version"].value() == 1


def test_the_first_autosave_makes_one_draft_however_often_it_is_sent(desk, reporter):
    browser = desk(reporter)
    for _ in range(3):
        told = browser.post(f"{LIST}add/autosave/", form_data(headline="A new\nstory", key=KEY)).json()
    draft = Article.objects.get()
    assert (draft.headline, draft.status, draft.created_by) == ("A new story", "draft", reporter)
    assert told["address"] == address(draft, "change")
    answer = browser.post(f"{LIST}add/", form_data(headline="A new story, saved", key=KEY))
    assert answer.status_code == 302
    assert Article.objects.get().headline == "A new story, saved"


def test_a_new_form_that_is_sent_twice_makes_one_story(desk, reporter):
    browser = desk(reporter)
    for _ in range(2):
        browser.post(f"{LIST}add/", form_data(headline="Once", key=KEY))
    assert Article.objects.get().headline == "Once"


def test_somebody_elses_key_makes_nothing_and_shows_nothing(desk, reporter, contributor):
    desk(reporter).post(f"{LIST}add/autosave/", form_data(headline="Secret", key=KEY))
    assert desk(contributor).post(f"{LIST}add/autosave/", form_data(headline="Mine", key=KEY)).status_code == 404
    desk(contributor).post(f"{LIST}add/", form_data(headline="Mine", key=KEY))
    assert {(story.headline, story.created_by) for story in Article.objects.all()} == {
        ("Secret", reporter), ("Mine", contributor),
    }  # fmt: skip


def test_nobody_keeps_anything_in_a_story_that_is_not_theirs(desk, reporter, contributor):
    story = editing.create(a_snapshot("Hidden"), by=reporter)
    for what in ("autosave", "here", "unsaved", "discard", "preview"):
        assert desk(contributor).post(address(story, what), {}).status_code == 404
    assert not UnsavedWork.objects.filter(article=story).exists()


def test_a_form_that_comes_after_the_login_ended_is_kept_and_given_back(desk, reporter, contributor):
    draft = editing.create(a_snapshot("Base"), by=reporter)
    browser = desk(reporter)
    page = browser.get(address(draft, "change"))
    token, key = page.context["writer"], page.context["adminform"].form["key"].value()
    browser.session.flush()
    sent = form_data(draft, headline="Typed too long", writer=token, key=key)
    answer = browser.post(address(draft, "change"), sent)
    assert answer.headers["Location"].startswith("/admin/login/?next=")
    draft.refresh_from_db()
    assert draft.headline == "Base"
    assert "Unsaved work" not in desk(contributor).get(f"{LIST}add/").content.decode()
    back = desk(reporter).get(address(draft, "change")).content.decode()
    assert "It was sent after your login had ended." in back
    restored = desk(reporter).get(restore(draft)).content.decode()
    assert "Typed too long</textarea>" in restored


def test_a_new_story_that_comes_after_the_login_ended_is_kept_too(desk, reporter):
    browser = desk(reporter)
    page = browser.get(f"{LIST}add/")
    key, token = page.context["adminform"].form["key"].value(), page.context["writer"]
    browser.session.flush()
    browser.post(f"{LIST}add/", form_data(headline="Typed too long", writer=token, key=key))
    assert not Article.objects.exists()
    again = desk(reporter)
    assert "Unsaved work from" in again.get(f"{LIST}add/").content.decode()
    restored = again.get(restore())
    assert "Typed too long</textarea>" in restored.content.decode()
    again.post(f"{LIST}add/", form_data(headline="Typed too long", key=key))
    assert Article.objects.get().headline == "Typed too long"
    assert "Unsaved work from" not in again.get(f"{LIST}add/").content.decode()


def test_a_form_whose_token_ended_is_kept_and_says_so(reporter):
    draft = editing.create(a_snapshot("Base"), by=reporter)
    strict = Client(enforce_csrf_checks=True)
    sent = form_data(draft, headline="Typed", writer=unsaved.writer_token(reporter, article=draft))
    answer = strict.post(address(draft, "change"), sent)
    assert answer.status_code == 403
    assert "Your words are kept" in answer.content.decode()
    assert unsaved.of(reporter, draft)[0].fields["headline"] == ["Typed"]


@pytest.mark.parametrize("token", ["", "x", "1:2:3", "null"])
def test_nobody_leaves_words_in_somebody_elses_name(reporter, token):
    draft = editing.create(a_snapshot("Base"), by=reporter)
    forged = token if token != "null" else signing.dumps([reporter.pk, draft.pk, ""], salt="other")
    Client().post(address(draft, "change"), form_data(draft, writer=forged))
    assert not UnsavedWork.objects.exists()


def test_a_parked_form_has_a_bound(reporter):
    draft = editing.create(a_snapshot("Base"), by=reporter)
    sent = form_data(draft, body="x" * unsaved.LONGEST, writer=unsaved.writer_token(reporter, article=draft))
    Client().post(address(draft, "change"), sent)
    assert not UnsavedWork.objects.exists()


def test_autosave_can_be_switched_off_by_each_person(desk, chief):
    draft = a_draft("Base")
    browser = desk(chief)
    assert 'data-autosave="/admin/' in browser.get(address(draft, "change")).content.decode()
    browser.post("/admin/my-desk/", {"time_zone": "Europe/London"})
    page = browser.get(address(draft, "change")).content.decode()
    assert 'data-autosave=""' in page
    assert "Autosave is off." in page
    assert "There is no such time zone." in browser.post("/admin/my-desk/", {"time_zone": "Moon/Base"}).content.decode()


def test_colleagues_see_who_is_there_until_it_lapses(desk, chief, editor):
    draft = a_draft("Shared")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        desk(chief).post(address(draft, "here"), {"version": draft.version})
        desk(chief).post(address(draft, "here"), {"version": draft.version})
        told = desk(editor).post(address(draft, "here"), {"version": draft.version}).json()
        assert told == {"others": ["chief"], "newer_by": ""}
        assert "chief is editing" in desk(editor).get(address(draft, "change")).content.decode()
        clock.shift(timedelta(minutes=1))
        assert presence.others_at(draft, editor) == []
        # It was a notice and no lock: a save goes through, and the one who comes back meets it.
        assert isinstance(editing.save(draft, a_snapshot("Mine"), version=1, by=editor), editing.Saved)
        told = desk(chief).post(address(draft, "here"), {"version": 1}).json()
        assert told["newer_by"] == "editor"
    assert Presence.objects.count() == 2


@pytest.mark.parametrize(
    "odd",
    [{}, {"bylines-TOTAL_FORMS": "x"}, {"bylines-TOTAL_FORMS": "9" * 30}, {"base_version": "9" * 30}, {"tags": "x"},
     {"body": "<script>alert(1)</script>"}, {"headline": "\x00x"}, {"published_day": "never"}],
    ids=str,
)  # fmt: skip
def test_odd_forms_are_kept_and_restored_without_trouble(desk, chief, odd):
    draft = a_draft("Odd")
    browser = desk(chief)
    sent = form_data(draft) | odd if odd else {}
    assert browser.post(address(draft, "autosave"), sent).status_code == 200
    restored = browser.get(restore(draft))
    assert restored.status_code == 200
    assert "<script>alert" not in restored.content.decode()
    assert browser.get(address(draft, "unsaved") + f"?work={UnsavedWork.objects.get().pk}").status_code == 200


def test_a_page_asks_for_a_fresh_token_only_with_a_login(desk, chief):
    assert desk(chief).get(f"{LIST}token/").json()["person"] == chief.pk
    assert Client().get(f"{LIST}token/").status_code == 302


def test_a_person_with_two_stories_has_a_row_for_each(desk, chief):
    a_section()
    first, second = a_draft("One"), a_draft("Two")
    for story in (first, second, first):
        desk(chief).post(address(story, "autosave"), form_data(story))
    other = a_person("Editor")
    desk(other).post(address(first, "autosave"), form_data(first))
    assert UnsavedWork.objects.count() == 3
    assert snapshots.latest(first)["headline"] == "One"
