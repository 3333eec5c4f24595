"""Whatever is sent to the door: a problem document of one known code, nothing stored, nothing of it in the logs."""

import gzip
import io
import logging
import zlib
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from flask.testing import FlaskClient

from schemas.messages import MAX_BATCH_BYTES
from server.collectors.tables import Collector
from server.database import transaction
from server.intake.tables import InboxRow
from server.quiet_logs import FORMAT, QuietFormatter
from tests.support import server_app
from tests.support.running_campaign import SECRETS, World, make_world

GZIP = {"Content_Encoding": "gzip"}
PLANTED = f"{SECRETS[0]} 203.0.113.77"


def bomb() -> bytes:
    """A gzip of 10 KiB that unpacks to ten megabytes."""
    return gzip.compress(b" " * (10 * 1024 * 1024))


def nested(depth: int) -> bytes:
    return b'{"batch": "%s", "envelopes": ' % (b"A" * 22) + b"[" * depth + b"]" * depth + b"}"


HOSTILE = {
    "nothing": (b"", {}, 400, "batch.malformed"),
    "no JSON": (b"hello", {}, 400, "batch.malformed"),
    "no text": (bytes(range(256)), {}, 400, "batch.malformed"),
    "no object": (b"[]", {}, 400, "batch.malformed"),
    "no envelopes": (b'{"batch": "AAAAAAAAAAAAAAAAAAAAAA", "envelopes": []}', {}, 400, "batch.malformed"),
    "a planted secret": (orjson.dumps({"batch": PLANTED, "envelopes": PLANTED}), {}, 400, "batch.malformed"),
    "nested 4,000 deep": (nested(4_000), {}, 400, "batch.malformed"),
    "nested 100,000 deep": (nested(100_000), {}, 400, "batch.malformed"),
    "half a batch": (b'{"batch": "AAAAAAAAAAAAAAAAAAAAAA", "envelopes": [{"id"', {}, 400, "batch.malformed"),
    "501 envelopes": (
        b'{"batch": "AAAAAAAAAAAAAAAAAAAAAA", "envelopes": [' + b",".join([b"{}"] * 501) + b"]}",
        {},
        413,
        "batch.too_large",
    ),
    "more than 8 MiB": (b" " * (MAX_BATCH_BYTES + 1), {}, 413, "batch.too_large"),
    "far more than 8 MiB": (b" " * (MAX_BATCH_BYTES * 2), {}, 413, "batch.too_large"),
    "a gzip bomb": (bomb(), GZIP, 413, "batch.too_large"),
    "no gzip": (b"hello", GZIP, 400, "batch.bad_encoding"),
    "half a gzip": (gzip.compress(b'{"batch": 1}' * 100)[:-20], GZIP, 400, "batch.bad_encoding"),
    "zlib for gzip": (zlib.compress(b"{}"), GZIP, 400, "batch.bad_encoding"),
    "two gzips": (gzip.compress(b"{}") * 2, GZIP, 400, "batch.bad_encoding"),
    "gzip in gzip": (gzip.compress(gzip.compress(b"{}")), GZIP, 400, "batch.malformed"),
    "an encoding that nobody knows": (b"{}", {"Content_Encoding": "br"}, 415, "request.unsupported_media"),
}


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Every line that is logged while the test runs, as the server writes it."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(QuietFormatter(FORMAT))
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lines
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.parametrize(("body", "headers", "status", "code"), HOSTILE.values(), ids=HOSTILE)
def test_it_is_answered_by_a_problem(
    world: World, collector: FlaskClient, log: io.StringIO, body: bytes, headers: dict, status: int, code: str
) -> None:
    answer = collector.post("/api/v1/batches", data=body, headers=world.headers(**headers))
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert answer.mimetype == "application/problem+json"
    assert world.count(InboxRow) == 0
    output = log.getvalue() + answer.text
    assert not any(secret in output for secret in (*SECRETS, PLANTED, world.token, "203.0.113.77"))


TURNED_AWAY = {
    "no token": ("", 401, "token.missing"),
    "a token that is none": ("Bearer nonsense", 401, "token.unknown"),
    "a scheme that is none": ("Basic bGFuOmxhbg==", 401, "token.missing"),
    "a token a mile long": ("Bearer " + "x" * 5000, 401, "token.missing"),
    "a link that is none": ("Link ABCDEFGHJKMNPQ", 404, "link.unknown"),
}


@pytest.mark.parametrize(("authorization", "status", "code"), TURNED_AWAY.values(), ids=TURNED_AWAY)
def test_a_stranger_is_turned_away_before_anything_is_read(
    world: World, collector: FlaskClient, log: io.StringIO, authorization: str, status: int, code: str
) -> None:
    answer = world.send(collector, world.sealed(1), Authorization=authorization)
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert world.count(InboxRow) == 0
    assert not authorization or authorization.split()[1] not in log.getvalue() + answer.text


def test_a_revoked_collector_is_turned_away_and_told_that_it_loses_nothing(
    world: World, collector: FlaskClient
) -> None:
    with world.app.app_context(), transaction() as session:
        session.query(Collector).update({"revoked_on": world.document().day})
    answer = world.send(collector, world.sealed(1))
    assert (answer.status_code, answer.json["code"]) == (403, "token.revoked")
    assert "kept" in answer.json["title"]


def test_a_collector_that_sends_too_much_is_asked_to_wait_and_another_is_not(tmp_path: Path, database_url: str) -> None:
    app = server_app.make_app(tmp_path, database_url, batches_per_minute=3)
    try:
        world = make_world(app)
        answers = [world.send(app.test_client(), world.sealed(1)) for _ in range(5)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
        assert answers[-1].json["code"] == "rate.limited"
        assert int(answers[-1].headers["Retry-After"]) > 0
        by_link = world.send(app.test_client(), world.sealed(1), Authorization=f"Link {world.link}")
        assert by_link.status_code == 200
    finally:
        server_app.close(app)
