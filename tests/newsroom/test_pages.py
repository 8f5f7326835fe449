"""Pages that the outlet writes about itself: on the desk, in the footer, and for readers once they are public."""

import pytest

from articles.models import LogLine
from newsroom.models import Page

pytestmark = pytest.mark.django_db


def test_a_chief_editor_writes_a_page_and_readers_find_it_in_the_footer(desk, chief, page):
    fields = {
        "name": "How we work",
        "description": "In short.",
        "body": "<p>Well.</p><script>alert(1)</script>",
        "order": "10",
        "is_in_footer": "on",
        "is_public": "on",
    }
    assert desk(chief).post("/admin/newsroom/page/add/", fields).status_code == 302
    html = page("/about/how-we-work/")
    assert "<p>Well.</p>" in html
    assert "alert(1)" not in html
    assert '<a href="/about/how-we-work/">How we work</a>' in page("/")


def test_what_a_page_said_before_is_kept(desk, chief):
    about = Page.objects.create(name="Privacy", body="<p>Old words.</p>", is_public=True)
    fields = {"name": "Privacy", "body": "<p>New words.</p>", "order": "10", "is_public": "on"}
    desk(chief).post(f"/admin/newsroom/page/{about.pk}/change/", fields)
    assert LogLine.objects.get(act="change page").details["before"]["body"] == "<p>Old words.</p>"


def test_a_page_that_is_not_public_answers_like_none(client):
    before = client.get("/about/secret/")
    Page.objects.create(name="Secret", body="<p>Words.</p>")
    after = client.get("/about/secret/")
    assert before.status_code == after.status_code == 404
    assert before.content == after.content
    assert b"Secret" not in client.get("/").content


def test_a_page_may_stand_outside_the_footer(page):
    Page.objects.create(
        name="For partners", body="<p>Words.</p>", is_public=True, is_in_footer=False
    )
    assert "For partners" in page("/about/for-partners/")
    assert "For partners" not in page("/")


def test_an_editor_does_not_find_the_list(desk, editor):
    assert desk(editor).get("/admin/newsroom/page/").status_code == 403
