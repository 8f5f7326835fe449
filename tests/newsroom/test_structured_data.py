"""What search engines and other sites are told: right types, only what is known, and the same as readers see."""

import json
import re

import pytest
from extruct.jsonld import JsonLdExtractor

from articles import workflow
from articles.models import Correction
from newsroom.models import Page
from tests.builders import HIDDEN, a_photo, a_section, a_story, an_author, in_state
from tests.newsroom.schema_org import faults
from tests.newsroom.test_feeds import a_full_story
from tests.samples import cases

pytestmark = [pytest.mark.django_db, pytest.mark.files]
SITE = "http://testserver"


@pytest.fixture
def graph(page):
    """`graph("/")`: {type or "@id" fragment: node} of the page's one JSON-LD graph, checked against schema.org."""

    def read(path):
        (found,) = JsonLdExtractor().extract(page(path))
        assert found["@context"] == "https://schema.org"
        assert faults(found["@graph"]) == []
        return {node["@type"]: node for node in found["@graph"]}

    return read


def meta(html, name):
    return re.findall(rf'<meta (?:property|name)="{re.escape(name)}" content="([^"]*)"', html)


def test_a_story_in_every_fact(graph, page):
    story = a_full_story(
        dateline="Samarkand", how_reported="We asked three bakers.", search_title="Bread prices"
    )
    node = graph("/articles/bread-salt-cost-more/")["NewsArticle"]
    photo = story.lead_photo
    files = f"{SITE}/media/photos/{photo.token}/{photo.stamp}/"
    beside = {
        "@type": "ImageObject",
        "caption": "A loaf, <b>cooling</b>",
        "creditText": "J. Doe / Desk",
    }
    assert node == {
        "@type": "NewsArticle",
        "@id": f"{SITE}/articles/bread-salt-cost-more/#story",
        "url": f"{SITE}/articles/bread-salt-cost-more/",
        "mainEntityOfPage": {"@id": f"{SITE}/articles/bread-salt-cost-more/"},
        "headline": "Bread & <salt> cost more",
        "alternativeHeadline": "Bread prices",
        "description": "Flour is up.",
        "inLanguage": "en",
        "articleSection": "Economy",
        "keywords": ["Grain", "Prices"],
        "wordCount": 2,
        "datePublished": "2026-03-04T09:30:00+05:00",
        "image": [
            beside | {"url": f"{files}640.jpg", "width": 640, "height": 427},
            beside | {"url": f"{files}16x9-640.jpg", "width": 640, "height": 360},
            beside | {"url": f"{files}4x3-569.jpg", "width": 569, "height": 427},
            beside | {"url": f"{files}1x1-320.jpg", "width": 320, "height": 320},
        ],
        "publisher": {"@id": f"{SITE}/#outlet"},
        "isAccessibleForFree": True,
        "dateline": "Samarkand",
        "locationCreated": {"@type": "Place", "name": "Samarkand"},
        "backstory": "We asked three bakers.",
        "isPartOf": [{"@id": f"{SITE}/#site"}],
        "author": [
            {
                "@type": "Person",
                "@id": f"{SITE}/authors/jane-doe/#person",
                "name": "Jane Doe",
                "url": f"{SITE}/authors/jane-doe/",
            },
            {"@type": "Person", "name": "Olim Free"},
        ],
    }
    assert f'datetime="{node["datePublished"]}"' in page("/articles/bread-salt-cost-more/")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("news", "NewsArticle"),
        ("analysis", "AnalysisNewsArticle"),
        ("explainer", "BackgroundNewsArticle"),
        ("opinion", "OpinionNewsArticle"),
        ("sponsored", "AdvertiserContentArticle"),
    ],
)
def test_what_kind_of_story_it_is(graph, kind, expected):
    a_story("Bread", story_type=kind, dateline="Samarkand")
    node = graph("/articles/bread/")[expected]
    assert ("dateline" in node) == (kind != "sponsored")


def test_what_is_not_known_is_left_out(graph, page):
    a_story("Bread", date=None, byline_decision="not_given", source_outlet="Another Outlet")
    found = graph("/articles/bread/")
    assert not {"datePublished", "dateModified", "author", "dateline"} & set(found["NewsArticle"])
    assert found["NewsArticle"]["sourceOrganization"] == {
        "@type": "Organization",
        "name": "Another Outlet",
    }
    html = page("/articles/bread/")
    assert (
        meta(html, "article:published_time")
        == meta(html, "article:author")
        == meta(html, "author")
        == []
    )
    assert "2026" not in json.dumps(found)


