"""A database that can be read and no longer written: clear answers, nothing lost, and on it goes when it can be written again."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from tests.support.collector import CAMPAIGN, SITE, Collector, batch, sealed
from tests.support.envelopes import response


@pytest.fixture
def collector(tmp_path):
    one = Collector(tmp_path / "home")
    one.shelve()
    yield one
    one.close()


@contextmanager
def read_only(collector):
    """From now on every connection is one that may only read."""
    engine = collector.parts.database.engine

    def forbid_writing(connection, _record):
        connection.execute("PRAGMA query_only = ON")

    event.listen(engine, "connect", forbid_writing)
    engine.dispose()
    yield
    event.remove(engine, "connect", forbid_writing)
    engine.dispose()


def test_nothing_is_acknowledged_and_nothing_is_lost_when_it_cannot_be_written(collector):
    page = collector.enrol_page()
    collector.post("/api/v1/batches", json=batch(sealed(1)), headers=page)
    tally = f"/api/v1/tallies/{CAMPAIGN}/{SITE}/2026-11-21"
    readable = {**page, "Content-Type": "application/json", "Envelope-Id": "A" * 22}
    with read_only(collector):
        answers = [
            collector.post("/api/v1/batches", json=batch(sealed(2)), headers=page),
            collector.post("/api/v1/responses", data=response().to_json(), headers=readable),
            collector.put(tally, json={"collected": 1, "refused": 0}, headers=page),
            collector.get("/readyz"),
        ]
        assert {(each.status_code, each.json["code"]) for each in answers} == {(503, "store.unavailable")}
        assert all(int(each.headers["Retry-After"]) > 0 for each in answers)
        assert collector.get("/healthz").status_code == 200
        assert collector.get("/api/v1/forwarding", headers=page).json["total"]["waiting"] == 1
    again = collector.post("/api/v1/batches", json=batch(sealed(1), sealed(2)), headers=page).json["receipts"]
    assert {each["id"]: each["status"] for each in again} == {sealed(1).id: "duplicate", sealed(2).id: "stored"}
    assert collector.parts.outbox.counts().collected == 2
