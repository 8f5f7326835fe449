"""E1, E2: whatever a client sends beside the address changes no public answer, sets no cookie and reads none."""

import http.client
import socket

import pytest
from django.test import Client

from tests.newsroom.one_of_everything import NEEDS_MORE
from tests.sizes import some

HARMLESS = {  # one value for each header that has ever been believed somewhere
    "SCRIPT_NAME": "/about",
    "Script-Name": "/about",
    "PATH_INFO": "/search/",
    "Path-Info": "/search/",
    "REMOTE_USER": "chief",
    "Remote-User": "chief",
    "X-Remote-User": "chief",
    "Authorization": "Basic Y2hpZWY6eA==",
    "Proxy-Authorization": "Basic Y2hpZWY6eA==",
    "X-Forwarded-Proto": "https",
    "X_Forwarded_Proto": "https",
    "X-Forwarded-Protocol": "ssl",
    "X-Forwarded-Ssl": "on",
    "X-Forwarded-Scheme": "https",
    "Front-End-Https": "on",
    "X-Url-Scheme": "https",
    "X-Forwarded-Host": "evil.example",
    "X_Forwarded_Host": "evil.example",
    "X-Host": "evil.example",
    "X-Original-Host": "evil.example",
    "X-Forwarded-Server": "evil.example",
    "Forwarded": "host=evil.example;proto=https",
    "X-Forwarded-Port": "99999",
    "X-Forwarded-Prefix": "/evil",
    "X-Script-Name": "/evil",
    "X-Forwarded-Path": "/evil",
    "X-Forwarded-For": "203.0.113.9",
    "X-Real-Ip": "203.0.113.9",
    "X_Real_Ip": "203.0.113.9",
    "X-Client-Ip": "203.0.113.9",
    "True-Client-Ip": "203.0.113.9",
    "Cf-Connecting-Ip": "203.0.113.9",
    "Via": "1.1 evil.example",
    "X-Original-Url": "/admin/",
    "X-Rewrite-Url": "/admin/",
    "X-Original-Uri": "/admin/",
    "X-Http-Method": "DELETE",
    "X-Http-Method-Override": "POST",
    "X-Method-Override": "PUT",
    "X-Requested-With": "XMLHttpRequest",
    "User-Agent": "Mobile <script>",
    "User_Agent": "x",
    "Referer": "https://evil.example/",
    "Dnt": "1",
    "Sec-Gpc": "1",
    "Save-Data": "on",
    "Prefer": "return=minimal",
    "Accept": "application/json",
    "Accept-Language": "ru, uz;q=0.5",
    "Accept-Charset": "koi8-r",
    "Accept-Encoding": "gzip, br, zstd",
    "Te": "trailers",
    "Purpose": "prefetch",
    "Sec-Fetch-Mode": "cors",
    "Sec-Fetch-Dest": "iframe",
    "Sec-Fetch-Site": "cross-site",
    "Origin": "https://evil.example",
    "Sec-Ch-Ua-Mobile": "?1",
    "Viewport-Width": "320",
    "Width": "320",
    "Cache-Control": "no-cache",
    "Pragma": "no-cache",
    "If-Match": '"x"',
    "If-None-Match": '"x"',
    "If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT",
    "If-Unmodified-Since": "Sat, 01 Jan 2000 00:00:00 GMT",
    "If-Range": '"x"',
    "Content-Type": "application/x-www-form-urlencoded; charset=koi8-r",
    "Content-Encoding": "gzip",
    "X-Csrftoken": "x",
    "X-Debug": "1",
    "X-Wap-Profile": "https://evil.example/",
    "Upgrade-Insecure-Requests": "1",
    "Access-Control-Request-Method": "GET",
    "Early-Data": "1",
    "X-Amz-Website-Redirect-Location": "/evil",
    "Surrogate-Capability": 'x="ESI/1.0"',
    "X-Forwarded-User": "chief",
    "Expect": "100-continue",
    "Cookie": "csrf=x; desk=x; __Host-csrf=x; __Host-desk=x; csrftoken=x; sessionid=x; messages=x; django_language=ru",
}
OF_ITS_OWN = {  # values that break what would read them
    "Content-Type": [
        "x; charset=hex",
        "x; charset=rot13",
        "x; charset=utf-16",
        "multipart/form-data",
    ],
    "Cookie": ["csrf=" + "a" * 32, "desk=" + "a" * 32, "messages=[[", "x" * 4000, "=;=;"],
    "Range": ["bytes=0-10", "bytes=9-1,x"],
    "If-Modified-Since": ["x", "Mon, 99 Jan 2000 99:00:00 GMT"],
    "Accept-Language": ["x" * 4000, "*", "uz-Cyrl"],
    "X-Forwarded-For": ["x, y, z", "203.0.113.9, 203.0.113.10"],
    "Content-Length": ["0"],
}
PATIENT = 60  # seconds
CHANGING = ("Date", "Connection", "Transfer-Encoding", "Server", "Keep-Alive")  # the server's own


def answer(link, address, headers=None, method="GET"):
    """(status, headers, body), from a connection that is kept."""
    link.request(method, address, headers=headers or {})
    got = link.getresponse()
    body = got.read()
    return (
        got.status,
        sorted((name, value) for name, value in got.getheaders() if name not in CHANGING),
        body,
    )


ONE_BY_ONE = ["", "search/", "one question", "articles/<slug:slug>/", "api/v1/search"]


