"""Opens envelopes in a process of its own and kills itself outright at the step that it was told, as a power cut would."""

import os
import signal
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from server.core import create_core
from server.intake import opening, writing
from server.intake.opening import open_envelopes
from server.lake import storage
from server.lake.writing import LakeWriter
from server.services import services
from server.settings import Settings
from sync import durable_files
from tests.support.waiting import LIMIT

STEPS = (
    "before anything is written",
    "when the inbox is emptied",
    "when the responses are written",
    "after the first pool",
    "before the lake is written",
    "when a part is written",
    "when the part has its name",
    "when the manifest is written",
    "before left-over files go",
)
PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload([__name__])


def killed(*_arguments: object, **_named: object) -> None:
    """Die without a word."""
    os.kill(os.getpid(), signal.SIGKILL)


def before(place: Any, name: str) -> None:
    """Die instead of calling the function of that name."""
    setattr(place, name, killed)


def after(place: Any, name: str) -> None:
    """Die when the function of that name has returned."""
    original: Callable[..., Any] = getattr(place, name)

    def called(*arguments: Any, **named: Any) -> None:
        original(*arguments, **named)
        killed()

    setattr(place, name, called)


def arm(step: str) -> None:
    """Arrange for the process to die at a step."""
    opening.CHUNK = 10
    match step:
        case "before anything is written":
            before(opening, "_write")
        case "when the inbox is emptied":
            before(opening, "write_pool")
        case "when the responses are written":
            after(writing, "_write_responses")
        case "after the first pool":
            after(opening, "_write")
        case "before the lake is written":
            before(opening.LakeFeed, "finish")
        case "when a part is written":
            before(durable_files, "_take_name")
        case "when the part has its name":
            after(LakeWriter, "_write_part")
        case "when the manifest is written":
            before(durable_files.Path, "replace")
        case "before left-over files go":
            before(storage.Folder, "sizes")


def open_and_die(settings: Settings, step: str) -> int | None:
    """Open in a process of its own that dies at a step; return how it ended."""
    process = PROCESSES.Process(target=_open, args=(settings.home, settings.database_url, step))
    process.start()
    process.join(LIMIT)
    return process.exitcode


def _open(home: Path, url: str, step: str) -> None:
    app = create_core(Settings(home=home, database_url=url, disk_floor=0, password_memory=8, password_rounds=1))
    arm(step)
    with app.app_context():
        open_envelopes(services())
