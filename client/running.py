"""The life of a running collector: open, listen, forward, and close in the opposite order, whatever ends it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from client import quiet_logs
from client.app import create_app
from client.background.job_at_app import start_forwarding
from client.services import EXTENSION, Services
from client.serving import LocalServer
from client.settings import Settings
from client.storage.file_lock import LockedElsewhere, locked
from sync.durable_files import replace_file


class AlreadyRunning(Exception):
    """Another process runs this very collector."""


@dataclass(frozen=True, slots=True)
class Running:
    """A collector that answers at its address."""

    address: str
    parts: Services


@contextmanager
def running(settings: Settings) -> Iterator[Running]:
    """The collector, answering for the length of the block."""
    quiet_logs.quieten()
    settings.prepare_home()
    try:
        with locked(settings.home / "running.lock"):
            yield from _run(settings)
    except LockedElsewhere:
        place = address_of_running(settings) or str(settings.home)
        raise AlreadyRunning(f"This collector is already running: {place}.") from None


def address_of_running(settings: Settings) -> str | None:
    """Where the collector of these settings answers, if it was started and not yet stopped."""
    try:
        return _note(settings).read_text("ascii")
    except OSError:
        return None


def _note(settings: Settings) -> Path:
    return settings.home / "address"


def _run(settings: Settings) -> Iterator[Running]:
    app = create_app(settings)
    parts: Services = app.extensions[EXTENSION]
    server = LocalServer(app, settings)
    replace_file(_note(settings), server.address.encode())
    forwarding = start_forwarding(app)
    try:
        yield Running(server.address, parts)
    finally:
        _note(settings).unlink(missing_ok=True)
        server.stop()
        forwarding.stop()
        parts.database.engine.dispose()
