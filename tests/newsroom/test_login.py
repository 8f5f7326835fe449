"""The desk's door: who guesses is stopped before the hasher is asked and is told nothing; who works here gets in."""

import io
import re
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.core import signing
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import LogLine, UnsavedWork
from articles.story import editing, preview, unsaved
from authors.admin import AccountAdmin
from authors.models import User
from newsroom.login import browsers, record, throttle
from newsroom.login.address import address_of, for_the_record, one_household
from newsroom.models import Tries
from tests.builders import a_person, a_snapshot

pytestmark = pytest.mark.django_db
DOOR, RIGHT, CHANGE = "/admin/login/", "a right long password", "/admin/password_change/"


@pytest.fixture
def hashed(monkeypatch):
    """How often the hasher was asked."""
    asked, real = [], MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, *args: asked.append(1) or real(self, *args)
    )
    return asked


@pytest.fixture
def anna():
    return a_person("Chief editor", username="anna", password=RIGHT)


def guess(username="anna", password="wrong", browser=None, **meta):
    return (browser or Client()).post(DOOR, {"username": username, "password": password}, **meta)


def fill(username="anna", **meta):
    for _ in range(throttle.PER_ACCOUNT):
        guess(username, **meta)


def said(answer, username) -> str:
    """The page without the name that was typed and what is new on every page."""
    text = answer.content.decode().replace(f'value="{username}"', "")
    return re.sub(r'csrfmiddlewaretoken" value="[^"]*|nonce="[^"]*', "", text)


def lines(act):
    return list(LogLine.objects.filter(act=act).order_by("pk").values_list("by_name", "why"))


# --- guessing


def test_ten_guesses_in_ten_minutes_reach_the_hasher_and_the_forty_first_is_told_when_to_come_again(
    anna, hashed
):
    answers = [guess(REMOTE_ADDR=f"203.0.113.{number}") for number in range(40)]
    assert len(hashed) == 10
    assert [answer.status_code for answer in answers] == [200] * 10 + [429] * 30
    assert 0 < int(answers[-1]["Retry-After"]) <= 600
    text = answers[-1].content.decode()
    assert "Too many tries. Wait 10 minutes, then try again." in text
    assert "no-store" in answers[-1]["Cache-Control"]
    assert guess(password=RIGHT).status_code == 429, (
        "also with the right password: the answer tells nothing"
    )


def test_any_ten_minutes_are_ten_minutes(anna, hashed, time_machine):
    start = timezone.now()
    # no window that begins anew at a round minute lets twenty through
    for minute in (0, 9, 9, 9, 9, 9, 9, 9, 9, 9):
        time_machine.move_to(start + timedelta(minutes=minute), tick=False)
        assert guess().status_code == 200
    time_machine.move_to(start + timedelta(minutes=9, seconds=59), tick=False)
    assert guess()["Retry-After"] == "1"
    time_machine.move_to(start + timedelta(minutes=10, seconds=1), tick=False)
    assert [guess().status_code for _ in range(2)] == [200, 429]


ACCOUNTS = {
    "wrong": {},
    "absent": None,
    "inactive": {"is_active": False},
    "visitor": {"is_staff": False},
    "keyless": {"password": None},
}


def test_the_answer_and_the_work_are_the_same_for_every_account(hashed):
    for username, columns in ACCOUNTS.items():
        if columns is not None:
            person = a_person(
                "Reporter", username=username, password=columns.get("password", RIGHT)
            )
            User.objects.filter(pk=person.pk).update(**columns | {"password": person.password})
    found = {}
    for username in ACCOUNTS:
        for password in ("wrong",) if username == "wrong" else ("wrong", RIGHT):
            hashed.clear()
            with CaptureQueriesContext(connection) as queries:
                answer = guess(username, password, REMOTE_ADDR="198.51.100.7")
            found[username, password] = (
                answer.status_code,
                said(answer, username),
                len(hashed),
                len(queries),
            )
    assert len(set(found.values())) == 1, {
        key: (value[0], *value[2:]) for key, value in found.items()
    }
    assert found["absent", "wrong"][2] == 1
    refused = set()
    for username in ACCOUNTS:
        fill(
            username,
            REMOTE_ADDR="192.0.2.200" if username in ("wrong", "absent") else "192.0.2.201",
        )
        hashed.clear()
        answer = guess(username, RIGHT)
        refused.add((answer.status_code, said(answer, username), len(hashed)))
    assert len(refused) == 1


