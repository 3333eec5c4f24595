"""A collector as a process of its own, that tests can talk to, starve, and kill in the middle of anything."""

import http.client
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.support.waiting import LIMIT

ROOT = Path(__file__).parents[2]


def ask_collector(home: Path, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """One command to its end."""
    command = [sys.executable, "-m", "client.cli", *arguments]
    return subprocess.run(
        command,
        cwd=ROOT,
        env=environment(home),
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
        **options,
    )


def environment(home: Path, **settings: object) -> dict[str, str]:
    """The environment of a collector in this folder."""
    variables = {f"LANGNGHE_COLLECTOR_{name.upper()}": str(value) for name, value in settings.items()}
    return {
        **os.environ,
        "LANGNGHE_COLLECTOR_HOME": str(home),
        "PYTHONWARNINGS": "error",
        "PYTHONUNBUFFERED": "1",
        **variables,
    }


class CollectorProcess:
    """`langnghe-collector run --headless` on a free port, from the moment it says that it is ready."""

    def __init__(self, home: Path, *, wait: bool = True, **settings: object) -> None:
        command = [sys.executable, "-m", "client.cli", "run", "--headless", "--port", "0"]
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(home, **settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.address = ""
        self.token = ""
        if wait:
            self.wait_until_ready()

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait_until_ready(self) -> None:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line.startswith("Ready at "):
            raise AssertionError(f"no collector: {line}{self._process.communicate(timeout=LIMIT)}")
        self.address = line.removeprefix("Ready at ").strip()

    def enrol_page(self) -> None:
        code = self.ask("GET", "/api/v1/hop")[1]["code"]
        self.token = self.ask("POST", "/api/v1/enrolments", {"code": code, "name": "trang"})[1]["token"]

    def ask(self, method: str, path: str, document: object = None, timeout: float = LIMIT) -> tuple[int, Any]:
        """One request on a connection of its own; raises OSError or HTTPException when the collector dies meanwhile."""
        connection = self.connect(timeout)
        headers = {"Content-Type": "application/json"} | (
            {"Authorization": f"Bearer {self.token}"} if self.token else {}
        )
        try:
            connection.request(method, path, None if document is None else json.dumps(document), headers)
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        return answer.status, json.loads(body) if body else None

    def connect(self, timeout: float = LIMIT) -> http.client.HTTPConnection:
        host = urlsplit(self.address)
        return http.client.HTTPConnection(host.hostname or "", host.port, timeout=timeout)

    def kill(self) -> None:
        """The battery is out."""
        self._process.kill()
        self.end()

    def stop(self) -> tuple[int, str]:
        """Ask it to end; how it ended, and what it said meanwhile."""
        self._process.send_signal(signal.SIGTERM)
        return self.end()

    def end(self) -> tuple[int, str]:
        out, err = self._process.communicate(timeout=LIMIT)
        return self._process.returncode, out + err
