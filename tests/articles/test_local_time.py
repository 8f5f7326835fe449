"""Times on the desk: by the outlet's clock and one's own, and in the hours that the clocks skip or repeat."""

import pytest
import time_machine

from tests.articles.test_desk_form import LIST
from tests.builders import a_draft, seen

pytestmark = pytest.mark.django_db


def test_a_doubled_hour_is_asked_by_name_and_a_skipped_one_refused(desk, editor, settings):
    settings.TIME_ZONE = "Europe/Paris"
    draft = a_draft("Clocks")
    browser, step = desk(editor), f"{LIST}{draft.pk}/act/schedule/"
    with time_machine.travel("2024-01-01T00:00:00Z"):
        skipped = browser.post(
            step, {"day": "2024-03-31", "clock": "02:30"} | seen(draft)
        ).content.decode()
        assert "The clocks skip 02:30 on that day. Choose 01:30 or 03:30 instead." in skipped
        twice = {"day": "2024-10-27", "clock": "02:30"} | seen(draft)
        asked = browser.post(step, twice).content.decode()
        assert "The first 02:30 (UTC+02:00)" in asked
        assert "The second 02:30 (UTC+01:00)" in asked
        browser.post(step, twice | {"which": "second"})
    draft.refresh_from_db()
    assert draft.live_from.isoformat() == "2024-10-27T01:30:00+00:00"


def test_a_time_is_shown_by_the_outlets_clock_and_ones_own(desk, editor):
    editor.time_zone = "Europe/London"
    editor.save()
    draft = a_draft("Later")
    browser, step = desk(editor), f"{LIST}{draft.pk}/act/schedule/"
    with time_machine.travel("2026-01-05T09:00:00Z", tick=False):
        browser = desk(editor)
        assert "14:00 Tashkent time, 09:00 yours" in browser.get(step).content.decode()
        answer = browser.post(
            step, {"day": "2026-01-06", "clock": "18:00"} | seen(draft), follow=True
        ).content.decode()
    assert "goes live on Tuesday 6 January 2026, 18:00 Tashkent time, 13:00 yours" in answer
