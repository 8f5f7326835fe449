"""Who makes or changes an account on the server's console is not seen there; that it happened is in the logbook."""

import io

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from articles.models import LogLine
from authors.signals import AccountAct
from tests.builders import a_person

pytestmark = pytest.mark.django_db


def lines():
    found = LogLine.objects.filter(act__in=AccountAct.values).order_by("pk")
    return list(found.values_list("act", "by_name", "why"))


@pytest.fixture(autouse=True)
def at_the_console(monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: "root")
    monkeypatch.setattr("getpass.getpass", lambda prompt: "a long password of the console")


def test_an_account_made_on_the_console_is_in_the_logbook(monkeypatch, desk, chief):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a long password of the console")
    call_command(
        "createsuperuser",
        "--noinput",
        username="vera",
        email="vera@example.com",
        stdout=io.StringIO(),
    )
    how = "createsuperuser on the server’s console, by the system’s account root"
    assert lines() == [
        ("make account", "the server’s console", f"vera (superuser) was made with {how}.")
    ]
    assert (
        "vera (superuser) was made" in desk(chief).get("/admin/articles/logline/").content.decode()
    )
    assert (
        get_user_model()
        .objects.get(username="vera")
        .check_password("a long password of the console")
    )


def test_a_password_set_on_the_console_is_in_the_logbook():
    a_person("Editor", username="anna")
    call_command("changepassword", "anna", stdout=io.StringIO())
    how = "changepassword on the server’s console, by the system’s account root"
    assert lines() == [
        ("set password", "the server’s console", f"The password of anna was set with {how}.")
    ]


def test_what_changes_nothing_writes_nothing():
    with pytest.raises(CommandError):
        call_command("changepassword", "nobody", stdout=io.StringIO())
    assert lines() == []


@pytest.mark.django_db(transaction=True)
def test_the_account_of_the_demo_is_in_the_logbook_once():
    from newsroom.management.commands.demo import Command

    Command().chief_editor()
    Command().chief_editor()
    how = "demo on the server’s console, by the system’s account root"
    assert lines() == [
        ("make account", "the server’s console", f"chief (Chief editor) was made with {how}.")
    ]
