"""Every command ends in one sentence and an exit code when a part is gone; a fault of ours keeps its traceback."""

import errno
import io
import json
import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import IntegrityError, OperationalError

from newsroom import terminal
from newsroom.foundation import database_file
from newsroom.management.commands import import_stories
from tests.newsroom import test_outages
from tests.tools import ROOT

SAID = {  # what is gone: what stands in the sentence
    "nothing": "There is no database at /",
    "damaged": "cannot be used: database disk image is malformed.",
    "of_another_kind": "cannot be used: file is not a database.",
    "without_tables": "are not those of this version. Run “manage.py migrate” first.",
    "of_an_old_version": "are not those of this version. Run “manage.py migrate” first.",
    "room for the output": "The disk is full: there is no room for what is written.",
    "a reader": "Nobody reads the output any more",
}


def ran(*command, **options):
    environment = os.environ | {
        "NEWSROOM_DEBUG": "on",
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
    }
    environment |= options.pop("env", {})
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        text=True,
        capture_output=True,
        **options,
    )


def test_every_command_says_in_one_sentence_what_is_gone(tmp_path):
    (tmp_path / "var").mkdir()
    answer = ran(
        "-m",
        "tests.newsroom.ends_of_commands",
        str(tmp_path),
        env={
            "NEWSROOM_VAR": str(tmp_path / "var"),
            "DATABASE_URL": "",
            "DJANGO_SUPERUSER_PASSWORD": "long enough 77",
        },
    )
    assert answer.returncode == 0, answer.stderr
    found = json.loads(answer.stdout.splitlines()[-1])
    assert set(found) == set(SAID)
    wrong = {}
    for gone, commands in found.items():
        for name, (code, said) in commands.items():
            words = (
                "cannot be brought to this version"
                if (gone, name) == ("of_an_old_version", "demo")
                else SAID[gone]
            )
            if code != 1 or words not in said or len(said.splitlines()) != 1:
                wrong[gone, name] = code, said
    assert wrong == {}
    assert sum(len(commands) for commands in found.values()) == 5 * 10 - 2 + 10 + 1


def test_so_does_the_program_itself_for_a_database_that_does_not_answer():
    answer = ran(
        "manage.py",
        "photo_rights",
        env={"DATABASE_URL": "postgres://desk:secret@127.0.0.1:1/paper"},
    )
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr.startswith("The database at paper on 127.0.0.1 cannot be used: connection")
    assert len(answer.stderr.splitlines()) == 1
    assert "secret" not in answer.stderr


@pytest.mark.parametrize("name", test_outages.FAULTS)
def test_every_fault_of_a_part_has_its_sentence(name, monkeypatch):
    monkeypatch.setattr(terminal, "is_behind", lambda error: False)
    said = terminal.said_of(test_outages.FAULTS[name], "settle_signs")
    expected = (
        "cannot be used"
        if name not in (*test_outages.IS_FULL, *test_outages.IS_BUSY, "readonly", "standby")
        else ""
    )
    kinds = {
        "The disk is full": test_outages.IS_FULL,
        "Others are writing": test_outages.IS_BUSY,
        "can only be read": test_outages.IS_READ_ONLY,
    }
    words = next((words for words, names in kinds.items() if name in names), expected)
    assert words
    assert words in said
    assert said.endswith(".")


@pytest.mark.parametrize("name", test_outages.OURS)
def test_a_query_that_we_asked_wrongly_keeps_its_traceback(name, monkeypatch):
    monkeypatch.setattr(terminal, "is_behind", lambda error: False)
    assert terminal.said_of(test_outages.OURS[name], "settle_signs") == ""


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            PermissionError(errno.EACCES, "Permission denied", "/x/y"),
            "/x/y: Permission denied. Nothing more was done.",
        ),
        (
            OSError(errno.ENOSPC, "No space left on device", "/x/y"),
            "The disk is full: there is no room for /x/y.",
        ),
        (OSError(errno.EROFS, "Read-only file system", "/x/y"), "/x/y: Read-only file system."),
        (
            UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"),
            "is not written in UTF-8",
        ),
        (
            UnicodeEncodeError("utf-8", "\udcff", 0, 1, "surrogates not allowed"),
            "is not written in UTF-8",
        ),
        (EOFError(), "“changepassword” asks questions."),
        (
            ImproperlyConfigured("No psycopg.\nIt is missing."),
            "The newsroom is set up wrongly: No psycopg",
        ),
        (IntegrityError("UNIQUE constraint failed"), ""),
        (database_file.Crowded("database is locked"), "Others are writing"),
        (ZeroDivisionError("division by zero"), ""),
        (KeyError("loaf"), ""),
    ],
)
def test_what_a_command_meets_is_said_and_a_fault_of_ours_is_not_hidden(error, words):
    said = terminal.said_of(error, "changepassword")
    assert words in said
    assert bool(words) is bool(said)
    assert "\n" not in said


@pytest.mark.django_db
@pytest.mark.parametrize(
    "ending", ["json", "jsonl", "xml", "json.gz", "json.zip", "json.bz2", "json.xz"]
)
def test_a_fixture_in_another_coding_or_of_another_kind_is_refused_by_its_name(tmp_path, ending):
    file = tmp_path / f"loaves.{ending}"
    file.write_bytes(b"\xff\xfe[{")
    with pytest.raises(
        CommandError,
        match=r"^The fixture cannot be read: .+ \(/.*loaves.*\)\. Nothing of it was loaded\.$",
    ):
        call_command("loaddata", str(file), verbosity=0)


@pytest.mark.django_db
def test_an_import_that_is_stopped_says_how_far_it_came(tmp_path, monkeypatch):
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"Bread {number}\n\nIt is dear.\n")
    real, out = import_stories.load, io.StringIO()

    def until_the_second(name, *args, **options):
        if name.endswith("1.txt"):
            raise test_outages.FAULTS["full"]
        return real(name, *args, **options)

    monkeypatch.setattr(import_stories, "load", until_the_second)
    with pytest.raises(OperationalError):
        call_command("import_stories", str(tmp_path), stdout=out)
    assert out.getvalue().endswith("Stopped. 2 read: 1 made, 0 unchanged, 0 refused.\n")
