"""Sections, tags and authors get another address: the old one leads on in one hop, for ever, and to nobody else."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import workflow
from articles.models import Arrangement, Article, LogLine, Section, Tag
from articles.story import addresses, editing, snapshots
from authors.models import Author
from newsroom.feeds.formats import FORMATS
from tests.builders import a_story, an_author
from tests.sizes import sized

pytestmark = pytest.mark.django_db
ROUNDS, MOST_MOVES = sized(25, 2), 200
NAMES = ["bread", "milk", "salt", "tea", "rye", "oats"]
KINDS = [(Section, "sections"), (Tag, "tags"), (Author, "authors")]


def rename(row, slug):
    row = type(row).objects.get(pk=row.pk)
    row.slug = slug
    row.save()


def the_three():
    a_story("A story", section="Economy", tags=["Grain"], by=[an_author("Jane Doe")])
    return Section.objects.get(), Tag.objects.get(), Author.objects.get()


@pytest.mark.parametrize("number", [0, 1, 2], ids=["section", "tag", "author"])
def test_every_old_address_leads_to_the_newest_in_one_hop(client, number):
    row, (_, place) = the_three()[number], KINDS[number]
    first = row.slug
    for slug in ("second", "third", first, "fourth"):
        rename(row, slug)
    for old in (first, "second", "third"):
        for tail in ("", *(f"feed.{ending}" for ending in FORMATS)):
            response = client.get(f"/{place}/{old}/{tail}")
            assert (response.status_code, response["Location"]) == (301, f"/{place}/fourth/{tail}")
    assert client.get(f"/{place}/fourth/").status_code == 200
    rename(row, first)
    assert client.get(f"/{place}/{first}/").status_code == 200
    assert client.get(f"/{place}/fourth/")["Location"] == f"/{place}/{first}/"


@pytest.mark.parametrize("number", [0, 1, 2], ids=["section", "tag", "author"])
def test_nobody_else_gets_an_address_that_once_was_taken(number):
    row, (model, _) = the_three()[number], KINDS[number]
    old = row.slug
    rename(row, "second")
    another = model.objects.create(name="Another")
    with pytest.raises(ValidationError, match="once had it"):
        rename(another, old)
    assert model.objects.create(name=f"{old.replace('-', ' ')}!").slug == f"{old}-2"


def test_the_desk_changes_an_address_and_the_logbook_says_so(desk, chief, client):
    row, tag, _ = the_three()
    Arrangement.objects.create(page="section/economy")
    Arrangement.objects.create(page="front", shown={"slots": [], "bands": ["economy"]})
    fields = {"name": "Economy", "description": "", "order": 100, "slug": "money"}
    assert desk(chief).post(f"/admin/articles/section/{row.pk}/change/", fields).status_code == 302
    assert client.get("/sections/economy/")["Location"] == "/sections/money/"
    assert set(Arrangement.objects.values_list("page", flat=True)) == {"section/money", "front"}
    assert Arrangement.objects.get(page="front").shown["bands"] == ["money"]
    assert LogLine.objects.filter(
        act="new address of section", why="economy → money", by=chief
    ).exists()
    other = Tag.objects.named("Wheat")
    rename(tag, "cereals")
    html = desk(chief).post(
        f"/admin/articles/tag/{other.pk}/change/", fields | {"name": "Wheat", "slug": "grain"}
    )
    assert "once had it. Choose another." in html.content.decode()


def test_a_story_that_knows_only_the_old_addresses_keeps_its_section_and_names(chief):
    section, tag, author = the_three()
    story = Article.objects.get()
    for row, slug in ((section, "money"), (tag, "cereals"), (author, "j-doe")):
        rename(row, slug)
    snapshot = snapshots.latest(story)
    assert (snapshot["section"], snapshot["tags"], snapshot["bylines"][0]["author"]) == (
        "money",
        ["cereals"],
        "j-doe",
    )
    old = story.revisions.newest().snapshot | {"body": "<p>New</p>"}
    assert old["section"] == "economy"
    editing.save(story, old, version=story.version, by=chief)
    story.refresh_from_db()
    workflow.put_live(story, by=chief, kind="small_fix")
    assert (story.section, story.bylines.get().author, story.tag_links.get().tag) == (
        section,
        author,
        tag,
    )


MOVES = st.lists(
    st.tuples(st.integers(0, 7), st.sampled_from(NAMES)), min_size=MOST_MOVES, max_size=MOST_MOVES
)


@pytest.mark.full_size
def test_b11_random_renames_make_no_loop_and_give_nothing_away(client, figure):
    """Sections, tags, authors and live stories take each other's addresses and their own of before."""
    count = {"renamed": 0, "refused": 0, "asked": 0}

    @settings(
        max_examples=ROUNDS, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(MOVES)
    def rounds(moves):
        with transaction.atomic():
            try_to_rename(moves, client, count)
            transaction.set_rollback(True)

    rounds()
    figure(
        f"{count['renamed'] + count['refused']:,} random renames: {count['refused']:,} refused, {count['asked']:,} "
        "addresses asked, each leads on in one hop; 0 loops, 0 addresses given away"
    )


def try_to_rename(moves, client, count):
    authors = [Author.objects.create(name=name) for name in ("One", "Two")]
    stories = [
        a_story(f"Story {number}", section=f"Section {number}", tags=[f"Tag {number}"], by=[author])
        for number, author in enumerate(authors)
    ]
    rows = [*Section.objects.all(), *Tag.objects.all(), *authors, *stories]
    ever = {(type(row), row.slug): row.pk for row in rows}
    for number, slug in moves:
        row = type(rows[number]).objects.get(pk=rows[number].pk)
        owner = ever.get((type(row), slug))
        if isinstance(row, Article):
            row.slug = slug
            row.slug = addresses.claim(row)  # never refused: the next number is taken
            Article.objects.filter(pk=row.pk).update(slug=row.slug)
            assert (row.slug == slug) == (owner in (None, row.pk))
            slug = row.slug
        else:
            try:
                with transaction.atomic():
                    rename(row, slug)
            except (ValidationError, IntegrityError):
                assert owner not in (None, row.pk)
                count["refused"] += 1
                continue
        assert ever.setdefault((type(row), slug), row.pk) == row.pk
        count["renamed"] += 1
    places = {Article: "articles", **dict(KINDS)}
    for (model, slug), pk in ever.items():
        now = model.objects.get(pk=pk).get_absolute_url()
        answer = client.get(f"/{places[model]}/{slug}/")
        if now == f"/{places[model]}/{slug}/":
            assert answer.status_code == 200
        else:
            assert (answer.status_code, answer["Location"]) == (301, now), "in one hop"
        count["asked"] += 1
