"""Told to stop, the server finishes what it is answering, takes nothing new, and ends well as soon as that is done."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from tests.support.command import Command
from tests.support.databases import Postgres
from tests.support.serving_process import ROOT, free_port
from tests.support.waiting import LIMIT

SOON = 29.0  # seconds, for a busy machine; gunicorn and `serve` themselves would wait for 30 and 45
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'invitation'::regclass"


@dataclass(frozen=True, slots=True)
class Served:
    """`serve` as it is started by an operator, on a PostgreSQL."""

    process: "subprocess.Popen[bytes]"
    port: int
    database: str
    log: Path

    def is_answering(self) -> bool:
        """Whether somebody who comes now is answered."""
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=1)) as line:
                line.request("GET", "/healthz")
                return line.getresponse().status == 200
        except OSError:
            return False

    def ends(self) -> int:
        """How it ended."""
        return self.process.wait(LIMIT)


def wait_for(what: Callable[[], bool], seconds: float = LIMIT) -> None:
    """Look again and again until it is so."""
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.fixture
def served(tmp_path: Path, postgres: Postgres) -> Iterator[Served]:
    """A server that answers, and has nothing to open."""
    url, port = postgres.empty(), free_port()
    Command(tmp_path / "home", url).works("init", "--generate")
    settings = {
        "LANGNGHE_HOME": str(tmp_path / "home"),
        "LANGNGHE_DATABASE_URL": url,
        "LANGNGHE_BIND": f"127.0.0.1:{port}",
        "LANGNGHE_PROCESSES": "1",
        "LANGNGHE_DISK_FLOOR": "0",
        "LANGNGHE_OPEN_EVERY": "3600",
    }
    with (tmp_path / "log").open("wb") as log:
        command = [sys.executable, "-m", "server.cli", "serve"]
        process = subprocess.Popen(command, env=os.environ | settings, cwd=ROOT, stdout=log, stderr=log)
    running = Served(
        process, port, make_url(url).set(drivername="postgresql").render_as_string(False), tmp_path / "log"
    )
    wait_for(running.is_answering)
    yield running
    process.kill()
    process.wait()
    postgres.drop(url)


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_with_nothing_to_do_it_stops_at_once(served: Served, sign: signal.Signals) -> None:
    """Somebody who keeps a connection open and asks nothing does not hold it up."""
    with socket.create_connection(("127.0.0.1", served.port)):
        began = time.monotonic()
        served.process.send_signal(sign)
        assert served.ends() == 0
        assert time.monotonic() - began < SOON
    assert "Traceback" not in served.log.read_text()


def test_a_request_in_flight_is_answered_first_and_then_it_stops(served: Served) -> None:
    line = http.client.HTTPConnection("127.0.0.1", served.port, timeout=LIMIT)
    with closing(line), psycopg.connect(served.database, autocommit=True) as watching:
        with psycopg.connect(served.database) as other:
            other.execute("LOCK TABLE invitation IN ACCESS EXCLUSIVE MODE")
            asked = b'{"code": "CGHKMNPQTV23456", "name": "x"}'
            line.request("POST", "/api/v1/enrolments", asked, {"Content-Type": "application/json"})
            wait_for(lambda: bool((watching.execute(WAITING).fetchone() or (0,))[0]))
            served.process.send_signal(signal.SIGTERM)
            wait_for(lambda: not served.is_answering(), 8)  # fewer seconds than the request waits for its lock
            assert served.process.poll() is None
        released = time.monotonic()
        answer = line.getresponse()
        assert (answer.status, b"enrolment.unknown_code" in answer.read()) == (404, True)
        assert served.ends() == 0
        assert time.monotonic() - released < SOON
    assert "Traceback" not in served.log.read_text()
