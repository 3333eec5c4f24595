"""The programs that the demonstration drives, each a process of its own: started, waited for, asked, and stopped without a trace."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import urllib3

START_SECONDS = 60.0
"""Seconds until a program that should be answering is given up; a cold start on a slow disk takes about ten."""


class DemoFailed(RuntimeError):
    """A step of the demonstration did not work; the text says which and what the program printed."""


def free_port(preferred: int = 0) -> int:
    """The preferred port of the loopback address if nobody has it, else any free one."""
    for port in (preferred, 0):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            chosen: int = probe.getsockname()[1]
            return chosen
    raise DemoFailed("No free port on this machine.")


class Program:
    """One of our console scripts with its own home folder and settings."""

    def __init__(self, script: str, home: Path, settings: Mapping[str, str]) -> None:
        self._command = str(Path(sys.executable).with_name(script))
        self._home = home
        self.settings = dict(settings)
        self._running: list[tuple[subprocess.Popen[bytes], IO[bytes]]] = []
        home.mkdir(parents=True, exist_ok=True, mode=0o700)

    def ask(self, *arguments: str, given: str | None = None) -> str:
        """Run one command to its end and return what it printed.

        Raises DemoFailed with the program's own words where it does not end well.
        """
        done = subprocess.run(  # noqa: S603 - our own console script with arguments from this package
            [self._command, *arguments],
            env=self._environment(),
            input=given,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        if done.returncode:
            output = (done.stderr or done.stdout).strip()[-2000:]
            raise DemoFailed(f"{Path(self._command).name} {' '.join(arguments[:2])}: {output}")
        return done.stdout

    def ask_json(self, *arguments: str) -> Any:
        """The same for a command whose last line is JSON."""
        return json.loads(self.ask(*arguments).strip().splitlines()[-1])

    def start(self, *arguments: str, ready: str) -> None:
        """Start a program that stays, and wait until the address `ready` answers 200.

        Raises DemoFailed if it ends first or does not answer in time.
        """
        log = (self._home / "demo-output.log").open("ab")
        process = subprocess.Popen(  # noqa: S603 - as above
            [self._command, *arguments],
            env=self._environment(),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._running.append((process, log))
        http = urllib3.PoolManager(retries=False, timeout=2)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if process.poll() is not None:
                break
            try:
                if http.request("GET", ready).status == 200 and process.poll() is None:
                    return
            except urllib3.exceptions.HTTPError:
                pass
            time.sleep(0.1)
        output = Path(log.name).read_text("utf-8", "replace").strip()[-2000:]
        raise DemoFailed(f"{Path(self._command).name} {arguments[0]} did not come up: {output}")

    def stop(self) -> None:
        """End everything that was started, with its children."""
        for process, log in self._running:
            _end(process)
            log.close()
        self._running.clear()

    def _environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("LANGNGHE_")}  # noqa: TID251 - handed on, not read
        return inherited | self.settings


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask a process group to stop, then make it."""
    for sign, seconds in ((signal.SIGTERM, 10), (signal.SIGKILL, 5)):
        if process.poll() is None:
            try:
                os.killpg(process.pid, sign)
                process.wait(seconds)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                continue
