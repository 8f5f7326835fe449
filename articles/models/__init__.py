"""The tables of the house, one file each."""

from articles.models.address import Address
from articles.models.archive_period import ArchivePeriod
from articles.models.article import Article
from articles.models.byline import Byline
from articles.models.check_pass import CheckPass
from articles.models.correction import Correction
from articles.models.logbook import LogLine
from articles.models.photo import Photo, PhotoUse
from articles.models.revision import Revision
from articles.models.section import Section
from articles.models.shared_preview import SharedPreview
from articles.models.tag import Tag, TagLink
from articles.models.unsaved import Presence, UnsavedWork

__all__ = [
    "Address", "ArchivePeriod", "Article", "Byline", "CheckPass", "Correction", "LogLine", "Photo", "PhotoUse",
    "Presence", "Revision", "Section", "SharedPreview", "Tag", "TagLink", "UnsavedWork",
]  # fmt: skip
