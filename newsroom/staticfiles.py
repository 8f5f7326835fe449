"""Serve the stylesheet as one small file: the parts are joined in order before names are hashed."""

from django.conf import settings
from django.contrib.staticfiles import finders
from whitenoise.storage import CompressedManifestStaticFilesStorage

SITE_CSS = "newsroom/css/site.css"
FONTS_CSS, FIRST_FONT = "newsroom/css/fonts.css", "newsroom/fonts/serif-latin.woff2"
COMPONENTS = (
    "masthead",
    "breaking",
    "card",
    "front",
    "story",
    "prose",
    "parts",
    "note",
    "correction",
    "lists",
    "search",
    "calendar",
    "footer",
    "direction",
)
# The order is the order of the cascade layers that tokens.css declares first; brand.css may be replaced by an outlet.
PARTS = [
    "newsroom/css/tokens.css",
    "newsroom/css/base.css",
    "newsroom/css/layout.css",
    *(f"newsroom/css/components/{name}.css" for name in COMPONENTS),
    "newsroom/css/print.css",
    "newsroom/css/brand.css",
]


def parts() -> list[str]:
    """The stylesheet's parts of this outlet, in their order."""
    fonts = [FONTS_CSS] if settings.NEWSROOM_FONT_PACK else []
    return [*PARTS[:-1], *fonts, PARTS[-1]]


def joined() -> str:
    """All parts as one stylesheet, as the static finders see them now."""
    texts = []
    for part in parts():
        with open(finders.find(part), encoding="utf-8") as file:
            texts.append(file.read())
    return "\n".join(texts)


class JoinedManifestStorage(CompressedManifestStaticFilesStorage):
    def post_process(self, paths, dry_run=False, **options):
        if not dry_run:
            with open(self.path(SITE_CSS), "w", encoding="utf-8") as file:
                file.write(joined())
            paths[SITE_CSS] = (self, SITE_CSS)
        yield from super().post_process(paths, dry_run=dry_run, **options)
