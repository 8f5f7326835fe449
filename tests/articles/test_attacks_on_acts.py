"""What a helper who attacked the acts, the merging and the unsaved work found; each line was once a fault."""

import uuid
from datetime import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from articles import workflow
from articles.models import Article, CheckPass, LogLine, SharedPreview, Tag, UnsavedWork
from articles.models.tag import MOST_TAGS
from articles.story import editing, preview, snapshots, three_way_merge, unsaved
from newsroom.withdrawal import prove
from tests.articles.test_acts import working_copy
from tests.articles.test_desk_form import LIST, form_data
from tests.articles.test_unsaved import address, restore
from tests.builders import a_draft, a_person, a_snapshot, a_story, seen

pytestmark = pytest.mark.django_db


# --- readers and rights


def test_markup_in_a_text_stays_text_on_every_step(desk, chief, contributor):
    text = "“<input type=hidden name=pass_x value=ok><script>alert(1)</script>” costs TK."
    draft = editing.create(
        a_snapshot(text, summary=text, body="<p>The the cost is TK.</p>"), by=contributor
    )
    page = desk(chief).get(f"{LIST}{draft.pk}/act/publish/").content.decode()
    assert "<input type=hidden name=pass_x" not in page
    assert "<script>alert" not in page
    desk(chief).post(f"{LIST}{draft.pk}/act/publish/", seen(draft))
    assert not CheckPass.objects.filter(level="block").exists()


def test_what_a_withdrawn_page_names_is_what_readers_knew(client, chief, contributor):
    story = editing.create(a_snapshot("Public headline"), by=contributor)
    workflow.publish(story, by=chief)
    working_copy(story, headline="Secret headline")
    workflow.withdraw(
        story, by=chief, reason="retracted", wording="We were wrong about this.", show_title=True
    )
    for page in ("/articles/public-headline/", "/corrections/"):
        text = client.get(page).content.decode()
        assert "Public headline" in text
        assert "Secret headline" not in text
    assert prove(story).traces == []
    workflow.restore(story, by=chief, why="x")
    editing.save(story, a_snapshot("Anything I like"), version=story.version, by=contributor)
    text = client.get("/articles/public-headline/").content.decode()
    assert "Anything I like" not in text
    # never deleted
    assert "We were wrong about this." in client.get("/corrections/").content.decode()


def test_the_corrections_page_stands_whatever_address_a_working_copy_wishes_for(
    client, desk, chief, reporter
):
    story = editing.create(a_snapshot("Restored"), by=reporter)
    workflow.publish(story, by=chief)
    first = story.revisions.get(version=1)  # from before the story had an address
    desk(reporter).post(f"{LIST}{story.pk}/restore/{first.pk}/", {"version": story.version})
    workflow.withdraw(
        story, by=chief, reason="retracted", wording="It was not so.", show_title=True
    )
    page = client.get("/corrections/")
    assert page.status_code == 200
    assert 'href="/articles/restored/"' in page.content.decode()
    other = a_story("Other wish")
    workflow.correct(other, by=chief, was="x", now="y")
    working_copy(other, slug="elsewhere")
    assert 'href="/articles/other-wish/#record-' in client.get("/corrections/").content.decode()


def test_who_restored_may_change_what_a_second_person_published(chief, editor):
    story = a_story("Back again")
    workflow.withdraw(story, by=chief, reason="rights")
    workflow.restore(story, by=chief, why="x")
    workflow.publish(story, by=editor)
    workflow.put_live(working_copy(story, headline="Better"), by=chief, kind="small_fix")
    assert story.headline == "Better"


def test_an_older_dump_revives_no_ended_link(client, editor, tmp_path):
    link = preview.share(story := a_draft("Shared"), story.revisions.newest(), by=editor)
    out = StringIO()
    call_command("dumpdata", "articles.sharedpreview", stdout=out)
    (tmp_path / "old.json").write_text(out.getvalue())
    preview.revoke(link, by=editor)
    call_command("loaddata", str(tmp_path / "old.json"), verbosity=0)
    assert SharedPreview.objects.get().revoked_at is not None
    assert client.get(f"/preview/{preview.token_of(link)}/").status_code == 404


# --- words


def test_a_second_form_overwrites_nothing_that_the_first_one_kept(desk, chief):
    draft, browser = a_draft("Two forms"), desk(chief)
    for key, words in ((uuid.uuid4(), "Five hundred words"), (uuid.uuid4(), "One word")):
        browser.post(address(draft, "autosave"), form_data(draft, summary=words, key=key))
    page = browser.get(address(draft, "change")).content.decode()
    assert page.count("<strong>Unsaved work from") == 2
    browser.post(
        address(draft, "change"),
        form_data(draft, summary="One word, saved", key=key, section=draft.section.pk),
    )
    assert UnsavedWork.objects.get().fields["summary"] == ["Five hundred words"]


