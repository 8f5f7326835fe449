"""What was typed and not saved: kept for its writer alone, never public, offered back and never put back silently."""

from datetime import timedelta

import lxml.html
import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.utils import timezone

from articles.forms.story import ArticleForm
from articles.models import Article, Presence, Revision, UnsavedWork
from articles.story import editing, fields, presence, snapshots, unsaved
from articles.text import body, units
from newsroom.foundation.text import normalise
from tests.articles.test_desk_form import LIST, form_data
from tests.builders import a_draft, a_person, a_section, a_snapshot, a_story, an_author
from tests.newsroom.test_invisible_signs import EVERY
from tests.sizes import sized

pytestmark = pytest.mark.django_db
KEY = "0b1e5b1e-0000-4000-8000-000000000001"


def address(story, what):
    return f"{LIST}{story.pk}/{what}/"


def restore(story=None):
    """The address that puts the newest unsaved work back into the form."""
    work = UnsavedWork.objects.filter(article=story).order_by("-kept_at").first()
    return (address(story, "change") if story else f"{LIST}add/") + f"?unsaved={work.pk}"


@pytest.mark.full_size
def test_an_autosave_touches_nothing_but_its_own_row(desk, chief, client):
    story = a_story("Live")
    public, version, revisions = (
        client.get(story.get_absolute_url()).content,
        story.version,
        Revision.objects.count(),
    )
    browser = desk(chief)
    saves = sized(500, 50)
    for number in range(saves):
        answer = browser.post(
            address(story, "autosave"), form_data(story, headline=f"Typing {number}")
        )
        assert answer.status_code == 200
    story.refresh_from_db()
    assert client.get(story.get_absolute_url()).content == public
    assert (story.version, Revision.objects.count(), UnsavedWork.objects.count()) == (
        version,
        revisions,
        1,
    )
    assert UnsavedWork.objects.get().fields["headline"] == [f"Typing {saves - 1}"]


def test_unsaved_work_is_offered_compared_restored_and_discarded(desk, chief):
    author = an_author("Ada Baker")
    draft = a_draft("Saved words", by=[author])
    browser = desk(chief)
    rows = [{"author": author.pk}, {"name": "A Guest", "role": "translator"}]
    browser.post(
        address(draft, "autosave"),
        form_data(draft, rows=rows, headline="Typed words", date_known="day"),
    )
    page = browser.get(address(draft, "change")).content.decode()
    assert "Unsaved work from" in page
    assert "Saved words</textarea>" in page
    assert "Typed </ins>" in browser.get(
        address(draft, "unsaved") + f"?work={UnsavedWork.objects.get().pk}"
    ).content.decode().replace('<span class="visually-hidden">Added: </span>', "")
    restored = browser.get(restore(draft))
    form, (inline,) = restored.context["adminform"].form, restored.context["inline_admin_formsets"]
    assert "Typed words</textarea>" in restored.content.decode()
    assert form["date_known"].value() == "day"
    assert [row["name"].value() for row in inline.formset.forms] == ["", "A Guest"]
    browser.post(address(draft, "discard"), {"work": UnsavedWork.objects.get().pk})
    assert "Unsaved work from" not in browser.get(address(draft, "change")).content.decode()


def test_saving_ends_the_unsaved_work_and_a_stale_save_keeps_the_words_elsewhere(
    desk, chief, editor
):
    draft = a_draft("Base")
    browser = desk(chief)
    browser.post(address(draft, "autosave"), form_data(draft, headline="Typed"))
    editing.save(draft, a_snapshot("Theirs"), version=1, by=editor)
    answer = browser.post(
        address(draft, "change"), form_data(draft, headline="Typed", section=draft.section.pk)
    )
    assert answer.status_code == 409
    assert not UnsavedWork.objects.exists()
    assert draft.revisions.get(aside=1).snapshot["headline"] == "Typed"


