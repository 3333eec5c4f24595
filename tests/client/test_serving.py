"""The collector's door on a real port: slow, broken and oversized requests are answered or dropped, and nobody else has to wait."""

import json
import socket

import pytest

from client.serving import LocalServer, PortTaken
from tests.support.collector import settings
from tests.support.envelopes import SeededChance
from tests.support.waiting import LIMIT, until


@pytest.fixture
def served(open_collector, tmp_path):
    collector = open_collector(port=0, body_timeout=1)
    server = LocalServer(collector.app, collector.parts.settings)
    yield server
    server.stop()


@pytest.fixture
def patient(open_collector):
    """One that waits for bodies longer than this test does for an answer."""
    collector = open_collector(port=0, body_timeout=600)
    server = LocalServer(collector.app, collector.parts.settings)
    yield server
    server.stop()


def say(server, content):
    """Send these bytes on a connection of their own; everything that comes back until it is closed or quiet."""
    host, port = server.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=LIMIT) as line:
        line.sendall(content)
        answer = b""
        try:
            while piece := line.recv(65536):
                answer += piece
        except TimeoutError:
            return answer + b" (still open)"
        except ConnectionResetError:
            return answer
        return answer


def head(server, method, path, *more):
    lines = [f"{method} {path} HTTP/1.1", f"Host: {server.address.removeprefix('http://')}", *more]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def test_a_body_that_stops_arriving_is_answered_408_and_dropped(served):
    answer = say(served, head(served, "POST", "/api/v1/batches", "Content-Length: 1000") + b"{")
    assert answer.startswith(b"HTTP/1.1 408")
    assert json.loads(answer.split(b"\r\n\r\n", 1)[1])["code"] == "request.timeout"


def test_a_body_that_trickles_does_not_get_more_time(served):
    host, port = served.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=LIMIT) as line:
        line.sendall(head(served, "POST", "/api/v1/batches", "Content-Length: 1000"))

        def is_dropped():
            try:
                line.sendall(b" ")
            except ConnectionError:
                return True
            return False

        until(is_dropped, "the end of the connection", pause=0.2)


def test_headers_that_never_end_are_dropped(served):
    assert b"408" in say(served, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")


def test_many_slow_senders_keep_nobody_waiting(patient):
    served = patient
    host, port = served.address.removeprefix("http://").split(":")
    slow = [socket.create_connection((host, int(port)), timeout=LIMIT) for _ in range(30)]
    try:
        for line in slow:
            line.sendall(head(served, "POST", "/api/v1/batches", "Content-Length: 1000"))
        assert say(served, head(served, "GET", "/healthz", "Connection: close")).startswith(b"HTTP/1.1 200")
    finally:
        for line in slow:
            line.close()


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"POST /api/v1/batches HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n", b"413", "request.too_large"),
        (b"POST /api/v1/batches HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n", b"400", "request.malformed"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 100_000 + b"\r\n\r\n", b"431", "request.malformed"),
        (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", b"400", "request.malformed"),
    ],
    ids=["too large", "no length", "long header", "TLS"],
)
def test_what_is_no_request_gets_a_problem_document(served, content, status, code):
    answer = say(served, content)
    assert answer.startswith((b"HTTP/1.1 " + status, b"HTTP/1.0 " + status))
    assert b"application/problem+json" in answer
    assert json.loads(answer.split(b"\r\n\r\n", 1)[1])["code"] == code


def test_noise_never_breaks_the_door(served):
    for seed in range(20):
        say(served, SeededChance(seed).bytes(300) + b"\r\n\r\n")
    assert say(served, head(served, "GET", "/healthz", "Connection: close")).startswith(b"HTTP/1.1 200")


def test_a_port_that_is_taken_is_said_plainly(served, open_collector, tmp_path):
    port = int(served.address.rsplit(":", 1)[1])
    with pytest.raises(PortTaken, match=f"port {port}"):
        LocalServer(open_collector().app, settings(tmp_path / "home", port=port))


def test_only_this_device_can_knock(served):
    assert served.address.startswith("http://127.0.0.1:")
