"""A server as it really runs: gunicorn's processes on a socket, with its log at hand, for tests and benches."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from server.settings import PREFIX, Settings
from tests.support.waiting import LIMIT

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Serving:
    """A server that answers at a port of this machine."""

    port: int
    process: "subprocess.Popen[bytes]"
    log: Path

    def connect(self, timeout: float = LIMIT) -> http.client.HTTPConnection:
        """A connection of one's own."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def get(self, path: str) -> int:
        """The status of a page, on a fresh connection."""
        connection = self.connect()
        connection.request("GET", path)
        status = connection.getresponse().status
        connection.close()
        return status


@contextmanager
def serving(settings: Settings, log: Path, **changes: object) -> Iterator[Serving]:
    """Serve on a database that is set up already; the same home, keys and database as `settings`, and these changes."""
    port = free_port()
    given = {
        "home": settings.home,
        "database_url": settings.database_url,
        "disk_floor": settings.disk_floor,
        "bind": f"127.0.0.1:{port}",
    } | changes
    environment = os.environ | {PREFIX + name.upper(): str(value) for name, value in given.items()}
    command = [sys.executable, "-m", "gunicorn", "--config", "python:server.process.gunicorn_config"]
    with log.open("wb") as lines:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=lines, stderr=lines)
    try:
        running = Serving(port, process, log)
        wait_until_it_answers(running)
        yield running
    finally:
        process.terminate()
        process.wait(LIMIT)


def wait_until_it_answers(running: Serving, seconds: float = LIMIT) -> None:
    """Wait until the server says that it can store."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and running.process.poll() is None:
        try:
            if running.get("/readyz") == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The server did not come up: {running.log.read_text(errors='replace')[-2000:]}")


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
