"""Senders that drip, stall, hang up or come by the thousand, against gunicorn's real processes: everybody else is served."""

import http.client
import json
import shutil
import socket
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest

from server.intake.tables import InboxRow
from tests.support import server_app
from tests.support.envelopes import envelopes
from tests.support.running_campaign import CAMPAIGN, SECRETS, World, body_of, make_world
from tests.support.serving_process import Serving, serving
from tests.support.waiting import LIMIT

PATIENCE = 3
AGENT = "langnghe-planted-agent/7"
PLANTED = "203.0.113.77"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[World]:
    """A campaign on the embedded database: of the two it is the one that many senders are harder on."""
    home = tmp_path_factory.mktemp("home")
    shutil.copyfile(sqlite_template, home / "langnghe.db")
    app = server_app.make_app(home, f"sqlite:///{home / 'langnghe.db'}")
    yield make_world(app)
    server_app.close(app)


@pytest.fixture(scope="module")
def running(world: World) -> Iterator[Serving]:
    """Two processes of two threads each, which wait three seconds for a body."""
    settings = world.app.extensions["langnghe"].settings
    changes = {"threads": 2, "request_seconds": PATIENCE, "batches_per_minute": 1000}
    with serving(settings, settings.home / "log", **changes) as made:
        yield made


def begun(running: Serving, world: World, length: int) -> socket.socket:
    """A request whose body has yet to come."""
    connection = socket.create_connection(("127.0.0.1", running.port), timeout=LIMIT)
    head = (
        "POST /api/v1/batches HTTP/1.1",
        "Host: langnghe",
        f"Authorization: Bearer {world.token}",
        f"User-Agent: {AGENT}",
        f"X-Forwarded-For: {PLANTED}",
        f"Content-Length: {length}",
        "",
        "",
    )
    connection.sendall("\r\n".join(head).encode())
    return connection


def answer_of(connection: socket.socket) -> tuple[int, str]:
    answer = http.client.HTTPResponse(connection)
    answer.begin()
    return answer.status, json.loads(answer.read())["code"]


def deliver(running: Serving, world: World, body: bytes) -> int:
    connection = running.connect()
    connection.request("POST", "/api/v1/batches", body, world.headers())
    status = connection.getresponse().status
    connection.close()
    return status


def test_slow_senders_are_dropped_in_time_and_hold_up_nobody(world: World, running: Serving) -> None:
    with ExitStack() as stack:
        stalled = [stack.enter_context(begun(running, world, 5000)) for _ in range(2)]
        dripping = [stack.enter_context(begun(running, world, 5000)) for _ in range(2)]
        started = time.monotonic()
        assert running.get("/healthz") == 200
        while time.monotonic() - started < PATIENCE + 1:
            for connection in dripping:
                drip(connection)
            time.sleep(0.2)
        assert {answer_of(connection) for connection in (*stalled, *dripping)} <= {
            (408, "request.timeout"),
            (429, "rate.limited"),
        }
    before = world.count(InboxRow)
    assert deliver(running, world, body_of(world.sealed(3))) == 200
    assert world.count(InboxRow) == before + 3


def drip(connection: socket.socket) -> None:
    try:
        connection.sendall(b" ")
    except OSError:
        return  # the server has had enough


def test_a_sender_that_hangs_up_half_way_leaves_nothing_behind(world: World, running: Serving) -> None:
    before, body = world.count(InboxRow), body_of(world.sealed(5))
    for share in (0.0, 0.2, 0.9):
        with begun(running, world, len(body)) as connection:
            connection.sendall(body[: int(len(body) * share)])
    assert world.count(InboxRow) == before
    assert deliver(running, world, body) == 200
    assert world.count(InboxRow) == before + 5
    assert not any(planted in running.log.read_text() for planted in (AGENT, PLANTED, world.token, *SECRETS))


def test_bytes_that_are_no_http_are_refused(world: World, running: Serving) -> None:
    for noise in (
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"HELLO\r\n\r\n",
        b"POST /api/v1/batches HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", running.port), timeout=LIMIT) as connection:
            connection.sendall(noise)
            connection.shutdown(socket.SHUT_WR)
            connection.recv(1000)
    assert running.get("/healthz") == 200


def test_ten_thousand_batches_at_once_are_stored_or_asked_to_wait(world: World, running: Serving) -> None:
    batches, before, turns = 10_000, world.count(InboxRow), count()
    bodies = [body_of([one]) for one in envelopes(500, campaign=CAMPAIGN, key=world.key.id)]

    def send_many(_sender: int) -> Counter[int]:
        connection, found = running.connect(), Counter[int]()
        while (turn := next(turns)) < batches:
            connection.request("POST", "/api/v1/batches", bodies[turn % len(bodies)], world.headers())
            answer = connection.getresponse()
            answer.read()
            found[answer.status] += 1
            assert answer.status == 200 or int(answer.headers["Retry-After"]) > 0
        connection.close()
        return found

    with ThreadPoolExecutor(100) as senders:
        found: Counter[int] = sum(senders.map(send_many, range(100)), Counter())
    assert running.get("/healthz") == 200
    assert set(found) == {200, 429}
    assert sum(found.values()) == batches
    assert world.count(InboxRow) == before + 500
