"""The photo library in a real browser: upload with progress, pick from a story, the focal point by keyboard alone."""

import pytest

from articles.front_page import arranging
from articles.models import Arrangement, Article, Photo
from articles.story import editing
from tests.builders import a_snapshot, a_story, an_author
from tests.journeys.popups import click_that_closes
from tests.journeys.test_desk_journey import DJANGO_S_OWN
from tests.pictures import a_picture, a_real_photo, every_part, halves, in_text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_disk")]
LIBRARY = "/admin/articles/photo/"
STORY = "/admin/articles/article/"


def a_file(name="a.jpg", raw=None):
    return {"name": name, "mimeType": "image/jpeg", "buffer": raw or a_picture()}


DROP = """({selector, name, bytes}) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], name, {type: "image/jpeg"}));
  const event = new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true});
  document.querySelector(selector).dispatchEvent(event);
}"""


def drop(page, selector, name="dropped.jpg", raw=None):
    page.evaluate(DROP, {"selector": selector, "name": name, "bytes": list(raw or a_picture())})


def describe_it(page):
    with page.expect_popup() as popup:
        page.click("text=Describe it and put it in")
    form = popup.value
    form.fill("#id_alt", "A green wall")
    form.fill("#id_credit", "A. Photographer")
    click_that_closes(form, "input[name=_save]")


def test_many_pictures_are_chosen_at_once_and_completed_one_by_one(logged_in, reporter):
    page = logged_in(reporter)
    page.goto(LIBRARY)
    files = [a_file("one.jpg"), a_file("two.jpg", a_picture((800, 500))), a_file("no.jpg", b"x")]
    page.set_input_files("#choose-photos", files)
    page.wait_for_selector("text=2 of 3 files are new in the library.")
    assert "no.jpg: It cannot be read" in page.inner_text("#drop-photos")
    page.click("#drop-photos li:first-child a")
    assert "This photo waits" in page.inner_text("#content")
    page.fill("#id_alt", "A green wall")
    page.fill("#id_credit", "A. Photographer")
    page.click("input[name=_save]")
    page.wait_for_selector(".photo-grid")
    photo = Photo.objects.get(alt="A green wall")
    assert not photo.is_incoming
    assert page.locator("text=Waits for its description or credit").count() >= 1
    assert [each for each in page.troubles if "422" not in each] == []


def test_a_picture_is_dropped_on_the_library(logged_in, reporter):
    page = logged_in(reporter)
    page.goto(LIBRARY)
    drop(page, "body", "dropped.jpg")
    page.wait_for_selector("text=1 of 1 file is new in the library.")
    drop(page, "body", "again.jpg")
    page.wait_for_selector("text=You have this one already.")
    assert Photo.objects.count() == 1


def test_a_picture_is_pasted_into_the_library(logged_in, reporter):
    page = logged_in(reporter)
    page.goto(LIBRARY)
    page.evaluate(
        """(bytes) => {
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(bytes)], "pasted.png", {type: "image/png"}));
          document.body.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
        }""",
        list(a_picture(kind="PNG")),
    )
    page.wait_for_selector("text=1 of 1 file is new in the library.")
    assert Photo.objects.get().file_name == "pasted.png"


def test_a_lead_photo_is_dropped_on_the_story_and_completed_in_the_popup(logged_in, chief):
    page = logged_in(chief)
    page.goto(f"{STORY}add/")
    page.wait_for_selector(".field-body .ProseMirror[contenteditable]")
    page.fill("#id_headline", "With a photo")
    drop(page, ".field-lead_photo", "dropped.jpg")
    describe_it(page)
    page.wait_for_selector(".photo-chosen:visible")
    assert "A green wall. Credit: A. Photographer" in page.inner_text("#id_lead_photo_words")
    page.click("input[name=_continue]")
    page.wait_for_selector(".messagelist")
    assert Article.objects.get().lead_photo == Photo.objects.get()
    assert page.troubles == []


def test_a_picture_dropped_into_the_text_is_asked_about_and_stands_there(logged_in, chief):
    page = logged_in(chief)
    page.goto(f"{STORY}add/")
    page.wait_for_selector(".field-body .ProseMirror[contenteditable]")
    page.fill("#id_headline", "With a photo")
    page.click(".field-body .ProseMirror[contenteditable]")
    page.keyboard.type("Words before it.")
    drop(page, ".field-body .ProseMirror[contenteditable]", "no.jpg", b"words")
    page.wait_for_selector(".editor-status:has-text('cannot be read')")
    drop(page, ".field-body .ProseMirror[contenteditable]", "dropped.jpg")
    describe_it(page)
    page.wait_for_selector(".part--photo img[src]")
    assert page.inner_text(".editor-status") == ""
    page.click("input[name=_continue]")
    page.wait_for_selector(".messagelist")
    assert Article.objects.get().photo_uses.get().photo == Photo.objects.get()
    assert "Words before it." in Article.objects.get().body


