"""Pictures on the desk: staff see a rendition whether readers may or not."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles import crops
from articles.models import Photo
from articles.pictures.incoming import rendition_folder


def desk_folder(photo: Photo) -> str:
    """Where staff fetch the renditions of a photo: what `PhotoShape.private_folder` wants."""
    return reverse("admin:articles_photo_file", args=[photo.pk, "-", "-"]).removesuffix("-/-")


def address_at_desk(photo: Photo, shape: str = crops.WHOLE, width: int = 320) -> str:
    """The desk's address of a JPEG of that shape, up to `width` pixels wide; "" while there is no such file: it is
    being made, or was taken away when the last story with it was withdrawn."""
    if not photo.stamp:
        return ""
    made = crops.widths(shape, photo.width, photo.height)
    wide = max([each for each in made if each <= width] or made[:1])
    name = crops.name(shape, wide, "jpg")
    return (
        f"{desk_folder(photo)}{photo.stamp}/{name}"
        if (rendition_folder(photo) / name).is_file()
        else ""
    )


def why_not_seen(photo) -> str:
    """In a word why a photo has no picture on the desk now."""
    return "Taken away" if photo.stamp else "Being made"


def small_picture(photo: Photo, shape: str, look: str, alt: str = "") -> SafeString:
    """The picture as HTML with the class `look`, or a box of the same size that says why there is none."""
    address = address_at_desk(photo, shape)
    if address:
        return format_html('<img class="{}" src="{}" alt="{}" loading="lazy">', look, address, alt)
    return format_html('<span class="{} thumbnail-gone">{}</span>', look, why_not_seen(photo))
