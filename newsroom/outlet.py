"""What the chrome of every page says about the outlet: its name, sections, pages and styles, and what is breaking."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from operator import itemgetter

from django.conf import settings
from django.db import connection
from django.db.models import DateTimeField, Value
from django.db.models.functions import Concat
from django.templatetags.static import static
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property
from django.utils.translation import gettext

from articles.models import Article, Breaking, Section
from articles.models.gate import this_moment
from articles.reading.public_story import absolute
from newsroom import staticfiles
from newsroom.foundation import languages
from newsroom.foundation.paths import path_to
from newsroom.foundation.public_request import PublicRequest
from newsroom.foundation.text import fold
from newsroom.models import Page

POLICY = "policy "  # begins the first column of a page that answers for something
# They stand for "now", and for the end of the time for which a page may be kept, while the query is written down.
SOME_MOMENT, SOME_LATER = (datetime(1970, 1, 2, 3, 4, second, tzinfo=UTC) for second in (5, 6))


PROPERTIES = {  # what schema.org and the Trust Project's indicators call a page about the outlet
    Page.Kind.PRINCIPLES: "publishingPrinciples",
    Page.Kind.ETHICS: "ethicsPolicy",
    Page.Kind.CORRECTIONS: "correctionsPolicy",
    Page.Kind.CHECKING: "verificationFactCheckingPolicy",
    Page.Kind.UNNAMED: "unnamedSourcesPolicy",
    Page.Kind.NO_BYLINES: "noBylinesPolicy",
    Page.Kind.OWNERSHIP: "ownershipFundingInfo",
    Page.Kind.MASTHEAD: "masthead",
    Page.Kind.MISSION: "missionCoveragePrioritiesPolicy",
    Page.Kind.DIVERSITY: "diversityPolicy",
    Page.Kind.DIVERSITY_STAFF: "diversityStaffingReport",
    Page.Kind.FEEDBACK: "actionableFeedbackPolicy",
}


@dataclass(frozen=True, slots=True)
class Destination:
    """Something the chrome leads to: a section or a page of the outlet's own."""

    pk: int
    name: str
    slug: str
    kind: str

    def get_absolute_url(self):
        return path_to(self.kind, self.slug)


@dataclass(frozen=True, slots=True)
class Strip:
    """What is breaking: a line, since when, and where it leads ("" for nowhere)."""

    text: str
    address: str
    starts_at: datetime
    ends_at: datetime


@lru_cache
def chrome_query(vendor: str) -> tuple[str, tuple]:
    """SQL and parameters of one query for sections, pages and the strip. Every page asks it, and writing it down
    costs more than asking, so that is done once for each process."""
    never = Value(None, output_field=DateTimeField())
    columns = Value("strip"), "pk", "pk", "text", "article__slug", "starts_at", "ends_at"
    union = (
        Breaking.objects.up(SOME_MOMENT)
        .values_list(*columns)
        .union(
            Section.objects.values_list(
                Value("section"), "pk", "order", "name", "slug", never, never
            ),
            Page.objects.in_footer().values_list(
                Value("page"), "pk", "order", "name", "slug", never, never
            ),
            Article.objects.going_live(SOME_MOMENT, SOME_LATER).values_list(
                Value("soon"), "pk", "pk", Value(""), Value(""), "live_from", never
            ),
            Page.objects.policies().values_list(
                Concat(Value(POLICY), "kind"), "pk", "order", "name", "slug", never, never
            ),
            all=True,
        )
    )
    return union.query.sql_with_params()


def chrome_rows() -> list[tuple]:
    """(what, key, order, name, slug, since, until) of all that the chrome prints at this moment, and of what is about
    to change it."""
    sql, params = chrome_query(connection.vendor)
    now = this_moment()
    moments = {SOME_MOMENT: now, SOME_LATER: now + timedelta(seconds=settings.NEWSROOM_PAGE_AGE)}
    adapted = connection.ops.adapt_datetimefield_value
    moments = {adapted(written): adapted(meant) for written, meant in moments.items()}
    with connection.cursor() as cursor:
        cursor.execute(sql, [moments.get(each, each) for each in params])
        return cursor.fetchall()


