"""Serve readers one stylesheet and small scripts: parts are joined in order and packed before names are hashed."""

from typing import cast

from django.conf import settings
from django.contrib.staticfiles import finders
from whitenoise.storage import CompressedManifestStaticFilesStorage

from newsroom.packing import packed_script, packed_styles

SITE_CSS = "newsroom/css/site.css"
SCRIPTS = "newsroom/js/"  # the readers'; the desk's are served as they are written
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
        path = cast(str, finders.find(part))  # a part that is missing stops here
        with open(path, encoding="utf-8") as file:
            texts.append(file.read())
    return "\n".join(texts)


class JoinedManifestStorage(CompressedManifestStaticFilesStorage):
    # A script of the desk asks for the modules that belong to it: after a change no browser has old ones beside new.
    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        (
            "articles/desk/*.js",
            (
                (
                    r"""(?P<matched>\bfrom "(?P<url>\.\.?/[^"]+\.js)")""",
                    'from "%(url)s"',
                ),
            ),
        ),
    )

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run:
            self._write(paths, SITE_CSS, packed_styles(joined()))
            for name in [name for name in paths if name.startswith(SCRIPTS)]:
                with self.open(name) as file:
                    script = file.read().decode()
                self._write(paths, name, packed_script(script))  # pyright: ignore[reportArgumentType] - of text it makes text
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _write(self, paths, name: str, text: str) -> None:
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        paths[name] = (self, name)
