"""Every text that somebody sends has a limit in plain words, on every road; what is longer is refused whole, with its
length, and shown again. Nothing is cut."""

import json
from io import StringIO

import lxml.html
import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import models
from django.urls import get_resolver

from articles import workflow
from articles.forms.story import ArticleForm
from articles.models import Article, UnsavedWork
from articles.story import editing, snapshots, three_way_merge
from authors.models import Author
from newsroom.admin import PageForm
from newsroom.foundation import lengths
from tests.articles.test_desk_form import LIST, form_data
from tests.builders import a_draft

OURS = ("articles", "authors", "newsroom")
# Columns without a limit, and what makes their texts.
MADE_BY_US = {
    "articles.Article.body_text": "the words of the text",
    "articles.Article.search_text": "headline, dek and words, folded",
    "articles.Photo.search_text": "the photo's own words, folded",
    "articles.CheckPass.about": "what a check says a finding is about",
}
# Fields of forms without a limit of their own, and what limits them.
MEASURED_OTHERWISE = {
    "username": "its column, when the form is made",
    "password": "Django's own",
    "new_password1": "Django's own",
    "new_password2": "Django's own",
    "old_password": "Django's own",
    "password1": "Django's own",
    "password2": "Django's own",
}


def every_column():
    for app in OURS:
        for model in apps.get_app_config(app).get_models():
            yield from (
                (f"{model._meta.label}.{field.name}", field)
                for field in model._meta.concrete_fields
            )


def test_every_column_of_text_has_a_limit_or_is_made_by_us():
    texts = {
        name: field
        for name, field in every_column()
        if isinstance(field, models.CharField | models.TextField)
    }
    assert {name for name, field in texts.items() if field.max_length is None} == set(MADE_BY_US)
    assert len(texts) > 90


def subclasses(kind):
    for each in kind.__subclasses__():
        yield each
        yield from subclasses(each)


def test_every_field_of_every_form_has_a_limit():
    get_resolver().url_patterns  # noqa: B018 - imports every view, and with it every form
    ours = [form for form in subclasses(forms.BaseForm) if form.__module__.split(".")[0] in OURS]
    assert len(ours) > 20
    unlimited = {
        f"{form.__module__}.{form.__name__}.{name}"
        for form in ours
        for name, field in form.base_fields.items()
        if isinstance(field, forms.CharField) and field.max_length is None
        if name not in MEASURED_OTHERWISE and not isinstance(field, forms.UUIDField)
    }
    assert unlimited == set()


def test_no_browser_cuts_what_is_pasted():
    for name, field in ArticleForm.base_fields.items():
        if name not in ("body", "slug", "language"):
            assert "maxlength" not in field.widget.attrs, name


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("summary", lengths.DEK),
        ("lead_caption", lengths.CAPTION),
        ("how_reported", lengths.NOTE),
        ("source_note", lengths.NOTE),
        ("headline", 250),
    ],
)
def test_what_is_too_long_comes_back_whole_with_its_length(desk, chief, name, most):
    draft, browser = a_draft("Limits"), desk(chief)
    fits, long = "x" * most, "x" * (most + 1)
    answer = browser.post(f"{LIST}{draft.pk}/change/", form_data(draft, **{name: long}))
    assert answer.status_code == 200
    page = lxml.html.fromstring(answer.content.decode())
    assert page.xpath(f"//*[@name='{name}']")[0].text.strip() == long
    assert f"at most {most} characters (it has {most + 1})" in page.text_content()
    assert draft.revisions.count() == 1
    assert (
        browser.post(f"{LIST}{draft.pk}/change/", form_data(draft, **{name: fits})).status_code
        == 302
    )
    assert draft.revisions.newest().snapshot[name] == fits


@pytest.fixture
def small(monkeypatch):
    """A body of at most 1,000 characters."""
    monkeypatch.setattr(lengths, "BODY", 1_000)
    monkeypatch.setattr(Article._meta.get_field("body"), "max_length", 1_000)
    for form in (ArticleForm, PageForm):
        monkeypatch.setattr(form.base_fields["body"], "max_length", 1_000)


GROWING = "&" * 300  # 300 characters as they are typed, 1,500 as they are stored


