"""The API as another program meets it: live stories only, by key, in the fields it asks for; faults in plain words."""

import json

import pytest

from articles import workflow
from articles.models import Section
from tests.builders import HIDDEN, a_story, an_author, in_state
from tests.newsroom.test_feeds import a_full_story

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
API = "/api/v1"


@pytest.fixture
def api(client):
    """`api("/articles?limit=2")`: the answer as Python values."""

    def read(path, status=200, **headers):
        response = client.get(f"{API}{path}", headers=headers)
        assert response.status_code == status, response.content
        assert response.headers["Content-Type"].startswith("application/json")
        return response.json()

    return read


def headlines(found):
    return [item["headline"] for item in found["items"]]


def test_the_start_leads_everywhere(api, client):
    for name, address in api("/").items():
        if name != "name":
            assert client.get(address.removeprefix(SITE)).status_code == 200, name


def test_a_story_in_every_field(api, chief):
    story = a_full_story(dateline="Samarkand", how_reported="We asked.")
    workflow.correct(story, by=chief, was="Two", now="Three", reported_by="A Reader")
    story.refresh_from_db()
    found = api("/articles/bread-salt-cost-more")
    files = f"{SITE}/media/photos/{story.lead_photo.token}/{story.lead_photo.stamp}/"
    (record,) = found.pop("corrections")
    assert (record["kind"], record["was"], record["now"]) == ("correction", "Two", "Three")
    assert "A Reader" not in json.dumps(found) + json.dumps(record)
    assert found.pop("updated")
    assert found.pop("live_since")
    assert found == {
        "id": str(story.uid),
        "url": f"{SITE}/articles/bread-salt-cost-more/",
        "ninjs": f"{SITE}/articles/bread-salt-cost-more/ninjs.json",
        "version": story.shown_version,
        "headline": "Bread & <salt> cost more",
        "summary": "Flour is up.",
        "language": "en",
        "type": "news",
        "section": {"name": "Economy", "url": f"{SITE}/sections/economy/"},
        "tags": [
            {"name": name, "url": f"{SITE}/tags/{name.lower()}/"} for name in ("Grain", "Prices")
        ],
        "byline": "given",
        "authors": [
            {"name": "Jane Doe", "role": "writer", "url": f"{SITE}/authors/jane-doe/"},
            {"name": "Olim Free", "role": "writer", "url": None},
        ],
        "place": "Samarkand",
        "outlet": None,
        "published": "2026-03-04T09:30:00+05:00",
        "photo": {
            "alt": "A loaf",
            "caption": "A loaf, <b>cooling</b>",
            "credit": "J. Doe / Desk",
            "renditions": [
                {"url": f"{files}640.jpg", "width": 640, "height": 427, "shape": "whole"},
                {"url": f"{files}16x9-640.jpg", "width": 640, "height": 360, "shape": "16x9"},
                {"url": f"{files}4x3-569.jpg", "width": 569, "height": 427, "shape": "4x3"},
                {"url": f"{files}1x1-320.jpg", "width": 320, "height": 320, "shape": "1x1"},
            ],
        },
        "word_count": 2,
        "how_reported": "We asked.",
        "source_note": None,
        "body_html": f'<p>Read <a href="{SITE}/archive/">more</a>.</p>',
        "body_text": "Read more.",
    }


def test_what_is_not_known_is_null(api):
    a_story("Bread", date=None, byline_decision="not_given")
    found = api("/articles/bread")
    assert [found[name] for name in ("published", "updated", "place", "photo", "authors")] == [
        None,
        None,
        None,
        None,
        [],
    ]


def test_pages_follow_each_other_by_key_while_stories_come(api, client):
    for day in range(1, 8):
        a_story(f"Day {day}", date=f"2026-03-0{day}")
    first = api("/articles?limit=3")
    assert headlines(first) == ["Day 7", "Day 6", "Day 5"]
    a_story("Day 8", date="2026-03-08")
    second = api(first["next"].removeprefix(SITE + API))
    assert headlines(second) == ["Day 4", "Day 3", "Day 2"]
    third = api(second["next"].removeprefix(SITE + API))
    assert (headlines(third), third["next"]) == (["Day 1"], None)


