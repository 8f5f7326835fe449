"""What a picture says of itself: read in the order XMP, IIM, EXIF; never over typed words; never passed on."""

import io

import pytest
from PIL import Image, PngImagePlugin

from articles.models import Photo
from articles.pictures import ai_opt_out, uploads
from articles.pictures.incoming import originals, rendition_folder
from articles.pictures.uploads import add_photo
from tests.pictures import a_picture, written_by_exiftool

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_disk")]

XMP = {
    "XMP-photoshop:Headline": "Flour arrives",
    "XMP-dc:Description": "A sack of flour — oʻn kilogramm",
    "XMP-dc:Creator": "A. Photographer",
    "XMP-photoshop:Credit": "Agency X",
    "XMP-dc:Rights": "© Agency X",
    "XMP-xmpRights:UsageTerms": "One week",
    "XMP-xmpRights:WebStatement": "https://agency.example/licence",
    "XMP-iptcCore:AltTextAccessibility": "A white sack on a cart",
    "XMP-iptcCore:ExtDescrAccessibility": "A long one.",
    "XMP-photoshop:DateCreated": "2026-03-04T10:00:00+05:00",
    "XMP-iptcCore:Location": "Old Bazaar",
    "XMP-photoshop:City": "Termez",
    "XMP-photoshop:Country": "Uzbekistan",
    "XMP-iptcExt:DigitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
}
IIM = {
    "IPTC:Headline": "Headline by IIM",
    "IPTC:Caption-Abstract": "Подпись из IIM",
    "IPTC:By-line": "I. Writer",
    "IPTC:Credit": "Credit by IIM",
    "IPTC:CopyrightNotice": "© IIM",
    "IPTC:DateCreated": "2025:02:03",
    "IPTC:City": "Nukus",
}
EXIF = {
    "EXIF:ImageDescription": "Caption by EXIF",
    "EXIF:Artist": "E. Camera",
    "EXIF:Copyright": "© EXIF",
    "EXIF:DateTimeOriginal": "2024:01:02 03:04:05",
    "EXIF:GPSLatitude": "41.3",
    "EXIF:GPSLatitudeRef": "N",
    "EXIF:GPSLongitude": "69.2",
    "EXIF:GPSLongitudeRef": "E",
    "EXIF:Model": "CANARYCAMERA",
}


@pytest.fixture
def said(tmp_path):
    """A new photo of a picture in which exiftool wrote these tags."""

    def make(*carriers, size=(700, 400), **columns):
        tags = {name: value for carrier in carriers for name, value in carrier.items()}
        arguments = [f"-{name}={value}" for name, value in tags.items()]
        return add_photo(
            written_by_exiftool(a_picture(size), *arguments, folder=tmp_path), **columns
        )

    return make


def test_xmp_fills_every_column(said):
    photo = said(XMP)
    assert (photo.title, photo.caption, photo.creator) == (
        "Flour arrives",
        "A sack of flour — oʻn kilogramm",
        "A. Photographer",
    )
    assert (photo.credit, photo.copyright) == ("Agency X", "© Agency X")
    assert photo.rights == "One week https://agency.example/licence"
    assert (photo.alt, photo.long_description) == ("A white sack on a cart", "A long one.")
    assert (photo.taken_on.isoformat(), photo.place) == (
        "2026-03-04",
        "Old Bazaar, Termez, Uzbekistan",
    )
    assert photo.source_type == Photo.Source.AI
    assert photo.is_incoming is False, "it has a description and a credit"
    assert photo.said_by_file["credit"] == ["Agency X", "XMP"]


def test_iim_is_read_in_its_own_letters(said):
    photo = said(IIM)
    assert (photo.title, photo.caption, photo.creator) == (
        "Headline by IIM",
        "Подпись из IIM",
        "I. Writer",
    )
    assert (photo.credit, photo.copyright, photo.place) == ("Credit by IIM", "© IIM", "Nukus")
    assert photo.taken_on.isoformat() == "2025-02-03"
    assert photo.is_incoming is True, "no description"