@pytest.mark.parametrize("form", [ArticleForm, PageForm])
def test_a_text_that_grows_when_it_is_cleaned_is_measured_as_it_is_stored(small, form):
    field = form.base_fields["body"]
    with pytest.raises(ValidationError, match="it has 1,507 characters"):
        field.clean(f"<p>{GROWING}</p>")
    assert field.clean(f"<p>{GROWING[:190]}</p>")


@pytest.mark.django_db
def test_it_comes_back_as_it_was_typed(small, desk, chief):
    draft = a_draft("Growing")
    answer = desk(chief).post(
        f"{LIST}{draft.pk}/change/", form_data(draft, body=f"<p>{GROWING}</p>")
    )
    assert "it has 1,507 characters; at most 1,000" in answer.content.decode()
    assert (
        GROWING in lxml.html.fromstring(answer.content.decode()).xpath("//*[@name='body']")[0].text
    )
    assert draft.revisions.count() == 1


@pytest.mark.django_db
def test_autosave_keeps_it_and_makes_no_story_of_it(small, desk, chief):
    key = "0b1e5b1e-0000-4000-8000-000000000002"
    desk(chief).post(
        f"{LIST}add/autosave/", form_data(headline="Growing", key=key, body=f"<p>{GROWING}</p>")
    )
    assert Article.objects.get().body == ""
    assert UnsavedWork.objects.get().fields["body"] == [f"<p>{GROWING}</p>"]


@pytest.mark.django_db
def test_two_sides_that_are_too_long_together_are_refused():
    draft = a_draft("Merged")
    theirs = snapshots.latest(draft)
    long = theirs | {"summary": "x" * (lengths.DEK + 1)}
    with pytest.raises(
        three_way_merge.TooMuch, match="Dek: 5001 characters were kept; at most 5000 fit"
    ):
        three_way_merge.merge(theirs, theirs, long).result(theirs, {})


@pytest.mark.django_db
def test_an_import_is_refused_by_the_same_limit(small, tmp_path):
    for name, text in (
        ("grows", GROWING),
        ("long", "Bread is up. " * 90),
        ("fits", "Bread is up. " * 60),
    ):
        (tmp_path / f"{name}.txt").write_text(text)
    said, refused = StringIO(), StringIO()
    with pytest.raises(SystemExit):
        call_command("import_stories", str(tmp_path), stdout=said, stderr=refused)
    assert "3 read: 1 made, 0 unchanged, 2 refused." in said.getvalue()
    assert (
        "grows.txt: refused. Its text has 1,507 characters as it would be stored; at most 1,000 fit."
        in (refused.getvalue())
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "fields", "says"),
    [
        (
            "authors.author",
            {"name": "Ada", "bio": "x" * (lengths.BIO + 1)},
            "bio: 5,001 characters; at most 5,000",
        ),
        ("authors.author", {"name": "Ada" * 50}, "name: 150 characters; at most 120"),
        (
            "articles.article",
            {"headline": "Long", "summary": "x" * 5_001},
            "dek: 5,001 characters; at most 5,000",
        ),
    ],
)
def test_a_fixture_is_refused_by_the_same_limits(tmp_path, model, fields, says):
    fixture = tmp_path / "long.json"
    fixture.write_text(json.dumps([{"model": model, "fields": fields}]))
    with pytest.raises((ValueError, CommandError), match=says):
        call_command("loaddata", str(fixture), verbosity=0)
    assert not Author.objects.exists()
    assert not Article.objects.exists()


@pytest.mark.django_db
def test_a_story_that_was_longer_before_there_was_a_limit_can_still_be_published_and_taken_away(
    chief, client
):
    """Only whoever changes that text is asked to shorten it."""
    long = "x" * (lengths.DEK + 1)
    draft = a_draft("Older")
    editing.save(draft, snapshots.latest(draft) | {"summary": long}, version=1)
    workflow.publish(draft, by=chief)
    assert client.get(draft.get_absolute_url()).status_code == 200
    workflow.withdraw(draft, by=chief, reason="rights")
    draft.refresh_from_db()
    assert (draft.status, draft.summary) == ("withdrawn", long)
