"""Fifty callers who begin and do not go on: cut off in time, with header or body, and meanwhile everybody else is served at once."""

import shutil
import socket
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask

from server.process import listening
from tests.support import server_app
from tests.support.running_campaign import World, body_of, make_world
from tests.support.serving_process import serving
from tests.support.waiting import LIMIT

MANY = 50
AT_ONCE = 5
"""Seconds that a healthy request may take on a busy machine; far fewer than it takes to cut the fifty off."""
BEGINNINGS = {
    "nothing at all": b"",
    "half a header": b"POST /api/v1/batches HTTP/1.1\r\nHost: x\r\nX-Half: ",
    "a header without its body": b"POST /api/v1/batches HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n",
    "half a form": b"POST /console/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nname=la",
    "half a chunk": b"POST /api/v1/enrolments HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{",
    "an endless chunk size": b"POST /api/v1/batches HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0",
}


@contextmanager
def by_gunicorn(app: Flask) -> Iterator[int]:
    """The processes as they run on a server: two of two threads each."""
    settings = app.extensions["langnghe"].settings
    with serving(settings, settings.home / "log", threads=2, request_seconds=3) as running:
        yield running.port


@contextmanager
def in_one_process(app: Flask) -> Iterator[int]:
    """As on Windows: no gunicorn, one process."""
    settings = replace(app.extensions["langnghe"].settings, bind="127.0.0.1:0", request_seconds=3)
    door = listening.listener(app, settings, 2)
    wanted = [True]
    thread = Thread(target=door.run_while, args=(lambda: bool(wanted),))
    thread.start()
    try:
        yield int(door.effective_port)
    finally:
        wanted.clear()
        thread.join()
        door.finish(0)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[World]:
    """A campaign on the embedded database; how a server listens has nothing to do with its database."""
    home = tmp_path_factory.mktemp("home")
    shutil.copyfile(sqlite_template, home / "langnghe.db")
    app = server_app.make_app(home, f"sqlite:///{home / 'langnghe.db'}")
    yield make_world(app)
    server_app.close(app)


@pytest.fixture(scope="module", params=[by_gunicorn, in_one_process])
def port(request: pytest.FixtureRequest, world: World) -> Iterator[int]:
    """A server that listens."""
    with request.param(world.app) as found:
        yield found


def speak(port: int, data: bytes, patience: float = LIMIT) -> bytes:
    """All that is answered to these bytes until the server hangs up."""
    with socket.create_connection(("127.0.0.1", port), timeout=patience) as line:
        line.sendall(data)
        answer = b""
        while piece := line.recv(65536):
            answer += piece
        return answer


def test_fifty_of_each_keep_nobody_waiting(port: int, world: World) -> None:
    body = body_of(world.sealed(3))
    head = f"POST /api/v1/batches HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {world.token}\r\n"
    batch = f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    with ExitStack() as stack:
        lines = []
        for beginning in BEGINNINGS.values():
            for _ in range(MANY):
                line = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=LIMIT))
                line.sendall(beginning)
                lines.append(line)
        began = time.monotonic()
        assert speak(port, batch).startswith(b"HTTP/1.1 200")
        assert speak(port, b"GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").startswith(b"HTTP/1.1 200")
        assert time.monotonic() - began < AT_ONCE


def test_each_is_cut_off(port: int) -> None:
    with ThreadPoolExecutor(len(BEGINNINGS)) as callers:
        answers = dict(
            zip(BEGINNINGS, callers.map(lambda beginning: speak(port, beginning), BEGINNINGS.values()), strict=True)
        )
    assert answers.pop("nothing at all") == b""
    assert {answer.split()[1] for answer in answers.values()} == {b"408"}


def test_a_header_that_drips_gets_no_more_time(port: int) -> None:
    end = time.monotonic() + LIMIT
    with socket.create_connection(("127.0.0.1", port), timeout=LIMIT) as line:
        line.settimeout(0.2)
        line.sendall(b"GET / HTTP/1.1\r\nX: ")
        answer = b""
        while not answer and time.monotonic() < end:
            line.sendall(b"x")
            try:
                answer = line.recv(1000)
            except TimeoutError:
                continue
    assert b" 408 " in answer


ODD_CHUNKS = (
    b"0x2\r\n{}\r\n0\r\n\r\n",
    b"+2\r\n{}\r\n0\r\n\r\n",
    b"-1\r\n{}\r\n0\r\n\r\n",
    b" 2\r\n{}\r\n0\r\n\r\n",
    b"2 \r\n{}\r\n0\r\n\r\n",
    b"2_0\r\n{}\r\n0\r\n\r\n",
    b"2\n{}\r\n0\r\n\r\n",
    b"2\r\n{}XX0\r\n\r\n",
    b"2;a=\x00\r\n{}\r\n0\r\n\r\n",
    b"f" * 300 + b"\r\n{}",
    "２\r\n{}\r\n0\r\n\r\n".encode(),
    b"ffffffffffffffff\r\n{}",
)
ODD_LENGTHS = (b"-1", b"+5", b"0x5", b"5, 6", b"5\r\nContent-Length: 6", b"\xb2", b"9" * 400, b"five")


def test_chunks_of_odd_sizes_are_refused(port: int) -> None:
    def status(path_and_chunks: tuple[str, bytes]) -> bytes:
        path, chunks = path_and_chunks
        head = f"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        return speak(port, head.encode() + chunks).split()[1]

    paths = ("/api/v1/batches", "/api/v1/enrolments", "/console/sign-in")
    asked = [(path, chunks) for path in paths for chunks in ODD_CHUNKS]
    with ThreadPoolExecutor(len(asked)) as callers:
        found = dict(zip(asked, callers.map(status, asked), strict=True))
    assert {answer for (_, chunks), answer in found.items() if not chunks.startswith(b"ffff")} == {b"400"}
    assert set(found.values()) <= {b"400", b"408", b"413"}


@pytest.mark.parametrize("length", ODD_LENGTHS)
def test_a_length_that_is_none_is_refused(port: int, length: bytes) -> None:
    head = b"POST /console/sign-in HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
    assert speak(port, head + length + b"\r\n\r\nname=").split()[1] in {b"400", b"413"}


def test_a_header_as_long_as_a_book_is_refused(port: int) -> None:
    answer = speak(port, b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 17_000 + b"\r\n\r\n")
    assert answer.split()[1] == b"431"


def test_a_process_says_that_it_lives_while_a_writer_holds_the_database(port: int, world: World) -> None:
    body = body_of(world.sealed(1))
    head = f"POST /api/v1/batches HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {world.token}\r\n"
    batch = f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    file = world.app.extensions["langnghe"].settings.sqlite_file
    with ExitStack() as stack, sqlite3.connect(file, isolation_level=None) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        for _ in range(12):  # more than there are threads
            stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=LIMIT)).sendall(batch)
        began = time.monotonic()
        alive = speak(port, b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert alive.startswith(b"HTTP/1.1 200")
        assert time.monotonic() - began < AT_ONCE
        writer.execute("ROLLBACK")
    writer.close()
