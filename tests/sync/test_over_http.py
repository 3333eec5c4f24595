"""The HTTP transport against real sockets: bounded in time and size, and only a whole answer of the agreed form counts."""

import gzip
import json
import logging
import socket
import threading
import time
from contextlib import contextmanager

import pytest

from schemas.problems import STORE_UNAVAILABLE, TOKEN_REVOKED, Problem
from schemas.wire import Batch, Tally
from sync.calls import enrol, fetch_campaigns, fetch_hop, put_tally
from sync.identifiers import new_id
from sync.in_memory import MemoryInbox
from sync.keys import new_identity, sign
from sync.over_http import HttpPeer, HttpTransport
from sync.receiving import read_batch, receive_batch
from sync.sending import Failure, TransportFailure
from tests.support.envelopes import OpenDoor, SeededChance, envelopes
from tests.support.waiting import LIMIT

IDENTITY = new_identity()
BATCH = Batch(new_id(SeededChance("batch")), tuple(envelopes(3)))
TOKEN = "Bearer s3cret-token-that-nobody-may-see"


class Scripted:
    """A server of few words: answers each connection's requests with what the script says, byte for byte."""

    def __init__(self, *answers):
        self.answers, self.requests, self.connections = list(answers), [], 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while self.answers:
            try:
                line, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            with line:
                self.converse(line)

    def converse(self, line):
        line.settimeout(LIMIT)
        while self.answers:
            try:
                request = read_request(line)
            except OSError:
                return
            if request is None:
                return
            self.requests.append(request)
            answer = self.answers.pop(0)
            try:
                if not answer(line, request) if callable(answer) else line.sendall(answer):
                    return
            except OSError:
                return


def read_request(line):
    data = b""
    while b"\r\n\r\n" not in data:
        piece = line.recv(65536)
        if not piece:
            return None
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    headers = {
        name.lower(): value for name, _, value in (part.partition(": ") for part in head.decode().split("\r\n")[1:])
    }
    while len(body) < int(headers.get("content-length", 0)):
        body += line.recv(65536)
    return head.decode().split("\r\n")[0], headers, body


def http(status, body=b"", **headers):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(raw)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + raw


def well(line, request):
    """Answer as a hop does; keeps the connection."""
    answer = receive_batch(
        read_batch(request[2], request[1].get("content-encoding")),
        MemoryInbox(),
        OpenDoor(),
        lambda m: sign(IDENTITY, m),
    )
    line.sendall(http(200, answer.document()))
    return True


def dripping(line, _):
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n")
    for _ in range(100):
        line.sendall(b"X: ")
        time.sleep(0.05)


@contextmanager
def at(*answers, whole=2.0):
    server = Scripted(*answers)
    peer = HttpPeer(server.base, TOKEN, connect=0.5, whole=whole)
    try:
        yield server, peer
    finally:
        peer.close()
        server.listener.close()


def failure_of(*answers, whole=2.0):
    with at(*answers, whole=whole) as (_, peer), pytest.raises(TransportFailure) as caught:
        HttpTransport(peer).deliver(BATCH)
    return caught.value


def test_a_batch_is_delivered_compressed_with_the_token_in_its_header():
    with at(well) as (server, peer):
        answer = HttpTransport(peer).deliver(BATCH)
    assert [receipt.status for receipt in answer.receipts] == ["stored"] * 3
    line, headers, body = server.requests[0]
    assert line == "POST /api/v1/batches HTTP/1.1"
    assert headers["authorization"] == TOKEN
    assert json.loads(gzip.decompress(body)) == BATCH.document()


def test_one_connection_serves_many_batches():
    with at(well, well, well) as (server, peer):
        for _ in range(3):
            HttpTransport(peer).deliver(BATCH)
    assert server.connections == 1


def test_a_connection_that_the_peer_gave_up_is_made_anew():
    def well_and_gone(line, request):
        well(line, request)
        return False

    with at(well_and_gone, well_and_gone) as (server, peer):
        HttpTransport(peer).deliver(BATCH)
        HttpTransport(peer).deliver(BATCH)
    assert server.connections == 2


def test_nobody_there_is_offline():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        base = f"http://127.0.0.1:{listener.getsockname()[1]}"
    with pytest.raises(TransportFailure) as caught:
        HttpTransport(HttpPeer(base, connect=0.5)).deliver(BATCH)
    assert caught.value.kind is Failure.OFFLINE


@pytest.mark.parametrize(
    "silent",
    [dripping, lambda *_: time.sleep(3), lambda line, _: line.sendall(http(200, b"x" * 10)[:-5]) or time.sleep(3)],
)
def test_a_peer_that_drips_or_falls_silent_is_given_up_in_time(silent):
    begun = time.monotonic()
    assert failure_of(silent, whole=0.6).kind is Failure.OFFLINE
    assert time.monotonic() - begun < 2.8  # the silent peer goes on for three seconds


def receipts(**changes):
    document = {"batch": BATCH.id, "receipts": [{"id": one.id, "status": "stored"} for one in BATCH.envelopes]}
    return document | changes