def test_the_focal_point_is_set_by_a_click_or_by_keys_alone(logged_in, editor):
    photo = a_real_photo(raw=halves())
    page = logged_in(editor)
    page.goto(f"{LIBRARY}{photo.pk}/change/")
    page.wait_for_selector(".focal-crops canvas")
    area = page.locator(".focal-picture").bounding_box()
    page.mouse.click(area["x"] + area["width"] * 0.2, area["y"] + area["height"] * 0.7)
    assert (page.input_value("#id_focal_x"), page.input_value("#id_focal_y")) == ("2", "7")
    page.focus("#id_focal_x")
    for _ in range(7):
        page.keyboard.press("ArrowUp")
    assert page.input_value("#id_focal_x") == "9"
    shown = page.evaluate("""() => [...document.querySelectorAll('.focal-crops canvas')].map((canvas) => (
      [...canvas.getContext('2d').getImageData(5, 5, 1, 1).data].slice(0, 3)))""")
    assert [colour[0] > 200 for colour in shown] == [True, True, True]
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{LIBRARY}")
    photo.refresh_from_db()
    assert photo.focal == (9, 7)
    assert page.troubles == []


def test_what_uses_a_photo_is_named_and_keeps_it(logged_in, editor):
    photo = a_real_photo()
    a_story("Bread prices", body=in_text(photo))
    page = logged_in(editor)
    page.goto(f"{LIBRARY}{photo.pk}/change/")
    assert "Bread prices" in page.inner_text(".field-used_in")
    page.goto(f"{LIBRARY}{photo.pk}/delete/")
    assert "Bread prices" in page.inner_text("#content")
    assert page.locator("input[value^='Yes']").count() == 0
    assert Photo.objects.exists()


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_the_photo_desk_is_accessible_and_quiet(logged_in, axe, chief, theme, size):
    photo = a_real_photo(source_type="ai", rights_kind="agency")
    incoming = a_real_photo(raw=a_picture((900, 500)), credit="")
    a_story("Live", lead_photo=photo.sha256, body=in_text(photo))
    page = logged_in(chief, theme=theme, size=size)
    for address in (
        LIBRARY,
        f"{LIBRARY}?_popup=1",
        f"{LIBRARY}?rights=agency",
        f"{LIBRARY}add/",
        f"{LIBRARY}add/?_popup=1",
        f"{LIBRARY}{photo.pk}/change/",
        f"{LIBRARY}{incoming.pk}/change/",
        f"{LIBRARY}{photo.pk}/replace/",
    ):
        assert page.goto(address).status == 200, address
        page.wait_for_timeout(250)
        assert page.troubles == [], address
        serious = [each for each in axe(page) if each[0] not in DJANGO_S_OWN]
        assert serious == [], address
        if size == "phone":
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
        page.troubles.clear()  # axe adds a style of its own, which our policy refuses


def test_the_editor_with_every_part_is_accessible(logged_in, axe, chief):
    photo = a_real_photo()
    body = every_part(photo) + '<p>Text <mark data-note="">a note</mark></p>'
    draft = editing.create(a_snapshot("Every part", body=body), by=chief)
    page = logged_in(chief)
    page.goto(f"{STORY}{draft.pk}/change/")
    page.wait_for_selector(".part--photo img[src]")
    page.keyboard.press("Tab")
    page.click(".field-body .ProseMirror[contenteditable] > p")
    page.keyboard.press("Control+h")
    assert page.troubles == []
    assert [each for each in axe(page) if each[0] not in DJANGO_S_OWN] == []


def test_a_slot_of_the_front_page_takes_its_own_photo_from_the_library(logged_in, chief):
    """It goes with its story when the slot moves, and its picture is seen beside its number."""
    first, second = a_story("First"), a_story("Second")
    slots = [{"zone": "second", "story": str(story.uid)} for story in (first, second)]
    arranging.save("front", {"slots": slots}, version=0, by=chief)
    page = logged_in(chief)
    page.goto("/admin/articles/arrangement/front/arrange/")
    one, other = page.locator('[data-zone="second"] .slot').all()[:2]
    one.locator("summary").click()
    drop(page, f"#{one.locator('[name$=-photo]').get_attribute('id')}", "dropped.jpg")
    describe_it(page)
    one.locator(".photo-chosen").wait_for(state="visible")
    assert (
        "A green wall. Credit: A. Photographer" in one.locator(".photo-chosen-words").inner_text()
    )
    one.locator(".down").click()
    other.locator("summary").click()
    other.locator(".photo-chosen").wait_for(state="visible")
    one.locator(".photo-chosen").wait_for(state="hidden")
    page.click("[name=_publish]")
    shown = Arrangement.objects.get(page="front").shown["slots"]
    assert [(slot["story"], slot["photo"]) for slot in shown] == [
        (str(second.uid), ""),
        (str(first.uid), Photo.objects.get().sha256),
    ]
    assert page.troubles == []


def test_a_portrait_is_seen_beside_its_number(logged_in, chief):
    jane, photo = an_author("Jane Doe"), a_real_photo(alt="Jane Doe", credit="A. Photographer")
    page = logged_in(chief)
    page.goto(f"/admin/authors/author/{jane.pk}/change/")
    page.fill("#id_portrait", str(photo.pk))
    page.wait_for_selector("text=Jane Doe. Credit: A. Photographer")
    page.fill("#id_bio", "Writes about bread.")
    assert page.inner_text(".counted") == "19 characters, 3 words"
    assert page.troubles == []
