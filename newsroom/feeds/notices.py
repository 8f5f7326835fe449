"""The small files that say who we are and what is allowed: robots.txt, trust.txt, security.txt, tdmrep.json.

Whether AI systems may be trained on what is published here is one setting, and every place says the same.
"""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from articles.reading.public_story import absolute
from newsroom.foundation.paths import path_to
from newsroom.models import Page

SECURITY_DAYS = 180  # for which security.txt may be kept; the standard advises less than a year


def plain(lines) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def robots(request: HttpRequest) -> HttpResponseBase:
    """Pages that are not to stand in search results say so themselves; to read that, a robot must be let in."""
    lines = ["User-agent: *", "Disallow: /admin/", ""]
    if not settings.NEWSROOM_AI_TRAINING:
        lines += [f"User-agent: {agent}" for agent in settings.NEWSROOM_AI_AGENTS] + [
            "Disallow: /",
            "",
        ]
    names = ("sitemap", "news-sitemap")
    return plain(lines + [f"Sitemap: {absolute(path_to(name))}" for name in names])


def trust(request: HttpRequest) -> HttpResponseBase:
    """https://journallist.net/reference-document-for-trust-txt-specifications"""
    lines = [f"# {settings.NEWSROOM_NAME}"] + [
        f"{name}={value}" for name, value in settings.NEWSROOM_TRUST
    ]
    if settings.NEWSROOM_CONTACT:
        lines.append(f"contact={settings.NEWSROOM_CONTACT}")
    lines += [
        f"disclosure={absolute(page.get_absolute_url())}"
        for page in Page.objects.policies().order_by("order", "folded")
    ]
    lines.append(f"datatrainingallowed={'yes' if settings.NEWSROOM_AI_TRAINING else 'no'}")
    return plain(lines)


def security(request: HttpRequest) -> HttpResponseBase:
    """RFC 9116: where to report a weakness of this site. It is there only when somebody reads what is sent."""
    if not settings.NEWSROOM_SECURITY_CONTACT:
        raise Http404("Nobody is named for reports.")
    midnight = datetime.combine(timezone.now().date(), time(), tzinfo=UTC)
    return plain(
        [
            f"Contact: {settings.NEWSROOM_SECURITY_CONTACT}",
            f"Expires: {(midnight + timedelta(days=SECURITY_DAYS)).isoformat()}",
            f"Canonical: {absolute(path_to('security'))}",
            f"Preferred-Languages: {settings.LANGUAGE_CODE.split('-')[0]}",
        ]
    )


def tdmrep(request: HttpRequest) -> HttpResponseBase:
    """The TDM reservation protocol: text and data mining of everything below this address."""
    rule = {"location": "/", "tdm-reservation": 0 if settings.NEWSROOM_AI_TRAINING else 1}
    policy = {"tdm-policy": settings.NEWSROOM_AI_POLICY} if settings.NEWSROOM_AI_POLICY else {}
    return JsonResponse([rule | policy], safe=False)
