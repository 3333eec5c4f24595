"""The end of the demonstration, read from the server's own books: what was stored, opened and held, and what may be shown."""

from typing import Any

from server.analysis.edition import store
from server.analysis.edition.failures import FAILURES
from server.analysis.edition.making import make_editions
from server.commands.command_line import opened_app
from server.database import db
from server.demo.main_job import CAMPAIGN, DemoPrograms, Narrator
from server.demo.processes import DemoFailed
from server.intake.counting import intake_counts
from server.services import services
from server.settings import Settings

TRIES = 5


def open_all(programs: DemoPrograms, narrator: Narrator) -> None:
    """Have everything opened that may be: an opening run that finds another one at work is tried again."""
    for _ in range(TRIES):
        report = programs.server.ask_json("open-envelopes", "--json")
        if not report["waiting"]:
            break
    narrator.step("The central server has opened the pool: shuffled, with fresh ids, remarks apart from answers")


def read(programs: DemoPrograms, narrator: Narrator) -> dict[str, Any]:
    """Have the results made, and give the reconciled counts of every hop."""
    tablet = programs.collector.ask_json("status", "--json")["total"]
    settings = Settings.load(programs.server.settings)
    with opened_app(settings).app_context():
        with narrator.bar(
            "All results are made together, and checked against what they could tell of anybody", 100
        ) as done:
            report = make_editions(services(), CAMPAIGN, done)
        if CAMPAIGN in report.failed:
            raise DemoFailed(f"The results could not be made: {FAILURES[report.failed[CAMPAIGN]]}")
        session = db.session()
        counts = intake_counts(session)[CAMPAIGN]
        shown = _shown()
        session.close()
        db.engine.dispose()
    return {
        "collected": tablet["collected"],
        "waiting": tablet["waiting"],
        "sent": tablet["sent"],
        "stored": counts.stored,
        "duplicates": programs.counted["duplicate"],
        "refused": tablet["refused"],
        "declined": sum(number for name, number in programs.counted.items() if name.startswith("declined")),
        "opened": counts.opened,
        "quarantined": counts.quarantined,
        "remarks": counts.remarks,
        **shown,
    }


def _shown() -> dict[str, int]:
    """Count the tables of the campaign's newest edition, its groups, and the people in the smallest of them."""
    edition = store.latest(db.session(), CAMPAIGN)
    if edition is None:
        return {"releases": 0, "groups": 0, "smallest_group": 0}
    sizes = [size for axis in edition.document["groups"].values() for size in axis["sizes"]]
    return {
        "releases": len(store.list_releases(db.session(), CAMPAIGN)),
        "groups": len(sizes),
        "smallest_group": min(sizes, default=edition.people),
    }