def test_one_address_tries_fifty_times_under_whatever_names(hashed):
    for number in range(60):
        # a household of IPv6 has all of a /64
        guess(f"name{number}", REMOTE_ADDR=f"2001:db8:0:7::{number:x}")
    assert len(hashed) == throttle.PER_ADDRESS
    assert guess("name99", REMOTE_ADDR="2001:db8:0:8::1").status_code == 200


def test_who_gets_in_uses_no_place_up(anna, hashed):
    for _ in range(throttle.PER_ACCOUNT + 2):
        assert guess(password=RIGHT).status_code == 302
    assert [row.moments for row in Tries.objects.all()] == [[], []]


# --- a browser that is known


def test_nobody_locks_somebody_out_of_the_browser_in_which_they_work(anna, hashed):
    browser = Client()
    guess(password=RIGHT, browser=browser)
    cookie = browser.cookies[browsers.NAME]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/admin/", True, "Strict")
    assert cookie["max-age"] == 180 * 24 * 3600
    browser.cookies.pop("desk")
    for number in range(throttle.PER_ADDRESS):
        guess("anna" if number < 20 else f"name{number}")
    assert guess(password=RIGHT).status_code == 429
    assert guess(password=RIGHT, browser=browser).status_code == 302
    browser.cookies.pop("desk")
    hashed.clear()
    assert [guess(browser=browser).status_code for _ in range(12)] == [200] * 10 + [429] * 2
    assert len(hashed) == 10, "a stolen cookie is good for ten tries, too"


@pytest.mark.parametrize("made", ["forged", "of another", "old", "no dictionary"])
def test_a_cookie_that_does_not_know_the_account_opens_no_count(anna, made, time_machine):
    now = timezone.now()
    time_machine.move_to(now - timedelta(days=181 if made == "old" else 1))
    said = {"id": "1", "people": [browsers.digest("ben" if made == "of another" else "anna")]}
    value = signing.dumps(said, salt="x" if made == "forged" else browsers.SALT)
    time_machine.move_to(now)
    fill()
    browser = Client()
    browser.cookies[browsers.NAME] = "{}" if made == "no dictionary" else value
    assert guess(password=RIGHT, browser=browser).status_code == 429


def test_several_people_share_a_browser(anna):
    browser = Client()
    for number in range(browsers.MOST_PEOPLE + 2):
        person = a_person("Reporter", username=f"p{number}", password=RIGHT)
        guess(person.username, RIGHT, browser=browser)
    cookie = signing.loads(browser.cookies[browsers.NAME].value, salt=browsers.SALT)
    assert len(cookie["people"]) == browsers.MOST_PEOPLE
    assert browsers.digest("p9") in cookie["people"]


# --- addresses


@pytest.mark.parametrize(
    ("proxies", "meta", "household", "kept"),
    [
        (
            0,
            {"REMOTE_ADDR": "203.0.113.9", "HTTP_X_FORWARDED_FOR": "8.8.8.8"},
            "203.0.113.9/32",
            "203.0.113.0/24",
        ),
        (1, {"HTTP_X_FORWARDED_FOR": "8.8.8.8, 203.0.113.9"}, "203.0.113.9/32", "203.0.113.0/24"),
        (
            2,
            {"HTTP_X_FORWARDED_FOR": "8.8.8.8, 203.0.113.9:4711, 10.0.0.1"},
            "203.0.113.9/32",
            "203.0.113.0/24",
        ),
        (2, {"HTTP_X_FORWARDED_FOR": "203.0.113.9"}, "203.0.113.9/32", "203.0.113.0/24"),
        (
            1,
            {"HTTP_X_FORWARDED_FOR": "[2001:db8:1:2:3::4]:80"},
            "2001:db8:1:2::/64",
            "2001:db8:1::/48",
        ),
        (0, {"REMOTE_ADDR": "::ffff:203.0.113.9"}, "203.0.113.9/32", "203.0.113.0/24"),
        (
            1,
            {"HTTP_X_FORWARDED_FOR": "nonsense", "REMOTE_ADDR": "203.0.113.9"},
            "203.0.113.9/32",
            "203.0.113.0/24",
        ),
        (0, {"REMOTE_ADDR": ""}, "an address that is not known", "an address that is not known"),
    ],
)
def test_the_address_is_what_our_own_proxies_say(rf, settings, proxies, meta, household, kept):
    settings.NEWSROOM_PROXIES = proxies
    request = rf.get("/", **meta)
    assert (one_household(request), for_the_record(request)) == (household, kept)
    assert address_of(request) is None or str(address_of(request)) in str(meta)