def test_restored_work_that_began_before_a_colleagues_save_meets_it(desk, chief, editor):
    draft = a_draft("Base")
    browser = desk(chief)
    browser.post(address(draft, "autosave"), form_data(draft, headline="Typed"))
    editing.save(draft, a_snapshot("Theirs"), version=1, by=editor)
    page = browser.get(restore(draft))
    assert "saving will show both texts" in page.content.decode()
    assert page.context["adminform"].form["base_version"].value() == 1


def test_the_first_autosave_makes_one_draft_however_often_it_is_sent(desk, reporter):
    browser = desk(reporter)
    for _ in range(3):
        told = browser.post(
            f"{LIST}add/autosave/", form_data(headline="A new\nstory", key=KEY)
        ).json()
    draft = Article.objects.get()
    assert (draft.headline, draft.status, draft.created_by) == ("A new story", "draft", reporter)
    assert told["address"] == address(draft, "change")
    answer = browser.post(f"{LIST}add/", form_data(headline="A new story, saved", key=KEY))
    assert answer.status_code == 302
    assert Article.objects.get().headline == "A new story, saved"


def test_a_new_form_that_is_sent_twice_makes_one_story(desk, reporter):
    browser = desk(reporter)
    for _ in range(2):
        browser.post(f"{LIST}add/", form_data(headline="Once", key=KEY))
    assert Article.objects.get().headline == "Once"


def test_somebody_elses_key_makes_nothing_and_shows_nothing(desk, reporter, contributor):
    desk(reporter).post(f"{LIST}add/autosave/", form_data(headline="Secret", key=KEY))
    assert (
        desk(contributor)
        .post(f"{LIST}add/autosave/", form_data(headline="Mine", key=KEY))
        .status_code
        == 404
    )
    desk(contributor).post(f"{LIST}add/", form_data(headline="Mine", key=KEY))
    assert {(story.headline, story.created_by) for story in Article.objects.all()} == {
        ("Secret", reporter),
        ("Mine", contributor),
    }


def test_nobody_keeps_anything_in_a_story_that_is_not_theirs(desk, reporter, contributor):
    story = editing.create(a_snapshot("Hidden"), by=reporter)
    for what in ("autosave", "here", "unsaved", "discard", "preview"):
        assert desk(contributor).post(address(story, what), {}).status_code == 404
    assert not UnsavedWork.objects.filter(article=story).exists()


def test_a_form_that_comes_after_the_login_ended_is_kept_and_given_back(
    desk, reporter, contributor
):
    draft = editing.create(a_snapshot("Base"), by=reporter)
    browser = desk(reporter)
    page = browser.get(address(draft, "change"))
    token, key = page.context["writer"], page.context["adminform"].form["key"].value()
    browser.session.flush()
    sent = form_data(draft, headline="Typed too long", writer=token, key=key)
    answer = browser.post(address(draft, "change"), sent)
    assert answer.headers["Location"].startswith("/admin/login/?next=")
    draft.refresh_from_db()
    assert draft.headline == "Base"
    assert "Unsaved work" not in desk(contributor).get(f"{LIST}add/").content.decode()
    back = desk(reporter).get(address(draft, "change")).content.decode()
    assert "It was sent after your login had ended." in back
    restored = desk(reporter).get(restore(draft)).content.decode()
    assert "Typed too long</textarea>" in restored


def test_a_new_story_that_comes_after_the_login_ended_is_kept_too(desk, reporter):
    browser = desk(reporter)
    page = browser.get(f"{LIST}add/")
    key, token = page.context["adminform"].form["key"].value(), page.context["writer"]
    browser.session.flush()
    browser.post(f"{LIST}add/", form_data(headline="Typed too long", writer=token, key=key))
    assert not Article.objects.exists()
    again = desk(reporter)
    assert "Unsaved work from" in again.get(f"{LIST}add/").content.decode()
    restored = again.get(restore())
    assert "Typed too long</textarea>" in restored.content.decode()
    again.post(f"{LIST}add/", form_data(headline="Typed too long", key=key))
    assert Article.objects.get().headline == "Typed too long"
    assert "Unsaved work from" not in again.get(f"{LIST}add/").content.decode()