def test_stories_are_narrowed(api, chief):
    jane = an_author("Jane Doe")
    a_story("One", by=[jane], tags=["Grain"], section="Economy", date="2026-03-01")
    a_story("Two", section="Culture", story_type="opinion", date="2026-03-02")
    a_story("Три", section="Culture", language="ru", date=None)
    assert headlines(api("/articles")) == ["Two", "One", "Три"]
    for query in (
        "author=jane-doe",
        "tag=grain",
        "section=economy",
        "before=2026-03-01",
        "after=2026-03-01&tag=grain",
    ):
        assert headlines(api(f"/articles?{query}")) == ["One"], query
    assert (
        headlines(api("/articles?type=opinion"))
        == headlines(api("/articles?after=2026-03-02"))
        == ["Two"]
    )
    assert headlines(api("/articles?language=ru")) == ["Три"]
    assert (
        headlines(api("/articles?section=none")) == headlines(api("/articles?author=nobody")) == []
    )
    section = Section.objects.get(name="Economy")
    section.slug = "money"
    section.save()
    assert (
        headlines(api("/articles?section=economy"))
        == headlines(api("/articles?section=money"))
        == ["One"]
    )


def test_only_the_fields_asked_for(api):
    a_story("Bread")
    assert set(api("/articles?fields=headline,%20published")["items"][0]) == {
        "id",
        "url",
        "headline",
        "published",
    }
    assert "body_html" not in api("/articles")["items"][0]
    assert api("/articles?fields=body_text")["items"][0]["body_text"] == "Bread is up."
    assert "There is no field “secret”" in api("/articles?fields=secret", status=400)["error"]


def test_the_search_of_the_site(api):
    a_story("Mackerel", body="<p>Fish and fish.</p>", date="2026-03-02")
    a_story("Mackerel again", date="2026-03-01")
    assert headlines(api("/search?q=mackerel%20-fish")) == ["Mackerel again"]
    found = api("/search?q=mackrel&limit=1")
    assert (headlines(found), found["meant"]) == (["Mackerel"], "mackerel")
    assert headlines(api(found["next"].removeprefix(SITE + API))) == ["Mackerel again"]
    narrowed = api("/search?q=mackrel%20-fish%20after:2026&limit=1")
    assert (headlines(narrowed), narrowed["next"]) == (["Mackerel again"], None)
    assert api("/search?q=") == {"items": [], "next": None, "meant": None}


def test_names_and_where_their_stories_are(api, client):
    a_story(
        "One", by=[an_author("Jane Doe", role="Reporter", bio="Bio.")], tags=["Grain", "Apples"]
    )
    assert [each["slug"] for each in api("/tags")["items"]] == ["apples", "grain"]
    first = api("/tags?limit=1")
    assert [each["slug"] for each in api(first["next"].removeprefix(SITE + API))["items"]] == [
        "grain"
    ]
    person = api("/authors/jane-doe")
    assert (person["name"], person["role"], person["bio"]) == ("Jane Doe", "Reporter", "Bio.")
    for found in (person, api("/tags/grain"), api("/sections")["items"][0]):
        assert headlines(client.get(found["articles"].removeprefix(SITE)).json()) == ["One"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/articles?limit=0", "limit: "),
        ("/articles?limit=101", "limit: "),
        ("/articles?limit=x", "limit: "),
        ("/articles?after=soon", "after: "),
        ("/articles?before=20240930", "before: "),
        ("/articles?before=", "before: "),
        ("/articles?tag=a&tag=b", "tag is given twice"),
        ("/articles?auther=doe", "auther is no parameter of this address"),
        ("/search?q=bread&tag=grain", "tag is no parameter of this address"),
        ("/articles?q=bread", "q is no parameter of this address"),
        ("/tags?after=2026-01-01", "after is no parameter of this address"),
        ("/tags/grain?slug=bread", "slug is no parameter of this address"),
        ("/articles?type=nonsense", "There is no type “nonsense”"),
        ("/articles?cursor=x", "That is no cursor"),
        ("/articles?cursor=99999999999999999999", "That is no cursor"),
        (f"/search?q={'x' * 201}", "q: "),
        ("/articles?fields=headline,secret", "There is no field"),
    ],
)
def test_bad_input_is_a_sentence(api, path, said):
    assert api(path, status=400)["error"].startswith(said)


def test_a_zero_byte_is_passed_over(api):
    a_story("Bread", tags=["Grain"])
    assert (
        headlines(api("/articles?tag=gr%00ain"))
        == headlines(api("/search?q=bre%00ad"))
        == ["Bread"]
    )
    assert [each["slug"] for each in api("/tags?cursor=%00")["items"]] == ["grain"]


def test_what_is_not_there_and_what_cannot_be_done(api, client):
    for path in ("/articles/none", "/tags/none", "/authors/none", "/sections/none"):
        assert api(path, status=404) == {
            "error": "There is nothing at this address that readers may see."
        }
    for path in ("/nothing", "/articles/a/b/c"):
        assert api(path, status=404) == {"error": "There is nothing at this address."}
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)(f"{API}/articles").status_code == 405
    assert client.head(f"{API}/articles").status_code == 200


