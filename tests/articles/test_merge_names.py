"""Two names of one thing become one: every story moves, nothing is lost, the old address leads on."""

import re
import sqlite3

import psycopg
import pytest
from django.db import OperationalError

from articles.models import LogLine, Revision, Tag
from articles.naming import merge as merge_names
from articles.naming import similar_names
from articles.story import editing, snapshots
from articles.story.transitions import Refused
from authors.models import Author, User
from tests.builders import HIDDEN, a_draft, a_person, a_story, an_author, in_state
from tests.one_line import in_one_line

pytestmark = pytest.mark.django_db


def tag(name):
    return Tag.objects.get(name=name)


def test_stories_of_the_old_tag_are_stories_of_the_new_one(page, editor, client):
    a_story("One", tags=["Custom"])
    a_story("Both", tags=["Custom", "Customs"])
    a_story("Other", tags=["Customs"])
    merge_names.merge(tag("Custom"), tag("Customs"), by=editor)
    html = page("/tags/customs/")
    assert [html.count(f'href="/articles/{slug}/"') for slug in ("one", "both", "other")] == [
        1,
        1,
        1,
    ]
    # beside the section, and below
    assert page("/articles/both/").count('<a href="/tags/customs/">') == 2
    answer = client.get("/tags/custom/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/tags/customs/")
    assert "Custom<" not in page("/tags/")


def test_bylines_move_and_nobody_signs_twice(page, chief, client):
    one, other = an_author("Ada Baker", bio="Writes about bread."), an_author("Ada Backer")
    a_story("Alone", by=[other])
    a_story("Together", by=[one, other])
    merge_names.merge(other, one, by=chief)
    assert '<a class="over" rel="author" href="/authors/ada-baker/">Ada Baker</a>' in page(
        "/articles/alone/"
    )
    assert page("/articles/together/").count('rel="author"') == 1
    assert client.get("/authors/ada-backer/").headers["Location"] == "/authors/ada-baker/"


def test_the_one_that_stays_takes_over_what_it_lacks_and_the_logbook_keeps_the_rest(chief):
    account = a_person("Reporter")
    one = an_author("Ada Baker", bio="Her own words.")
    other = an_author("Ada Backer", bio="Other words.", role="Food reporter", account=account)
    merge_names.merge(other, one, by=chief)
    one.refresh_from_db()
    assert (one.bio, one.role, one.account) == ("Her own words.", "Food reporter", account)
    line = LogLine.objects.get(act="merge author")
    assert line.details["gone"]["bio"] == "Other words."


def test_a_version_from_before_is_read_with_the_new_names(chief):
    one, other = an_author("Ada Baker"), an_author("Ada Backer")
    draft = a_draft("Draft", by=[other], tags=["Custom", "Customs"])
    merge_names.merge(tag("Custom"), tag("Customs"), by=chief)
    merge_names.merge(other, one, by=chief)
    # never rewritten
    assert Revision.objects.get(article=draft).snapshot["tags"] == ["custom", "customs"]
    snapshot = snapshots.latest(draft)
    assert (snapshot["tags"], snapshot["bylines"][0]["author"]) == (["customs"], "ada-baker")
    assert snapshots.of_row(draft) == snapshot
    assert not editing.save(draft, snapshot, version=draft.version, by=chief).changed


def test_aliases_of_an_alias_lead_to_the_last_in_one_hop(client, editor):
    for name in ("a1", "a2", "a3"):
        a_story(tags=[name])
    merge_names.merge(tag("a1"), tag("a2"), by=editor)
    merge_names.merge(tag("a2"), tag("a3"), by=editor)
    assert client.get("/tags/a1/").headers["Location"] == "/tags/a3/"


def test_typing_the_old_name_finds_the_new_tag_and_it_cannot_be_made_again(desk, editor):
    a_story(tags=["Custom"]), a_story(tags=["Customs"])
    merge_names.merge(tag("Custom"), tag("Customs"), by=editor)
    assert Tag.objects.named("CUSTOM") == tag("Customs")
    answer = desk(editor).post("/admin/articles/tag/add/", {"name": "Custom"})
    assert "was merged into “Customs”" in answer.content.decode()


@pytest.mark.parametrize("state", HIDDEN)
def test_an_alias_tells_nothing_of_hidden_stories(client, editor, state):
    in_state(state, "Hidden", tags=["Old", "New"])
    merge_names.merge(tag("Old"), tag("New"), by=editor)
    hidden, unknown = client.get("/tags/old/"), client.get("/tags/unknown/")
    assert hidden.status_code == unknown.status_code == 404
    assert hidden.content.replace(b'value="old"', b'value="unknown"') == unknown.content