def test_a_form_whose_token_ended_is_kept_and_says_so(reporter):
    draft = editing.create(a_snapshot("Base"), by=reporter)
    strict = Client(enforce_csrf_checks=True)
    sent = form_data(draft, headline="Typed", writer=unsaved.writer_token(reporter, article=draft))
    answer = strict.post(address(draft, "change"), sent)
    assert answer.status_code == 403
    assert "Your words are kept" in answer.content.decode()
    assert unsaved.of(reporter, draft)[0].fields["headline"] == ["Typed"]


@pytest.mark.parametrize("token", ["", "x", "1:2:3", "null"])
def test_nobody_leaves_words_in_somebody_elses_name(reporter, token):
    draft = editing.create(a_snapshot("Base"), by=reporter)
    forged = token if token != "null" else signing.dumps([reporter.pk, draft.pk, ""], salt="other")
    Client().post(address(draft, "change"), form_data(draft, writer=forged))
    assert not UnsavedWork.objects.exists()


def test_a_parked_form_has_a_bound(reporter):
    draft = editing.create(a_snapshot("Base"), by=reporter)
    sent = form_data(
        draft, body="x" * unsaved.LONGEST, writer=unsaved.writer_token(reporter, article=draft)
    )
    Client().post(address(draft, "change"), sent)
    assert not UnsavedWork.objects.exists()


def test_autosave_can_be_switched_off_by_each_person(desk, chief):
    draft = a_draft("Base")
    browser = desk(chief)
    assert 'data-autosave="/admin/' in browser.get(address(draft, "change")).content.decode()
    browser.post("/admin/my-desk/", {"time_zone": "Europe/London"})
    page = browser.get(address(draft, "change")).content.decode()
    assert 'data-autosave=""' in page
    assert "Autosave is off." in page
    assert (
        "There is no such time zone."
        in browser.post("/admin/my-desk/", {"time_zone": "Moon/Base"}).content.decode()
    )


def test_colleagues_see_who_is_there_until_it_lapses(desk, chief, editor):
    draft = a_draft("Shared")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        desk(chief).post(address(draft, "here"), {"version": draft.version})
        desk(chief).post(address(draft, "here"), {"version": draft.version})
        told = desk(editor).post(address(draft, "here"), {"version": draft.version}).json()
        assert told == {"others": ["chief"], "newer_by": ""}
        assert (
            "chief has this story open now."
            in desk(editor).get(address(draft, "change")).content.decode()
        )
        clock.shift(timedelta(minutes=1))
        assert presence.others_at(draft, editor) == []
        # It was a notice and no lock: a save goes through, and the one who comes back meets it.
        assert isinstance(
            editing.save(draft, a_snapshot("Mine"), version=1, by=editor), editing.Saved
        )
        told = desk(chief).post(address(draft, "here"), {"version": 1}).json()
        assert told["newer_by"] == "editor"
    assert Presence.objects.count() == 2


@pytest.mark.parametrize(
    "odd",
    [
        {"bylines-TOTAL_FORMS": "x"},
        {"bylines-TOTAL_FORMS": "9" * 30},
        {"base_version": "9" * 30},
        {"tags": "x"},
        {"body": "<script>alert(1)</script>"},
        {"headline": "\x00x"},
        {"published_day": "never"},
    ],
    ids=str,
)
def test_odd_forms_are_kept_and_restored_without_trouble(desk, chief, odd):
    draft = a_draft("Odd")
    browser = desk(chief)
    sent = form_data(draft, summary="Typed") | odd
    assert browser.post(address(draft, "autosave"), sent).status_code == 200
    restored = browser.get(restore(draft))
    assert restored.status_code == 200
    assert "<script>alert" not in restored.content.decode()
    assert (
        browser.get(address(draft, "unsaved") + f"?work={UnsavedWork.objects.get().pk}").status_code
        == 200
    )


