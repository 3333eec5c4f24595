"""Whatever text comes in, at whatever address: an answer that blames the sender, on both databases, and never a failure of ours."""

import json
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests.support.people import CAMPAIGN, PASSWORD, an_account
from tests.support.running_campaign import World, make_world

NFD = "chuye\u0302\u0300n"
ODD_IN_PATH = (
    "%ed%a0%80",
    "p%00g",
    "%01",
    "%7f",
    "%c3%28",
    "%ff",
    "%ed%a0%80",
    "%",
    "%zz",
    "%2e%2e%2f",
    "a" * 1500,
    "%e1%bb%87",
    "e%CC%82%CC%A3",
    "%20",
)
ODD_IN_QUERY = (
    "la%00n",
    "%c3%28",
    "%ed%a0%80",
    "%1b[2J",
    "%",
    "%zz&&==&a",
    "a" * 1500,
    NFD,
    "1e999",
    "-1",
    "[]={}",
    ";",
)
ODD_BODIES = {
    "NUL": b'{"code": "a\\u0000b", "name": "x", "collected": 1, "refused": "\\u0000"}',
    "NUL as it is": b'{"code": "a\x00b"}',
    "half a letter": b'{"code": "\\ud800", "name": "\\udfff", "collected": 1}',
    "half a letter as a name": b'{"\\ud800": 1}',
    "not UTF-8": b'{"code": "\xff\xfe"}',
    "UTF-16": '{"code": "x"}'.encode("utf-16"),
    "with a mark of order": b'\xef\xbb\xbf{"code": "x", "name": "y"}',
    "nested": b'{"code": ' + b"[" * 20_000 + b"]" * 20_000 + b"}",
    "nested objects": b'{"a":' * 9000 + b"1" + b"}" * 9000,
    "huge numbers": b'{"collected": ' + b"9" * 5000 + b', "refused": 1e999}',
    "large numbers": b'{"collected": 99999999999999999999, "refused": -9223372036854775809}',
    "numbers beyond": b'{"collected": 1e400, "refused": 1e308}',
    "no numbers": b'{"collected": NaN, "refused": Infinity}',
    "twice": b'{"collected": 1, "collected": 2, "refused": 1, "code": "a", "code": {"b": 1}, "name": "x"}',
    "a list": b"[1, 2, 3]",
    "a text": b'"x"',
    "null": b"null",
    "nothing": b"",
    "no JSON": b"name=lan&password=x",
    "wrong types": b'{"code": ["x"], "name": {"a": "b"}, "collected": "1", "refused": true}',
    "long": b'{"code": "' + b"x" * 60_000 + b'"}',
    "too long": b'{"code": "' + b"x" * 70_000 + b'"}',
    "decomposed": json.dumps({"code": NFD, "name": NFD}).encode(),
}
ODD_FORMS = {
    "NUL": b"name=la%00n&password=x%00&present=%00&new=%00&again=%00&language=%00&back=%00",
    "not UTF-8": b"name=%ff%fe&password=%c3%28&language=%ff",
    "half a letter": b"name=%ed%a0%80&password=%ed%bf%bf",
    "control signs": b"name=%1b[31m&password=%07&language=%7f",
    "bare percent signs": b"name=%&password=%zz&&&===",
    "many": b"&".join(b"a%d=b" % number for number in range(3000)),
    "long": b"name=" + b"a" * 60_000,
    "too long": b"name=" + b"a" * 70_000,
    "far too long": b"name=" + b"a" * 9_000_000,
}
ODD_KINDS = (
    "application/json; charset=utf-7",
    "application/json; charset=\xff",
    "application/x-www-form-urlencoded; charset=utf-16",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "text/plain",
    "/",
    ";;;",
)
ODD_HEADERS: tuple[dict[str, str], ...] = (
    {"Authorization": "Bearer \xff\xfe"},
    {"Authorization": "Link " + "\x80" * 250},
    {"Authorization": "Bearer " + "A" * 5000},
    {"Authorization": "Bearer"},
    {"Cookie": "langnghe=\xff; langnghe=x.y.z; a=b; ;;=;"},
    {"Accept-Language": "\xff;q=abc, vi;q=99999, *;q=-1"},
    {"Accept-Encoding": "gzip;q=x, br;q=, *;q=1e999"},
    {"If-None-Match": '"\xff", W/', "If-Modified-Since": "yesterday", "Range": "bytes=9-1,a"},
    {"Host": "a b<c>"},
    {"Host": ""},
    {"Host": "[::1"},
    {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "gopher", "X-Forwarded-Prefix": "//evil"},
    {"Content-Encoding": "gzip, gzip", "Referer": "\xff"},
    {"Content-Length": "five"},
)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "X" * 300)


@pytest.fixture
def world(app: Flask) -> World:
    """A server with an open campaign, and people who can sign in."""
    an_account(app, "lan", role="administrator")
    return make_world(app)


@pytest.fixture
def signed_in(world: World) -> FlaskClient:
    """Lan, who may see every page; what is sent without a form's token is looked at all the same."""
    client = world.app.test_client()
    form = {"name": "lan", "password": PASSWORD, "csrf_token": token(client, "/console/sign-in")}
    assert client.post("/console/sign-in", data=form).status_code == 302
    world.app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    return client


