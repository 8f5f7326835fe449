"""Run as a program in the race's own newsroom: `begin` makes a draft and a login, `report` tells what became of it."""

import json
import sys

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from articles.models import Article, LogLine  # noqa: E402
from tests.builders import a_draft, a_person  # noqa: E402


def begin():
    person = a_person("Chief editor")
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    draft, another = a_draft("Base"), a_draft("Another")
    return {
        "story": draft.pk,
        "another": another.pk,
        "section": draft.section.pk,
        "session": session.session_key,
    }


def report():
    story = Article.objects.earliest("pk")
    revisions = story.revisions.order_by("pk").values_list("version", "aside", "snapshot")
    return {
        "line": [snapshot["summary"] for version, aside, snapshot in revisions if not aside],
        "aside": [snapshot["summary"] for version, aside, snapshot in revisions if aside],
        "shown": story.summary,
        "refusals": LogLine.objects.filter(act__endswith="refused").count(),
    }


print(json.dumps({"begin": begin, "report": report}[sys.argv[1]]()))
