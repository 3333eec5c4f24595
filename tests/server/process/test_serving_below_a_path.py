"""The real processes under a public address with a path: health and too large batches are known for what they are there, too."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.services import services
from server.web.body_limits import LARGEST_BODY
from tests.support import server_app
from tests.support.serving_process import Serving, serving
from tests.support.waiting import LIMIT

BELOW = "/khao-sat"


@pytest.fixture
def served(tmp_path: Path, sqlite_template: Path) -> Iterator[Serving]:
    """A server whose public address has a path that the web server in front passes on."""
    path = tmp_path / "langnghe.db"
    path.write_bytes(sqlite_template.read_bytes())
    app = server_app.make_app(tmp_path, f"sqlite:///{path}")
    with app.app_context():
        settings = services().settings
    server_app.close(app)
    with serving(settings, tmp_path / "log", processes=1, public_url=f"https://example.vn{BELOW}") as running:
        yield running


def test_a_batch_that_is_too_large_is_to_be_halved_and_health_is_told(served: Serving) -> None:
    for path in ("", BELOW):
        assert served.get(f"{path}/healthz") == served.get(f"{path}/readyz") == 200
        with socket.create_connection(("127.0.0.1", served.port), timeout=LIMIT) as line:
            head = f"POST {path}/api/v1/batches HTTP/1.1\r\nHost: x\r\nContent-Length: {LARGEST_BODY + 10}\r\n\r\n"
            line.sendall(head.encode())
            answer = b""
            while piece := line.recv(65536):
                answer += piece
            assert b"batch.too_large" in answer
