"""The real processes: they come up, answer, bound what a slow sender may take, keep quiet, and stop cleanly when told."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import urllib3

from tests.support.command import Command
from tests.support.waiting import LIMIT

ROOT = Path(__file__).parents[3]
SECRETS = ("203.0.113.7", "geheim-agent", "GEHEIMCODE", "geheim-token")


class Served:
    """A server in processes of its own."""

    def __init__(self, command: Command, log: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = log
        self.http = urllib3.PoolManager(retries=False, timeout=LIMIT)
        settings = {
            "LANGNGHE_HOME": str(command.home),
            "LANGNGHE_DATABASE_URL": command.database_url,
            "LANGNGHE_BIND": f"127.0.0.1:{self.port}",
            "LANGNGHE_PUBLIC_URL": self.url,
            "LANGNGHE_REQUEST_SECONDS": "1",
            "LANGNGHE_PROCESSES": "1",
            "LANGNGHE_OPEN_EVERY": "1",
            "LANGNGHE_DISK_FLOOR": "0",
        }
        with log.open("wb") as written:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "server.cli", "serve"],
                env={**os.environ, **settings},
                cwd=ROOT,
                stdout=written,
                stderr=subprocess.STDOUT,
            )
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + LIMIT
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if self.http.request("GET", f"{self.url}/readyz").status == 200:
                    return
            except urllib3.exceptions.HTTPError:
                time.sleep(0.05)
        raise AssertionError(self.log.read_text())

    def stop(self, sign: int = signal.SIGTERM) -> int:
        self.http.clear()
        self.process.send_signal(sign)
        return self.process.wait(LIMIT)

    def speaks(self, data: bytes) -> bytes:
        """What the server answers to these very bytes until it hangs up."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=LIMIT) as line:
            line.sendall(data)
            return until_closed(line)


def until_closed(line: socket.socket) -> bytes:
    """All that comes until the server hangs up."""
    answer = b""
    try:
        while piece := line.recv(65536):
            answer += piece
    except ConnectionResetError:
        return answer
    return answer


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    command = Command(folder / "home", f"sqlite:///{folder / 'langnghe.db'}")
    command.works("init", "--generate")
    running = Served(command, folder / "log")
    yield running
    if running.process.poll() is None:
        running.stop()


def test_it_answers(served: Served) -> None:
    assert served.http.request("GET", f"{served.url}/api/v1/hop").json() == {"hop": "server", "name": "Lắng Nghe"}
    assert served.http.request("GET", f"{served.url}/healthz").status == 200


@pytest.mark.parametrize("path", ["/api/v1/enrolments", "/api/v1/batches"])
def test_a_body_that_stops_arriving_is_answered_within_the_limit(served: Served, path: str) -> None:
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n"
    answer = served.speaks(f"{head}Authorization: Bearer geheim-token\r\n\r\n{{".encode())
    assert answer.split()[1] in {b"408", b"401"}
    assert b"problem+json" in answer


def test_a_body_that_drips_is_cut_off_however_it_drips(served: Served) -> None:
    head = (
        b"POST /api/v1/enrolments HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n"
    )
    end = time.monotonic() + LIMIT
    with socket.create_connection(("127.0.0.1", served.port)) as line:
        line.sendall(head)
        line.settimeout(0.2)
        answer = b""
        while not answer and time.monotonic() < end:
            try:
                line.sendall(b" ")
                answer = line.recv(65536)
            except TimeoutError:
                continue
    assert answer.split()[1] == b"408"


def test_slow_senders_do_not_keep_others_from_being_answered(served: Served) -> None:
    head = b"POST /api/v1/enrolments HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{"
    lines = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(3)]
    for line in lines:
        line.sendall(head)
    assert served.http.request("GET", f"{served.url}/healthz").status == 200
    for line in lines:
        line.close()


@pytest.mark.parametrize(
    "nonsense",
    [
        b"GEHEIMCODE\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\n\r\n",
        b"\x16\x03\x01\x02\x00",
    ],
    ids=["words", "version", "long", "tls"],
)
def test_what_is_not_http_is_refused(served: Served, nonsense: bytes) -> None:
    answer = served.speaks(nonsense + b"\r\n\r\n")
    assert not answer or re.match(rb"HTTP/1\.[01] 4\d\d ", answer)
    assert served.http.request("GET", f"{served.url}/healthz").status == 200


def test_a_request_of_two_lengths_is_refused(served: Served) -> None:
    answer = served.speaks(
        b"POST /api/v1/batches HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    )
    assert answer.startswith(b"HTTP/1.1 400")
    assert b"Connection: close" in answer


def test_requests_that_wait_leave_no_line_each(served: Served) -> None:
    assert served.speaks(
        b"GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n" * 2 + b"GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    )
    lines = [socket.create_connection(("127.0.0.1", served.port), timeout=LIMIT) for _ in range(40)]
    for line in lines:
        line.sendall(b"GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n")
    assert all(line.recv(4096) for line in lines)
    for line in lines:
        line.close()
    assert "queue" not in served.log.read_text().lower()


def test_the_log_tells_nothing_of_callers(served: Served) -> None:
    headers = {"User-Agent": SECRETS[1], "X-Forwarded-For": SECRETS[0], "Authorization": f"Bearer {SECRETS[3]}"}
    for path in ("/", "/nothing", f"/api/v1/links/{SECRETS[2]}", "/api/v1/campaigns"):
        served.http.request("GET", served.url + path, headers=headers)
    served.speaks(f"GET /{SECRETS[2]} NONSENSE/{SECRETS[1]}\r\n\r\n".encode())
    log = served.log.read_text()
    for secret in SECRETS:
        assert secret not in log


def test_told_to_stop_it_stops_with_everything_it_started(served: Served) -> None:
    assert served.stop() == 0
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", served.port))
    assert "Traceback" not in served.log.read_text()


def test_a_port_that_is_taken_is_one_sentence(tmp_path: Path) -> None:
    command = Command(tmp_path / "home", f"sqlite:///{tmp_path / 'langnghe.db'}")
    command.works("init", "--generate")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        environment = {
            **os.environ,
            "LANGNGHE_HOME": str(command.home),
            "LANGNGHE_DATABASE_URL": command.database_url,
            "LANGNGHE_BIND": f"127.0.0.1:{taken.getsockname()[1]}",
        }
        done = subprocess.run(
            [sys.executable, "-m", "server.cli", "serve"],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=LIMIT,
            check=False,
        )
    assert done.returncode == 1
    assert "Nothing can listen on 127.0.0.1" in done.stderr.splitlines()[-1]
