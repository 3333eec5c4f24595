"""Makes editions in a process of its own and kills itself outright at the step that it was told, as a power cut would."""

from pathlib import Path

from server.analysis.edition import making, store
from server.analysis.edition.making import make_editions
from server.analysis.edition.memory import Memory
from server.core import create_core
from server.services import services
from server.settings import Settings
from tests.support.crashing_opener import PROCESSES, after, before
from tests.support.waiting import LIMIT

STEPS = (
    "before anybody is pinned",
    "when people are pinned",
    "when people are counted",
    "when items are decided",
    "while it is written",
    "before it is remembered",
)


def arm(step: str) -> None:
    """Arrange for the process to die at a step."""
    match step:
        case "before anybody is pinned":
            before(making, "pin")
        case "when people are pinned":
            after(making, "pin")
        case "when people are counted":
            after(making, "sizes")
        case "when items are decided":
            before(making, "releases_of")
        case "while it is written":
            after(store, "write")
        case "before it is remembered":
            before(Memory, "note")


def make_and_die(settings: Settings, step: str) -> int | None:
    """Make editions in a process of its own that dies at a step; return how it ended."""
    process = PROCESSES.Process(target=_make, args=(settings.home, settings.database_url, step))
    process.start()
    process.join(LIMIT)
    return process.exitcode


def _make(home: Path, url: str, step: str) -> None:
    app = create_core(Settings(home=home, database_url=url, disk_floor=0, password_memory=8, password_rounds=1))
    arm(step)
    with app.app_context():
        make_editions(services())
