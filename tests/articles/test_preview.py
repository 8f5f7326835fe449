"""Preview: the public page of what is being typed, and links that show one version to somebody outside."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.utils import timezone

from articles import workflow
from articles.models import Revision
from articles.story import editing, preview
from tests.articles.test_desk_form import LIST, form_data
from tests.builders import a_draft, a_person, a_photo, a_section, a_snapshot, a_story, an_author
from tests.sizes import sized

pytestmark = pytest.mark.django_db


def test_the_form_is_shown_on_the_public_page_and_nothing_is_saved(desk, reporter):
    author, section, photo = an_author("Ada Baker"), a_section(), a_photo()
    data = form_data(
        rows=[{"author": author.pk}],
        headline="Only typed",
        body="<p>Words <script>x</script></p>",
        byline_decision="given",
        section=section.pk,
        lead_photo=photo.pk,
    )
    answer = desk(reporter).post(f"{LIST}add/preview/", data)
    text = answer.content.decode()
    for words in (
        '<h1 id="hl">Only typed</h1>',
        "By",
        "Ada Baker",
        "Nothing is saved by looking",
        f"/admin/articles/photo/{photo.pk}/file/{photo.stamp}/3x2-320.jpg",
    ):
        assert words in text
    assert "/media/photos/" not in text
    assert "<script>x" not in text
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == (
        "no-store, private",
        "no-referrer",
    )
    assert "noindex" in answer["X-Robots-Tag"]
    assert not Revision.objects.exists()


def test_an_invalid_form_says_what_is_wrong_and_is_422(desk, chief):
    draft = a_draft("Saved")
    answer = desk(chief).post(
        f"{LIST}{draft.pk}/preview/", form_data(draft, date_known="minute", headline="x" * 300)
    )
    assert answer.status_code == 422
    assert "Say which day." in answer.content.decode()


def test_a_story_that_has_only_a_headline_can_be_previewed(desk, reporter):
    assert desk(reporter).post(f"{LIST}add/preview/", form_data(headline="Bare")).status_code == 200
    assert desk(reporter).get(f"{LIST}add/preview/").status_code == 405


def a_link(story, by=None):
    return preview.share(story, story.revisions.newest(), by=by or a_person("Editor"))


def test_a_link_shows_its_version_and_no_later_one(client, desk, editor):
    photo = a_photo(token="hiddenphoto")
    draft = a_draft("As shared", lead_photo=photo.sha256)
    answer = desk(editor).post(f"{LIST}{draft.pk}/share/", follow=True).content.decode()
    token = preview.token_of(draft.shared_previews.get())
    assert f"/preview/{token}/" in answer
    editing.save(draft, a_snapshot("Later words"), version=1)
    shown = client.get(f"/preview/{token}/")
    assert "As shared" in shown.content.decode()
    assert "Later words" not in shown.content.decode()
    assert (shown["Cache-Control"], shown["Referrer-Policy"]) == (
        "no-store, private",
        "no-referrer",
    )
    assert "noindex" in shown["X-Robots-Tag"]
    assert (
        f"/preview/{token}/photos/hiddenphoto/{photo.stamp}/3x2-320.jpg" in shown.content.decode()
    )
    other = a_photo(token="otherphoto")
    assert (
        client.get(f"/preview/{token}/photos/{other.token}/{other.stamp}/320.jpg").status_code
        == 404
    )
    assert client.get(f"/media/photos/hiddenphoto/{photo.stamp}/320.jpg").status_code == 404
    assert not shown.cookies


def test_a_story_has_few_open_links_and_each_can_be_ended(client, desk, editor):
    draft = a_draft("Shared often")
    first = a_link(draft, by=editor)
    browser = desk(editor)
    for _ in range(preview.MOST_OPEN + 2):
        said = browser.post(f"{LIST}{draft.pk}/share/", follow=True).content.decode()
    assert "10 links to this story are open already. End one of them first." in said
    assert said.count('form="revoke-') == draft.shared_previews.count() == preview.MOST_OPEN
    assert f'form="revoke-{first.pk}"' in said
    browser.post(f"{LIST}{draft.pk}/share/{first.pk}/revoke/")
    assert client.get(f"/preview/{preview.token_of(first)}/").status_code == 404
    assert (
        "This link shows version"
        in browser.post(f"{LIST}{draft.pk}/share/", follow=True).content.decode()
    )


def test_links_from_before_there_was_a_bound_are_all_listed(desk, editor):
    draft = a_draft("Shared long ago")
    for _ in range(preview.MOST_OPEN):
        link = a_link(draft, by=editor)
    for _ in range(5):
        link.pk, link.uid = None, uuid.uuid4()
        link.save()
    page = desk(editor).get(f"{LIST}{draft.pk}/change/").content.decode()
    assert page.count('form="revoke-') == preview.MOST_OPEN + 5


def test_a_link_ends_after_seven_days_or_when_it_is_ended(client, desk, editor):
    draft = a_draft("Shared")
    link = a_link(draft)
    address = f"/preview/{preview.token_of(link)}/"
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=-5)):
        assert client.get(address).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=5)):
        assert client.get(address).status_code == 404
    desk(editor).post(f"{LIST}{draft.pk}/share/{link.pk}/revoke/")
    assert client.get(address).status_code == 404
    assert draft.log_lines.filter(act="revoke preview", by=editor).exists()


@pytest.mark.parametrize("end", ["withdraw", "spike"])
def test_a_link_ends_with_its_story(client, chief, end):
    story = a_story("Shared") if end == "withdraw" else a_draft("Shared")
    address = f"/preview/{preview.token_of(a_link(story))}/"
    assert client.get(address).status_code == 200
    if end == "withdraw":
        workflow.withdraw(story, by=chief, reason="law")
    else:
        workflow.spike(story, by=chief, why="x")
    assert client.get(address).status_code == 404
    if end == "withdraw":
        workflow.restore(story, by=chief, why="x")
        assert client.get(address).status_code == 404


@pytest.mark.full_size
def test_a_thousand_tokens_that_nobody_made_show_nothing(client):
    link = a_link(a_draft("Secret"))
    good = preview.token_of(link)
    uid, _, signature = good.partition(":")
    count = sized(250, 25)
    tokens = [f"{uid}:{signature[:-2]}{number:02}" for number in range(count)]
    tokens += [f"{number:032x}:{signature}" for number in range(count)]
    tokens += [signing.Signer(salt="other").sign(f"{number:032x}") for number in range(count)]
    tokens += [
        signing.Signer(salt=preview.SALT).sign(f"{number:032x}") for number in range(count - 2)
    ]
    tokens += [uid, signing.Signer(salt=preview.SALT).sign("no uuid")]
    statuses = {client.get(f"/preview/{token}/").status_code for token in tokens if token != good}
    assert len(tokens) == 4 * count
    assert statuses == {404}


def test_only_who_may_write_shares_and_ends_links(desk, contributor, reporter, editor):
    theirs, link = a_draft("Theirs"), a_link(a_draft("Other"))
    assert desk(contributor).post(f"{LIST}{theirs.pk}/share/").status_code == 404
    own = editing.create(a_snapshot("Own"), by=reporter)
    assert desk(reporter).post(f"{LIST}{own.pk}/share/{link.pk}/revoke/").status_code == 404
    assert desk(editor).get(f"{LIST}{own.pk}/share/").status_code == 405
    link.refresh_from_db()
    assert link.revoked_at is None