# --- on record


def test_logins_failures_and_refusals_stand_in_the_logbook_without_addresses_or_what_was_typed(
    anna, desk, editor
):
    browser = Client()
    guess(password=RIGHT, browser=browser, REMOTE_ADDR="203.0.113.9")
    browser.post("/admin/logout/", REMOTE_ADDR="203.0.113.9")
    guess(password=RIGHT, browser=browser, REMOTE_ADDR="203.0.113.9")
    assert lines("log in") == [
        ("anna", "From 203.0.113.0/24, in a browser not known before."),
        ("anna", "From 203.0.113.0/24, in a browser known before."),
    ]
    assert lines("log out") == [("anna", "From 203.0.113.0/24.")]
    for _ in range(13):
        guess("anna", "MySecret", REMOTE_ADDR="198.51.100.77")
    guess("My password in the wrong field", "x", REMOTE_ADDR="198.51.100.77")
    failures = lines("failed login")
    assert failures[:10] == [("not logged in", "For “anna”, from 198.51.100.0/24.")] * 10
    assert failures[10:] == [
        ("not logged in", "For a name that no account has, from 198.51.100.0/24.")
    ]
    assert lines("refused login") == [
        ("not logged in", "For “anna”, after too many tries; one of them from 198.51.100.0/24.")
    ]
    everything = str(list(LogLine.objects.values()))
    for word in ("MySecret", "My password", "198.51.100.77", "203.0.113.9"):
        assert word not in everything
    page = desk(anna).get("/admin/articles/logline/?act=failed login").content.decode()
    assert "For “anna”, from 198.51.100.0/24." in page
    assert desk(editor).get("/admin/articles/logline/").status_code == 403


def test_a_right_password_that_does_not_let_in_is_a_failure_on_record():
    a_person("Reporter", username="visitor", password=RIGHT)
    User.objects.filter(username="visitor").update(is_staff=False)
    guess("visitor", RIGHT)
    assert lines("failed login") == [("not logged in", "For “visitor”, from 127.0.0.0/24.")]
    assert lines("log in") == []


def test_strangers_cannot_fill_the_logbook(anna, monkeypatch):
    monkeypatch.setattr(record, "MOST_OF_STRANGERS", 5)
    for number in range(12):
        guess(f"name{number}", REMOTE_ADDR=f"192.0.{number}.1")
    assert len(lines("failed login")) == 5
    guess("anna")
    assert lines("failed login")[-1][1] == "For “anna”, from 127.0.0.0/24.", (
        "a guess at an account is not hidden so"
    )


def test_guesses_at_accounts_do_not_use_up_the_lines_for_strangers(anna, monkeypatch):
    monkeypatch.setattr(record, "MOST_OF_STRANGERS", 5)
    fill()
    for number in range(12):
        guess(f"name{number}", REMOTE_ADDR=f"192.0.{number}.1")
    assert len([why for _, why in lines("failed login") if "no account" in why]) == 5


def test_names_that_differ_in_a_capital_letter_each_have_their_line(anna):
    a_person("Reporter", username="Anna", password=RIGHT)
    for number, username in enumerate(("Anna", "anna", "Anna", "anna")):
        fill(username, REMOTE_ADDR=f"192.0.{number}.1")
        guess(username, REMOTE_ADDR=f"192.0.{number}.1")
    assert sorted(why.split(",")[0] for _, why in lines("refused login")) == [
        "For “Anna”",
        "For “anna”",
    ]


def test_no_list_of_names_can_be_tried_against_the_table_of_counts(anna, settings):
    """With the site's secret in the key; whoever has the table alone learns nothing from it."""
    guess()
    known = set(Tries.objects.values_list("key", flat=True))
    assert throttle.key_of("account", "anna") in known
    settings.SECRET_KEY = "another secret of fifty characters and some more to be long"
    assert throttle.key_of("account", "anna") not in known


