"""Pictures keep their colours, their greys and their meaning on the way to readers, or the desk is told."""

import io
import struct

import pytest
from PIL import Image

from articles.pictures import metadata
from articles.pictures.incoming import rendition_folder
from articles.pictures.renditions import decoded
from articles.pictures.uploads import add_photo, replace_file
from tests.pictures import a_picture
from tests.samples import HERE

pytestmark = [pytest.mark.django_db, pytest.mark.files, pytest.mark.usefixtures("own_disk")]
PINK = (200, 100, 50)  # as a Mac writes it; on a screen that knows sRGB alone it is another triple


def display_p3() -> bytes:
    """A colour profile with the primaries of Display P3 (SMPTE EG 432-1, D65, adapted to D50) and a plain gamma of 2.2,
    laid out as ICC.1:2001-04 says."""

    def number(value):
        return struct.pack(">i", round(value * 65536))

    def xyz(*values):
        return b"XYZ \0\0\0\0" + b"".join(map(number, values))

    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    name = b"P3 of the tests\0"
    words = b"desc\0\0\0\0" + struct.pack(">I", len(name)) + name + b"\0" * 79
    tags = {
        b"desc": words,
        b"cprt": b"text\0\0\0\0none\0\0\0\0",
        b"wtpt": xyz(0.9642, 1.0, 0.8249),
        b"rXYZ": xyz(0.5151, 0.2412, -0.0011),
        b"gXYZ": xyz(0.2920, 0.6922, 0.0419),
        b"bXYZ": xyz(0.1571, 0.0666, 0.7841),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, body, place = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for tag, content in tags.items():
        content += b"\0" * (-len(content) % 4)
        table += tag + struct.pack(">II", place + len(body), len(content))
        body += content
    head = (
        struct.pack(">I", 128 + len(table) + len(body))
        + b"\0\0\0\0"
        + b"\x02\x40\0\0"
        + b"mntrRGB XYZ "
    )
    head += b"\0" * 12 + b"acsp" + b"\0" * 28 + number(0.9642) + number(1.0) + number(0.8249)
    return head.ljust(128, b"\0") + table + body


def saved(image, kind="PNG", **options) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def as_readers_get(raw: bytes, place=(100, 100)):
    photo = add_photo(raw, alt="x", credit="x")
    with Image.open(rendition_folder(photo) / "320.jpg") as picture:
        return picture.convert("RGB").getpixel(place)


def near(one, other, by=4) -> bool:
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("mode", ["RGBA", "P with a hole", "LA"])
def test_the_profile_of_a_picture_with_transparency_counts(mode):
    profile = display_p3()
    opaque = as_readers_get(saved(Image.new("RGB", (400, 400), PINK), icc_profile=profile))
    assert not near(opaque, PINK), "the profile means other colours than the numbers"
    if mode == "LA":
        assert near(as_readers_get(saved(Image.new("LA", (400, 400), (120, 255)))), (120, 120, 120))
        return
    picture = Image.new("RGBA", (400, 400), (*PINK, 255))
    picture.paste((0, 0, 0, 0), (350, 350, 400, 400))
    if mode == "P with a hole":
        picture = picture.quantize(8)
    raw = saved(picture, icc_profile=profile)
    assert near(as_readers_get(raw), opaque)
    with Image.open(io.BytesIO(raw)) as image:
        assert decoded(image, 1.0).getpixel((380, 380)) == (255, 255, 255), (
            "where it has a hole it is white"
        )


@pytest.mark.parametrize(
    ("mode", "dark", "light"),
    [("I;16", 0x2000, 0xC000), ("I", 0x2000, 0xC000), ("F", 0.125, 0.75), ("I", -500, 100_000)],
)
def test_greys_of_more_than_eight_bits_do_not_turn_white(mode, dark, light):
    picture = Image.new(mode, (400, 400), light)
    for x in range(40):
        for y in range(40):
            picture.putpixel((x, y), dark)
    shown = decoded(picture, 1.0)
    left, right = shown.getpixel((20, 20))[0], shown.getpixel((380, 20))[0]
    assert left < right - 100
    if dark > 0:
        assert (left, right) == (pytest.approx(32, abs=1), pytest.approx(191, abs=1))


def test_a_png_of_sixteen_bits_comes_as_the_grey_that_it_is():
    assert near(as_readers_get(saved(Image.new("I;16", (400, 400), 0x8000))), (128, 128, 128))


def test_a_picture_that_moves_is_taken_and_the_desk_is_told(desk, chief):
    frames = [Image.new("RGB", (400, 300), colour) for colour in ("red", "green", "blue")]
    raw = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    browser = desk(chief)
    upload = io.BytesIO(raw)
    upload.name = "moves.gif"
    answer = browser.post(
        "/admin/articles/photo/add/", {"file": upload}, headers={"accept": "application/json"}
    ).json()
    assert answer["notice"] == "It moves: readers get its first picture, standing still."
    assert (
        b"readers get its first picture"
        in browser.get(f"/admin/articles/photo/{answer['pk']}/change/").content
    )
    assert add_photo(a_picture()).lost == ""
    assert (
        "first picture"
        in replace_file(
            add_photo(a_picture((500, 400))),
            saved(frames[1], "GIF", save_all=True, append_images=frames[2:]),
        ).lost
    )


def test_a_picture_of_an_iphone_is_taken_with_its_colours():
    raw = (HERE / "own.heic").read_bytes()
    photo = add_photo(raw, alt="x", credit="x")
    assert (photo.width, photo.height) == (400, 300)
    assert photo.original.endswith(".heif")
    with Image.open(rendition_folder(photo) / "320.jpg") as picture:
        assert near(picture.getpixel((60, 100)), (11, 85, 102), by=8)
        assert near(picture.getpixel((260, 100)), (200, 100, 50), by=8)


MACHINES = [
    "OLYMPUS DIGITAL CAMERA",
    "NIKON DIGITAL CAMERA",
    "KONICA MINOLTA DIGITAL CAMERA",
    "SONY DSC",
    "DSC_0012",
    "SAMSUNG CAMERA PICTURES",
    "Exif_JPEG_PICTURE",
    "Screenshot",
    "DCIM",
    "IMG_2041.JPG",
    "cof_vivid",
    "hdrpl",
    "Digital StillCamera",
    "Created with GIMP",
    "default",
    "  olympus   digital camera ",
]
PEOPLE = [
    "A digital camera on a table at the fair",
    "Picture of the year: bread",
    "The default of 2009",
    "Photo: a loaf",
    "Tashkent, 2024",
    "Olympus wins",
    "Camera pictures of the moon, printed",
    "Хлеб 1990",
    "A screenshot of the ministry’s page",
    "HDR of a bridge",
]


@pytest.mark.parametrize("words", MACHINES)
def test_what_a_camera_writes_by_itself_is_no_caption(words):
    assert metadata.is_by_a_machine(words, Image.new("RGB", (1, 1)))


@pytest.mark.parametrize("words", PEOPLE)
def test_what_a_person_wrote_is_one(words):
    assert not metadata.is_by_a_machine(words, Image.new("RGB", (1, 1)))


def test_the_name_of_the_camera_is_no_caption():
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x010E] = "ExampleMaker", "EX-100", "EX-100"
    photo = add_photo(saved(Image.new("RGB", (400, 300)), "JPEG", exif=exif))
    assert photo.caption == ""
    exif[0x010E] = "A loaf"
    assert add_photo(saved(Image.new("RGB", (400, 300)), "JPEG", exif=exif)).caption == "A loaf"