def test_a_page_asks_for_a_fresh_token_only_with_a_login(desk, chief):
    assert desk(chief).get(f"{LIST}token/").json()["person"] == chief.pk
    assert Client().get(f"{LIST}token/").status_code == 302


def test_a_person_with_two_stories_has_a_row_for_each(desk, chief):
    a_section()
    first, second = a_draft("One"), a_draft("Two")
    for story in (first, second, first):
        desk(chief).post(address(story, "autosave"), form_data(story))
    other = a_person("Editor")
    desk(other).post(address(first, "autosave"), form_data(first))
    assert UnsavedWork.objects.count() == 3
    assert snapshots.latest(first)["headline"] == "One"


# --- what is saved is not unsaved

PAGE = "0b1e5b1e-0000-4000-8000-00000000000a"


def as_opened(browser, story):
    """What a browser would send of a form that nobody has touched."""
    form = lxml.html.fromstring(browser.get(address(story, "change")).content).get_element_by_id(
        "article_form"
    )
    sent = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    return sent


def autosave(browser, story, sent, **changes):
    return browser.post(address(story, "autosave"), sent | changes).json()


WRITTEN_TWICE = [  # as it is stored, and as the editor writes it down
    (
        '<p>One</p>\n<ol start="3"><li>three</li></ol>',
        '<p>One</p><ol start="3" type="1"><li><p>three</p></li></ol><p></p>',
    ),
    ("Bare <em><strong>words</strong></em>", "<p>Bare <strong><em>words</em></strong></p>"),
    (
        "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>",
        "<table><tbody><tr><th colspan=1><p>A</p></th></tr><tr><td><p>b</p></td></tr></tbody></table><p></p>",
    ),
    (
        "<blockquote>Said &amp; done</blockquote>",
        "<blockquote><p>Said &amp; done</p></blockquote><p></p><p></p>",
    ),
    (
        "<ul><li>a<ul><li>b</li></ul></li></ul>",
        "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>",
    ),
    ("<p>Two  spaces\nand a line</p>", "<p>Two spaces and a line</p>"),
]
TYPED = [
    ("<p>ab</p>", "<p>a b</p>"),
    ("<p>a b</p>", "<p>a\u00a0b</p>"),
    ("<p>a</p>", "<p><strong>a</strong></p>"),
    ("<ul><li>a</li></ul><p>b</p>", "<ul><li><p>a</p><p>b</p></li></ul>"),
    ("<ol><li>a</li></ol>", "<ul><li>a</li></ul>"),
    ("<ul><li>a</li></ul><ul><li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
    ('<ol start="3"><li>a</li></ol>', "<ol><li>a</li></ol>"),
    ("<p>a<br>b</p>", "<p>a b</p>"),
    ('<p><a href="/a/">a</a></p>', '<p><a href="/b/">a</a></p>'),
    ("<blockquote>a</blockquote>", "<p>a</p>"),
    ("<p>a</p><hr>", "<p>a</p>"),
    (f'<figure data-photo="{"a" * 64}"></figure>', f'<figure data-photo="{"b" * 64}"></figure>'),
    ("<table><tr><td>a</td></tr></table>", "<table><tr><th>a</th></tr></table>"),
    ("<p>a</p>", "<h2>a</h2>"),
    ('<blockquote data-pull-quote=""><p>a</p></blockquote>', "<blockquote><p>a</p></blockquote>"),
]


def test_the_editors_own_way_of_writing_is_no_change_and_every_typed_one_is():
    for stored, written in WRITTEN_TWICE:
        assert units.reads_the_same(body.clean(stored), body.clean(written)), written
    for stored, written in TYPED:
        assert not units.reads_the_same(body.clean(stored), body.clean(written)), written


TYPED_TEXTS = [
    name
    for name in fields.texts()
    if name in ArticleForm.base_fields and name not in ("body", "slug")
]


@pytest.mark.parametrize(
    "name", [each for each in TYPED_TEXTS if each not in fields.of_kind(fields.Kind.CHOICE)]
)
def test_a_text_is_unsaved_exactly_when_saving_it_would_change_what_is_stored(name):
    field = ArticleForm.base_fields[name]

    def stored(text):
        return snapshots.as_written(Article, name, field.to_python(text))

    texts = ["one two", "one  two", "one\ttwo", "one", ""]
    for sign in EVERY.values():
        texts += [f"one{sign}two", f"{sign}one two{sign}", f" one {sign} two ", sign]
    for text in texts:
        kept = normalise(text)
        assert unsaved.one_text(name, kept) == unsaved.one_text(name, stored(text)), repr(text)
        for other in ("one two", "one\u00a0two", "onetwo"):
            is_same = stored(text) == stored(other)
            assert (unsaved.one_text(name, kept) == unsaved.one_text(name, other)) == is_same, (
                text,
                other,
            )


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("dateline", "New  York"),
        ("summary", "co\u00adoperate"),
        ("search_title", "a\tb"),
        ("source_outlet", "\u200bThe Post"),
        ("lead_caption", "a\u202eb\u202c"),
        ("how_reported", "a\u2066b"),
    ],
)
def test_what_the_desk_writes_in_its_own_way_is_saved_when_it_is_saved(desk, chief, name, typed):
    browser, draft = desk(chief), a_draft("Bread")
    sent = as_opened(browser, draft)
    assert browser.post(address(draft, "change"), sent | {name: typed}).status_code == 302
    assert autosave(browser, draft, sent, **{name: typed, "_ask": "1"}) == {"is_saved": True}
    assert autosave(browser, draft, sent, **{name: typed})["is_saved"]
    assert "Unsaved work" not in browser.get(address(draft, "change")).content.decode()


