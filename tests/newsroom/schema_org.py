"""A checker of JSON-LD against schema.org's vocabulary: the types that we emit, their properties and ranges.

Facts from schema.org, release 30.0: which property belongs to which type, and what it may hold.
"""

import re

PARENTS = {
    "NewsArticle": "Article",
    "AnalysisNewsArticle": "NewsArticle",
    "BackgroundNewsArticle": "NewsArticle",
    "OpinionNewsArticle": "NewsArticle",
    "AdvertiserContentArticle": "Article",
    "Article": "CreativeWork",
    "WebPage": "CreativeWork",
    "CollectionPage": "WebPage",
    "AboutPage": "WebPage",
    "ProfilePage": "WebPage",
    "WebSite": "CreativeWork",
    "CreativeWorkSeries": "CreativeWork",
    "ImageObject": "MediaObject",
    "MediaObject": "CreativeWork",
    "CorrectionComment": "Comment",
    "Comment": "CreativeWork",
    "CreativeWork": "Thing",
    "NewsMediaOrganization": "Organization",
    "Organization": "Thing",
    "Person": "Thing",
    "Place": "Thing",
    "BreadcrumbList": "ItemList",
    "ItemList": "Intangible",
    "ListItem": "Intangible",
    "EntryPoint": "Intangible",
    "SearchAction": "Action",
    "Action": "Thing",
    "Intangible": "Thing",
    "Thing": "",
}
DATE = r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d|Z))?"
URL = r"https?://\S+"
# {type: {property: what it may hold}}: a pattern of a text, a Python type, or names of types.
PROPERTIES = {
    "Thing": {
        "name": str,
        "description": str,
        "url": URL,
        "image": "ImageObject",
        "sameAs": URL,
        "mainEntityOfPage": "CreativeWork",
        "potentialAction": "Action",
    },
    "CreativeWork": {
        "headline": str,
        "alternativeHeadline": str,
        "inLanguage": r"[a-z]{2,3}(-\w+)*",
        "keywords": str,
        "datePublished": DATE,
        "dateModified": DATE,
        "publisher": ("Organization", "Person"),
        "author": ("Organization", "Person"),
        "translator": ("Organization", "Person"),
        "contributor": ("Organization", "Person"),
        "isAccessibleForFree": bool,
        "locationCreated": "Place",
        "sourceOrganization": "Organization",
        "correction": "CorrectionComment",
        "isPartOf": "CreativeWork",
        "position": int,
        "workTranslation": "CreativeWork",
        "translationOfWork": "CreativeWork",
        "isBasedOn": "CreativeWork",
        "mainEntity": "Thing",
        "text": str,
        "creditText": str,
        "copyrightNotice": str,
        "copyrightHolder": ("Organization", "Person"),
    },
    "Article": {"articleSection": str, "wordCount": int, "backstory": str},
    "NewsArticle": {"dateline": str},
    "WebPage": {"breadcrumb": "BreadcrumbList"},
    "MediaObject": {"width": int, "height": int},
    "ImageObject": {"caption": str},
    "Organization": {
        "logo": "ImageObject",
        "publishingPrinciples": URL,
        "ethicsPolicy": URL,
        "correctionsPolicy": URL,
        "unnamedSourcesPolicy": URL,
        "ownershipFundingInfo": URL,
        "diversityPolicy": URL,
        "diversityStaffingReport": URL,
        "actionableFeedbackPolicy": URL,
    },
    "NewsMediaOrganization": {
        "verificationFactCheckingPolicy": URL,
        "noBylinesPolicy": URL,
        "masthead": URL,
        "missionCoveragePrioritiesPolicy": URL,
    },
    "Person": {"jobTitle": str, "worksFor": "Organization", "email": str, "knowsAbout": str},
    "ItemList": {"itemListElement": "ListItem"},
    "ListItem": {"position": int, "item": URL},
    "EntryPoint": {"urlTemplate": URL},
    "SearchAction": {"query-input": str},
    "Action": {"target": "EntryPoint"},
}


def line_of(kind: str) -> list[str]:
    """The type and everything it is a kind of."""
    return [kind, *line_of(PARENTS[kind])] if PARENTS.get(kind) else [kind]


def faults(graph: list[dict]) -> list[str]:
    """What schema.org does not know, or knows otherwise; references within the graph are followed."""
    by_id = {node["@id"]: node for node in graph if "@id" in node}
    return [fault for node in graph for fault in faults_of(node, by_id)]


def faults_of(node: dict, by_id: dict) -> list[str]:
    kind = node.get("@type")
    if kind not in PARENTS:
        return [f"{kind} is no type"]
    allowed = {
        name: holds for each in line_of(kind) for name, holds in PROPERTIES.get(each, {}).items()
    }
    found = []
    for name, value in node.items():
        if name in ("@type", "@id"):
            continue
        if name not in allowed:
            found.append(f"{kind} has no property {name}")
            continue
        for each in value if isinstance(value, list) else [value]:
            found += faults_of_value(f"{kind}.{name}", each, allowed[name], by_id)
    return found


def faults_of_value(where: str, value, holds, by_id: dict) -> list[str]:
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            if value["@id"] not in by_id:
                return []  # of another page
            value = by_id[value["@id"]]
            nested = []
        else:
            nested = faults_of(value, by_id)
        kinds = holds if isinstance(holds, tuple) else (holds,)
        fits = any(kind in line_of(value.get("@type", "")) for kind in kinds)
        return nested + ([] if fits else [f"{where} holds a {value.get('@type')}"])
    if holds in (bool, int, str):
        fits = type(value) is holds
    else:
        fits = (
            isinstance(holds, str) and isinstance(value, str) and bool(re.fullmatch(holds, value))
        )
    return [] if fits else [f"{where} holds {value!r}"]
