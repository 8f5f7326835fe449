"""What search engines are told of a page: schema.org nodes of one JSON-LD graph, each with an identity of its own.

https://schema.org/docs/schemas.html, release 30. Every fact comes from articles/reading/public_story.py or from the
row that the page prints; one that is not known has no property. `outlet`: newsroom/outlet.py, by its attributes.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from articles.models import Byline
from articles.models.card import Card, Line
from articles.reading.public_story import PublicStory, absolute, known
from authors.models import Author
from newsroom.foundation.links import safe_href
from newsroom.foundation.paths import path_to

TYPES = {
    "news": "NewsArticle",
    "analysis": "AnalysisNewsArticle",
    "explainer": "BackgroundNewsArticle",
    "opinion": "OpinionNewsArticle",
    "sponsored": "AdvertiserContentArticle",  # an article, and never a news article
}
PARTS: dict[str, str] = {  # roles of people in a byline, and what schema.org calls them
    Byline.Role.WRITER: "author",
    Byline.Role.TRANSLATOR: "translator",
    Byline.Role.REPORTING: "contributor",
    Byline.Role.PHOTOGRAPHER: "contributor",
}


def graph(nodes: Iterable[dict]) -> dict:
    return {"@context": "https://schema.org", "@graph": [node for node in nodes if node]}


def id_of(name: str) -> dict:
    return {"@id": absolute(f"/#{name}")}


def organization(outlet: Any) -> dict:
    """The outlet with the policies whose pages readers can open."""
    policies = {name: address for name, (_, address) in outlet.policies.items()}
    logo = {"@type": "ImageObject", "url": absolute(outlet.logo or outlet.icon)}
    facts = {
        "@type": "NewsMediaOrganization",
        **id_of("outlet"),
        "name": outlet.name,
        "url": absolute("/"),
    }
    return known(facts | {"logo": logo} | policies)


def website(outlet: Any) -> dict:
    target = {"@type": "EntryPoint", "urlTemplate": absolute(f"{path_to('search')}?q={{words}}")}
    search = {"@type": "SearchAction", "target": target, "query-input": "required name=words"}
    return {
        "@type": "WebSite",
        **id_of("site"),
        "name": outlet.name,
        "url": absolute("/"),
        "inLanguage": outlet.language,
        "publisher": id_of("outlet"),
        "potentialAction": search,
    }


def breadcrumbs(address: str, steps: list[tuple[str, str]]) -> dict:
    """`steps`: [(name, path)] from the front page down to the page itself."""
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": absolute(path)}
        for number, (name, path) in enumerate(steps, 1)
    ]
    if len(items) < 2:  # the front page is the beginning of every way
        return {}
    return {"@type": "BreadcrumbList", "@id": f"{address}#way", "itemListElement": items}


def page(kind: str, address: str, name: str, description: str, **facts) -> dict:
    """`kind`: WebPage, CollectionPage, AboutPage or ProfilePage."""
    return known(
        {
            "@type": kind,
            "@id": address,
            "url": address,
            "name": name,
            "description": description,
            "isPartOf": id_of("site"),
            "breadcrumb": {"@id": f"{address}#way"} if address != absolute("/") else None,
        }
        | facts
    )


def listed(stories: Iterable[Card | Line]) -> dict | None:
    """The stories that a page lists, in their order. `stories`: cards or lines."""
    items = [
        {
            "@type": "ListItem",
            "position": number,
            "name": story.headline,
            "url": absolute(story.address),
        }
        for number, story in enumerate(stories, 1)
    ]
    return {"@type": "ItemList", "itemListElement": items} if items else None


def person(signature) -> dict:
    """A name over a story, with the page of whoever has one."""
    address = absolute(signature.address) if signature.address else ""
    return known(
        {
            "@type": "Person",
            "@id": address and f"{address}#person",
            "name": signature.printed_name,
            "url": address,
        }
    )


def author(row: Author, topics: Iterable[tuple[str, str]]) -> dict:
    """`row`: the author whose page it is; `topics`: [(name, path)]. An e-mail address only if the person agreed."""
    image = row.portrait and {
        "@type": "ImageObject",
        "url": absolute(row.portrait.address("jpg", shape="1x1")),
    }
    site = safe_href(row.website or "")
    return known(
        {
            "@type": "Person",
            "@id": f"{absolute(row.get_absolute_url())}#person",
            "name": row.name,
            "url": absolute(row.get_absolute_url()),
            "jobTitle": row.role,
            "description": row.bio,
            "worksFor": id_of("outlet") if row.role and not row.has_left else None,
            "image": image,
            "sameAs": [site] if site else [],
            "email": row.contact_email,
            "knowsAbout": [name for name, _ in topics],
            "knowsLanguage": [code for code, _ in row.spoken],
        }
    )


def story(
    told: PublicStory, social: dict, *, series: Any = None, translations: Sequence[Any] = ()
) -> dict:
    """`social`: the picture beside a link, which stands in for a photo; `series`: (name, path, part); `translations`:
    addresses of live ones."""
    kind = TYPES[told.story_type]
    is_news = kind != "AdvertiserContentArticle"
    return known(
        {
            "@type": kind,
            "@id": f"{told.address}#story",
            "url": told.address,
            "mainEntityOfPage": {"@id": told.address},
            "headline": told.headline,
            "alternativeHeadline": told.search_title if told.search_title != told.headline else "",
            "description": told.description,
            "inLanguage": told.language,
            "articleSection": told.section,
            "keywords": [name for name, _ in told.tags],
            "wordCount": told.word_count,
            "datePublished": told.stated_date,
            "dateModified": told.told_at,
            "image": images(told) or [image(social)],
            "publisher": id_of("outlet"),
            "isAccessibleForFree": True,
            "dateline": told.dateline if is_news else "",
            "locationCreated": {"@type": "Place", "name": told.dateline} if told.dateline else None,
            "backstory": told.how_reported,
            "sourceOrganization": {"@type": "Organization", "name": told.source_outlet}
            if told.source_outlet
            else None,
            "correction": [
                correction(told, record)
                for record in told.corrections
                if record.kind != record.Kind.UPDATE
            ],
            "isPartOf": part_of(series),
            "position": series[2] if series else None,
            "translationOfWork": {"@id": f"{told.original_address}#story"}
            if told.original
            else None,
            "workTranslation": []
            if told.is_translation
            else [{"@id": f"{address}#story"} for address in translations],
            "isBasedOn": [
                {"@type": "CreativeWork", "creditText": row.shown or row.printed_name}
                for row in told.signed
                if row.role == Byline.Role.SOURCE
            ],
            "copyrightNotice": told.rights,
            "copyrightHolder": id_of("outlet") if told.rights else None,
            **people(told),
        }
    )


def people(told: PublicStory) -> dict:
    """Everybody over the story, by their part; the outlet where the desk signs for all."""
    found: dict = {"author": id_of("outlet")} if told.is_by_staff else {}
    for row in (row for row in told.signed if row.role in PARTS):
        found.setdefault(PARTS[row.role], []).append(person(row))
    return found


def images(told: PublicStory) -> list[dict]:
    photo = told.photo
    return (
        [
            known(
                {
                    "@type": "ImageObject",
                    "url": each.address,
                    "width": each.width,
                    "height": each.height,
                    "caption": photo.caption,
                    "creditText": photo.credit,
                    "copyrightNotice": photo.copyright,
                }
            )
            for each in photo.pictures
        ]
        if photo
        else []
    )


def image(social: dict) -> dict:
    return {
        "@type": "ImageObject",
        "url": absolute(social["address"]),
        "width": social["width"],
        "height": social["height"],
    }


def correction(told: PublicStory, record) -> dict:
    said = record.text or f"{record.was} → {record.now}"
    return {
        "@type": "CorrectionComment",
        "text": said,
        "datePublished": record.published_at.isoformat(),
        "url": f"{told.address}#{record.anchor}",
    }


def part_of(series) -> list[dict]:
    """The site and, for a part of one, the series."""
    site = [id_of("site")]
    if series:
        name, path, _ = series
        site.append({"@type": "CreativeWorkSeries", "name": name, "url": absolute(path)})
    return site
