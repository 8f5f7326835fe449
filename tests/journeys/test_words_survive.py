"""Words survive an ended login, a lost connection, a closed tab and a killed browser, in a real browser."""

import os
import random
import re
import signal
import sqlite3
import subprocess
import time

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError

from articles.models import Article, UnsavedWork
from articles.story import editing, unsaved
from tests import tools
from tests.builders import a_person, a_snapshot, a_story
from tests.sizes import sized

pytestmark = pytest.mark.django_db(transaction=True)
LOGINS, KILLS = sized(50, 2), sized(20, 1)
LIST = "/admin/articles/article/"
BODY = ".ProseMirror[contenteditable]"
AT_RISK = 10  # seconds of typing


@pytest.fixture
def reporter(transactional_db):
    return a_person("Reporter", username="reporter")


def log_in_again(page, person):
    page.fill("#id_username", person.username)
    page.fill("#id_password", "a long password")
    page.click("input[type=submit]")


def body_of(page):
    return page.inner_text(BODY)


@pytest.mark.full_size
def test_a2_a_login_that_ends_while_writing_costs_no_character(
    logged_in, open_browser, reporter, figure
):
    page, back, dice = logged_in(reporter), 0, random.Random(11)
    for number in range(LOGINS):
        is_new = number % 2 == 0
        story = None if is_new else editing.create(a_snapshot(f"Story {number}"), by=reporter)
        page.goto(f"{LIST}add/" if is_new else f"{LIST}{story.pk}/change/")
        words = f"Words number {number}: oʻzbek “quotes” – и кириллица. " + "x" * dice.randint(
            1, 40
        )
        page.wait_for_selector(BODY)
        page.fill("#id_headline", f"Headline {number}")
        page.click(BODY)
        page.keyboard.press("Control+End")
        page.keyboard.type(words)
        Session.objects.all().delete()
        page.click("input[name=_continue]")
        page.wait_for_url("**/admin/login/**")
        log_in_again(page, reporter)
        page.wait_for_selector("text=Unsaved work from")
        page.click("a:text('Restore')")
        page.wait_for_selector(BODY)
        assert page.input_value("#id_headline") == f"Headline {number}"
        assert words in body_of(page)
        page.click("input[name=_continue]")
        page.wait_for_selector(".messagelist")
        back += words in Article.objects.order_by("-saved_at").first().body_text
    assert back == LOGINS
    other = logged_in(a_person("Reporter", username="somebody-else"))
    other.goto(f"{LIST}add/")
    assert "Unsaved work" not in other.content()
    figure(
        f"{LOGINS} logins ended while writing: every character back {back} times; another person sees 0"
    )


def test_a_tab_that_was_open_goes_on_after_a_login_in_another_tab(logged_in, reporter):
    page = logged_in(reporter)
    draft = editing.create(a_snapshot("Open tab"), by=reporter)
    page.goto(f"{LIST}{draft.pk}/change/")
    page.wait_for_selector(BODY)
    Session.objects.all().delete()
    page.wait_for_timeout(700)
    page.fill("#id_summary", "Typed without a login")
    page.wait_for_selector("text=You are logged out", timeout=15_000)
    second = page.context.new_page()
    second.goto("/admin/login/?next=/admin/")
    log_in_again(second, reporter)
    second.wait_for_url("**/admin/")
    page.fill("#id_summary", "Typed without a login, and with one")
    page.wait_for_selector("text=Kept at", timeout=15_000)
    page.click("input[name=_continue]")
    page.wait_for_selector(".messagelist")
    draft.refresh_from_db()
    assert draft.summary == "Typed without a login, and with one"


def summary_restored_in_a_new_tab(page, draft) -> str:
    """The dek, when the story is opened anew and what the browser has kept is put back."""
    again = page.context.new_page()
    again.goto(f"{LIST}{draft.pk}/change/")
    again.wait_for_selector("text=are kept in this browser; the desk did not get them")
    assert again.input_value("#id_summary") == ""  # offered, never put back silently
    again.click("text=Restore them")
    again.wait_for_url("**?unsaved=*")
    return again.input_value("#id_summary")


def test_a_lost_connection_is_said_and_survived(logged_in, reporter):
    page = logged_in(reporter)
    draft = editing.create(a_snapshot("Offline"), by=reporter)
    page.goto(f"{LIST}{draft.pk}/change/")
    page.wait_for_selector(BODY)
    page.wait_for_timeout(900)
    page.context.set_offline(True)
    page.fill("#id_summary", "Typed in a tunnel")
    page.wait_for_selector("text=Your words are kept in this browser", timeout=15_000)
    page.close(run_before_unload=False)
    # not before: with a connection the desk would take the words at once
    page.context.set_offline(False)
    assert summary_restored_in_a_new_tab(page, draft) == "Typed in a tunnel"


