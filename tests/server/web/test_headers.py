"""Every answer is hardened: nothing from elsewhere, nothing framed, no cookie where nobody signs in."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.web.headers import ALWAYS
from tests.support.server_app import close, make_app

PATHS = ["/", "/healthz", "/nothing", "/api/v1/hop", "/api/v1/nothing", "/api/docs", "/api/openapi.json"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_the_headers_and_no_cookie(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    for name, value in ALWAYS.items():
        assert answer.headers[name] == value
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_nothing_may_come_from_elsewhere() -> None:
    policy = ALWAYS["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "*" not in policy


def test_a_survey_s_own_pictures_and_sounds_may_be_shown_and_no_others() -> None:
    policy = ALWAYS["Content-Security-Policy"].split("; ")
    assert "img-src 'self' data:" in policy
    assert "media-src data:" in policy


def test_over_https_browsers_are_told_to_stay_there(tmp_path: Path, database_url: str) -> None:
    app = make_app(tmp_path, database_url, public_url="https://langnghe.example")
    assert "max-age" in app.test_client().get("/healthz").headers["Strict-Transport-Security"]
    assert app.config["SESSION_COOKIE_SECURE"]
    close(app)


def test_over_plain_http_they_are_not(app: Flask) -> None:
    assert "Strict-Transport-Security" not in app.test_client().get("/healthz").headers