def test_counts_that_are_over_go(time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    for number in range(5):
        guess(f"name{number}")
    assert Tries.objects.count() == 6
    time_machine.shift(601)
    guess("another")
    assert Tries.objects.count() == 2
    assert all(re.fullmatch("[0-9a-f]{64}", row.key) for row in Tries.objects.all())


# --- logins that end


def logged_in(username="anna", password=RIGHT):
    browser = Client()
    assert guess(username, password, browser=browser).status_code == 302
    return browser


def is_in(browser) -> bool:
    return browser.get("/admin/my-desk/").status_code == 200


def test_every_other_login_ends_when_a_password_changes(anna, desk, chief):
    here, there = logged_in(), logged_in()
    new = "another long password"
    form = {"old_password": RIGHT, "new_password1": new, "new_password2": new}
    assert here.post(CHANGE, form).status_code == 302
    assert (is_in(here), is_in(there)) == (True, False)
    assert lines("change password") == [("anna", "Every other login of the account ended.")]

    third = "a third long password"
    form = {"usable_password": "true", "password1": third, "password2": third}
    assert desk(chief).post(f"/admin/authors/user/{anna.pk}/password/", form).status_code == 302
    assert not is_in(here)

    here = logged_in(password=third)
    answers = iter(["the fourth long password"] * 2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("getpass.getpass", lambda prompt: next(answers))
        call_command("changepassword", "anna", stdout=io.StringIO())
    assert not is_in(here)


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_who_is_shut_out_is_out_at_the_next_request(anna, change):
    browser = logged_in()
    assert is_in(browser)
    User.objects.filter(pk=anna.pk).update(**change)
    assert not is_in(browser)


def test_a_role_that_is_taken_away_is_gone_at_the_next_request(anna):
    browser = logged_in()
    assert browser.get("/admin/articles/logline/").status_code == 200
    anna.groups.clear()
    assert browser.get("/admin/articles/logline/").status_code == 403


def test_rows_of_ended_logins_go_with_the_next_login_a_bounded_number_at_a_time(anna, monkeypatch):
    monkeypatch.setattr(record, "CLEARED_AT_ONCE", 3)
    yesterday, tomorrow = (timezone.now() + timedelta(days=days) for days in (-1, 1))
    Session.objects.bulk_create(
        Session(session_key=f"{n:032}", expire_date=yesterday) for n in range(5)
    )
    Session.objects.create(session_key="x" * 32, expire_date=tomorrow)
    logged_in()
    assert Session.objects.filter(expire_date__lt=timezone.now()).count() == 2
    logged_in()
    assert Session.objects.filter(expire_date__lt=timezone.now()).count() == 0
    assert Session.objects.filter(session_key="x" * 32).exists()


def test_the_old_password_cannot_be_guessed_at_a_desk_that_was_left_open(anna, hashed):
    browser = logged_in()
    fill()  # from outside: it is no reason why she may not change it now
    hashed.clear()
    form = {
        "old_password": "wrong",
        "new_password1": "another long one",
        "new_password2": "another long one",
    }
    answers = [browser.post(CHANGE, form) for _ in range(12)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429] * 2
    assert len(hashed) == 10
    assert answers[-1]["Retry-After"]
    assert "Too many tries. Wait 10 minutes" in answers[-1].content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_database_is_not_locked_while_a_password_is_hashed(anna, desk, monkeypatch):
    """On SQLite it is one lock for everybody."""
    hashed_in, real = [], MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher,
        "encode",
        lambda self, *args: hashed_in.append(connection.in_atomic_block) or real(self, *args),
    )
    colleague, browser = a_person("Reporter", username="malika"), desk(anna)
    new = {
        "password1": "kettle-Bread-9142",
        "password2": "kettle-Bread-9142",
        "usable_password": "true",
    }
    hashed_in.clear()
    for address, sent, line in (
        ("add/", {"username": "second"} | new, "make account"),
        (f"{colleague.pk}/password/", new, "set password"),
    ):
        with CaptureQueriesContext(connection) as asked:
            browser.get(f"/admin/authors/user/{address}")
        assert not [each for each in asked if each["sql"].startswith(("BEGIN", "SAVEPOINT"))], (
            address
        )
        assert browser.post(f"/admin/authors/user/{address}", sent).status_code == 302
        assert LogLine.objects.filter(act=line, by=anna).count() == 1
    own = {
        "old_password": RIGHT,
        "new_password1": "kettle-Bread-9142",
        "new_password2": "kettle-Bread-9142",
    }
    assert logged_in().post(CHANGE, own).status_code == 302
    assert LogLine.objects.filter(act="change password", by=anna).count() == 1
    assert hashed_in
    assert not any(hashed_in)


def test_a_password_is_not_changed_without_its_line(anna, desk, monkeypatch):
    colleague, browser, mine = (
        a_person("Reporter", username="malika", password=RIGHT),
        desk(anna),
        logged_in(),
    )

    def fail(*args, **kwargs):
        raise RuntimeError("the logbook is full")

    monkeypatch.setattr("articles.models.logbook.LogLineQuerySet.record", fail)
    new = {
        "password1": "kettle-Bread-9142",
        "password2": "kettle-Bread-9142",
        "usable_password": "true",
    }
    with pytest.raises(RuntimeError):
        browser.post(f"/admin/authors/user/{colleague.pk}/password/", new)
    own = {
        "old_password": RIGHT,
        "new_password1": "kettle-Bread-9142",
        "new_password2": "kettle-Bread-9142",
    }
    with pytest.raises(RuntimeError):
        mine.post(CHANGE, own)
    for person in (colleague, anna):
        assert User.objects.get(pk=person.pk).check_password(RIGHT)


def test_a_name_that_a_colleague_takes_at_the_same_moment_is_said_at_the_form(
    anna, desk, monkeypatch
):
    def late(self, request, obj, form, change):
        """Between the look at the form and the save."""
        monkeypatch.undo()
        a_person("Reporter", username="malika")

    browser = desk(anna)
    monkeypatch.setattr(AccountAdmin, "save_model", late)
    new = {
        "password1": "kettle-Bread-9142",
        "password2": "kettle-Bread-9142",
        "usable_password": "true",
    }
    answer = browser.post("/admin/authors/user/add/", {"username": "malika"} | new)
    assert answer.status_code == 200
    assert "already exists" in answer.content.decode()


def test_a_role_that_is_changed_takes_no_new_password_back(anna, desk, monkeypatch):
    colleague, browser = a_person("Reporter", username="malika", password=RIGHT), desk(anna)
    real = User.save

    def late(self, *args, **kwargs):
        monkeypatch.setattr(User, "save", real)
        other = User.objects.get(pk=colleague.pk)
        other.set_password("kettle-Bread-9142")
        other.save()
        real(self, *args, **kwargs)

    monkeypatch.setattr(User, "save", late)
    sent = {"username": "malika", "first_name": "Malika", "is_active": "on", "is_staff": "on"}
    assert browser.post(f"/admin/authors/user/{colleague.pk}/change/", sent).status_code == 302
    colleague.refresh_from_db()
    assert colleague.first_name == "Malika"
    assert colleague.check_password("kettle-Bread-9142")


# --- a new key


def test_a_new_key_ends_no_login_no_link_and_no_unsaved_words(anna, settings, client):
    browser = logged_in()
    draft = editing.create(a_snapshot("Draft"), by=anna)
    link = preview.token_of(preview.share(draft, draft.revisions.newest(), by=anna))
    writer = unsaved.writer_token(anna, article=draft, key=draft.uid)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "the new key " + "y" * 50
    parked = {"writer": writer, "headline": "Kept", "key": str(draft.uid)}

    settings.SECRET_KEY_FALLBACKS = [old]
    assert is_in(browser)
    assert client.get(f"/preview/{link}/").status_code == 200
    client.post(f"/admin/articles/article/{draft.pk}/change/", parked)
    assert UnsavedWork.objects.filter(person=anna).exists()
    fill()
    browser.cookies.pop("desk")
    assert guess(password=RIGHT, browser=browser).status_code == 302

    UnsavedWork.objects.all().delete()
    settings.SECRET_KEY_FALLBACKS = []
    settings.SECRET_KEY = "a third key " + "z" * 50
    assert not is_in(browser)
    assert client.get(f"/preview/{link}/").status_code == 404
    client.post(f"/admin/articles/article/{draft.pk}/change/", parked)
    assert not UnsavedWork.objects.exists()
