"""The tables of the house, one file each."""

from articles.models.address import Address
from articles.models.agreement import Agreement
from articles.models.archive_period import ArchivePeriod
from articles.models.arrangement import Arrangement, ArrangementVersion, Breaking
from articles.models.article import Article
from articles.models.byline import Byline
from articles.models.check_pass import CheckPass
from articles.models.connection import Event, Series
from articles.models.correction import Correction
from articles.models.logbook import Act, LogLine
from articles.models.origin import Origin
from articles.models.photo import Photo, PhotoUse
from articles.models.revision import Revision
from articles.models.section import Section, SectionAlias
from articles.models.shared_preview import SharedPreview
from articles.models.tag import Tag, TagAlias, TagLink
from articles.models.unsaved import Presence, UnsavedWork

__all__ = [
    "Act",
    "Address",
    "Agreement",
    "ArchivePeriod",
    "Arrangement",
    "ArrangementVersion",
    "Article",
    "Breaking",
    "Byline",
    "CheckPass",
    "Correction",
    "Event",
    "LogLine",
    "Origin",
    "Photo",
    "PhotoUse",
    "Presence",
    "Revision",
    "Section",
    "SectionAlias",
    "Series",
    "SharedPreview",
    "Tag",
    "TagAlias",
    "TagLink",
    "UnsavedWork",
]
