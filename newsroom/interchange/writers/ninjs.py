"""ninjs 3.1, the IPTC's news in JSON: a live story for other newsrooms, and the notice that one was withdrawn.

https://iptc.org/standards/ninjs/. A fact that is not known has no key; the schema refuses keys of our own.
"""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext

from articles.models import Act, Address, Article, Byline
from articles.models.article import type_notice
from articles.reading.public_story import PublicPhoto, PublicStory, absolute, known
from newsroom.outlet import training_terms

TYPE = "application/json"
STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
}
# IPTC's codes
GENRES = {
    "analysis": "Analysis",
    "explainer": "Background",
    "opinion": "Opinion",
    "news": "Current",
}
GENRE = "http://cv.iptc.org/newscodes/genre/"
PARTS: dict[str, str] = {  # of people in the making of the text; a source is no maker of it
    Byline.Role.WRITER: "creator",
    Byline.Role.REPORTING: "contributor",
    Byline.Role.TRANSLATOR: "translator",
    Byline.Role.PHOTOGRAPHER: "photographer",
}
SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/"
SOURCE_TYPES = {
    "camera": "digitalCapture",
    "illustration": "digitalCreation",
    "chart": "dataDrivenMedia",
    "screen": "screenCapture",
    "composite": "composite",
    "ai": "trainedAlgorithmicMedia",
    "ai_partly": "compositeWithTrainedAlgorithmicMedia",
}


def written(story: PublicStory, policies: dict[str, tuple[str, str]]) -> dict:
    """`policies`: {schema.org property: (title, address)} of the outlet's pages about itself."""
    return known(
        {
            "uri": story.urn,
            "standard": STANDARD,
            "type": "text",
            "representationType": "full",
            "version": str(story.version),
            "versionCreated": story.version_at.isoformat(),
            "firstCreated": story.minute and story.minute.isoformat(),
            "contentCreated": story.minute and story.minute.isoformat(),
            "pubStatus": "usable",
            "language": story.language,
            "title": story.search_title or story.headline,
            "headlines": [{"role": "main", "contentType": "text/plain", "value": story.headline}],
            "descriptions": [
                {"role": role, "contentType": "text/plain", "value": value}
                for role, value in descriptions(story)
                if value
            ],
            "bodies": bodies(story),
            "by": byline(story),
            "located": story.dateline,
            "people": [
                known({"name": row.printed_name, "rel": PARTS[row.role], "uri": address_of(row)})
                for row in story.signed
                if row.role in PARTS
            ],
            "infoSources": info_sources(story),
            "subjects": [{"name": story.section, "rel": "section", "uri": story.section_address}]
            + [{"name": name, "rel": "tag", "uri": address} for name, address in story.tags],
            "genres": [genre(story)],
            "associations": associations(story),
            "altIds": [{"role": "address", "value": story.address}],
            "edNote": " ".join(notes(story)),
            "copyrightNotice": story.rights,
            "copyrightHolder": settings.NEWSROOM_NAME if story.rights else "",
            "usageTerms": training_terms(),
            "trustIndicators": [
                {"role": f"https://schema.org/{role}", "title": title, "href": address}
                for role, (title, address) in policies.items()
            ],
        }
    )


def withdrawn(address: Address) -> dict:
    """What is left of a story that was withdrawn: that nobody may use it. Only a retraction says more than its kind.
    The version is that of the withdrawal, whatever the desk does with the text since."""
    acts = (
        address.article.log_lines.filter(act=Act.WITHDRAW)
        .newest_first()
        .values_list("details", flat=True)
    )
    version = (acts.first() or {}).get("version", address.article.version)
    why = address.get_gone_reason_display()
    if address.gone_reason == Address.Reason.RETRACTED and address.gone_wording:
        why = f"{why}: {address.gone_wording}"
    return {
        "uri": address.article.uid.urn,
        "version": str(version),
        "versionCreated": address.gone_at.isoformat(),
        "pubStatus": "canceled",
        "edNote": why,
    }


def descriptions(story: PublicStory) -> list[tuple[str, str]]:
    own = story.description if story.description != story.summary else ""
    return [("dek", story.summary), ("search", own)]


def bodies(story: PublicStory) -> list[dict]:
    size = {"charCount": len(story.text), "wordCount": story.word_count}
    return [
        {"role": "main", "contentType": "text/html", "value": story.html} | size,
        {"role": "text", "contentType": "text/plain", "value": story.text} | size,
    ]


def address_of(row) -> str:
    return absolute(row.address) if row.address else ""


def byline(story: PublicStory) -> str:
    """The byline as printed, in the order in which it stands; "" when it is not given."""
    if story.is_by_staff:
        return settings.NEWSROOM_NAME
    return ", ".join(row.shown or f"{row.part} {row.printed_name}".strip() for row in story.signed)


def info_sources(story: PublicStory) -> list[dict]:
    """Who and what the story comes from: the outlet it was taken over from, and named source reports."""
    found = [{"name": story.source_outlet, "role": "outlet"}] if story.source_outlet else []
    sources = (row for row in story.signed if row.role == Byline.Role.SOURCE)
    return found + [
        known({"name": row.printed_name, "role": "source", "uri": address_of(row)})
        for row in sources
    ]


def genre(story: PublicStory) -> dict:
    code = GENRES.get(story.story_type)
    return known({"name": story.type_name, "uri": code and f"{GENRE}{code}"})


def associations(story: PublicStory) -> list[dict]:
    found = [picture(story.photo)] if story.photo else []
    if story.original:
        found.append(
            {"name": "original", "rel": "translationOf", "uri": story.original.urn, "type": "text"}
        )
    return found


def picture(photo: PublicPhoto) -> dict:
    code = SOURCE_TYPES.get(photo.source_type)
    described = (("caption", photo.caption), ("alternative", photo.alt))
    return known(
        {
            "name": "lead",
            "rel": "lead",
            "uri": photo.uid.urn,
            "type": "picture",
            "by": photo.credit,
            "copyrightNotice": photo.copyright,
            "descriptions": [{"role": role, "value": value} for role, value in described if value],
            "renditions": [
                {
                    "name": each.shape,
                    "href": each.address,
                    "contentType": each.kind,
                    "width": each.width,
                    "height": each.height,
                }
                for each in photo.pictures
            ],
            "digitalSourceType": {"name": code, "uri": f"{SOURCE_TYPE}{code}"} if code else None,
        }
    )


def notes(story: PublicStory) -> Iterator[str]:
    """What an editor who takes the story over must know: what it is, and what was put right."""
    if story.story_type == Article.Type.SPONSORED:
        yield type_notice(story.story_type)
    if story.was_published_before:
        yield f"{gettext('Published')} {story.stated_date}; {gettext('published before with an earlier date')}."
    for record in story.corrections:
        said = " ".join(
            filter(None, (record.text, record.was and f"[{record.was}] → [{record.now}]"))
        )
        yield f"{record.get_kind_display()}, {record.published_at:%Y-%m-%d}: {said}"