def test_a_day_is_a_day_and_staff_is_the_outlet(graph):
    a_story("Bread", date="2026-03-04")
    node = graph("/articles/bread/")["NewsArticle"]
    assert node["datePublished"] == "2026-03-04"
    assert node["author"] == {"@id": f"{SITE}/#outlet"}


def test_everybody_stands_in_their_part(graph):
    people = [
        {"author": an_author("Ann Writer").slug, "role": "writer"},
        {"name": "Tim Translator", "role": "translator"},
        {"name": "Pia Photographer", "role": "photographer"},
    ]
    a_story("Bread", byline_decision="given", bylines=people)
    node = graph("/articles/bread/")["NewsArticle"]
    assert [each["name"] for each in node["author"]] == ["Ann Writer"]
    assert [each["name"] for each in node["translator"]] == ["Tim Translator"]
    assert [each["name"] for each in node["contributor"]] == ["Pia Photographer"]


def test_a_correction_is_told_and_moves_the_date(graph, chief):
    story = a_story("Bread")
    workflow.correct(story, by=chief, was="Two", now="Three", reported_by="A Reader")
    node = graph("/articles/bread/")["NewsArticle"]
    (correction,) = node["correction"]
    assert correction["text"] == "Two → Three"
    assert (
        correction["url"]
        == f"{SITE}/articles/bread/#{Correction.objects.get(kind='correction').anchor}"
    )
    assert "dateModified" in node
    assert "A Reader" not in json.dumps(node)


def test_translations_know_each_other(graph):
    first = a_story("Bread")
    a_story("Нон", slug="non", language="uz-Cyrl", translation_of=str(first.uid))
    in_state("draft", "Хлеб", slug="hleb", language="ru", translation_of=str(first.uid))
    assert graph("/articles/bread/")["NewsArticle"]["workTranslation"] == [
        {"@id": f"{SITE}/articles/non/#story"}
    ]


def test_every_version_lists_itself_and_all_others(page):
    first = a_story("Bread")
    a_story("Нон", slug="non", language="uz-Cyrl", translation_of=str(first.uid))
    links = [
        re.findall(r'hreflang="([^"]+)" href="(http[^"]+)"', page(f"/articles/{slug}/"))
        for slug in ("bread", "non")
    ]
    assert sorted(links[0]) == sorted(links[1])
    assert dict(links[0]) == {
        "en": f"{SITE}/articles/bread/",
        "uz-Cyrl": f"{SITE}/articles/non/",
        "x-default": f"{SITE}/articles/bread/",
    }


def test_the_outlet_names_the_policies_that_exist(graph, client):
    for name, kind, is_public in (
        ("Ethics", "ethics", True),
        ("Owners", "ownership", True),
        ("Draft", "masthead", False),
    ):
        Page.objects.create(name=name, kind=kind, body="<p>x</p>", is_public=is_public)
    node = graph("/")["NewsMediaOrganization"]
    assert node == {
        "@type": "NewsMediaOrganization",
        "@id": f"{SITE}/#outlet",
        "name": "Newsroom",
        "url": f"{SITE}/",
        "logo": {"@type": "ImageObject", "url": f"{SITE}/icon-512.png"},
        "ethicsPolicy": f"{SITE}/about/ethics/",
        "ownershipFundingInfo": f"{SITE}/about/owners/",
    }
    for address in (node["ethicsPolicy"], node["ownershipFundingInfo"]):
        assert client.get(address.removeprefix(SITE)).status_code == 200


def test_the_site_can_be_searched(graph, client):
    found = graph("/")["WebSite"]["potentialAction"]
    template = found["target"]["urlTemplate"]
    assert template == f"{SITE}/search/?q={{words}}"
    assert found["query-input"] == "required name=words"


def test_pages_say_what_they_are_and_what_they_list(graph):
    a_story(
        "One", by=[an_author("Jane Doe", role="Reporter", bio="Writes of grain.")], tags=["Grain"]
    )
    for path, kind in (
        ("/", "CollectionPage"),
        ("/sections/economy/", "CollectionPage"),
        ("/about/", "AboutPage"),
        ("/tags/grain/", "CollectionPage"),
    ):
        node = graph(path)[kind]
        assert node["url"] == f"{SITE}{path}"
        if path != "/about/":
            assert [each["url"] for each in node["mainEntity"]["itemListElement"]] == [
                f"{SITE}/articles/one/"
            ]
    for path in ("/tags/", "/authors/", "/archive/", "/corrections/"):
        assert graph(path)["CollectionPage"]["url"] == f"{SITE}{path}"
    crumbs = graph("/tags/grain/")["BreadcrumbList"]["itemListElement"]
    assert [(each["name"], each["item"]) for each in crumbs] == [
        ("Front page", f"{SITE}/"),
        ("Topics", f"{SITE}/tags/"),
        ("Grain", f"{SITE}/tags/grain/"),
    ]


