"""How long an edition takes and how much memory, by the number of people, with a page of it read afterwards.

People are drawn at random, each answer on its own, at twenty workplaces of six units; the survey is `ge_awareness`. Each size is made in
a process of its own, whose largest memory is told by the system.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

SIZES = (400, 3_000, 100_000, 1_000_000)
CAMPAIGN = "ge-2026"
PLACES = {f"noi-{at:02}": f"cd-{at % 6}" for at in range(20)}
DAY = date(2026, 11, 21)
PIECE = 250_000


def main(argv: list[str]) -> dict[str, Any]:
    """Measure; arguments may be numbers of people."""
    found: dict[str, Any] = {}
    for people in [int(one) for one in argv] or SIZES:
        command = [sys.executable, __file__, "one", str(people)]
        done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stderr[-2000:])
        figures = json.loads(done.stdout.strip().splitlines()[-1])
        found |= {f"{name}_at_{people}": value for name, value in figures.items()}
    return found


def one(people: int) -> dict[str, Any]:
    """Make one edition of so many people; gives seconds of its parts and MiB."""
    from sqlalchemy import create_engine

    from schemas.pack_reader import read_pack
    from server.analysis.counting.listing import items_of
    from server.analysis.edition import making, store
    from server.analysis.facts import facts_of
    from server.database import db, transaction, upgrade
    from server.services import services
    from tests.support.lake import drawn, pin, pour
    from tests.support.server_app import close, make_app

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db"
        engine = create_engine(url)
        upgrade(engine)
        engine.dispose()
        app = make_app(Path(folder), url, page_folder=Path(folder))
        with app.app_context():
            at_hand, survey = services(), read_pack("ge_awareness")
            _plan(at_hand, survey)
            for start in range(0, people, PIECE):
                more = min(PIECE, people - start)
                pour(Path(at_hand.settings.lake), CAMPAIGN, survey, drawn(survey, more, list(PLACES), seed=start + 1))
            pin(Path(at_hand.settings.lake), CAMPAIGN, 1)
            before = _most_memory()
            started = {"": time.perf_counter()}

            def note(stage: str, percent: int) -> None:
                started.setdefault(stage if percent < making.DECIDED else "releases", time.perf_counter())

            facts = facts_of(db.session(), CAMPAIGN)
            made = making.compute(at_hand, facts, items_of(facts.survey), 1, breakdowns=True, progress=note)
            done = time.perf_counter()
            with transaction() as session:
                store.write(session, CAMPAIGN, made.edition, made.tables, made.releases)
            written = time.perf_counter()
            page = _read(store)
            accounts = made.edition.document["items"]
            figures = {
                "seconds": round(written - started[""], 2),
                "counting_seconds": round(started["deciding"] - started[""], 2),
                "writing_seconds": round(written - done, 2),
                "added_mib": round(_most_memory() - before),
                "most_mib": round(_most_memory()),
                "releases": len(made.releases),
                "read_ms": round(page, 1),
                "undecided_items": sum(one["how"] == "undecided" for one in accounts),
                "items_for_everybody_only": sum(one["reason"] == "coarse" for one in accounts),
                "items_without_figures": sum(not one["editions"] for one in accounts),
            }
        close(app)
    return figures


def _plan(at_hand: Any, survey: Any) -> None:
    from server.database import transaction
    from server.fieldwork.campaigns import Plan, create_campaign, open_campaign
    from server.fieldwork.tables import Site, Unit
    from server.surveys.publishing import publish_survey

    with transaction() as session:
        publish_survey(session, survey, at_hand.today())
        session.add_all(Unit(id=unit, name=f"Công đoàn {unit}") for unit in sorted(set(PLACES.values())))
        session.flush()
        session.add_all(
            Site(id=site, name=f"Nơi {site}", unit_id=unit, women=600, men=400) for site, unit in PLACES.items()
        )
        session.flush()
        plan = Plan(
            id=CAMPAIGN,
            title={"vi": "Đợt", "en": "Wave"},
            survey=survey.id,
            version=None,
            opens=date(2026, 11, 16),
            closes=date(2026, 12, 15),
            sites=tuple(PLACES),
            day_unit="day",
            threshold=10,
        )
        create_campaign(session, at_hand.keyring, plan)
        open_campaign(session, CAMPAIGN, at_hand.today())


def _read(store: Any) -> float:
    """Read a breakdown of one question, by whatever axis there is, as a page does; in milliseconds."""
    from sqlalchemy.orm import Session

    from server.database import db

    with Session(db.engine) as session:
        one = next(release for release in store.list_releases(session, CAMPAIGN) if release.kind == "breakdown")
        started = time.perf_counter()
        found = store.find_release(session, CAMPAIGN, one.kind, one.subject, one.by)
        took = time.perf_counter() - started
    assert found is not None
    return took * 1000


def _most_memory() -> float:
    """Give the most memory that this process ever had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[2])]
    print(json.dumps(one(int(sys.argv[2]))))
