"""Whatever goes wrong is answered in kind, and no answer and no log line says whose data it was."""

import logging
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from schemas.problems import Retry
from server import quiet_logs
from server.accounts.guards import open_to_all
from server.quiet_logs import QuietFormatter, place, scrubbed
from tests.support.people import code_of

SECRETS = ("0912345678", "geheim-token", "Chị Lan tổ 4")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/nothing", 404, "request.not_found"),
        ("GET", "/api/", 404, "request.not_found"),
        ("DELETE", "/api/v1/campaigns", 405, "request.method"),
        ("POST", "/api/v1/hop", 405, "request.method"),
        ("GET", "/api/v1/batches", 405, "request.method"),
    ],
)
def test_the_api_answers_with_problem_documents(
    client: FlaskClient, method: str, path: str, status: int, code: str
) -> None:
    answer = client.open(path, method=method)
    assert (answer.status_code, code_of(answer)) == (status, code)
    assert answer.get_json()["retry"] in {retry.value for retry in Retry}
    assert answer.headers["Cache-Control"] == "no-store"
    assert ("Allow" in answer.headers) == (status == 405)


def test_a_body_too_large_is_refused_before_it_is_read(client: FlaskClient) -> None:
    answer = client.post("/api/v1/enrolments", data=b" " * 70_000, content_type="application/json")
    assert (answer.status_code, code_of(answer)) == (413, "request.too_large")


@pytest.mark.parametrize(("language", "words"), [("vi", "Không có trang này"), ("en", "There is no such page")])
def test_people_see_a_friendly_page_in_their_language(client: FlaskClient, language: str, words: str) -> None:
    answer = client.get("/nothing/here", headers={"Accept-Language": language})
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert words in answer.text
    assert f'lang="{language}"' in answer.text


def test_vietnamese_is_spoken_to_whoever_says_nothing(client: FlaskClient) -> None:
    assert "Không có trang này" in client.get("/nothing/here").text
    assert "Không có trang này" in client.get("/nothing/here", headers={"Accept-Language": "fr"}).text


@pytest.mark.parametrize(("raised", "status"), [(403, 403), (500, 500), (503, 503), (418, 418)])
def test_a_page_keeps_the_status_that_it_was_refused_with(app: Flask, raised: int, status: int) -> None:
    @app.get("/console/refused")
    @open_to_all
    def refused() -> str:
        abort(raised)

    answer = app.test_client().get("/console/refused")
    assert (answer.status_code, answer.mimetype) == (status, "text/html")
    assert "<h1>" in answer.text


@pytest.mark.parametrize("path", ["/api/v1/broken/0912345678", "/console/broken/0912345678"])
def test_an_unexpected_failure_tells_nothing_of_what_it_failed_on(
    app: Flask, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    @open_to_all
    def broken(message: str) -> str:
        raise ValueError(f"{SECRETS[2]} {message}")

    app.add_url_rule("/api/v1/broken/<message>", "api_broken", broken)
    app.add_url_rule("/console/broken/<message>", "broken", broken)
    answer = app.test_client().get(path, headers={"Authorization": f"Bearer {SECRETS[1]}"})
    assert answer.status_code == 500
    assert "ValueError in" in caplog.text
    for secret in SECRETS:
        assert secret not in answer.text
        assert secret not in caplog.text


def test_a_database_that_is_away_is_a_problem_to_retry(app: Flask) -> None:
    @app.get("/api/v1/away")
    @open_to_all
    def away() -> str:
        raise OperationalError("SELECT 1", {}, Exception("server closed the connection"))

    answer = app.test_client().get("/api/v1/away")
    assert (answer.status_code, code_of(answer)) == (503, "store.unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.get_json()["retry"] == "later"


@pytest.mark.parametrize(
    "line",
    [
        "203.0.113.7 - GET /",
        "from 2001:db8::7 came",
        "Authorization: Bearer geheim-token",
        "GET /api/v1/links/ABCD2345 HTTP/1.1",
        "open https://x/#/l/ABCD2345",
        "GET /l/ABCD2345 HTTP/1.1",
        "GET /%23/l/ABCD2345 HTTP/1.1",
        "GET /%23l/ABCD2345 HTTP/1.1",
        "GET /1/ABCD2345 HTTP/1.1",
        "postgresql+psycopg://lan:geheim-token@db/x",
        "link geheim-token",
    ],
)
def test_addresses_tokens_and_codes_are_taken_out_of_every_line(line: str) -> None:
    quiet = scrubbed(line)
    for secret in ("203.0.113.7", "2001:db8::7", "geheim-token", "ABCD2345"):
        assert secret not in quiet


@pytest.mark.parametrize("line", ["listening on 127.0.0.1:8080", "at 10:15:30 2026-11-22", "opening.py:12 from x.py:3"])
def test_what_is_harmless_stays_readable(line: str) -> None:
    assert scrubbed(line) == line


def test_an_installed_program_names_the_place_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "lib/python3.12/site-packages"
    monkeypatch.setattr(quiet_logs, "ROOT", root)
    ours, others = root / "server/intake/opening.py", root / "sqlalchemy/engine.py"
    names: dict[str, Any] = {}
    exec(compile("def fail():\n    raise ValueError('x')", str(others), "exec"), names)
    exec(compile("\n\ndef run():\n    fail()", str(ours), "exec"), names)
    with pytest.raises(ValueError, match="x") as failed:
        names["run"]()
    assert place(failed.tb) == "server/intake/opening.py:4 from engine.py:2"


def test_a_traceback_becomes_a_kind_and_a_place() -> None:
    with pytest.raises(KeyError) as failed:
        {}[SECRETS[0]]
    record = logging.LogRecord("x", logging.ERROR, "", 0, "It failed.", (), failed._excinfo)
    line = QuietFormatter("%(message)s").format(record)
    assert SECRETS[0] not in line
    assert "KeyError at test_errors.py:" in line
    assert place(None) == "an unknown place"