def test_an_author_with_what_the_person_agreed_to(graph):
    a_story(
        "One",
        by=[
            an_author(
                "Jane Doe", role="Reporter", bio="Writes of grain.", website="https://jane.example/"
            )
        ],
        tags=["Grain"],
    )
    found = graph("/authors/jane-doe/")
    assert found["ProfilePage"]["mainEntity"] == {"@id": f"{SITE}/authors/jane-doe/#person"}
    assert found["Person"] == {
        "@type": "Person",
        "@id": f"{SITE}/authors/jane-doe/#person",
        "name": "Jane Doe",
        "url": f"{SITE}/authors/jane-doe/",
        "jobTitle": "Reporter",
        "description": "Writes of grain.",
        "worksFor": {"@id": f"{SITE}/#outlet"},
        "sameAs": ["https://jane.example/"],
        "knowsAbout": ["Grain"],
    }


def test_other_sites_get_the_whole_card(page):
    story = a_full_story()
    html = page("/articles/bread-salt-cost-more/")
    photo = story.lead_photo
    assert meta(html, "og:type") == ["article"]
    assert meta(html, "og:title") == ["Bread &amp; &lt;salt&gt; cost more"]
    assert meta(html, "og:description") == ["Flour is up."]
    assert meta(html, "og:url") == [f"{SITE}/articles/bread-salt-cost-more/"]
    assert meta(html, "og:image")[0].startswith(f"{SITE}/media/photos/{photo.token}/")
    assert meta(html, "og:image:alt") == meta(html, "twitter:image:alt") == ["A loaf"]
    assert meta(html, "og:locale") == ["en_GB"]
    assert meta(html, "article:published_time") == ["2026-03-04T09:30:00+05:00"]
    assert meta(html, "article:author") == [f"{SITE}/authors/jane-doe/"]
    assert meta(html, "article:tag") == ["Grain", "Prices"]
    assert meta(html, "twitter:card") == ["summary_large_image"]


@pytest.mark.parametrize("path", ["/articles/gone/", "/nothing/", "/search/?q=x"])
def test_pages_that_are_not_to_be_found_tell_nothing(client, chief, path):
    workflow.withdraw(a_story("Gone"), by=chief, reason="law")
    assert b"ld+json" not in client.get(path).content


@pytest.mark.parametrize("state", HIDDEN)
def test_hidden_stories_change_no_byte_of_what_is_told(client, state):
    jane, first = an_author("Jane Doe"), None
    first = a_story("Seen", by=[jane], tags=["Grain"])
    paths = ["/", "/sections/economy/", "/tags/grain/", "/authors/jane-doe/", "/articles/seen/"]
    before = {path: client.get(path).content for path in paths}
    assert all(b"articles/seen/" in content for content in before.values())
    in_state(
        state,
        "Hidden",
        by=[jane],
        tags=["Grain"],
        translation_of=str(first.uid),
        lead_photo=a_photo().sha256,
    )
    assert {path: client.get(path).content for path in paths} == before


@pytest.mark.parametrize("case", cases("xss", context="title"))
def test_any_payload_stays_one_graph(graph, page, case):
    value = case["payload"]
    a_story(
        f"x {value}"[:250],
        slug="it",
        summary=value,
        body=f"<p>{value} x</p>",
        tags=[f"t {value}"[:90]],
        by=[an_author(f"A {value}"[:110])],
        how_reported=value,
    )
    graph("/articles/it/")
    assert page("/articles/it/").count("</script>") == page("/articles/it/").count("<script")


def test_a_checker_that_passes_anything_proves_nothing():
    a_section()
    assert faults([{"@type": "NewsArticle", "headlin": "x"}])
    assert faults([{"@type": "NewsStory", "headline": "x"}])
    assert faults([{"@type": "NewsArticle", "author": {"@type": "Place", "name": "x"}}])
    assert faults([{"@type": "NewsArticle", "wordCount": "two"}])
    assert not faults([{"@type": "NewsArticle", "headline": "x", "wordCount": 2}])
