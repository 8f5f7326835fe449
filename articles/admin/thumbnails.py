"""Pictures on the desk: staff see a rendition whether readers may or not."""

from django.urls import reverse

from articles import crops


def desk_folder(photo) -> str:
    """Where staff fetch the renditions of a photo: what `PhotoShape.private_folder` wants."""
    return reverse("admin:articles_photo_file", args=[photo.pk, "-", "-"]).removesuffix("-/-")


def address_at_desk(photo, shape=crops.WHOLE, width=320) -> str:
    """The desk's address of a JPEG of that shape, up to `width` pixels wide; "" until it is made."""
    if not photo.stamp:
        return ""
    made = crops.widths(shape, photo.width, photo.height)
    wide = max([each for each in made if each <= width] or made[:1])
    return f"{desk_folder(photo)}{photo.stamp}/{crops.name(shape, wide, 'jpg')}"
