"""A page hands its batches in: what is answered `stored` is on the disk, and bad input gets one clear answer."""

import gzip
import json
import sqlite3

import pytest

from schemas.canonical import canonical_json
from sync.digests import content_digest
from sync.keys import verify
from tests.support.collector import batch, sealed


def statuses(answer):
    return [receipt["status"] for receipt in answer.json["receipts"]]


def test_what_is_acknowledged_is_in_the_file(collector, page, tmp_path):
    answer = collector.post("/api/v1/batches", json=batch(sealed(1), sealed(2)), headers=page)
    assert statuses(answer) == ["stored", "stored"]
    with sqlite3.connect(tmp_path / "home" / "collector.db") as file:
        assert {row[0] for row in file.execute("SELECT id FROM envelope")} == {sealed(1).id, sealed(2).id}


def test_a_batch_may_come_packed(collector, page):
    body = gzip.compress(json.dumps(batch(sealed(1))).encode())
    headers = {**page, "Content-Encoding": "gzip", "Content-Type": "application/json"}
    assert statuses(collector.post("/api/v1/batches", data=body, headers=headers)) == ["stored"]


def test_the_receipt_bears_this_collector_s_signature(collector, page):
    answer = collector.post("/api/v1/batches", json=batch(sealed(1)), headers=page).json
    signature = answer.pop("signature")
    assert verify(collector.parts.secrets.identity.public, canonical_json(answer), signature)


def test_an_envelope_of_an_unknown_campaign_or_key_is_refused_and_the_rest_is_taken(collector, page):
    answer = collector.post(
        "/api/v1/batches", json=batch(sealed(1), sealed(2, campaign="other"), sealed(3, key="f" * 16)), headers=page
    )
    codes = {each["id"]: each.get("problem", {}).get("code", "stored") for each in answer.json["receipts"]}
    assert codes == {
        sealed(1).id: "stored",
        sealed(2).id: "envelope.unknown_campaign",
        sealed(3).id: "envelope.unknown_key",
    }


def test_other_content_under_a_known_id_is_kept_beside_it_and_counted(collector, page):
    collector.post("/api/v1/batches", json=batch(sealed(1)), headers=page)
    other = sealed(1, content="other")
    (receipt,) = collector.post("/api/v1/batches", json=batch(other), headers=page).json["receipts"]
    assert receipt == {"id": other.id, "status": "stored", "digest": content_digest(other)}
    with collector.parts.database.reading() as session:
        from client.storage.counting import count

        counts = count(session)["ge-2026"]
    assert (counts.collected, counts.conflicts, counts.adds_up) == (2, 1, True)


def test_a_campaign_that_closed_is_still_taken(collector, page):
    from tests.support.collector import campaign

    collector.shelve(campaign(id="next-2027"))
    assert statuses(collector.post("/api/v1/batches", json=batch(sealed(1)), headers=page)) == ["stored"]


@pytest.mark.parametrize(
    ("body", "headers", "code"),
    [
        (b"", {}, "batch.malformed"),
        (b"[]", {}, "batch.malformed"),
        (b'{"batch": "x", "envelopes": []}', {}, "batch.malformed"),
        (b"{" * 100_000, {}, "batch.malformed"),
        (b"\xff\xfe", {}, "batch.malformed"),
        (gzip.compress(bytes(30 * 1024 * 1024)), {"Content-Encoding": "gzip"}, "batch.too_large"),
        (gzip.compress(b"{}")[:-4], {"Content-Encoding": "gzip"}, "batch.bad_encoding"),
        (b"{}", {"Content-Encoding": "br"}, "request.unsupported_media"),
        (bytes(9 * 1024 * 1024), {}, "batch.too_large"),
        (b"{}", {"Content-Type": "text/html"}, "request.unsupported_media"),
    ],
    ids=["empty", "no object", "no envelopes", "nested", "no text", "bomb", "truncated", "brotli", "huge", "html"],
)
def test_bad_bodies_get_a_problem_document(collector, page, body, headers, code):
    answer = collector.post(
        "/api/v1/batches", data=body, headers={"Content-Type": "application/json", **page, **headers}
    )
    assert answer.mimetype == "application/problem+json"
    assert answer.json["code"] == code
    assert answer.status_code == answer.json["status"] >= 400


@pytest.mark.parametrize(
    ("authorization", "code"),
    [
        (None, "token.missing"),
        ("Basic abc", "token.missing"),
        ("Bearer ", "token.missing"),
        ("Bearer abc", "token.unknown"),
        ("Bearer a.b", "token.unknown"),
        ("Bearer ấ.ấ", "token.unknown"),
        ("Link abc", "token.missing"),
    ],
)
def test_who_is_not_let_in_hands_nothing_in(collector, authorization, code):
    headers = {} if authorization is None else {"Authorization": authorization.encode().decode("latin-1")}
    for answer in (
        collector.post("/api/v1/batches", json=batch(sealed(1)), headers=headers),
        collector.get("/api/v1/campaigns", headers=headers),
        collector.post("/api/v1/responses", json={}, headers=headers),
        collector.put("/api/v1/tallies/a/b/2026-11-21", json={}, headers=headers),
        collector.get("/api/v1/forwarding", headers=headers),
    ):
        assert (answer.status_code, answer.json["code"]) == (401, code)


def test_below_the_floor_nothing_is_taken(open_collector):
    full = open_collector(disk_floor=1 << 40)
    full.shelve()
    answer = full.post("/api/v1/batches", json=batch(sealed(1)), headers=full.enrol_page())
    assert (answer.status_code, answer.json["code"]) == (507, "store.full")
    assert full.get("/readyz").status_code == 507
    assert full.get("/healthz").status_code == 200