def test_a_no_break_space_alone_is_something_typed(desk, chief):
    browser, draft = desk(chief), a_draft("Bread for 10 km")
    sent = as_opened(browser, draft)
    assert not autosave(browser, draft, sent, headline="Bread for 10\u00a0km")["is_saved"]
    assert UnsavedWork.objects.waiting().get().fields["headline"] == ["Bread for 10\u00a0km"]
    browser.post(address(draft, "change"), sent | {"headline": "Bread for 10\u00a0km"})
    assert snapshots.latest(draft)["headline"] == "Bread for 10\u00a0km"


def test_a_form_that_says_what_is_saved_is_never_kept_offered_or_put_into_history(desk, chief):
    author, browser = an_author("Ada Baker"), desk(chief)
    for number, (stored, written) in enumerate(WRITTEN_TWICE):
        draft = a_draft(
            f"Saved {number}",
            by=[author],
            tags=["Food", "Bread"],
            body=stored,
            date="2026-03-04T09:30:00+05:00",
        )
        sent = as_opened(browser, draft) | {"body": written, "summary": " \n"}
        assert autosave(browser, draft, sent)["is_saved"]
        assert not autosave(browser, draft, sent, summary="Typed")["is_saved"]
        assert UnsavedWork.objects.count() == 1
        assert autosave(browser, draft, sent)["is_saved"], "taken back"
        assert not UnsavedWork.objects.exists()
        for changes in (
            {"published_time": "09:31"},
            {"tags": sent["tags"][:1]},
            {"story_type": "opinion"},
            {"slug": "x"},
        ):
            assert not autosave(browser, draft, sent, **changes)["is_saved"], changes
        UnsavedWork.objects.all().delete()
        answer = browser.post(address(draft, "change"), sent, follow=True).content.decode()
        assert "is saved: all that you typed was in it already." in answer
        assert draft.revisions.count() == 1
    assert draft.revisions.get().snapshot["body"] == body.clean(stored)


