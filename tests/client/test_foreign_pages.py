"""No website that somebody opens on the device can speak to the collector, read from it, or show it in a frame."""

import pytest

from tests.support.collector import LOCAL


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1:9999", "127.0.0.1.evil.example:8747", "0.0.0.0:8747", "[::1]:8747"]
)
def test_a_name_that_is_not_ours_is_turned_away(collector, host):
    answer = collector.get("/api/v1/hop", headers={"Host": host})
    assert answer.status_code == 400
    assert answer.json["code"] == "request.malformed"
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:9999", "http://localhost:8747"])
def test_a_request_that_another_page_made_is_turned_away(collector, page, origin):
    for path in ("/api/v1/batches", "/api/v1/responses", "/api/v1/enrolments"):
        assert collector.post(path, json={}, headers={**page, "Origin": origin}).json["code"] == "request.malformed"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_the_browser_says_about_another_site_is_believed(collector, site):
    assert collector.get("/api/v1/hop", headers={"Sec-Fetch-Site": site}).status_code == 400


def test_a_link_to_the_page_may_be_followed(collector):
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert collector.get("/", headers=headers).status_code in (200, 503)
    framed = {**headers, "Sec-Fetch-Dest": "iframe"}
    assert collector.get("/", headers=framed).status_code == 400


def test_the_page_itself_may_ask(collector, page):
    headers = {**page, "Origin": LOCAL, "Sec-Fetch-Site": "same-origin"}
    assert collector.get("/api/v1/campaigns", headers=headers).status_code == 200


def test_a_form_of_another_page_cannot_pretend_to_be_json(collector, page):
    answer = collector.post("/api/v1/batches", data="{}", content_type="text/plain", headers=page)
    assert answer.json["code"] == "request.unsupported_media"


def test_a_page_has_one_address_so_that_it_has_one_store(collector):
    answer = collector.web.get("/", base_url="http://localhost:8747")
    assert (answer.status_code, answer.location) == (308, "http://127.0.0.1:8747/")


@pytest.mark.parametrize("path", ["/", "/healthz", "/api/v1/hop", "/nothing-here", "/api/v1/batches"])
def test_every_answer_is_hardened(collector, path):
    headers = collector.get(path).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'self'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "media-src data:" in headers["Content-Security-Policy"].split("; ")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Access-Control-Allow-Origin" not in headers
    assert "Server" not in headers
    assert headers["Cache-Control"]


def test_what_lets_a_page_in_is_not_kept_by_any_cache(collector):
    assert collector.get("/api/v1/hop").headers["Cache-Control"] == "no-store"


def test_another_machine_gets_no_code(collector):
    assert (
        collector.get("/api/v1/hop", environ_overrides={"REMOTE_ADDR": "192.168.1.7"}).json["code"] == "token.missing"
    )
