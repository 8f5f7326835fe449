"""Rules of two people: what the second one does is a fact that they make, or is said plainly as what it is."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from articles import workflow
from articles.models import Agreement, LogLine, UnsavedWork
from articles.models.append_only import Unchangeable
from articles.story import corrections, editing, preview, snapshots, unsaved
from authors.models import User
from authors.signals import AccountAct, account_changed
from tests.articles.test_desk_form import LIST, form_data
from tests.builders import a_draft, a_person, a_snapshot, a_story, seen, today
from tests.one_line import in_one_line

pytestmark = pytest.mark.django_db
USERS = "/admin/authors/user/"
PASSWORD = "kettle-Bread-9142"


def group(name):
    return Group.objects.get(name=name)


def account_form(user, **changes):
    roles = list(user.groups.values_list("pk", flat=True))
    facts = {
        "username": user.username,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "is_active": "on",
        "is_staff": "on",
        "groups": roles,
    }
    return {name: value for name, value in (facts | changes).items() if value is not None}


def make_account(browser, name, role="Editor"):
    """As a chief editor does at the desk: the account, then its role."""
    sent = {
        "username": name,
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    browser.post(f"{USERS}add/", sent)
    account = User.objects.get(username=name)
    browser.post(f"{USERS}{account.pk}/change/", account_form(account, groups=[group(role).pk]))
    return account


def lines_of_accounts():
    return list(
        LogLine.objects.filter(act__in=AccountAct.values)
        .order_by("pk")
        .values_list("act", "by_name", "why")
    )


# --- accounts are in the logbook


def test_every_road_of_the_desk_to_an_account_is_in_the_logbook(desk, chief):
    browser = desk(chief)
    account = make_account(browser, "malika")
    change = f"{USERS}{account.pk}/change/"
    browser.post(
        change, account_form(account, groups=[group("Chief editor").pk], email="m@example.org")
    )
    browser.post(change, account_form(account, is_active=None, email="m@example.org"))
    browser.post(
        f"{USERS}{account.pk}/password/",
        {"password1": PASSWORD + "x", "password2": PASSWORD + "x", "usable_password": "true"},
    )
    boss = User.objects.create_superuser("boss", password="x")
    desk(boss).post(f"{USERS}{account.pk}/delete/", {"post": "yes"})
    assert not User.objects.filter(username="malika").exists()
    assert lines_of_accounts() == [
        ("make account", "chief", "malika was made."),
        ("change account", "chief", "malika: may log in to the desk no → yes; role none → Editor."),
        (
            "change account",
            "chief",
            "malika: e-mail none → m@example.org; role Editor → Chief editor.",
        ),
        ("change account", "chief", "malika: active yes → no."),
        ("set password", "chief", "The password of malika was set."),
        ("delete account", "boss", "malika was deleted."),
    ]
    shown = browser.get("/admin/articles/logline/?act=make+account").content.decode()
    assert "malika was made." in shown
    assert "Role Editor" not in shown
    with pytest.raises(Unchangeable):
        LogLine.objects.filter(act="make account").delete()


def test_what_changes_nothing_and_what_is_refused_writes_nothing(desk, chief, editor):
    browser, account = desk(chief), a_person("Editor", username="malika")
    browser.post(f"{USERS}{account.pk}/change/", account_form(account))
    browser.post(
        f"{USERS}{account.pk}/password/",
        {"password1": "a", "password2": "b", "usable_password": "true"},
    )
    browser.post(
        f"{USERS}x/password/",
        {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"},
    )
    desk(editor).post(f"{USERS}{account.pk}/change/", account_form(account, groups=[]))
    assert lines_of_accounts() == []


def test_an_account_that_cannot_be_written_down_is_not_made(desk, chief):
    def fail(sender, **kwargs):
        raise RuntimeError("the logbook is full")

    account_changed.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            desk(chief).post(
                f"{USERS}add/",
                {
                    "username": "malika",
                    "usable_password": "true",
                    "password1": PASSWORD,
                    "password2": PASSWORD,
                },
            )
    finally:
        account_changed.disconnect(fail)
    assert not User.objects.filter(username="malika").exists()


# --- who counts as a second person


def restored(by, name="Bread"):
    story = a_story(name, date=today(), summary="A dek.", tags=["food"])
    workflow.withdraw(story, by=by, reason="rights")
    workflow.restore(story, by=by, why="The rights are settled.")
    return story


def test_a_chief_who_restores_cannot_publish_with_an_account_made_for_it(desk, chief):
    story = restored(chief)
    second = make_account(desk(chief), "second")
    answer = desk(second).post(f"{LIST}{story.pk}/act/publish/", seen(story))
    assert "do not count as two people" in answer.content.decode()
    with pytest.raises(workflow.Refused, match="do not count as two people"):
        workflow.schedule(story, by=second, at=timezone.now() + timedelta(hours=1))
    story.refresh_from_db()
    assert story.status == "draft"
    workflow.publish(story, by=a_person("Editor"))  # somebody who was here before may


def test_nor_with_a_colleagues_account_whose_password_or_role_was_changed(desk, chief):
    story, browser = restored(chief), desk(chief)
    for name, sent in (
        ("password", {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}),
        ("change", {"groups": [group("Editor").pk]}),
    ):
        colleague = a_person("Reporter" if name == "change" else "Editor")
        sent = account_form(colleague, **sent) if name == "change" else sent
        browser.post(f"{USERS}{colleague.pk}/{name}/", sent)
        with pytest.raises(workflow.Refused, match="do not count as two people"):
            workflow.publish(story, by=User.objects.get(pk=colleague.pk))


def test_nor_with_an_account_that_was_switched_on_for_it(desk, chief):
    """Or with any other fact from which follows what somebody may do: a list without one of them gives it unseen."""
    story, boss = restored(chief), User.objects.create_superuser("boss", password="x")
    for name, given in (("is_active", None), ("is_staff", None), ("groups", [])):
        colleague = a_person("Editor")
        form = account_form(colleague)
        desk(boss).post(
            f"{USERS}{colleague.pk}/change/",
            {key: value for key, value in (form | {name: given}).items() if value},
        )
        desk(chief).post(f"{USERS}{colleague.pk}/change/", form)
        with pytest.raises(workflow.Refused, match="do not count as two people"):
            workflow.publish(story, by=User.objects.get(pk=colleague.pk))


def test_nor_the_other_way_round_nor_by_way_of_a_third_account(desk, chief):
    story = a_story("Bread", date=today())
    workflow.withdraw(story, by=chief, reason="rights")
    first = make_account(desk(chief), "first", role="Chief editor")
    workflow.restore(story, by=first, why="x")
    with pytest.raises(workflow.Refused, match="do not count as two people"):
        workflow.publish(story, by=User.objects.get(pk=chief.pk))
    third = make_account(desk(first), "third")
    with pytest.raises(workflow.Refused, match="do not count as two people"):
        workflow.publish(story, by=third)


def test_what_was_done_before_the_withdrawal_and_a_new_address_count_for_nothing(desk, chief):
    """Nor does what was done while the story was written or stood before readers."""
    before, story = make_account(desk(chief), "before"), a_story("Bread", date=today())
    meanwhile = make_account(desk(chief), "meanwhile")
    for second in (before, meanwhile):
        workflow.withdraw(story, by=chief, reason="rights")
        workflow.restore(story, by=chief, why="The rights are settled.")
        desk(chief).post(f"{USERS}{second.pk}/change/", account_form(second, email="s@example.org"))
        workflow.publish(story, by=User.objects.get(pk=second.pk))
        assert story.is_live


def test_where_nobody_publishes_their_own_story_a_new_account_does_not_either(
    desk, chief, settings
):
    settings.NEWSROOM_SECOND_PAIR_OF_EYES = True
    story = editing.create(a_snapshot("Bread", date=today()), by=chief)
    second = make_account(desk(chief), "second")
    with pytest.raises(workflow.Refused, match="the writer’s do not count as two people"):
        workflow.publish(story, by=second)
    workflow.publish(story, by=a_person("Editor"))


# --- a retraction


def retracted(by, agreed_with):
    story = a_story("Bread", date=today())
    workflow.correct(
        story, by=by, kind="retraction", text="We take it back.", agreed_with=agreed_with
    )
    return story, story.corrections.get()


def test_the_colleague_is_asked_and_answers_under_their_own_login(desk, editor, chief):
    story, record = retracted(editor, chief)
    panel = desk(editor).get(f"{LIST}{story.pk}/change/").content.decode()
    assert "editor says that chief agreed; chief has not answered yet." in panel
    assert "You are asked" not in desk(editor).get("/admin/").content.decode()
    browser = desk(chief)
    asked = " ".join(browser.get("/admin/").content.decode().split())
    assert "editor says that you agreed to take back" in asked
    answer = browser.post(f"{LIST}{story.pk}/agree/{record.pk}/", {"agrees": "yes"}, follow=True)
    assert "The logbook says that you agreed." in answer.content.decode()
    assert "You are asked" not in answer.content.decode()
    assert "chief agreed (" in desk(editor).get(f"{LIST}{story.pk}/change/").content.decode()
    line = story.log_lines.get(act="agree to retraction")
    assert (line.by, line.details["record"]) == (chief, str(record.uid))


def test_a_no_is_written_down_too_and_nothing_is_said_twice(desk, editor, chief):
    story, record = retracted(editor, chief)
    browser = desk(chief)
    browser.post(f"{LIST}{story.pk}/agree/{record.pk}/", {"agrees": "no"})
    assert (
        browser.post(f"{LIST}{story.pk}/agree/{record.pk}/", {"agrees": "yes"}).status_code == 403
    )
    assert Agreement.objects.get().agrees is False
    assert "chief says no (" in desk(editor).get(f"{LIST}{story.pk}/change/").content.decode()
    for attempt in (Agreement.objects.get().save, Agreement.objects.all().delete):
        with pytest.raises(Unchangeable):
            attempt()


def test_nobody_answers_for_somebody_else(desk, editor, chief):
    story, record = retracted(editor, chief)
    for person in (editor, a_person("Chief editor"), a_person("Reporter")):
        assert desk(person).post(
            f"{LIST}{story.pk}/agree/{record.pk}/", {"agrees": "yes"}
        ).status_code in (403, 404)
    assert desk(chief).get(f"{LIST}{story.pk}/agree/{record.pk}/").status_code == 405
    with pytest.raises(corrections.Refused):
        corrections.answer(record, by=editor, agrees=True)
    assert not Agreement.objects.exists()


def test_a_retraction_by_withdrawing_is_said_to_be_one_persons(desk, chief):
    story = a_story("Bread", date=today())
    step = desk(chief).get(f"{LIST}{story.pk}/act/withdraw/").content.decode()
    assert "You withdraw alone: no colleague is asked." in step
    workflow.withdraw(
        story, by=chief, reason="retracted", wording="It was not so.", show_title=True
    )
    page = desk(chief).get(f"{LIST}{story.pk}/change/").content.decode()
    assert "chief made it alone, by withdrawing the story: nobody was asked." in page


def test_an_account_made_for_it_does_not_agree(desk, chief):
    story = a_story("Bread", date=today())
    second = make_account(desk(chief), "second")
    with pytest.raises(workflow.Refused, match="do not count as two people"):
        workflow.correct(
            story, by=chief, kind="retraction", text="We take it back.", agreed_with=second
        )


# --- preview links


def shared(story, by):
    return f"/preview/{preview.token_of(preview.share(story, story.revisions.newest(), by=by))}/"


@pytest.mark.parametrize("act", ["spike", "unpublish", "withdraw"])
def test_an_act_that_hides_a_story_ends_its_preview_links_for_good(client, editor, chief, act):
    story = a_draft("Bread", date=today()) if act == "spike" else a_story("Bread", date=today())
    link = shared(story, editor)
    assert client.get(link).status_code == 200
    options = {"reason": "rights"} if act == "withdraw" else {"why": "x"}
    getattr(workflow, act)(story, by=chief, **options)
    assert client.get(link).status_code == 404
    if act == "spike":
        workflow.revive(story, by=chief)
    elif act == "withdraw":
        workflow.restore(story, by=chief, why="x")
    workflow.publish(story, by=editor)
    assert client.get(link).status_code == 404
    assert story.log_lines.get(act=act).details["previews_ended"] == 1
    assert client.get(shared(story, editor)).status_code == 200  # a new one is one press away


def test_a_link_to_a_story_that_waits_outlives_pulling_it_back(client, editor):
    """Readers never saw it: nothing is hidden, and a lawyer goes on reading."""
    story = a_story("Bread", date=today(), at=timezone.now() + timedelta(hours=1))
    link = shared(story, editor)
    workflow.pull_back(story, by=editor)
    assert client.get(link).status_code == 200


# --- the writer's token


def sent_without_login(draft, token, **typed):
    return Client().post(f"{LIST}{draft.pk}/change/", form_data(draft, writer=token, **typed))


def test_a_form_is_kept_when_a_login_lapsed_and_not_when_it_was_ended(desk, reporter):
    draft = editing.create(a_snapshot("Base"), by=reporter)
    browser = desk(reporter)
    token = unsaved.writer_token(reporter, article=draft)
    sent_without_login(draft, token, headline="Typed when the login had lapsed")
    assert UnsavedWork.objects.get().fields["headline"] == ["Typed when the login had lapsed"]
    browser.post("/admin/logout/")
    answer = sent_without_login(
        draft, token, headline="Typed after logout", body="<p>Words &amp; more</p>"
    )
    assert answer.status_code == 403
    assert answer["Cache-Control"] == "no-store, private"
    text = in_one_line(answer.content.decode())
    assert "Not saved: the login has ended" in text
    assert "Nothing of it was saved" not in text, (
        "the browser may have kept it, and offers it after the login"
    )
    assert "the story’s form offers it when you have logged in" in text
    assert re.search(r'<label for="(typed-\d)">Body</label><br><textarea id="\1"', text)
    assert "newsroom/desk/desk" in text
    assert "Typed after logout" in text  # nothing is lost: it stands there to be copied
    assert "Words &amp; more" in text
    assert UnsavedWork.objects.get().fields["headline"] == ["Typed when the login had lapsed"]
    reporter.refresh_from_db()
    sent_without_login(
        draft, unsaved.writer_token(reporter, article=draft), headline="Of the next login"
    )
    assert UnsavedWork.objects.get().fields["headline"] == ["Of the next login"]


def test_a_token_ends_with_the_password_and_after_three_days(reporter):
    draft = editing.create(a_snapshot("Base"), by=reporter)
    token = unsaved.writer_token(reporter, article=draft)
    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1)):
        assert sent_without_login(draft, token, headline="Late").status_code == 403
    reporter.set_password(PASSWORD)
    reporter.save()
    assert sent_without_login(draft, token, headline="Theirs").status_code == 403
    assert not UnsavedWork.objects.exists()


def test_a_changed_key_ends_no_token_and_a_forged_one_shows_nothing(reporter, settings):
    draft = editing.create(a_snapshot("Base"), by=reporter)
    token = unsaved.writer_token(reporter, article=draft)
    forged = sent_without_login(draft, token[:-2] + "xx", headline="canary")
    assert (forged.status_code, b"canary" in forged.content) == (302, False)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another-key-" * 6
    sent_without_login(draft, token, headline="Typed")
    assert UnsavedWork.objects.get().fields["headline"] == ["Typed"]
    assert snapshots.latest(draft)["headline"] == "Base"
