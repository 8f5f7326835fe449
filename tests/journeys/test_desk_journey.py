"""From a document on the desk to a page that readers trust, in a real browser; and every screen of the desk."""

import uuid

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from articles import workflow
from articles.models import Article, Tag
from articles.story import editing, unsaved
from tests.builders import a_draft, a_person, a_section, a_snapshot, a_story, an_author
from tests.pictures import a_real_photo
from tests.samples import seed_documents

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/admin/articles/article/"


@pytest.fixture
def chief(transactional_db):
    return a_person("Chief editor", username="chief")


def tick_everything(desk):
    """Each question of the checks, as somebody who has looked."""
    desk.wait_for_url("**/act/publish/")
    for box in desk.locator("input[type=checkbox][name^=pass_]").all():
        box.check()


def test_the_seed_documents_are_completed_and_published_by_hand(
    logged_in, open_browser, chief, tmp_path
):
    documents = seed_documents()
    a_section("Economy")
    call_command("import_stories", *map(str, documents), verbosity=0, quiet=True)
    undated = Article.objects.get(headline_from="source")
    dated = Article.objects.get(headline_from="desk")
    desk = logged_in(chief)

    desk.goto(f"{LIST}{undated.pk}/change/")
    assert "Imported from" in desk.inner_text(".side-panel")
    desk.select_option("#id_section", label="Economy")
    desk.check("input[name=date_known][value=none]")
    desk.click("input[name=_publish]")
    tick_everything(desk)
    desk.click("text=Publish now")
    assert "is live" in desk.inner_text(".messagelist")

    desk.goto(f"{LIST}{dated.pk}/change/")
    desk.fill("#id_headline", "Customs chiefs meet in Washington")
    desk.select_option("#id_byline_decision", "not_given")
    desk.select_option("#id_section", label="Economy")
    desk.click("input[name=_publish]")
    tick_everything(desk)
    desk.click("text=Publish now")
    assert desk.troubles == []

    for size, theme in (("phone", "dark"), ("desktop", "light")):
        reader = open_browser(size, theme)
        reader.goto(f"/articles/{Article.objects.get(pk=undated.pk).slug}/")
        text = reader.inner_text("main")
        assert "Date not stated" in text
        assert "By Sadokat Jalolova" in text
        assert "View more articles from Sadokat Jalolova" in text
        shown = " ".join(reader.inner_text(".body").split())
        assert shown == " ".join(undated.body_text.split())
        reader.goto("/articles/customs-chiefs-meet-in-washington/")
        text = reader.inner_text("main")
        assert "16 September 2024" in text
        assert "Byline not given" in text
        assert "disrupt disrupt" in text
        assert reader.troubles == []
        reader.goto("/")
        assert "Customs chiefs meet in Washington" in reader.inner_text("main")


def test_a_story_is_written_from_nothing_with_every_field(
    logged_in, open_browser, chief, settings, tmp_path
):
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    a_section("Economy")
    an_author("Ada Baker")
    photo = a_real_photo()
    desk = logged_in(chief)
    desk.goto(f"{LIST}add/")
    desk.fill("#id_headline", "Bread prices rise")
    desk.fill("#id_summary", "A loaf costs more.")
    editor = desk.locator(".ProseMirror[contenteditable]")
    editor.click()
    desk.keyboard.type("Bakers say flour has doubled.")
    desk.keyboard.press("Enter")
    desk.keyboard.press("Control+b")
    desk.keyboard.type("Bold words.")
    desk.select_option("#id_byline_decision", "given")
    desk.select_option("#id_section", label="Economy")
    desk.fill("#id_lead_photo", str(photo.pk))
    desk.click(".field-author .select2-selection")
    desk.keyboard.type("Ada")
    desk.click(".select2-results__option:has-text('Ada Baker')")
    desk.click("input[name=_publish]")
    tick_everything(desk)
    assert "Readers see this story from the moment" in desk.inner_text(".step")
    desk.click("text=Publish now")
    assert "is live" in desk.inner_text(".messagelist")
    assert desk.troubles == []
    story = Article.objects.get()
    assert story.body == "<p>Bakers say flour has doubled.</p><p><strong>Bold words.</strong></p>"
    assert story.bylines.get().author.name == "Ada Baker"
    assert story.published_at is not None
    reader = open_browser()
    reader.goto("/articles/bread-prices-rise/")
    assert "Bakers say flour has doubled." in reader.inner_text(".body")


# Faults of the markup of the stock admin and its select2 box, which we do not copy: a search box named by its
# title, empty heads of tables, a list that select2 makes.
DJANGO_S_OWN = {"label-title-only", "empty-table-header", "list"}


