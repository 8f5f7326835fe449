"""What was stored while two fields of a story had other names is read under the present ones."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from articles.models import Revision, UnsavedWork
from articles.story import snapshots
from tests.builders import a_draft

MIGRATION = "0010_names_of_fields"
renaming = import_module(f"articles.migrations.{MIGRATION}")
step = renaming.Migration.operations[-1]


@pytest.fixture
def apps(db):
    """The models as they are at the migration: there a version is a row like any other."""
    return MigrationExecutor(connection).loader.project_state(("articles", MIGRATION)).apps


def stored():
    return [
        *Revision.objects.order_by("pk").values_list("snapshot", flat=True),
        *UnsavedWork.objects.order_by("pk").values_list("fields", flat=True),
    ]


def test_versions_and_unsaved_work_of_before_keep_their_dateline_and_outlet(
    apps, reporter, monkeypatch
):
    monkeypatch.setattr(renaming, "AT_ONCE", 1)  # in more than one go
    story = a_draft("One", dateline="Termez", source_outlet="The Post")
    a_draft("Two", dateline="Nukus")
    form = {"headline": ["One"], "dateline": ["Kyiv"], "source_outlet": [""]}
    UnsavedWork.objects.create(
        article=story, person=reporter, key=story.uid, fields=form, kept_at=timezone.now()
    )
    now = stored()
    editor = connection.schema_editor()
    step.reverse_code(apps, editor)
    before = stored()
    step.code(apps, editor)
    assert [(each["place"], each["outlet"]) for each in before] == [
        ("Termez", "The Post"),
        ("Nukus", ""),
        (["Kyiv"], [""]),
    ]
    assert stored() == now
    assert snapshots.latest(story)["dateline"] == "Termez"
