"""A card that was printed once comes out of memory, and never stale: whatever it prints is part of its value."""

import pytest

from articles import workflow
from articles.models import Article
from tests.builders import a_photo, a_story, an_author

pytestmark = pytest.mark.django_db


@pytest.fixture
def printed(page):
    author = an_author("Ada Baker", bio="Bakes.", portrait=a_photo())
    photo = a_photo()
    story = a_story("Bread", by=[author], summary="A dek.", lead_photo=photo.sha256, tags=["Food"])
    addresses = (
        "/",
        "/sections/economy/",
        "/tags/food/",
        "/authors/ada-baker/",
        story.get_absolute_url(),
    )
    before = {address: page(address) for address in addresses}
    return story, author, photo, before


def test_a_changed_author_is_seen_everywhere_at_once(page, printed):
    _, author, _, before = printed
    author.name = "Ada Miller"
    author.save()
    for address in before:
        html = page(address)
        assert "Ada Baker" not in html, address
        assert "Ada Miller" in html, address


def test_a_changed_bio_and_portrait_are_seen(page, printed):
    story, author, _, _ = printed
    author.bio = "Mills."
    author.save()
    author.portrait.stamp = "another-one"
    author.portrait.save()
    html = page(story.get_absolute_url())
    assert "Mills." in html
    assert "another-one/1x1-160.jpg" in html


def test_a_changed_section_photo_or_dek_is_seen(page, printed):
    story, _, photo, before = printed
    story.section.name = "Money"
    story.section.save()
    photo.stamp = "another-one"
    photo.save()
    Article.objects.filter(pk=story.pk).update(summary="Another dek.")
    for address in ("/tags/food/", "/"):
        html = page(address)
        assert ">Money</a>" in html
        assert "another-one/3x2-320.jpg" in html
        assert "Another dek." in html
    assert page("/tags/food/") != before["/tags/food/"]


def test_memory_shows_nothing_that_was_taken_away(page, printed, chief):
    story, _, _, _ = printed
    workflow.withdraw(story, by=chief, reason="rights")
    assert "Bread" not in page("/").replace("BreadcrumbList", "")
    page("/tags/food/", 404)