def test_only_who_may_merges(reporter, editor):
    a_story(tags=["a", "b"], by=[an_author("Ada Baker"), an_author("Ben Cook")])
    with pytest.raises(Refused):
        merge_names.merge(tag("a"), tag("b"), by=reporter)
    with pytest.raises(Refused):
        merge_names.merge(*Author.objects.all(), by=editor)
    with pytest.raises(Refused):
        merge_names.merge(tag("a"), tag("a"), by=editor)


def test_the_step_shows_what_would_move_and_then_moves_it(desk, editor):
    a_story("Bread is dear", tags=["Custom"])
    a_story("Both", tags=["Custom", "Customs"])
    browser = desk(editor)
    step = f"/admin/articles/article/merge/tags/{tag('Custom').pk}/"
    html = in_one_line(browser.get(f"{step}?into={tag('Customs').pk}").content.decode())
    assert "2 stories of “Custom” (2 live) will belong to “Customs”" in html
    assert "1 of them has both already" in html
    assert "Bread is dear" in html
    assert Tag.objects.count() == 2
    answer = browser.post(step, {"into": tag("Customs").pk}, follow=True)
    assert "“Custom” is “Customs” now" in answer.content.decode()
    assert "Also found as: Custom (custom)" in answer.content.decode()


@pytest.mark.parametrize("into", ["", "x", "999999", "9" * 40, "-1"])
def test_nonsense_in_the_step_is_answered_in_words(desk, editor, into):
    a_story(tags=["Custom"])
    step = f"/admin/articles/article/merge/tags/{tag('Custom').pk}/"
    assert desk(editor).get(step, {"into": into}).status_code == 200
    assert desk(editor).post(step, {"into": into}).status_code == 422


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Akmalkhuja Mavlonov", "Akmalkhoja Mavlonov", True),
        ("Akmalkhoʻja Mavlonov", "Акмалхўжа Мавлонов", True),
        ("Ada Baker", "Baker Ada", True),
        ("Customs", "Custom", False),
        ("Ada Baker", "Ada Cook", False),
        ("AI", "UI", False),
    ],
)
def test_likely_doubles(one, other, alike):
    rows = [Author(name=one), Author(name=other)]
    assert bool(similar_names.likely(rows)) == alike


def test_the_list_of_doubles_leads_to_the_step(desk, chief):
    an_author("Akmalkhuja Mavlonov"), an_author("Akmalkhoja Mavlonov"), an_author("Troy Miller")
    html = desk(chief).get("/admin/articles/article/merge/authors/").content.decode()
    assert "“Akmalkhuja Mavlonov” into “Akmalkhoja Mavlonov”" in html
    assert "Troy Miller" not in html


def test_an_accounts_end_and_leaving_change_no_byline(page):
    account = a_person("Reporter")
    author = an_author("Ada Baker", account=account, bio="Writes about bread.", role="Reporter")
    story = a_story(by=[author])
    before = page(story.get_absolute_url()), page(author.get_absolute_url())
    assert '"worksFor"' in before[1]
    Author.objects.filter(pk=author.pk).update(has_left=True)
    User.objects.filter(pk=account.pk).update(is_active=False)
    account.delete()
    assert page(story.get_absolute_url()) == before[0]
    # what search engines are told, and all that changes
    still_works_here = re.compile(r',"worksFor":\{[^}]*\}')
    assert page(author.get_absolute_url()) == still_works_here.sub("", before[1])


@pytest.mark.parametrize(
    ("cause", "is_a_colleague"),
    [
        (psycopg.errors.DeadlockDetected(), True),
        (psycopg.errors.DiskFull(), False),
        (psycopg.errors.AdminShutdown(), False),
        (sqlite3.OperationalError("database is locked"), False),
        (None, False),
    ],
)
def test_only_a_colleague_is_told_as_a_colleague(editor, monkeypatch, cause, is_a_colleague):
    """A full disk and a lost database are told as that (newsroom/lost_parts.py)."""

    def fail(*_):
        raise OperationalError("x") from cause

    for name in ("Custom", "Customs"):
        Tag.objects.create(name=name)
    monkeypatch.setattr(merge_names, "merge_rows", fail)
    with pytest.raises(Refused if is_a_colleague else OperationalError):
        merge_names.merge(tag("Custom"), tag("Customs"), by=editor)
