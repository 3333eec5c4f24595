"""Machines of one installation: `serve` as it really runs, each with a home folder of its own, on one database and one lake."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import requests

from tests.support.answered_campaign import token_on
from tests.support.command import Command
from tests.support.serving_process import ROOT, free_port
from tests.support.waiting import LIMIT, until


@dataclass(frozen=True, slots=True)
class Machine:
    """One of the machines, with its commands, its address and its processes."""

    command: Command
    settings: dict[str, str]
    url: str
    process: "subprocess.Popen[bytes]"
    log: Path

    def dies(self) -> None:
        """Lose power: all its processes end at once, without a word."""
        processes = [*psutil.Process(self.process.pid).children(recursive=True), psutil.Process(self.process.pid)]
        for one in processes:
            one.kill()
        psutil.wait_procs(processes, timeout=LIMIT)
        self.process.wait(LIMIT)

    def sign_in(self, person: requests.Session, name: str, password: str) -> int:
        """Let a person sign in here; the status of the answer."""
        form = person.get(f"{self.url}/console/sign-in", timeout=LIMIT).text
        given = {"csrf_token": token_on(form), "name": name, "password": password}
        return person.post(f"{self.url}/console/sign-in", data=given, allow_redirects=False, timeout=LIMIT).status_code


@contextmanager
def machine(home: Path, database_url: str, lake: str, log: Path) -> Iterator[Machine]:
    """Serve from a home folder while the block lasts, opening envelopes every second."""
    port = free_port()
    settings = {
        "LANGNGHE_HOME": str(home),
        "LANGNGHE_DATABASE_URL": database_url,
        "LANGNGHE_LAKE": lake,
        "LANGNGHE_BIND": f"127.0.0.1:{port}",
        "LANGNGHE_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "LANGNGHE_PROCESSES": "1",
        "LANGNGHE_OPEN_EVERY": "1",
        "LANGNGHE_DISK_FLOOR": "0",
        "LANGNGHE_PASSWORD_MEMORY": "8",
        "LANGNGHE_PASSWORD_ROUNDS": "1",
        "LANGNGHE_SECOND_FACTOR": "nobody",
    }
    command = [sys.executable, "-m", "server.cli", "serve"]
    with log.open("wb") as lines:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | settings, stdout=lines, stderr=lines)
    running = Machine(Command(home, database_url), settings, f"http://127.0.0.1:{port}", process, log)
    try:
        until(lambda: _answers(running), f"the machine to come up: {log}")
        yield running
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(LIMIT)


def _answers(running: Machine) -> bool:
    assert running.process.poll() is None, running.log.read_text(errors="replace")[-2000:]
    try:
        return requests.get(f"{running.url}/readyz", timeout=5).status_code == 200
    except requests.ConnectionError:
        return False