def test_what_is_already_saved_goes_whatever_form_it_came_from(desk, chief, editor):
    draft, browser = a_draft("Two tabs"), desk(chief)
    first, second = as_opened(browser, draft), as_opened(browser, draft)
    autosave(browser, draft, first, summary="The same words")
    browser.post(address(draft, "change"), second | {"summary": "The same words"})
    assert not UnsavedWork.objects.waiting().exists()
    # A colleague saves what somebody still has in a row: nothing is offered, nothing goes to the history.
    third = as_opened(browser, draft)
    autosave(browser, draft, third, summary="What the editor wrote too")
    editing.save(
        draft,
        snapshots.latest(draft) | {"summary": "What the editor wrote too"},
        version=2,
        by=editor,
    )
    assert "Unsaved work" not in browser.get(address(draft, "change")).content.decode()
    for number in range(unsaved.MOST):
        autosave(browser, draft, as_opened(browser, draft), summary=f"Form {number}")
    assert not draft.revisions.exclude(aside=0).exists()
    assert {work.fields["summary"][0] for work in unsaved.of(chief, draft)} == {
        f"Form {n}" for n in range(unsaved.MOST)
    }


def saved_while_an_autosave_was_under_way(desk, chief):
    """The forms that wait when an autosave of fewer words arrives after the save that had all of them."""
    draft, browser = a_draft("A race"), desk(chief)
    sent = as_opened(browser, draft)
    autosave(browser, draft, sent, summary="Typ", turn=f"{PAGE}:1")
    browser.post(address(draft, "change"), sent | {"summary": "Typed", "turn": f"{PAGE}:3"})
    assert draft.revisions.newest().snapshot["summary"] == "Typed"
    autosave(browser, draft, sent, summary="Type", turn=f"{PAGE}:2")
    return draft, browser, sent


def test_an_autosave_that_comes_after_its_save_is_known_for_what_it_is(desk, chief):
    draft, browser, sent = saved_while_an_autosave_was_under_way(desk, chief)
    assert not UnsavedWork.objects.waiting().exists()
    assert "Unsaved work" not in browser.get(address(draft, "change")).content.decode()
    assert "Unsaved work" not in browser.get("/admin/").content.decode()
    # Back to the old form, or from another page with the same one: what is typed there is typed.
    for turn in (f"{PAGE}:4", "another-page:1"):
        autosave(browser, draft, sent, summary="Typed on", turn=turn)
        assert UnsavedWork.objects.waiting().get().fields["summary"] == ["Typed on"]
        unsaved.settle(chief, unsaved.key_in({"key": sent["key"]}), draft, turn=f"{PAGE}:3")


def test_an_older_autosave_that_comes_last_takes_no_newer_words_away(desk, chief):
    """A submit stops the autosave that is under way in the browser; the desk goes on with it."""
    draft, browser = a_draft("Order"), desk(chief)
    sent = as_opened(browser, draft)
    autosave(browser, draft, sent, summary="Newer words", turn=f"{PAGE}:3")
    for late in ({"summary": "Newer"}, {}):  # the second says what is saved
        autosave(browser, draft, sent, **late, turn=f"{PAGE}:2")
        assert UnsavedWork.objects.waiting().get().fields["summary"] == ["Newer words"], late
    autosave(browser, draft, sent, turn=f"{PAGE}:4")
    assert not UnsavedWork.objects.waiting().exists(), "taken back by the person who typed it"
    autosave(browser, draft, sent, summary="Newer", turn=f"{PAGE}:2")
    assert not UnsavedWork.objects.waiting().exists(), "an older sending brings nothing back"
    autosave(browser, draft, sent, summary="Typed again", turn=f"{PAGE}:5")
    assert UnsavedWork.objects.waiting().get().fields["summary"] == ["Typed again"]


def test_the_race_is_real_without_the_turn(desk, chief, monkeypatch):
    monkeypatch.setattr(unsaved, "was_sent_before", lambda turn, saved: False)
    saved_while_an_autosave_was_under_way(desk, chief)
    assert UnsavedWork.objects.waiting().get().fields["summary"] == ["Type"]