def test_every_screen_of_the_desk_is_accessible_and_quiet(logged_in, axe, chief):
    story = a_story("Live one", by=[an_author("Ada Baker")], tags=["Food"])
    call_command("import_stories", "fixtures/documents", verbosity=0, quiet=True)
    draft = Article.objects.filter(status="draft").first()
    first = story.revisions.get(version=1)
    editing.save(
        story, a_snapshot("Live two", body="<p>Other words.</p>"), version=story.version, by=chief
    )
    aside = editing.save(
        story, a_snapshot("Live three", body="<p>My words.</p>"), version=story.version, by=chief
    ).mine
    story.refresh_from_db()
    workflow.submit(editing.create(a_snapshot("Waiting"), by=chief), by=chief, note="Please read")
    work = unsaved.keep(chief.pk, {"headline": ["Typed"]}, article_id=draft.pk, key=uuid.uuid4())
    desk = logged_in(chief)
    for address in (
        "/admin/",
        LIST,
        f"{LIST}?status=live",
        f"{LIST}add/",
        f"{LIST}{story.pk}/change/",
        f"{LIST}{draft.pk}/change/",
        f"{LIST}{draft.pk}/act/publish/",
        f"{LIST}{draft.pk}/act/schedule/",
        f"{LIST}{story.pk}/act/unpublish/",
        f"{LIST}{story.pk}/act/put_live/",
        f"{LIST}{story.pk}/act/correct/",
        f"{LIST}{story.pk}/act/withdraw/",
        f"{LIST}{draft.pk}/act/submit/",
        f"{LIST}{draft.pk}/act/spike/",
        f"{LIST}{story.pk}/history/",
        f"{LIST}{story.pk}/compare/?from=1&to={story.version}",
        f"{LIST}{story.pk}/restore/{first.pk}/",
        f"{LIST}{story.pk}/seen/?day=2026-03-04&clock=10:00",
        f"{LIST}{story.pk}/merge/{aside.pk}/",
        "/admin/my-desk/",
        f"{LIST}{draft.pk}/change/?unsaved={work.pk}",
        f"{LIST}{draft.pk}/unsaved/?work={work.pk}",
        "/admin/articles/photo/",
        "/admin/articles/photo/add/",
        "/admin/articles/tag/add/",
        "/admin/articles/section/",
        "/admin/articles/logline/",
        "/admin/authors/author/add/",
        "/admin/authors/user/",
    ):
        assert desk.goto(address).status == 200, address
        desk.wait_for_timeout(150)
        assert desk.troubles == [], address
        serious = [each for each in axe(desk) if each[0] not in DJANGO_S_OWN]
        assert serious == [], address
        desk.troubles.clear()  # axe adds a style of its own, which our policy refuses


def test_words_typed_under_tags_stay_beside_the_box_until_they_are_chosen_or_left_out(
    logged_in, chief
):
    Tag.objects.named("Food")
    story = a_draft("Bread")
    desk = logged_in(chief)
    desk.goto(f"{LIST}{story.pk}/change/")
    said = desk.locator(".field-tags .not-chosen")
    desk.click(".field-tags .select2-selection")
    desk.keyboard.type("Меры")
    desk.wait_for_selector("text=No results found")
    desk.keyboard.press("Enter")
    desk.click("#id_headline")
    expect(said).to_contain_text(
        "“Меры” is not chosen and will not be saved. Choose it from the list, or make it with ＋."
    )
    desk.click("input[name=_continue]")
    expect(desk.locator(".messagelist")).to_contain_text("“Меры” is not stored")
    expect(said).to_contain_text("“Меры” is not chosen")  # it is not lost
    desk.click(".field-tags .select2-selection")
    desk.keyboard.type("Foo")
    desk.click(".select2-results__option >> text=Food")
    expect(said).to_have_text("")
    desk.click(".field-tags .select2-selection")
    desk.keyboard.type("Salt")
    desk.wait_for_selector("text=No results found")
    desk.click("#id_headline")
    desk.click(".field-tags .not-chosen button")
    expect(said).to_have_text("")
    desk.click("input[name=_continue]")
    expect(desk.locator(".messagelist")).to_contain_text("is saved")
    assert "is not stored" not in desk.inner_text(".messagelist")
    assert [link.tag.name for link in story.tag_links.all()] == ["Food"]
    assert desk.troubles == []


def test_two_names_of_one_thing_become_one(logged_in, chief):
    food = Tag.objects.named("Food")
    story = a_draft("Bread", tags=["Fooood"])
    desk = logged_in(chief)
    desk.goto(f"/admin/articles/tag/{Tag.objects.get(name='Fooood').pk}/change/")
    desk.click("text=Merge into…")
    desk.click(".select2-selection")  # the box that searches stands over the list it is made of
    desk.keyboard.type("Foo")
    desk.click(".select2-results__option >> text=/^Food$/")
    desk.click("text=Show what would move")
    desk.click("input[value^='Merge']")
    expect(desk.locator(".messagelist")).to_contain_text("“Fooood” is “Food” now.")
    assert [link.tag for link in story.tag_links.all()] == [food]
    assert desk.troubles == []