@pytest.mark.files
@pytest.mark.django_db(databases=[])
@pytest.mark.full_size
def test_the_same_bytes_for_everyone_whatever_they_send(served, figure):
    addresses = served.addresses | {"one question": "/search/?q=%D1%85%D0%BB%D0%B5%D0%B1"}
    link = http.client.HTTPConnection("127.0.0.1", served.port, timeout=PATIENT)
    asked, wrong = 0, []
    for route, address in addresses.items():
        plain = answer(link, address)
        if plain[0] == 404:
            assert route.startswith(NEEDS_MORE), f"{route}: {address} should be there"
        names = {name for name, _ in plain[1]}
        assert not names & {"Set-Cookie"}, address
        assert "cookie" not in dict(plain[1]).get("Vary", "").lower(), address
        one_by_one = route in some(ONE_BY_ONE, 3)
        variants = [HARMLESS]
        if one_by_one:
            variants += [{name: value} for name, value in HARMLESS.items()]
            variants += [{name: value} for name, values in OF_ITS_OWN.items() for value in values]
        for headers in variants:
            for method in ("GET", "HEAD"):
                asked += 1
                status, told, body = answer(link, address, headers, method)
                expected = (plain[0], plain[1], plain[2] if method == "GET" else b"")
                if (status, told, body) != expected:
                    wrong.append((method, address, sorted(headers)[:3], status))
    figure(
        f"{asked} requests with foreign headers and cookies to {len(addresses)} public addresses: {len(wrong)} differ"
    )
    assert wrong == []


ODD_TARGETS = [  # what may stand in the first line, and the answers that are right
    ("http://evil.example/about/", (200,)),
    ("http://evil.example", (200,)),
    ("about/", (400, 404)),
    ("*", (400, 404)),
    ("//evil.example/about/", (400, 404)),
    ("//", (404,)),
    ("/about//", (404,)),
    ("/./about/", (404,)),
    ("/x/../about/", (404,)),
    ("/%2fevil.example", (404,)),
    ("/%5cevil.example", (404,)),
    ("/\\evil.example", (404,)),
    ("/about/;x", (404,)),
    ("/about/#x", (200,)),
    ("/about%2F", (200,)),
    ("/about/%00", (400,)),
    ("/%ff", (404,)),
]


@pytest.mark.files
@pytest.mark.django_db(databases=[])
def test_odd_first_lines_methods_and_doubled_headers_are_refused_or_change_nothing(served):
    def said(target, *lines, method="GET", body=""):
        head = "\r\n".join(
            [
                f"{method} {target} HTTP/1.1",
                "Host: 127.0.0.1",
                "Connection: close",
                *lines,
                "",
                body,
            ]
        )
        with socket.create_connection(("127.0.0.1", served.port), timeout=PATIENT) as link:
            link.sendall(head.encode())
            got = b"".join(iter(lambda: link.recv(65536), b""))
        first, _, rest = got.partition(b"\r\n")
        return int(first.split()[1]), rest

    for target, statuses in ODD_TARGETS:
        status, rest = said(target)
        assert status in statuses, target
        assert b"Location: //" not in rest, target
        assert b"evil.example/\r\n" not in rest, target
        assert b"Set-Cookie" not in rest
    for method in ("OPTIONS", "TRACE", "CONNECT", "PROPFIND", "PURGE", "POST", "DELETE", "FOO"):
        assert said("/about/", method=method)[0] == 405
    assert said("/about/", method="get")[0] == 400
    form = "Content-Type: application/x-www-form-urlencoded; charset={}\r\nContent-Length: 3"
    for charset, status in (
        ("utf-8", 403),
        ("UTF8", 400),
        ("hex", 400),
        ('"koi8-r"', 400),
        ("utf-16", 400),
    ):
        assert (
            said("/admin/login/", form.format(charset), method="POST", body="a=b")[0] == status
        ), charset
        assert said("/admin/login/?next=/", form.format(charset), body="a=b")[0] == 200, charset
    for doubled in (
        "Host: evil.example",
        "Content-Length: 0\r\nContent-Length: 5",
        "Transfer-Encoding: gzip",
        "Content-Length: 0\r\nTransfer-Encoding: chunked",
        "X-Bad\x01: 1",
        "X: a\r\n b",
    ):
        assert said("/about/", doubled)[0] in (400, 501), doubled


@pytest.mark.django_db
def test_no_server_can_tell_us_that_an_address_begins_elsewhere():
    """As another WSGI server, or one that is set up wrongly, would hand it on."""
    client = Client()
    assert client.get("/about/").status_code == 200
    for environ in (
        {"SCRIPT_NAME": "/about"},
        {"SCRIPT_URL": "/about/"},
        {"REDIRECT_URL": "/x/about/"},
    ):
        for address in ("/", "/about/", "/admin/login/"):
            answered = client.get(address, **environ)
            if answered.status_code != 400:
                assert answered.content == client.get(address).content, (environ, address)
    assert client.get("/", SCRIPT_NAME="/about").status_code == 400


@pytest.mark.django_db
def test_what_a_proxy_says_is_believed_only_when_there_is_one(settings):
    settings.SECURE_SSL_REDIRECT = True
    client = Client()
    claim = {"x-forwarded-proto": "https"}
    assert client.get("/about/", headers=claim).status_code == 301
    settings.NEWSROOM_PROXIES, settings.SECURE_PROXY_SSL_HEADER = (
        1,
        ("HTTP_X_FORWARDED_PROTO", "https"),
    )
    assert client.get("/about/", headers=claim).status_code == 200


@pytest.mark.django_db
def test_a_broken_cookie_is_answered_by_nothing(client):
    for name in ("csrf", "__Host-csrf", "desk", "messages"):
        client.cookies[name] = "x"
    answered = client.get("/")
    assert not answered.cookies
    assert "Vary" not in answered.headers