@pytest.mark.parametrize("state", HIDDEN)
def test_hidden_stories_change_no_byte(client, state):
    jane = an_author("Jane Doe")
    first = a_story("Seen", by=[jane], tags=["Grain"])
    paths = [
        f"{API}{path}"
        for path in (
            "/articles",
            "/articles/seen",
            "/articles?tag=grain",
            "/articles?author=jane-doe",
            "/articles?section=economy",
            "/search?q=seen",
            "/search?q=hiden",
            "/search?q=hidden",
            "/tags",
            "/authors",
            "/sections",
            "/articles/hidden",
            "/tags/secret",
            "/authors/somebody-else",
            "/articles?author=somebody-else",
        )
    ]
    before = {path: client.get(path).content for path in paths}
    assert sum(b'"Seen"' in content for content in before.values()) == 6
    in_state(
        state,
        "Hidden",
        by=[jane, an_author("Somebody Else")],
        tags=["Grain", "Secret"],
        translation_of=str(first.uid),
    )
    after = {path: client.get(path).content for path in paths}
    if state in ("withdrawn", "restored"):  # which says so at its own address, and nowhere else
        assert client.get(f"{API}/articles/hidden").status_code == 410
        del after[f"{API}/articles/hidden"], before[f"{API}/articles/hidden"]
    assert after == before


def test_who_has_it_already_is_told_so(client):
    a_story("Bread")
    for path in ("/", "/articles", "/articles/bread", "/search?q=bread", "/tags", "/sections"):
        tag = client.get(f"{API}{path}").headers["ETag"]
        again = client.get(f"{API}{path}", headers={"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b"")


def test_pages_of_other_sites_read_it_only_when_the_outlet_says_so(client, settings):
    asked = {"origin": "https://partner.example"}
    assert "Access-Control-Allow-Origin" not in client.get(f"{API}/articles", headers=asked).headers
    settings.NEWSROOM_CORS = ["https://partner.example"]
    response = client.get(f"{API}/articles", headers=asked)
    assert response.headers["Access-Control-Allow-Origin"] == "https://partner.example"
    assert "Origin" in response.headers["Vary"]
    again = client.get(
        f"{API}/articles", headers=asked | {"if-none-match": response.headers["ETag"]}
    )
    assert (again.status_code, again.headers["Access-Control-Allow-Origin"]) == (
        304,
        "https://partner.example",
    )
    other = client.get(f"{API}/articles", headers={"origin": "https://other.example"})
    assert "Access-Control-Allow-Origin" not in other.headers
    before = client.options(
        f"{API}/articles?limit=5", headers=asked | {"access-control-request-method": "GET"}
    )
    assert (before.status_code, before.content) == (204, b"")
    assert before.headers["Access-Control-Allow-Origin"] == "https://partner.example"
    assert before.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "If-None-Match" in before.headers["Access-Control-Allow-Headers"]
    assert (
        client.options(f"{API}/articles", headers={"origin": "https://other.example"}).status_code
        == 405
    )
    assert client.options("/archive/", headers=asked).status_code == 405
    settings.NEWSROOM_CORS = ["*"]
    for path in (
        "/articles?limit=0",
        "/articles?auther=x",
        "/articles?fields=x",
        "/articles/none",
        "/openapi.json",
        "/nothing",
    ):
        assert (
            client.get(f"{API}{path}", headers=asked).headers["Access-Control-Allow-Origin"] == "*"
        ), path
    assert (
        "ETag"
        in client.get(f"{API}/articles", headers=asked).headers["Access-Control-Expose-Headers"]
    )
    assert (
        client.get(f"{API}/articles", headers=asked).headers["Access-Control-Allow-Origin"] == "*"
    )


def test_one_address_asks_so_often_and_no_more(client, settings):
    settings.NEWSROOM_API_LIMIT = 3
    asked = {"REMOTE_ADDR": "127.0.0.9"}
    assert [client.get(f"{API}/articles", **asked).status_code for _ in range(4)] == [
        200,
        200,
        200,
        429,
    ]
    refused = client.get(f"{API}/tags", **asked)
    assert refused.json() == {"error": "Too many questions from one address. Wait a minute."}
    assert refused.headers["Retry-After"] == "60"
    assert client.get(f"{API}/articles", REMOTE_ADDR="127.0.0.10").status_code == 200
    assert client.get("/articles/", **asked).status_code == 404, "readers of pages are not counted"


def test_a_section_has_an_address_of_its_own(api):
    a_story("Bread")
    assert api("/sections/economy")["name"] == "Economy"


def test_a_page_asks_a_fixed_number_of_queries(client, django_assert_num_queries):
    for number in range(3):
        a_story(f"Bread {number}", by=[an_author()], tags=["a", f"t{number}"])
        with django_assert_num_queries(2):
            client.get(f"{API}/articles")
        with django_assert_num_queries(2):
            client.get(f"{API}/articles/bread-0")