def test_a_new_story_becomes_a_draft_while_it_is_typed(logged_in, reporter):
    page = logged_in(reporter)
    page.goto(f"{LIST}add/")
    page.wait_for_selector(BODY)
    page.wait_for_timeout(900)
    page.fill("#id_headline", "Typed, never saved")
    page.wait_for_selector("text=Kept at", timeout=15_000)
    draft = Article.objects.get()
    assert page.url.endswith(f"{LIST}{draft.pk}/change/")
    page.fill("#id_headline", "Typed, and saved")
    page.click("input[name=_continue]")
    page.wait_for_selector(".messagelist")
    draft.refresh_from_db()
    assert (draft.headline, Article.objects.count()) == ("Typed, and saved", 1)
    assert page.troubles == []


def test_colleagues_see_each_other_on_a_story(logged_in, reporter):
    draft = editing.create(a_snapshot("Shared"), by=reporter)
    first, second = logged_in(reporter), logged_in(a_person("Editor", username="night-editor"))
    first.goto(f"{LIST}{draft.pk}/change/")
    first.wait_for_timeout(900)
    second.goto(f"{LIST}{draft.pk}/change/")
    second.wait_for_selector("text=reporter has this story open now")


@pytest.fixture
def a_browser_of_its_own(playwright, live_server, tmp_path):
    """A Chromium process that can be killed: (its process, a page with this person's login)."""
    processes = []

    def start(session):
        command = [
            tools.chromium(),
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--remote-debugging-port=0",
            "--no-first-run",
            f"--user-data-dir={tmp_path}/{len(processes)}",
            "about:blank",
        ]
        process = subprocess.Popen(
            command, stderr=subprocess.PIPE, text=True, start_new_session=True
        )
        processes.append(process)
        for line in process.stderr:
            if found := re.search(r"listening on (ws://\S+)", line):
                break
        page = playwright.chromium.connect_over_cdp(found[1]).contexts[0].new_page()
        page.context.add_cookies([{"name": "desk", "value": session, "url": live_server.url}])
        return process, page

    yield start
    for process in processes:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stderr.close()


@pytest.mark.full_size
def test_a3_a_browser_killed_while_typing_costs_ten_seconds_at_most(
    a_browser_of_its_own, client, live_server, reporter, figure
):
    client.force_login(reporter)
    session, dice, losses = client.cookies["desk"].value, random.Random(5), []
    for number in range(KILLS):
        draft = editing.create(a_snapshot(f"Killed {number}", body="<p>Begin</p>"), by=reporter)
        process, page = a_browser_of_its_own(session)
        page.goto(f"{live_server.url}{LIST}{draft.pk}/change/")
        page.wait_for_selector(BODY)
        page.wait_for_timeout(900)
        page.click(BODY)
        page.keyboard.press("Control+End")
        typed, began, ends = [], time.monotonic(), 9 + dice.random() * 9
        while time.monotonic() - began < ends:
            typed.append((time.monotonic(), dice.choice("abcdefghij ")))
            page.keyboard.type(typed[-1][1])
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGKILL)
        killed = time.monotonic()
        process.wait()
        time.sleep(0.5)  # an answer may still be under way
        work = UnsavedWork.objects.get(article=draft)
        kept = re.sub(r"<[^>]+>|&nbsp;", "", work.fields["body"][0].replace("&nbsp;", " "))
        whole = "Begin" + "".join(character for _, character in typed)
        assert whole.startswith(kept.rstrip()), (kept, whole)
        lost = typed[max(0, len(kept.rstrip()) - len("Begin")) :]
        losses.append(killed - lost[0][0] if lost else 0)
        assert losses[-1] <= AT_RISK
        assert Article.objects.get(pk=draft.pk).version == 1
    figure(
        f"{KILLS} browsers killed while typing: at most {max(losses):.1f} s of typing lost, never older text"
    )