def test_more_forms_than_are_offered_go_to_the_history(desk, chief):
    draft = a_draft("Many forms")
    for number in range(unsaved.MOST + 2):
        desk(chief).post(
            address(draft, "autosave"), form_data(draft, summary=f"Form {number}", key=uuid.uuid4())
        )
    aside = {revision.snapshot["summary"] for revision in draft.revisions.exclude(aside=0)}
    kept = {work.fields["summary"][0] for work in UnsavedWork.objects.all()}
    assert aside | kept == {f"Form {number}" for number in range(unsaved.MOST + 2)}
    assert len(kept) == unsaved.MOST


def test_a_story_published_while_its_contributor_was_typing_keeps_the_words(
    desk, contributor, editor
):
    story = editing.create(a_snapshot("Meanwhile"), by=contributor)
    sent = form_data(
        story,
        summary="Typed meanwhile",
        section=story.section.pk,
        date_known="day",
        published_day="2026-03-04",
    )
    workflow.publish(story, by=editor)
    browser = desk(contributor)
    assert browser.post(address(story, "autosave"), sent).status_code == 200
    answer = browser.post(address(story, "change"), sent)
    assert answer.status_code == 409
    assert "was published while you were writing" in answer.content.decode()
    assert story.revisions.get(aside=1).snapshot["summary"] == "Typed meanwhile"
    story.refresh_from_db()
    assert not story.has_working_copy


def test_a_new_form_that_comes_a_third_time_with_other_words_says_409(desk, reporter):
    key, browser = uuid.uuid4(), desk(reporter)
    answers = [
        browser.post(f"{LIST}add/", form_data(headline=f"Text {number}", key=key))
        for number in range(3)
    ]
    assert [answer.status_code for answer in answers] == [302, 302, 409]
    story = Article.objects.get()
    kept = {revision.snapshot["headline"] for revision in story.revisions.all()}
    assert kept == {"Text 0", "Text 1", "Text 2"}


def test_a_restored_new_story_is_not_in_conflict_with_itself(desk, reporter):
    browser = desk(reporter)
    browser.post(f"{LIST}add/autosave/", form_data(headline="New", key=uuid.uuid4()))
    story = Article.objects.get()
    form = browser.get(restore(story)).context["adminform"].form
    data = form_data(
        headline="New, saved", key=form["key"].value(), base_version=form["base_version"].value()
    )
    assert browser.post(address(story, "change"), data).status_code == 302


def test_without_a_base_every_difference_is_asked_about():
    theirs = snapshots.ordered(
        {"headline": "T", "body": "<p>Same.</p><p>Theirs.</p>", "dateline": "Termez"}
    )
    mine = snapshots.ordered({"headline": "M", "body": "<p>Same.</p><p>Mine.</p>"})
    result = three_way_merge.merge(None, theirs, mine).result(theirs, {})
    assert result["body"] == "<p>Same.</p>\n<p>Theirs.</p>\n<p>Mine.</p>"


def test_a_date_is_one_fact_and_is_never_put_together_from_two():
    base = snapshots.ordered({"published_on": "2026-03-01", "date_decided": True})
    theirs = base | {"published_on": "2026-03-04", "published_at": "2026-03-04T05:00:00+00:00"}
    mine = base | {"published_on": None, "published_at": None}
    fields = three_way_merge.merge(base, theirs, mine).fields
    assert [field.name for field in fields] == ["date"]
    assert [fields[0].text(side) for side in ("base", "theirs", "mine")] == [
        "1 March 2026",
        "4 March 2026, 10:00",
        "not stated",
    ]
    result = three_way_merge.merge(base, theirs, mine).result(theirs, {"field-date": "mine"})
    assert (result["published_on"], result["published_at"]) == (None, None)


def test_two_texts_that_together_are_too_much_are_refused_in_words(desk, chief):
    for number in range(MOST_TAGS + 4):
        Tag.objects.named(f"tag {number}")
    draft = a_draft("Tags")
    names = [f"tag-{number}" for number in range(MOST_TAGS + 4)]
    editing.save(draft, a_snapshot("Tags") | {"tags": names[:14]}, version=1)
    stale = editing.save(draft, a_snapshot("Tags") | {"tags": names[10:]}, version=1, by=chief)
    merge = f"{LIST}{draft.pk}/merge/{stale.mine.pk}/"
    answer = desk(chief).post(merge, {"theirs": 2, "field-tags": "both"})
    assert answer.status_code == 422
    assert f"a story has at most {MOST_TAGS}" in answer.content.decode()


