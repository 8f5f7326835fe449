from django.urls import path, register_converter

from articles.views import archive, corrections, photo, preview, section, series, story, tag


class Digits:
    """A year, month or day as the archive's addresses write it; anything else is no address of ours."""

    def __init__(self, length):
        self.regex = f"[0-9]{{{length}}}"

    def __call__(self):
        return self

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{value:0{self.regex[-2]}d}"


register_converter(Digits(4), "yyyy")  # pyright: ignore[reportArgumentType] - Django only calls it, and it gives itself
register_converter(Digits(2), "dd")  # pyright: ignore[reportArgumentType] - likewise

urlpatterns = [
    path("articles/<slug:slug>/", story.story, name="story"),
    path("sections/<slug:slug>/", section.section, name="section"),
    path("series/<slug:slug>/", series.series, name="series"),
    path("tags/", tag.tags, name="tags"),
    path("tags/<slug:slug>/", tag.tag, name="tag"),
    path("archive/", archive.years, name="archive"),
    path("archive/undated/", archive.undated, name="archive-undated"),
    path("archive/<yyyy:year>/", archive.year, name="archive-year"),
    path("archive/<yyyy:year>/<dd:month>/", archive.month, name="archive-month"),
    path("archive/<yyyy:year>/<dd:month>/<dd:day>/", archive.day, name="archive-day"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("preview/<str:token>/", preview.shared, name="shared-preview"),
    path("preview/<str:token>/photos/<slug:photo>/<slug:stamp>/<str:name>", preview.shared_photo),
    path("media/cards/outlet/<slug:stamp>.jpg", photo.outlet_card, name="outlet-card"),
    path("media/cards/<uuid:uid>/<slug:stamp>.jpg", photo.social_card, name="social-card"),
    path("media/photos/<slug:token>/<slug:stamp>/<str:name>", photo.rendition, name="rendition"),
]
