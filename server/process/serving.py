"""`serve`: child processes answer requests, this one runs the jobs, and both stop together and cleanly."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Thread
from types import FrameType

import click

from server.commands.command_line import opened_app, settings_in_force
from server.failures import Failure
from server.process import jobs
from server.quiet_logs import speak_quietly
from server.settings import Settings, environment_of_children

STOP_SECONDS = 45  # seconds until requests that are being answered are given up; more than gunicorn itself gives them
CHECK_SECONDS = 0.5


class ServingFailed(Failure):
    """Nothing can listen at the address, or the processes that answer requests ended by themselves."""


@click.command()
@click.option("--without-jobs", is_flag=True, help="Only answer requests: another machine opens the envelopes.")
def serve(without_jobs: bool) -> None:
    """Answer requests, open envelopes and refresh the lake, until told to stop.

    \b
    Example:
      LANGNGHE_BIND=0.0.0.0:8080 langnghe-server serve
    """  # noqa: D301
    settings = settings_in_force()
    speak_quietly()
    app = opened_app(settings)
    _refuse_taken_address(settings)
    stop = _stop_signal()
    with answering(settings) as ended, jobs.running(app, settings, () if without_jobs else jobs.JOBS):
        click.echo(f"Lắng Nghe answers at {settings.public_url} (listening on {settings.bind}). Stop it with Ctrl-C.")
        while not stop.wait(CHECK_SECONDS) and not ended():
            continue
        if not stop.is_set():
            raise ServingFailed("The processes that answer requests ended by themselves: the log above says why.")


def _refuse_taken_address(settings: Settings) -> None:
    """Say at once that somebody else listens there, instead of trying for a while."""
    host, _, port = settings.bind.rpartition(":")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host.strip("[]"), int(port), type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            if os.name == "posix":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise ServingFailed(f"Nothing can listen on {settings.bind}: {error.strerror}.") from None


def _stop_signal() -> Event:
    stop = Event()

    def stop_now(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop_now)
    return stop


@contextmanager
def answering(settings: Settings) -> Iterator["Ended"]:
    """Answer requests while the block lasts: with gunicorn where there is one, else in one process."""
    with _gunicorn() if find_spec("gunicorn") and sys.platform != "win32" else _one_process(settings) as ended:
        yield ended


class Ended:
    """Says whether whoever answers requests has stopped answering."""

    def __init__(self, process: "subprocess.Popen[bytes] | None" = None, thread: Thread | None = None) -> None:
        self._process, self._thread = process, thread

    def __call__(self) -> bool:
        """Look now."""
        if self._process is not None:
            return self._process.poll() is not None
        return self._thread is None or not self._thread.is_alive()


@contextmanager
def _gunicorn() -> Iterator[Ended]:
    chosen = click.get_current_context().find_root().params.get("config")
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "python:server.process.gunicorn_config"],
        env=environment_of_children(Path(chosen) if chosen else None),
        start_new_session=True,  # Ctrl-C reaches us only, and we stop it gently
    )
    try:
        yield Ended(process=process)
    finally:
        _stop(process)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def _one_process(settings: Settings) -> Iterator[Ended]:
    app = import_module("server.app").create_app(settings)  # loaded only where there is no gunicorn
    listening = import_module("server.process.listening").listener(app, settings, settings.threads * settings.processes)
    stop = Event()

    def listen() -> None:
        listening.run_while(lambda: not stop.is_set())
        listening.finish(STOP_SECONDS)

    thread = Thread(target=listen, daemon=True, name="listening")
    thread.start()
    try:
        yield Ended(thread=thread)
    finally:
        stop.set()
        thread.join(STOP_SECONDS + 5)
