"""The tables of the house, one file each."""

from articles.models.address import Address
from articles.models.archive_period import ArchivePeriod
from articles.models.article import Article
from articles.models.byline import Byline
from articles.models.logbook import LogLine
from articles.models.photo import Photo
from articles.models.revision import Revision
from articles.models.section import Section
from articles.models.tag import Tag, TagLink

__all__ = [
    "Address", "ArchivePeriod", "Article", "Byline", "LogLine", "Photo", "Revision", "Section", "Tag", "TagLink",
]  # fmt: skip
