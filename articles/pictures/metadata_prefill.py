"""Pre-fill a photo's columns from what its file says. What somebody typed is never overwritten."""

from datetime import date

from articles.models import Photo

SOURCE = Photo.Source
SOURCE_TYPES = {  # IPTC digital source type (cv.iptc.org/newscodes/digitalsourcetype): what readers are told
    "digitalCapture": SOURCE.CAMERA,
    "computationalCapture": SOURCE.CAMERA,
    "negativeFilm": SOURCE.CAMERA,
    "positiveFilm": SOURCE.CAMERA,
    "print": SOURCE.CAMERA,
    "humanEdits": SOURCE.CAMERA,
    "minorHumanEdits": SOURCE.CAMERA,
    "compositeCapture": SOURCE.COMPOSITE,
    "composite": SOURCE.COMPOSITE,
    "compositeSynthetic": SOURCE.AI_PARTLY,
    "compositeWithTrainedAlgorithmicMedia": SOURCE.AI_PARTLY,
    "trainedAlgorithmicMedia": SOURCE.AI,
    "algorithmicallyEnhanced": SOURCE.AI_PARTLY,
    "algorithmicMedia": SOURCE.ILLUSTRATION,
    "digitalArt": SOURCE.ILLUSTRATION,
    "digitalCreation": SOURCE.ILLUSTRATION,
    "virtualRecording": SOURCE.ILLUSTRATION,
    "dataDrivenMedia": SOURCE.CHART,
    "screenCapture": SOURCE.SCREEN,
}


def fill(photo: Photo) -> None:
    """Set the columns that are still empty."""
    for name, value in columns(photo.said_by_file).items():
        if value and not getattr(photo, name):
            setattr(photo, name, value)


def columns(said: dict[str, list[str]]) -> dict:
    """{column: value} of a photo, cut to what the columns hold."""

    def text(*names, joint=", "):
        return joint.join(dict.fromkeys(said[name][0] for name in names if name in said))

    found: dict[str, str | date | None] = {
        name: text(name)
        for name in (
            "title",
            "caption",
            "creator",
            "credit",
            "copyright",
            "alt",
            "long_description",
        )
    }
    found["place"] = text("place", "city", "state", "country")
    found["rights"] = text("usage_terms", "licence", joint=" ")
    for name, value in found.items():
        column = Photo._meta.get_field(name)
        found[name] = column.written(value)[: column.max_length].strip()
    found["taken_on"] = day(text("taken"))
    found["source_type"] = SOURCE_TYPES.get(text("source_type"), "")
    return found


def day(moment: str) -> date | None:
    try:
        return date.fromisoformat(moment[:10])
    except ValueError:
        return None