def test_a_story_with_many_names_keeps_them_all(desk, chief):
    draft = a_draft("Names", by=[f"Name {number}" for number in range(35)])
    page = desk(chief).get(address(draft, "change"))
    (inline,) = page.context["inline_admin_formsets"]
    assert len(inline.formset.forms) == 35
    rows = [{"name": f"Name {number}"} for number in range(40)]
    answer = desk(chief).post(
        address(draft, "change"), form_data(draft, rows=rows, section=draft.section.pk)
    )
    assert answer.status_code == 200
    assert len(snapshots.latest(draft)["bylines"]) == 35


@pytest.mark.parametrize("key", ["", "abc", "0b1e5b1e-0000-4000-8000-000000000002"])
def test_parking_never_fails_whoever_sends_what(reporter, key):
    draft = editing.create(a_snapshot("Base"), by=reporter)
    token = unsaved.writer_token(reporter, key=key)
    # Kept, or given back to be copied when it cannot be kept.
    assert Client().post(f"{LIST}add/", form_data(writer=token, headline="x")).status_code in (
        302,
        403,
    )
    gone = a_person("Reporter")
    token = unsaved.writer_token(gone, article=draft)
    gone.delete()
    assert (
        Client().post(address(draft, "change"), form_data(draft, writer=token)).status_code == 403
    )


def test_a_long_text_in_a_wide_script_is_kept_too(desk, chief):
    draft = a_draft("Wide")
    answer = desk(chief).post(address(draft, "autosave"), form_data(draft, body="ў" * 900_000))
    assert answer.status_code == 200


def test_a_date_in_a_doubled_hour_and_with_seconds_is_saved_as_it_was(desk, chief, settings):
    settings.TIME_ZONE = "America/New_York"
    for stored in ("2025-11-02T01:30:45-05:00", "2025-11-02T01:30:00-04:00"):
        draft = a_draft("Clocks", date=stored)
        before = snapshots.latest(draft)["published_at"]
        data = form_data(
            draft,
            section=draft.section.pk,
            date_known="minute",
            published_day="2025-11-02",
            published_time="01:30",
            summary="A word more",
        )
        assert desk(chief).post(address(draft, "change"), data).status_code == 302
        after = snapshots.latest(draft)
        assert datetime.fromisoformat(after["published_at"]) == datetime.fromisoformat(before)
        assert after["summary"] == "A word more"


# --- odd requests


@pytest.mark.parametrize("odd", ["abc", "", "9" * 30, "1\x00"])
def test_odd_boxes_of_the_list_are_no_trouble(desk, chief, odd):
    a_draft("One")
    answer = desk(chief).post(LIST, {"action": "publish", "_selected_action": odd, "index": "0"})
    assert answer.status_code in (200, 302, 400)


def test_zero_bytes_are_no_trouble_anywhere(desk, chief):
    draft = a_draft("Zero")
    browser = desk(chief)
    key = str(uuid.uuid4())
    assert (
        browser.post(address(draft, "autosave"), {"headline": "a\x00b", "x\x00y": "1"}).status_code
        == 200
    )
    assert (
        browser.post(f"{LIST}add/autosave/", {"headline": "a\x00b", "key": key}).status_code == 200
    )
    for path in (
        f"{LIST}?language=%00",
        "/admin/articles/logline/?act=%00",
        "/admin/%00",
        f"{LIST}%00/take/",
    ):
        assert browser.get(path).status_code in (400, 404)
        assert browser.post(path).status_code in (400, 404)


def test_long_names_and_letters_that_grow_are_no_trouble(desk, chief):
    chief.first_name, chief.last_name = "x" * 150, "y" * 150
    chief.save()
    draft = a_draft("Long")
    assert desk(chief).post(address(draft, "act/publish"), seen(draft)).status_code == 302
    other = a_draft("Grows")
    answer = desk(chief).post(address(other, "change"), form_data(other, headline="\u0958" * 250))
    assert "at most 250 characters" in answer.content.decode().lower()
    key = str(uuid.uuid4())
    assert (
        desk(chief)
        .post(f"{LIST}add/autosave/", {"headline": "\u0958" * 250, "key": key})
        .status_code
        == 200
    )


def test_one_who_goes_on_trying_does_not_fill_the_logbook(desk, reporter):
    browser, draft = desk(reporter), a_draft("Not theirs")
    for _ in range(20):
        browser.post(address(draft, "autosave"), {"origin": "x"})
    assert LogLine.objects.filter(act="refused", by=reporter).count() == 2


def test_a_batch_adds_no_tag_beyond_the_limit(desk, chief):
    draft = a_draft("Full", tags=[f"tag {number}" for number in range(MOST_TAGS)])
    more = Tag.objects.named("one more")
    data = {"_selected_action": draft.pk, f"version_{draft.pk}": draft.version, "tag": more.pk}
    answer = desk(chief).post(f"{LIST}together/add_tag/", data)
    assert f"{MOST_TAGS} is the most" in answer.content.decode()
    assert len(snapshots.latest(draft)["tags"]) == MOST_TAGS