def test_the_preview_stands_beside_the_form_and_keeps_the_last_good_one(logged_in, reporter):
    a_story("Somebody else’s")
    draft = editing.create(a_snapshot("Beside the form"), by=reporter)
    page = logged_in(reporter)
    page.goto(f"{LIST}{draft.pk}/change/")
    page.wait_for_selector(BODY)
    page.fill("#id_headline", "Only typed")
    page.click("[data-preview]")
    frame = page.frame_locator(".preview-frame")
    frame.locator("h1", has_text="Only typed").wait_for()
    assert (
        frame.locator("h1")
        .evaluate("node => getComputedStyle(node).fontFamily")
        .startswith(("Newsreader", '"'))
    )
    for name, width in (("Phone", 390), ("Tablet", 768)):
        page.click(f".preview-bar button:text('{name}')")
        assert page.locator(".preview-frame").bounding_box()["width"] <= width
    page.fill("#id_headline", "")
    page.click(".preview-bar button:text('Refresh')")
    page.wait_for_selector("text=Still the last good one")
    frame.locator("h1", has_text="Only typed").wait_for()
    page.keyboard.press("Escape")
    assert page.locator(".preview-pane").is_hidden()
    assert [each for each in page.troubles if "422" not in each] == []
    assert draft.revisions.count() == 1


def test_words_left_in_the_browser_wait_until_somebody_takes_them(logged_in, reporter):
    """Neither another success on the page nor a save of other words takes them away."""
    page = logged_in(reporter)
    draft = editing.create(a_snapshot("Offline"), by=reporter)
    page.goto(f"{LIST}{draft.pk}/change/")
    page.wait_for_selector(BODY)
    page.context.set_offline(True)
    page.fill("#id_summary", "Typed in a tunnel")
    page.wait_for_selector("text=Your words are kept in this browser", timeout=15_000)
    page.close(run_before_unload=False)
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(f"{LIST}{draft.pk}/change/")
    again.click("text=Make a link")
    again.wait_for_selector("text=This link shows version")
    again.fill("#id_dateline", "Termez")
    again.click("input[name=_continue]")
    again.wait_for_selector("text=is saved. Readers do not see it.")
    again.click("text=Restore them")
    again.wait_for_url("**?unsaved=*")
    assert again.input_value("#id_summary") == "Typed in a tunnel"


FULL_DISK = sqlite3.SQLITE_FULL, "The desk’s disk is full.", 507
LOCKED = sqlite3.SQLITE_BUSY, "Others are saving", 503


@pytest.fixture
def trouble(monkeypatch):
    """`trouble(sqlite3.SQLITE_BUSY)`: nothing can be written at the desk; `trouble(0)`: it is over."""
    said = [0]

    def failing(real):
        def call(*args, **kwargs):
            if said[0]:
                error = OperationalError("no words: the code decides")
                error.sqlite_errorcode = said[0]
                raise error
            return real(*args, **kwargs)

        return call

    monkeypatch.setattr(unsaved, "keep", failing(unsaved.keep))
    monkeypatch.setattr(editing, "save", failing(editing.save))
    return lambda code: said.__setitem__(0, code)


@pytest.mark.parametrize(("fault", "words", "status"), [FULL_DISK, LOCKED], ids=["507", "503"])
@pytest.mark.parametrize("is_kept_before", [True, False], ids=["autosave and save", "save alone"])
def test_words_outlive_a_desk_that_cannot_write_and_a_closed_page(
    logged_in, reporter, trouble, fault, words, status, is_kept_before
):
    page = logged_in(reporter)
    draft = editing.create(a_snapshot("A full disk"), by=reporter)
    page.goto(f"{LIST}{draft.pk}/change/")
    page.wait_for_selector(BODY)
    trouble(fault)
    page.fill("#id_summary", "Typed while the disk was full")
    if is_kept_before:
        page.wait_for_selector(f"text={words}", timeout=15_000)
        assert "Your words are kept in this browser." in page.inner_text("#saving")
    with page.expect_navigation() as sent:
        page.click("input[name=_continue]")
    assert sent.value.status == status
    assert words in page.inner_text("body")
    page.wait_for_selector("text=when you open the story here again, they are offered")
    assert page.input_value("[name=summary]") == "Typed while the disk was full"
    page.close(run_before_unload=False)
    trouble(0)
    assert summary_restored_in_a_new_tab(page, draft) == "Typed while the disk was full"


def test_what_is_sent_again_with_success_is_never_offered(logged_in, reporter, trouble):
    page = logged_in(reporter)
    draft = editing.create(a_snapshot("A full disk"), by=reporter)
    page.goto(f"{LIST}{draft.pk}/change/")
    page.wait_for_selector(BODY)
    trouble(FULL_DISK[0])
    page.fill("#id_summary", "Typed while the disk was full")
    page.click("input[name=_continue]")
    page.wait_for_selector("text=when you open the story here again, they are offered")
    trouble(0)
    page.click("button")
    page.wait_for_selector(".messagelist")
    page.wait_for_timeout(600)
    assert page.locator("text=are kept in this browser").count() == 0
    draft.refresh_from_db()
    assert draft.summary == "Typed while the disk was full"
