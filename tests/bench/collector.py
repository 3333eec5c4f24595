"""How soon a collector answers and what it weighs; how many responses a second it takes in and carries on.

A process of its own on a real disk. Bytecode is compiled before the clock starts, as an installation has it. The window is
measured where a virtual screen can be had.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.support.collector import batch, sealed
from tests.support.collector_process import CollectorProcess, ask_collector
from tests.support.screen import drive_window, hidden_screen
from tests.support.upstream import Upstream

BATCH = 100


def cold_start(home: Path, times: int) -> dict[str, Any]:
    """From the command to the first answer, and the memory of a collector that was used once."""
    waits, cpu, memory = [], [], []
    for _ in range(times):
        begun = time.perf_counter()
        collector = CollectorProcess(home)
        collector.ask("GET", "/readyz")
        waits.append(time.perf_counter() - begun)
        collector.enrol_page()
        collector.ask("GET", "/api/v1/campaigns")
        process = psutil.Process(collector.pid)
        cpu.append(sum(process.cpu_times()[:2]))
        memory.append(process.memory_info().rss / 1024 / 1024)
        collector.stop()
    return {
        "start_to_answer_ms": round(statistics.median(waits) * 1000),
        "start_cpu_ms": round(statistics.median(cpu) * 1000),
        "memory_mb": round(statistics.median(memory)),
    }


def taking_and_forwarding(home: Path, upstream: Upstream, many: int) -> dict[str, Any]:
    """Batches of a hundred into SQLite, one after the other; then all of them upstream."""
    collector = CollectorProcess(home)
    collector.enrol_page()
    batches = [
        batch(*(sealed(number) for number in range(start, start + BATCH)), seed=start)
        for start in range(0, many, BATCH)
    ]
    begun = time.perf_counter()
    for each in batches:
        status, _ = collector.ask("POST", "/api/v1/batches", each)
        assert status == 200
    taken = time.perf_counter() - begun
    singles = []
    for number in range(30):
        document = batch(sealed(("single", number)), seed=("single", number))
        begun = time.perf_counter()
        collector.ask("POST", "/api/v1/batches", document)
        singles.append(time.perf_counter() - begun)
    collector.stop()
    begun = time.perf_counter()
    assert ask_collector(home, "sync").returncode == 0
    sent = time.perf_counter() - begun
    assert len(upstream.stored) == many + len(singles)
    return {
        "taken_per_s": round(many / taken),
        "one_taken_ms": round(statistics.median(singles) * 1000, 1),
        "forwarded_per_s": round((many + len(singles)) / sent),
    }


def window(home: Path) -> dict[str, Any]:
    """From the command to a page that can be used, on a virtual screen without a graphics card."""
    if shutil.which("Xvfb") is None:
        return {}
    with hidden_screen() as display:
        drive_window(home, display, "look", 8898)  # the first start fills the engine's caches
        found = drive_window(home, display, "look", 8898)
    return {"window_usable_ms": round(found["usable_after"] * 1000)}


@contextmanager
def compiled() -> Any:
    """Bytecode as an installation has it, whatever this environment says about writing it."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PYTHONPYCACHEPREFIX"] = folder
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        command = "import client.running, client.cli, client.shell, webview.platforms.qt, alembic.command"
        subprocess.run([sys.executable, "-c", command], check=True, cwd=Path(__file__).parents[2])
        yield


def main(argv: list[str]) -> dict[str, Any]:
    """The figures of the collector."""
    parser = ArgumentParser()
    parser.add_argument("--responses", type=int, default=5000)
    parser.add_argument("--starts", type=int, default=5)
    arguments = parser.parse_args(argv)
    upstream = Upstream()
    try:
        with tempfile.TemporaryDirectory() as folder, compiled():
            home = Path(folder) / "home"
            assert ask_collector(home, "enrol", upstream.url, "ABCD2345").returncode == 0
            figures = cold_start(home, arguments.starts)
            figures |= taking_and_forwarding(home, upstream, arguments.responses)
            return figures | window(home)
    finally:
        upstream.close()


if __name__ == "__main__":
    for name, value in main(sys.argv[1:]).items():
        print(f"{name}: {value}")