def moment_of(value: str | datetime) -> datetime:
    """A moment as either database hands it out past Django's own columns."""
    found = parse_datetime(value) if isinstance(value, str) else value
    assert found  # the database wrote it
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def midnight() -> datetime:
    """The end of this day by the outlet's clock, and so of what the masthead of a front page says."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))


def training_terms() -> str:
    """Whether AI systems may be trained on what is published here, as a sentence for readers and for machines."""
    if settings.NEWSROOM_AI_TRAINING:
        return gettext("AI systems may be trained on what is published here.")
    return gettext("AI systems may not be trained on what is published here.")


class Outlet:
    """Read by templates as `outlet`. What comes from the database costs one query, asked when a page prints it."""

    def __init__(self):
        self.name, self.contact = settings.NEWSROOM_NAME, settings.NEWSROOM_CONTACT
        self.language, self.share = settings.LANGUAGE_CODE, settings.NEWSROOM_SHARE
        self.footer, self.site = settings.NEWSROOM_FOOTER, settings.NEWSROOM_SITE_URL
        self.rights, self.may_train = settings.NEWSROOM_RIGHTS, settings.NEWSROOM_AI_TRAINING

    @property
    def training_terms(self):
        return training_terms()

    @property
    def description(self):
        return settings.NEWSROOM_DESCRIPTION or gettext("News and background from %(name)s.") % {
            "name": self.name
        }

    @property
    def direction(self):
        return languages.direction(self.language)

    @property
    def changes_at(self) -> datetime | None:
        """When the strip comes down or the next story goes live, if that is soon and the page has asked for its chrome;
        asking here makes no query."""
        rows = self.__dict__.get("rows", ())
        moments = [moment_of(since) for what, _, _, _, _, since, _ in rows if what == "soon"]
        moments += [moment_of(until) for what, *_, until in rows if what == "strip"]
        return min(moments, default=None)

    @cached_property
    def rows(self):
        return chrome_rows()

    def destinations(self, kind):
        rows = [row for row in self.rows if row[0] == kind]
        rows.sort(key=lambda row: (row[2], fold(row[3])))  # by number, then by name
        return [Destination(pk, name, slug, kind) for _, pk, _, name, slug, *_ in rows]

    @cached_property
    def sections(self):
        return self.destinations("section")

    @cached_property
    def pages(self):
        return self.destinations("page")

    @cached_property
    def policies(self) -> dict[str, tuple[str, str]]:
        """{property of schema.org: (title, address)} of the outlet's public pages that answer for something."""
        found = sorted((row for row in self.rows if row[0].startswith(POLICY)), key=itemgetter(2))
        return {
            PROPERTIES[what.removeprefix(POLICY)]: (name, absolute(path_to("page", slug)))
            for what, _, _, name, slug, *_ in found
        }

    @cached_property
    def strip(self):
        found = next((row for row in self.rows if row[0] == "strip"), None)
        if found is None:
            return None
        _, _, _, text, slug, *times = found
        return Strip(text, path_to("story", slug) if slug else "", *map(moment_of, times))

    @property
    def languages(self):
        """[(code, what it calls itself, address of its front page)], when the outlet has more than one."""
        codes = settings.NEWSROOM_LANGUAGES
        if len(codes) < 2:
            return []
        return [
            (
                code,
                languages.name_of(code),
                path_to("front") if code == self.language else path_to("edition", code),
            )
            for code in codes
        ]

    def home(self, here: str) -> str:
        """Where the name of the outlet leads: in an edition to its own front page."""
        _, _, language = here.partition("edition ")
        return path_to("edition", language) if language else path_to("front")

    @property
    def logo(self):
        """The address of the logo; "" when there is none, or no such file: then the name is printed."""
        try:
            return static(settings.NEWSROOM_LOGO) if settings.NEWSROOM_LOGO else ""
        except ValueError:
            return ""

    @property
    def icon(self):
        """What stands for the outlet where there is room for a small picture only."""
        return path_to("icon", 512)

    @property
    def stylesheets(self):
        return [staticfiles.SITE_CSS] if settings.NEWSROOM_MANIFEST else staticfiles.parts()

    @property
    def first_font(self):
        """The font file that every page needs; "" when the outlet uses what readers' machines have."""
        return staticfiles.FIRST_FONT if settings.NEWSROOM_FONT_PACK else ""


def chrome(request: PublicRequest) -> dict:
    """Template context. The canonical address never comes from the Host header."""
    # Its strip says how long the page may be kept (newsroom/middleware.py).
    request.outlet = getattr(request, "outlet", None) or Outlet()
    return {"outlet": request.outlet, "canonical": settings.NEWSROOM_SITE_URL + request.path}