@pytest.mark.parametrize(
    "answer",
    [
        http(200, b"<html>Please sign in</html>", Content_Type="text/html"),
        http(200, b""),
        http(200, [1]),
        http(200, b"\xff\xfe"),
        http(200, b"[" * 50_000),
        http(200, {"ok": True}),
        http(200, receipts(receipts=[{"id": "x", "status": "thanks"}])),
        http(200, receipts(batch="x")),
        http(200, b"not gzip", Content_Encoding="gzip"),
        http(200, gzip.compress(b"0" * 100_000_000), Content_Encoding="gzip"),
        http(200, b" " * 2_000_000),
        http(201, receipts()),
        http(302, b"", Location="http://portal.example/"),
        http(404, b"<html>nothing here</html>"),
        http(403, b"<html>blocked</html>"),
        http(401, {"error": "login"}),
        b"SSH-2.0-OpenSSH_9\r\n",
    ],
)  # fmt: skip
def test_an_answer_of_somebody_else_is_foreign(answer):
    assert failure_of(answer).kind is Failure.FOREIGN


def test_an_answer_that_breaks_off_is_no_answer():
    assert failure_of(http(200, receipts())[:-5]).kind in {Failure.FOREIGN, Failure.OFFLINE}


def problem(kind, **headers):
    return http(kind.status, Problem(kind).document(), Content_Type="application/problem+json", **headers)


def test_a_revoked_token_is_told_apart():
    failure = failure_of(problem(TOKEN_REVOKED))
    assert (failure.kind, failure.code) == (Failure.UNAUTHORISED, "token.revoked")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry_After": "30"}, 30),
        ({"Retry_After": "Sun, 22 Nov 2026 03:00:30 GMT", "Date": "Sun, 22 Nov 2026 03:00:00 GMT"}, 30),
        ({"Retry_After": "Sun, 22 Nov 2026 03:00:30 GMT"}, None),
        ({"Retry_After": "soon"}, None),
        ({"Retry_After": "-5"}, None),
        ({}, None),
    ],
)
def test_a_busy_peer_says_when_to_come_back(headers, seconds):
    failure = failure_of(problem(STORE_UNAVAILABLE, **headers))
    assert (failure.kind, failure.retry_after) == (Failure.BUSY, seconds)


@pytest.mark.parametrize(
    ("status", "body"),
    [(400, b"<html>"), (408, b""), (413, b"<html>"), (500, b"oops"), (418, {"code": "batch.malformed"})],
)
def test_a_batch_turned_away_as_a_whole_is_rejected(status, body):
    failure = failure_of(http(status, body))
    assert (failure.kind, failure.status) == (Failure.REJECTED, status)


def test_nothing_is_logged_and_no_failure_tells_a_secret(caplog):
    caplog.set_level(logging.DEBUG)
    failure = failure_of(http(500, TOKEN.encode()))
    with at(well) as (_, peer):
        HttpTransport(peer).deliver(BATCH)
        assert "s3cret" not in repr(peer)
    assert "s3cret" not in repr(failure) + repr(failure.__dict__)
    assert not [record for record in caplog.records if record.levelno >= logging.DEBUG and "urllib3" in record.name]


@pytest.mark.parametrize(
    "base",
    [
        "ftp://x",
        "http://",
        "x",
        "http://user:secret@host",
        "http://host/?q=1",
        "http://host/#top",
        "http://[",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_servers_address_is_refused(base):
    with pytest.raises(ValueError, match="address"):
        HttpPeer(base)


@pytest.mark.parametrize("token", ["Bearer a\r\nX: y", "Bearer ", "Basic abc", "Bearer \u0111"])
def test_what_is_no_token_is_refused(token):
    with pytest.raises(ValueError, match="token"):
        HttpPeer("http://localhost", token)


def test_an_enrolment_brings_token_and_identity():
    answer = {
        "collector": "c1",
        "token": "t" * 32,
        "server": {"name": "Tổng Liên đoàn", "identity": IDENTITY.public},
        "new": 1,
    }
    with at(http(201, answer)) as (server, peer):
        enrolled = enrol(peer, "ABCD2345", "Máy 07")
    assert (enrolled.token, enrolled.server.identity) == ("t" * 32, IDENTITY.public)
    assert json.loads(server.requests[0][2]) == {"code": "ABCD2345", "name": "Máy 07"}
    assert "tttt" not in repr(enrolled)


def test_a_used_code_is_a_failure_with_its_reason():
    with (
        at(http(409, {"code": "enrolment.used", "title": "x", "status": 409})) as (_, peer),
        pytest.raises(TransportFailure) as caught,
    ):
        enrol(peer, "ABCD2345", "Máy 07")
    assert caught.value.code == "enrolment.used"


def test_campaigns_are_fetched_once_and_asked_for_by_tag():
    with at(lambda line, _: line.sendall(http(200, {"campaigns": []}, ETag='"1"')) is None, http(304)) as (
        server,
        peer,
    ):
        fetched = fetch_campaigns(peer)
        assert fetched is not None
        assert fetch_campaigns(peer, fetched.etag) is None
    assert server.requests[1][1]["if-none-match"] == '"1"'


def test_a_tally_is_put_and_a_hop_says_who_it_is():
    with at(lambda line, _: line.sendall(http(204)) is None, http(200, {"hop": "server", "name": "Máy chủ"})) as (
        server,
        peer,
    ):
        put_tally(peer, "ge-2026", "may-10", "2026-11-21", Tally(12, 3))
        assert fetch_hop(peer).hop == "server"
    assert server.requests[0][0] == "PUT /api/v1/tallies/ge-2026/may-10/2026-11-21 HTTP/1.1"
