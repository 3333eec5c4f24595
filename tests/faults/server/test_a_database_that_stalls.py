"""A database that takes what is asked and answers nothing: whether it can store is told in seconds, and no thread is held by asking."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from server.intake.readiness import PROBE_SECONDS
from server.services import services
from tests.support import server_app
from tests.support.databases import Postgres
from tests.support.serving_process import Serving, serving
from tests.support.stalling_line import StallingLine
from tests.support.waiting import until

THREADS = 2
PATIENCE = 100  # for a busy machine; without a bound the answer would never come


@pytest.fixture
def line(postgres: Postgres) -> Iterator[StallingLine]:
    """A line to a fresh database."""
    url = postgres.fresh()
    made = StallingLine(url)
    yield made
    made.close()
    postgres.drop(url)


def test_asking_a_stalled_database_is_answered_in_seconds_and_keeps_no_thread(
    line: StallingLine, tmp_path: Path
) -> None:
    app = server_app.make_app(tmp_path, line.url, threads=THREADS)
    with app.app_context():
        settings = services().settings
    server_app.close(app)
    with serving(settings, tmp_path / "log", processes=1, threads=THREADS) as server:
        line.flows.clear()
        with ThreadPoolExecutor(3 * THREADS) as callers:
            asked = [callers.submit(timed, server, "/readyz") for _ in range(3 * THREADS)]
            assert timed(server, "/healthz")[0] == 200
            assert timed(server, "/console/sign-in")[0] == 200
            answers = [one.result() for one in asked]
        assert {status for status, _ in answers} == {503}
        assert max(seconds for _, seconds in answers) < PROBE_SECONDS + PATIENCE
        line.flows.set()
        until(lambda: server.get("/readyz") == 200)


def timed(server: Serving, path: str) -> tuple[int, float]:
    """The status of a page and the seconds it took."""
    began = time.monotonic()
    return server.get(path), time.monotonic() - began
