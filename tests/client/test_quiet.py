"""Logs say what went wrong and never who or what: no address, agent, id, token or content, also when everything breaks."""

import logging
import sqlite3

import pytest

from client.storage import counting
from tests.support.collector import batch, sealed

AGENT = "Nokia-of-Nguyen-Van-Teo/1.0"


@pytest.fixture
def everything(caplog):
    caplog.set_level(logging.DEBUG)
    return caplog


def test_nothing_about_a_request_is_logged(collector, page, everything):
    envelope = sealed(1)
    collector.post("/api/v1/batches", json=batch(envelope), headers={**page, "User-Agent": AGENT})
    collector.post("/api/v1/batches", data=b"rubbish", headers={**page, "User-Agent": AGENT})
    for secret in (AGENT, "127.0.0.1", envelope.id, envelope.sealed[:20], page["Authorization"][-20:], "rubbish"):
        assert secret not in everything.text


def test_a_locked_database_is_a_problem_document_and_nothing_hangs(open_collector, tmp_path, monkeypatch, everything):
    monkeypatch.setattr("client.database.BUSY_SECONDS", 0.2)
    collector = open_collector()
    collector.shelve()
    page = collector.enrol_page()
    other = sqlite3.connect(tmp_path / "home" / "collector.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        answer = collector.post("/api/v1/batches", json=batch(sealed(1)), headers=page)
        assert (answer.status_code, answer.json["code"]) == (503, "store.unavailable")
        assert answer.headers["Retry-After"]
        assert collector.get("/readyz").status_code == 503
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert (
        collector.post("/api/v1/batches", json=batch(sealed(1)), headers=page).json["receipts"][0]["status"] == "stored"
    )
    assert sealed(1).id not in everything.text


def test_what_breaks_unforeseen_is_told_by_its_kind_only(collector, page, monkeypatch, everything):
    def breaks(*_):
        raise ZeroDivisionError("Nguyễn Văn Tèo said: …")

    monkeypatch.setattr(counting, "count", breaks)
    collector.app.testing = False
    answer = collector.get("/api/v1/forwarding", headers=page)
    assert (answer.status_code, answer.json["code"]) == (500, "server.failed")
    assert "ZeroDivisionError" in everything.text
    assert "Tèo" not in everything.text + answer.text
