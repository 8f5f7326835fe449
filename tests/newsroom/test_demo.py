"""`demo` makes a newsroom to look at, once, and invents neither people nor news."""

from io import StringIO

import pytest
from django.core.management import call_command

from articles.models import Article, Photo, Section
from authors.models import Author, User
from tests.pictures import copied_where_known

pytestmark = [pytest.mark.django_db, pytest.mark.files]


def demo():
    out = StringIO()
    with copied_where_known():
        call_command("demo", stdout=out)
    return out.getvalue()


def test_the_demo_edition_is_whole_and_made_once(client):
    first = demo()
    chief = User.objects.get()
    password = first.split()[-1]
    assert chief.check_password(password)
    assert not chief.is_superuser
    assert [group.name for group in chief.groups.all()] == ["Chief editor"]
    edition = Article.objects.live().filter(byline_decision="staff")
    assert edition.count() >= 18
    assert 4 <= Section.objects.exclude(slug="economy").count() <= 5
    assert [author.name for author in Author.objects.all()] == ["Sadokat Jalolova"]
    assert all(photo.alt and photo.credit == "Drawing: Newsroom" for photo in Photo.objects.all())
    assert Photo.objects.count() >= 8
    assert edition.filter(summary="").count() == 0
    labels = {
        "How we reported this",
        "Editor’s note",
        "Series:",
        "Read this in",
        "This is an opinion.",
    }
    pages = " ".join(client.get(story.get_absolute_url()).content.decode() for story in edition)
    assert [each for each in labels if each not in pages] == [], (
        "the edition shows each part of a story"
    )
    html = client.get("/").content.decode()
    for landmark in ('class="lead"', 'class="second"', 'class="latest"', 'class="band"'):
        assert landmark in html
    counts = (Article.objects.count(), Photo.objects.count(), User.objects.count())
    second = demo()
    assert "0 stories of the demo edition made, 0 seed reports loaded" in second
    assert "Login" not in second
    assert (Article.objects.count(), Photo.objects.count(), User.objects.count()) == counts


def test_running_it_again_keeps_what_you_wrote():
    demo()
    story = Article.objects.get(slug="one-section-a-few-tags")
    Article.objects.filter(pk=story.pk).update(headline="My own words")
    User.objects.get().groups.clear()
    demo()
    story.refresh_from_db()
    assert story.headline == "My own words"
