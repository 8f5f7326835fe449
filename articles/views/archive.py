"""The archive by year, month and day. It reads stories by the day they carry, and days from the kept calendar."""

import calendar
from datetime import date

from django.db.models import Subquery
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from articles.models import ArchivePeriod, Article
from articles.models.archive_period import first_day
from newsroom.foundation.pagination import page_of


def dated(**condition):
    """Keys of live stories in the order of the archive's index."""
    rows = Article.objects.live().filter(**condition)
    return rows.order_by("-published_on", "-sort_at", "-pk").values_list("pk", flat=True)


def first_days(periods) -> list[date]:
    return [period.first_day for period in periods.order_by("period")]


def neighbours(level: str, period: str) -> dict:
    """The nearest periods of the same kind before and after that have stories."""
    rows = ArchivePeriod.objects.live(level).values("period")
    here = ArchivePeriod.objects.filter(period=period).annotate(
        earlier=Subquery(rows.filter(period__lt=period).order_by("-period")[:1]),
        later=Subquery(rows.filter(period__gt=period).order_by("period")[:1]),
    )
    found = here.values("earlier", "later").first() or {}
    return {name: first_day(each) if each else None for name, each in found.items()}


def as_date(year: int, month: int = 1, day: int = 1) -> date:
    try:
        # the calendar's last year has no next month
        return date(year if year < 9999 else 0, month, day)
    except ValueError:
        raise Http404("There is no such day.") from None


def years(request: HttpRequest) -> HttpResponseBase:
    has_undated = Article.objects.live().filter(published_on__isnull=True).exists()
    return render(
        request,
        "articles/archive.html",
        {
            "years": first_days(ArchivePeriod.objects.live("year"))[::-1],
            "has_undated": has_undated,
            "here": "archive",
        },
    )


def year(request: HttpRequest, year: int) -> HttpResponseBase:
    months = first_days(ArchivePeriod.objects.live("month").inside(as_date(year).isoformat()[:4]))
    if not months:
        raise Http404("No story carries a date in that year.")
    return render(request, "articles/archive_year.html", {"months": months, "here": "archive"})


def month(request: HttpRequest, year: int, month: int) -> HttpResponseBase:
    first = as_date(year, month)
    within = first.isoformat()[:7]
    days = set(first_days(ArchivePeriod.objects.live("day").inside(within)))
    if not days:
        raise Http404("No story carries a date in that month.")
    last = first.replace(day=calendar.monthrange(year, month)[1])
    page = page_of(request, dated(published_on__range=(first, last)))
    context = {
        "first": first,
        "weeks": weeks_of(first, days),
        "page": page,
        "here": "archive",
        "stories": Article.objects.cards(page.keys),
        **neighbours("month", within),
    }
    return render(request, "articles/archive_month.html", context)


def weeks_of(first: date, days: set[date]):
    """Rows of seven cells: None outside the month, else (date, whether it has stories)."""
    return [
        [((day, day in days) if day.month == first.month else None) for day in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]


def day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponseBase:
    wanted = as_date(year, month, day)
    page = page_of(request, dated(published_on=wanted))
    if not page.keys:
        raise Http404("No story carries this date.")
    context = {
        "day": wanted,
        "page": page,
        "here": "archive",
        "stories": Article.objects.cards(page.keys),
        **neighbours("day", wanted.isoformat()),
    }
    return render(request, "articles/archive_day.html", context)


def undated(request: HttpRequest) -> HttpResponseBase:
    page = page_of(request, dated(published_on__isnull=True))
    if not page.keys:
        raise Http404("Every story carries a date.")
    return render(
        request,
        "articles/archive_undated.html",
        {"page": page, "stories": Article.objects.cards(page.keys), "here": "archive"},
    )