def test_exif_is_the_last_to_be_asked_and_its_place_is_never_read(said):
    photo = said(EXIF)
    assert (photo.caption, photo.creator, photo.copyright) == (
        "Caption by EXIF",
        "E. Camera",
        "© EXIF",
    )
    assert (photo.taken_on.isoformat(), photo.place, photo.credit) == ("2024-01-02", "", "")
    assert "41" not in str(photo.said_by_file)


def test_where_the_carriers_differ_xmp_counts_then_iim_then_exif(said):
    photo = said({"XMP-photoshop:Credit": "Credit by XMP"}, IIM, EXIF)
    assert (photo.credit, photo.caption, photo.taken_on.isoformat()) == (
        "Credit by XMP",
        "Подпись из IIM",
        "2025-02-03",
    )
    carriers = {name: carrier for name, (_, carrier) in photo.said_by_file.items()}
    assert (carriers["credit"], carriers["title"], carriers["creator"]) == ("XMP", "IIM", "IIM")
    assert said({"XMP-dc:Description": "XMP says"}, EXIF, size=(701, 400)).caption == "XMP says"


def test_typed_words_are_never_overwritten(said):
    photo = said(XMP, IIM, EXIF, alt="Typed", credit="Typed credit", place="Typed place")
    assert (photo.alt, photo.credit, photo.place, photo.title) == (
        "Typed",
        "Typed credit",
        "Typed place",
        "Flour arrives",
    )


@pytest.mark.files
@pytest.mark.full_size
def test_nothing_of_it_and_no_place_reaches_a_public_file_and_the_original_keeps_all(said, figure):
    photo = said(XMP, IIM, EXIF)
    looked = 0
    for file in rendition_folder(photo).iterdir():
        raw = file.read_bytes()
        own = ai_opt_out.notice(False)  # what we say ourselves
        assert raw.count(own) == 1
        raw = raw.replace(b"http://ns.adobe.com/xap/1.0/\0" + own, b"").replace(own, b"")
        for sign in (
            b"GPS",
            b"CANARYCAMERA",
            b"Agency",
            b"IIM",
            b"Exif\0",
            b"http://ns.adobe",
            b"Photoshop 3.0",
        ):
            assert sign not in raw, (file.name, sign)
        with Image.open(file) as picture:
            assert not picture.getexif()
            assert not picture.getexif().get_ifd(0x8825)
        looked += 1
    assert looked == len(photo.file_names()) > 0
    assert b"CANARYCAMERA" in (originals() / photo.original).read_bytes()
    figure(
        f"{looked} public files of a picture with XMP, IIM, EXIF and GPS: 0 bytes of any of them"
    )


def test_other_formats_carry_xmp_too(tmp_path):
    for kind, suffix in (("PNG", "png"), ("WEBP", "webp")):
        raw = written_by_exiftool(
            a_picture((300, 200), kind),
            "-XMP-photoshop:Credit=Agency X",
            folder=tmp_path,
            suffix=suffix,
        )
        assert add_photo(raw).credit == "Agency X", kind


@pytest.mark.parametrize(
    "packet",
    [
        b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><x:xmpmeta xmlns:x='adobe:ns:meta/'>&b;</x:xmpmeta>",
        b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>",
        b"<x:xmpmeta",
        b"",
        b"\xff\xfe\x00",
        b"<a/>",
        b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><RDF><Description/></RDF></x:xmpmeta>",
    ],
)
def test_hostile_or_broken_metadata_is_no_metadata(packet):
    out = io.BytesIO()
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", packet.decode("latin-1"))
    Image.new("RGB", (40, 30)).save(out, "PNG", pnginfo=info)
    photo = add_photo(out.getvalue(), alt="x", credit="y")
    assert "passwd" not in str(photo.said_by_file)
    assert photo.said_by_file == {}


def test_endless_and_odd_values_are_cut_to_what_fits(said):
    photo = said(
        {
            "XMP-photoshop:Credit": "c" * 5000,
            "XMP-dc:Creator": "line one\nline two",
            "XMP-photoshop:DateCreated": "0000",
        },
        {"EXIF:DateTimeOriginal": "0000:00:00 00:00:00"},
    )
    assert len(photo.credit) == 200
    assert photo.creator == "line one line two"
    assert photo.taken_on is None
    photo.full_clean(
        exclude=uploads.FROM_THE_FILE | {"alt", "added_by"}, validate_constraints=False
    )