def token(client: FlaskClient, page: str) -> str:
    """The token that a page's form carries."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(page).text)
    assert found
    return found[1]


def rules(app: Flask) -> list[Rule]:
    """Every address there is, each once."""
    return sorted({rule.rule: rule for rule in app.url_map.iter_rules()}.values(), key=lambda rule: rule.rule)


def addresses(app: Flask, odd: str) -> Iterator[str]:
    """Every address, with the odd part in each of its places, and in all of them."""
    good = {"campaign": CAMPAIGN, "site": "s1", "day": "2026-11-20", "kind": "distribution", "subject": "gender"}
    for rule in rules(app):
        names = sorted(rule.arguments)
        for filled in ([[name] for name in names] + [names]) if names else [[]]:
            address = rule.rule
            for name in names:
                value = odd if name in filled else good.get(name, "x")
                for kind in ("", "string:", "path:"):
                    address = address.replace(f"<{kind}{name}>", value)
            yield address


def verdicts(answers: Iterator[tuple[object, int]]) -> list[object]:
    """What was answered by a failure."""
    return [asked for asked, status in answers if status >= 500]


def test_in_the_path_and_the_query(world: World, signed_in: FlaskClient) -> None:
    headers = world.headers()

    def ask() -> Iterator[tuple[object, int]]:
        for odd in ODD_IN_PATH:
            for address in addresses(world.app, odd):
                for method in ("GET", "PUT"):
                    yield (method, address), signed_in.open(address, method=method, headers=headers).status_code
        for odd in ODD_IN_QUERY:
            for address in addresses(world.app, "x"):
                query = "&".join(f"{name}={odd}" for name in ("next", "lang", "question", "by", "section", "v", "size"))
                yield (address, odd), signed_in.get(f"{address}?{query}", headers=headers).status_code

    assert verdicts(ask()) == []


def test_what_postgresql_cannot_hold_is_refused_and_not_looked_for(world: World, signed_in: FlaskClient) -> None:
    tally = {"collected": 1, "refused": 0}
    answer = signed_in.put("/api/v1/tallies/p%00g/s1/2026-12-01", json=tally, headers=world.headers())
    assert (answer.status_code, answer.json["code"]) == (404, "request.not_found")
    assert signed_in.get("/console/campaigns/p%00g").status_code == 404
    stranger = world.app.test_client()
    form = {"name": "la\0n", "password": PASSWORD, "csrf_token": token(stranger, "/console/sign-in")}
    answer = stranger.post("/console/sign-in", data=form)
    assert answer.status_code == 400
    assert answer.mimetype == "text/html"
    answer = stranger.post("/api/v1/enrolments", json={"code": "AAAA\0AAA", "name": "x"})
    assert (answer.status_code, answer.json["code"]) == (400, "request.malformed")


def test_in_bodies(world: World, signed_in: FlaskClient) -> None:
    headers = {name: value for name, value in world.headers().items() if name.lower() != "content-type"}
    carried = f"csrf_token={token(signed_in, '/console/account')}&".encode()

    def ask() -> Iterator[tuple[object, int]]:
        for rule in rules(world.app):
            address = next(iter(addresses_of(rule)))
            method = "PUT" if "PUT" in (rule.methods or ()) else "POST"
            if method not in (rule.methods or ()):
                continue
            for name, body in (*ODD_BODIES.items(), *ODD_FORMS.items()):
                kind = "application/x-www-form-urlencoded" if name in ODD_FORMS else "application/json"
                sent = carried + body if name in ODD_FORMS else body
                for content_type in {kind, "application/x-www-form-urlencoded"}:
                    answer = signed_in.open(
                        address, method=method, data=sent, content_type=content_type, headers=headers
                    )
                    yield (address, name, content_type), answer.status_code
            for content_type in ODD_KINDS:
                answer = signed_in.open(
                    address, method=method, data=b'{"a":1}', content_type=content_type, headers=headers
                )
                yield (address, content_type), answer.status_code

    assert verdicts(ask()) == []


def addresses_of(rule: Rule) -> Iterator[str]:
    """The address of a rule, with plain parts."""
    address = rule.rule
    for name, value in {"campaign": CAMPAIGN, "site": "s1", "day": "2026-11-20"}.items():
        address = address.replace(f"<string:{name}>", value).replace(f"<{name}>", value)
    yield address


def test_in_headers_and_methods(world: World, signed_in: FlaskClient) -> None:
    def ask() -> Iterator[tuple[object, int]]:
        for address in sorted(set(addresses(world.app, "x"))):
            for headers in ODD_HEADERS:
                yield (address, headers), signed_in.get(address, headers=headers).status_code
            for method in METHODS:
                yield (address, method), signed_in.open(address, method=method).status_code

    assert verdicts(ask()) == []


@pytest.mark.parametrize("size", [65_537, 70_000, 1_000_000, 8_600_000])
@pytest.mark.parametrize("path", ["/console/sign-in", "/console/account", "/console/language", "/console/sign-out"])
def test_a_form_that_is_too_large_gets_a_page_that_says_so(world: World, size: int, path: str) -> None:
    answer = world.app.test_client().post(path, data={"name": "lan", "password": "x" * size})
    assert answer.status_code == 413
    assert answer.mimetype == "text/html"
    assert "</html>" in answer.text