# What is typed while a save is under way: in which form, sent by which page, and just before which step.
BETWEEN = {
    "the same form on another page": ({}, "another-page:1", "settle"),
    "the same page, after it sent the save": ({}, f"{PAGE}:4", "settle"),
    "another form, whose words the save had": ({"key": KEY}, "another-page:1", "delete_unchanged"),
}


def typed_while_a_save_is_under_way(desk, chief, monkeypatch, form, turn, step):
    """The save and what follows it are two transactions; a second tab of the same person keeps words between them."""
    draft, browser, tab = a_draft("Two tabs"), desk(chief), desk(chief)
    sent = as_opened(browser, draft)
    autosave(browser, draft, sent, summary="Typ", turn=f"{PAGE}:1")
    if step == "delete_unchanged":
        autosave(tab, draft, sent | form, summary="Typed")
    real, late = getattr(unsaved, step), []

    def type_on_first(*args, **kwargs):
        if not late:
            late.append(autosave(tab, draft, sent | form, summary="Typed on", turn=turn))
        return real(*args, **kwargs)

    monkeypatch.setattr(unsaved, step, type_on_first)
    browser.post(address(draft, "change"), sent | {"summary": "Typed", "turn": f"{PAGE}:3"})
    assert (draft.revisions.newest().snapshot["summary"], len(late)) == ("Typed", 1)
    return [work.fields["summary"] for work in unsaved.of(chief, draft)]


@pytest.mark.parametrize("case", BETWEEN)
def test_what_a_second_tab_keeps_while_a_save_is_under_way_is_not_lost(
    desk, chief, monkeypatch, case
):
    assert typed_while_a_save_is_under_way(desk, chief, monkeypatch, *BETWEEN[case]) == [
        ["Typed on"]
    ]


@pytest.mark.parametrize("case", BETWEEN)
def test_that_race_is_real_without_a_look_at_the_moment(desk, chief, monkeypatch, case):
    """The twin takes rows whatever they say by now, as it was before."""
    settle = unsaved.settle
    monkeypatch.setattr(
        unsaved, "settle", lambda *args, since=None, **kwargs: settle(*args, **kwargs)
    )
    monkeypatch.setattr(
        unsaved, "delete_unchanged", lambda work: UnsavedWork.objects.filter(pk=work.pk).delete()
    )
    assert typed_while_a_save_is_under_way(desk, chief, monkeypatch, *BETWEEN[case]) == []


def test_an_autosave_that_was_sent_before_the_save_and_comes_while_it_is_under_way_is_no_news(
    desk, chief, monkeypatch
):
    before = {}, f"{PAGE}:2", "settle"
    assert typed_while_a_save_is_under_way(desk, chief, monkeypatch, *before) == []


def test_forms_that_are_settled_are_forgotten_in_the_end(desk, chief):
    draft, browser = a_draft("Old forms"), desk(chief)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(2):
            sent = as_opened(desk(chief), draft)
            desk(chief).post(
                address(draft, "change"), sent | {"summary": f"{clock}"[-9:], "turn": f"{PAGE}:1"}
            )
            assert UnsavedWork.objects.count() == 1
            clock.shift(timedelta(days=unsaved.SETTLED_DAYS + 1))
    assert (
        browser.get(address(draft, "unsaved") + f"?work={UnsavedWork.objects.get().pk}").status_code
        == 404
    )


def test_words_left_in_a_browser_are_asked_about_and_nothing_is_written(desk, chief, contributor):
    draft, browser = a_draft("Asked"), desk(chief)
    sent = as_opened(browser, draft)
    assert autosave(browser, draft, sent, _ask="1") == {"is_saved": True}
    assert autosave(browser, draft, sent, summary="Typed", _ask="1") == {"is_saved": False}
    new = form_data(headline="New", key=KEY, _ask="1")
    assert browser.post(f"{LIST}add/autosave/", new).json() == {"is_saved": False}
    assert Article.objects.count() == 1
    assert not UnsavedWork.objects.exists()
    assert (
        desk(contributor).post(address(draft, "autosave"), sent | {"_ask": "1"}).status_code == 404
    )
